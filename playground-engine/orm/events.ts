// The ORM's families of events: sessions, mappers, instances, attributes, instrumentation, queries.
//
// A listener for a class that is not mapped yet is held until it is (with propagate, for every subclass). Listeners get
// objects where the engine has states, unless raw; listeners whose value does not count (no retval) are wrapped so that
// it does not. Functions of the engine's own get the engine's values; a program's get lists and dictionaries of its own.
// Behaviour: SQLAlchemy orm/events.py.
import { ArgumentError, warn, warnDeprecated } from "../errors/index.ts";
import {
  baseListen,
  EventFamily,
  type Dispatch,
  type EventSpec,
  type EventTarget,
  type Listener,
  type ListenOptions,
} from "../event/index.ts";
import { storedIn, type EventKey } from "../event/registry.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { face, type ClassRef } from "./face.ts";
import { EXT_CONTINUE } from "./flags.ts";
import { optManagerOfClass } from "./state/access.ts";
import type { ClassManager } from "./state/manager.ts";
import type { InstanceState } from "./state/state.ts";

/** Options of the ORM's families beside the common ones. */
interface OrmListenOptions extends ListenOptions {
  readonly includeKey?: boolean;
  readonly bakeOk?: boolean;
}
const optionNames = (...names: (keyof OrmListenOptions)[]): (keyof ListenOptions)[] =>
  names as (keyof ListenOptions)[];
const args = (...names: string[]): EventSpec => ({ args: names });

/** A function of the engine rather than of the program. */
const isInternal = (key: EventKey): boolean => key.fn === key.listener;

/** Whether a program's target is a class of the engine (a JavaScript class) with this family. */
function classOfFamily(target: unknown, family: { readonly name: string }): object | undefined {
  const dispatch =
    typeof target === "function" ? (target as unknown as Partial<EventTarget>).dispatch : undefined;
  return dispatch?.family?.name === family.name ? (target as object) : undefined;
}

/** Mapper and attribute events take any target and then miss the event on it. */
function noDispatch(target: Value, identifier: string): unknown {
  const dispatch =
    typeof target === "object" || typeof target === "function"
      ? (target as Partial<EventTarget> | null)?.dispatch
      : undefined;
  if (dispatch?.family) return host.error("AttributeError", identifier);
  const what = face().isClass(target)
    ? `type object '${face().className(target)}'`
    : `'${host.typeName(target)}' object`;
  return host.error("AttributeError", `${what} has no attribute 'dispatch'`);
}

/** An object that stands for another as target of events: sessionmaker and scoped_session for their session class. */
export interface EventStandIn {
  _eventTarget(): object | undefined;
}

// ---- holding listeners for classes that are not mapped yet

interface Held {
  readonly key: EventKey;
  readonly options: ListenOptions;
}

class EventsHold {
  readonly class_: ClassRef;
  readonly dispatch: EventTarget["dispatch"];
  private readonly holds: HoldRegistry;

  constructor(class_: ClassRef, holds: HoldRegistry) {
    this.class_ = class_;
    this.holds = holds;
    this.dispatch = holds.family.classDispatch;
  }

  hold(key: EventKey, options: ListenOptions): void {
    const collection = this.holds.of(this.class_);
    if (!storedIn(key, collection)) return;
    collection.held.push({ key, options });
    if (!options.propagate) return;
    const below = [...face().subclasses(this.class_)];
    for (const cls of below) {
      below.push(...face().subclasses(cls));
      const subject = this.holds.resolve(cls);
      if (subject)
        subject.dispatch.family.listen(key.withDispatchTarget(subject), { ...options, propagate: false });
    }
  }
}

class HeldListeners {
  held: Held[] = [];

  remove(key: EventKey): void {
    this.held = this.held.filter((h) => h.key.fn !== key.fn || h.key.identifier !== key.identifier);
  }
}

class HoldRegistry {
  readonly family: EventFamily<Record<string, EventSpec>>;
  readonly resolve: (cls: ClassRef) => EventTarget | undefined;
  private readonly all = new Map<ClassRef, HeldListeners>();

  constructor(
    of: EventFamily<Record<string, EventSpec>>,
    resolve: (cls: ClassRef) => EventTarget | undefined,
  ) {
    this.resolve = resolve;
    this.family = new EventFamily(
      `Hold${of.name}`,
      {},
      {
        extends: of,
        options: optionNames("raw", "retval", "restoreLoadContext"),
        strays: "passed on",
        listen: (key, options) => (key.dispatchTarget as EventsHold).hold(key, options),
      },
    );
  }

