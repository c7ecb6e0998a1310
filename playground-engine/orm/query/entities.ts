// What a query asks for, one by one: mapped entities, attributes, bundles, plain columns. Each adds its columns to the
// statement and makes what reads them from rows. Behaviour: SQLAlchemy orm/context.py (_QueryEntity and its subclasses).
import type { Result } from "../../engine/result.ts";
import { extractFirstColumnAnnotation, type ColumnAdapter } from "../../sql/adapt.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { host, type Value } from "../../util/host.ts";
import { face } from "../face.ts";
import { instanceProcessor } from "../loading/processor.ts";
import { setupEntityQuery } from "../loading/setup.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AbstractEntityRegistry } from "../path-registry.ts";
import { Bundle, type RowGetter } from "./bundle.ts";
import type { ORMCompileState } from "./compile-state.ts";
import type { QueryContext } from "./context.ts";
import { entityAttribute, entityCorrespondsTo, postInspect, type InternalEntity } from "./entity.ts";

/** What reads an entity's value of a row, its label, and the objects by which rows find it. */
export type EntityProcessor = readonly [read: RowGetter, label: string | null, extra: readonly unknown[]];

/** Where entities are put: those of the statement now, those it had before with_entities(), those of a bundle. */
interface Place {
  readonly state: ORMCompileState;
  readonly into: QueryEntity[];
  readonly current: boolean;
  readonly inBundle: boolean;
}

/** What a DML statement's RETURNING may give back, in the place of an adapter. */
export interface ReturningFilter {
  readonly columns: { get(c: ColumnElement): ColumnElement | null };
  adaptCheckPresent(c: ColumnElement): ColumnElement | null;
  /** The expression, or null where none of its columns can come back. */
  filter(c: ColumnElement): ColumnElement | null;
}

export abstract class QueryEntity {
  readonly isMapperEntity: boolean = false;
  abstract readonly mapper: Mapper | null;
  abstract readonly entityZero: InternalEntity | null;
  abstract readonly entityZeroOrSelectable: InternalEntity | FromClause | null;
  abstract readonly supportsSingleEntity: boolean;
  abstract readonly type: Value;
  abstract readonly expr: Value;
  abstract readonly _labelName: string | null;
  abstract readonly _extraEntities: readonly unknown[];
  /** Values are objects: they are unique by identity. */
  get useIdForHash(): boolean {
    return false;
  }
  get _nonHashableValue(): boolean {
    return false;
  }
  get _nullColumnType(): boolean {
    return false;
  }
  correspondsTo(_entity: InternalEntity): boolean {
    return false;
  }
  abstract setupCompileState(state: ORMCompileState): void;
  setupDmlReturningCompileState(state: ORMCompileState, _adapter: ReturningFilter | null): void {
    this.setupCompileState(state);
  }
  abstract rowProcessor(context: QueryContext, result: Result): EntityProcessor;
}

interface Element extends ColumnElement {
  readonly isBundle?: boolean;
}

/** The entities of a statement's columns clause. */
export function toCompileState(
  state: ORMCompileState,
  elements: readonly ColumnElement[],
  into: QueryEntity[],
  current: boolean,
): QueryEntity[] {
  const place: Place = { state, into, current, inBundle: false };
  elements.forEach((entity, idx) => {
    const annotations = entity._annotations;
    if ((entity as Element).isBundle) into.push(new BundleEntity(place, entity as never));
    else if (entity.isSelectable && annotations.has("parententity")) new MapperEntity(place, entity);
    else if (entity.isSelectable) columnEntities(place, entity._selectIterable, idx);
    else if (annotations.get("bundle"))
      into.push(new BundleEntity(place, annotations.get("bundle") as Bundle));
    else if (entity._isClauseList) columnEntities(place, entity._selectIterable, idx);
    else columnEntities(place, [entity], idx);
  });
  return into;
}

