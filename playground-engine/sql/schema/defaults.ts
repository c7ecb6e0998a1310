// What gives a column its value when a program does not: a constant, a function, an SQL expression, a sequence.
//
// `ColumnDefault.of(value)` picks the class by what the value is. Defaults of the database itself are in server-defaults.ts.
// Behaviour: SQLAlchemy sql/schema.py (DefaultGenerator, ColumnDefault and subclasses, IdentityOptions, Sequence).
import { ArgumentError, InvalidRequestError, warnDeprecated } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { Executable } from "../base.ts";
import { defaults, mixin } from "../mixin.ts";
import { plainName, plainSchema, quoteOf, type NameArgument } from "../names.ts";
import type { ColumnElement } from "../elements/column.ts";
import { genericRepr, signature, type Signature } from "../types/signature.ts";
import { classNameOf, reprOf } from "../repr.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import { BLANK_SCHEMA, tableKey, type SchemaArgument } from "./constants.ts";
import { SchemaItem } from "./item.ts";
import { schemaLate } from "./late.ts";
import type { Column } from "./column.ts";
import type { MetaData } from "./metadata.ts";
import type { Table } from "./table.ts";
import { runDdl, type DdlRunner } from "./ddl-runner.ts";
import { SchemaDropper, SchemaGenerator } from "../ddl-visitors.ts";

/** A connection, as far as a default that is executed by itself knows one. */
interface DefaultConnection {
  _executeDefault(generator: DefaultGenerator, params: unknown, options: unknown): Value;
}

export interface DefaultGenerator extends Executable {}
export abstract class DefaultGenerator extends SchemaItem {
  static override readonly visitName: string = "default_generator";
  declare readonly isSequence: boolean;
  declare readonly isIdentity: boolean;
  declare readonly isServerDefault: boolean;
  declare readonly isClauseElement: boolean;
  declare readonly isCallable: boolean;
  declare readonly isScalar: boolean;
  declare readonly hasArg: boolean;
  declare readonly isSentinel: boolean;
  forUpdate: boolean;
  column: Column | null = null;

  constructor(forUpdate = false) {
    super();
    this.forUpdate = forUpdate;
  }

  override _setParent(parent: unknown): void {
    this.column = parent as Column;
    const self = this as unknown as ColumnDefault | Sequence;
    if (this.forUpdate) this.column.onupdate = self;
    else this.column.default = self;
  }

  abstract _copy(): DefaultGenerator;

  _generate(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
  }

  /** @internal */
  _executeOnConnection(connection: unknown, params: unknown, options: unknown): Value {
    warnDeprecated(
      "Using the .execute() method to invoke a DefaultGenerator object is deprecated; please use the .scalar() method.",
    );
    return this._executeOnScalar(connection as DefaultConnection, params, options);
  }

  /** @internal */
  _executeOnScalar(connection: DefaultConnection, params: unknown, options: unknown): Value {
    return connection._executeDefault(this, params, options);
  }
}
mixin(DefaultGenerator, Executable);
defaults(DefaultGenerator, {
  isSequence: false,
  isIdentity: false,
  isServerDefault: false,
  isClauseElement: false,
  isCallable: false,
  isScalar: false,
  hasArg: false,
  isSentinel: false,
  _isDefaultGenerator: true,
});

/** What an execution context needs to know of a column's default. */
export interface DefaultDescription {
  readonly arg: Value;
  readonly isSequence: boolean;
  readonly isCallable: boolean;
  readonly isSentinel: boolean;
  readonly hasArg: boolean;
  readonly isScalar: boolean;
}

export function describeDefault(d: ColumnDefault | Sequence | null): DefaultDescription | null {
  if (!d) return null;
  const arg = d instanceof ColumnDefault && (d.hasArg || d.isCallable || d.isScalar) ? d.arg : null;
  return {
    arg,
    isSequence: d.isSequence,
    isCallable: d.isCallable,
    isSentinel: d.isSentinel,
    hasArg: d.hasArg,
    isScalar: d.isScalar,
  };
}

export abstract class ColumnDefault extends DefaultGenerator {
  static readonly signature: Signature = signature("arg=None, for_update=False");
  /** The constant, expression or function. */
  readonly arg: Value;

