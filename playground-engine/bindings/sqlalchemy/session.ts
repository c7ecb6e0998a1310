// What the tables cannot say of sessions: makers, scoped sessions, keys as tuples, the constants as members of enumerations.
// Behaviour: SQLAlchemy orm/session.py (sessionmaker), orm/scoping.py.
import * as flags from "../../orm/flags.ts";
import { makeSession, sessionmaker, type SessionFactory } from "../../orm/session/maker.ts";
import { scoped_session } from "../../orm/session/scoped.ts";
import type { BulkUpdate, Query } from "../../orm/query/query.ts";
import type { Session } from "../../orm/session/session.ts";
import { warnDeprecated } from "../../errors/index.ts";
import { getAttr, getAttrOrUndefined, noAttribute, setAttr } from "../../python/runtime/attributes.ts";
import { iter } from "../../python/runtime/iteration.ts";
import { call } from "../../python/runtime/call.ts";
import { PyFunction } from "../../python/runtime/function.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { fillType, nativeType } from "../../python/runtime/native-type.ts";
import { method, type NativeGetter, type NativeMethod } from "../../python/runtime/native.ts";
import { type Kwargs, PyType, TYPE, type Value } from "../../python/runtime/object.ts";
import { extend, typeFor } from "../define.ts";
import { hostFor, toEngine } from "../derive.ts";
import { give } from "../modules.ts";
import { toPython } from "../values.ts";

type Get = (self: never) => Value;

const SESSION = "sqlalchemy.orm.session.Session";
const SHARDED = "sqlalchemy.ext.horizontal_shard.ShardedSession";
const MAKER = "sqlalchemy.orm.session.sessionmaker";
const SCOPED = "sqlalchemy.orm.scoping.scoped_session";

/** A maker's sessions are made by Python where their class has a constructor of its own. */
function factoryFor(cls: PyType): SessionFactory {
  if (cls.lookup("__init__") instanceof PyFunction || cls.mro.includes(typeFor(SHARDED)))
    return (_cls, kw) => call(cls, [], kw as Kwargs) as unknown as Session;
  return (host, kw) => makeSession(host, new Map([...kw].map(([k, v]) => [k, toEngine(v)])));
}

function bindMaker(): void {
  const make = (
    cls: PyType,
    bind: Value,
    class_: Value,
    autoflush: Value,
    expire: Value,
    info: Value,
    kw: Kwargs,
  ): Value => {
    const sessionClass = class_ ?? typeFor(SESSION);
    if (!(sessionClass instanceof PyType)) throw noAttribute(sessionClass, "__name__");
    const all = new Map<string, Value>([
      ["bind", bind],
      ["autoflush", autoflush],
      ["expire_on_commit", expire],
      ["info", info],
      ...kw,
    ]);
    const made = new sessionmaker(all, {
      class_: hostFor(sessionClass) as unknown as typeof Session,
      factory: factoryFor(sessionClass),
    });
    if (cls !== typeFor(MAKER)) Object.defineProperty(made, TYPE, { value: cls, configurable: true });
    return made;
  };
  fillType(typeFor(MAKER), {
    new: method(
      "(cls, bind=None, *, class_=..., autoflush=True, expire_on_commit=True, info=None, **kw)",
      make,
    ),
    init: method("(self, *args, **kwargs)", () => undefined),
  });
  extend(MAKER, {
    methods: {
      __call__: method("(self, **local_kw)", (self: sessionmaker, kw: Kwargs) => toPython(self.call(kw))),
      configure: method("(self, **new_kw)", (self: sessionmaker, kw: Kwargs) => self.configure(kw)),
      begin: method("(self)", (self: sessionmaker) => toPython(self.begin())),
    },
  });
}

/** Names of Session that a scoped session answers itself. */
const OWN = new Set(["configure", "remove", "query_property", "session_factory", "registry", "dispatch"]);

/** `Model.query`: a legacy query of the class it is read on. */
class QueryProperty {
  readonly scope: scoped_session;
  readonly queryCls: Value;
  constructor(scope: scoped_session, queryCls: Value) {
    this.scope = scope;
    this.queryCls = queryCls;
  }
}

