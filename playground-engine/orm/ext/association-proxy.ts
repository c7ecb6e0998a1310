// association_proxy: an attribute that reads and writes an attribute of related objects.
//
// AssociationProxy stands in the class body; for each mapped class it makes an AssociationProxyInstance, which knows the
// relationship and what its target's attribute is: an object, a column, or not known before there is an object.
// Behaviour: SQLAlchemy ext/associationproxy.py.
import { ArgumentError, InvalidRequestError, NoInspectionAvailable } from "../../errors/index.ts";
import { ColumnOperators } from "../../sql/comparator.ts";
import { or_ } from "../../sql/constructors.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as operators from "../../sql/operators.ts";
import type { Operator, OperateOptions } from "../../sql/operators.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type ClassRef, type CollectionRole, type Instance } from "../face.ts";
import { inspect } from "../inspection.ts";
import { classMapper } from "../mapping/class-mapper.ts";
import type { Mapper } from "../mapping/mapper.ts";
import {
  hasDataclassArguments,
  splitAttributeOptions,
  type AttributeOptions,
} from "../props/attribute-options.ts";
import type { RelationshipComparator } from "../props/relationship-comparator.ts";
import { RelationshipProperty } from "../props/relationship.ts";
import {
  AssociationCollection,
  AssociationDict,
  AssociationList,
  AssociationSet,
  type AssociationParts,
  type Getter,
  type Setter,
} from "./association-collections.ts";
import { ASSOCIATION_PROXY } from "./extension-type.ts";
import { callMethod, deleteAttribute, getAttribute } from "./values.ts";

export interface AssociationProxyOptions {
  readonly creator?: Value;
  readonly getsetFactory?: Value;
  readonly proxyFactory?: Value;
  readonly proxyBulkSet?: Value;
  readonly info?: Value;
  readonly cascadeScalarDeletes?: boolean;
  readonly createOnNoneAssignment?: boolean;
  readonly attributeOptions?: AttributeOptions;
}

/** `association_proxy(target_collection, attr, *, …)` */
export function associationProxy(
  targetCollection: string,
  attr: string,
  options: AssociationProxyOptions & AttributeOptions = {},
): AssociationProxy {
  const { attributeOptions, own } = splitAttributeOptions(options);
  return new AssociationProxy(targetCollection, attr, { ...own, attributeOptions });
}

let made = 0;

export class AssociationProxy {
  static readonly pyModule: string = "sqlalchemy.ext.associationproxy";
  readonly isAttribute = true;
  readonly extensionType = ASSOCIATION_PROXY;
  readonly targetCollection: string;
  readonly valueAttr: string;
  readonly creator: Value;
  readonly getsetFactory: Value;
  readonly proxyFactory: Value;
  readonly proxyBulkSet: Value;
  readonly cascadeScalarDeletes: boolean;
  readonly createOnNoneAssignment: boolean;
  readonly key: string;
  readonly info = new Map<Value, Value>();
  /** What makes a dataclass's field of it; unlike a property's it is not meant for mapping. */
  readonly attributeOptions: AttributeOptions;
  readonly hasDataclassArguments: boolean;
  private readonly instances = new WeakMap<ClassRef, AssociationProxyInstance>();

  constructor(targetCollection: string, attr: string, options: AssociationProxyOptions = {}) {
    this.targetCollection = targetCollection;
    this.valueAttr = attr;
    this.creator = options.creator ?? null;
    this.getsetFactory = options.getsetFactory ?? null;
    this.proxyFactory = options.proxyFactory ?? null;
    this.proxyBulkSet = options.proxyBulkSet ?? null;
    this.cascadeScalarDeletes = options.cascadeScalarDeletes ?? false;
    this.createOnNoneAssignment = options.createOnNoneAssignment ?? false;
    if (this.cascadeScalarDeletes && this.createOnNoneAssignment)
      throw new ArgumentError(
        "The cascade_scalar_deletes and create_on_none_assignment parameters are mutually exclusive.",
      );
    this.key = `_AssociationProxy_${targetCollection}_${++made}`;
    if (options.info != null) for (const [k, v] of host.entries(options.info) ?? []) this.info.set(k, v);
    this.attributeOptions = options.attributeOptions ?? {};
    this.hasDataclassArguments = hasDataclassArguments(options.attributeOptions);
  }

  // -- as a descriptor ---------------------------------------------------------------------------

  get(obj: Instance | null, owner: ClassRef): Value {
    return this.forClass(owner, obj)?.get(obj) ?? (obj === null ? this : null);
  }
  set(obj: Instance, values: Value): void {
    this.forClass(face().classOf(obj), obj)?.set(obj, values);
  }
  delete(obj: Instance): void {
    this.forClass(face().classOf(obj), obj)?.delete(obj);
  }

