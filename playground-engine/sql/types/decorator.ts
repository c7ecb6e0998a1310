// TypeDecorator: a type of the program's own on top of another one.
//
// A subclass states `static impl` and overrides what it wants: processBindParam, processResultValue, processLiteralParam,
// loadDialectImpl, coerceComparedValue, bindExpression, columnExpression, comparatorFactory. Whether a hook is overridden
// decides whether a processor exists at all. Behaviour: SQLAlchemy sql/type_api.py (TypeDecorator).
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { BindParameter } from "../elements/bind.ts";
import type { Operator, OperateOptions } from "../operators.ts";
import { TypeComparator, type ComparatorClass } from "./comparator.ts";
import type { BindProcessor, LiteralProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import {
  externalCacheKey,
  isSubclass,
  toInstance,
  TypeEngine,
  type TypeArgument,
  type TypeClass,
} from "./engine.ts";
import {
  argumentValue,
  attributeOf,
  genericRepr,
  signature,
  signatureOf,
  type InitArgument,
} from "./signature.ts";

const comparators = new WeakMap<ComparatorClass, ComparatorClass>();
const decorated = new WeakSet<ComparatorClass>();

/** A comparator of the impl's kind that turns only what the decorator names into IS. */
export function decoratedComparator(base: ComparatorClass): ComparatorClass {
  if (decorated.has(base)) return base;
  let made = comparators.get(base);
  if (!made) {
    made = class TDComparator extends base {
      override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
        return super.operate(op, other, withIsTypes(this, options));
      }
      override reverseOperate(op: Operator, other: Value, options?: OperateOptions): ColumnElement {
        return super.reverseOperate(op, other, withIsTypes(this, options));
      }
    };
    decorated.add(made);
    comparators.set(base, made);
  }
  return made;
}

function withIsTypes(comparator: TypeComparator, options: OperateOptions | undefined): OperateOptions {
  return { ...options, pythonIsTypes: comparator.expr.type.coerceToIsTypes };
}

export class TypeDecorator extends TypeEngine {
  static override readonly visitName: string = "type_decorator";
  static override readonly signature = signature("*args, **kwargs");
  /** The type, or class of types, that is decorated. */
  static readonly impl: TypeArgument = undefined;

  /** @internal */
  implInstance: TypeEngine;

  constructor(args: readonly Value[] = [], kwargs: Kwargs = new Map()) {
    super();
    const impl = (this.constructor as typeof TypeDecorator).impl;
    if (impl === undefined)
      throw host.error(
        "AssertionError",
        "TypeDecorator implementations require a class-level variable 'impl' which refers to the class of type being decorated",
      );
    this.implInstance =
      impl instanceof TypeEngine || impl === null ? toInstance(impl) : impl.construct(args, kwargs);
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    return new this(args, kwargs);
  }

  get impl(): TypeEngine {
    return this.implInstance;
  }
  set impl(type: TypeEngine) {
    this.implInstance = type;
  }

  override get isTypeDecorator(): boolean {
    return true;
  }
  override get isSchemaEventTarget(): boolean {
    return true;
  }
  override get isIndexable(): boolean {
    return this.implInstance.isIndexable;
  }
  /** Which constants `==` turns into IS: by default None only. */
  override get coerceToIsTypes(): readonly ("none" | "bool")[] {
    return ["none"];
  }
  override get sortKeyFunction(): ((value: Value) => Value) | null {
    return this.implInstance.sortKeyFunction;
  }
  override get comparatorFactory(): ComparatorClass {
    return decoratedComparator(this.implInstance.comparatorFactory);
  }
  override get typeAffinity(): TypeClass {
    return this.implInstance.typeAffinity;
  }

  // -- hooks for subclasses -------------------------------------------------------------

  processBindParam(_value: Value, _dialect: TypeDialect): Value {
    throw host.error("NotImplementedError", "");
  }
  processResultValue(_value: Value, _dialect: TypeDialect): Value {
    throw host.error("NotImplementedError", "");
  }
  processLiteralParam(_value: Value, _dialect: TypeDialect): Value {
    throw host.error("NotImplementedError", "");
  }
  loadDialectImpl(_dialect: TypeDialect): TypeEngine {
    return this.implInstance;
  }

  override coerceComparedValue(_op: Operator | null, _value: Value): TypeEngine {
    return this;
  }
  override bindExpression(bind: BindParameter): ColumnElement | null {
    return this.implInstance.bindExpression(bind);
  }
  override columnExpression(column: ColumnElement): ColumnElement | null {
    return this.implInstance.columnExpression(column);
  }