function bindScoped(): void {
  const methods: Record<string, NativeMethod> = {
    __contains__: method("(self, instance)", (self: scoped_session, instance: Value) =>
      call(getAttr(self.proxied, "__contains__"), [instance]),
    ),
    __iter__: method("(self)", (self: scoped_session) => call(getAttr(self.proxied, "__iter__"), [])),
    __call__: method("(self, **kw)", (self: scoped_session, kw: Kwargs) => {
      const session = self.call(kw) as Value;
      if (getAttrOrUndefined(session, "_is_asyncio") === true)
        warnDeprecated(
          "Using `scoped_session` with asyncio is deprecated and will raise an error in a future version. Please use `async_scoped_session` instead.",
        );
      return session;
    }),
    configure: method("(self, **kwargs)", (self: scoped_session, kw: Kwargs) => self.configure(kw)),
  };
  const getters: Record<string, NativeGetter> = {};
  for (const [name, value] of typeFor(SESSION).dict) {
    if (name.startsWith("_") || OWN.has(name)) continue;
    const kind = (value as { readonly [TYPE]?: PyType } | null)?.[TYPE]?.name;
    if (kind === "getset_descriptor")
      getters[name] = {
        get: ((self: scoped_session) => getAttr(self.proxied, name)) as Get,
        set: ((self: scoped_session, v: Value) => setAttr(self.proxied, name, v)) as (
          self: never,
          v: Value,
        ) => void,
      };
    else if (kind !== "classmethod_descriptor" && kind !== "classmethod")
      methods[name] = method(
        "(self, *args, **kwargs)",
        (self: scoped_session, args: Value[], kwargs: Kwargs) =>
          call(getAttr(self.proxied, name), args, kwargs.size ? kwargs : undefined),
      );
  }
  methods["query_property"] = method(
    "(self, query_cls=None)",
    (self: scoped_session, queryCls: Value) => new QueryProperty(self, queryCls) as unknown as Value,
  );
  extend(SCOPED, { methods, getters });
  nativeType({
    name: "query",
    module: "sqlalchemy.orm.scoping",
    host: QueryProperty,
    methods: {
      __get__: method(
        "(self, instance, owner=None)",
        ({ scope, queryCls }: QueryProperty, _instance: Value, owner: Value) =>
          queryCls === null
            ? call(getAttr(scope.proxied, "query"), [owner])
            : call(queryCls, [owner], new Map([["session", scope.proxied as unknown as Value]])),
      ),
    },
  });
}

/** The constants of the ORM are members of enumerations: they have a name, a value, and a repr that says both. */
function bindConstants(): void {
  const types = new Map<object, PyType>();
  for (const constant of Object.values(flags)) {
    if (!(constant instanceof flags.Constant)) continue;
    const proto = Object.getPrototypeOf(constant) as object;
    let t = types.get(proto);
    if (!t) {
      t = nativeType({
        name: constant.enumName,
        module: "sqlalchemy.orm.base",
        methods: {
          __repr__: method("(self)", (self: flags.Constant) => self.repr()),
          __str__: method("(self)", (self: flags.Constant) => self.toString()),
        },
        getters: {
          name: { get: ((self: flags.Constant) => self.name) as Get },
          value: { get: ((self: flags.Constant) => self.value) as Get },
        },
      });
      types.set(proto, t);
      Object.defineProperty(proto, TYPE, { value: t, configurable: true, writable: true });
    }
    t.dict.set(constant.name, constant);
    for (const module of [
      "sqlalchemy.orm.base",
      "sqlalchemy.orm.attributes",
      "sqlalchemy.orm.interfaces",
      "sqlalchemy.orm",
    ])
      give(`${module}.${constant.name}`, constant);
  }
  for (const [name, value] of Object.entries(flags.PassiveFlag))
    for (const module of ["sqlalchemy.orm.base", "sqlalchemy.orm.attributes"])
      give(`${module}.${name}`, value);
}

export function bindSessions(): void {
  // not public, but what get_bind() recipes tell reading from writing by
  extend(SESSION, { getters: { _flushing: { get: ((self: Session) => self._flushing) as Get } } });
  give("sqlalchemy.orm._orm_constructors.create_session", () =>
    nativeFunction("create_session", [
      "(bind=None, **kwargs)",
      ((bind: Value, kw: Kwargs) =>
        call(
          typeFor(SESSION),
          [],
          new Map<string, Value>([["bind", bind], ["autoflush", false], ["expire_on_commit", false], ...kw]),
        )) as NativeMethod[1],
    ]),
  );
  extend("sqlalchemy.orm.query.Query", {
    methods: {
      values: method("(self, *columns)", (self: Query, columns: Value[]) =>
        iter(toPython(self.values(columns.map(toEngine) as Value[]))),
      ),
    },
  });
  extend("sqlalchemy.orm.query.BulkUD", {
    getters: { result: { get: ((context: BulkUpdate) => toPython(context.result)) as Get } },
  });
  bindMaker();
  bindScoped();
  bindConstants();
}