  /** Of the kind that its argument is, where `ColumnDefault` itself is called. */
  constructor(arg: Value = null, forUpdate = false) {
    super(forUpdate);
    this.arg = arg;
    if (new.target === (ColumnDefault as unknown)) return ColumnDefault.of(arg, forUpdate);
  }

  /** The default for a value given to `Column(default=…)`. Throws ArgumentError. */
  static of(arg: Value, forUpdate = false): ColumnDefault {
    if ((arg as { isServerDefault?: unknown } | null)?.isServerDefault === true)
      throw new ArgumentError("ColumnDefault may not be a server-side default type.");
    if (isClauseElement(arg)) return new ColumnElementColumnDefault(arg, forUpdate);
    if (host.isCallable(arg)) return new CallableColumnDefault(arg, forUpdate);
    return new ScalarElementColumnDefault(arg, forUpdate);
  }

  override repr(): string {
    return `${classNameOf(this)}(${reprOf(this.arg)})`;
  }
}

function isClauseElement(v: Value): v is ColumnElement {
  return typeof v === "object" && v !== null && (v as { isClauseElement?: unknown }).isClauseElement === true;
}

/** A constant. */
export class ScalarElementColumnDefault extends ColumnDefault {
  override _copy(): ScalarElementColumnDefault {
    return new ScalarElementColumnDefault(this.arg, this.forUpdate);
  }
}
defaults(ScalarElementColumnDefault, { isScalar: true, hasArg: true });

/** An SQL expression. */
export class ColumnElementColumnDefault extends ColumnDefault {
  declare readonly arg: ColumnElement;

  /** Whether the expression's type is known. */
  get _argIsTyped(): boolean {
    return !this.arg.type.isNullType;
  }

  override _copy(): ColumnElementColumnDefault {
    return new ColumnElementColumnDefault(this.arg, this.forUpdate);
  }
}
defaults(ColumnElementColumnDefault, { isClauseElement: true, hasArg: true });

/** A function of the program; called with the execution context if it takes an argument. */
export class CallableColumnDefault extends ColumnDefault {
  /** Whether the function wants the execution context. */
  readonly takesContext: boolean;

  constructor(fn: Value, forUpdate = false) {
    super(fn, forUpdate);
    const positional =
      host.parameters(fn)?.filter((p) => p.kind === "positional" || p.kind === "positional-or-keyword") ?? [];
    const required = positional.filter((p) => !p.hasDefault).length;
    if (required > 1)
      throw new ArgumentError("ColumnDefault Python function takes zero or one positional arguments");
    this.takesContext = required === 1;
  }

  /** The value for one row. */
  call(context: Value): Value {
    return host.call(this.arg, this.takesContext ? [context] : []);
  }

  override _copy(): CallableColumnDefault {
    return new CallableColumnDefault(this.arg, this.forUpdate);
  }
}
defaults(CallableColumnDefault, { isCallable: true, hasArg: true });

/** The counter by which rows of one INSERT are told apart when they come back. */
export class InsertSentinelColumnDefault extends ColumnDefault {
  constructor() {
    super(null);
  }

  override _setParent(parent: unknown): void {
    const column = parent as Column;
    if (!column._insertSentinel)
      throw new ArgumentError(
        "The _InsertSentinelColumnDefault may only be applied to a Column marked as insert_sentinel=True",
      );
    if (!column.nullable)
      throw new ArgumentError(
        "The _InsertSentinelColumnDefault may only be applied to a Column that is nullable",
      );
    super._setParent(parent);
  }

  override _copy(): InsertSentinelColumnDefault {
    return new InsertSentinelColumnDefault();
  }
}
defaults(InsertSentinelColumnDefault, { isSentinel: true });

// -- sequences -------------------------------------------------------------------------------

export interface IdentityOptions {
  readonly start?: number | bigint | null;
  readonly increment?: number | bigint | null;
  readonly minvalue?: number | bigint | null;
  readonly maxvalue?: number | bigint | null;
  readonly nominvalue?: boolean | null;
  readonly nomaxvalue?: boolean | null;
  readonly cycle?: boolean | null;
  readonly cache?: number | bigint | null;
  readonly order?: boolean | null;
}

