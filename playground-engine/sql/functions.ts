// SQL functions as expressions and in FROM: Function is what `func.name(…)` makes of a name that nobody knows.
// Behaviour: SQLAlchemy sql/functions.py.
import * as operators from "./operators.ts";
import * as roles from "./roles.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { entityNamespaceOf, Executable, type ExecutionOptions } from "./base.ts";
import { expect } from "./coercions.ts";
import { ColumnCollection, type ColumnSet } from "./column-collection.ts";
import { BinaryExpression, Grouping } from "./elements/binary.ts";
import { BindParameter } from "./elements/bind.ts";
import { ClauseList } from "./elements/clause-list.ts";
import type { ClauseElement, ConnectionLike, EntityNamespace } from "./elements/clause.ts";
import type { TableValuedColumn } from "./elements/column-clause.ts";
import { ColumnElement } from "./elements/column.ts";
import { NamedColumn } from "./elements/named-column.ts";
import { FunctionFilter, Over, WithinGroup, type OverOptions } from "./elements/over.ts";
import { late } from "./late.ts";
import { defaults, mixin } from "./mixin.ts";
import { plainName, quoteOf, type NameArgument } from "./names.ts";
import type { Against, Operator } from "./operators.ts";
import { classNameOf } from "./repr.ts";
import type { TableValuedAlias } from "./selectable/alias.ts";
import { FromClause } from "./selectable/from-clause.ts";
import type { ReturnsRows } from "./selectable/returns-rows.ts";
import { Select } from "./selectable/select.ts";
import type { TraverseSpec } from "./traverse-spec.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "./types/engine.ts";
import { typeLate } from "./types/type-late.ts";

export interface FunctionOptions {
  readonly type?: TypeArgument;
  readonly packagenames?: readonly string[];
  /** @internal arguments that are expressions already */
  readonly parsedArgs?: readonly ColumnElement[];
}

interface TableValueTypeLike extends TypeEngine {
  readonly _elements: readonly ColumnElement[];
}

const FUNCTION_SPEC: TraverseSpec = [
  ["clauseExpr", "clause"],
  ["_withOrdinality", "boolean"],
  ["_tableValueElements", "cache-key-list"],
  ...Executable.traverse,
];

/** What a function has of FROM elements, as it is there. */
const OF_FROM = ["join", "outerjoin", "tablesample", "_isLexicalEquivalent", "_anonymousFromclause"] as const;

export interface FunctionElement extends Executable, Pick<FromClause, (typeof OF_FROM)[number]> {
  readonly isDml: boolean;
  readonly supportsExecution: boolean;
  _generate(): this;
  get visitName(): string;
}

/** The base of functions, and of expressions of a program's own that print as one (`@compiles`). */
export class FunctionElement extends ColumnElement {
  static override readonly visitName: string = "function_element";
  static override readonly pyModule: string = "sqlalchemy.sql.functions";
  static override readonly traverse: TraverseSpec = FUNCTION_SPEC;
  static {
    roles.playsRoles(this, roles.StatementRole, roles.AnonymizedFromClauseRole, roles.ReturnsRowsRole);
    mixin(this, Executable);
  }

  declare name: string;
  packagenames: readonly string[] = [];
  /** Arguments in parentheses. */
  declare clauseExpr: Grouping;
  declare _hasArgs: boolean;
  declare _withOrdinality: boolean;
  declare _tableValueType: TypeEngine | null;
  declare readonly namedWithColumn: boolean;
  declare readonly schema: null;

  constructor(clauses: readonly Value[] = []) {
    super();
    this.setArguments(clauses);
  }

  protected setArguments(clauses: readonly Value[], parsed?: readonly ColumnElement[]): void {
    const args =
      parsed ??
      clauses.map((c) =>
        expect(roles.ExpressionElementRole, c, { name: this.name ?? null, applyPropagateAttrs: this }),
      );
    if (args.length) this._hasArgs = true;
    this.clauseExpr = new Grouping(
      new ClauseList(args, { operator: operators.commaOp }) as unknown as ColumnElement,
    );
  }

  override get description(): string {
    return this.name ?? `${classNameOf(this)} object`;
  }

  override get _nonAnonLabel(): string | null {
    return null;
  }

