// lazy="write_only" and lazy="dynamic": collections to write to and to query.
// Behaviour: SQLAlchemy orm/writeonly.py, orm/dynamic.py.
import { IteratorResult, type ScalarResult } from "../../engine/result.ts";
import { SimpleResultMetaData } from "../../engine/result-metadata.ts";
import { DetachedInstanceError, InvalidRequestError, warn } from "../../errors/index.ts";
import { bindparam, select } from "../../sql/constructors.ts";
import { delete_, insert, update, type Delete, type Insert, type Update } from "../../sql/dml.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { Select } from "../../sql/selectable/select.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { OrderedSet } from "../../util/identity.ts";
import type { ImplOptions } from "../attributes/impl.ts";
import type { AttributeDispatch } from "../events.ts";
import { face, type ClassRef, type Instance } from "../face.ts";
import { MANYTOMANY, ONETOMANY, PASSIVE_NO_INITIALIZE, SQL_OK, type PassiveFlag } from "../flags.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import { Query } from "../query/query.ts";
import type { Session } from "../session/session.ts";
import { instanceDict, instanceState, stateStr } from "../state/access.ts";
import type { InstanceState } from "../state/state.ts";
import { registerAttribute } from "./register.ts";
import { AbstractRelationshipLoader, registerRelationshipStrategy } from "./relationship-loader.ts";
import { UnloadedCollectionImpl, WriteOnlyHistory } from "./write-only-impl.ts";

/** The criteria by which an object's related ones are found. */
function criteriaOf(
  instance: Instance,
  attr: UnloadedCollectionImpl,
): {
  readonly from: readonly FromClause[];
  readonly where: readonly ColumnElement[];
  readonly orderBy: readonly ColumnElement[];
} {
  const prop = instanceState(instance).mapper._props.get(attr.key) as unknown as RelationshipProperty;
  return {
    from:
      prop.secondary !== null
        ? [
            (prop.mapper as unknown as { clauseElement(): FromClause }).clauseElement(),
            prop.secondary as never as FromClause,
          ]
        : [],
    where: [prop._withParent(instance, false)],
    orderBy: attr.orderBy,
  };
}

function addTo(instance: Instance, attr: UnloadedCollectionImpl, items: Iterable<Value>): void {
  for (const item of items) attr.append(instanceState(instance), instanceDict(instance), item, null);
}

// -- write only ---------------------------------------------------------------------------------------

export class WriteOnlyCollection {
  static readonly pyModule: string = "sqlalchemy.orm.writeonly";
  readonly instance: Instance;
  readonly attr: UnloadedCollectionImpl;
  private readonly criteria: ReturnType<typeof criteriaOf>;

  constructor(attr: UnloadedCollectionImpl, state: InstanceState) {
    this.instance = state.obj() as Instance;
    this.attr = attr;
    this.criteria = criteriaOf(this.instance, attr);
  }

  [Symbol.iterator](): never {
    throw host.error(
      "TypeError",
      "WriteOnly collections don't support iteration in-place; to query for collection items, use the select() method to produce a SQL statement and execute it with session.scalars().",
    );
  }

  select(): Select {
    let stmt = select([this.attr.targetMapper]).where(this.criteria.where);
    if (this.criteria.from.length) stmt = stmt.selectFrom(this.criteria.from);
    return this.criteria.orderBy.length ? stmt.orderBy(this.criteria.orderBy) : stmt;
  }

  insert(): Insert {
    const state = instanceState(this.instance);
    const mapper = state.mapper as unknown as Mapper;
    const prop = mapper._props.get(this.attr.key) as unknown as RelationshipProperty;
    if (prop.direction !== ONETOMANY)
      throw new InvalidRequestError(
        "Write only bulk INSERT only supported for one-to-many collections; for many-to-many, use a separate bulk INSERT along with add_all().",
      );
    const values: Kwargs = new Map();
    for (const [l, r] of prop.synchronizePairs)
      values.set(
        r.key,
        bindparam(
          null,
          undefined,
          null,
          false,
          undefined,
          null,
          prop._getAttrWWarnOnNone(mapper, state, state.dict, l as never as ColumnElement),
        ),
      );
    return insert(this.attr.targetMapper).values([], values);
  }

  update(): Update {
    return update(this.attr.targetMapper).where(this.criteria.where);
  }
  delete(): Delete {
    return delete_(this.attr.targetMapper).where(this.criteria.where);
  }
  addAll(iterator: Value): void {
    addTo(this.instance, this.attr, itemsOf(iterator));
  }
  add(item: Value): void {
    addTo(this.instance, this.attr, [item]);
  }
  remove(item: Value): void {
    this.attr.remove(instanceState(this.instance), instanceDict(this.instance), item, null);
  }
}

class WriteOnlyAttributeImpl extends UnloadedCollectionImpl {
  protected readonly iterates = false;

  protected present(state: InstanceState): Value {
    return new WriteOnlyCollection(this, state);
  }

  protected loaded(_state: InstanceState, passive: PassiveFlag, history: WriteOnlyHistory): WriteOnlyHistory {
    if (passive & SQL_OK)
      throw new InvalidRequestError(
        `Attribute ${this.toString()} can't load the existing state from the database for this operation; full iteration is not permitted.  If this is a delete operation, configure passive_deletes=True on the ${this.toString()} relationship in order to resolve this error.`,
      );
    return history;
  }
}

// -- dynamic --------------------------------------------------------------------------------------------

