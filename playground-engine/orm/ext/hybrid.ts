// hybrid_property and hybrid_method: one definition for objects and for SQL.
//
// On an object the program's function runs with the object; on the class it runs with the class (or its own `expression`
// or `comparator` does), and what it gives is wrapped as an attribute of the class.
// Behaviour: SQLAlchemy ext/hybrid.py.
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as operators from "../../sql/operators.ts";
import type { Operator, OperateOptions } from "../../sql/operators.ts";
import { host, type Value } from "../../util/host.ts";
import {
  ProxyAttribute,
  QueryableAttribute,
  type ComparatorContract,
  type EntityContract,
  type ProxiedDescriptor,
} from "../attributes/instrumented.ts";
import { face, type ClassRef, type Instance } from "../face.ts";
import { inspect } from "../inspection.ts";
import { PropComparator } from "../props/prop-comparator.ts";
import { HYBRID_METHOD, HYBRID_PROPERTY } from "./extension-type.ts";

const given = (v: Value): Value => v ?? null;

/** The function inside a classmethod. */
function unwrapped(fn: Value): Value {
  if (fn === null || fn === undefined) return null;
  return host.typeName(fn) === "classmethod" ? given(host.getAttribute(fn, "__func__")) : fn;
}

function docOf(fn: Value): string | null {
  const doc = fn === null || typeof fn === "function" ? null : host.getAttribute(fn, "__doc__");
  return typeof doc === "string" ? doc : null;
}

class HybridInfo {
  readonly isAttribute = true;
  private infoMemo: Map<Value, Value> | undefined;

  get info(): Map<Value, Value> {
    // A dictionary of the program's, which it may change; typed by what the engine does with it.
    return (this.infoMemo ??= host.makeDict([]) as Map<Value, Value>);
  }
}

/** What a decorator of `inplace` sets, by the decorator's name. */
const PARTS: ReadonlyMap<string, keyof HybridParts> = new Map([
  ["getter", "fget"],
  ["setter", "fset"],
  ["deleter", "fdel"],
  ["expression", "expr"],
  ["comparator", "customComparator"],
  ["update_expression", "updateExpr"],
]);

/** `@value.inplace.setter`: decorators that change a hybrid where it stands. */
export class HybridInPlace {
  static readonly pyModule: string = "sqlalchemy.ext.hybrid";
  readonly attr: hybrid_method | hybrid_property;

  constructor(attr: hybrid_method | hybrid_property) {
    this.attr = attr;
  }

  getattr(name: string): ((fn: Value) => hybrid_method | hybrid_property) | undefined {
    const part = PARTS.get(name);
    if (part === undefined || (this.attr instanceof hybrid_method && part !== "expr")) return undefined;
    return (fn) => Object.assign(this.attr, { [part]: unwrapped(fn) });
  }
}

/** A method of objects that is an expression on the class. */
export class hybrid_method extends HybridInfo {
  static readonly pyModule: string = "sqlalchemy.ext.hybrid";
  readonly extensionType = HYBRID_METHOD;
  readonly func: Value;
  expr: Value;

  constructor(func: Value, expr: Value = null) {
    super();
    this.func = func;
    this.expr = given(expr) ?? func;
  }

  /** `@value.inplace.expression` */
  get inplace(): HybridInPlace {
    return new HybridInPlace(this);
  }

  /** The function that stands for it on the class; called with the class first. */
  expression(expr: Value): hybrid_method {
    this.expr = unwrapped(expr);
    return this;
  }

  /** The bound function. */
  get(obj: Instance | null, owner: ClassRef): Value {
    const [fn, self] = obj === null ? [this.expr, owner] : [this.func, obj];
    const bind = host.getAttribute(fn, "__get__");
    return bind === undefined
      ? (...args: Value[]) => host.call(fn, [self, ...args])
      : host.call(bind, [self, owner]);
  }
}

