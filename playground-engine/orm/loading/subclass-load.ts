// What subclasses add is loaded by a SELECT of its own for the objects that were met (polymorphic_load="selectin").
// Behaviour: SQLAlchemy orm/loading.py (_load_subclass_via_in).
import { withCause } from "../../engine/trace.ts";
import type { Select } from "../../sql/selectable/select.ts";
import { host, type Value } from "../../util/host.ts";
import { face } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AbstractEntityRegistry, PathRegistry } from "../path-registry.ts";
import type { LoadOption } from "../props/strategized-property.ts";
import type { QueryContext } from "../query/context.ts";
import type { InternalEntity } from "../query/entity.ts";
import { defaultCompileOptions } from "../query/load-options.ts";
import { PostLoad, type PostLoader } from "./post-load.ts";

/** How many keys go into one IN list. */
export const CHUNK = 500;

interface Prependable {
  _prependPath(path: PathRegistry): unknown;
}

interface Rows {
  unique(): { scalars(): { all(): unknown[] } };
}

export function registerSubclassLoads(
  context: QueryContext,
  path: AbstractEntityRegistry,
  loadPath: PathRegistry,
  mapper: Mapper,
  from: Mapper,
): void {
  const option = path.get<LoadOption>(context.attributes, "loader");
  const entities =
    option?.strategy === "selectinload_polymorphic=true"
      ? ((option.localOpts.get("entities") as readonly InternalEntity[] | undefined) ?? null)
      : null;
  const via = mapper._shouldSelectinLoad(entities as never, from as never) as InternalEntity | null;
  if (!via || via === from) return;
  const all: InternalEntity[] = [];
  if (via.isMapper) for (let m: Mapper | null = via; m && m !== from; m = m.inherits) all.push(m);
  else all.push(via);
  for (const entity of all) {
    if (PostLoad.pathExists(context, loadPath, entity)) continue;
    PostLoad.callableForPath(context, loadPath, entity.mapper, entity, loaderOf(entity, from, entities));
  }
}

function loaderOf(
  entity: InternalEntity,
  from: Mapper,
  optionEntities: readonly InternalEntity[] | null,
): PostLoader {
  const { mapper } = entity;
  const single = mapper.baseMapper.primaryKey.length === 1;
  const [query, enable, disable] =
    entity.isAliasedClass || from.inherits !== null
      ? mapper._subclassLoadViaIn(entity as never, from)
      : (mapper as unknown as { readonly _subclassLoadViaInMapper: readonly [Select, unknown, unknown] })
          ._subclassLoadViaInMapper;
  return (context, path, given) => {
    const states = optionEntities?.length
      ? given
      : given.filter(([s]) => (s.mapper as unknown as Mapper)._wouldSelectinLoadOnlyFromGivenMapper(mapper));
    if (!states.length) return;
    const at = (option: unknown): unknown =>
      path.parent && !path.parent.isRoot ? (option as Prependable)._prependPath(path) : option;
    let q = query.options([at(enable), ...context.query._withOptions, at(disable)]);
    (q as { _compileOptions: unknown })._compileOptions = defaultCompileOptions.plus({
      _currentPath: path.parent,
    });
    if (context.populateExisting)
      q = q.executionOptions(new Map<string, Value>([["populate_existing", true]]));
    for (let i = 0; i < states.length; i += CHUNK) {
      const keys = states
        .slice(i, i + CHUNK)
        .map(([s]) => (single ? s.key!.pk[0] : host.makeTuple(s.key!.pk)));
      withCause("eager load", face().className(mapper.class_), () => {
        const result = context.session.execute(
          q,
          host.makeDict([["primary_keys", host.makeList(keys)]]),
        ) as Rows;
        result.unique().scalars().all();
      });
    }
  };
}
