// Where in a tree of loads something is: (User mapper, User.orders, Order mapper, Order.items …).
//
// Options say what holds at a path, loaders ask what holds at theirs: `path.set(attributes, key, value)` and `get` use the
// *natural* path, in which aliases and subclasses stand for what an option would have named. Paths from a mapper are kept on it.
// Behaviour: SQLAlchemy orm/path_registry.py.
import { ArgumentError } from "../errors/index.ts";
import { tokenOf, type CacheKeyBuilder, type HasCacheKey } from "../sql/cache-key.ts";
import { host } from "../util/host.ts";

export const WILDCARD_TOKEN = "*";
export const DEFAULT_TOKEN = "_sa_default";
export const RELATIONSHIP_TOKEN = "relationship";
export const COLUMN_TOKEN = "column";

const TOKENS: ReadonlySet<string> = new Set(
  [RELATIONSHIP_TOKEN, COLUMN_TOKEN].flatMap((k) => [`${k}:${WILDCARD_TOKEN}`, `${k}:${DEFAULT_TOKEN}`]),
);

/** A mapper or an alias, as far as a path asks. */
export interface PathEntity extends HasCacheKey {
  readonly isMapper?: boolean;
  readonly isAliasedClass?: boolean;
  readonly entity: unknown;
  readonly mapper: PathMapper;
  readonly _pathRegistry: AbstractEntityRegistry;
  readonly _useMapperPath?: boolean;
  readonly withPolymorphicMappers?: readonly unknown[];
  readonly _isWithPolymorphic?: boolean;
  readonly _withPolymorphicEntities?: readonly PathEntity[];
  _entityForMapper?(mapper: unknown): PathEntity;
  toString(): string;
}

export interface PathMapper extends PathEntity {
  readonly inherits: unknown;
  isa(other: unknown): boolean;
  iterateToRoot(): Iterable<PathMapper>;
}

/** A property, as far as a path asks. */
export interface PathProperty extends HasCacheKey {
  readonly key: string;
  readonly parent: PathMapper;
  readonly isProperty: true;
  readonly _isRelationship: boolean;
  readonly _linksToEntity: boolean;
  readonly _wildcardToken: string;
  readonly _defaultPathLoaderKey: string;
  readonly entity?: PathEntity;
  readonly mapper?: PathMapper;
  toString(): string;
}

export type PathElement = PathEntity | PathProperty | string;
export type Path = readonly PathElement[];

/** What options leave for a query: values by key and path (attributeKey), and by plain words. */
export type PathAttributes = Map<string, unknown>;

function textOf(path: Path): string {
  return path.map((e) => (typeof e === "string" ? e : `#${tokenOf(e)}`)).join(" ");
}

/** Key under which a value of this kind at this natural path is kept. */
export function attributeKey(key: string, naturalPath: Path): string {
  return `${key} ${textOf(naturalPath)}`;
}

export abstract class PathRegistry implements HasCacheKey {
  static root: RootRegistry;
  readonly isToken: boolean = false;
  readonly isRoot: boolean = false;
  readonly hasEntity: boolean = false;
  readonly isProperty: boolean = false;
  readonly isEntity: boolean = false;
  readonly isAliasedClass: boolean = false;
  abstract readonly isUnnatural: boolean;
  abstract readonly path: Path;
  abstract readonly naturalPath: Path;
  abstract readonly parent: PathRegistry | null;
  private textMemo: string | undefined;
  private naturalMemo: string | undefined;

  /** The path one element on. */
  abstract at(element: PathElement): PathRegistry;
  abstract _truncateRecursive(): PathRegistry;

  private get naturalText(): string {
    return (this.naturalMemo ??= textOf(this.naturalPath));
  }

  /** The path as text: equal paths have equal texts. */
  get text(): string {
    return (this.textMemo ??= textOf(this.path));
  }

  /** The key of a value at this path. */
  keyFor(key: string): string {
    return `${key} ${this.naturalText}`;
  }

  set(attributes: PathAttributes, key: string, value: unknown): void {
    attributes.set(this.keyFor(key), value);
  }

  setdefault(attributes: PathAttributes, key: string, value: unknown): void {
    const k = this.keyFor(key);
    if (!attributes.has(k)) attributes.set(k, value);
  }

  get<T = unknown>(attributes: PathAttributes, key: string, otherwise?: T): T | undefined {
    const v = attributes.get(this.keyFor(key));
    return v === undefined ? otherwise : (v as T);
  }

  contains(attributes: PathAttributes, key: string): boolean {
    return attributes.has(`${key} ${this.text}`);
  }

  get length(): number {
    return this.path.length;
  }

  equals(other: PathRegistry | null): boolean {
    return other !== null && other.text === this.text;
  }