/** Counting rules of a Sequence or an Identity. */
export interface CountingRules {
  start: number | bigint | null;
  increment: number | bigint | null;
  minvalue: number | bigint | null;
  maxvalue: number | bigint | null;
  nominvalue: boolean | null;
  nomaxvalue: boolean | null;
  cycle: boolean | null;
  cache: number | bigint | null;
  order: boolean | null;
}

/** Their names, in the order in which they are written. */
export const COUNTING_RULES = [
  "start",
  "increment",
  "minvalue",
  "maxvalue",
  "nominvalue",
  "nomaxvalue",
  "cycle",
  "cache",
  "order",
] as const;

export function countingRules(from: IdentityOptions): CountingRules {
  return Object.fromEntries(COUNTING_RULES.map((k) => [k, from[k] ?? null])) as unknown as CountingRules;
}

export interface SequenceOptions extends IdentityOptions {
  readonly schema?: SchemaArgument;
  readonly dataType?: TypeArgument;
  readonly optional?: boolean;
  readonly quote?: boolean | null;
  readonly metadata?: MetaData | null;
  readonly quoteSchema?: boolean | null;
  readonly forUpdate?: boolean;
}

export interface Sequence extends CountingRules {}
export class Sequence extends DefaultGenerator {
  static override readonly visitName: string = "sequence";
  static readonly signature: Signature = signature(
    "name, start=None, increment=None, minvalue=None, maxvalue=None, nominvalue=None, nomaxvalue=None, cycle=None, schema=None, cache=None, order=None, " +
      "data_type=None, optional=False, quote=None, metadata=None, quote_schema=None, for_update=False",
  );
  name: string;
  readonly quote: boolean | null;
  schema: string | null;
  readonly quoteSchema: boolean | null;
  metadata: MetaData | null;
  readonly optional: boolean;
  readonly dataType: TypeEngine | null;
  private readonly key: string;

  constructor(name: NameArgument, given: SequenceOptions = {}) {
    super(given.forUpdate ?? false);
    const options = plainSchema(given);
    Object.assign(this, countingRules(options));
    this.name = plainName(name);
    this.quote = quoteOf(name) ?? options.quote ?? null;
    this.optional = options.optional ?? false;
    this.quoteSchema = options.quoteSchema ?? null;
    const { schema, metadata } = options;
    if (schema === BLANK_SCHEMA) this.schema = null;
    else this.schema = schema ?? metadata?.schema ?? null;
    this.metadata = metadata ?? null;
    this.key = tableKey(this.name, this.schema);
    if (metadata) this.setMetadata(metadata);
    this.dataType = options.dataType == null ? null : toInstance(options.dataType);
  }

  get _incrementIsNegative(): boolean {
    return this.increment !== null && this.increment < 0;
  }

  nextValue(): ColumnElement {
    return schemaLate.nextValue(this);
  }

  override _setParent(parent: unknown): void {
    super._setParent(parent);
    (parent as Column)._onTableAttach((_, table: Table) => this.setMetadata(table.metadata));
  }

  private setMetadata(metadata: MetaData): void {
    this.metadata = metadata;
    metadata._sequences.set(this.key, this);
  }

  override _copy(): Sequence {
    return new Sequence(this.name, {
      ...countingRules(this),
      quote: this.quote,
      schema: this.schema,
      quoteSchema: this.quoteSchema,
      dataType: this.dataType,
      optional: this.optional,
      forUpdate: this.forUpdate,
    });
  }

  create(bind: DdlRunner, checkfirst = true): void {
    runDdl(bind, SchemaGenerator, this, { checkfirst });
  }

  drop(bind: DdlRunner, checkfirst = true): void {
    runDdl(bind, SchemaDropper, this, { checkfirst });
  }

  /** What says that a sequence is no column expression. */
  _notAColumnExpr(): never {
    throw new InvalidRequestError(
      `This ${classNameOf(this)} cannot be used directly as a column expression.  Use func.next_value(sequence) to produce a 'next value' function that's usable as a column element.`,
    );
  }

  override repr(): string {
    return genericRepr(this, { omit: ["info"] });
  }
}
defaults(Sequence, { isSequence: true });