  /** What it is for a class, or for an object of it; null where the class is not mapped. */
  forClass(cls: ClassRef, obj: Instance | null = null): AssociationProxyInstance | null {
    let instance = this.instances.get(cls);
    if (!instance) {
      const owner = ownerOf(cls);
      if (owner === null) return null;
      this.instances.set(cls, (instance = AssociationProxyInstance.forProxy(this, owner)));
    }
    return instance.forObject(obj);
  }

  repr(): string {
    return `AssociationProxy(${host.repr(this.targetCollection)}, ${host.repr(this.valueAttr)})`;
  }
  toString(): string {
    return this.repr();
  }
}

function ownerOf(cls: ClassRef): ClassRef | null {
  try {
    return (inspect(cls) as { readonly mapper: Mapper }).mapper.classManager.class_;
  } catch (e) {
    if (e instanceof NoInspectionAvailable) return null;
    throw e;
  }
}

export abstract class AssociationProxyInstance extends ColumnOperators {
  static readonly pyModule: string = "sqlalchemy.ext.associationproxy";
  readonly parent: AssociationProxy;
  readonly key: string;
  readonly owningClass: ClassRef;
  readonly targetCollection: string;
  readonly targetClass: ClassRef;
  readonly valueAttr: string;
  /** The language's own class of such collections, once one has been met. */
  collectionClass: Value = null;
  private readonly proxies = new WeakMap<Instance, Value>();

  constructor(parent: AssociationProxy, owningClass: ClassRef, targetClass: ClassRef, valueAttr: string) {
    super();
    this.parent = parent;
    this.key = parent.key;
    this.owningClass = owningClass;
    this.targetCollection = parent.targetCollection;
    this.targetClass = targetClass;
    this.valueAttr = valueAttr;
  }

  /** @internal */
  static forProxy(parent: AssociationProxy, owningClass: ClassRef): AssociationProxyInstance {
    const prop = classMapper(owningClass).getProperty(parent.targetCollection);
    if (!(prop instanceof RelationshipProperty))
      throw host.error(
        "NotImplementedError",
        "association proxy to a non-relationship intermediary is not supported",
      );
    return instanceFor(parent, owningClass, prop.mapper.class_);
  }

  /** @internal This one, or another where the object says which class is meant. */
  forObject(_obj: Instance | null): AssociationProxyInstance {
    return this;
  }

  protected get relationship(): RelationshipProperty {
    return classMapper(this.owningClass).getProperty(this.targetCollection) as RelationshipProperty;
  }
  get _comparator(): RelationshipComparator {
    return (this.localAttr as QueryableAttribute).comparator as unknown as RelationshipComparator;
  }

  override clauseElement(): never {
    throw host.error(
      "NotImplementedError",
      "The association proxy can't be used as a plain column expression; it only works inside of a comparison expression",
    );
  }

  /** The target's attribute. */
  get remoteAttr(): Value {
    return classAttribute(this.targetClass, this.valueAttr);
  }
  /** The relationship. */
  get localAttr(): Value {
    return classAttribute(this.owningClass, this.targetCollection);
  }
  get attr(): Value {
    return host.makeTuple([this.localAttr, this.remoteAttr]);
  }
  get info(): Map<Value, Value> {
    return this.parent.info;
  }
  /** Whether the relationship is to one object. */
  get scalar(): boolean {
    return !this.relationship.uselist;
  }
  protected get valueIsScalar(): boolean {
    return !(this.relationship.mapper.getProperty(this.valueAttr) as RelationshipProperty).uselist;
  }
  protected get targetIsObject(): boolean {
    throw host.error("NotImplementedError", "");
  }
  /** The proxy that the target's attribute is itself. */
  protected get targetProxy(): AssociationProxyInstance | null {
    const attr = this.remoteAttr;
    return attr instanceof AssociationProxyInstance ? attr : null;
  }

  // -- on objects ----------------------------------------------------------------------------------

  get(obj: Instance | null): Value {
    if (obj === null) return this;
    if (this.scalar) return this.accessors(null).getter(getAttribute(obj, this.targetCollection));
    let proxy = this.proxies.get(obj);
    if (proxy === undefined)
      this.proxies.set(obj, (proxy = this.makeProxy(() => getAttribute(obj, this.targetCollection))));
    return proxy;
  }

