// Several columns of a row as one object of the program's: composite().
//
// The object is made when it is asked for, from the columns' values; setting it sets them. It is kept in the instance's
// dictionary and forgotten when its columns expire.
// Behaviour: SQLAlchemy orm/descriptor_props.py (CompositeProperty).
import { ArgumentError, InvalidRequestError } from "../../errors/index.ts";
import { listenInternal } from "../../event/index.ts";
import { and_ } from "../../sql/constructors.ts";
import { BindParameter } from "../../sql/elements/bind.ts";
import { ClauseList } from "../../sql/elements/clause-list.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as operators from "../../sql/operators.ts";
import { Column as SchemaColumn } from "../../sql/schema/index.ts";
import { host, type Value } from "../../util/host.ts";
import { History, NOTHING } from "../attributes/history.ts";
import {
  QueryableAttribute,
  type ComparatorContract,
  type ProxiedDescriptor,
} from "../attributes/instrumented.ts";
import { face, type Annotation, type AttrDict, type ClassRef, type Instance } from "../face.ts";
import { NO_VALUE } from "../flags.ts";
import { late } from "../late.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { instanceDict, instanceState } from "../state/access.ts";
import type { Column } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import { ColumnProperty } from "./column.ts";
import { DescriptorProperty } from "./descriptor.ts";
import {
  isMappedAttribute,
  notInAnnotated,
  raiseForRequired,
  type DeclarativeScan,
  type IntrospectsAnnotations,
  type MappedContainer,
  type MapsColumns,
} from "./mapped-attribute.ts";
import { makeComparator, PropComparator, type ComparatorFactory } from "./prop-comparator.ts";
import { MapperProperty } from "./property.ts";
import { type AttributeOptions } from "./attribute-options.ts";
import { MappedColumn } from "./mapped-column.ts";

export interface CompositeOptions {
  readonly attributeOptions?: AttributeOptions;
  readonly activeHistory?: boolean;
  readonly deferred?: boolean;
  readonly group?: string | null;
  readonly comparatorFactory?: ComparatorFactory;
  readonly info?: Value;
}

type ValuesOf = (v: Value) => readonly Value[];
/** How values are taken out of objects of a composite class: kept by class, for `session.get(Vertex, Point(1, 2))`. */
const getters = new WeakMap<ClassRef, ValuesOf>();
/** Says to refresh handlers that the attribute itself was just made. */
const MADE: unique symbol = Symbol("composite made");

function isDataclass(cls: Value): cls is ClassRef {
  return face().isClass(cls) && face().getClassAttribute(cls, "__dataclass_fields__") !== undefined;
}

function valuesMethod(v: Value): Value {
  return host.getAttribute(v, "__composite_values__");
}

export class CompositeProperty extends DescriptorProperty implements MapsColumns, IntrospectsAnnotations {
  readonly isMapsColumns = true;
  compositeClass: Value;
  attrs: readonly Value[];
  readonly activeHistory: boolean;
  readonly deferred: boolean;
  readonly group: string | null;
  readonly comparatorFactory: ComparatorFactory;
  private generated: ValuesOf | null = null;
  private propsMemo: readonly MapperProperty[] | undefined;

  constructor(classOrAttr: Value = null, attrs: readonly Value[] = [], options: CompositeOptions = {}) {
    super(options.attributeOptions);
    const isAttr =
      typeof classOrAttr === "string" ||
      isMappedAttribute(classOrAttr) ||
      classOrAttr instanceof QueryableAttribute ||
      (classOrAttr as { isClauseElement?: boolean } | null)?.isClauseElement === true;
    this.compositeClass = isAttr ? null : classOrAttr;
    this.attrs = isAttr ? [classOrAttr, ...attrs] : [...attrs];
    this.activeHistory = options.activeHistory ?? false;
    this.deferred = options.deferred ?? false;
    this.group = options.group ?? null;
    this.comparatorFactory = options.comparatorFactory ?? CompositeComparator;
    if (options.info != null)
      this.info = host.makeDict(host.entries(options.info) ?? []) as Map<Value, Value>;
    this.descriptor = this.makeDescriptor();
    this.initAccessor();
  }

  // -- making and taking apart ------------------------------------------------------------------

  private make(values: readonly Value[]): Value {
    return host.call(this.compositeClass, values);
  }

  /** @internal */
  _compositeValuesFromInstance(value: Value): readonly Value[] {
    if (this.generated) return this.generated(value);
    const method = valuesMethod(value);
    if (method === undefined)
      throw new InvalidRequestError(
        `Composite class ${host.nameOf(this.compositeClass)} is not a dataclass and does not define a __composite_values__() method; can't get state`,
      );
    return [...(host.iterate(host.call(method, [])) ?? [])];
  }

