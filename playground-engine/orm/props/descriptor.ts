// Attributes that hold no value of their own: another attribute under a second name, several columns as one object, and an
// attribute that a concrete subclass does not have.
//
// Each puts a ProxyAttribute on the class: a descriptor for objects, a comparator in SQL.
// Behaviour: SQLAlchemy orm/descriptor_props.py (DescriptorProperty, ConcreteInheritedProperty, SynonymProperty).
import { ArgumentError, InvalidRequestError } from "../../errors/index.ts";
import { ColumnOperators } from "../../sql/comparator.ts";
import { host, type Value } from "../../util/host.ts";
import { AttributeImpl } from "../attributes/impl.ts";
import type { History } from "../attributes/history.ts";
import {
  ProxyAttribute,
  QueryableAttribute,
  type ComparatorContract,
  type EntityContract,
  type ProxiedDescriptor,
} from "../attributes/instrumented.ts";
import { AttributeEventToken } from "../attributes/token.ts";
import { face, type AttrDict, type ClassRef, type Instance } from "../face.ts";
import type { PassiveFlag } from "../flags.ts";
import { inspect } from "../inspection.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { InstanceState } from "../state/state.ts";
import { ColumnProperty } from "./column.ts";
import { makeComparator, type ComparatorFactory } from "./prop-comparator.ts";
import { MapperProperty } from "./property.ts";
import { type AttributeOptions } from "./attribute-options.ts";

/** A descriptor of the program's (a property, a hybrid) behind an attribute. */
export class ProgramDescriptor implements ProxiedDescriptor {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
  get(obj: Instance | null, owner: ClassRef): Value {
    const getter = host.getAttribute(this.value, "__get__");
    return getter === undefined ? this.value : host.call(getter, [obj, owner]);
  }
  set(obj: Instance, value: Value): void {
    host.call(host.getAttribute(this.value, "__set__"), [obj, value]);
  }
  delete(obj: Instance): void {
    host.call(host.getAttribute(this.value, "__delete__"), [obj]);
  }
}

/** The impl of an attribute without values. */
export class ProxyImpl extends AttributeImpl {
  readonly _appendToken: AttributeEventToken = new AttributeEventToken(this, "APPEND");
  readonly _removeToken: AttributeEventToken = new AttributeEventToken(this, "REMOVE");
  private readonly prop: DescriptorProperty;

  constructor(prop: DescriptorProperty, attr: ProxyAttribute) {
    super(attr.class_, prop.key, null, attr.dispatch, false, {});
    this.prop = prop;
  }
  get usesObjects(): boolean {
    return this.prop.usesObjects;
  }
  getHistory(state: InstanceState, dict: AttrDict, passive?: PassiveFlag): History {
    return this.prop.getHistory(state, dict, passive);
  }
  set(state: InstanceState, _dict: AttrDict, value: Value): void {
    host.setAttribute(state.obj(), this.key, value);
  }
  delete(): void {
    throw host.error("AttributeError", this.key);
  }
}

export abstract class DescriptorProperty extends MapperProperty {
  static readonly pyModule: string = "sqlalchemy.orm.descriptor_props";
  descriptor: ProxiedDescriptor | null = null;

  get usesObjects(): boolean {
    return false;
  }

  getHistory(_state: InstanceState, _dict: AttrDict, _passive?: PassiveFlag): History {
    throw host.error("NotImplementedError", "");
  }

  /** @internal What the attribute means in SQL. */
  protected abstract comparatorFor(mapper: Mapper): ComparatorContract;

  /** The descriptor where the class brings none: `obj.name` of another attribute. */
  protected defaultDescriptor(): ProxiedDescriptor {
    throw host.error("NotImplementedError", "");
  }

  override _columnStrategyAttrs(): readonly QueryableAttribute[] {
    throw host.error(
      "NotImplementedError",
      "This MapperProperty does not implement column loader strategies",
    );
  }

  override instrumentClass(mapper: Mapper): void {
    if (this.descriptor === null) {
      const there = face().getClassAttribute(mapper.class_, this.key);
      if (there != null && mapper._isUserlandDescriptor(this.key, there))
        this.descriptor = new ProgramDescriptor(there);
    }
    this.descriptor ??= this.defaultDescriptor();
    const attr = new ProxyAttribute(this.parent.class_, this.key, {
      descriptor: this.descriptor,
      comparator: () => this.comparatorFor(mapper),
      originalProperty: this as never,
      doc: this.doc,
      inspect: (cls) => (inspect(cls, { raiseerr: false }) as EntityContract | undefined) ?? null,
    });
    attr.impl = new ProxyImpl(this, attr);
    mapper.classManager.instrumentAttribute(this.key, attr);
  }
}

/** An attribute of the parent of a concrete mapper, which that mapper has not. */
export class ConcreteInheritedProperty extends DescriptorProperty {
  constructor() {
    super();
    const missing = (): never => {
      throw host.error(
        "AttributeError",
        `Concrete ${String(this.parent)} does not implement attribute '${this.key}' at the instance level.  Add this property explicitly to ${String(this.parent)}.`,
      );
    };
    this.descriptor = { get: (obj) => (obj === null ? null : missing()), set: missing, delete: missing };
  }

