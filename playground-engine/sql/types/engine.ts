// TypeEngine: the root of all SQL types, and how a type becomes a dialect's own version of it.
//
// A type object is never changed after it was made, except by the Enum and TypeDecorator machinery of this room. What a
// dialect makes of it (impl and processors) is remembered on the dialect, once a type object.
// Behaviour: SQLAlchemy sql/type_api.py.
import { classNameOf, reprOf } from "../repr.ts";
import { host, type Kind, type Kwargs, type Value } from "../../util/host.ts";
import { ArgumentError } from "../../errors/index.ts";
import { attachWithDispatch, ddlEvents, dispatchOf, type DdlDispatch } from "../schema/events.ts";
import type { ComparatorClass } from "./comparator.ts";
import type {
  BindProcessor,
  LiteralProcessor,
  ResultProcessor,
  TypeDialect,
  TypeMemo,
} from "./dialect-facts.ts";
import {
  argumentValue,
  classArguments,
  copyArguments,
  genericRepr,
  positional,
  signatureOf,
  type InitArgument,
  type Signature,
} from "./signature.ts";
import { typeLate } from "./type-late.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { BindParameter } from "../elements/bind.ts";
import type { Operator } from "../operators.ts";
import { defaults } from "../mixin.ts";
import { Visitable } from "../visitable.ts";

/** A class of types, as `String` or a subclass that the reader's program derived. */
export interface TypeClass<T extends TypeEngine = TypeEngine> {
  readonly name: string;
  readonly prototype: T;
  readonly signature?: Signature;
  readonly cacheOk?: boolean | null;
  /** Make an instance from Python-style arguments. */
  construct(args: readonly Value[], kwargs?: Kwargs): TypeEngine;
  adaptEmulatedToNative?(impl: TypeEngine, kwargs: Kwargs): TypeEngine;
}
export type TypeArgument = TypeEngine | TypeClass | null | undefined;

/** What stands for "the list is empty" where a bound parameter looks for the type of its first element. */
export const NO_VALUE_IN_LIST: unique symbol = Symbol("NO_VALUE_IN_LIST");

const NO_VARIANTS: ReadonlyMap<string, TypeEngine> = new Map();

export class TypeEngine extends Visitable {
  static readonly signature: Signature = [];
  static override readonly visitName: string = "type_engine";
  static cacheOk: boolean | null = null;
  /** A class just below which affinity stops: TypeEngine itself, UserDefinedType, HSTORE's and INTERVAL's bases. */
  static readonly affinityRoot: boolean = true;

  /** Variants by dialect name. @internal */
  declare variantMapping: ReadonlyMap<string, TypeEngine>;
  declare private evaluatesNoneFlag: boolean | undefined;
  declare private cacheKeyMemo: string | null | undefined;

  // -- what a type says about itself ------------------------------------------------

  get isNullType(): boolean {
    return false;
  }
  get isTupleType(): boolean {
    return false;
  }
  get isTableValue(): boolean {
    return false;
  }
  get isArray(): boolean {
    return false;
  }
  get isTypeDecorator(): boolean {
    return false;
  }
  /** Whether `column[index]` is offered. */
  get isIndexable(): boolean {
    return false;
  }
  /** Whether it wants to know the column and table it belongs to (SQLAlchemy's SchemaEventTarget). */
  get isSchemaEventTarget(): boolean {
    return false;
  }
  /** Whether it is a SchemaType: Enum, Boolean, a PostgreSQL DOMAIN … */
  get isSchemaType(): boolean {
    return false;
  }
  /** Whether it is an Emulated type: one that has a native twin in some dialects. */
  get isEmulated(): boolean {
    return false;
  }
  get native(): boolean {
    return true;
  }
  get renderBindCast(): boolean {
    return false;
  }
  get renderLiteralCast(): boolean {
    return false;
  }
  /** Whether values can be put in a set: the ORM uniques rows by it. */
  get hashable(): boolean {
    return true;
  }
  /** A host callable or null: how to order values of this type. */
  get sortKeyFunction(): ((value: Value) => Value) | null {
    return null;
  }
  get coerceToIsTypes(): readonly ("none" | "bool")[] {
    return ["none", "bool"];
  }

  /** Whether None is a value of the type rather than the absence of one. */
  get shouldEvaluateNone(): boolean {
    return this.evaluatesNoneFlag ?? false;
  }
  set shouldEvaluateNone(flag: boolean) {
    this.evaluatesNoneFlag = flag;
  }

  /** Kind of the values a program sees. Throws the host's NotImplementedError where a type has none. */
  get pythonType(): Kind | Value {
    throw host.error("NotImplementedError", "");
  }

  get comparatorFactory(): ComparatorClass {
    return typeLate.comparator;
  }