  private initAccessor(): void {
    const cls = this.compositeClass;
    if (isDataclass(cls) && face().getClassAttribute(cls, "__composite_values__") === undefined) {
      const names = (host.parameters(cls) ?? []).map((p) => p.name);
      this.generated = (v) =>
        names.map((n) => {
          const value = host.getAttribute(v, n);
          if (value === undefined) throw host.noAttribute(v, n);
          return value;
        });
    }
    if (!face().isClass(cls) || getters.has(cls)) return;
    if (this.generated) getters.set(cls, this.generated);
    else if (face().getClassAttribute(cls, "__composite_values__") !== undefined)
      getters.set(cls, (v) => [...(host.iterate(host.call(valuesMethod(v), [])) ?? [])]);
  }

  private makeDescriptor(): ProxiedDescriptor {
    const read = (obj: Instance): Value => {
      const dict = instanceDict(obj);
      if (!dict.has(this.key)) {
        const state = instanceState(obj);
        const values = this._attributeKeys.map((k) => state.manager.get(k)!.descriptorGet(obj));
        if (!dict.has(this.key) && (state.key !== null || values.some((v) => v !== null && v !== NO_VALUE))) {
          dict.set(this.key, this.make(values));
          state.manager.dispatch.refresh.emit(state, MADE, [this.key]);
        }
      }
      return dict.get(this.key) ?? null;
    };
    const previous = (obj: Instance, state: InstanceState, dict: AttrDict): Value =>
      state.manager.get(this.key)!.dispatch.activeHistory
        ? read(obj)
        : dict.has(this.key)
          ? dict.get(this.key)
          : NO_VALUE;
    const setColumns = (obj: Instance, state: InstanceState, values: readonly Value[] | null): void =>
      this._attributeKeys.forEach((k, i) =>
        state.manager.get(k)!.descriptorSet(obj, values === null ? null : values[i]),
      );
    return {
      get: (obj) => (obj === null ? null : read(obj)),
      set: (obj, given) => {
        const dict = instanceDict(obj);
        const state = instanceState(obj);
        const attr = state.manager.get(this.key)!;
        const before = previous(obj, state, dict);
        let value = given;
        for (const fn of attr.dispatch.set) value = fn(state, value, before, attr.impl);
        dict.set(this.key, value);
        setColumns(obj, state, value === null ? null : this._compositeValuesFromInstance(value));
      },
      delete: (obj) => {
        const dict = instanceDict(obj);
        const state = instanceState(obj);
        const attr = state.manager.get(this.key)!;
        const before = previous(obj, state, dict);
        dict.delete(this.key);
        attr.dispatch.remove.emit(state, before, attr.impl);
        setColumns(obj, state, null);
      },
    };
  }

  // -- declarative ----------------------------------------------------------------------------------

  declarativeScan(
    scan: DeclarativeScan,
    registry: Registry,
    cls: ClassRef,
    originating: ClassRef,
    key: string,
    _container: MappedContainer | null,
    _annotation: Annotation | null,
    extracted: Annotation | null,
    _isField: boolean,
  ): void {
    if (this.compositeClass === null && extracted === null) raiseForRequired(this.constructor.name, key, cls);
    let argument = extracted?.kind === "annotated" ? extracted.base : extracted;
    if (argument && this.compositeClass === null) {
      if (argument.kind === "forward")
        argument = face().resolveForward(originating, argument.text) ?? argument;
      if (argument.kind === "forward")
        throw host.error("NameError", `name '${argument.text}' is not defined`);
      this.compositeClass =
        argument.kind === "class"
          ? argument.cls
          : "source" in argument
            ? argument.source
            : argument.kind === "other"
              ? argument.value
              : null;
    }
    if (isDataclass(this.compositeClass))
      this.setUpForDataclass(this.compositeClass, scan, registry, cls, originating, key);
    else
      for (const attr of this.attrs)
        if ((attr instanceof MappedColumn || attr instanceof SchemaColumn) && attr.name === null)
          throw new ArgumentError(
            "Composite class column arguments must be named unless a dataclass is used",
          );
    this.initAccessor();
  }

  foundInPep593Annotated(): never {
    return notInAnnotated(this.constructor.name);
  }