  protected comparatorFor(mapper: Mapper): ComparatorContract {
    for (const m of this.parent.iterateToRoot()) {
      const p = m._props.get(this.key) as
        (MapperProperty & { readonly comparatorFactory?: ComparatorFactory }) | undefined;
      if (p?.comparatorFactory != null)
        return makeComparator(p.comparatorFactory, p, mapper as never) as unknown as ComparatorContract;
    }
    throw new InvalidRequestError(`${this.toString()} has no comparator`);
  }
}

export interface SynonymOptions {
  readonly mapColumn?: boolean | null;
  readonly descriptor?: Value;
  readonly comparatorFactory?: ComparatorFactory;
  readonly attributeOptions?: AttributeOptions;
  readonly info?: Value;
  readonly doc?: string | null;
}

export class SynonymProperty extends DescriptorProperty {
  readonly name: string;
  readonly mapColumn: boolean;
  readonly comparatorFactory: ComparatorFactory;

  constructor(name: string, options: SynonymOptions = {}) {
    super(options.attributeOptions);
    this.name = name;
    this.mapColumn = options.mapColumn ?? false;
    if (options.descriptor != null) this.descriptor = new ProgramDescriptor(options.descriptor);
    this.comparatorFactory = options.comparatorFactory ?? null;
    const doc =
      options.doc || (options.descriptor == null ? null : host.getAttribute(options.descriptor, "__doc__"));
    if (doc) this.doc = doc as string;
    if (options.info != null)
      this.info = host.makeDict(host.entries(options.info) ?? []) as Map<Value, Value>;
  }

  private get target(): Value {
    return face().getClassAttribute(this.parent.class_, this.name);
  }

  override get usesObjects(): boolean {
    const { target } = this;
    return target instanceof QueryableAttribute && target.impl.usesObjects;
  }

  /** @internal The property or comparator that it stands for. */
  get _proxiedObject(): MapperProperty | ComparatorContract {
    const attr = this.target;
    if (attr === undefined) throw host.noAttribute(this.parent.class_, this.name);
    if (attr instanceof QueryableAttribute)
      return attr.comparator?.property instanceof MapperProperty ? attr.comparator.property : attr.comparator;
    if (attr instanceof ColumnOperators) return attr as ComparatorContract;
    const property =
      typeof attr === "object" && attr !== null ? (attr as { property?: unknown }).property : undefined;
    if (property instanceof MapperProperty) return property;
    throw new InvalidRequestError(
      `synonym() attribute "${face().className(this.parent.class_)}.${this.name}" only supports ORM mapped attributes, got ${host.repr(attr)}`,
    );
  }

  override _columnStrategyAttrs(): readonly QueryableAttribute[] {
    return [this.target as QueryableAttribute];
  }

  protected comparatorFor(mapper: Mapper): ComparatorContract {
    const prop = this._proxiedObject;
    if (!(prop instanceof MapperProperty)) return prop;
    const own =
      this.comparatorFactory ??
      (prop as unknown as { readonly comparatorFactory: ComparatorFactory }).comparatorFactory;
    return makeComparator(own, prop, mapper as never) as unknown as ComparatorContract;
  }

  protected override defaultDescriptor(): ProxiedDescriptor {
    const { name } = this;
    return {
      get: (obj) => {
        if (obj === null) return null;
        const v = host.getAttribute(obj, name);
        if (v === undefined) throw host.noAttribute(obj, name);
        return v;
      },
      set: (obj, value) => host.setAttribute(obj, name, value),
      delete: (obj) => {
        const attr = this.target;
        if (!(attr instanceof QueryableAttribute)) throw host.error("AttributeError", name);
        attr.descriptorDelete(obj);
      },
    };
  }

  override getHistory(state: InstanceState, dict: AttrDict, passive?: PassiveFlag): History {
    return (this.target as QueryableAttribute).impl.getHistory(state, dict, passive);
  }

  override setParent(parent: Mapper, init: boolean): void {
    if (this.mapColumn) {
      const table = parent.persistSelectable as unknown as {
        readonly description: string;
        readonly c: { get(key: string): never | null };
      };
      const column = table.c.get(this.key);
      if (column === null)
        throw new ArgumentError(
          `Can't compile synonym '${this.name}': no column on table '${table.description}' named '${this.key}'`,
        );
      if (parent._columntoproperty.get(column)?.key === this.name)
        throw new ArgumentError(
          `Can't call map_column=True for synonym ${host.repr(this.key)}=${host.repr(this.name)}, a ColumnProperty already exists keyed to the name ${host.repr(this.name)} for column ${host.repr(this.key)}`,
        );
      const prop = new ColumnProperty(column);
      parent._configureProperty(this.name, prop, { init, setparent: true });
      prop._mappedBySynonym = this.key;
    }
    this.parent = parent;
  }
}

/** What synonym() makes in declarative classes. */
export class Synonym extends SynonymProperty {}
