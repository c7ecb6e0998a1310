// A mapped class's attribute: a descriptor for its objects, an expression for its class.
//
// What `User.name` means in SQL is the comparator's affair (made by the property); instances reach their values through
// the impl. A face installs the attribute on the class so that reading, setting and deleting on an object call
// descriptorGet, descriptorSet and descriptorDelete.
// Behaviour: SQLAlchemy orm/attributes.py (QueryableAttribute, InstrumentedAttribute, create_proxied_attribute).
import { InvalidRequestError } from "../../errors/index.ts";
import { ColumnOperators } from "../../sql/comparator.ts";
import type { CacheKeyBuilder, HasCacheKey } from "../../sql/cache-key.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { PropagateAttrs } from "../../sql/elements/clause.ts";
import type { Operator, OperateOptions } from "../../sql/operators.ts";
import { JoinTargetRole, OnClauseRole, playsRoles } from "../../sql/roles.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { attributeEvents, type AttributeDispatch } from "../events.ts";
import { NOT_EXTENSION } from "../ext/extension-type.ts";
import { face, type ClassRef, type Instance } from "../face.ts";
import { PASSIVE_OFF, type PassiveFlag } from "../flags.ts";
import { inspect } from "../inspection.ts";
import {
  instanceDict,
  instanceState,
  mappedState,
  optManagerOfClass,
  stateOrUndefined,
} from "../state/access.ts";
import type { MapperContract, PropertyContract } from "../state/contracts.ts";
import type { InstanceState } from "../state/state.ts";
import type { History } from "./history.ts";
import type { AttributeImpl } from "./impl.ts";

/** A mapper or an alias of a mapped class. */
export interface EntityContract extends HasCacheKey {
  readonly mapper: MapperContract;
  readonly entity: Value;
  readonly isMapper?: boolean;
  readonly isAliasedClass?: boolean;
}

/** What an attribute means in SQL: PropComparator and its subclasses (orm/props). */
export interface ComparatorContract extends ColumnOperators {
  readonly property: PropertyContract;
  readonly info: Map<Value, Value>;
  readonly _parententity?: EntityContract | null;
  adaptToEntity(entity: EntityContract): ComparatorContract;
  ofType(entity: Value): ComparatorContract;
  and_(criteria: readonly Value[] | Value): never;
  any(criterion?: Value, kwargs?: Kwargs): ColumnElement;
  has(criterion?: Value, kwargs?: Kwargs): ColumnElement;
  _bulkUpdateTuples(value: Value): readonly (readonly [ColumnElement | string, Value])[];
}

export interface QueryableOptions {
  readonly parententity: EntityContract;
  readonly comparator: ComparatorContract;
  readonly impl?: AttributeImpl | null;
  readonly ofType?: EntityContract | null;
  readonly extraCriteria?: readonly ColumnElement[];
}

export class QueryableAttribute extends ColumnOperators implements HasCacheKey {
  static readonly dispatch = attributeEvents.classDispatch;
  static readonly pyModule: string = "sqlalchemy.orm.attributes";
  static readonly visitName: string = "orm_instrumented_attribute";
  static {
    playsRoles(this, JoinTargetRole, OnClauseRole);
  }
  readonly isAttribute = true;
  readonly isClauseElement = false;
  readonly isSelectable = false;
  readonly isMapper = false;
  readonly isAliasedClass = false;
  readonly _isInternalProxy: boolean = false;
  readonly extensionType = NOT_EXTENSION;

  readonly class_: ClassRef;
  readonly key: string;
  /** Set when the class is configured for loading; none in an alias's copy of an attribute without one. */
  impl!: AttributeImpl;
  doc: string | null = null;
  /** @internal */
  readonly _ofType: EntityContract | null;
  /** @internal */
  readonly _extraCriteria: readonly ColumnElement[];
  protected readonly parententity: EntityContract | null;
  protected comparator_: ComparatorContract | null;
  private dispatch_: AttributeDispatch | undefined;
  private expression_: ColumnElement | undefined;

