// The SQL functions whose type is known: count(), max(), now() … Behaviour: SQLAlchemy sql/functions.py.
import * as roles from "./roles.ts";
import { host, type Value } from "../util/host.ts";
import { expect } from "./coercions.ts";
import { Extract } from "./elements/case.ts";
import { Cast } from "./elements/cast.ts";
import { ColumnClause } from "./elements/column-clause.ts";
import { ColumnElement } from "./elements/column.ts";
import { WithinGroup } from "./elements/over.ts";
import { optionsFrom, registerFunction } from "./function-registry.ts";
import { Function, FunctionElement, type FunctionOptions } from "./functions.ts";
import { late } from "./late.ts";
import { defaults } from "./mixin.ts";
import { unwrapOrderBy } from "./order-by.ts";
import { schemaLate } from "./schema/late.ts";
import { FromClause } from "./selectable/from-clause.ts";
import type { TraverseSpec } from "./traverse-spec.ts";
import { Date, DateTime, Time } from "./types/datetime.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "./types/engine.ts";
import { Numeric } from "./types/numeric.ts";
import { typeLate } from "./types/type-late.ts";

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