  private get bindHook(): boolean {
    return this.processBindParam !== TypeDecorator.prototype.processBindParam;
  }
  private get literalHook(): boolean {
    return this.processLiteralParam !== TypeDecorator.prototype.processLiteralParam;
  }
  private get resultHook(): boolean {
    return this.processResultValue !== TypeDecorator.prototype.processResultValue;
  }
  override get hasBindExpression(): boolean {
    return (
      this.bindExpression !== TypeDecorator.prototype.bindExpression || this.implInstance.hasBindExpression
    );
  }
  override get hasColumnExpression(): boolean {
    return (
      this.columnExpression !== TypeDecorator.prototype.columnExpression ||
      this.implInstance.hasColumnExpression
    );
  }

  // -- processors: the hook, then the impl's --------------------------------------------

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const impl = this.implInstance.bindProcessor(dialect);
    if (!this.bindHook) return impl;
    return impl
      ? (value) => impl(this.processBindParam(value, dialect))
      : (value) => this.processBindParam(value, dialect);
  }

  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    const impl = this.implInstance.resultProcessor(dialect, coltype);
    if (!this.resultHook) return impl;
    return impl
      ? (value) => this.processResultValue(impl(value), dialect)
      : (value) => this.processResultValue(value, dialect);
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const impl = this.implInstance.literalProcessor(dialect);
    if (this.literalHook) {
      if (impl) return (value) => impl(this.processLiteralParam(value, dialect));
      return (value) => this.processLiteralParam(value, dialect) as string;
    }
    if (this.bindHook && impl) return (value) => impl(this.processBindParam(value, dialect));
    return impl;
  }

  override compareValues(x: Value, y: Value): boolean {
    return this.implInstance.compareValues(x, y);
  }

  // -- dialects and copies ----------------------------------------------------------------

  override genDialectImpl(dialect: TypeDialect): TypeEngine {
    const adapted = dialect.typeDescriptor(this.variantMapping.get(dialect.name) ?? this);
    if (adapted !== this) return adapted;
    const copy = this.copyChecked();
    copy.implInstance = this.loadDialectImpl(dialect).dialectImpl(dialect);
    return copy;
  }

  override unwrappedDialectImpl(dialect: TypeDialect): TypeEngine {
    const type = this.dialectImpl(dialect);
    if (type instanceof TypeDecorator && isSubclass(type.typeClass, this.typeClass))
      return type.loadDialectImpl(dialect).dialectImpl(dialect);
    return type;
  }

  /** The type whose DDL text stands for this one. */
  typeEngine(dialect: TypeDialect): TypeEngine {
    const adapted = dialect.typeDescriptor(this);
    return isSubclass(adapted.typeClass, this.typeClass) ? this.loadDialectImpl(dialect) : adapted;
  }

  override withCollation(collation: string): TypeEngine {
    const copy = this.copyChecked();
    copy.implInstance = this.implInstance.withCollation(collation);
    return copy;
  }

  private copyChecked(): TypeDecorator {
    const copy = this.copy();
    if (!(copy instanceof (this.constructor as typeof TypeDecorator)))
      throw host.error(
        "AssertionError",
        `Type object ${this.toString()} does not properly implement the copy() method, it must return an object of type ${host.str(this.constructor)}`,
      );
    return copy;
  }

  /** Copied as it is: what a subclass keeps in its own attributes stays, in a dictionary of the copy's own where the host has one. */
  override copy(_options: { toMetadata?: unknown } = {}): this {
    const copy = Object.create(Object.getPrototypeOf(this) as object) as Record<symbol, unknown>;
    Object.assign(copy, this);
    for (const key of Object.getOwnPropertySymbols(copy))
      if (copy[key] instanceof Map) copy[key] = new Map(copy[key] as Map<unknown, unknown>);
    return copy as unknown as this;
  }

  override get staticCacheKey(): string | null {
    return externalCacheKey(this, "TypeDecorator", () => this.generateCacheKey());
  }

  // -- schema -----------------------------------------------------------------------------

  override _setParent(parent: unknown, { outer = false }: { outer?: boolean } = {}): void {
    if (!outer && this.implInstance.isSchemaEventTarget)
      this.implInstance._setParent(parent, { outer: false });
  }

  override _setParentWithDispatch(parent: unknown): void {
    super._setParentWithDispatch(parent, { outer: true });
    if (this.implInstance.isSchemaEventTarget) this.implInstance._setParentWithDispatch(parent);
  }

  /** Like Python's attribute access, which goes on to the impl. */
  override initArgument(argument: InitArgument): Value | undefined {
    const own = attributeOf(this, argument);
    return own === undefined ? argumentValue(this.implInstance, argument) : own;
  }

  override repr(): string {
    return genericRepr(this, { signatures: [signatureOf(this.implInstance.constructor)] });
  }
}
