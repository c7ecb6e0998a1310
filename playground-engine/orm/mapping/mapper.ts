// Mapper: how a class and a table correspond. The end of its chain: identity, values by column, loading by parts, cascades.
// Behaviour: SQLAlchemy orm/mapper.py.
import { InvalidRequestError } from "../../errors/index.ts";
import { listenInternal } from "../../event/index.ts";
import { deepAnnotate } from "../../sql/annotation.ts";
import { findTables } from "../../sql/adapt.ts";
import { and_, bindparam, select, tuple_ } from "../../sql/constructors.ts";
import type { BinaryExpression } from "../../sql/elements/binary.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/selectable/label-style.ts";
import type { Select } from "../../sql/selectable/select.ts";
import { TableClause } from "../../sql/selectable/table-clause.ts";
import { clonedTraverse } from "../../sql/visitable.ts";
import { host, type Value } from "../../util/host.ts";
import { mapperEvents, populateMapperHolds } from "../events.ts";
import { face, type AttrDict, type ClassRef, type Instance } from "../face.ts";
import {
  isNoObject,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_OFF,
  PASSIVE_RETURN_NO_VALUE,
  type PassiveFlag,
} from "../flags.ts";
import { late } from "../late.ts";
import { MapperProperty } from "../props/property.ts";
import { StrategizedProperty } from "../props/strategized-property.ts";
import { instanceDict, instanceState, optManagerOfClass } from "../state/access.ts";
import type { Cascaded, CascadeType, MapperContract } from "../state/contracts.ts";
import { IdentityKey } from "../state/identity-key.ts";
import { ClassManager, registerClass } from "../state/manager.ts";
import type { InstanceState } from "../state/state.ts";
import { parseMapperArgument } from "./class-mapper.ts";
import { checkConfigure, setMapperClass } from "./configure.ts";
import { MapperDerived } from "./derived.ts";
import type { MapperOptions, Validator } from "./mapper-base.ts";
import type { Registry } from "./registry.ts";
import { isReconstructor, validatorOf } from "./validators.ts";

type Adapter = { readonly columns: { get(c: ColumnElement): ColumnElement } };
type Keyed = { getItem(key: Value): Value };

/** An attribute along which operations may go on to other objects. */
type Cascading = MapperProperty & { readonly cascade: { has(type: string): boolean } };

export class Mapper extends MapperDerived {
  /** Its tables and properties are there: it may be configured. */
  _readyForConfigure = false;
  _disposeCalled = false;

  constructor(class_: ClassRef, localTable: Value = null, options: MapperOptions = {}) {
    super(
      class_,
      localTable,
      options,
      options.inherits == null ? null : parseMapperArgument(options.inherits),
    );
    this._setWithPolymorphic(options.withPolymorphic ?? null);
    populateMapperHolds(class_, this);
    this.configureInheritance();
    this.configureClassInstrumentation();
    this.configureProperties();
    this.configurePolymorphicSetter();
    this.configurePks();
    this.registry._flagNewMapper(this);
    this.log(() => "constructed");
    this._expireMemoizations();
    this.dispatch.afterMapperConstructed.emit(this, this.class_);
  }

  protected takeListeners(parent: Mapper): void {
    mapperEvents.update(this.dispatch, parent.dispatch);
  }

  // -- the class ------------------------------------------------------------------------------------