/** Entities of columns: the position in the statement where each was given, null inside a bundle. */
function columnEntities(place: Place, columns: Iterable<ColumnElement>, index: number | null): void {
  for (const column of columns) {
    const parent = (column._annotations.get("parententity") ??
      extractFirstColumnAnnotation(column, "parententity")) as InternalEntity | null;
    if (!parent) place.into.push(new RawColumnEntity(place, column, index));
    else if (column._annotations.has("identity_token"))
      place.into.push(new IdentityTokenEntity(place, column, parent, index));
    else place.into.push(new ORMColumnEntity(place, column, parent, index));
  }
}

/** The statement has single-table or loader criteria for an entity. */
function noteExtraCriteria(state: ORMCompileState, mapper: Mapper, entity: InternalEntity): void {
  if (mapper._singleTableCriterion !== null || state.globalAttributes.criteriaFor(mapper))
    state.extraCriteriaEntities.set(entity, entity.isAliasedClass ? entity._adapter : null);
}

export class MapperEntity extends QueryEntity {
  override readonly isMapperEntity = true;
  readonly expr: Value;
  readonly mapper: Mapper;
  readonly entityZero: InternalEntity;
  readonly isAliasedClass: boolean;
  readonly path: AbstractEntityRegistry;
  readonly selectable: FromClause;
  readonly supportsSingleEntity = true;
  readonly _labelName: string | null;
  readonly _extraEntities: readonly unknown[];
  private readonly withPolymorphicMappers: readonly Mapper[];
  private readonly discriminator: ColumnElement | null;

  constructor({ state, into, current }: Place, element: ColumnElement) {
    super();
    into.push(this);
    if (current) {
      state._primaryEntity ??= this;
      state._hasMapperEntities = true;
      state._hasOrmEntities = true;
    }
    const entity = element._annotations.get("parententity") as InternalEntity;
    postInspect(entity);
    this.entityZero = entity;
    this.expr = entity.entity;
    this.mapper = entity.mapper;
    this._extraEntities = [this.expr];
    this._labelName = entity.isAliasedClass ? entity.name : face().className(this.mapper.class_);
    this.isAliasedClass = entity.isAliasedClass;
    this.path = entity._pathRegistry;
    this.selectable = entity.selectable;
    this.withPolymorphicMappers = entity.withPolymorphicMappers;
    this.discriminator = entity.polymorphicOn;
    if (this.mapper._shouldSelectWithPolyAdapter)
      state._createWithPolymorphicAdapter(entity, this.selectable);
  }

  get type(): Value {
    return this.mapper.class_;
  }
  get entityZeroOrSelectable(): InternalEntity {
    return this.entityZero;
  }
  override get useIdForHash(): boolean {
    return true;
  }
  override get _nonHashableValue(): boolean {
    return true;
  }
  override correspondsTo(entity: InternalEntity): boolean {
    return entityCorrespondsTo(this.entityZero, entity);
  }

  /** What adapts the mapper's columns to this entity's place in the statement. */
  _getEntityClauses(state: ORMCompileState): ColumnAdapter | null {
    const adapter = this.entityZero.isAliasedClass
      ? this.entityZero._adapter
      : (state._polymorphicAdapters.get(this.mapper) ?? null);
    if (!adapter) return state._fromObjAlias;
    return state._fromObjAlias ? adapter.wrap(state._fromObjAlias) : adapter;
  }

  rowProcessor(context: QueryContext, result: Result): EntityProcessor {
    const state = context.compileState;
    let adapter = this._getEntityClauses(state);
    if (state.compoundEagerAdapter)
      adapter = adapter ? adapter.wrap(state.compoundEagerAdapter) : state.compoundEagerAdapter;
    const primary = state._primaryEntity === this;
    const read = instanceProcessor(this, this.mapper, context, result, this.path, adapter, {
      onlyLoadProps: primary ? state.compileOptions._onlyLoadProps : null,
      refreshState: primary ? context.refreshState : null,
      polymorphicDiscriminator: this.discriminator,
    });
    return [read, this._labelName, this._extraEntities];
  }

  private setup(state: ORMCompileState, adapter: ColumnAdapter | null): void {
    setupEntityQuery(state, this.mapper, this, this.path, adapter, state.primaryColumns, {
      withPolymorphic: this.withPolymorphicMappers,
      onlyLoadProps: state.compileOptions._onlyLoadProps,
      polymorphicDiscriminator: this.discriminator,
    });
  }

