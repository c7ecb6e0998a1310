// Whether the program can still reach an object: what CPython's reference counts would say of the ORM's weak identity map.
//
// The walk is Python's (python/runtime/liveness.ts); this says what the engine's own objects refer to. A state knows its object
// weakly, as in SQLAlchemy, and a session holds new, deleted and changed objects; what describes a database (mappers, tables,
// types, engines, statements) refers to no object of the program's.
import { DefaultDialect } from "../dialects/default.ts";
import { Connection } from "../engine/connection.ts";
import { Engine } from "../engine/engine.ts";
import { ResultMetaData } from "../engine/result-metadata.ts";
import { SeenRows } from "../engine/seen-rows.ts";
import { QueryableAttribute } from "../orm/attributes/instrumented.ts";
import { CollectionAdapter } from "../orm/collections/adapter.ts";
import { Mapper } from "../orm/mapping/mapper.ts";
import { Registry } from "../orm/mapping/registry.ts";
import { MapperProperty } from "../orm/props/property.ts";
import { AliasedInsp } from "../orm/query/aliased.ts";
import { Session } from "../orm/session/session.ts";
import { SessionTransaction } from "../orm/session/transaction.ts";
import { IdentityMap } from "../orm/state/identity.ts";
import { ClassManager } from "../orm/state/manager.ts";
import { allSessions } from "../orm/state/sessions.ts";
import { InstanceState } from "../orm/state/state.ts";
import { forgetLiveness, type LivenessRules, setLivenessRules } from "../python/runtime/liveness.ts";
import { watchObjects } from "../python/runtime/holding.ts";
import { DICT, PyObject, type Typed, type Value } from "../python/runtime/object.ts";
import { ClauseElement } from "../sql/elements/clause.ts";
import { SchemaItem } from "../sql/schema/item.ts";
import { TypeEngine } from "../sql/types/engine.ts";
import { onReset } from "../util/reset.ts";

/** Objects that refer to none of the program's mapped objects. */
const DESCRIPTIONS = [
  ClassManager,
  Mapper,
  MapperProperty,
  QueryableAttribute,
  Registry,
  AliasedInsp,
  IdentityMap,
  CollectionAdapter,
  SessionTransaction,
  ClauseElement,
  SchemaItem,
  TypeEngine,
  ResultMetaData,
  SeenRows,
  Engine,
  Connection,
  DefaultDialect,
] as readonly (abstract new (...args: never[]) => object)[];

const references: LivenessRules["references"] = (o, push) => {
  if (o instanceof InstanceState) {
    push(o.committedState as unknown as Value, "committedState");
    return true;
  }
  if (o instanceof Session) {
    push((o as { info?: unknown }).info as Value, "info");
    push((o as Partial<Typed>)[DICT] as unknown as Value, DICT);
    return true;
  }
  return DESCRIPTIONS.some((c) => o instanceof c);
};

function* roots(): Iterable<object> {
  for (const session of allSessions()) {
    yield* session._new.values();
    yield* session._deleted.values();
    for (const state of session.identityMap._modified) {
      const obj = state.obj();
      if (obj !== null) yield obj;
    }
  }
}

function* tracked(): Iterable<object> {
  for (const session of allSessions())
    for (const state of session.identityMap._peek()) {
      const obj = state.obj();
      if (obj !== null) yield obj;
    }
}

/** The attributes of a mapped object. */
const attributes: LivenessRules["attributes"] = (o) => {
  const dict = o instanceof PyObject ? o.dict : undefined;
  return dict?.has("_sa_instance_state") ? dict : undefined;
};

setLivenessRules({ references, roots, tracked, attributes });

// A new program begins with no objects.
onReset(() => {
  forgetLiveness();
  watchObjects(false);
});