  private configureClassInstrumentation(): void {
    if (!optManagerOfClass(this.class_)?.registry)
      throw new InvalidRequestError(
        "The _mapper() function and Mapper() constructor may not be invoked directly outside of a declarative registry. Please use the sqlalchemy.orm.registry.map_imperatively() function for a classical mapping.",
      );
    this.dispatch.instrumentClass.emit(this, this.class_);
    const marked = this.markedFunctions();
    const manager = registerClass(this.class_, {
      mapper: this as unknown as MapperContract,
      expiredAttributeLoader: (state, toload, passive) =>
        late.loadScalarAttributes(this as unknown as MapperContract, state, toload, passive),
      finalize: true,
    });
    this.classManager = manager;
    this.registry = manager.registry as Registry;
    listenInternal(
      manager,
      "init",
      (state) => {
        const mapper = (state as InstanceState).manager.mapper as unknown as Mapper;
        mapper._checkConfigure();
        mapper._setPolymorphicIdentity?.(state as InstanceState);
        return null;
      },
      { raw: true },
    );
    if (marked.reconstructor !== null) {
      this._reconstructor = marked.reconstructor;
      listenInternal(
        manager,
        "load",
        (state) => {
          const { _reconstructor: fn } = (state as InstanceState).manager.mapper as unknown as Mapper;
          if (fn !== null) host.call(fn, [(state as InstanceState).obj()]);
          return null;
        },
        { raw: true },
      );
    }
    this.validators = marked.validators;
  }

  /** What @validates and @reconstructor have marked in the class and its bases. */
  private markedFunctions(): {
    readonly reconstructor: Value;
    readonly validators: ReadonlyMap<string, Validator>;
  } {
    const members = new Map<string, Value>();
    for (const cls of face().mro(this.class_))
      for (const [name, v] of face().ownMembers(cls)) if (!members.has(name)) members.set(name, v);
    let found: Value = null;
    const validators = new Map<string, Validator>();
    for (const [, fn] of [...members].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const kind = host.kindOf(fn);
      if (kind !== "function" && !(kind === "other" && host.isCallable(fn))) continue;
      if (isReconstructor(fn)) found = fn;
      const marks = validatorOf(fn);
      for (const name of marks?.names ?? []) {
        if (validators.has(name))
          throw new InvalidRequestError(
            `A validation function for mapped attribute ${host.repr(name)} on mapper ${this.toString()} already exists.`,
          );
        validators.set(name, marks!.validator);
      }
    }
    return { reconstructor: found, validators };
  }

  /** Mapped attributes, hybrids and the like, nearest class first. */
  protected *sqlaAttributes(): Generator<readonly [string, Value]> {
    const mro = face().mro(this.class_);
    const found = new Map<string, Value>();
    for (const [i, cls] of mro.entries()) {
      const next = mro[i + 1];
      for (const [key, own] of face().ownMembers(cls)) {
        if (!found.has(key)) found.set(key, own);
        if (next !== undefined && face().ownMember(next, key) !== undefined) continue;
        const v = found.get(key);
        if ((v as { isAttribute?: boolean } | null)?.isAttribute === true) yield [key, v];
      }
    }
  }

  // -- configuration ------------------------------------------------------------------------------------

  _checkConfigure(): void {
    checkConfigure(this.registry);
  }
  /** @internal */
  get _postInspect(): null {
    this._checkConfigure();
    return null;
  }

  _postConfigureProperties(): void {
    this.log(() => "_post_configure_properties() started");
    for (const [key, prop] of [...this._props]) {
      this.log(() => `initialize prop ${key}`);
      if ((prop.parent as unknown) === this && !prop._configureStarted) prop.init();
      if (prop._configureFinished) prop.postInstrumentClass(this);
    }
    this.log(() => "_post_configure_properties() complete");
    this.configured = true;
  }

  _setDisposeFlags(): void {
    this.configured = true;
    this._readyForConfigure = true;
    this._disposeCalled = true;
    this._configureFailed = undefined;
  }

  // -- identity -----------------------------------------------------------------------------------------

  private pkColumns(adapter: Adapter | null): readonly ColumnElement[] {
    const columns = this.primaryKey as unknown as readonly ColumnElement[];
    return adapter ? columns.map((c) => adapter.columns.get(c)) : columns;
  }

  _resultHasIdentityKey(
    result: { keys(): Iterable<Value> & { contains?(key: Value): boolean } },
    adapter: Adapter | null = null,
  ): boolean {
    const keys = result.keys();
    return this.pkColumns(adapter).every((c) => (keys.contains ? keys.contains(c) : [...keys].includes(c)));
  }