  constructor(class_: ClassRef, key: string, options: QueryableOptions | null) {
    super();
    this.class_ = class_;
    this.key = key;
    this.parententity = options?.parententity ?? null;
    this.comparator_ = options?.comparator ?? null;
    if (options?.impl) this.impl = options.impl;
    this._ofType = options?.ofType ?? null;
    this._extraCriteria = options?.extraCriteria ?? [];
    // Listeners of a mapped base's attribute are taken over where they propagate.
    const manager = options && face().isClass(class_) ? optManagerOfClass(class_) : undefined;
    for (const base of manager?._bases ?? []) {
      const inherited = base.get(key);
      if (!inherited?.dispatch_) continue;
      attributeEvents.update(this.dispatch, inherited.dispatch);
      if (inherited.dispatch.activeHistory) this.dispatch.activeHistory = true;
    }
  }

  /** Listeners of this attribute. */
  get dispatch(): AttributeDispatch {
    return (this.dispatch_ ??= attributeEvents.forInstance(this) as AttributeDispatch);
  }

  get comparator(): ComparatorContract {
    return this.comparator_ as ComparatorContract;
  }

  get property(): PropertyContract {
    return this.comparator.property;
  }

  get info(): Map<Value, Value> {
    return this.comparator.info;
  }

  /** The mapper or alias it belongs to. */
  get parent(): EntityContract {
    return this._parententity;
  }

  /** @internal */
  get _parententity(): EntityContract {
    return this.parententity as EntityContract;
  }

  /** @internal */
  get _parentmapper(): MapperContract {
    return this._parententity.mapper;
  }

  /** @internal */
  get _entityNamespace(): unknown {
    return this._parententity;
  }

  /** @internal */
  get _implUsesObjects(): boolean {
    return this.impl.usesObjects;
  }

  getHistory(instance: Instance, passive: PassiveFlag = PASSIVE_OFF): History {
    return this.impl.getHistory(instanceState(instance), instanceDict(instance), passive);
  }

  // ---- as an expression

  /** The column, annotated with entity and key. */
  get expression(): ColumnElement {
    return (this.expression_ ??= this.makeExpression());
  }

  private makeExpression(): ColumnElement {
    const element = this.comparator.clauseElement() as ColumnElement | null;
    if (typeof element?._annotate !== "function")
      throw new InvalidRequestError(
        `When interpreting attribute "${this.toString()}" as a SQL expression, expected __clause_element__() to return a ClauseElement object, got: ${host.repr(element)}`,
      );
    const annotations = new Map<string, unknown>([["entity_namespace", this._entityNamespace]]);
    // A hybrid that is not found under its function's name has no key.
    if (this.key !== "") annotations.set("proxy_key", this.key).set("proxy_owner", this._parententity);
    return element._annotate(annotations);
  }

  override clauseElement(): ColumnElement {
    return this.expression;
  }

  /** @internal */
  get _annotations(): ReadonlyMap<string, unknown> {
    return this.expression._annotations;
  }

  /** @internal */
  get _propagateAttrs(): PropagateAttrs {
    return { compileStatePlugin: "orm", pluginSubject: this._parentmapper as unknown as HasCacheKey };
  }

  /** @internal */
  get _fromObjects(): unknown {
    return this.expression._fromObjects;
  }

  /** @internal For UPDATE … SET. */
  _bulkUpdateTuples(value: Value): readonly (readonly [ColumnElement | string, Value])[] {
    return this.comparator._bulkUpdateTuples(value);
  }

  /** @internal Attributes whose loading this one stands for. */
  _columnStrategyAttrs(): readonly QueryableAttribute[] {
    return [this];
  }

  label(name: string | null): ColumnElement {
    return this.expression.label(name) as unknown as ColumnElement;
  }

