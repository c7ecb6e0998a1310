// Loads to be made after the rows of a statement have become objects: selectin, immediate, selectin polymorphic.
// Behaviour: SQLAlchemy orm/loading.py (PostLoad).
import type { InternalEntity } from "../query/entity.ts";
import type { QueryContext } from "../query/context.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { PathRegistry } from "../path-registry.ts";
import type { InstanceState } from "../state/state.ts";

/** An object that was met, and whether what it has already is to be replaced. */
export type LoadedState = readonly [state: InstanceState, overwrite: boolean];

export type PostLoader = (
  context: QueryContext,
  path: PathRegistry,
  states: readonly LoadedState[],
  loadKeys: ReadonlySet<string> | null,
) => void;

interface Registered {
  readonly context: QueryContext;
  readonly limitToMapper: Mapper;
  readonly loader: PostLoader;
}

export class PostLoad {
  readonly path: PathRegistry;
  readonly loaders = new Map<object, Registered>();
  readonly states = new Map<InstanceState, boolean>();
  loadKeys: ReadonlySet<string> | null = null;

  constructor(path: PathRegistry) {
    this.path = path;
  }

  addState(state: InstanceState, overwrite: boolean): void {
    this.states.set(state, overwrite);
  }

  invoke(): void {
    if (!this.states.size) return;
    for (const { context, limitToMapper, loader } of [...this.loaders.values()]) {
      const states = [...this.states].filter(([s]) =>
        (s.manager.mapper as unknown as Mapper).isa(limitToMapper),
      );
      if (states.length) loader(context, this.path, states, this.loadKeys);
    }
    this.states.clear();
  }

  static forContext(
    context: QueryContext,
    path: PathRegistry,
    onlyLoadProps: ReadonlySet<string> | null,
  ): PostLoad | null {
    const found = context.postLoadPaths.get(path.text) ?? null;
    if (found && onlyLoadProps?.size) found.loadKeys = onlyLoadProps;
    return found;
  }

  static pathExists(context: QueryContext, path: PathRegistry, token: object): boolean {
    return context.postLoadPaths.get(path.text)?.loaders.has(token) ?? false;
  }

  static callableForPath(
    context: QueryContext,
    path: PathRegistry,
    limitToMapper: Mapper,
    token: object | InternalEntity,
    loader: PostLoader,
  ): void {
    let at = context.postLoadPaths.get(path.text);
    if (!at) context.postLoadPaths.set(path.text, (at = new PostLoad(path)));
    at.loaders.set(token, { context, limitToMapper, loader });
  }
}