  override setupDmlReturningCompileState(state: ORMCompileState, adapter: ReturningFilter | null): void {
    this.setup(state, adapter as ColumnAdapter | null);
  }

  setupCompileState(state: ORMCompileState): void {
    noteExtraCriteria(state, this.mapper, this.entityZero);
    this.setup(state, this._getEntityClauses(state));
    state._fallbackFromClauses.push(this.selectable);
  }
}

class BundleEntity extends QueryEntity {
  readonly bundle: Bundle;
  readonly expr: Bundle;
  readonly _labelName: string;
  readonly _extraEntities: readonly unknown[] = [];
  readonly supportsSingleEntity: boolean;
  private readonly entities: QueryEntity[] = [];

  constructor({ state, current }: Place, given: Bundle) {
    super();
    state._hasOrmEntities = true;
    this.bundle = this.expr = given;
    this._labelName = this.bundle.name;
    this.supportsSingleEntity = this.bundle.singleEntity;
    const place: Place = { state, into: this.entities, current, inBundle: true };
    for (const expr of this.bundle.exprs) {
      const inner = expr._annotations.get("bundle") ?? (expr as unknown);
      if (inner instanceof Bundle) this.entities.push(new BundleEntity(place, inner));
      else columnEntities(place, [expr], null);
    }
  }

  get type(): Value {
    return host.typeOf(this.bundle);
  }
  get entityZero(): InternalEntity | null {
    return this.entities.map((e) => e.entityZero).find((e) => e !== null) ?? null;
  }
  get mapper(): Mapper | null {
    return this.entityZero?.mapper ?? null;
  }
  get entityZeroOrSelectable(): InternalEntity | FromClause | null {
    return this.entities.map((e) => e.entityZeroOrSelectable).find((e) => e !== null) ?? null;
  }

  setupCompileState(state: ORMCompileState): void {
    for (const e of this.entities) e.setupCompileState(state);
  }

  rowProcessor(context: QueryContext, result: Result): EntityProcessor {
    const parts = this.entities.map((e) => e.rowProcessor(context, result));
    const read = this.bundle.createRowProcessor(
      context.query,
      parts.map(([p]) => p),
      parts.map(([, label]) => label),
    );
    return [read, this._labelName, this._extraEntities];
  }
}

/** A column, or any other expression. */
abstract class ColumnEntity extends QueryEntity {
  readonly column: ColumnElement;
  readonly supportsSingleEntity = false;
  abstract override readonly _extraEntities: readonly unknown[];
  protected readonly rawColumnIndex: number | null;
  protected abstract readonly translateRawColumn: boolean;
  protected fetchColumn: ColumnElement | null = null;
  private processor: EntityProcessor | null = null;

  constructor(column: ColumnElement, index: number | null) {
    super();
    this.column = column;
    this.rawColumnIndex = index;
  }

  get type(): Value {
    return this.column.type;
  }
  override get _nonHashableValue(): boolean {
    return !this.column.type.hashable;
  }
  override get _nullColumnType(): boolean {
    return this.column.type.isNullType;
  }

  rowProcessor(context: QueryContext, result: Result): EntityProcessor {
    if (!this.processor) {
      const state = context.compileState;
      let column = this.fetchColumn;
      if (!column) {
        column = this.column;
        if (state._fromObjAlias) column = state._fromObjAlias.columns.get(column) as ColumnElement;
        if (column._annotations.size) column = column._deannotate();
      }
      if (state.compoundEagerAdapter)
        column = state.compoundEagerAdapter.columns.get(column) as ColumnElement;
      this.processor = [result._getter(column) as RowGetter, this._labelName, this._extraEntities];
    }
    if (!this.translateRawColumn) return this.processor;
    const [read, label, extra] = this.processor;
    // A statement from the cache has other objects in the place of the program's.
    return [read, label, [...extra, context.query._rawColumns[this.rawColumnIndex as number]]];
  }
}

