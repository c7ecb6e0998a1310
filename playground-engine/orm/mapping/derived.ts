// What follows from a mapper's configuration, computed once: columns by table, kinds of properties, polymorphic selectables.
// Behaviour: SQLAlchemy orm/mapper.py.
import { InvalidRequestError, warnDeprecated } from "../../errors/index.ts";
import { findColumns, findTables } from "../../sql/adapt.ts";
import { and_, bindparam, null_ } from "../../sql/constructors.ts";
import { expect } from "../../sql/coercions.ts";
import { sortTables } from "../../sql/ddl-sort.ts";
import { ElementMap, ElementSet } from "../../sql/element-set.ts";
import type { BinaryExpression } from "../../sql/elements/binary.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as operators from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";
import { Column as SchemaColumn } from "../../sql/schema/index.ts";
import { Alias, Subquery } from "../../sql/selectable/alias.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { traverse } from "../../sql/visitable.ts";
import type { Value } from "../../util/host.ts";
import { LRUCache } from "../../util/lru.ts";
import { late } from "../late.ts";
import { ColumnProperty } from "../props/column.ts";
import { CompositeProperty } from "../props/composite.ts";
import { SynonymProperty } from "../props/descriptor.ts";
import type { MapperProperty } from "../props/property.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import type { ColumnPairs } from "../state/contracts.ts";
import type { Column, Dialect, Table } from "../state/sql-types.ts";
import { MapperKeys } from "./keys-config.ts";
import type { Mapper } from "./mapper.ts";
import { ReadOnlyProperties } from "./read-only-properties.ts";

type Joinable = FromClause & {
  join(right: unknown, onclause: unknown): FromClause;
  outerjoin(right: unknown, onclause: unknown): FromClause;
};

/** Adapts columns of a mapper to its polymorphic selectable: orm/query's ORMAdapter. */
export interface EntityAdapter {
  traverse<T>(element: T): T;
  readonly columns: { get(c: ColumnElement): ColumnElement };
}

export abstract class MapperDerived extends MapperKeys {
  // -- columns by table ----------------------------------------------------------------------

  private perTable<T>(
    name: string,
    source: ReadonlyMap<Table, ElementSet<Column>>,
    make: (columns: ElementSet<Column>) => T,
  ): ReadonlyMap<Table, T> {
    return this.memo.get(name, () => new Map([...source].map(([t, cols]) => [t, make(cols)])));
  }

