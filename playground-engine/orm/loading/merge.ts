// Results that were kept, brought into a session. Behaviour: SQLAlchemy orm/loading.py (merge_frozen_result, merge_result).
import { FrozenResult } from "../../engine/result.ts";
import { resultTuple } from "../../engine/result-metadata.ts";
import { host, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { EntitiesState } from "../query/entities-state.ts";
import type { Session } from "../session/session.ts";
import { instanceState } from "../state/access.ts";

type Query = ConstructorParameters<typeof EntitiesState>[0];

function merging<T>(session: Session, load: boolean, fn: (merge: (obj: Value) => Value) => T): T {
  if (load) session._autoflush();
  const { autoflush } = session;
  session.autoflush = false;
  try {
    return fn((obj) => {
      if (obj === null) return null;
      const state = instanceState(obj);
      return session._merge(state, state.dict, {
        load,
        options: null,
        recursive: new Map(),
        resolveConflictMap: new Map(),
      });
    });
  } finally {
    session.autoflush = autoflush;
  }
}

function rowMaker(entities: EntitiesState["_entities"]): (row: readonly Value[]) => Value {
  return resultTuple(
    entities.map((e) => e._labelName as string),
    entities.map((e) => e._extraEntities),
  );
}

const isSelect = (v: Value): boolean => typeof v === "object" && v !== null && "_labelStyle" in v;

export function mergeFrozenResult(
  session: Session,
  statement: Value,
  frozenResult: FrozenResult,
  load = true,
): FrozenResult {
  if (!isSelect(statement)) throw host.noAttribute(statement, "_label_style");
  return merging(session, load, (merge) => {
    const { _entities: entities } = new EntitiesState(statement as Query, false);
    const make = rowMaker(entities);
    return frozenResult.withNewRows(
      frozenResult
        .rewriteRows()
        .map((row) => make(row.map((v, i) => (entities[i]?.isMapperEntity ? merge(v) : v)))),
    );
  });
}

/** `Query.merge_result()` */
export function mergeResult(query: Value, iterator: Value, load = true): Value {
  return merging((query as Query & { readonly session: Session }).session, load, (merge) => {
    const frozen = iterator instanceof FrozenResult ? iterator : null;
    const given = frozen ? frozen.data : itemsOf(iterator);
    const { _entities: entities } = new EntitiesState(query as Query, true);
    const make = rowMaker(entities);
    let rows: Value[];
    if (!frozen && entities.length === 1) rows = entities[0]?.isMapperEntity ? given.map(merge) : [...given];
    else
      rows = given.map((row) =>
        make([...(host.iterate(row) ?? [row])].map((v, i) => (entities[i]?.isMapperEntity ? merge(v) : v))),
      );
    if (frozen) return frozen.withNewRows(rows);
    let i = 0;
    return host.makeIterator(() => rows[i++]);
  });
}
