// Query: criteria, joins, order, limits, options. Each method gives a copy. Behaviour: SQLAlchemy orm/query.py.
import { InvalidRequestError, warnDeprecated } from "../../errors/index.ts";
import { conditionsBy, type ExecutableOption } from "../../sql/base.ts";
import { expect, expectColumns } from "../../sql/coercions.ts";
import * as constructors from "../../sql/constructors.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { CompoundSelect } from "../../sql/selectable/compound.ts";
import { ForUpdateArg, type ForUpdateOptions } from "../../sql/selectable/for-update.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "../../sql/selectable/label-style.ts";
import { makeSlice, offsetOrLimitClause } from "../../sql/selectable/limit.ts";
import { MemoizedSelectEntities, type JoinOptions } from "../../sql/selectable/select.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { face } from "../face.ts";
import { objectMapper } from "../mapping/class-mapper.ts";
import type { PathRegistry } from "../path-registry.ts";
import { RelationshipProperty } from "../props/relationship.ts";
import type { Session } from "../session/session.ts";
import { AliasedClass } from "./aliased.ts";
import { inspectEntity, type InternalEntity } from "./entity.ts";
import { legacy, QueryBase } from "./query-base.ts";
import { withParent } from "./with-parent.ts";

export class QueryBuilder extends QueryBase {
  private criterion(method: string): void {
    this.noStatementCondition(method);
    this.noLimitOffset(method);
  }

  // -- criteria

  filter(criteria: readonly Value[]): this {
    this.criterion("filter");
    return this._changed((made) => {
      for (const c of criteria)
        made._whereCriteria = [
          ...made._whereCriteria,
          expect(roles.WhereHavingRole, c, { applyPropagateAttrs: made }),
        ];
    });
  }

  where(criteria: readonly Value[]): this {
    return this.filter(criteria);
  }

  /** The entity joined last, or the first one. */
  private filterByZero(): unknown {
    if (this._setupJoins.length && this.lastJoined !== null) {
      const [target] = this._setupJoins.at(-1)!;
      return (target as unknown) instanceof QueryableAttribute
        ? (target as never as { comparator: { entity: unknown } }).comparator.entity
        : target;
    }
    return this._fromObj.length && !this._compileOptions._setBaseAlias
      ? this._fromObj[0]
      : this._rawColumns[0];
  }

  filterBy(kwargs: Kwargs): this {
    const from = this.filterByZero();
    return this.filter(conditionsBy(from, kwargs));
  }

  private by(
    method: string,
    role: roles.Role<ColumnElement>,
    clauses: readonly Value[],
    old: readonly ColumnElement[],
  ): readonly ColumnElement[] {
    this.criterion(method);
    if (clauses.length === 1 && (clauses[0] === null || clauses[0] === false)) return [];
    return [...old, ...clauses.map((c) => expect(role, c))];
  }

  orderBy(clauses: readonly Value[]): this {
    const list = this.by("order_by", roles.OrderByRole, clauses, this._orderByClauses);
    return this._changed((made) => void (made._orderByClauses = list));
  }

  groupBy(clauses: readonly Value[]): this {
    const list = this.by("group_by", roles.GroupByRole, clauses, this._groupByClauses);
    return this._changed((made) => void (made._groupByClauses = list));
  }

  having(criteria: readonly Value[]): this {
    this.criterion("having");
    return this._changed(
      (made) =>
        void (made._havingCriteria = [
          ...made._havingCriteria,
          ...criteria.map((c) => expect(roles.WhereHavingRole, c)),
        ]),
    );
  }

  withParent(instance: Value, property: Value = null, fromEntity: Value = null): this {
    legacy("Query.with_parent() method", "Use the with_parent() standalone construct.");
    const zero =
      fromEntity === null
        ? (((this.filterByZero() as { _annotations?: ReadonlyMap<string, unknown> })._annotations?.get(
            "parententity",
          ) ?? this.filterByZero()) as InternalEntity)
        : inspectEntity(fromEntity);
    let prop = property;
    if (prop === null) {
      const mapper = objectMapper(instance);
      prop =
        [...mapper.iterateProperties].find(
          (p) => p instanceof RelationshipProperty && p.mapper === zero.mapper,
        ) ?? null;
      if (prop === null)
        throw new InvalidRequestError(
          `Could not locate a property which relates instances of class '${face().className(zero.mapper.class_)}' to instances of class '${host.typeName(instance)}'`,
        );
    }
    return this.filter([withParent(instance, prop, zero.entity)]);
  }

