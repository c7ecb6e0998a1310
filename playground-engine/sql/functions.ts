// SQL functions: `func.name(…)`, the functions whose type is known, and functions in FROM.
//
// `func("count", [x])` makes what Python's `func.count(x)` makes: an object of the registered class, or a plain Function.
// Behaviour: SQLAlchemy sql/functions.py.
import { warn } from "../errors/index.ts";
import { onReset } from "../util/reset.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { Executable, entityNamespaceOf, type ExecutionOptions } from "./base.ts";
import { ColumnCollection, type ColumnSet } from "./column-collection.ts";
import { expect } from "./coercions.ts";
import { late } from "./late.ts";
import { defaults, mixin } from "./mixin.ts";
import { plainName, quoteOf, type NameArgument } from "./names.ts";
import * as operators from "./operators.ts";
import type { Against, Operator } from "./operators.ts";
import { classNameOf } from "./repr.ts";
import * as roles from "./roles.ts";
import type { TraverseSpec } from "./traverse-spec.ts";
import { schemaLate } from "./schema/late.ts";
import { Date, DateTime, Time } from "./types/datetime.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "./types/engine.ts";
import { Numeric } from "./types/numeric.ts";
import { typeLate } from "./types/type-late.ts";
import { BinaryExpression, Grouping } from "./elements/binary.ts";
import { BindParameter } from "./elements/bind.ts";
import { Extract } from "./elements/case.ts";
import { Cast } from "./elements/cast.ts";
import type { ClauseElement, ConnectionLike, EntityNamespace } from "./elements/clause.ts";
import { ClauseList } from "./elements/clause-list.ts";
import { ColumnElement } from "./elements/column.ts";
import { ColumnClause, type TableValuedColumn } from "./elements/column-clause.ts";
import { NamedColumn } from "./elements/named-column.ts";
import { FunctionFilter, Over, WithinGroup, type OverOptions } from "./elements/over.ts";
import type { TableValuedAlias } from "./selectable/alias.ts";
import { FromClause } from "./selectable/from-clause.ts";
import type { ReturnsRows } from "./selectable/returns-rows.ts";
import { Select } from "./selectable/select.ts";
import { unwrapOrderBy } from "./order-by.ts";

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

// -- registry ------------------------------------------------------------------------------------

/** Makes what `func.name(*args, **kwargs)` gives. */
export type FunctionFactory = (args: readonly Value[], kwargs: Kwargs) => ColumnElement;

const registry = new Map<string, Map<string, FunctionFactory>>();

/** Let `func.identifier()` (or `func.package.identifier()`) make a function of one's own. */
export function registerFunction(identifier: string, make: FunctionFactory, packageName = "_default"): void {
  let known = registry.get(packageName);
  if (!known) registry.set(packageName, (known = new Map()));
  const key = identifier.toLowerCase();
  if (known.has(key))
    warn(`The GenericFunction '${key}' is already registered and is going to be overridden.`);
  known.set(key, make);
}

const ofProgram: {
  readonly key: string;
  readonly packageName: string;
  readonly before: FunctionFactory | undefined;
}[] = [];

/** The same for a class of the reader's program: forgotten when the next program begins. */
export function registerProgramFunction(
  identifier: string,
  make: FunctionFactory,
  packageName = "_default",
): void {
  const key = identifier.toLowerCase();
  ofProgram.push({ key, packageName, before: registry.get(packageName)?.get(key) });
  registerFunction(identifier, make, packageName);
}
onReset(() => {
  for (let r = ofProgram.pop(); r; r = ofProgram.pop()) {
    if (r.before) registry.get(r.packageName)?.set(r.key, r.before);
    else registry.get(r.packageName)?.delete(r.key);
  }
});

function optionsFrom(kwargs: Kwargs): FunctionOptions {
  for (const key of kwargs.keys())
    if (key !== "type_" && key !== "packagenames")
      throw host.error("TypeError", `Function.__init__() got an unexpected keyword argument '${key}'`);
  const packagenames = kwargs.get("packagenames");
  return {
    type: (kwargs.get("type_") ?? null) as TypeArgument,
    ...(packagenames === undefined || packagenames === null
      ? {}
      : { packagenames: [...(host.iterate(packagenames) ?? [])] as string[] }),
  };
}

