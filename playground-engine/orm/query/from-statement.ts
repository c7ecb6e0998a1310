// select(User).from_statement(…): rows of any statement as entities. RETURNING of ORM-enabled INSERT, UPDATE and DELETE
// goes by it, too. Behaviour: SQLAlchemy orm/context.py (FromStatement, ORMFromStatementCompileState).
import type { SQLCompiler } from "../../compiler/index.ts";
import { CompileError } from "../../errors/index.ts";
import { CompileState, Executable, pluginFor } from "../../sql/base.ts";
import { expect } from "../../sql/coercions.ts";
import { ClauseElement } from "../../sql/elements/clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { TextClause } from "../../sql/elements/text.ts";
import { defaults, mixin } from "../../sql/mixin.ts";
import * as roles from "../../sql/roles.ts";
import {
  LABEL_STYLE_NONE,
  LABEL_STYLE_TABLENAME_PLUS_COL,
  type SelectLabelStyle,
} from "../../sql/selectable/label-style.ts";
import { SelectBase } from "../../sql/selectable/select-base.ts";
import type { Select } from "../../sql/selectable/select.ts";
import type { TraverseSpec } from "../../sql/traverse-spec.ts";
import { Visitable, type CompilerVisitor, type Traversible } from "../../sql/visitable.ts";
import type { Value } from "../../util/host.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { ORMStatementAdapter } from "./adapter.ts";
import { columnDescriptions } from "./column-descriptions.ts";
import { labelConvention, ORMCompileState, type ORMStatement } from "./compile-state.ts";
import { toCompileState } from "./entities.ts";
import { EntitiesState } from "./entities-state.ts";
import { compileOptionsOf, defaultCompileOptions } from "./load-options.ts";
import { returningFilter } from "./returning-filter.ts";
import { ormExecuteStatement, ormPreSessionExec } from "./session-exec.ts";

type Inner = ClauseElement & {
  readonly _labelStyle?: SelectLabelStyle;
  readonly table?: { readonly _propagateAttrs: unknown };
  readonly isInsert?: boolean;
  readonly isUpdate?: boolean;
  readonly isDelete?: boolean;
  readonly isSelect?: boolean;
  readonly _allSelectedColumns: readonly ColumnElement[];
  setLabelStyle(style: SelectLabelStyle): Inner;
};

export interface FromStatement extends Executable {
  _generate(): this;
  get visitName(): string;
  readonly supportsExecution: boolean;
  readonly isDml: boolean;
}

export class FromStatement extends ClauseElement {
  static override readonly visitName: string = "orm_from_statement";
  static override readonly pyModule: string = "sqlalchemy.orm.context";
  static override readonly traverse: TraverseSpec = [
    ["_rawColumns", "clauses"],
    ["element", "clause"],
    ...Executable.traverse,
  ];
  static override readonly cacheTraverse: TraverseSpec = [
    ...FromStatement.traverse,
    ["_compileOptions", "cache-key"],
  ];
  static {
    roles.playsRoles(this, roles.StatementRole, roles.ReturnsRowsRole);
    mixin(this, Executable);
  }
  element: Inner;
  readonly _rawColumns: readonly ColumnElement[];
  readonly _adaptOnNames: boolean;
  declare readonly _forUpdateArg: null;

  constructor(entities: readonly Value[], element: Value, adaptOnNames = true) {
    super();
    this._rawColumns = entities.map((e) =>
      expect(roles.ColumnsClauseRole, e, { applyPropagateAttrs: this, postInspect: true }),
    );
    this.element = element as Inner;
    this._adaptOnNames = adaptOnNames;
    const {
      isDml = false,
      isSelect = false,
      isInsert = false,
      isUpdate = false,
      isDelete = false,
    } = this.element;
    Object.assign(this, { isDml, isSelect, isInsert, isUpdate, isDelete });
  }

  static ofSelect(statement: Select, fromStatement: Value): FromStatement {
    const element = expect(roles.ReturnsRowsRole, fromStatement, { applyPropagateAttrs: statement });
    const made = new FromStatement(statement._rawColumns, element);
    made._withOptions = statement._withOptions;
    made._withContextOptions = statement._withContextOptions;
    made._executionOptions = statement._executionOptions;
    made._propagateAttrs = statement._propagateAttrs;
    return made;
  }

  get _labelStyle(): SelectLabelStyle {
    return this.element instanceof SelectBase
      ? (this.element as unknown as { readonly _labelStyle: SelectLabelStyle })._labelStyle
      : LABEL_STYLE_NONE;
  }

  override acceptVisitor(visitor: CompilerVisitor, options?: unknown): unknown {
    const compiler = visitor as unknown as SQLCompiler;
    const toplevel = compiler.stack.length === 0;
    const state = ORMFromStatementState.createForStatement(this as never, compiler);
    if (toplevel) compiler.compileState = state;
    return (state.statement as Visitable).acceptVisitor(visitor, options);
  }

