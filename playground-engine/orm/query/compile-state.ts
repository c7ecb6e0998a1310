// What an ORM statement becomes before Core compiles it: the ground that SELECT and from_statement() share.
//
// Entities and loader options of the statement are worked out here; strategies add columns and joins to it. It is kept with the
// compiled statement, so nothing in it belongs to one execution. Behaviour: SQLAlchemy orm/context.py (ORMCompileState).
import type { SQLCompiler } from "../../compiler/index.ts";
import type { ColumnAdapter } from "../../sql/adapt.ts";
import type { ExecutableOption } from "../../sql/base.ts";
import type { CompileState, ExecutionOptions } from "../../sql/base.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { isFromClause, type FromClause } from "../../sql/selectable/from-clause.ts";
import { columnNamingConvention } from "../../sql/selectable/columns-plus-names.ts";
import type { SelectLabelStyle } from "../../sql/selectable/label-style.ts";
import { replacementTraverse, type Traversible } from "../../sql/visitable.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { PathAttributes, PathRegistry } from "../path-registry.ts";
import { PathRegistry as Paths } from "../path-registry.ts";
import type { ORMOption } from "../options/orm-option.ts";
import { ORMAdapter } from "./adapter.ts";
import type { ORMCompileOptions } from "./load-options.ts";
import type { InternalEntity } from "./entity.ts";
import { GlobalAttributes, globalAttributesOf } from "./global-attributes.ts";
import type { QueryEntity } from "./entities.ts";

/** A SELECT or FromStatement, as executions of the ORM see it. */
export interface ORMStatement extends ClauseElement {
  readonly _withOptions: readonly ExecutableOption[];
  readonly _withContextOptions: readonly (readonly [(state: never) => void, unknown])[];
  readonly _executionOptions: ExecutionOptions;
  readonly _compileOptions: unknown;
  readonly _rawColumns: readonly ColumnElement[];
}

/** Adapts an element: `asFilter` for criteria, else for the columns clause. */
export type ClauseAdapt = <E>(clause: E, asFilter: boolean) => E;

/** Labels of columns: the attribute's name under the legacy convention. */
export type LabelConvention = (col: ColumnElement, name?: string | null) => string | null;

export function labelConvention(style: SelectLabelStyle, legacy: boolean): LabelConvention {
  if (legacy) return (col, name) => name || ((col as { readonly key?: string | null }).key ?? null);
  const convention = columnNamingConvention(style);
  return (col) => convention(col);
}

/** Adapters by mapper or table; an annotated table is the table. */
class AdapterMap {
  private readonly adapters = new Map<unknown, ColumnAdapter>();

  private keyOf(v: unknown): unknown {
    return isFromClause(v) ? v.hash : v;
  }
  get(key: unknown): ColumnAdapter | undefined {
    return this.adapters.get(this.keyOf(key));
  }
  has(key: unknown): boolean {
    return this.adapters.has(this.keyOf(key));
  }
  set(key: unknown, adapter: ColumnAdapter): void {
    this.adapters.set(this.keyOf(key), adapter);
  }
  get size(): number {
    return this.adapters.size;
  }
}

/** A program's own option need not do anything. */
type CompileStateOption = ORMOption & { processCompileState?(state: unknown): void };

export abstract class ORMCompileState {
  statement: ClauseElement | null = null;
  selectStatement!: ORMStatement;
  compileOptions!: ORMCompileOptions;
  currentPath: PathRegistry = Paths.root;
  /** What options left at paths. */
  attributes: PathAttributes = new Map();
  globalAttributes = new GlobalAttributes();
  readonly _entities: QueryEntity[] = [];
  _primaryEntity: QueryEntity | null = null;
  _hasMapperEntities = false;
  _hasOrmEntities = false;
  useLegacyQueryStyle = false;
  _labelConvention!: LabelConvention;

  primaryColumns: (ColumnElement | null)[] = [];
  secondaryColumns: (ColumnElement | null)[] = [];
  dedupeColumns = new ElementSet<ColumnElement>();
  /** Joins of eager loading to be made when all entities are set up. */
  createEagerJoins: (() => void)[] = [];
  eagerOrderBy: ColumnElement[] = [];
  _fallbackFromClauses: FromClause[] = [];
  fromClauses: FromClause[] = [];
  /** Joins of eager loading by the place in FROM, or the entity, they start from. */
  eagerJoins = new Map<number | QueryEntity, FromClause>();
  /** Entities that get criteria of their own, each with its adapter. */
  extraCriteriaEntities = new Map<InternalEntity, ColumnAdapter | null>();
  _fromObjAlias: ColumnAdapter | null = null;
  compoundEagerAdapter: ColumnAdapter | null = null;
  multiRowEagerLoaders = false;
  eagerAddingJoins = false;
  isDmlReturning = false;
  readonly _polymorphicAdapters = new AdapterMap();

  abstract readonly isSelectState: boolean;
  abstract get _shouldNestSelectable(): boolean;