interface HybridParts {
  fget: Value;
  fset: Value;
  fdel: Value;
  expr: Value;
  customComparator: Value;
  updateExpr: Value;
}

export class hybrid_property extends HybridInfo implements ProxiedDescriptor {
  static readonly pyModule: string = "sqlalchemy.ext.hybrid";
  readonly extensionType = HYBRID_PROPERTY;
  fget: Value;
  fset: Value;
  fdel: Value;
  expr: Value;
  customComparator: Value;
  updateExpr: Value;

  constructor(
    fget: Value,
    fset: Value = null,
    fdel: Value = null,
    expr: Value = null,
    customComparator: Value = null,
    updateExpr: Value = null,
  ) {
    super();
    this.fget = given(fget);
    this.fset = given(fset);
    this.fdel = given(fdel);
    this.expr = unwrapped(expr);
    this.customComparator = unwrapped(customComparator);
    this.updateExpr = unwrapped(updateExpr);
  }

  get doc(): string | null {
    return docOf(this.fget);
  }

  // -- as a descriptor ------------------------------------------------------------------------

  get(obj: Instance | null, owner: ClassRef): Value {
    return obj === null ? this.onClass(owner) : host.call(this.fget, [obj]);
  }

  set(obj: Instance, value: Value): void {
    if (this.fset === null) throw host.error("AttributeError", "can't set attribute");
    host.call(this.fset, [obj, value]);
  }

  delete(obj: Instance): void {
    if (this.fdel === null) throw host.error("AttributeError", "can't delete attribute");
    host.call(this.fdel, [obj]);
  }

  private onClass(owner: ClassRef): ProxyAttribute {
    const custom = this.customComparator !== null;
    const fn = custom ? this.customComparator : (this.expr ?? this.fget);
    const made = host.call(fn, [owner]);
    const comparator = custom ? (made as ComparatorContract) : new ExprComparator(owner, made, this);
    return new ProxyAttribute(owner, this.nameIn(owner), {
      descriptor: this,
      comparator,
      doc: docOf(fn) ?? this.doc,
      inspect: (cls) => (inspect(cls, { raiseerr: false }) ?? null) as EntityContract | null,
    });
  }

  /** Its name in the class: its function's, if it is found there; else it has none. */
  private nameIn(owner: ClassRef): string {
    if (typeof this.fget === "function") return "";
    const name = host.nameOf(this.fget);
    const cls = face().isClass(owner)
      ? owner
      : (inspect(owner) as { readonly mapper: { readonly class_: ClassRef } }).mapper.class_;
    return face()
      .mro(cls)
      .some((c) => face().ownMember(c, name) === this)
      ? name
      : "";
  }

  // -- as a decorator ---------------------------------------------------------------------------

  protected copy(change: Partial<HybridParts>): hybrid_property {
    const parts: HybridParts = {
      fget: this.fget,
      fset: this.fset,
      fdel: this.fdel,
      expr: this.expr,
      customComparator: this.customComparator,
      updateExpr: this.updateExpr,
      ...change,
    };
    const cls = this.constructor as typeof hybrid_property;
    return new cls(parts.fget, parts.fset, parts.fdel, parts.expr, parts.customComparator, parts.updateExpr);
  }

  /** For a subclass that defines it anew: `@Base.value.overrides.setter`. */
  get overrides(): hybrid_property {
    return this;
  }

  /** The decorators, changing this property instead of a copy. */
  get inplace(): HybridInPlace {
    return new HybridInPlace(this);
  }

  getter(fget: Value): hybrid_property {
    return this.copy({ fget });
  }
  setter(fset: Value): hybrid_property {
    return this.copy({ fset });
  }
  deleter(fdel: Value): hybrid_property {
    return this.copy({ fdel });
  }
  expression(expr: Value): hybrid_property {
    return this.copy({ expr });
  }
  comparator(comparator: Value): hybrid_property {
    return this.copy({ customComparator: comparator });
  }
  updateExpression(meth: Value): hybrid_property {
    return this.copy({ updateExpr: meth });
  }
}