  /** Entity and property, pair by pair. */
  *pairs(): Iterable<readonly [PathEntity, PathProperty | string]> {
    for (let i = 0; i + 1 < this.path.length; i += 2)
      yield [this.path[i] as PathEntity, this.path[i + 1] as PathProperty | string];
  }

  oddElement(index: number): PathEntity {
    return this.path[index] as PathEntity;
  }

  containsMapper(mapper: PathMapper): boolean {
    for (let i = 0; i < this.path.length; i += 2)
      if ((this.path[i] as PathEntity).mapper.isa(mapper)) return true;
    return false;
  }

  static perMapper(entity: PathEntity): AbstractEntityRegistry {
    return entity.isMapper
      ? new CachingEntityRegistry(PathRegistry.root, entity)
      : new SlotsEntityRegistry(PathRegistry.root, entity);
  }

  static coerce(raw: Path): PathRegistry {
    return raw.reduce<PathRegistry>((at, e) => at.at(e), PathRegistry.root);
  }

  /** This path with another's elements after it. */
  plus(other: PathRegistry): PathRegistry {
    return other.path.reduce<PathRegistry>((at, e) => at.at(e), this);
  }

  _genCacheKey(builder: CacheKeyBuilder): void {
    builder.word("path[");
    for (const e of this.path) {
      if (typeof e === "string") builder.string(e);
      else e._genCacheKey(builder);
    }
    builder.word("]");
  }

  toString(): string {
    return `ORM Path[${this.path.map(String).join(" -> ")}]`;
  }
}

abstract class CreatesToken extends PathRegistry {
  /** The path to a wildcard: `*` below here, a default anywhere. */
  token(token: string): TokenRegistry {
    if (!TOKENS.has(token)) throw new ArgumentError(`invalid token: ${token}`);
    return token.endsWith(`:${WILDCARD_TOKEN}`)
      ? new TokenRegistry(this, token)
      : new TokenRegistry(PathRegistry.root, token);
  }
}

class RootRegistry extends CreatesToken {
  override readonly isRoot = true;
  readonly isUnnatural = false;
  readonly path: Path = [];
  readonly naturalPath: Path = [];
  readonly parent = null;

  at(element: PathElement): PathRegistry {
    if (typeof element === "string") {
      if (TOKENS.has(element)) return new TokenRegistry(this, element);
    } else if ((element as PathEntity)._pathRegistry) return (element as PathEntity)._pathRegistry;
    throw host.error("IndexError", `invalid argument for RootRegistry.__getitem__: ${String(element)}`);
  }

  _truncateRecursive(): PathRegistry {
    return this;
  }
}

export class TokenRegistry extends PathRegistry {
  override readonly isToken = true;
  readonly isUnnatural = false;
  readonly token: string;
  readonly parent: PathRegistry;
  readonly path: Path;
  readonly naturalPath: Path;

  constructor(parent: PathRegistry, token: string) {
    super();
    this.token = token;
    this.parent = parent;
    this.path = [...parent.path, token];
    this.naturalPath = [...parent.naturalPath, token];
  }

  /** The same token below each superclass, so that an option on a base reaches what inherits. */
  *generateForSuperclasses(): Iterable<TokenRegistry> {
    const parent = this.parent;
    if (!(parent instanceof AbstractEntityRegistry)) {
      yield this;
    } else if (!parent.isAliasedClass) {
      for (const m of parent.mapper.iterateToRoot()) yield new TokenRegistry(parent.parent.at(m), this.token);
    } else {
      yield this;
      if (parent.entity._isWithPolymorphic)
        for (const e of parent.entity._withPolymorphicEntities ?? [])
          yield new TokenRegistry(parent.parent.at(e), this.token);
    }
  }

  *_generateNaturalForSuperclasses(): Iterable<Path> {
    const parent = this.parent;
    if (!(parent instanceof AbstractEntityRegistry)) {
      yield this.naturalPath;
      return;
    }
    for (const m of parent.mapper.iterateToRoot())
      yield new TokenRegistry(parent.parent.at(m), this.token).naturalPath;
    yield this.naturalPath;
    if (parent.isAliasedClass && parent.entity._isWithPolymorphic) {
      for (const e of parent.entity._withPolymorphicEntities ?? [])
        yield new TokenRegistry(parent.parent.at(e), this.token).naturalPath;
    }
  }

  at(element: PathElement): PathRegistry {
    throw host.error("IndexError", String(element));
  }

  _truncateRecursive(): PathRegistry {
    return this;
  }
}

export class PropRegistry extends PathRegistry {
  override readonly isProperty = true;
  override readonly hasEntity: boolean;
  readonly isUnnatural: boolean;
  readonly prop: PathProperty;
  readonly parent: AbstractEntityRegistry;
  readonly path: Path;
  readonly naturalPath: Path;
  readonly entity: PathEntity | null;
  readonly mapper: PathMapper | null;
  /** Keys under which an option for this property, for all of its kind here, or for all of its kind, is kept. */
  readonly _loaderKey: string;
  readonly _wildcardPathLoaderKey: string;
  readonly _defaultPathLoaderKey: string;