/** The query that a dynamic relationship is. */
export class AppenderQuery extends Query {
  static override readonly pyModule: string = "sqlalchemy.orm.dynamic";
  readonly instance: Instance;
  readonly attr: UnloadedCollectionImpl;
  /** The program's own class of queries, or null. */
  readonly queryClass: Value;

  constructor(attr: UnloadedCollectionImpl, state: InstanceState, queryClass: Value = null) {
    super([attr.targetMapper], null);
    this.instance = state.obj() as Instance;
    this.attr = attr;
    this.queryClass = queryClass;
    const { from, where, orderBy } = criteriaOf(this.instance, attr);
    this._whereCriteria = where;
    this._fromObj = from;
    this._orderByClauses = orderBy;
  }

  /** The object's session, flushed; null where the object is not persistent. */
  private get liveSession(): Session | null {
    if (!this.instance) return null;
    const state = instanceState(this.instance);
    const { session } = state;
    if (session?.autoflush && session._containsState(state)) session.flush();
    return state.hasIdentity ? session : null;
  }

  private get pendingItems(): readonly Value[] {
    return [
      ...this.attr._getCollectionHistory(instanceState(this.instance), PASSIVE_NO_INITIALIZE).addedItems,
    ];
  }

  /** A query of its own, in the session. */
  private started(session: Session): Query {
    const q = (
      this.queryClass !== null
        ? host.call(this.queryClass, [this.attr.targetMapper, session])
        : session.query([this.attr.targetMapper])
    ) as Query;
    q._whereCriteria = this._whereCriteria;
    q._fromObj = this._fromObj;
    q._orderByClauses = this._orderByClauses;
    return q;
  }

  override toString(): string {
    const session = this.liveSession;
    return session ? this.started(session).toString() : super.toString();
  }

  override _generate(): this {
    const state = instanceState(this.instance);
    const session = state.session;
    if (!session)
      throw new DetachedInstanceError(
        `Parent instance ${stateStr(state)} is not bound to a Session, and no contextual session is established; lazy load operation of attribute '${this.attr.key}' cannot proceed`,
      );
    return this.started(session) as never as this;
  }

  override _iter(): ScalarResult {
    const session = this.liveSession;
    if (session) return this.started(session)._iter() as ScalarResult;
    const state = instanceState(this.instance);
    if (state.detached)
      warn(
        `Instance ${stateStr(state)} is detached, dynamic relationship cannot return a correct result.   This warning will become a DetachedInstanceError in a future release.`,
      );
    return new IteratorResult(
      new SimpleResultMetaData([face().className(this.attr.class_)]),
      this.pendingItems,
      { sourceSupportsScalars: true },
    ).scalars();
  }

  override getItem(item: Value): Value {
    const session = this.liveSession;
    if (session) return this.started(session).getItem(item);
    return host.getItem(host.makeList(this.pendingItems), item);
  }

  override count(): number {
    const session = this.liveSession;
    return session ? this.started(session).count() : this.pendingItems.length;
  }

  addAll(iterator: Value): void {
    addTo(this.instance, this.attr, itemsOf(iterator));
  }
  extend(iterator: Value): void {
    this.addAll(iterator);
  }
  add(item: Value): void {
    addTo(this.instance, this.attr, [item]);
  }
  append(item: Value): void {
    addTo(this.instance, this.attr, [item]);
  }
  remove(item: Value): void {
    this.attr.remove(instanceState(this.instance), instanceDict(this.instance), item, null);
  }
}

class DynamicAttributeImpl extends UnloadedCollectionImpl {
  protected readonly iterates = true;
  private readonly queryClass: Value;

  constructor(class_: ClassRef, key: string, dispatch: AttributeDispatch, options: ImplOptions) {
    super(class_, key, dispatch, options);
    this.queryClass = (options as { readonly queryClass?: Value }).queryClass ?? null;
  }

  protected present(state: InstanceState): Value {
    return new AppenderQuery(this, state, this.queryClass);
  }

  protected loaded(state: InstanceState, _passive: PassiveFlag, history: WriteOnlyHistory): WriteOnlyHistory {
    const made = new WriteOnlyHistory();
    made.addedItems = history.addedItems;
    made.deletedItems = history.deletedItems;
    made.unchangedItems = new OrderedSet(new AppenderQuery(this, state, this.queryClass).autoflush(false));
    made.reconcile = true;
    return made;
  }
}

class WriteOnlyLoader extends AbstractRelationshipLoader {
  protected get implClass(): typeof WriteOnlyAttributeImpl | typeof DynamicAttributeImpl {
    return WriteOnlyAttributeImpl;
  }

  override initClassAttribute(mapper: Mapper): void {
    this.isClassLevel = true;
    const prop = this.parentProperty;
    if (!this.uselist || (prop.direction !== ONETOMANY && prop.direction !== MANYTOMANY))
      throw new InvalidRequestError(
        `On relationship ${prop.toString()}, 'dynamic' loaders cannot be used with many-to-one/one-to-one relationships and/or uselist=False.`,
      );
    registerAttribute(prop, mapper, {
      implClass: this.implClass,
      targetMapper: prop.mapper,
      orderBy: prop.orderBy || [],
      queryClass: prop.queryClass,
    } as never);
  }
}

class DynaLoader extends WriteOnlyLoader {
  protected override get implClass(): typeof DynamicAttributeImpl {
    return DynamicAttributeImpl;
  }
}

registerRelationshipStrategy(WriteOnlyLoader, { lazy: "write_only" });
registerRelationshipStrategy(DynaLoader, { lazy: "dynamic" });
