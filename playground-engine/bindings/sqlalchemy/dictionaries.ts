// Dictionaries that programs are given to read: immutabledict (execution options, a URL's query) and FacadeDict (`metadata.tables`).
//
// Both are dicts to Python. The engine's own Map stands behind each: an immutabledict is made once for a Map, which is replaced
// where options change; a FacadeDict is filled anew when it is asked for. Behaviour: SQLAlchemy util/_py_collections.py.
import type { MetaData } from "../../sql/index.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { dictType } from "../../python/builtins/dict-type.ts";
import { callN, callVec } from "../../python/runtime/call.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { method, type NativeGetter } from "../../python/runtime/native.ts";
import { PyTuple, PyType, TYPE, typeOf, type Value } from "../../python/runtime/object.ts";
import { host } from "../../util/host.ts";
import { extend } from "../define.ts";
import { give } from "../modules.ts";
import { toPython } from "../values.ts";

const dictMethod = (name: string, ...args: Value[]): Value => callN(dictType.dict.get(name) as Value, args);

class ImmutableDict extends PyDict {}
class FacadeDict extends PyDict {}

const refuse = method("(self, *args, **kw)", (self: Value) => {
  throw err(E.TypeError, `${typeOf(self).name} object is immutable`);
});
const immutable = Object.fromEntries(
  [
    "__setitem__",
    "__delitem__",
    "__setattr__",
    "clear",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "__ior__",
  ].map((name) => [name, refuse]),
);
const shown = method(
  "(self)",
  (self: Value) => `${typeOf(self).name}(${dictMethod("__repr__", self) as string})`,
);

const immutableDictType: PyType = nativeType({
  name: "immutabledict",
  module: "sqlalchemy.util._py_collections",
  bases: [dictType],
  host: ImmutableDict,
  allocator: (cls) => typed(new ImmutableDict(), cls),
  new: method("(cls, *args)", (cls: PyType, args: Value[]) =>
    filled(typed(new ImmutableDict(), cls), ...args),
  ),
  init: method("(self, *args)", () => undefined),
  methods: {
    ...immutable,
    __repr__: shown,
    __or__: method("(self, other, /)", (self: ImmutableDict, other: Value) =>
      filled(new ImmutableDict(), dictMethod("__or__", self, other)),
    ),
    __ror__: method("(self, other, /)", (self: ImmutableDict, other: Value) =>
      filled(new ImmutableDict(), dictMethod("__ror__", self, other)),
    ),
    union: method("(self, d=None, /)", (self: ImmutableDict, d: Value) => merged(self, [d])),
    merge_with: method("(self, *dicts)", (self: ImmutableDict, dicts: Value[]) => merged(self, dicts)),
  },
});

const facadeDictType: PyType = nativeType({
  name: "FacadeDict",
  module: "sqlalchemy.util._collections",
  bases: [dictType],
  host: FacadeDict,
  allocator: (cls) => typed(new FacadeDict(), cls),
  methods: { ...immutable, __repr__: shown },
});

function typed<T extends PyDict>(d: T, cls: PyType): T {
  if (cls !== immutableDictType && cls !== facadeDictType) (d as unknown as { [TYPE]: PyType })[TYPE] = cls;
  return d;
}

function filled<T extends PyDict>(d: T, ...from: Value[]): T {
  callVec(dictType.dict.get("__init__") as Value, [d, ...from], []);
  return d;
}

function merged(self: ImmutableDict, dicts: readonly Value[]): ImmutableDict {
  const more = dicts.filter((d) => d !== null && !(d instanceof PyDict && d.size === 0));
  if (more.length === 0) return self;
  const made = filled(typed(new ImmutableDict(), typeOf(self)), self);
  for (const d of more) dictMethod("update", made, d);
  return made;
}

const made = new WeakMap<ReadonlyMap<unknown, unknown>, PyDict>();