  get columnDescriptions(): readonly Value[] {
    return columnDescriptions(new EntitiesState(this, false)._entities);
  }

  _ensureDisambiguatedNames(): this {
    return this;
  }

  override getChildren(): Iterable<Traversible> {
    return [
      ...this._rawColumns.flatMap((e) => [...e._fromObjects] as never as Traversible[]),
      ...super.getChildren(),
    ];
  }

  get _allSelectedColumns(): readonly ColumnElement[] {
    return this.element._allSelectedColumns;
  }
  get _returnDefaults(): unknown {
    return this.isDml ? (this.element as never as { _returnDefaults: unknown })._returnDefaults : null;
  }
  get _returning(): unknown {
    return this.isDml ? (this.element as never as { _returning: unknown })._returning : null;
  }
  get _inline(): unknown {
    return (this.element as never as { _inline?: unknown })._inline ?? null;
  }
}
defaults(FromStatement, {
  isFromStatement: true,
  _compileOptions: defaultCompileOptions,
  _forUpdateArg: null,
});

export class ORMFromStatementCompileState extends ORMCompileState {
  readonly isSelectState = false;
  private readonly container: FromStatement;

  constructor(container: FromStatement, compiler: SQLCompiler | null) {
    super();
    if (compiler?.stack.length)
      throw new CompileError(
        "The ORM FromStatement construct only supports being invoked as the topmost statement, as it is only intended to define how result rows should be returned.",
      );
    this.container = container;
    const options = compileOptionsOf(container);
    this.useLegacyQueryStyle = options._useLegacyQueryStyle;
    this.selectStatement = container as never as ORMStatement;
    const statement = container.element;
    this.isDmlReturning = statement.isDml;
    this.compileOptions = options;
    const plain = !statement._isTextual && !statement.isDml;
    const style = (plain ? statement._labelStyle : null) ?? LABEL_STYLE_NONE;
    this.statement =
      this.useLegacyQueryStyle &&
      (statement as unknown) instanceof SelectBase &&
      plain &&
      style === LABEL_STYLE_NONE
        ? statement.setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL)
        : statement;
    this._labelConvention = labelConvention(style, this.useLegacyQueryStyle);
    toCompileState(this, container._rawColumns, this._entities, true);
    this.currentPath = options._currentPath;
    this.initGlobalAttributes(container as never, compiler, true, false);
    this.processOptions();
    this.processContextOptions(container as never);
    if (this.statement instanceof TextClause) {
      for (const entity of this._entities) entity.setupCompileState(this);
      if (!compiler) return;
      compiler.orderedColumns = compiler.textualOrderedColumns = false;
      compiler.looseColumnNameMatching = true;
      for (const c of this.primaryColumns)
        if (c) compiler.process(c, { withinColumnsClause: true, addToResultMap: compiler.addToResultMap });
    } else
      this._fromObjAlias = new ORMStatementAdapter(this.statement as never, {
        adaptOnNames: container._adaptOnNames,
      });
  }

  get _shouldNestSelectable(): boolean {
    return false;
  }

  override _adaptColList<E>(cols: readonly E[]): readonly E[] {
    return cols;
  }
  override _getCurrentAdapter(): null {
    return null;
  }

  /** For RETURNING: which columns the statement for this mapper's table can give. */
  setupDmlReturning(dmlMapper: Mapper | null): void {
    const target = (this.statement as ClauseElement)._propagateAttrs?.pluginSubject as unknown as
      { readonly mapper: Mapper } | null | undefined;
    const { isInsert, isUpdate, isDelete } = this.container.element;
    const filter =
      target && (isInsert || isUpdate || isDelete)
        ? returningFilter(target.mapper, dmlMapper, Boolean(isInsert))
        : null;
    if (this.compileOptions._isStar && this._entities.length !== 1)
      throw new CompileError(
        "Can't generate ORM query that includes multiple expressions at the same time as '*'; query for '*' alone if present",
      );
    for (const entity of this._entities) entity.setupDmlReturningCompileState(this, filter);
  }
}

export class ORMFromStatementState extends CompileState {
  readonly orm: ORMFromStatementCompileState;

  constructor(orm: ORMFromStatementCompileState) {
    super(orm.statement as ClauseElement);
    this.orm = orm;
  }

  static override createForStatement(statement: never, compiler: unknown): ORMFromStatementState {
    return new ORMFromStatementState(
      new ORMFromStatementCompileState(statement as FromStatement, compiler as SQLCompiler | null),
    );
  }

  static getColumnDescriptions(statement: FromStatement): readonly Value[] {
    return statement.columnDescriptions;
  }

  static ormPreSessionExec = ormPreSessionExec;
  static ormExecuteStatement = ormExecuteStatement;
}
pluginFor("orm", "orm_from_statement", ORMFromStatementState as never);