  of(cls: ClassRef): HeldListeners {
    let held = this.all.get(cls);
    if (!held) this.all.set(cls, (held = new HeldListeners()));
    return held;
  }

  target(cls: ClassRef): EventsHold {
    return new EventsHold(cls, this);
  }

  /** Gives the listeners held for a class and, where they propagate, for its bases to what is now there. */
  populate(cls: ClassRef, subject: EventTarget): void {
    if (!this.all.size) return;
    for (const base of face().mro(cls))
      for (const { key, options } of this.all.get(base)?.held ?? [])
        if (options.propagate || base === cls)
          subject.dispatch.family.listen(key.withDispatchTarget(subject), { ...options, propagate: false });
  }

  clear(): void {
    this.all.clear();
  }
}

// ---- what is left of mapper()

let removed: { readonly fn: object; readonly mapperClass: object } | undefined;

/** The function `sqlalchemy.orm.mapper()` is good for nothing but to be a target of events: of all mappers, of all instances. */
export function setRemovedMapper(fn: object, mapperClass: object): void {
  removed = { fn, mapperClass };
}

/** The class of all mappers, where that function stands for it. */
function ofRemovedMapper(target: unknown): object | undefined {
  if (target !== removed?.fn) return undefined;
  warnDeprecated(
    "The `sqlalchemy.orm.mapper()` symbol is deprecated and will be removed in a future release. For the mapper-wide event target, use the 'sqlalchemy.orm.Mapper' class.",
  );
  return removed?.mapperClass;
}

// ---- instances

const instanceSpecs = {
  firstInit: args("manager", "cls"),
  init: args("target", "args", "kwargs"),
  initFailure: args("target", "args", "kwargs"),
  _saEventMergeWoLoad: args("target", "context"),
  load: args("target", "context"),
  refresh: args("target", "context", "attrs"),
  refreshFlush: args("target", "flush_context", "attrs"),
  expire: args("target", "attrs"),
  pickle: args("target", "state_dict"),
  unpickle: args("target", "state_dict"),
} as const;
export type InstanceDispatch = Dispatch<typeof instanceSpecs>;

/** Target: ClassManager. */
export const instanceEvents: EventFamily<typeof instanceSpecs> = new EventFamily(
  "InstanceEvents",
  instanceSpecs,
  {
    options: optionNames("raw", "retval", "restoreLoadContext"),
    strays: "passed on",
    accepts(target, identifier, standard) {
      const own = standard(target);
      if (own) return own;
      const manager = (target as { isMapper?: boolean; classManager?: ClassManager } | null)?.isMapper
        ? (target as { classManager: ClassManager }).classManager
        : undefined;
      if (manager) return manager;
      if (classOfFamily(target, mapperEvents) || ofRemovedMapper(target)) return managerClass;
      if (face().isClass(target)) return optManagerOfClass(target) ?? instanceHolds.target(target);
      return undefined;
    },
    listen(key, options) {
      const { raw = false, propagate = false, restoreLoadContext = false } = options;
      if (key.identifier !== "first_init")
        key = key.withListener(instanceListener(key, raw, restoreLoadContext));
      const { insert } = options;
      baseListen(key, { insert, propagate });
      if (propagate && typeof key.dispatchTarget !== "function")
        for (const manager of (key.dispatchTarget as ClassManager).subclassManagers(true))
          baseListen(key.withDispatchTarget(manager), { propagate: true });
    },
  },
);
const instanceHolds = new HoldRegistry(
  instanceEvents as unknown as EventFamily<Record<string, EventSpec>>,
  (cls) => optManagerOfClass(cls),
);

let managerClass: object | undefined;
/** ClassManager registers itself as the class-level target. @internal */
export function setManagerClass(cls: object): void {
  managerClass = cls;
}

/** @internal A manager was made: it takes what was held for its class. */
export function populateInstanceHolds(cls: ClassRef, manager: EventTarget): void {
  instanceHolds.populate(cls, manager);
}

function instanceListener(key: EventKey, raw: boolean, restore: boolean): Listener {
  const fn = key.listener;
  const convert = isInternal(key)
    ? undefined
    : key.identifier === "init" || key.identifier === "init_failure"
      ? callInit
      : key.identifier === "refresh"
        ? callRefresh
        : callWithLists;
  if (raw && !restore && !convert) return fn;
  return (state, ...rest) => {
    const s = state as InstanceState;
    const target = raw ? s : s.obj();
    const { runid } = s;
    try {
      return convert ? convert(fn, target, rest) : fn(target, ...rest);
    } finally {
      if (restore) s.runid = runid;
    }
  };
}