/** Base of the program's own comparators for hybrids. */
export class Comparator extends PropComparator {
  static readonly pyModule: string = "sqlalchemy.ext.hybrid";
  expression: Value;

  constructor(expression: Value) {
    super(null as never, null as never);
    this.expression = expression;
  }

  override clauseElement(): unknown {
    const e = this.expression as { clauseElement?(): unknown; operate?: unknown } | null;
    if (typeof e?.clauseElement === "function") return e.clauseElement();
    // an object of the program's that stands for an expression
    const own = typeof e?.operate === "function" ? undefined : host.getAttribute(e, "__clause_element__");
    if (own === undefined) return this.expression;
    const found = host.call(own, []) as { clauseElement?(): unknown };
    return typeof found?.clauseElement === "function" ? found.clauseElement() : found;
  }

  override get property(): never {
    throw host.error("NotImplementedError", "");
  }

  override get info(): Map<Value, Value> {
    return new Map();
  }

  override adaptToEntity(_entity: EntityContract): ComparatorContract {
    return this as unknown as ComparatorContract;
  }
}

const PLAIN: ReadonlyMap<Operator, (a: Value, b: Value) => Value> = new Map([
  [operators.eq, (a: Value, b: Value) => host.equal(a, b)],
  [operators.ne, (a: Value, b: Value) => !host.equal(a, b)],
  [operators.lt, (a: Value, b: Value) => host.compare(a, b) < 0],
  [operators.gt, (a: Value, b: Value) => host.compare(a, b) > 0],
  [operators.le, (a: Value, b: Value) => host.compare(a, b) <= 0],
  [operators.ge, (a: Value, b: Value) => host.compare(a, b) >= 0],
  [operators.add, (a: Value, b: Value) => host.add(a, b)],
] as [Operator, (a: Value, b: Value) => Value][]);

/** What a hybrid's function gave for the class. */
export class ExprComparator extends Comparator {
  readonly cls: ClassRef;
  readonly hybrid: hybrid_property;

  constructor(cls: ClassRef, expression: Value, hybrid: hybrid_property) {
    super(expression);
    this.cls = cls;
    this.hybrid = hybrid;
  }

  override get property(): never {
    return (this.expression as { readonly property: unknown }).property as never;
  }

  override get info(): Map<Value, Value> {
    return this.hybrid.info;
  }

  /** Attributes it has not are those of the expression. */
  namespaceAttribute(key: string): Value | undefined {
    return host.getAttribute(this.expression, key);
  }

  override _bulkUpdateTuples(value: Value): readonly (readonly [ColumnElement | string, Value])[] {
    if (this.expression instanceof QueryableAttribute) return this.expression._bulkUpdateTuples(value);
    if (this.hybrid.updateExpr === null) return [[this.expression as ColumnElement, value]];
    const pairs = host.call(this.hybrid.updateExpr, [this.cls, value]);
    return [...(host.iterate(pairs) ?? [])].map(
      (pair) => [...(host.iterate(pair) ?? [])] as unknown as [ColumnElement, Value],
    );
  }

  override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    // The function gave a plain value of the program: its own operators count, whatever they give.
    if (typeof (this.expression as { operate?: unknown } | null)?.operate !== "function") {
      const method = host.getAttribute(this.expression, `__${op.name}__`);
      const found = method === undefined ? undefined : host.call(method, [other[0]]);
      if (found !== undefined && host.typeName(found) !== "NotImplementedType") return found as never;
      const plain = PLAIN.get(op);
      if (plain) return plain(this.expression, other[0]) as never;
    }
    return op.invoke(this.expression, other, options) as ColumnElement;
  }

  override reverseOperate(op: Operator, other: Value, options?: OperateOptions): ColumnElement {
    return (this.expression as PropComparator).reverseOperate(op, other, options);
  }
}