  get _insertColsEvaluatingNone(): ReadonlyMap<Table, ElementSet<Column>> {
    return this.perTable(
      "evaluating none",
      this._colsByTable,
      (cols) => new ElementSet([...cols].filter((c) => c.type.shouldEvaluateNone)),
    );
  }
  get _insertColsAsNone(): ReadonlyMap<Table, ReadonlySet<string>> {
    return this.perTable(
      "as none",
      this._colsByTable,
      (cols) =>
        new Set(
          [...cols]
            .filter((c) => !c.primaryKey && !c.serverDefault && !c.default && !c.type.shouldEvaluateNone)
            .map((c) => c.key),
        ),
    );
  }
  get _propkeyToCol(): ReadonlyMap<Table, ReadonlyMap<string, Column>> {
    return this.perTable(
      "propkey to col",
      this._colsByTable,
      (cols) => new Map([...cols].map((c) => [this._columntoproperty.need(c).key, c])),
    );
  }
  get _pkKeysByTable(): ReadonlyMap<Table, ReadonlySet<string>> {
    return this.perTable("pk keys", this._pksByTable, (cols) => new Set([...cols].map((c) => c.key)));
  }
  get _pkAttrKeysByTable(): ReadonlyMap<Table, ReadonlySet<string>> {
    return this.perTable(
      "pk attr keys",
      this._pksByTable,
      (cols) => new Set([...cols].map((c) => this._columntoproperty.need(c).key)),
    );
  }
  /** Only tables that have such columns. */
  private defaultCols(name: string, has: (c: Column) => boolean): ReadonlyMap<Table, ElementSet<Column>> {
    return this.memo.get(name, () => {
      const out = new Map<Table, ElementSet<Column>>();
      for (const [t, cols] of this._colsByTable) out.set(t, new ElementSet([...cols].filter(has)));
      return out;
    });
  }
  get _serverDefaultCols(): ReadonlyMap<Table, ElementSet<Column>> {
    return this.defaultCols(
      "server defaults",
      (c) => c.serverDefault != null || (c.default != null && c.default.isClauseElement),
    );
  }
  get _serverOnupdateDefaultCols(): ReadonlyMap<Table, ElementSet<Column>> {
    return this.defaultCols(
      "server onupdates",
      (c) => c.serverOnupdate != null || (c.onupdate != null && c.onupdate.isClauseElement),
    );
  }
  get _serverDefaultColKeys(): ReadonlyMap<Table, ReadonlySet<string>> {
    return this.perTable(
      "server default keys",
      this._serverDefaultCols,
      (cols) => new Set([...cols].map((c) => c.key)),
    );
  }
  get _serverOnupdateDefaultColKeys(): ReadonlyMap<Table, ReadonlySet<string>> {
    return this.perTable(
      "server onupdate keys",
      this._serverOnupdateDefaultCols,
      (cols) => new Set([...cols].map((c) => c.key)),
    );
  }
  get _serverDefaultPlusOnupdatePropkeys(): ReadonlySet<string> {
    return this.memo.get("server propkeys", () => {
      const out = new Set<string>();
      for (const source of [this._serverDefaultCols, this._serverOnupdateDefaultCols])
        for (const cols of source.values())
          for (const c of cols)
            if (this._columntoproperty.has(c)) out.add(this._columntoproperty.need(c).key);
      return out;
    });
  }
  _preferEagerDefaults(dialect: Dialect, table: Table): boolean {
    if (this.eagerDefaults !== "auto") return this.eagerDefaults;
    if (!table.implicitReturning) return false;
    return (this._serverDefaultColKeys.get(table)?.size ?? 0) > 0 && dialect.insertExecutemanyReturning;
  }

  get _versionIdProp(): ColumnProperty | null {
    return this.memo.get("version prop", () =>
      this.versionIdCol === null ? null : this._columntoproperty.need(this.versionIdCol),
    );
  }
  get _versionIdHasServerSideValue(): boolean {
    const c = this.versionIdCol as unknown;
    if (c === null) return false;
    if (!(c instanceof SchemaColumn)) return true;
    return c.serverDefault != null || (c.default != null && !c.default.isScalar && !c.default.isCallable);
  }
  get _allPkCols(): ElementSet<Column> {
    return this.memo.get("all pk cols", () => {
      const out = new ElementSet<Column>();
      for (const t of this.tables) out.update(this._pksByTable.get(t) ?? []);
      return out;
    });
  }
  get _shouldUndeferInWildcard(): ElementSet<ColumnElement> {
    return this.memo.get("undefer in wildcard", () => {
      const out = new ElementSet<ColumnElement>(this.primaryKey);
      if (this.polymorphicOn !== null) out.add(this.polymorphicOn);
      return out;
    });
  }
  get _primaryKeyPropkeys(): ReadonlySet<string> {
    return this.memo.get(
      "pk propkeys",
      () => new Set([...this._allPkCols].map((c) => this._columntoproperty.need(c).key)),
    );
  }
  get _multiplePersistenceTables(): boolean {
    return this.tables.length > 1;
  }
  get _compiledCache(): LRUCache<string, never> {
    return this.memo.get("compiled cache", () => new LRUCache<string, never>(100));
  }

  // -- kinds of properties ------------------------------------------------------------------------