/** `func.a.b(*args, **kwargs)`: names with a package before the function's own. */
export function func(
  names: string | readonly string[],
  args: readonly Value[] = [],
  kwargs: Kwargs = new Map(),
): ColumnElement {
  const parts = typeof names === "string" ? [names] : names;
  const name = parts.at(-1) as string;
  if (parts.length <= 2) {
    const make = registry
      .get(parts.length === 2 ? (parts[0] as string) : "_default")
      ?.get(name.toLowerCase());
    if (make) return make(args, kwargs);
  }
  return new Function(name, args, { ...optionsFrom(kwargs), packagenames: parts.slice(0, -1) });
}
late.systemFunction = (args) => func("system", args);

/** The `func` object of programs: attributes add names, a call makes the function. */
export class FunctionGenerator {
  readonly names: readonly string[];
  readonly opts: Kwargs;

  constructor(names: readonly string[] = [], opts: Kwargs = new Map()) {
    this.names = names;
    this.opts = opts;
  }

  /** `func.name`; one trailing underscore is for names that Python keeps for itself. */
  attribute(name: string): FunctionGenerator {
    return new FunctionGenerator([...this.names, name.endsWith("_") ? name.slice(0, -1) : name], this.opts);
  }

  invoke(args: readonly Value[], kwargs: Kwargs = new Map()): ColumnElement {
    return func(this.names, args, new Map([...this.opts, ...kwargs]));
  }
}

// -- functions that are known -----------------------------------------------------------------------

/** Base of functions with a class of their own. `static type` is the type of the result. */
export class GenericFunction extends Function {
  static override readonly inheritCache: boolean = true;
  /** Name in SQL. */
  static readonly functionName: string = "GenericFunction";
  static readonly returnType: (() => TypeEngine) | undefined = undefined;

  constructor(args: readonly Value[], options: FunctionOptions = {}) {
    super(new.target.functionName, [], { parsedArgs: [] });
    this._hasArgs = (new.target.prototype as FunctionElement)._hasArgs;
    this.packagenames = [];
    this.setArguments(args, options.parsedArgs);
    const type = options.type ?? null;
    this.type = type !== null ? toInstance(type) : toInstance(new.target.returnType?.() ?? null);
  }

  /** The name it is registered under. */
  get identifier(): string {
    return (this.constructor as typeof GenericFunction).functionName;
  }
}

type GenericClass = typeof GenericFunction;

export class AnsiFunction extends GenericFunction {
  static override readonly inheritCache: boolean = true;
}

/** The type of the first argument that has one. */
export class ReturnTypeFromArgs extends GenericFunction {
  static override readonly inheritCache: boolean = true;

  constructor(args: readonly Value[], options: FunctionOptions = {}) {
    const name = new.target.functionName;
    const parsed = options.parsedArgs ?? args.map((c) => expect(roles.ExpressionElementRole, c, { name }));
    super(args, { ...options, type: options.type ?? typeFromArgs(parsed), parsedArgs: parsed });
    this._propagateAttrs = parsed.find((c) => c._propagateAttrs)?._propagateAttrs ?? null;
  }
}

export class ReturnTypeFromOptionalArgs extends ReturnTypeFromArgs {
  static override readonly inheritCache: boolean = true;
}

function typeFromArgs(args: readonly ColumnElement[]): TypeEngine {
  return args.find((a) => !a.type.isNullType)?.type ?? typeLate.nullType;
}

/** An aggregate over WITHIN GROUP: its type is that of the ordering. */
export class OrderedSetAgg extends GenericFunction {
  static override readonly inheritCache: boolean = true;
  /** With several arguments the result is an array. */
  static readonly arrayForMultiClause: boolean = false;

  override withinGroupType(group: WithinGroup): TypeEngine | null {
    const [first] = unwrapOrderBy(group.orderBy);
    const type = first?.type ?? typeLate.nullType;
    const many = (this.constructor as typeof OrderedSetAgg).arrayForMultiClause && this.clauses.length > 1;
    return many ? late.arrayType(type) : type;
  }
}