  constructor(parent: AbstractEntityRegistry, prop: PathProperty) {
    super();
    const insp = parent.entity;
    let natural: PathRegistry = parent;
    let at = parent;
    let unnatural = parent.parent.isUnnatural || Boolean(parent.mapper.inherits);
    if (!insp.isAliasedClass || insp._useMapperPath) {
      at = natural = parent.parent.at(prop.parent) as AbstractEntityRegistry;
    } else if (insp.withPolymorphicMappers?.includes(prop.parent)) {
      const sub = insp._entityForMapper!(prop.parent);
      at = parent.parent.at(sub) as AbstractEntityRegistry;
      if (!at.parent.isRoot) {
        natural = at.parent.at(sub.mapper);
        unnatural = true;
      } else natural = at;
    } else if (!parent.parent.isRoot && prop.parent !== insp.mapper && insp.mapper.isa(prop.parent)) {
      natural = parent.parent.at(prop.parent);
    }
    this.isUnnatural = unnatural;
    this.prop = prop;
    this.parent = at;
    this.path = [...at.path, prop];
    this.naturalPath = [...natural.naturalPath, prop];
    this.hasEntity = prop._linksToEntity;
    this.entity = prop._isRelationship ? prop.entity! : null;
    this.mapper = prop._isRelationship ? prop.mapper! : null;
    this._wildcardPathLoaderKey = attributeKey("loader", [...at.naturalPath, prop._wildcardToken]);
    this._defaultPathLoaderKey = prop._defaultPathLoaderKey;
    this._loaderKey = this.keyFor("loader");
  }

  /** Cut back to the first time this property was passed: a load that goes round in circles. */
  _truncateRecursive(): PathRegistry {
    const before = this.path.slice(0, -1);
    const earliest = before.indexOf(this.prop);
    return earliest < 0 ? this : PathRegistry.coerce(this.path.slice(0, earliest + 1));
  }

  get entityPath(): AbstractEntityRegistry {
    return this.at(this.entity!);
  }

  at(element: PathElement): AbstractEntityRegistry {
    return new SlotsEntityRegistry(this, element as PathEntity);
  }
}

export abstract class AbstractEntityRegistry extends CreatesToken {
  override readonly hasEntity = true;
  override readonly isEntity = true;
  override readonly isAliasedClass: boolean;
  readonly parent: PathRegistry;
  readonly entity: PathEntity;
  readonly key: PathEntity;
  readonly path: Path;
  readonly naturalPath: Path;

  constructor(parent: PathRegistry, entity: PathEntity) {
    super();
    this.key = entity;
    this.parent = parent;
    this.entity = entity;
    this.isAliasedClass = entity.isAliasedClass === true;
    this.path = [...parent.path, entity];
    this.naturalPath = this.path;
    if (parent.path.length > 0 && (this.isAliasedClass || parent.isUnnatural)) {
      const last = parent.naturalPath.at(-1) as PathProperty;
      const target = last.mapper!;
      this.naturalPath = [
        ...parent.naturalPath,
        entity.mapper.isa(target) || target.isa(entity.mapper) ? entity.mapper : last.entity!,
      ];
    }
  }

  get isUnnatural(): boolean {
    return this.parent.isUnnatural;
  }

  get rootEntity(): PathEntity {
    return this.oddElement(0);
  }

  get entityPath(): AbstractEntityRegistry {
    return this;
  }

  get mapper(): PathMapper {
    return this.entity.mapper;
  }

  _truncateRecursive(): PathRegistry {
    return this.parent._truncateRecursive().at(this.entity);
  }

  at(element: PathElement): PropRegistry | TokenRegistry {
    if (typeof element === "string") return new TokenRegistry(this, element);
    return new PropRegistry(this, element as PathProperty);
  }
}

class SlotsEntityRegistry extends AbstractEntityRegistry {}

/** A mapper's own path, which keeps the paths of its properties. */
export class CachingEntityRegistry extends AbstractEntityRegistry {
  private readonly props = new Map<PathProperty, PropRegistry>();

  override at(element: PathElement): PropRegistry | TokenRegistry {
    if (typeof element === "string") return new TokenRegistry(this, element);
    const prop = element as PathProperty;
    let p = this.props.get(prop);
    if (!p) this.props.set(prop, (p = new PropRegistry(this, prop)));
    return p;
  }

  /** Forget a property that was replaced. */
  forget(prop: PathProperty): void {
    this.props.delete(prop);
  }
}

PathRegistry.root = new RootRegistry();