  override get _proxyKey(): string | null {
    return super._proxyKey ?? this.name ?? null;
  }

  override _executeOnConnection(
    connection: ConnectionLike,
    distilledParams: unknown,
    executionOptions: unknown,
  ): unknown {
    return connection._executeFunction(this, distilledParams, executionOptions);
  }

  // -- in FROM ---------------------------------------------------------------------------------

  /** One column of what a function gives. */
  scalarTableValued(name: string, type: TypeArgument = null): ScalarFunctionColumn {
    return new ScalarFunctionColumn(this, name, type);
  }

  /** The function as a FROM element with these columns; keywords name, with_ordinality, joins_implicitly. */
  tableValued(expr: readonly Value[], kw: Kwargs = new Map()): TableValuedAlias {
    const made = this._generate();
    const ordinality = kw.get("with_ordinality") ?? null;
    const withOrdinality = ordinality !== null && host.isTrue(ordinality);
    if (withOrdinality) made._withOrdinality = true;
    made.type = made._tableValueType = late.makeTableValueType(withOrdinality ? [...expr, ordinality] : expr);
    return made.alias(
      (kw.get("name") ?? null) as NameArgument | null,
      (kw.get("joins_implicitly") ?? null) as boolean | null,
    );
  }

  /** The function in FROM, as one column. */
  columnValued(name: NameArgument | null = null, joinsImplicitly = false): TableValuedColumn {
    return this.alias(name, joinsImplicitly).column;
  }

  alias(name: NameArgument | null = null, joinsImplicitly: boolean | null = false): TableValuedAlias {
    return late.TableValuedAlias._construct(
      this as unknown as ReturnsRows,
      { name, tableValueType: this.type, joinsImplicitly } as object,
    ) as TableValuedAlias;
  }

  lateral(name: NameArgument | null = null): FromClause {
    return late.Lateral._construct(this as unknown as ReturnsRows, { name }) as FromClause;
  }

  get columns(): ColumnCollection {
    return this.c;
  }

  get c(): ColumnCollection {
    const memos = this._memos;
    return (memos["c"] ??= new ColumnCollection(
      this._allSelectedColumns.map((col) => [col.key, col] as const),
    )) as ColumnCollection;
  }

  get exportedColumns(): ColumnCollection {
    return this.c;
  }

  get _allSelectedColumns(): readonly ColumnElement[] {
    return this.type.isTableValue ? (this.type as TableValueTypeLike)._elements : [this.label(null)];
  }

  /** @internal for cache keys */
  get _tableValueElements(): readonly ColumnElement[] | null {
    return this._tableValueType ? (this._tableValueType as TableValueTypeLike)._elements : null;
  }

  get _hideFroms(): readonly FromClause[] {
    return [];
  }

  isDerivedFrom(fromclause: FromClause | null): boolean {
    return fromclause !== null && this._clonedSet.has(fromclause);
  }

  _refreshForNewColumn(_column: ColumnElement): void {}

  _generateFromclauseColumnProxies(
    fromclause: FromClause,
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
  ): void {
    columns._populateSeparateKeys(
      this.c.values().map((col) => col._makeProxy(fromclause, { primaryKey, foreignKeys })),
    );
  }

  // -- as an expression ------------------------------------------------------------------------

  get clauses(): ClauseList {
    return this.clauseExpr.element as unknown as ClauseList;
  }

  over(options: OverOptions = {}): Over {
    return new Over(this, options);
  }

  withinGroup(orderBy: readonly Value[]): WithinGroup {
    return new WithinGroup(this, orderBy);
  }

  filter(criterion: readonly Value[]): this | FunctionFilter {
    return criterion.length ? new FunctionFilter(this, criterion) : this;
  }

  /** The function as a comparison of two of its arguments, counted from 1: for relationships. */
  asComparison(leftIndex: number, rightIndex: number): FunctionAsBinary {
    return new FunctionAsBinary(this, leftIndex, rightIndex);
  }

  withinGroupType(_group: WithinGroup): TypeEngine | null {
    return null;
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.clauses._fromObjects;
  }

  select(): Select {
    const made = new Select([this]);
    return this._executionOptions.size
      ? made.executionOptions(new Map(this._executionOptions as ExecutionOptions))
      : made;
  }

