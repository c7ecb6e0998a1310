// UNION, INTERSECT, EXCEPT. Behaviour: SQLAlchemy sql/selectable.py (CompoundSelect).
import type { Value } from "../../util/host.ts";
import { CompileState, Executable, pluginFor } from "../base.ts";
import type { ColumnCollection, ColumnSet } from "../column-collection.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { isColumnElement, type ColumnElement } from "../elements/column.ts";
import type { FromClause } from "./from-clause.ts";
import { HasCTE } from "./has-cte.ts";
import { LABEL_STYLE_DEFAULT, type SelectLabelStyle } from "./label-style.ts";
import {
  CLONE_ANNOTATIONS,
  GenerativeSelect,
  SelectStatementGrouping,
  type SelectBase,
} from "./select-base.ts";
import type { LabelResolveDict } from "./select-state.ts";

export type CompoundSelectKeyword =
  "UNION" | "UNION ALL" | "EXCEPT" | "EXCEPT ALL" | "INTERSECT" | "INTERSECT ALL";

/** A compound statement just before it is printed. */
export class CompoundSelectState extends CompileState {
  declare readonly statement: CompoundSelect;
  private labels: LabelResolveDict | undefined;

  constructor(statement: CompoundSelect, _compiler?: unknown, _options?: unknown) {
    super(statement);
  }

  get _labelResolveDict(): LabelResolveDict {
    if (!this.labels) {
      // the columns of the whole, by the names a subquery of it would give them; they print without its name
      const sub = this.statement.subquery();
      Object.defineProperty(sub, "namedWithColumn", { value: false });
      const byKey = new Map(sub.c.values().map((c) => [c.key as string, c] as const));
      this.labels = [byKey, byKey, byKey];
    }
    return this.labels;
  }
}
pluginFor("default", "compound_select", CompoundSelectState as never);

export interface CompoundSelect extends Executable {
  readonly isSelect: boolean;
  readonly isDml: boolean;
  readonly supportsExecution: boolean;
  _generate(): this;
  get visitName(): string;
}

const create =
  (keyword: CompoundSelectKeyword) =>
  (selects: readonly Value[]): CompoundSelect =>
    new CompoundSelect(keyword, selects);

export class CompoundSelect extends GenerativeSelect {
  static override readonly visitName: string = "compound_select";
  static override readonly traverse: TraverseSpec = [
    ["selects", "clauses"],
    ["_limitClause", "clause"],
    ["_offsetClause", "clause"],
    ["_fetchClause", "clause"],
    ["_fetchOptionFlags", "plain"],
    ["_orderByClauses", "clauses"],
    ["_groupByClauses", "clauses"],
    ["_forUpdateArg", "clause"],
    ["keyword", "string"],
    ...CLONE_ANNOTATIONS,
    ...HasCTE.cteTraverse,
    ["_dialectOptions", "dialect-options"],
    ...Executable.traverse,
  ];
  static readonly UNION: CompoundSelectKeyword = "UNION";
  static readonly UNION_ALL: CompoundSelectKeyword = "UNION ALL";
  static readonly EXCEPT: CompoundSelectKeyword = "EXCEPT";
  static readonly EXCEPT_ALL: CompoundSelectKeyword = "EXCEPT ALL";
  static readonly INTERSECT: CompoundSelectKeyword = "INTERSECT";
  static readonly INTERSECT_ALL: CompoundSelectKeyword = "INTERSECT ALL";
  static readonly _createUnion = create("UNION");
  static readonly _createUnionAll = create("UNION ALL");
  static readonly _createExcept = create("EXCEPT");
  static readonly _createExceptAll = create("EXCEPT ALL");
  static readonly _createIntersect = create("INTERSECT");
  static readonly _createIntersectAll = create("INTERSECT ALL");
  static {
    roles.playsRoles(this, roles.StatementRole);
    mixin(this, Executable);
  }

  readonly keyword: CompoundSelectKeyword;
  selects: readonly SelectBase[];
  declare readonly _autoCorrelate: boolean;

  constructor(keyword: CompoundSelectKeyword, selects: readonly Value[]) {
    super();
    this.keyword = keyword;
    this.selects = selects.map(
      (s) =>
        expect(roles.CompoundElementRole, s, { applyPropagateAttrs: this }).selfGroup(
          this,
        ) as unknown as SelectBase,
    );
  }

  /** @internal */
  _compileStateFactory(compiler: unknown, options?: unknown): CompileState {
    return CompileState.createForStatement(this, compiler, options);
  }

  private get first(): SelectBase {
    return this.selects[0] as SelectBase;
  }

  override _scalarType(): TypeEngine {
    return this.first._scalarType();
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return new SelectStatementGrouping(this);
  }

  override isDerivedFrom(fromclause: FromClause | null): boolean {
    return this.selects.some((s) => s.isDerivedFrom(fromclause));
  }

  override setLabelStyle(style: SelectLabelStyle): this {
    return this._labelStyle === style ? this : this.withFirst(this.first.setLabelStyle(style));
  }

  override _ensureDisambiguatedNames(): this {
    const made = this.first._ensureDisambiguatedNames();
    return made === this.first ? this : this.withFirst(made);
  }

  private withFirst(select: SelectBase): this {
    const made = this._generate();
    made.selects = this.selects.with(0, select);
    return made;
  }

  override _generateFromclauseColumnProxies(
    fromclause: FromClause,
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
    _compoundColumns?: readonly ColumnElement[][],
  ): void {
    const first =
      this._labelStyle === LABEL_STYLE_DEFAULT ? this.first : this.first.setLabelStyle(this._labelStyle);
    // a column of the whole stands for those at its place in all members, nearest first
    const members = this.selects.map((s, i) =>
      s._allSelectedColumns.filter(isColumnElement).map((c) => c._annotate(new Map([["weight", i + 1]]))),
    );
    const places = Math.min(...members.map((m) => m.length));
    const compound = Array.from({ length: places }, (_, i) => members.map((m) => m[i] as ColumnElement));
    first._generateFromclauseColumnProxies(fromclause, columns, primaryKey, foreignKeys, compound);
  }

  override _refreshForNewColumn(column: ColumnElement): void {
    super._refreshForNewColumn(column);
    for (const s of this.selects) s._refreshForNewColumn(column);
  }

  override get _allSelectedColumns(): readonly ColumnElement[] {
    return this.first._allSelectedColumns;
  }

  override get selectedColumns(): ColumnCollection {
    return this.first.selectedColumns;
  }
}
defaults(CompoundSelect, { _isFromContainer: true, _autoCorrelate: false, isSelect: true });
late.CompoundSelect = CompoundSelect;