  // -- processors: null means "leave the value as it is" ----------------------------

  literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return null;
  }
  bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return null;
  }
  resultProcessor(_dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    return null;
  }
  /** SQL around a column in the columns clause; null for none. */
  columnExpression(_column: ColumnElement): ColumnElement | null {
    return null;
  }
  /** SQL around a bound value; null for none. */
  bindExpression(_bind: BindParameter): ColumnElement | null {
    return null;
  }

  get hasColumnExpression(): boolean {
    return this.columnExpression !== TypeEngine.prototype.columnExpression;
  }
  get hasBindExpression(): boolean {
    return this.bindExpression !== TypeEngine.prototype.bindExpression;
  }

  compareValues(x: Value, y: Value): boolean {
    return host.equal(x, y);
  }
  copyValue(value: Value): Value {
    return value;
  }

  // -- copies ------------------------------------------------------------------------

  /** The constructor argument's value; classes of the reader's program look in the instance's own dictionary. */
  initArgument(_argument: InitArgument): Value | undefined {
    return undefined;
  }

  static construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    const values = [...args];
    for (const [i, v] of positional(this.signature, kwargs).entries()) if (v !== undefined) values[i] = v;
    return new (this as unknown as new (...a: readonly Value[]) => TypeEngine)(...values);
  }

  get typeClass(): TypeClass {
    return this.constructor as unknown as TypeClass;
  }

  evaluatesNone(): this {
    const copy = this.copy();
    copy.shouldEvaluateNone = true;
    return copy;
  }

  copy(_options: { toMetadata?: unknown } = {}): this {
    return this.adapt(this.typeClass) as this;
  }

  /** The same type as an object of another class: arguments that both classes name are taken over. */
  adapt(cls: TypeClass, kwargs: Kwargs = new Map()): TypeEngine {
    if (this.isEmulated) return this.adaptEmulated(cls, kwargs);
    return this.adaptPlain(cls, kwargs);
  }

  protected adaptPlain(cls: TypeClass, kwargs: Kwargs): TypeEngine {
    const made = cls.construct([], copyArguments(this, cls, kwargs));
    made.variantMapping = this.variantMapping;
    return made;
  }

  /** An emulated type becomes its dialect's native twin if it is wanted, else stays emulated. */
  private adaptEmulated(cls: TypeClass, kwargs: Kwargs): TypeEngine {
    if (cls.adaptEmulatedToNative) {
      if (this.native) return cls.adaptEmulatedToNative(this, kwargs);
      return this.typeClass.adaptEmulatedToNative
        ? this.adaptPlain(this.typeClass, kwargs)
        : this.adaptToEmulated(this.typeClass, kwargs);
    }
    return isSubclass(cls, this.typeClass) ? this.adaptToEmulated(cls, kwargs) : this.adaptPlain(cls, kwargs);
  }

  protected adaptToEmulated(cls: TypeClass, kwargs: Kwargs): TypeEngine {
    return this.adaptPlain(cls, kwargs);
  }

  /** Use another type for these dialects. Throws ArgumentError as the real one. */
  withVariant(type: TypeArgument, dialectNames: readonly string[]): this {
    if (!dialectNames.length) throw new ArgumentError("At least one dialect name is required");
    for (const name of dialectNames)
      if (this.variantMapping.has(name))
        throw new ArgumentError(
          `Dialect ${host.repr(name)} is already present in the mapping for this ${this.repr()}`,
        );
    const made = this.copy();
    const variant = usedAsType(toInstance(type), "_variant_mapping");
    if (variant.variantMapping.size)
      throw new ArgumentError(
        "can't pass a type that already has variants as a dialect-level type to with_variant()",
      );
    const mapping = new Map(this.variantMapping);
    for (const name of dialectNames) mapping.set(name, variant);
    made.variantMapping = mapping;
    return made;
  }

  withCollation(_collation: string): TypeEngine {
    throw host.error("NotImplementedError", "this datatype does not support collation");
  }

  /** @internal */
  resolveForLiteral(_value: Value): TypeEngine {
    return this;
  }

  /** Reduce to the most general type of the standard ones, as autogenerate and reflection like it. */
  asGeneric(allowNulltype = false): TypeEngine {
    const generic = this.genericTypeAffinity;
    if (!allowNulltype && generic === typeLate.nullType.typeClass)
      throw host.error(
        "NotImplementedError",
        "Default TypeEngine.as_generic() heuristic method was unsuccessful for " +
          `${typeLate.qualifiedName(this)}. A custom as_generic() method must be implemented for this type class.`,
      );
    return generic.construct([], copyArguments(this, generic));
  }

  // -- affinity ----------------------------------------------------------------------

  /** The class directly below the root: what decides whether two types are alike. */
  get typeAffinity(): TypeClass {
    return affinityOf(this.typeClass);
  }

  /** The nearest of the standard types, CamelCase ones first. */
  get genericTypeAffinity(): TypeClass {
    let upper: TypeClass | undefined;
    for (const cls of ancestry(this.typeClass)) {
      if (!typeLate.isStandard(cls)) continue;
      if (!isUpper(cls.name)) return cls;
      upper ??= cls;
    }
    return upper ?? typeLate.nullType.typeClass;
  }

  compareTypeAffinity(other: TypeEngine): boolean {
    return this.typeAffinity === other.typeAffinity;
  }

  /** Type of a plain value that an expression of this type is compared or combined with. */
  coerceComparedValue(_op: Operator | null, value: Value): TypeEngine {
    const coerced = typeLate.resolveValueToType(value);
    return coerced.isNullType || coerced.typeAffinity === this.typeAffinity ? this : coerced;
  }

  // -- dialects ----------------------------------------------------------------------

  dialectImpl(dialect: TypeDialect): TypeEngine {
    return this.dialectInfo(dialect).impl;
  }

  unwrappedDialectImpl(dialect: TypeDialect): TypeEngine {
    return this.dialectImpl(dialect);
  }

  cachedLiteralProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const d = this.dialectInfo(dialect);
    return d.literal === undefined ? (d.literal = d.impl.literalProcessor(dialect)) : d.literal;
  }

  cachedBindProcessor(dialect: TypeDialect): BindProcessor | null {
    const d = this.dialectInfo(dialect);
    return d.bind === undefined ? (d.bind = d.impl.bindProcessor(dialect)) : d.bind;
  }

  cachedResultProcessor(dialect: TypeDialect, coltype: unknown = null): ResultProcessor | null {
    const d = this.dialectInfo(dialect);
    let p = d.result.get(coltype);
    if (p === undefined) d.result.set(coltype, (p = d.impl.resultProcessor(dialect, coltype)));
    return p;
  }

  cachedCustomProcessor<R>(dialect: TypeDialect, key: string, make: (impl: TypeEngine) => R): R {
    const d = this.dialectInfo(dialect);
    d.custom ??= new Map();
    if (!d.custom.has(key)) d.custom.set(key, make(d.impl));
    return d.custom.get(key) as R;
  }

  private dialectInfo(dialect: TypeDialect): TypeMemo {
    let memo = dialect.typeMemos.get(this);
    if (!memo) {
      let impl = this.genDialectImpl(dialect);
      if (impl === this) impl = this.adapt(this.typeClass);
      memo = { impl, result: new Map() };
      dialect.typeMemos.set(this, memo);
    }
    return memo;
  }

  /** This type, or the variant of it for a dialect. */
  variantFor(dialect: { readonly name: string }): TypeEngine {
    return this.variantMapping.get(dialect.name) ?? this;
  }

  /** @internal */
  genDialectImpl(dialect: TypeDialect): TypeEngine {
    const variant = this.variantFor(dialect);
    return variant === this ? dialect.typeDescriptor(this) : variant.genDialectImpl(dialect);
  }

  // -- schema events (used where isSchemaEventTarget) ---------------------------------

  static readonly dispatch = ddlEvents.classDispatch;
  get dispatch(): DdlDispatch {
    return dispatchOf(this);
  }

  /** @internal */
  _setParent(_parent: unknown, _options: { outer?: boolean } = {}): void {}

  /** @internal */
  _setParentWithDispatch(parent: unknown, options: { outer?: boolean } = {}): void {
    attachWithDispatch(this, parent, options);
  }

  // -- text and cache ----------------------------------------------------------------

  /** Text for what tells this type from others in a compiled-statement key; null where statements with it are not cached. */
  get staticCacheKey(): string | null {
    return (this.cacheKeyMemo ??= this.generateCacheKey());
  }

  protected generateCacheKey(): string | null {
    let key = classToken(this.typeClass);
    for (const a of classArguments(this.typeClass)) {
      if (a.name.startsWith("_")) continue;
      const v = argumentValue(this, a);
      if (v === undefined || v === null || v === a.default) continue;
      key += `,${a.name}=${v instanceof TypeEngine ? `(${v.staticCacheKey})` : valueToken(v)}`;
    }
    return key;
  }

  /** DDL text of the type: `compile(dialect)`; without a dialect that of `str(type)`. */
  compile(dialect: TypeDialect | null = null): string {
    return (dialect ?? typeLate.defaultDialect()).processType(this);
  }

  override toString(): string {
    return this.compile();
  }

  repr(): string {
    return genericRepr(this);
  }
}