  override _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
  ): ColumnElement {
    return new BindParameter(null, obj, {
      comparedToOperator: operator,
      comparedToType: this.type,
      unique: true,
      type,
      expanding,
    });
  }

  override selfGroup(against: Against = null): ClauseElement {
    return against === operators.getitem && this.type.isArray ? new Grouping(this) : super.selfGroup(against);
  }

  override get entityNamespace(): EntityNamespace | null {
    return entityNamespaceOf(this.clauseExpr);
  }
}
defaults(FunctionElement, {
  supportsExecution: true,
  _hasArgs: false,
  _withOrdinality: false,
  _tableValueType: null,
  _isFromClause: true,
  _isReturnsRows: true,
  isSelectable: true,
  namedWithColumn: false,
  schema: null,
  _isLateral: false,
});
for (const name of OF_FROM)
  Object.defineProperty(
    FunctionElement.prototype,
    name,
    Object.getOwnPropertyDescriptor(FromClause.prototype, name) as PropertyDescriptor,
  );
late.isFunctionElement = (v) => v instanceof FunctionElement;

/** Two arguments of a function seen as the sides of a comparison. */
export class FunctionAsBinary extends BinaryExpression {
  static override readonly pyModule: string = "sqlalchemy.sql.functions";
  static override readonly traverse: TraverseSpec = [
    ["sqlFunction", "clause"],
    ["leftIndex", "plain"],
    ["rightIndex", "plain"],
    ["modifiers", "plain-map"],
  ];
  static override readonly cacheTraverse: TraverseSpec = FunctionAsBinary.traverse;
  declare sqlFunction: FunctionElement;
  declare readonly leftIndex: number;
  declare readonly rightIndex: number;

  constructor(fn: FunctionElement, leftIndex: number, rightIndex: number) {
    super(fn, fn, operators.functionAsComparisonOp, { type: typeLate.booleanType });
    this.sqlFunction = fn;
    this.leftIndex = leftIndex;
    this.rightIndex = rightIndex;
  }

  get leftExpr(): ColumnElement {
    return this.left;
  }
  get rightExpr(): ColumnElement {
    return this.right;
  }
}
for (const side of ["left", "right"] as const)
  Object.defineProperty(FunctionAsBinary.prototype, side, {
    get(this: FunctionAsBinary) {
      return this.sqlFunction.clauses.clauses[this[`${side}Index`] - 1];
    },
    set(this: FunctionAsBinary, value: ColumnElement) {
      // while the base class constructs there is no function yet
      if (this.sqlFunction !== undefined) this.sqlFunction.clauses.clauses[this[`${side}Index`] - 1] = value;
    },
    configurable: true,
  });

/** `(f(x)).name` */
export class ScalarFunctionColumn extends NamedColumn {
  static override readonly visitName: string = "scalar_function_column";
  static override readonly pyModule: string = "sqlalchemy.sql.functions";
  static override readonly traverse: TraverseSpec = [
    ["name", "anon-name"],
    ["type", "type"],
    ["fn", "clause"],
  ];
  fn: FunctionElement;

  constructor(fn: FunctionElement, name: string, type: TypeArgument = null) {
    super();
    this.fn = fn;
    this.name = name;
    this.type = toInstance(type);
  }
}

/** A function by its name. */
export class Function extends FunctionElement {
  static override readonly visitName: string = "function";
  static override readonly traverse: TraverseSpec = [
    ...FUNCTION_SPEC,
    ["packagenames", "plain"],
    ["name", "string"],
    ["type", "type"],
  ];

  constructor(name: NameArgument, clauses: readonly Value[] = [], options: FunctionOptions = {}) {
    super();
    this.packagenames = options.packagenames ?? [];
    this.name = plainName(name);
    if (quoteOf(name) !== null) this.quote = quoteOf(name);
    this.type = toInstance(options.type ?? null);
    this.setArguments(clauses, options.parsedArgs);
  }

  override _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
  ): ColumnElement {
    return new BindParameter(this.name, obj, {
      comparedToOperator: operator,
      comparedToType: this.type,
      type,
      unique: true,
      expanding,
    });
  }
}