  set(obj: Instance, values: Value): void {
    if (!this.scalar) {
      const proxy = this.get(obj);
      if (proxy === values) return;
      if (proxy instanceof AssociationCollection) proxy._bulkReplace((p, v) => this.bulkSet(p, v), values);
      else {
        callMethod(proxy, "clear");
        this.bulkSet(proxy, values);
      }
      return;
    }
    const target = getAttribute(obj, this.targetCollection);
    if (target === null) {
      if (values !== null || this.parent.createOnNoneAssignment)
        host.setAttribute(obj, this.targetCollection, host.call(this.creator, [values]));
      return;
    }
    this.accessors(null).setter(target, values);
    if (values === null && this.parent.cascadeScalarDeletes)
      host.setAttribute(obj, this.targetCollection, null);
  }

  delete(obj: Instance): void {
    if (this.scalar) {
      const target = getAttribute(obj, this.targetCollection);
      if (target !== null) deleteAttribute(target, this.valueAttr);
    }
    deleteAttribute(obj, this.targetCollection);
  }

  private get creator(): Value {
    return this.parent.creator ?? this.targetClass;
  }

  private accessors(collection: CollectionRole | null): { readonly getter: Getter; readonly setter: Setter } {
    const { valueAttr } = this;
    if (this.parent.getsetFactory !== null) {
      const [getter, setter] = [
        ...(host.iterate(
          host.call(this.parent.getsetFactory, [collection === null ? null : builtinClass(collection), this]),
        ) ?? []),
      ];
      return {
        getter: (obj) => host.call(getter, [obj]),
        setter: (obj, ...more) => void host.call(setter, [obj, ...more]),
      };
    }
    return {
      getter: (obj) => (obj === null ? null : getAttribute(obj, valueAttr)),
      setter: (obj, ...more) => host.setAttribute(obj, valueAttr, more.at(-1)),
    };
  }

  private makeProxy(lazyCollection: () => Value): Value {
    const { parent, creator } = this;
    const role = face().duckTypeCollection(lazyCollection());
    if (!role)
      throw new InvalidRequestError(
        "lazy collection factory did not return a valid collection type, got None",
      );
    this.collectionClass = builtinClass(role);
    if (parent.proxyFactory !== null)
      return host.call(parent.proxyFactory, [lazyCollection, creator, this.valueAttr, this]);
    const parts: AssociationParts = { lazyCollection, creator, ...this.accessors(role) };
    if (role === "list") return new AssociationList(parts, this);
    return role === "dict" ? new AssociationDict(parts, this) : new AssociationSet(parts, this);
  }

  private bulkSet(proxy: Value, values: Value): void {
    if (this.parent.proxyBulkSet !== null) host.call(this.parent.proxyBulkSet, [proxy, values]);
    else if (proxy instanceof AssociationList) proxy.extend(values);
    else if (proxy instanceof AssociationDict) proxy.update([values]);
    else if (proxy instanceof AssociationSet) proxy.update([values]);
    else callMethod(proxy, host.kindOfClass(this.collectionClass) === "list" ? "extend" : "update", [values]);
  }

  // -- in SQL ------------------------------------------------------------------------------------------

  /** @internal EXISTS along the relationship, and on to the target's attribute. */
  _criterionExists(
    criterion: Value = null,
    kwargs: Kwargs = new Map(),
    isHas: boolean | null = null,
  ): ColumnElement {
    const inner = this.targetProxy;
    if (inner) return this._comparator._criterionExists(inner._criterionExists(criterion, kwargs));
    if (this.targetIsObject)
      return this._comparator._criterionExists(
        (
          (this.remoteAttr as QueryableAttribute).comparator as unknown as RelationshipComparator
        )._criterionExists(criterion, kwargs),
      );
    if (kwargs.size)
      throw new ArgumentError("Can't apply keyword arguments to column-targeted association proxy; use ==");
    if (isHas === true && criterion !== null)
      throw new ArgumentError("Non-empty has() not allowed for column-targeted association proxy; use ==");
    return this._comparator._criterionExists(criterion);
  }

  any(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    if (!this.targetProxy && this.scalar && (!this.targetIsObject || this.valueIsScalar))
      throw new InvalidRequestError("'any()' not implemented for scalar attributes. Use has().");
    return this._criterionExists(criterion, kwargs, false);
  }

  has(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    if (!this.targetProxy && (!this.scalar || (this.targetIsObject && !this.valueIsScalar)))
      throw new InvalidRequestError("'has()' not implemented for collections. Use any().");
    return this._criterionExists(criterion, kwargs, true);
  }

  repr(): string {
    return `${this.constructor.name}(${this.parent.repr()})`;
  }
  override toString(): string {
    return this.repr();
  }
}

/** The target's attribute is not on its class: which class is meant is known for an object only. */
export class AmbiguousAssociationProxyInstance extends AssociationProxyInstance {
  private readonly byClass = new Map<ClassRef, AssociationProxyInstance>();