// on the prototype: a Python subclass may come to be without this constructor
defaults(TypeEngine, { variantMapping: NO_VARIANTS });

/** Types of the reader's program that say their own column text. */
export class UserDefinedType extends TypeEngine {
  static override readonly visitName: string = "user_defined";
  static override readonly affinityRoot: boolean = true;

  getColSpec(_kwargs: Kwargs = new Map()): string {
    throw host.error("AttributeError", `'${classNameOf(this)}' object has no attribute 'get_col_spec'`);
  }

  override coerceComparedValue(_op: Operator | null, _value: Value): TypeEngine {
    return this;
  }

  override get staticCacheKey(): string | null {
    return externalCacheKey(this, "UserDefinedType", () => this.generateCacheKey());
  }
}

/** The rule of ExternalType: a class of the reader's program must say cache_ok itself. @internal */
export function externalCacheKey(type: TypeEngine, family: string, make: () => string | null): string | null {
  const cls = type.typeClass;
  const ok = Object.hasOwn(cls, "cacheOk") ? cls.cacheOk : null;
  if (ok === true) return make();
  if (ok == null)
    host.warn(
      "SAWarning",
      `${family} ${reprOf(type)} will not produce a cache key because the \`\`cache_ok\`\` attribute is not set to True.  This can ` +
        "have significant performance implications including some performance degradations in comparison to prior SQLAlchemy " +
        "versions.  Set this attribute to True if this type object's state is safe to use in a cache key, or False to " +
        "disable this warning. (Background on this warning at: https://sqlalche.me/e/20/cprf)",
    );
  return null;
}