  private filtered<T extends MapperProperty>(
    name: string,
    is: (p: MapperProperty) => boolean,
  ): ReadOnlyProperties<T> {
    this._checkConfigure();
    return this.memo.get(
      name,
      () => new ReadOnlyProperties([...this._props].filter((e): e is [string, T] => is(e[1]))),
    );
  }
  get attrs(): ReadOnlyProperties<MapperProperty> {
    this._checkConfigure();
    return this.memo.get("attrs", () => new ReadOnlyProperties(this._props));
  }
  get columnAttrs(): ReadOnlyProperties<ColumnProperty> {
    return this.filtered("column attrs", (p) => p instanceof ColumnProperty);
  }
  get relationships(): ReadOnlyProperties<RelationshipProperty> {
    return this.filtered("relationships", (p) => p._isRelationship);
  }
  get synonyms(): ReadOnlyProperties<SynonymProperty> {
    return this.filtered("synonyms", (p) => p instanceof SynonymProperty);
  }
  get composites(): ReadOnlyProperties<CompositeProperty> {
    return this.filtered("composites", (p) => p instanceof CompositeProperty);
  }
  get allOrmDescriptors(): ReadOnlyProperties<Value> {
    return this.memo.get("descriptors", () => new ReadOnlyProperties(this.sqlaAttributes()));
  }
  protected abstract sqlaAttributes(): Iterable<readonly [string, Value]>;
  get _pkSynonyms(): ReadonlyMap<string, string> {
    return this.memo.get("pk synonyms", () => {
      const pks = new Set(this._identityKeyProps.map((p) => p.key));
      return new Map(
        [...this._props.values()]
          .filter((p) => p instanceof SynonymProperty && pks.has(p.name))
          .map((p) => [p.key, (p as SynonymProperty).name]),
      );
    });
  }
  get _propSet(): ReadonlySet<MapperProperty> {
    return this.memo.get("prop set", () => new Set(this._props.values()));
  }

  // -- the selectable, polymorphic or not ---------------------------------------------------------

  /** @internal Mappers named by a with_polymorphic specification, in hierarchy order. */
  _mappersFromSpec(spec: "*" | readonly Value[] | null, selectable: FromClause | null): Mapper[] {
    let mappers: Mapper[] = [];
    if (spec === "*") mappers = [...this.selfAndDescendants];
    else if (spec && spec.length > 0) {
      const wanted = new Set<Mapper>();
      for (const s of spec) {
        const m = late.classToMapper(s) as unknown as Mapper;
        if (!m.isa(this)) throw new InvalidRequestError(`${m.repr()} does not inherit from ${this.repr()}`);
        if (selectable === null) for (const up of m.iterateToRoot()) wanted.add(up);
        else wanted.add(m);
      }
      mappers = this.selfAndDescendants.filter((m) => wanted.has(m));
    }
    if (selectable === null) return mappers;
    const tables = new ElementSet<FromClause>(findTables(selectable, { includeAliases: true }));
    return mappers.filter((m) => tables.has(m.localTable as unknown as FromClause));
  }

  /** @internal */
  _selectableFromMappers(mappers: readonly Mapper[], innerjoin: boolean): FromClause {
    let from = this.persistSelectable as unknown as Joinable;
    for (const m of mappers) {
      if ((m as unknown) === this) continue;
      if (m.concrete)
        throw new InvalidRequestError(
          "'with_polymorphic()' requires 'selectable' argument when concrete-inheriting mappers are used.",
        );
      if (m.single) continue;
      from = (
        innerjoin
          ? from.join(m.localTable, m.inheritCondition)
          : from.outerjoin(m.localTable, m.inheritCondition)
      ) as Joinable;
    }
    return from;
  }