/** The dict that a program sees for a Map of the engine that is never changed: the same one each time. */
export function immutableDict(map: ReadonlyMap<unknown, unknown>): PyDict {
  let d = made.get(map);
  if (!d) {
    made.set(map, (d = new ImmutableDict()));
    for (const [k, v] of map) d.set(toPython(k), toPython(v));
  }
  return d;
}

function facade(map: ReadonlyMap<unknown, unknown>): PyDict {
  let d = made.get(map);
  if (!d) made.set(map, (d = new FacadeDict()));
  for (const key of d.keys()) if (!map.has(key)) d.delete(key);
  for (const [k, v] of map) d.set(toPython(k), toPython(v));
  return d;
}

const queries = new WeakMap<ReadonlyMap<string, unknown>, Map<string, Value>>();
/** A key given several times has a tuple. */
function queryOf(query: ReadonlyMap<string, unknown>): Map<string, Value> {
  let q = queries.get(query);
  if (!q)
    queries.set(
      query,
      (q = new Map(
        [...query].map(
          ([k, v]) => [k, Array.isArray(v) ? new PyTuple(v.map(toPython)) : toPython(v)] as const,
        ),
      )),
    );
  return q;
}

/** Options that a listener may replace. */
const optionsAt = (js: string): NativeGetter => ({
  get: ((self: Record<string, ReadonlyMap<string, Value>>) => immutableDict(self[js]!)) as (
    self: never,
  ) => Value,
  set: ((self: Record<string, unknown>, value: Value) => {
    self[js] = new Map((host.entries(value) ?? []) as Iterable<[string, Value]>);
  }) as (self: never, value: Value) => void,
});

interface HasOptions {
  readonly _executionOptions: ReadonlyMap<string, Value>;
  getExecutionOptions(): ReadonlyMap<string, Value>;
}

export function bindDictionaries(): void {
  give("sqlalchemy.util._py_collections.immutabledict", immutableDictType);
  give("sqlalchemy.util._collections.FacadeDict", facadeDictType);
  // since Python's own keep their order
  for (const module of ["sqlalchemy.util", "sqlalchemy.util._collections"])
    give(`${module}.OrderedDict`, dictType);
  const options = method("(self)", (self: HasOptions) => immutableDict(self.getExecutionOptions()));
  const own = (self: HasOptions): Value => immutableDict(self._executionOptions);
  for (const name of [
    "sqlalchemy.engine.base.Connection",
    "sqlalchemy.engine.base.Engine",
    "sqlalchemy.sql.base.Executable",
    "sqlalchemy.orm.query.Query",
  ])
    extend(name, {
      methods: { get_execution_options: options },
      getters: { _execution_options: own as (self: never) => Value },
    });
  extend("sqlalchemy.orm.session.ORMExecuteState", {
    getters: {
      execution_options: optionsAt("executionOptions"),
      local_execution_options: optionsAt("localExecutionOptions"),
    },
  });
  extend("sqlalchemy.engine.default.DefaultExecutionContext", {
    getters: {
      execution_options: ((self: { readonly executionOptions: ReadonlyMap<string, Value> }) =>
        immutableDict(self.executionOptions)) as (self: never) => Value,
    },
  });
  extend("sqlalchemy.engine.url.URL", {
    getters: {
      query: ((self: { readonly query: ReadonlyMap<string, Value> }) =>
        immutableDict(queryOf(self.query))) as (self: never) => Value,
      normalized_query: ((self: { readonly normalizedQuery: ReadonlyMap<string, Value> }) =>
        immutableDict(queryOf(self.normalizedQuery))) as (self: never) => Value,
    },
  });
  extend("sqlalchemy.sql.schema.MetaData", {
    getters: {
      tables: ((self: MetaData) => facade(self.tables)) as (self: never) => Value,
      naming_convention: ((self: MetaData) =>
        self.givenNamingConvention ?? immutableDict(self.namingConvention)) as (self: never) => Value,
    },
  });
}