/** An instance for a type or a class of types; None is the null type. */
export function toInstance(type: TypeArgument): TypeEngine {
  if (type == null) return typeLate.nullType;
  if (type instanceof TypeEngine) return type;
  const cls = typeClassOf(type);
  if (cls) return cls.construct([]);
  if (host.isCallable(type)) return host.call(type, []) as TypeEngine;
  return type as unknown as TypeEngine;
}

/** A type that is used as one. Throws what Python says of an object that is none, by the attribute that is missed. */
export function usedAsType(type: TypeEngine, missed: string): TypeEngine {
  if (type instanceof TypeEngine) return type;
  throw host.error("AttributeError", `'${host.typeName(type)}' object has no attribute '${missed}'`);
}

/** The class of types that a value is, be it ours or one of the reader's program. */
export function typeClassOf(v: unknown): TypeClass | undefined {
  return isTypeClass(v) ? v : typeLate.hostTypeClass(v);
}

/** Whether a value can stand where a type is wanted. */
export function isTypeArgument(v: unknown): v is TypeEngine | TypeClass {
  return v instanceof TypeEngine || typeClassOf(v) !== undefined;
}

export function isTypeClass(v: unknown): v is TypeClass {
  return typeof v === "function" && (v === TypeEngine || v.prototype instanceof TypeEngine);
}

/** The dialect's class for a type, if its table has one for the type's class or a base. */
export function adaptType(given: TypeArgument, colspecs: ReadonlyMap<TypeClass, TypeClass>): TypeEngine {
  const type = toInstance(given);
  for (const cls of ancestry(type.typeClass)) {
    const impl = colspecs.get(cls);
    if (impl) return isSubclass(type.typeClass, impl) ? type : type.adapt(impl);
  }
  return type;
}

/** A class and its bases up to TypeEngine. */
export function* ancestry(cls: TypeClass): Generator<TypeClass> {
  for (let at: unknown = cls; isTypeClass(at); at = Object.getPrototypeOf(at)) yield at;
}

export function isSubclass(cls: TypeClass, base: TypeClass): boolean {
  return cls === base || (cls.prototype as object) instanceof (base as unknown as new () => object);
}

const affinities = new WeakMap<object, TypeClass>();

function affinityOf(cls: TypeClass): TypeClass {
  let found = affinities.get(cls);
  if (!found) {
    found = cls;
    for (const c of ancestry(cls)) {
      if (Object.hasOwn(c, "affinityRoot")) break;
      found = c;
    }
    affinities.set(cls, found);
  }
  return found;
}

function isUpper(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase();
}

const classTokens = new WeakMap<object, string>();
let nextClass = 0;

function classToken(cls: object): string {
  let t = classTokens.get(cls);
  if (!t) classTokens.set(cls, (t = `T${nextClass++}`));
  return t;
}

const valueTokens = new Map<unknown, number>();

/** A short text that is the same for equal values. */
function valueToken(v: Value): string {
  if (typeof v === "string") return JSON.stringify(v);
  if (typeof v === "number" || typeof v === "bigint" || typeof v === "boolean") return `${typeof v}:${v}`;
  const key = typeof v === "symbol" ? v : host.key(v);
  let n = valueTokens.get(key);
  if (n === undefined) valueTokens.set(key, (n = valueTokens.size));
  return `#${n}`;
}

export { signatureOf };