  // -- entities and FROM

  private added(columns: readonly Value[]): this {
    return this._changed((made) => {
      made._rawColumns = [
        ...made._rawColumns,
        ...expectColumns(columns, { applyPropagateAttrs: made, postInspect: true }),
      ];
    });
  }

  addColumns(columns: readonly Value[]): this {
    return this.added(columns);
  }

  addColumn(column: Value): this {
    warnDeprecated(
      "Query.add_column() is deprecated and will be removed in a future release.  Please use Query.add_columns() (deprecated since: 1.4)",
    );
    return this.added([column]);
  }

  addEntity(entity: Value, alias: Value = null): this {
    return this.added([alias === null ? entity : new AliasedClass(entity, alias as FromClause)]);
  }

  withEntities(entities: readonly Value[], _kw: Kwargs = new Map()): this {
    return this._changed((made) => {
      MemoizedSelectEntities._generateForStatement(made as never);
      made._setEntities(entities);
    });
  }

  /** @internal */
  _setSelectFrom(froms: readonly Value[], setBaseAlias: boolean): void {
    const list = froms.map((f) =>
      expect(roles.StrictFromClauseRole, f, { allowSelect: true, applyPropagateAttrs: this }),
    );
    this._compileOptions = this._compileOptions.plus({ _setBaseAlias: setBaseAlias });
    this._fromObj = list;
  }

  selectFrom(froms: readonly Value[]): this {
    this.noClauseelementCondition("select_from");
    return this._changed((made) => made._setSelectFrom(froms, false));
  }

  /** @internal Everything so far as the rows to go on from. */
  _fromSelectable(from: FromClause, setEntityFrom = true): this {
    return this._changed((made) => {
      Object.assign(made, {
        _whereCriteria: [],
        _orderByClauses: [],
        _groupByClauses: [],
        _limitClause: null,
        _offsetClause: null,
        lastJoined: undefined,
        _setupJoins: [],
        _memoizedSelectEntities: [],
        _distinct: false,
        _distinctOn: [],
        _havingCriteria: [],
        _prefixes: [],
        _suffixes: [],
      });
      made._setSelectFrom([from], setEntityFrom);
      made._compileOptions = made._compileOptions.plus({ _enableSingleCrit: false });
    });
  }