export class Count extends GenericFunction {
  static override readonly inheritCache: boolean = true;
  static readonly pyName: string = "count";
  static override readonly functionName: string = "count";
  static override readonly returnType = (): TypeEngine => typeLate.integerType;

  constructor(args: readonly Value[], options: FunctionOptions = {}) {
    const [expression = null] = args;
    super([expression === null ? new ColumnClause("*", null, true) : expression], options);
  }
}

export class ArrayAgg extends GenericFunction {
  static override readonly inheritCache: boolean = true;
  static readonly pyName: string = "array_agg";
  static override readonly functionName: string = "array_agg";

  constructor(
    args: readonly Value[],
    options: FunctionOptions & { readonly defaultArrayType?: (item: TypeEngine) => TypeEngine } = {},
  ) {
    const parsed = args.map((c) => expect(roles.ExpressionElementRole, c));
    const item = typeFromArgs(parsed);
    const arrayOf = options.defaultArrayType ?? ((t) => late.arrayType(t, 1));
    super(args, {
      ...options,
      type: options.type ?? (item.isArray ? item : arrayOf(item)),
      parsedArgs: parsed,
    });
  }
}

/** A sequence, as far as next_value() knows one. */
export interface SequenceLike {
  readonly name: string;
  readonly dataType: TypeEngine | null;
  readonly isSequence: boolean;
}

export class NextValue extends GenericFunction {
  static readonly pyName: string = "next_value";
  static override readonly functionName: string = "next_value";
  static override readonly traverse: TraverseSpec = [["sequence", "named-ddl"]];
  readonly sequence: SequenceLike;

  constructor(args: readonly Value[], options: FunctionOptions = {}) {
    super([], options);
    const seq = args[0] as SequenceLike | undefined;
    if (!seq?.isSequence)
      throw host.error("AssertionError", "next_value() accepts a Sequence object as input.");
    this.sequence = seq;
    this.type = toInstance(seq.dataType ?? typeLate.integerType);
  }

  override compare(other: unknown): boolean {
    return other instanceof NextValue && this.sequence.name === other.sequence.name;
  }

  override get _fromObjects(): readonly FromClause[] {
    return [];
  }
}

schemaLate.nextValue = (sequence) => new NextValue([sequence]);

interface Definition {
  readonly base?: GenericClass;
  readonly type?: () => TypeEngine;
  /** Arguments are printed in parentheses even where there are none. */
  readonly hasArgs?: boolean;
  /** How many arguments it takes: [least, most]. */
  readonly arity?: readonly [string, ...string[]];
  readonly arrayForMultiClause?: boolean;
}

/** A class for a function that only has a name, a type and a base. */
function define(
  name: string,
  { base = GenericFunction, type, hasArgs, arity, arrayForMultiClause }: Definition = {},
): GenericClass {
  const made = class extends base {
    static override readonly inheritCache: boolean = true;
    static readonly pyName: string = name;
    static override readonly functionName: string = name;

    constructor(args: readonly Value[], options: FunctionOptions = {}) {
      if (arity && args.length !== arity.length) wrongArity(name, arity, args.length);
      super(args, options);
    }
  };
  if (type) Object.defineProperty(made, "returnType", { value: type });
  if (arrayForMultiClause) Object.defineProperty(made, "arrayForMultiClause", { value: true });
  if (hasArgs) defaults(made, { _hasArgs: true });
  return made;
}

function wrongArity(name: string, parameters: readonly string[], given: number): never {
  if (given > parameters.length)
    throw host.error(
      "TypeError",
      `${name}.__init__() takes ${parameters.length + 1} positional arguments but ${given + 1} were given`,
    );
  const missing = parameters.slice(given).map((p) => `'${p}'`);
  const list = missing.length > 1 ? `${missing.slice(0, -1).join(", ")} and ${missing.at(-1)}` : missing[0];
  throw host.error(
    "TypeError",
    `${name}.__init__() missing ${missing.length} required positional argument${missing.length > 1 ? "s" : ""}: ${list}`,
  );
}