/** Programs see `args` as a tuple and `kwargs` as a dictionary that they may change. */
function callInit(fn: Listener, target: Value, rest: Value[]): Value {
  const kwargs = rest[1] as Kwargs;
  const dict = host.makeDict(kwargs);
  const ret = fn(target, host.makeTuple(rest[0] as Value[]), dict);
  const after = [...(host.entries(dict) ?? [])];
  kwargs.clear();
  for (const [k, v] of after) kwargs.set(k as string, v);
  return ret;
}

/** What was asked to be refreshed is a frozen set, what turned out to be missing a set. */
function callRefresh(fn: Listener, target: Value, rest: Value[]): Value {
  return callWithLists(
    fn,
    target,
    rest.map((v) => (Array.isArray(v) ? host.makeFrozenSet(v) : v)),
  );
}

function callWithLists(fn: Listener, target: Value, rest: Value[]): Value {
  return fn(
    target,
    ...rest.map((v) => (v instanceof Set ? host.makeSet(v) : Array.isArray(v) ? host.makeList(v) : v)),
  );
}

// ---- mappers

const mapperSpecs = {
  instrumentClass: args("mapper", "class_"),
  afterMapperConstructed: args("mapper", "class_"),
  beforeMapperConfigured: args("mapper", "class_"),
  mapperConfigured: args("mapper", "class_"),
  beforeConfigured: args(),
  afterConfigured: args(),
  beforeInsert: args("mapper", "connection", "target"),
  afterInsert: args("mapper", "connection", "target"),
  beforeUpdate: args("mapper", "connection", "target"),
  afterUpdate: args("mapper", "connection", "target"),
  beforeDelete: args("mapper", "connection", "target"),
  afterDelete: args("mapper", "connection", "target"),
} as const;
export type MapperDispatch = Dispatch<typeof mapperSpecs>;

/** What MapperEvents needs of a Mapper. */
interface MapperTarget extends EventTarget {
  readonly selfAndDescendants: Iterable<MapperTarget>;
}

/** Target: Mapper, which has `static dispatch = mapperEvents.classDispatch` and `dispatch = mapperEvents.forInstance(this)`. */
export const mapperEvents: EventFamily<typeof mapperSpecs> = new EventFamily("MapperEvents", mapperSpecs, {
  options: optionNames("raw", "retval"),
  strays: "passed on",
  accepts(target, identifier, standard) {
    const own = standard(target) ?? ofRemovedMapper(target);
    if (own) return own;
    if (!face().isClass(target)) throw noDispatch(target, identifier);
    const manager = optManagerOfClass(target);
    return manager?.isMapped ? manager.mapper : mapperHolds.target(target);
  },
  listen(key, options) {
    const { raw = false, retval = false, propagate = false, insert } = options;
    const classLevel = typeof key.dispatchTarget === "function";
    if ((key.identifier === "before_configured" || key.identifier === "after_configured") && !classLevel)
      warn(
        "'before_configured' and 'after_configured' ORM events only invoke with the Mapper class as the target.",
      );
    if (!raw || !retval) {
      const fn = key.listener;
      const at = raw ? -1 : mapperEvents.classLevel(key.identifier).spec.args.indexOf("target");
      key = key.withListener((...given) => {
        if (at >= 0) given[at] = (given[at] as InstanceState).obj();
        const ret = fn(...given);
        return retval ? ret : EXT_CONTINUE;
      });
    }
    if (propagate && !classLevel)
      for (const mapper of (key.dispatchTarget as MapperTarget).selfAndDescendants)
        baseListen(key.withDispatchTarget(mapper), { insert, propagate: true });
    else baseListen(key, { insert });
  },
});
const mapperHolds = new HoldRegistry(
  mapperEvents as unknown as EventFamily<Record<string, EventSpec>>,
  (cls) => {
    const manager = optManagerOfClass(cls);
    return manager?.isMapped ? (manager.mapper as unknown as EventTarget) : undefined;
  },
);

/** A mapper was made: it takes what was held for its class. */
export function populateMapperHolds(cls: ClassRef, mapper: EventTarget): void {
  mapperHolds.populate(cls, mapper);
}

// ---- sessions

/** Of one context; before 0.9 there were four arguments, one of which is no more. */
const afterBulk = (context: string): EventSpec => ({
  ...args(context),
  legacy: [
    {
      since: "0.9",
      args: ["session", "query", "query_context", "result"],
      convert: ([of]) => {
        const { query, result } = of as { query: { session: Value }; result: Value };
        return [query.session, query, null, result];
      },
    },
  ],
});