  /** @internal */
  _legacyFromSelf(entities: readonly Value[]): this {
    const from = this.setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL)
      .correlate([null])
      .subquery()
      ._anonymousFromclause();
    const q = this._fromSelectable(from);
    if (entities.length) q._setEntities(entities);
    return q;
  }

  correlate(froms: readonly Value[]): this {
    return this._changed((made) => {
      made._autoCorrelate = false;
      const [first] = froms;
      made._correlate =
        froms.length && (first === null || first === false)
          ? []
          : [...made._correlate, ...froms.map((f) => expect(roles.FromClauseRole, f))];
    });
  }

  join(target: Value, onclause: Value = null, options: JoinOptions = {}): this {
    this.criterion("join");
    return this._changed((made) => {
      const right = expect(roles.JoinTargetRole, target, { applyPropagateAttrs: made, legacy: true });
      const on = onclause === null ? null : expect(roles.OnClauseRole, onclause, { legacy: true });
      made._setupJoins = [
        ...made._setupJoins,
        [
          right as never,
          on as never,
          null,
          { isouter: options.isouter ?? false, full: options.full ?? false },
        ],
      ];
      made.lastJoined = undefined;
    });
  }

  outerjoin(target: Value, onclause: Value = null, options: { readonly full?: boolean } = {}): this {
    return this.join(target, onclause, { isouter: true, full: options.full ?? false });
  }

  resetJoinpoint(): this {
    this.noStatementCondition("reset_joinpoint");
    return this._changed((made) => void (made.lastJoined = null));
  }

  private setOp(make: (selects: readonly Value[]) => CompoundSelect, queries: readonly Value[]): this {
    return this._fromSelectable(make([this, ...queries]).subquery());
  }
  union(q: readonly Value[]): this {
    return this.setOp(constructors.union, q);
  }
  unionAll(q: readonly Value[]): this {
    return this.setOp(constructors.unionAll, q);
  }
  intersect(q: readonly Value[]): this {
    return this.setOp(constructors.intersect, q);
  }
  intersectAll(q: readonly Value[]): this {
    return this.setOp(constructors.intersectAll, q);
  }
  except_(q: readonly Value[]): this {
    return this.setOp(constructors.except_, q);
  }
  exceptAll(q: readonly Value[]): this {
    return this.setOp(constructors.exceptAll, q);
  }

  fromStatement(statement: Value): this {
    this.noClauseelementCondition("from_statement");
    return this._changed(
      (made) =>
        void (made._statement = expect(roles.SelectStatementRole, statement, { applyPropagateAttrs: made })),
    );
  }

  // -- which rows

  slice(start: number | null, stop: number | null): this {
    this.noStatementCondition("slice");
    return this._changed(
      (made) =>
        void ([made._limitClause, made._offsetClause] = makeSlice(
          made._limitClause,
          made._offsetClause,
          start,
          stop,
        )),
    );
  }

  limit(limit: Value): this {
    this.noStatementCondition("limit");
    return this._changed((made) => void (made._limitClause = offsetOrLimitClause(limit)));
  }

  offset(offset: Value): this {
    this.noStatementCondition("offset");
    return this._changed((made) => void (made._offsetClause = offsetOrLimitClause(offset)));
  }

  distinct(expr: readonly Value[] = []): this {
    this.noStatementCondition("distinct");
    return this._changed((made) => {
      made._distinct = true;
      made._distinctOn = [...made._distinctOn, ...expr.map((e) => expect(roles.ByOfRole, e))];
    });
  }

  withForUpdate(options: ForUpdateOptions = {}): this {
    return this._changed((made) => void (made._forUpdateArg = new ForUpdateArg(options)));
  }

  // -- how it is executed

  options(args: readonly Value[]): this {
    const flat = (v: Value): Value[] =>
      Array.isArray(v) || ["list", "tuple"].includes(host.kindOf(v))
        ? [...(host.iterate(v) ?? [])].flatMap(flat)
        : [v];
    const options = args.flatMap(flat) as ExecutableOption[];
    return this._changed((made) => {
      for (const opt of options) {
        const legacyOption = opt as {
          _isLegacyOption?: boolean;
          processQuery?(q: unknown): void;
          processQueryConditionally?(q: unknown): void;
        };
        if (!legacyOption._isLegacyOption) continue;
        if (made._compileOptions._currentPath.length) legacyOption.processQueryConditionally?.(made);
        else legacyOption.processQuery?.(made);
      }
      made._withOptions = [...made._withOptions, ...options];
    });
  }

  withTransformation(fn: Value): Value {
    return host.call(fn, [this]);
  }

  executionOptions(kwargs: Kwargs): this {
    return this._changed(
      (made) => void (made._executionOptions = new Map([...made._executionOptions, ...kwargs])),
    );
  }

  params(params: Value = null, kwargs: Kwargs = new Map()): this {
    const given = params === null ? [] : ([...(host.entries(params) ?? [])] as [string, Value][]);
    return this._changed((made) => void (made._params = new Map([...made._params, ...kwargs, ...given])));
  }

  onlyReturnTuples(value: boolean): this {
    return this.withLoadOptions({ _onlyReturnTuples: value });
  }
  tuples(): this {
    return this.onlyReturnTuples(true);
  }
  yieldPer(count: number): this {
    return this.withLoadOptions({ _yieldPer: count });
  }
  autoflush(setting: boolean): this {
    return this.withLoadOptions({ _autoflush: setting });
  }
  populateExisting(): this {
    return this.withLoadOptions({ _populateExisting: true });
  }
  enableAssertions(value: boolean): this {
    return this._changed((made) => void (made._enableAssertions = value));
  }
  withSession(session: Session | null): this {
    return this._changed((made) => void (made.session = session));
  }
  get lazyLoadedFrom(): Value {
    return this.loadOptions._lazyLoadedFrom;
  }
  /** @internal */
  _withCurrentPath(path: PathRegistry): this {
    return this._withCompileOptions({ _currentPath: path });
  }
  /** @internal */
  _setEnableSingleCrit(value: boolean): this {
    return this._withCompileOptions({ _enableSingleCrit: value });
  }
  /** @internal */
  _addContextOption(fn: (state: never) => void, cacheArgs: unknown): this {
    return this._changed(
      (made) => void (made._withContextOptions = [...made._withContextOptions, [fn as never, cacheArgs]]),
    );
  }
}