  get orm(): this {
    return this;
  }

  protected initGlobalAttributes(
    statement: ORMStatement,
    compiler: SQLCompiler | null,
    toplevel: boolean,
    processCriteria: boolean,
  ): void {
    initGlobalAttributes(this as never, statement, compiler, toplevel, processCriteria);
  }

  _appendDedupeColCollection(col: ColumnElement | null, collection: (ColumnElement | null)[]): void {
    if (col === null) {
      if (!collection.includes(null)) collection.push(null);
      return;
    }
    if (this.dedupeColumns.has(col)) return;
    this.dedupeColumns.add(col);
    collection.push(col);
  }

  _adaptColList<E>(cols: readonly E[], adapter: ClauseAdapt | null): readonly E[] {
    return adapter ? cols.map((c) => adapter(c, true)) : cols;
  }

  /** Puts elements of entities that are selected in another form into that form; null where there are none. */
  _getCurrentAdapter(): ClauseAdapt | null {
    const fromAlias = this._fromObjAlias;
    const poly = this._polymorphicAdapters.size > 0;
    if (!fromAlias && !poly) return null;
    const replace = (element: Traversible): Traversible | null => {
      if (fromAlias) {
        const found = fromAlias.replace(element);
        if (found !== null) return found;
      }
      const ofOrm = element._annotations.has("_orm_adapt") || element._annotations.has("parententity");
      return poly && ofOrm ? this.adaptPolymorphicElement(element) : null;
    };
    return <E>(clause: E): E => replacementTraverse(clause as Traversible, {}, replace) as E;
  }

  private adaptPolymorphicElement(element: Traversible): Traversible | null {
    const entity = element._annotations.get("parententity");
    const byEntity = entity === undefined ? undefined : this._polymorphicAdapters.get(entity);
    if (byEntity) return byEntity.adaptClause(element as never);
    const search = isFromClause(element)
      ? element
      : (element as { readonly table?: FromClause | null }).table;
    if (!search) return null;
    const alias = this._polymorphicAdapters.get(search);
    return alias ? (alias.adaptClause(element as never) as Traversible | null) : null;
  }

  get _leadMapperEntities(): readonly QueryEntity[] {
    return this._entities.filter((e) => e.isMapperEntity);
  }

  _createWithPolymorphicAdapter(entity: InternalEntity, selectable: FromClause): void {
    if (entity.isAliasedClass || this._polymorphicAdapters.has(entity.mapper.persistSelectable)) return;
    for (const m of entity.mapper.iterateToRoot())
      this._mapperLoadsPolymorphicallyWith(
        m,
        new ORMAdapter(m, { equivalents: m._equivalentColumns, selectable }),
      );
  }

  _mapperLoadsPolymorphicallyWith(mapper: Mapper, adapter: ColumnAdapter): void {
    const mappers = mapper._withPolymorphicMappers.length ? mapper._withPolymorphicMappers : [mapper];
    for (const m2 of mappers) {
      this._polymorphicAdapters.set(m2, adapter);
      for (const m of m2.iterateToRoot()) this._polymorphicAdapters.set(m.localTable, adapter);
    }
  }

  /** Runs the options that leave something at paths, and functions added by loaders. */
  protected processOptions(): void {
    for (const opt of this.selectStatement._withOptions as readonly CompileStateOption[])
      if (opt._isCompileState) opt.processCompileState?.(this);
  }

  protected processContextOptions(statement: ORMStatement): void {
    for (const [fn] of statement._withContextOptions) fn(this as never);
  }
}

interface HasGlobalAttributes {
  globalAttributes: GlobalAttributes;
}

/** Criteria that hold for the whole statement: those of the outermost one's options. */
export function initGlobalAttributes(
  state: HasGlobalAttributes,
  statement: { readonly _withOptions: readonly ExecutableOption[] },
  compiler: SQLCompiler | null,
  toplevel: boolean,
  processCriteria: boolean,
): void {
  if (!compiler) return;
  const ga = (state.globalAttributes = globalAttributesOf(compiler));
  const process = (options: readonly ExecutableOption[]): void => {
    for (const opt of options as readonly ORMOption[])
      if (opt._isCompileState && opt._isCriteriaOption)
        (opt as never as { processCompileState(s: unknown): void }).processCompileState(state);
  };
  if (toplevel) {
    ga.toplevelOrm = true;
    if (processCriteria) process(statement._withOptions);
    return;
  }
  if (ga.toplevelOrm) return;
  const top = compiler.stack[0]?.selectable as
    { readonly _withOptions?: readonly ExecutableOption[] } | null | undefined;
  if (top?._withOptions) process(top._withOptions);
  ga.toplevelOrm = true;
}

/** The ORM's part of what a compiled statement was made from. */
export function ormStateOf(state: CompileState | null): ORMCompileState | null {
  return (state as { readonly orm?: ORMCompileState } | null)?.orm ?? null;
}
