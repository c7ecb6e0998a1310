// Query: the legacy interface, session.query(User). Rows, counts, UPDATE and DELETE by it.
// Behaviour: SQLAlchemy orm/query.py.
import type { Result, ScalarResult } from "../../engine/result.ts";
import { InvalidRequestError, NoResultFound, warnDeprecated } from "../../errors/index.ts";
import type { Listener } from "../../event/index.ts";
import { exists as makeExists, literalColumn } from "../../sql/constructors.ts";
import { delete_, update, type Delete, type Update } from "../../sql/dml.ts";
import { func } from "../../sql/function-registry.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/selectable/label-style.ts";
import type { Exists } from "../../sql/selectable/scalar.ts";
import type { Select } from "../../sql/selectable/select.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import type { Instance } from "../face.ts";
import { late } from "../late.ts";
import { instances } from "../loading/instances.ts";
import { mergeResult } from "../loading/merge.ts";
import { loadOnPkIdentity } from "../loading/refresh.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Session } from "../session/session.ts";
import type { ORMCompileState, ORMStatement } from "./compile-state.ts";
import { QueryContext } from "./context.ts";
import type { InternalEntity } from "./entity.ts";
import { legacy } from "./query-base.ts";
import { QueryBuilder } from "./query-builder.ts";

type Rows = Result | ScalarResult;

interface DmlResult {
  readonly rowcount: number;
  close(): void;
}

export class Query extends QueryBuilder {
  // -- reading

  get(ident: Value): Instance | null {
    legacy("Query.get() method", "The method is now available as Session.get()");
    this.noCriterionAssertion("get", false, false);
    return this._getImpl(ident);
  }

  /** @internal */
  _getImpl(ident: Value, identityToken: Value = null): Instance | null {
    const entity = this.onlyFullMapperZero("get");
    return this.needSession()._getImpl(entity.mapper, ident, loadOnPkIdentity as never, {
      populateExisting: this.loadOptions._populateExisting,
      withForUpdate: this._forUpdateArg,
      options: this._withOptions,
      identityToken,
      executionOptions: new Map(this._executionOptions),
    });
  }

  protected needSession(): Session {
    if (this.session) return this.session;
    throw host.noAttribute(null, "execute");
  }

  /** @internal */
  _iter(): Rows {
    const result = this.needSession().execute(this._statement20(), host.makeDict(this._params), {
      executionOptions: new Map<string, Value>([["_sa_orm_load_options", this.loadOptions]]),
    }) as Result;
    return this.presented(result, !this.loadOptions._yieldPer);
  }

  private presented(result: Result, unique: boolean): Rows {
    const rows: Rows = result._attributes.get("is_single_entity") === true ? result.scalars() : result;
    return unique && result._attributes.get("filtered") === true ? rows.unique() : rows;
  }

  all(): Value[] {
    return this._iter().all();
  }

  first(): Value {
    return this._statement !== null ? this._iter().first() : this.limit(1)._iter().first();
  }

  oneOrNone(): Value {
    return this._iter().oneOrNone();
  }

  one(): Value {
    return this._iter().one();
  }

  scalar(): Value {
    let found: Value;
    try {
      found = this.one();
    } catch (e) {
      if (e instanceof NoResultFound) return null;
      throw e;
    }
    const row = found as Iterable<Value> & { _fields?: unknown };
    return row !== null && typeof row === "object" && "_fields" in row ? ([...row][0] as Value) : found;
  }

  [Symbol.iterator](): Iterator<Value> {
    return (this._iter() as Iterable<Value>)[Symbol.iterator]();
  }

  /** `query[i]` and `query[start:stop]`. Throws IndexError for negative ones. */
  getItem(item: Value): Value {
    if (typeof item === "number") {
      if (item === -1) this.noNegative();
      const found = this.rows(item, item + 1, null);
      if (!found.length) throw host.error("IndexError", "list index out of range");
      return found[0];
    }
    if (typeof item !== "object") host.add(item, 1); // refuses what is no index
    const part = (name: string): number | null =>
      (host.getAttribute(item, name) as number | null | undefined) ?? null;
    return this.rows(part("start"), part("stop"), part("step"));
  }