const integer = (): TypeEngine => typeLate.integerType;
const text = (): TypeEngine => typeLate.string;
const datetime = (): TypeEngine => new DateTime();
const numeric = (): TypeEngine => new Numeric();

export const Coalesce: GenericClass = define("coalesce", { base: ReturnTypeFromOptionalArgs, hasArgs: true });
export const Max: GenericClass = define("max", { base: ReturnTypeFromArgs });
export const Min: GenericClass = define("min", { base: ReturnTypeFromArgs });
export const Sum: GenericClass = define("sum", { base: ReturnTypeFromArgs });
export const Now: GenericClass = define("now", { type: datetime });
export const Concat: GenericClass = define("concat", { type: text });
export const CharLength: GenericClass = define("char_length", { type: integer, arity: ["arg"] });
export const Random: GenericClass = define("random", { hasArgs: true });
export const CurrentDate: GenericClass = define("current_date", {
  base: AnsiFunction,
  type: () => new Date(),
});
export const CurrentTime: GenericClass = define("current_time", {
  base: AnsiFunction,
  type: () => new Time(),
});
export const CurrentTimestamp: GenericClass = define("current_timestamp", {
  base: AnsiFunction,
  type: datetime,
});
export const CurrentUser: GenericClass = define("current_user", { base: AnsiFunction, type: text });
export const Localtime: GenericClass = define("localtime", { base: AnsiFunction, type: datetime });
export const Localtimestamp: GenericClass = define("localtimestamp", { base: AnsiFunction, type: datetime });
export const SessionUser: GenericClass = define("session_user", { base: AnsiFunction, type: text });
export const Sysdate: GenericClass = define("sysdate", { base: AnsiFunction, type: datetime });
export const User: GenericClass = define("user", { base: AnsiFunction, type: text });
export const Mode: GenericClass = define("mode", { base: OrderedSetAgg });
export const PercentileCont: GenericClass = define("percentile_cont", {
  base: OrderedSetAgg,
  arrayForMultiClause: true,
});
export const PercentileDisc: GenericClass = define("percentile_disc", {
  base: OrderedSetAgg,
  arrayForMultiClause: true,
});
export const Rank: GenericClass = define("rank", { type: integer });
export const DenseRank: GenericClass = define("dense_rank", { type: integer });
export const PercentRank: GenericClass = define("percent_rank", { type: numeric });
export const CumeDist: GenericClass = define("cume_dist", { type: numeric });
export const Cube: GenericClass = define("cube", { hasArgs: true });
export const Rollup: GenericClass = define("rollup", { hasArgs: true });
export const GroupingSets: GenericClass = define("grouping_sets", { hasArgs: true });
export const AggregateStrings: GenericClass = define("aggregate_strings", {
  type: text,
  hasArgs: true,
  arity: ["clause", "separator"],
});

/** All of them by SQL name, for `sqlalchemy.sql.functions`. */
export const functionClasses: ReadonlyMap<string, GenericClass> = new Map(
  [
    Coalesce,
    Max,
    Min,
    Sum,
    Now,
    Concat,
    CharLength,
    Random,
    Count,
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
    CurrentUser,
    Localtime,
    Localtimestamp,
    SessionUser,
    Sysdate,
    User,
    ArrayAgg,
    Mode,
    PercentileCont,
    PercentileDisc,
    Rank,
    DenseRank,
    PercentRank,
    CumeDist,
    Cube,
    Rollup,
    GroupingSets,
    AggregateStrings,
    NextValue,
  ].map((cls) => [cls.functionName, cls as GenericClass] as const),
);
for (const [name, cls] of functionClasses)
  registerFunction(name, (args, kwargs) => new cls(args, optionsFrom(kwargs)));
registerFunction(
  "cast",
  ([expression, type], kwargs) =>
    new Cast(expression ?? kwargs.get("expression"), (type ?? kwargs.get("type_")) as TypeArgument),
);
registerFunction(
  "extract",
  ([field, expr], kwargs) =>
    new Extract((field ?? kwargs.get("field")) as string, expr ?? kwargs.get("expr")),
);