  override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    return op.invoke(this.comparator, other, options) as ColumnElement;
  }

  override reverseOperate(op: Operator, other: Value, options?: OperateOptions): ColumnElement {
    return this.comparator.reverseOperate(op, other, options);
  }

  /** The same attribute of an alias. */
  adaptToEntity(entity: EntityContract): QueryableAttribute {
    return this.copy({
      class_: entity.entity as ClassRef,
      parententity: entity,
      comparator: this.comparator.adaptToEntity(entity),
    });
  }

  /** @internal A copy as an expression: it shares the impl, not the descriptor's role. */
  protected copy(change: {
    class_?: ClassRef;
    parententity?: EntityContract;
    comparator?: ComparatorContract;
    ofType?: EntityContract | null;
    extraCriteria?: readonly ColumnElement[];
  }): QueryableAttribute {
    const cls = change.parententity ? (this.constructor as typeof QueryableAttribute) : QueryableAttribute;
    return new cls(change.class_ ?? this.class_, this.key, {
      parententity: change.parententity ?? this._parententity,
      comparator: change.comparator ?? this.comparator,
      impl: this.impl,
      ofType: change.ofType === undefined ? this._ofType : change.ofType,
      extraCriteria: change.extraCriteria ?? (change.parententity ? [] : this._extraCriteria),
    });
  }

  /** The relationship as one to a subclass or an alias. */
  ofType(entity: Value): QueryableAttribute {
    return this.copy({
      comparator: this.comparator.ofType(entity),
      ofType: inspect(entity) as EntityContract,
    });
  }

  /** A list: the relationship with further criteria, `attribute.and_(*clauses)`. Else the operator, `attribute & other`. */
  override and_(clauses: readonly Value[] | Value): never {
    if (!Array.isArray(clauses)) return super.and_(clauses) as never;
    return this.copy({
      comparator: this.comparator.and_(clauses),
      extraCriteria: [...this._extraCriteria, ...(clauses as ColumnElement[])],
    }) as never;
  }

  /** Whether any related object meets the criterion, and has these values. */
  any(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    return this.comparator.any(criterion, kwargs);
  }

  /** Likewise of the one object of a scalar relationship. */
  has(criterion: Value = null, kwargs: Kwargs = new Map()): ColumnElement {
    return this.comparator.has(criterion, kwargs);
  }

  /** @internal */
  _clone(): QueryableAttribute {
    return this.copy({});
  }

  /** @internal A copied statement joins along the same attribute. */
  _copyInternals(): void {}

  /** Whether the object has a parent along this attribute. */
  hasparent(state: InstanceState, options: { optimistic?: boolean } = {}): boolean {
    return this.impl.hasparent(state, options.optimistic);
  }

  _genCacheKey(builder: CacheKeyBuilder): void {
    if (!builder.enter(this)) return;
    builder.word("attr");
    builder.string(this.key);
    builder.multi(this._parententity);
    builder.multi(this._ofType);
    builder.plain(this._extraCriteria);
  }

  override toString(): string {
    const { class_ } = this;
    const alias = (class_ as { readonly name?: unknown }).name;
    return `${face().isClass(class_) ? face().className(class_) : typeof alias === "string" ? alias : host.nameOf(class_)}.${this.key}`;
  }

  // ---- as a descriptor

  /** `obj.name` */
  descriptorGet(obj: Instance): Value {
    const { impl } = this;
    const dict = face().dictOf(obj);
    if (impl.supportsPopulation) {
      const present = dict.get(this.key);
      if (present !== undefined) return present;
    }
    return impl.get(stateOrUndefined(obj) ?? mappedState(obj), dict);
  }

  /** `obj.name = value` */
  descriptorSet(obj: Instance, value: Value): void {
    this.impl.set(instanceState(obj), face().dictOf(obj), value, null);
  }

  /** `del obj.name` */
  descriptorDelete(obj: Instance): void {
    this.impl.delete(instanceState(obj), face().dictOf(obj));
  }
}

/** The attribute of a mapped class itself. */
export class InstrumentedAttribute extends QueryableAttribute {}

/** Something of the program's that acts as an attribute: a hybrid, a synonym, an association proxy. */
export interface ProxiedDescriptor {
  /** The descriptor's value on the class (obj null) or on an object; null or itself where the class gives back the descriptor. */
  get(obj: Instance | null, owner: ClassRef): Value;
  set?(obj: Instance, value: Value): void;
  delete?(obj: Instance): void;
}