  identityKeyFromRow(row: Value, identityToken: Value = null, adapter: Adapter | null = null): IdentityKey {
    const mapping = ((row as { _mapping?: Keyed })._mapping ?? row) as Keyed;
    const value = (c: ColumnElement): Value =>
      typeof mapping.getItem === "function" ? mapping.getItem(c) : host.getItem(mapping, c);
    return new IdentityKey(this._identityClass, this.pkColumns(adapter).map(value), identityToken);
  }

  identityKeyFromPrimaryKey(
    primaryKey: readonly Value[],
    options: { identityToken?: Value } = {},
  ): IdentityKey {
    return new IdentityKey(this._identityClass, primaryKey, options.identityToken ?? null);
  }

  identityKeyFromInstance(obj: Instance): IdentityKey {
    return this._identityKeyFromState(instanceState(obj), PASSIVE_OFF);
  }

  _identityKeyFromState(state: InstanceState, passive: PassiveFlag = PASSIVE_RETURN_NO_VALUE): IdentityKey {
    const { dict } = state;
    return new IdentityKey(
      this._identityClass,
      this._identityKeyProps.map((p) => state.manager.getImpl(p.key).get(state, dict, passive)),
      state.identityToken,
    );
  }

  primaryKeyFromInstance(obj: Instance): readonly Value[] {
    return this._identityKeyFromState(instanceState(obj), PASSIVE_OFF).pk;
  }

  _persistentSortkeyFn(state: InstanceState): readonly Value[] {
    const fns = this.memo.get("sort keys", () => this.primaryKey.map((c) => c.type.sortKeyFunction));
    return (state.key as IdentityKey).pk.map((v, i) => (fns[i] ? fns[i]!(v) : v));
  }

  _canload(state: InstanceState, options: { allowSubtypes: boolean }): boolean {
    const mine = this.primaryMapper();
    const theirs = state.manager.mapper as unknown as Mapper;
    return this.polymorphicOn !== null || options.allowSubtypes ? theirs.isa(mine) : theirs === mine;
  }

  _isOrphan(state: InstanceState): boolean {
    let possible = false;
    for (const m of this.iterateToRoot())
      for (const [key, cls] of m._deleteOrphans) {
        possible = true;
        const has = (optManagerOfClass(cls) as ClassManager).hasParent(state, key, {
          optimistic: state.hasIdentity,
        });
        if (this.legacyIsOrphan && has) return false;
        if (!this.legacyIsOrphan && !has) return true;
      }
    return this.legacyIsOrphan && possible;
  }

  // -- values by column ---------------------------------------------------------------------------------

  private implOf(state: InstanceState, column: ColumnElement): ReturnType<ClassManager["getImpl"]> {
    return state.manager.getImpl(this._columntoproperty.need(column).key);
  }
  _getStateAttrByColumn(
    state: InstanceState,
    dict: AttrDict,
    column: ColumnElement,
    passive: PassiveFlag = PASSIVE_RETURN_NO_VALUE,
  ): Value {
    return this.implOf(state, column).get(state, dict, passive);
  }
  _setCommittedStateAttrByColumn(
    state: InstanceState,
    dict: AttrDict,
    column: ColumnElement,
    value: Value,
  ): void {
    this.implOf(state, column).setCommittedValue(state, dict, value);
  }
  _setStateAttrByColumn(state: InstanceState, dict: AttrDict, column: ColumnElement, value: Value): void {
    this.implOf(state, column).set(state, dict, value, null);
  }
  _getCommittedAttrByColumn(obj: Instance, column: ColumnElement): Value {
    return this._getCommittedStateAttrByColumn(instanceState(obj), instanceDict(obj), column, PASSIVE_OFF);
  }
  _getCommittedStateAttrByColumn(
    state: InstanceState,
    dict: AttrDict,
    column: ColumnElement,
    passive: PassiveFlag = PASSIVE_RETURN_NO_VALUE,
  ): Value {
    return this.implOf(state, column).getCommittedValue(state, dict, passive);
  }