  private refuse(): never {
    throw host.error(
      "AttributeError",
      `Association proxy ${face().className(this.owningClass)}.${this.targetCollection} refers to an attribute '${this.valueAttr}' that is not directly mapped on class ${host.str(this.targetClass)}; therefore this operation cannot proceed since we don't know what type of object is referred towards`,
    );
  }
  override eq(_other: Value): never {
    this.refuse();
  }
  override ne(_other: Value): never {
    this.refuse();
  }
  override any(): never {
    this.refuse();
  }
  override has(): never {
    this.refuse();
  }

  override forObject(obj: Instance | null): AssociationProxyInstance {
    const actual = obj === null ? null : getAttribute(obj, this.targetCollection);
    const insp =
      actual === null
        ? undefined
        : (inspect(actual, { raiseerr: false }) as { readonly mapper?: Mapper } | undefined);
    const mapper = insp?.mapper;
    if (!mapper) return this;
    const cls = mapper.class_;
    if (
      !this.byClass.has(cls) &&
      mapper.isa(this.relationship.mapper) &&
      face().getClassAttribute(cls, this.valueAttr) !== undefined
    )
      this.byClass.set(cls, instanceFor(this.parent, this.owningClass, cls));
    return this.byClass.get(cls) ?? this;
  }
}

/** The target's attribute is a relationship, or another proxy. */
export class ObjectAssociationProxyInstance extends AssociationProxyInstance {
  protected override get targetIsObject(): boolean {
    return true;
  }

  private byValue(value: Value): Kwargs {
    return new Map([[this.valueAttr, value]]);
  }

  override contains(other: Value): ColumnElement {
    const inner = this.targetProxy;
    if (inner)
      return this._comparator._criterionExists(inner.scalar ? inner.eq(other) : inner.contains(other));
    if (!this.scalar) return this._comparator._criterionExists(null, this.byValue(other));
    if (this.valueIsScalar)
      throw new InvalidRequestError("contains() doesn't apply to a scalar object endpoint; use ==");
    return this._comparator.has((this.remoteAttr as QueryableAttribute).contains(other));
  }

  override eq(obj: Value): ColumnElement {
    const has = this._comparator.has(null, this.byValue(obj));
    return obj === null ? or_([has, this._comparator.eq(null)]) : has;
  }

  override ne(obj: Value): ColumnElement {
    return this._comparator.has((this.remoteAttr as QueryableAttribute).ne(obj));
  }
}

/** The target's attribute is a column. */
export class ColumnAssociationProxyInstance extends AssociationProxyInstance {
  protected override get targetIsObject(): boolean {
    return false;
  }

  override eq(other: Value): ColumnElement {
    const exists = this.operate(operators.eq, [other]);
    return other === null ? or_([exists, this._comparator.eq(null)]) : exists;
  }

  override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    return this._criterionExists((this.remoteAttr as QueryableAttribute).operate(op, other, options));
  }
}

function instanceFor(
  parent: AssociationProxy,
  owningClass: ClassRef,
  targetClass: ClassRef,
): AssociationProxyInstance {
  const name = parent.valueAttr;
  let attr: Value;
  try {
    attr = face().getClassAttribute(targetClass, name);
  } catch (e) {
    if (host.isError(e, "AttributeError")) attr = undefined;
    else {
      const target = face().className(targetClass);
      throw host.withCause(
        new InvalidRequestError(
          `Association proxy received an unexpected error when trying to retrieve attribute "${target}.${name}" from class "${target}": ${host.errorText(e)}`,
        ),
        e,
      );
    }
  }
  let cls: new (
    ...args: ConstructorParameters<typeof AmbiguousAssociationProxyInstance>
  ) => AssociationProxyInstance = AmbiguousAssociationProxyInstance;
  if (attr instanceof AssociationProxyInstance) cls = ObjectAssociationProxyInstance;
  else if (attr instanceof QueryableAttribute)
    cls = attr._implUsesObjects ? ObjectAssociationProxyInstance : ColumnAssociationProxyInstance;
  return new cls(parent, owningClass, targetClass, name);
}

/** `getattr(cls, name)` @throws the host's AttributeError */
function classAttribute(cls: ClassRef, name: string): Value {
  const found = face().getClassAttribute(cls, name);
  if (found === undefined)
    throw host.error("AttributeError", `type object '${face().className(cls)}' has no attribute '${name}'`);
  return found;
}

/** The language's own class of a kind of collection. */
function builtinClass(role: CollectionRole): Value {
  return host.typeOf(
    role === "list" ? host.makeList([]) : role === "dict" ? host.makeDict([]) : host.makeSet([]),
  );
}