const sessionSpecs = {
  doOrmExecute: args("orm_execute_state"),
  afterTransactionCreate: args("session", "transaction"),
  afterTransactionEnd: args("session", "transaction"),
  beforeCommit: args("session"),
  afterCommit: args("session"),
  afterRollback: args("session"),
  afterSoftRollback: args("session", "previous_transaction"),
  beforeFlush: args("session", "flush_context", "instances"),
  afterFlush: args("session", "flush_context"),
  afterFlushPostexec: args("session", "flush_context"),
  afterBegin: args("session", "transaction", "connection"),
  beforeAttach: args("session", "instance"),
  afterAttach: args("session", "instance"),
  afterBulkUpdate: afterBulk("update_context"),
  afterBulkDelete: afterBulk("delete_context"),
  transientToPending: args("session", "instance"),
  pendingToTransient: args("session", "instance"),
  persistentToTransient: args("session", "instance"),
  pendingToPersistent: args("session", "instance"),
  detachedToPersistent: args("session", "instance"),
  loadedAsPersistent: args("session", "instance"),
  persistentToDeleted: args("session", "instance"),
  deletedToPersistent: args("session", "instance"),
  deletedToDetached: args("session", "instance"),
  persistentToDetached: args("session", "instance"),
} as const;
export type SessionDispatch = Dispatch<typeof sessionSpecs>;

/** Target: Session, or what makes sessions (EventStandIn). */
export const sessionEvents: EventFamily<typeof sessionSpecs> = new EventFamily(
  "SessionEvents",
  sessionSpecs,
  {
    options: optionNames("raw", "retval", "restoreLoadContext"),
    strays: "passed on",
    accepts(target, _identifier, standard) {
      const own = standard(target);
      if (own) return own;
      const standIn = target as Partial<EventStandIn> | null | undefined;
      if (typeof standIn?._eventTarget !== "function") return undefined;
      const cls = standIn._eventTarget();
      if (!cls)
        throw new ArgumentError(
          "Session event listen on a scoped_session requires that its creation callable is associated with the Session class.",
        );
      return cls;
    },
    listen(key, options) {
      const { raw = false, restoreLoadContext = false, insert, propagate } = options;
      // Life cycle events concern one object.
      const ofObject = sessionEvents.classLevel(key.identifier).spec.args[1] === "instance";
      if (ofObject && (!raw || restoreLoadContext)) {
        const fn = key.listener;
        key = key.withListener((session, state, ...rest) => {
          const s = state as InstanceState;
          const target = raw ? s : s.obj();
          if (target === null) return null;
          const { runid } = s;
          try {
            return fn(session, target, ...rest);
          } finally {
            if (restoreLoadContext) s.runid = runid;
          }
        });
      }
      baseListen(key, { insert, propagate });
    },
  },
);

// ---- attributes

const attributeSpecs = {
  append: { args: ["target", "value", "initiator"], kw: true },
  appendWoMutation: { args: ["target", "value", "initiator"], kw: true },
  bulkReplace: { args: ["target", "values", "initiator"], kw: true },
  remove: { args: ["target", "value", "initiator"], kw: true },
  set: args("target", "value", "oldvalue", "initiator"),
  initScalar: args("target", "value", "dict_"),
  initCollection: args("target", "collection", "collection_adapter"),
  disposeCollection: args("target", "collection", "collection_adapter"),
  modified: args("target", "initiator"),
} as const;
export type AttributeDispatch = Dispatch<typeof attributeSpecs> & {
  /** Old values are always loaded: some listener asked for them. */
  activeHistory?: boolean;
};

/** What AttributeEvents needs of an attribute. */
interface AttributeTarget {
  readonly class_: ClassRef;
  readonly key: string;
  readonly dispatch: AttributeDispatch;
}

/**
 * Target: QueryableAttribute, or a property standing for its attribute. Listeners are called (state, value, initiator, key)
 * for append, append_wo_mutation and remove, (state, values, initiator, keys) for bulk_replace.
 */
export const attributeEvents: EventFamily<typeof attributeSpecs> = new EventFamily(
  "AttributeEvents",
  attributeSpecs,
  {
    options: optionNames("raw", "retval", "activeHistory", "includeKey"),
    accepts(target, identifier, standard) {
      const own = standard(target);
      if (own) return own;
      const prop = target as { isProperty?: boolean; parent?: { class_: ClassRef }; key?: string } | null;
      if (!prop?.isProperty || !prop.parent) throw noDispatch(target, identifier);
      return this.accepts?.(
        face().getClassAttribute(prop.parent.class_, prop.key as string),
        identifier,
        standard,
      );
    },
    listen(key, options) {
      const { activeHistory = false, propagate = false } = options;
      if (options.insert !== undefined)
        throw host.error(
          "TypeError",
          "AttributeEvents._listen() got an unexpected keyword argument 'insert'",
        );
      const target = key.dispatchTarget as AttributeTarget;
      if (activeHistory) target.dispatch.activeHistory = true;
      key = key.withListener(attributeListener(key, options as OrmListenOptions));
      baseListen(key, { insert: options.insert, propagate });
      if (!propagate) return;
      for (const manager of optManagerOfClass(target.class_)?.subclassManagers(true) ?? []) {
        const attr = manager.get(target.key) as unknown as AttributeTarget | undefined;
        if (!attr) continue;
        baseListen(key.withDispatchTarget(attr), { propagate: true });
        if (activeHistory) attr.dispatch.activeHistory = true;
      }
    },
  },
);