  private setUpForDataclass(
    composite: ClassRef,
    scan: DeclarativeScan,
    registry: Registry,
    cls: ClassRef,
    originating: ClassRef,
    key: string,
  ): void {
    const params = host.parameters(composite) ?? [];
    if (this.attrs.length > params.length)
      throw new ArgumentError(
        `number of composite attributes ${this.attrs.length} exceeds that of the number of attributes in class ${face().className(composite)} ${params.length}`,
      );
    const annotations = new Map(
      face()
        .mro(composite)
        .toReversed()
        .flatMap((c) => [...face().annotations(c)]),
    );
    this.attrs = params.map(({ name }, i) => {
      const attr = this.attrs[i] ?? new MappedColumn();
      if (attr instanceof MappedColumn)
        attr.declarativeScanForComposite(
          scan,
          registry,
          cls,
          originating,
          key,
          name,
          annotations.get(name) ?? null,
        );
      else if (attr instanceof SchemaColumn) {
        (attr as { key: string | null }).key ??= name;
        (attr as { name: string | null }).name ??= name;
      }
      return attr;
    });
  }

  get columns(): readonly Column[] {
    return this.attrs.flatMap((a) =>
      a instanceof MappedColumn ? [a.column] : a instanceof SchemaColumn ? [a] : [],
    ) as unknown as Column[];
  }
  get mapperPropertyToAssign(): CompositeProperty {
    return this;
  }
  get columnsToAssign(): readonly (readonly [Column, number])[] {
    return this.columns.filter((c) => c.table === null).map((c) => [c, 0]);
  }

  // -- in a mapper --------------------------------------------------------------------------------------

  /** Properties of its columns. @throws ArgumentError */
  get props(): readonly MapperProperty[] {
    return (this.propsMemo ??= this.attrs.map((attr) => {
      const prop =
        typeof attr === "string"
          ? this.parent.getProperty(attr)
          : attr instanceof MappedColumn
            ? this.parent._columntoproperty.need(attr.column)
            : attr instanceof SchemaColumn
              ? this.parent._columntoproperty.need(attr)
              : attr instanceof QueryableAttribute
                ? attr.property
                : null;
      if (!(prop instanceof MapperProperty))
        throw new ArgumentError(
          `Composite expects Column objects or mapped attributes/attribute names as arguments, got: ${host.repr(attr)}`,
        );
      return prop;
    }));
  }
  /** @internal */
  get _attributeKeys(): readonly string[] {
    return this.props.map((p) => p.key);
  }
  /** @internal */
  get _comparableElements(): readonly QueryableAttribute[] {
    return this.props.map((p) => face().getClassAttribute(this.parent.class_, p.key) as QueryableAttribute);
  }
  override _columnStrategyAttrs(): readonly QueryableAttribute[] {
    return this._comparableElements;
  }

  override doInit(): void {
    for (const prop of this.props) {
      if (!(prop instanceof ColumnProperty)) continue;
      prop.activeHistory = this.activeHistory;
      if (this.deferred) prop._defer();
      prop.group = this.group;
    }
  }

  override instrumentClass(mapper: Mapper): void {
    super.instrumentClass(mapper);
    const populate = (state: InstanceState, context: unknown, isRefresh: boolean): void => {
      const { dict } = state;
      if ((!isRefresh || context === MADE) && dict.has(this.key)) return;
      const keys = this._attributeKeys;
      if (keys.every((k) => dict.has(k))) dict.set(this.key, this.make(keys.map((k) => dict.get(k))));
    };
    const concerns = (keys: Value): boolean => {
      if (keys === null || keys === undefined) return true;
      const mine = new Set<Value>([this.key, ...this._attributeKeys]);
      return [...(keys as Iterable<Value>)].some((k) => mine.has(k));
    };
    const forget = (_mapper: unknown, _connection: unknown, state: unknown): void =>
      void (state as InstanceState).dict.delete(this.key);
    const raw = { raw: true, propagate: true };
    listenInternal(this.parent, "after_insert", forget, { raw: true });
    listenInternal(this.parent, "after_update", forget, { raw: true });
    listenInternal(
      this.parent,
      "load",
      (state, context) => populate(state as InstanceState, context, false),
      raw,
    );
    listenInternal(
      this.parent,
      "refresh",
      (state, context, keys) => {
        if (concerns(keys)) populate(state as InstanceState, context, true);
      },
      raw,
    );
    listenInternal(
      this.parent,
      "expire",
      (state, keys) => {
        if (keys == null || [...(keys as Iterable<string>)].some((k) => this._attributeKeys.includes(k)))
          (state as InstanceState).dict.delete(this.key);
      },
      raw,
    );
    this.parent.classManager.get(this.key)!.dispatch.activeHistory = this.activeHistory;
  }