  private noNegative(): never {
    throw host.error("IndexError", "negative indexes are not accepted by SQL index / slice operators");
  }

  private rows(start: number | null, stop: number | null, step: number | null): Value[] {
    if (start !== null && stop !== null && stop - start <= 0) return [];
    if ((start !== null && start < 0) || (stop !== null && stop < 0)) this.noNegative();
    const found = [...this.slice(start, stop)];
    return step === null ? found : found.filter((_, i) => i % step === 0);
  }

  private valuesOf(columns: readonly Value[]): Iterable<Value> {
    if (!columns.length) return host.makeTuple([]) as Iterable<Value>;
    const q = this.enableEagerloads(false);
    q._setEntities(columns);
    if (!q.loadOptions._yieldPer) q.loadOptions = q.loadOptions.plus({ _yieldPer: 10 });
    return q;
  }

  values(columns: readonly Value[]): Iterable<Value> {
    warnDeprecated(
      "Query.values() is deprecated and will be removed in a future release.  Please use Query.with_entities() (deprecated since: 1.4)",
    );
    return this.valuesOf(columns);
  }

  value(column: Value): Value {
    warnDeprecated(
      "Query.value() is deprecated and will be removed in a future release.  Please use Query.with_entities() in combination with Query.scalar() (deprecated since: 1.4)",
    );
    for (const row of this.valuesOf([column])) return [...(row as Iterable<Value>)][0];
    return null;
  }

  count(): number {
    return this._legacyFromSelf([func("count", [literalColumn("*")])])
      .enableEagerloads(false)
      .scalar() as number;
  }

  exists(): Exists {
    let inner = (
      this.enableEagerloads(false)
        .addColumns([literalColumn("1")])
        .setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL).innerSelectOnly as Select
    ).withOnlyColumns([1]);
    const zero = this._entityFromPreEntZero();
    if (zero !== null) inner = inner.selectFrom([zero]);
    return makeExists(inner);
  }

  /** @internal */
  get innerSelectOnly(): Select {
    return this.innerSelect;
  }

  instances(result: Value, context: Value = null): Rows {
    warnDeprecated(
      "The Query.instances() method is deprecated and will be removed in a future release. Use the Select.from_statement() method or aliased() construct in conjunction with Session.execute() instead. (deprecated since: 2.0)",
    );
    let ctx = context as QueryContext | null;
    if (!ctx) {
      warnDeprecated(
        "Using the Query.instances() method without a context is deprecated and will be disallowed in a future release.  Please make use of :meth:`_query.Query.from_statement` for linking ORM results to arbitrary select constructs.",
      );
      const state: ORMCompileState = this._compileState(false);
      const statement = state.statement as ORMStatement;
      ctx = new QueryContext(state, statement, statement, this._params, this.needSession(), this.loadOptions);
    }
    return this.presented(instances(result as never, ctx), true);
  }

  mergeResult(iterator: Value, load = true): Value {
    legacy(
      "merge_result() function",
      "The function as well as the method on Query is superseded by the merge_frozen_result() function.",
    );
    this.needSession();
    return mergeResult(this, iterator, load);
  }

  // -- UPDATE and DELETE

  private get dmlOptions(): Kwargs {
    return new Map(this._executionOptions);
  }

  delete(synchronizeSession: Value = "auto", deleteArgs: Value = null): number {
    const context = new BulkDelete(this, deleteArgs);
    askListeners(context, this.dispatch.beforeCompileDelete);
    const statement = delete_(context.query.onlyEntity("delete"));
    return context.query.sendBulk(context, statement, argumentsOf(deleteArgs), synchronizeSession);
  }

  update(values: Value, synchronizeSession: Value = "auto", updateArgs: Value = null): number {
    const context = new BulkUpdate(this, values, updateArgs);
    askListeners(context, this.dispatch.beforeCompileUpdate);
    const args = argumentsOf(updateArgs);
    const ordered = host.isTrue(args.get("preserve_parameter_order") ?? false);
    args.delete("preserve_parameter_order");
    const statement = update(context.query.onlyEntity("update"));
    const set = ordered ? statement.orderedValues(itemsOf(values)) : statement.values([values]);
    return context.query.sendBulk(context, set, args, synchronizeSession);
  }

  /** The one entity that update() and delete() take. @throws the host's TypeError */
  private onlyEntity(method: string): Value {
    const [entity, ...more] = this._rawColumns;
    if (more.length)
      throw host.error(
        "TypeError",
        `${method}() takes 1 positional argument but ${more.length + 1} were given`,
      );
    return entity;
  }

  /** Sends the statement for the rows of this query. Gives how many it met. */
  private sendBulk(
    context: BulkUD,
    given: Update | Delete,
    dialectOptions: Kwargs,
    synchronizeSession: Value,
  ): number {
    const statement = dialectOptions.size ? given.withDialectOptions(dialectOptions) : given;
    statement._whereCriteria = this._whereCriteria;
    const session = this.needSession();
    const result = session.execute(statement, host.makeDict(this._params), {
      executionOptions: this.dmlOptions.set("synchronize_session", synchronizeSession),
    }) as DmlResult;
    context.result = result;
    const { afterBulkUpdate, afterBulkDelete } = session.dispatch;
    (context instanceof BulkUpdate ? afterBulkUpdate : afterBulkDelete).emit(context);
    result.close();
    return result.rowcount;
  }
}