function attributeListener(key: EventKey, options: OrmListenOptions): Listener {
  const { raw = false, retval = false, includeKey = false } = options;
  const fn = key.listener;
  const internal = isInternal(key);
  if (internal && raw && retval && includeKey) return fn;
  const keyed = attributeEvents.classLevel(key.identifier).spec.kw === true;
  const keyName = key.identifier === "bulk_replace" ? "keys" : "key";
  return (state, ...rest) => {
    const s = state as InstanceState;
    const target = raw ? s : s.obj();
    const value = rest.length ? rest[0] : null;
    const given = keyed && !(internal && includeKey) ? rest.slice(0, 2) : rest;
    let after: (() => void) | undefined;
    if (!internal) {
      if (key.identifier === "bulk_replace") {
        const values = given[0] as Value[];
        const list = host.makeList(values);
        given[0] = list;
        after = () => void values.splice(0, values.length, ...(host.iterate(list) ?? []));
      } else if (key.identifier === "init_scalar") {
        const obj = s.obj();
        if (obj !== null) given[1] = face().dictValue(obj);
      }
      if (includeKey && keyed)
        given.push(new Map([[keyName, Array.isArray(rest[2]) ? host.makeList(rest[2]) : rest[2]]]));
    }
    const ret = fn(target, ...given);
    after?.();
    return retval ? ret : value;
  };
}

// ---- instrumentation

const instrumentationSpecs = {
  classInstrument: args("cls"),
  classUninstrument: args("cls"),
  attributeInstrument: args("cls", "key", "inst"),
} as const;

/** Sends class_instrument, class_uninstrument and attribute_instrument; a program listens to a class and those below it. */
const instrumentationEvents: EventFamily<typeof instrumentationSpecs> = new EventFamily(
  "InstrumentationEvents",
  instrumentationSpecs,
  {
    accepts: (target) =>
      face().isClass(target) ? { class_: target, dispatch: instrumentationEvents.classDispatch } : undefined,
    listen(key, options) {
      const { class_ } = key.dispatchTarget as { class_: ClassRef };
      const propagate = options.propagate ?? true;
      const fn = key.listener;
      const listener: Listener = (cls, ...rest) =>
        cls === class_ || (propagate && face().isSubclass(cls as ClassRef, class_)) ? fn(cls, ...rest) : null;
      baseListen(key.withListener(listener).withDispatchTarget(instrumentationTarget), {
        insert: options.insert,
      });
    },
  },
);
class InstrumentationTarget {
  static readonly dispatch = instrumentationEvents.classDispatch;
  readonly dispatch = instrumentationEvents.forInstance(this);
}
const instrumentationTarget = new InstrumentationTarget();
/** @internal */
export const instrumentationDispatch = instrumentationTarget.dispatch;

// ---- queries

const querySpecs = {
  beforeCompile: args("query"),
  beforeCompileUpdate: args("query", "update_context"),
  beforeCompileDelete: args("query", "delete_context"),
} as const;
export type QueryDispatch = Dispatch<typeof querySpecs>;

/** Target: Query. Each listener gives the query to go on with. */
export const queryEvents: EventFamily<typeof querySpecs> = new EventFamily("QueryEvents", querySpecs, {
  options: optionNames("retval", "bakeOk"),
  listen(key, options) {
    const fn = key.listener;
    if (!options.retval) key = key.withListener((query, ...rest) => (fn(query, ...rest), query));
    baseListen(key, { insert: options.insert, propagate: options.propagate });
  },
});

// Classes of a program are gone with it. (What it registered for the engine's own classes the event room forgets.)
onReset(() => {
  instanceHolds.clear();
  mapperHolds.clear();
  const { classInstrument, classUninstrument, attributeInstrument } = instrumentationDispatch;
  for (const listeners of [classInstrument, classUninstrument, attributeInstrument])
    listeners.forModify(instrumentationDispatch as never).clear();
});