  // -- loading by parts -----------------------------------------------------------------------------------

  /** @internal A SELECT of these attributes from the subclass tables alone, by keys that are known; null where there is none. */
  _optimizedGetStatement(state: InstanceState, attributeNames: Iterable<string>): Select | null {
    const known = new Set((state.mapper as unknown as Mapper).columnAttrs.keys());
    const columns = [...attributeNames]
      .filter((n) => known.has(n))
      .map((n) => (this._props.get(n) as unknown as { readonly columns: readonly ColumnElement[] }).columns);
    const tables = new Set<unknown>(columns.flat().flatMap((c) => findTables(c, { checkColumns: true })));
    if (tables.has(this.baseMapper.localTable)) return null;
    let unavailable = false;
    const known_ = (column: ColumnElement): Value => {
      const v = this._getCommittedStateAttrByColumn(state, state.dict, column, PASSIVE_NO_INITIALIZE);
      if (isNoObject(v)) unavailable = true;
      return v;
    };
    const fill = (b: BinaryExpression): void => {
      const { left, right } = b as unknown as {
        left: ColumnElement & { readonly table?: unknown };
        right: ColumnElement & { readonly table?: unknown };
      };
      if (!left || !right) return;
      const parts = b as unknown as { left: unknown; right: unknown };
      if (!tables.has(left.table)) parts.left = bindparam(null, known_(left), right.type);
      else if (!tables.has(right.table)) parts.right = bindparam(null, known_(right), right.type);
    };
    const conditions: ColumnElement[] = [];
    let start = false;
    for (const m of [...this.iterateToRoot()].reverse()) {
      if (tables.has(m.localTable)) start = true;
      else if (!((m.localTable as unknown) instanceof TableClause)) return null;
      if (start && !m.single) {
        conditions.push(m.inheritCondition as ColumnElement);
        tables.add(m.localTable);
      }
    }
    conditions[0] = clonedTraverse(conditions[0] as ColumnElement, {}, { binary: fill } as never);
    if (unavailable) return null;
    return select(columns.flat())
      .where([and_(conditions)])
      .setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL);
  }

  private *toTargetViaPoly(target: Mapper): Generator<Mapper> {
    if (!this.isa(target)) return;
    let prev: Mapper = this;
    for (const m of this.iterateToRoot()) {
      yield m;
      if (m !== prev && !m._withPolymorphicMappers.includes(prev)) return;
      prev = m;
      if (m === target) return;
    }
  }

  /** @internal */
  _wouldSelectinLoadOnlyFromGivenMapper(superMapper: Mapper): boolean {
    for (const m of this.toTargetViaPoly(superMapper))
      if (m.polymorphicLoad === "selectin") return m === superMapper;
    return false;
  }

  /** @internal The entity whose columns are loaded afterwards for objects of this class; null where there is none. */
  _shouldSelectinLoad<E extends { readonly mapper: Mapper }>(
    enabledViaOption: Iterable<E> | null,
    polymorphicFrom: E,
  ): E | Mapper | null {
    const enabled = [...(enabledViaOption ?? [])];
    if (enabled.length === 0) {
      for (const m of this.toTargetViaPoly(polymorphicFrom.mapper))
        if (m.polymorphicLoad === "selectin") return m;
      return null;
    }
    const byMapper = new Map(enabled.map((e) => [e.mapper, e]));
    for (const entity of [...enabled, polymorphicFrom])
      for (const m of this.toTargetViaPoly(entity.mapper))
        if (m.polymorphicLoad === "selectin" || byMapper.has(m)) return byMapper.get(m) ?? m;
    return null;
  }

  /** @internal The SELECT that loads what this subclass adds, by primary keys, and the options that hold it to that. */
  _subclassLoadViaIn(
    entity: {
      readonly mapper: Mapper;
      readonly isAliasedClass?: boolean;
      readonly _adapter?: { traverse<T>(e: T): T };
    },
    polymorphicFrom: Mapper | null,
  ): readonly [Select, unknown, unknown] {
    const keep = new Set<MapperProperty>(this._identityKeyProps);
    if (this.polymorphicOn !== null) keep.add(this._columntoproperty.need(this.polymorphicOn));
    const included = new Set<unknown>([this]);
    for (
      let m = this.inherits;
      m && m !== polymorphicFrom && m.polymorphicLoad === "selectin";
      m = m.inherits
    )
      included.add(m);
    const enable: [string, string][] = [];
    const disable: [string, null][] = [];
    for (const prop of [...this.columnAttrs, ...this.relationships] as unknown as readonly MapperProperty[]) {
      if (!this.classManager.has(prop.key)) continue;
      if (!included.has(prop.parent) && !keep.has(prop)) disable.push([prop.key, null]);
      else if (prop instanceof StrategizedProperty) enable.push([prop.key, prop.strategyKey]);
    }
    const orm = new Map([["_orm_adapt", true]]);
    let keys = this.primaryKey.map((c) => deepAnnotate(c as never, orm) as unknown as ColumnElement);
    let inExpr: ColumnElement =
      keys.length > 1 ? (tuple_(keys) as unknown as ColumnElement) : (keys[0] as ColumnElement);
    const { _adapter: adapter } = entity;
    if (entity.isAliasedClass && adapter) {
      inExpr = adapter.traverse(inExpr);
      keys = keys.map((k) => adapter.traverse(k));
    }
    const q = select([entity.isAliasedClass ? entity : this])
      .setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL)
      .where([inExpr.in_(bindparam("primary_keys", undefined, null, false, undefined, null, null, true))])
      .orderBy(keys);
    return [q, late.subclassLoadOption(entity, enable), late.subclassLoadOption(entity, disable)];
  }
  get _subclassLoadViaInMapper(): readonly [Select, unknown, unknown] {
    return this.memo.get("load via in", () => this._subclassLoadViaIn(this as never, this.baseMapper));
  }

  // -- cascades ---------------------------------------------------------------------------------------------

  private get cascading(): readonly Cascading[] {
    return this.memo.get("cascading", () =>
      [...this._props.values()].filter((p): p is Cascading => "cascade" in p),
    );
  }

  /** Objects reached from this one along relationships that cascade in this way, each before its own. */
  *cascadeIterator(
    type: CascadeType,
    state: InstanceState,
    haltOn?: (state: InstanceState) => boolean,
  ): Generator<Cascaded> {
    const visited = new Set<InstanceState>();
    type Level =
      | { readonly props: Iterator<Cascading>; readonly state: InstanceState; readonly dict: AttrDict }
      | { readonly objects: Iterator<Cascaded> };
    const level = (m: Mapper, s: InstanceState, dict: AttrDict): Level => ({
      props: m.cascading.values(),
      state: s,
      dict,
    });
    const stack: Level[] = [level(state.mapper as unknown as Mapper, state, state.dict)];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if ("props" in top) {
        const { value: prop, done } = top.props.next();
        if (done) {
          stack.pop();
          continue;
        }
        if (!prop.cascade.has(type)) continue;
        const found = prop.cascadeIterator(type, top.state, top.dict, visited, haltOn);
        if (found.length) stack.push({ objects: found.values() });
      } else {
        const { value, done } = top.objects.next();
        if (done) {
          stack.pop();
          continue;
        }
        yield value;
        stack.push(level(value[1] as unknown as Mapper, value[2], value[3]));
      }
    }
  }
}
setMapperClass(Mapper);
late.isMapperClass = (v) => v === Mapper;