const argumentsOf = (given: Value): Kwargs => new Map(given === null ? [] : host.entries(given)) as Kwargs;

/** Listeners may put another query in the place of the one that was written. */
function askListeners(context: BulkUD, listeners: Iterable<Listener>): void {
  for (const fn of listeners) {
    const given = fn(context.query, context);
    if (given instanceof Query) context.query = given;
  }
}

/** What listeners of bulk events see. */
abstract class BulkUD {
  static readonly pyModule: string = "sqlalchemy.orm.query";
  query: Query;
  readonly mapper: Mapper | InternalEntity | null;
  result: unknown = null;

  constructor(query: Query) {
    this.query = query.enableEagerloads(false);
    const joined = "join(), outerjoin(), select_from(), or from_self()";
    const checks: readonly (readonly [boolean, string])[] = [
      [query._limitClause !== null, "limit()"],
      [query._offsetClause !== null, "offset()"],
      [query._orderByClauses.length > 0, "order_by()"],
      [query._groupByClauses.length > 0, "group_by()"],
      [query._distinct, "distinct()"],
      [query._fromObj.length > 0, joined],
      [query._setupJoins.length > 0, joined],
    ];
    for (const [called, method] of checks)
      if (called)
        throw new InvalidRequestError(
          `Can't call Query.update() or Query.delete() when ${method} has been called`,
        );
    this.mapper = this.query._entityFromPreEntZero() as InternalEntity | null;
  }

  get session(): Session | null {
    return this.query.session;
  }
}

export class BulkUpdate extends BulkUD {
  readonly values: Value;
  readonly updateKwargs: Value;
  constructor(query: Query, values: Value, updateKwargs: Value) {
    super(query);
    this.values = values;
    this.updateKwargs = updateKwargs;
  }
}

export class BulkDelete extends BulkUD {
  readonly deleteKwargs: Value;
  constructor(query: Query, deleteKwargs: Value) {
    super(query);
    this.deleteKwargs = deleteKwargs;
  }
}

late.makeQuery = (entities, session) => new Query(entities, session);