export interface ProxyOptions {
  readonly descriptor: ProxiedDescriptor;
  /** The comparator, or a function that makes it when first asked. */
  readonly comparator: ComparatorContract | (() => ComparatorContract);
  readonly adaptToEntity?: EntityContract | null;
  readonly originalProperty?:
    (PropertyContract & { _columnStrategyAttrs?(): readonly QueryableAttribute[] }) | null;
  readonly doc?: string | null;
  /** inspect(cls) where it is mapped or an alias. */
  readonly inspect: (cls: ClassRef) => EntityContract | null;
}

/** An attribute that leaves objects to a descriptor and means its comparator in SQL. */
export class ProxyAttribute extends QueryableAttribute {
  override readonly _isInternalProxy = true;
  readonly descriptor: ProxiedDescriptor;
  readonly originalProperty: ProxyOptions["originalProperty"];
  private readonly options: ProxyOptions;

  constructor(class_: ClassRef, key: string, options: ProxyOptions) {
    super(class_, key, null);
    this.options = options;
    this.descriptor = options.descriptor;
    this.originalProperty = options.originalProperty ?? null;
    this.doc = options.doc ?? null;
  }

  override get comparator(): ComparatorContract {
    if (!this.comparator_) {
      const { comparator, adaptToEntity } = this.options;
      const made = typeof comparator === "function" ? (comparator as () => ComparatorContract)() : comparator;
      this.comparator_ = adaptToEntity ? made.adaptToEntity(adaptToEntity) : made;
    }
    return this.comparator_;
  }

  override get _parententity(): EntityContract {
    return this.options.inspect(this.class_) as EntityContract;
  }

  override get _entityNamespace(): unknown {
    if (this.comparator._parententity != null) return this.comparator._parententity;
    const parent = this._parententity as (EntityContract & { readonly entityNamespace?: unknown }) | null;
    const { entity = this.class_, entityNamespace } = parent ?? {};
    return { entity, entityNamespace, isMapper: false, isAliasedClass: false };
  }

  /** That of the attribute which stands for it on the class. */
  override getHistory(instance: Instance, passive: PassiveFlag = PASSIVE_OFF): History {
    const { expression } = this.comparator as { readonly expression?: unknown };
    return expression instanceof QueryableAttribute
      ? expression.getHistory(instance, passive)
      : super.getHistory(instance, passive);
  }

  override get _implUsesObjects(): boolean {
    if (!this.originalProperty) return false;
    const attr = face().getClassAttribute(this.class_, this.key);
    return attr instanceof QueryableAttribute && attr.impl?.usesObjects === true;
  }

  override _columnStrategyAttrs(): readonly QueryableAttribute[] {
    return this.originalProperty?._columnStrategyAttrs?.() ?? [];
  }

  override adaptToEntity(entity: EntityContract): ProxyAttribute {
    return new ProxyAttribute(entity.entity as ClassRef, this.key, {
      ...this.options,
      adaptToEntity: entity,
    });
  }

  override _clone(): ProxyAttribute {
    return new ProxyAttribute(this.class_, this.key, this.options);
  }

  override _genCacheKey(builder: CacheKeyBuilder): void {
    if (!builder.enter(this)) return;
    builder.word("proxy");
    builder.string(this.key);
    builder.multi(this._parententity);
  }

  override descriptorGet(obj: Instance): Value {
    return this.descriptor.get(obj, this.class_);
  }

  override descriptorSet(obj: Instance, value: Value): void {
    if (!this.descriptor.set) throw host.error("AttributeError", `can't set attribute '${this.key}'`);
    this.descriptor.set(obj, value);
  }

  override descriptorDelete(obj: Instance): void {
    if (!this.descriptor.delete) throw host.error("AttributeError", `can't delete attribute '${this.key}'`);
    this.descriptor.delete(obj);
  }
}