class RawColumnEntity extends ColumnEntity {
  readonly expr: ColumnElement;
  readonly mapper = null;
  readonly entityZero = null;
  readonly entityZeroOrSelectable: FromClause | null;
  readonly _labelName: string | null;
  readonly _extraEntities: readonly unknown[];
  protected readonly translateRawColumn: boolean;

  constructor({ state, current, inBundle }: Place, column: ColumnElement, index: number | null) {
    super(column, index);
    this.expr = column;
    this.translateRawColumn = index !== null;
    if (column._isStar) state.compileOptions = state.compileOptions.plus({ _isStar: true });
    if (!current || column._isTextClause) this._labelName = null;
    else this._labelName = inBundle ? column._proxyKey : state._labelConvention(column);
    this.entityZeroOrSelectable = column._fromObjects[0] ?? null;
    this._extraEntities = [column];
  }

  setupCompileState(state: ORMCompileState): void {
    const adapt = state._getCurrentAdapter();
    let column = adapt ? (adapt(this.column, false) as ColumnElement | null) : this.column;
    if (column === null) return;
    if (column._annotations.size) column = column._deannotate();
    state.dedupeColumns.add(column);
    state.primaryColumns.push(column);
    this.fetchColumn = column;
  }
}

class ORMColumnEntity extends ColumnEntity {
  readonly expr: Value;
  readonly mapper: Mapper;
  readonly entityZero: InternalEntity;
  readonly _labelName: string | null;
  readonly _extraEntities: readonly unknown[];
  protected readonly translateRawColumn: boolean;

  constructor(
    { state, current, inBundle }: Place,
    column: ColumnElement,
    entity: InternalEntity,
    index: number | null,
  ) {
    super(column, index);
    const key = (column._annotations.get("proxy_key") as string | undefined) ?? null;
    const owner = (column._annotations.get("proxy_owner") as InternalEntity | undefined) ?? entity;
    this.expr = key ? entityAttribute(owner.entity, key) : column;
    this.translateRawColumn = !key && index !== null;
    if (!current) this._labelName = null;
    else this._labelName = inBundle ? key || column._proxyKey : state._labelConvention(column, key);
    postInspect(entity);
    this.entityZero = entity;
    this.mapper = entity.mapper;
    state._hasOrmEntities = true;
    this._extraEntities = [this.expr, column];
    if (this.mapper._shouldSelectWithPolyAdapter)
      state._createWithPolymorphicAdapter(entity, entity.selectable);
  }

  get entityZeroOrSelectable(): InternalEntity {
    return this.entityZero;
  }

  override correspondsTo(entity: InternalEntity): boolean {
    if (entity.isAliasedClass) return entity === this.entityZero;
    return !this.entityZero.isAliasedClass && entity.commonParent(this.entityZero);
  }

  override setupDmlReturningCompileState(state: ORMCompileState, adapter: ReturningFilter | null): void {
    this.fetchColumn = this.column;
    const column = adapter ? adapter.filter(this.column) : this.column;
    if (column === null) return;
    state.dedupeColumns.add(column);
    state.primaryColumns.push(column);
  }

  setupCompileState(state: ORMCompileState): void {
    const adapt = state._getCurrentAdapter();
    let column = adapt ? (adapt(this.column, false) as ColumnElement | null) : this.column;
    if (column === null) {
      this.fetchColumn = this.column;
      return;
    }
    noteExtraCriteria(state, this.mapper, this.entityZero);
    if (column._annotations.size && !column._expressionLabel) column = column._deannotate();
    const froms = new ElementSet<FromClause>(this.column._fromObjects);
    if (froms.intersects(this.entityZero.selectable._fromObjects))
      state._fallbackFromClauses.push(this.entityZero.selectable);
    state.dedupeColumns.add(column);
    state.primaryColumns.push(column);
    this.fetchColumn = column;
  }
}

/** The session's token for the identity of what is loaded: no column at all. */
class IdentityTokenEntity extends ORMColumnEntity {
  override setupCompileState(_state: ORMCompileState): void {}

  override rowProcessor(context: QueryContext, _result: Result): EntityProcessor {
    return [() => context.loadOptions._identityToken, this._labelName, this._extraEntities];
  }
}