  get _singleTableCriterion(): ColumnElement | null {
    return this.memo.get("single criterion", () => {
      if (!this.single || !this.inherits || this.polymorphicOn === null) return null;
      const on = this.polymorphicOn._annotate(
        new Map<string, unknown>([
          ["parententity", this],
          ["parentmapper", this],
        ]),
      ) as ColumnElement;
      return on.in_(
        this.selfAndDescendants.filter((m) => !m.polymorphicAbstract).map((m) => m.polymorphicIdentity),
      );
    });
  }
  get _hasAliasedPolymorphicFromclause(): boolean {
    const s = this.withPolymorphic?.[1];
    return s instanceof Alias || s instanceof Subquery;
  }
  get _shouldSelectWithPolyAdapter(): boolean {
    return (
      this._hasAliasedPolymorphicFromclause ||
      this._requiresRowAliasing ||
      this.baseMapper._hasAliasedPolymorphicFromclause ||
      this.baseMapper._requiresRowAliasing
    );
  }
  get _withPolymorphicMappers(): readonly Mapper[] {
    this._checkConfigure();
    return this.memo.get("wp mappers", () =>
      this.withPolymorphic ? this._mappersFromSpec(...this.withPolymorphic) : [],
    );
  }
  get withPolymorphicMappers(): readonly Mapper[] {
    return this._withPolymorphicMappers;
  }
  get _withPolymorphicSelectable(): FromClause {
    return this.memo.get("wp selectable", () => {
      if (!this.withPolymorphic) return this.persistSelectable as unknown as FromClause;
      const [spec, selectable] = this.withPolymorphic;
      return selectable ?? this._selectableFromMappers(this._mappersFromSpec(spec, null), false);
    });
  }
  /** The old name of persistSelectable. */
  get mappedTable(): Table {
    warnDeprecated("Use .persist_selectable (deprecated since: 1.3)");
    return this.persistSelectable;
  }
  get selectable(): FromClause {
    return this._withPolymorphicSelectable;
  }
  /** @internal Mappers and selectable of `with_polymorphic(entity, spec, selectable)`; selectable false takes the mapper's own. */
  _withPolymorphicArgs(
    spec: "*" | readonly Value[] | null = null,
    selectable: Value = false,
    innerjoin = false,
  ): readonly [Mapper[], FromClause] {
    let from: FromClause | null =
      selectable === null || selectable === false
        ? null
        : (expect(roles.StrictFromClauseRole, selectable, {
            allowSelect: true,
          } as never) as unknown as FromClause);
    if (this.withPolymorphic) {
      if (spec === null || spec.length === 0) spec = this.withPolymorphic[0];
      if (selectable === false) from = this.withPolymorphic[1];
    }
    const mappers = this._mappersFromSpec(spec, from);
    return [mappers, from ?? this._selectableFromMappers(mappers, innerjoin)];
  }

  *_iteratePolymorphicProperties(
    mappers: readonly Mapper[] = this._withPolymorphicMappers,
  ): Generator<MapperProperty> {
    if (mappers.length === 0) {
      yield* this.iterateProperties;
      return;
    }
    const seen = new Set<MapperProperty>();
    for (const m of [this.self, ...mappers])
      for (const p of m.iterateProperties) {
        if (seen.has(p)) continue;
        seen.add(p);
        if (
          p instanceof ColumnProperty &&
          p._isPolymorphicDiscriminator &&
          (this.polymorphicOn === null || p.columns[0] !== this.polymorphicOn)
        )
          continue;
        yield p;
      }
  }
  get _polymorphicProperties(): readonly MapperProperty[] {
    return this.memo.get("poly props", () => [
      ...this._iteratePolymorphicProperties(this._withPolymorphicMappers),
    ]);
  }
  get _allColumnExpressions(): ColumnElement[] {
    const adapter = this._polymorphicAdapter;
    return this._polymorphicProperties.flatMap((p) =>
      p instanceof ColumnProperty && p._rendersInSubqueries
        ? p.columns.map((c) => (adapter ? adapter.columns.get(c) : c))
        : [],
    );
  }
  _columnsPlusKeys(mappers: readonly Mapper[] = []): [string, ColumnElement][] {
    const props = mappers.length ? this._iteratePolymorphicProperties(mappers) : this._polymorphicProperties;
    return [...props].flatMap((p): [string, ColumnElement][] =>
      p instanceof ColumnProperty ? [[p.key, p.columns[0]!]] : [],
    );
  }
  get _polymorphicAdapter(): EntityAdapter | null {
    return this.memo.get("poly adapter", () =>
      this._hasAliasedPolymorphicFromclause
        ? (late.polymorphicAdapter(this.self as never) as EntityAdapter)
        : null,
    );
  }

  /** `__clause_element__()`: the selectable, marked as this entity's. */
  clauseElement(): FromClause {
    return this.memo.get("clause element", () => {
      const mine = (): Map<string, unknown> =>
        new Map<string, unknown>([
          ["entity_namespace", this],
          ["parententity", this],
          ["parentmapper", this],
        ]);
      const plugin = { compileStatePlugin: "orm", pluginSubject: this } as const;
      const annotations = mine();
      if (this.persistSelectable !== this.localTable)
        annotations.set("dml_table", this.marked(this.localTable as unknown as FromClause, mine(), plugin));
      return this.marked(this.selectable, annotations, plugin);
    });
  }
  private marked<T>(element: T, annotations: Map<string, unknown>, plugin: object): T {
    const e = element as unknown as {
      _annotate(a: Map<string, unknown>): { _setPropagateAttrs(v: object): unknown };
    };
    return e._annotate(annotations)._setPropagateAttrs(plugin) as T;
  }
  get selectIdentityToken(): ColumnElement {
    return this.memo.get("identity token", () =>
      this.marked(
        null_() as unknown as ColumnElement,
        new Map<string, unknown>([
          ["entity_namespace", this],
          ["parententity", this],
          ["parentmapper", this],
          ["identity_token", true],
        ]),
        { compileStatePlugin: "orm", pluginSubject: this },
      ),
    );
  }

