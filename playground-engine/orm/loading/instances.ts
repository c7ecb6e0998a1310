// The rows of a statement as objects, loads that follow included. Behaviour: SQLAlchemy orm/loading.py (instances).
import type { CursorResult } from "../../engine/cursor-result.ts";
import { ChunkedIteratorResult, type RawRow } from "../../engine/result.ts";
import { SimpleResultMetaData, type UniqueFilter } from "../../engine/result-metadata.ts";
import { SeenRows } from "../../engine/seen-rows.ts";
import { InvalidRequestError } from "../../errors/index.ts";
import { reprOf } from "../../sql/repr.ts";
import { host, type Value } from "../../util/host.ts";
import type { QueryContext } from "../query/context.ts";
import type { QueryEntity } from "../query/entities.ts";

let nextRunid = 0;

function notHashable(entity: QueryEntity, legacy: boolean, uncertain: boolean): UniqueFilter {
  if (!legacy)
    return (v) => {
      if (uncertain && host.isHashable(v)) return host.key(v);
      throw new InvalidRequestError(
        `Can't apply uniqueness to row tuple containing value of type ${reprOf(entity.type)}; ${uncertain ? "the values returned appear to be" : "this datatype produces"} non-hashable values`,
      );
    };
  if (!uncertain) return (v) => v;
  let useId = false;
  return (v) => {
    if (!useId && host.isHashable(v)) return host.key(v);
    useId = true;
    return v;
  };
}

function noUnique(): never {
  throw new InvalidRequestError("Can't use the ORM yield_per feature in conjunction with unique()");
}

function uniqueFilter(entity: QueryEntity, context: QueryContext): UniqueFilter | null {
  if (context.yieldPer) return noUnique;
  if (entity.useIdForHash) return (v) => v;
  if (!entity._nonHashableValue && !entity._nullColumnType) return null;
  return notHashable(entity, context.loadOptions._legacyUniquing, entity._nullColumnType);
}

/** Makes a result of objects of a cursor's. Throws InvalidRequestError where yield_per meets loaders that need all rows. */
export function instances(cursor: CursorResult, context: QueryContext): ChunkedIteratorResult {
  context.runid = ++nextRunid;
  const topLevel = context.topLevelContext === null;
  context.postLoadPaths = context.topLevelContext ? context.topLevelContext.postLoadPaths : new Map();
  const state = context.compileState;
  const first = state._entities[0];
  const single =
    !context.loadOptions._onlyReturnTuples &&
    state._entities.length === 1 &&
    first !== undefined &&
    first.supportsSingleEntity;
  let processors: ReturnType<QueryEntity["rowProcessor"]>[];
  try {
    processors = state._entities.map((e) => e.rowProcessor(context, cursor));
    if (context.yieldPer && (context.loadersRequireBuffering || context.loadersRequireUniquing))
      throw new InvalidRequestError(
        "Can't use yield_per with eager loaders that require uniquing or row buffering, e.g. joinedload() against collections or subqueryload().  Consider the selectinload() strategy for better flexibility in loading objects.",
      );
  } catch (e) {
    cursor.close();
    throw e;
  }
  const reads = processors.map(([read]) => read);
  const [readFirst] = reads;

  function* load(size: number | null): Generator<RawRow[]> {
    for (;;) {
      context.partials = new Map();
      const fetched = size ? cursor.fetchmany(size) : cursor._rawAllRows();
      if (size && !fetched.length) return;
      const rows: RawRow[] =
        single && readFirst
          ? fetched.map((row) => readFirst(row))
          : fetched.map((row) => reads.map((read) => read(row)));
      if (topLevel) runPostLoads(context, size !== null && size > 0);
      yield rows;
      if (!size) return;
    }
  }
  let chunks: (size: number | null) => Iterable<readonly RawRow[]> = load;
  const prebuffer = context.executionOptions.get("prebuffer_rows") ?? false;
  const buffered = host.isTrue(prebuffer) ? [...load(null)] : null;
  if (buffered) chunks = () => buffered;
  const metadata = new SimpleResultMetaData(
    processors.map(([, label]) => label),
    {
      extra: processors.map(([, , extra]) => extra),
      uniqueFilters: state._entities.map((e) => uniqueFilter(e, context)),
    },
  );
  const result = new ChunkedIteratorResult(metadata, chunks, {
    sourceSupportsScalars: single,
    raw: cursor,
    buffered,
  });
  result._attributes = new Map<unknown, unknown>([
    ...result._attributes,
    ["filtered", state._hasMapperEntities],
    ["is_single_entity", single],
  ]);
  if (state.multiRowEagerLoaders) {
    const requireUnique = (): never => {
      throw new InvalidRequestError(
        "The unique() method must be invoked on this Result, as it contains results that include joined eager loads against collections",
      );
    };
    result._uniqueFilterState = { seen: new SeenRows(), strategy: requireUnique as Value };
  }
  if (context.yieldPer) result.yieldPer(context.yieldPer);
  return result;
}

/** Loads that follow may ask for further ones: until none is left. With chunks, the first ones are kept for the next chunk. */
function runPostLoads(context: QueryContext, keep: boolean): void {
  const paths = context.postLoadPaths;
  const kept = keep ? [...paths] : [];
  while (paths.size) {
    const now = [...paths.values()];
    paths.clear();
    for (const postLoad of now) postLoad.invoke();
  }
  for (const [path, postLoad] of kept) paths.set(path, postLoad);
}