  override getHistory(state: InstanceState, dict: AttrDict): History {
    const added: Value[] = [];
    const deleted: Value[] = [];
    let changed = false;
    for (const key of this._attributeKeys) {
      const hist = state.manager.getImpl(key).getHistory(state, dict);
      changed ||= hist.hasChanges();
      const now = hist.nonDeleted();
      added.push(...(now.length ? now : [null]));
      deleted.push(...(hist.deleted.length ? hist.deleted : [null]));
    }
    return changed
      ? new History([this.make(added)], NOTHING, [this.make(deleted)])
      : new History(NOTHING, [this.make(added)], NOTHING);
  }

  /** @internal Bulk operations: the object under our key becomes its columns' values. */
  _populateCompositeBulkSaveMappings(mapping: AttrDict): void {
    const values = this._compositeValuesFromInstance(mapping.get(this.key));
    mapping.delete(this.key);
    this._attributeKeys.forEach((k, i) => mapping.set(k, values[i]));
  }

  protected comparatorFor(mapper: Mapper): ComparatorContract {
    return makeComparator(this.comparatorFactory, this, mapper as never) as unknown as ComparatorContract;
  }

  /** @internal */
  _make(values: readonly Value[]): Value {
    return this.make(values);
  }
}

/** `CompositeProperty.Comparator`: compares column by column. */
export class CompositeComparator extends PropComparator<CompositeProperty> {
  static readonly pyModule: string = "sqlalchemy.orm.descriptor_props";
  static readonly pyName: string = "CompositeProperty.Comparator";

  /** @internal */
  get _comparableElements(): readonly QueryableAttribute[] {
    const to = this._adaptToEntity;
    if (!to) return this.prop._comparableElements;
    const alias = to.entity as { namespaceAttribute(key: string): Value };
    return this.prop.props.map((p) => alias.namespaceAttribute(p.key) as QueryableAttribute);
  }

  get clauses(): ClauseList {
    return new ClauseList(this._comparableElements, { group: false } as never);
  }

  /** A bundle of the columns, whose rows are objects. */
  override clauseElement(): unknown {
    const marks = new Map<string, unknown>([
      ["parententity", this._parententity],
      ["parentmapper", this._parententity],
      ["proxy_key", this.prop.key],
    ]);
    const clauses = this.clauses._annotate(marks) as ClauseList;
    return late.makeBundle(
      this.prop.key,
      [...(clauses as unknown as { readonly clauses: readonly Value[] }).clauses],
      (values) => this.prop._make(values),
    );
  }
  get expression(): unknown {
    return this.clauseElement();
  }

  override _bulkUpdateTuples(given: Value): readonly (readonly [ColumnElement | string, Value])[] {
    const value = given instanceof BindParameter ? given.value : given;
    const columns = this._comparableElements as unknown as readonly ColumnElement[];
    const cls = this.prop.compositeClass;
    if (value === null) return columns.map((c) => [c, null]);
    if (!face().isClass(cls) || !host.isInstance(value, cls))
      throw new ArgumentError(`Can't UPDATE composite attribute ${String(this.prop)} to ${host.repr(value)}`);
    const values = this.prop._compositeValuesFromInstance(value);
    return columns.map((c, i) => [c, values[i]]);
  }

  private compared(op: operators.Operator, other: Value): ColumnElement {
    const columns = this.prop._comparableElements;
    const values = other === null ? columns.map(() => null) : this.prop._compositeValuesFromInstance(other);
    const { adapter } = this;
    const parts = columns.map((c, i) => op.invoke(c, [values[i]]) as ColumnElement);
    return and_(adapter ? parts.map((p) => adapter(p)) : parts);
  }
  override eq(other: Value): ColumnElement {
    return this.compared(operators.eq, other);
  }
  override ne(other: Value): ColumnElement {
    return this.compared(operators.ne, other);
  }
  override lt(other: Value): ColumnElement {
    return this.compared(operators.lt, other);
  }
  override gt(other: Value): ColumnElement {
    return this.compared(operators.gt, other);
  }
  override le(other: Value): ColumnElement {
    return this.compared(operators.le, other);
  }
  override ge(other: Value): ColumnElement {
    return this.compared(operators.ge, other);
  }
}

/** What composite() makes in declarative classes. */
export class Composite extends CompositeProperty {}

late.compositeValues = (v) => {
  if (typeof v !== "object" || v === null) return undefined;
  const cls = host.typeOf(v);
  return face().isClass(cls) ? getters.get(cls)?.(v) : undefined;
};