  // -- joins of the hierarchy ------------------------------------------------------------------------

  get _getClause(): readonly [ColumnElement, ElementMap<ColumnElement, BindParameter>] {
    return this.memo.get("get clause", () => {
      const params = this.primaryKey.map(
        (c, i) => [c as unknown as ColumnElement, bindparam(`pk_${i + 1}`, undefined, c.type)] as const,
      );
      return [and_(params.map(([c, p]) => c.eq(p))), new ElementMap(params)] as const;
    });
  }
  /** Columns that the joins of the hierarchy make equal. */
  get _equivalentColumns(): ElementMap<ColumnElement, ElementSet<ColumnElement>> {
    return this.memo.get("equivalents", () => {
      const out = new ElementMap<ColumnElement, ElementSet<ColumnElement>>();
      const add = (a: ColumnElement, b: ColumnElement): void => {
        const of = out.get(a);
        if (of) of.add(b);
        else out.set(a, new ElementSet([b]));
      };
      for (const m of this.baseMapper.selfAndDescendants) {
        if (m.inheritCondition === null) continue;
        traverse(m.inheritCondition, {}, {
          binary: (b: BinaryExpression) => {
            if (b.operator !== operators.eq) return;
            add(b.left as ColumnElement, b.right as ColumnElement);
            add(b.right as ColumnElement, b.left as ColumnElement);
          },
        } as never);
      }
      return out;
    });
  }
  /** Tables of the hierarchy, parents first, each with its mapper. */
  get _sortedTables(): ReadonlyMap<Table, Mapper> {
    return this.memo.get("sorted tables", () => {
      const owner = new Map<Table, Mapper>();
      for (const m of this.baseMapper.selfAndDescendants)
        for (const t of m.tables) if (!owner.has(t)) owner.set(t, m);
      const extra: [Table, Table][] = [];
      for (const [table, m] of owner) for (const up of m.inherits?.tables ?? []) extra.push([up, table]);
      const skip = (fk: { readonly parent: Column; readonly column: Column }): boolean => {
        const parent = owner.get(fk.parent.table as Table);
        const dep = owner.get(fk.column.table as Table);
        if (!parent || !dep || dep === parent || dep.inheritCondition === null) return false;
        const cols = findColumns(dep.inheritCondition);
        if (parent.inheritCondition === null) return !cols.has(fk.parent);
        const both = cols.union(findColumns(parent.inheritCondition));
        return !both.has(fk.parent) && !both.has(fk.column);
      };
      return new Map(
        sortTables(owner.keys() as never, skip as never, extra as never).map((t) => [
          t as unknown as Table,
          owner.get(t as unknown as Table)!,
        ]),
      );
    });
  }
  get _tableToEquated(): ReadonlyMap<Table, readonly (readonly [Mapper, ColumnPairs])[]> {
    return this.memo.get("table to equated", () => {
      const out = new Map<Table, (readonly [Mapper, ColumnPairs])[]>();
      for (const table of this._sortedTables.keys()) {
        const cols = new ElementSet<ColumnElement>([
          ...(table as unknown as { readonly c: Iterable<ColumnElement> }).c,
        ]);
        const found: (readonly [Mapper, ColumnPairs])[] = [];
        for (const m of this.iterateToRoot()) {
          const pairs = m._inheritsEquatedPairs;
          if (pairs?.some(([l]) => cols.intersects(l.proxySet as unknown as ElementSet<ColumnElement>)))
            found.push([m, pairs]);
        }
        out.set(table, found);
      }
      return out;
    });
  }
}
