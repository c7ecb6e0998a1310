// with_loader_criteria(): a condition wherever an entity appears in a statement, loads on its behalf included.
// Behaviour: SQLAlchemy orm/util.py (LoaderCriteriaOption).
import { deepAnnotate } from "../../sql/annotation.ts";
import type { CacheKeyBuilder } from "../../sql/cache-key.ts";
import { expect } from "../../sql/coercions.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import { callTracked, TrackedParameter } from "../../sql/lambdas.ts";
import * as roles from "../../sql/roles.ts";
import { replacementTraverse, traverse, type Traversible } from "../../sql/visitable.ts";
import { host, type Value } from "../../util/host.ts";
import { face, type ClassRef } from "../face.ts";
import { inspect } from "../inspection.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { CriteriaOption } from "../options/orm-option.ts";
import type { InternalEntity } from "./entity.ts";
import type { GlobalAttributes } from "./global-attributes.ts";

interface CriteriaState {
  readonly globalAttributes: GlobalAttributes;
  readonly selectStatement: { readonly _annotations: ReadonlyMap<string, unknown> };
}

export class LoaderCriteriaOption extends CriteriaOption {
  static override readonly visitName: string = "loader_criteria_option";
  static readonly pyModule: string = "sqlalchemy.orm.util";
  /** A class that is not mapped, for those mapped below it. */
  readonly rootEntity: ClassRef | null;
  readonly entity: InternalEntity | null;
  readonly includeAliases: boolean;
  /** A function from the entity to the condition. */
  private readonly deferred: Value;
  private readonly tracks: boolean;
  private readonly whereCriteria: ColumnElement | null;
  /** What the function gave, by entity: the parameters of the statement's key, of which those in its text are copies. */
  private readonly given = new Map<InternalEntity, ColumnElement>();
  private readonly variables = new Map<string, BindParameter>();

  constructor(
    entityOrBase: Value,
    whereCriteria: Value,
    _loaderOnly = false,
    includeAliases = false,
    propagateToLoaders = true,
    trackClosureVariables = true,
  ) {
    super();
    this.tracks = trackClosureVariables;
    const entity = inspect(entityOrBase, { raiseerr: false }) as InternalEntity | undefined;
    this.entity = entity ?? null;
    this.rootEntity = entity ? null : (entityOrBase as ClassRef);
    const isElement =
      typeof whereCriteria === "object" &&
      whereCriteria !== null &&
      typeof (whereCriteria as { clauseElement?: unknown }).clauseElement === "function";
    if (!isElement && host.isCallable(whereCriteria)) {
      this.deferred = whereCriteria;
      this.whereCriteria = null;
    } else {
      this.deferred = null;
      this.whereCriteria = expect(roles.WhereHavingRole, whereCriteria);
    }
    this.includeAliases = includeAliases;
    this.propagateToLoaders = propagateToLoaders;
  }

  private *allMappers(): Iterable<Mapper> {
    if (this.entity) {
      yield* this.entity.mapper.selfAndDescendants;
      return;
    }
    const queue = [...face().subclasses(this.rootEntity as ClassRef)];
    for (let cls = queue.shift(); cls; cls = queue.shift()) {
      const ent = inspect(cls, { raiseerr: false }) as InternalEntity | undefined;
      if (ent) yield* ent.mapper.selfAndDescendants;
      else queue.push(...face().subclasses(cls));
    }
  }

  /** False inside the criterion itself. */
  _shouldInclude(state: CriteriaState): boolean {
    return state.selectStatement._annotations.get("for_loader_criteria") !== this;
  }

  /** The condition for an entity. Each use of what a function gave has parameters of its own, but for the function's variables. */
  _resolveWhereCriteria(entity: InternalEntity): ColumnElement {
    const crit = this.whereCriteria ?? this.withOwnParameters(this.givenFor(entity));
    return deepAnnotate(crit as never, new Map<string, unknown>([["for_loader_criteria", this]]), null, {
      detectSubqueryCols: true,
      indColsOnFromclause: true,
    }) as ColumnElement;
  }

  /** What the function gives for an entity. The parameters of an alias's condition are those of its mapper's, which are in the key. */
  private givenFor(entity: InternalEntity): ColumnElement {
    const known = this.given.get(entity);
    if (known) return known;
    let made = expect(roles.WhereHavingRole, this.call([entity.entity])) as ColumnElement;
    const own = parametersOf(made);
    const mapper = entity.mapper as unknown as InternalEntity;
    if (entity === mapper)
      made = replaceParameters(
        made,
        own,
        own.map((b) => this.sharedOf(b)),
      );
    else {
      const twins = parametersOf(this.givenFor(mapper));
      if (own.length === twins.length) made = replaceParameters(made, own, twins);
    }
    this.given.set(entity, made);
    return made;
  }

  /** A variable of the function is one parameter wherever it is used. */
  private sharedOf(b: BindParameter): BindParameter {
    if (!(b instanceof TrackedParameter)) return b;
    const known = this.variables.get(b._origKey);
    if (known && host.same(known.value, b.value)) return known;
    this.variables.set(b._origKey, b);
    return b;
  }

  private withOwnParameters(made: ColumnElement): ColumnElement {
    const own = parametersOf(made);
    return replaceParameters(
      made,
      own,
      own.map((b) => (b instanceof TrackedParameter ? b : b._clone())),
    );
  }

  private call(args: readonly Value[]): Value {
    return this.tracks ? callTracked(this.deferred, args) : host.call(this.deferred, args);
  }

  processCompileState(state: unknown): void {
    this.getGlobalCriteria((state as CriteriaState).globalAttributes as never);
  }

  override processCompileStateReplacedEntities(state: unknown): void {
    this.processCompileState(state);
  }

  override getGlobalCriteria(attributes: never): void {
    for (const m of this.allMappers()) (attributes as GlobalAttributes).addCriteria(m, this);
  }

  _genCacheKey(b: CacheKeyBuilder): void {
    if (!b.enter(this)) return;
    b.word("criteria(");
    if (this.rootEntity) b.identity(this.rootEntity);
    b.multi(this.entity);
    if (this.whereCriteria) this.whereCriteria._genCacheKey(b);
    else for (const m of this.allMappers()) this.givenFor(m)._genCacheKey(b);
    b.plain(this.includeAliases);
    b.plain(this.propagateToLoaders);
    b.word(")");
  }
}

function replaceParameters(
  clause: ColumnElement,
  old: readonly BindParameter[],
  fresh: readonly BindParameter[],
): ColumnElement {
  if (old.length === 0) return clause;
  const twin = new Map<unknown, BindParameter>(old.map((b, i) => [b, fresh[i]!]));
  return replacementTraverse(
    clause as unknown as Traversible,
    {},
    (e) => twin.get(e) as unknown as Traversible | undefined,
  ) as unknown as ColumnElement;
}

function parametersOf(clause: ColumnElement): BindParameter[] {
  const found: BindParameter[] = [];
  traverse(clause as unknown as Traversible, {}, { bindparam: (b: BindParameter) => found.push(b) });
  return found;
}

/** `with_loader_criteria(entity_or_base, where_criteria, loader_only=False, include_aliases=False, …)` */
export function withLoaderCriteria(
  entityOrBase: Value,
  whereCriteria: Value,
  loaderOnly = false,
  includeAliases = false,
  propagateToLoaders = true,
  trackClosureVariables = true,
): LoaderCriteriaOption {
  return new LoaderCriteriaOption(
    entityOrBase,
    whereCriteria,
    loaderOnly,
    includeAliases,
    propagateToLoaders,
    trackClosureVariables,
  );
}
