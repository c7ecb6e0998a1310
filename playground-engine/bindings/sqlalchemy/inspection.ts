// What inspect() and its results tell beside the tables: what kind of thing they are, collections by key, documentation.
// Behaviour: SQLAlchemy orm/base.py (InspectionAttr), orm/identity.py, orm/scoping.py, util/_collections.py.
import {
  ASSOCIATION_PROXY,
  HYBRID_METHOD,
  HYBRID_PROPERTY,
  NOT_EXTENSION,
} from "../../orm/ext/extension-type.ts";
import { proxyGetters } from "./orm.ts";
import type { hybrid_property } from "../../orm/ext/hybrid.ts";
import { inspect, registerInspector } from "../../orm/inspection.ts";
import { type CollectionAdapter, collectionAdapter } from "../../orm/collections/adapter.ts";
import { ScopedRegistry, type scoped_session } from "../../orm/session/scoped.ts";
import type { IdentityMap } from "../../orm/state/identity.ts";
import type { ClassManager } from "../../orm/state/manager.ts";
import { instanceState } from "../../orm/state/access.ts";
import type { ReadOnlyProperties } from "../../orm/mapping/read-only-properties.ts";
import type { QueryableAttribute } from "../../orm/attributes/instrumented.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { call, callWith } from "../../python/runtime/call.ts";
import { getAttr, getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { iter } from "../../python/runtime/iteration.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import { PyList, PyTuple, PyType, typeOf, type Value } from "../../python/runtime/object.ts";
import { extend, typeFor } from "../define.ts";
import { give } from "../modules.ts";
import { camel, toPython } from "../values.ts";

type Getter = (self: never) => Value;
const getter = (fn: (self: never) => unknown): Getter => fn as Getter;

const pairs = (entries: Iterable<readonly [unknown, unknown]>): PyList =>
  new PyList([...entries].map(([k, v]) => new PyTuple([toPython(k), toPython(v)])));

/** What a thing that inspect() gives is, and is not. */
const KINDS = [
  "is_selectable",
  "is_aliased_class",
  "is_instance",
  "is_mapper",
  "is_bundle",
  "is_property",
  "is_attribute",
  "is_clause_element",
];

function bindKinds(): void {
  const getters: Record<string, Getter> = {};
  for (const name of KINDS)
    getters[name] = getter((self: Record<string, unknown>) => self[camel(name)] === true);
  extend("sqlalchemy.orm.base.InspectionAttr", { getters });
}

function bindCollections(): void {
  extend("sqlalchemy.util._collections.ReadOnlyProperties", {
    methods: {
      items: method("(self)", (self: ReadOnlyProperties<unknown>) => pairs(self.entries())),
      as_readonly: method("(self)", (self: ReadOnlyProperties<unknown>) => self),
    },
  });
  extend("sqlalchemy.orm.identity.IdentityMap", {
    methods: {
      items: method("(self)", (self: IdentityMap) => pairs(self.items())),
      keys: method("(self)", (self: IdentityMap) =>
        call(getAttr(PyDict.from(self.keys().map((k) => [toPython(k), null])), "keys"), []),
      ),
    },
  });
  extend("sqlalchemy.orm.collections.CollectionAdapter", {
    getters: {
      data: getter((self: CollectionAdapter) => self.data),
      attr: getter((self: CollectionAdapter) => self.attr),
      owner_state: getter((self: CollectionAdapter) => self.ownerState),
      invalidated: getter((self: CollectionAdapter) => self.invalidated),
    },
    methods: {
      __len__: method("(self)", (self: CollectionAdapter) => [...self.items()].length),
      __iter__: method("(self)", (self: CollectionAdapter) => iter(new PyList([...self.items()]))),
      __bool__: method("(self)", () => true),
      append_with_event: method("(self, item, initiator=None)", (self: CollectionAdapter, item: Value) =>
        self.appendWithEvent(item),
      ),
      remove_with_event: method("(self, item, initiator=None)", (self: CollectionAdapter, item: Value) =>
        self.removeWithEvent(item),
      ),
      clear_with_event: method("(self, initiator=None)", (self: CollectionAdapter) => self.clearWithEvent()),
      append_without_event: method("(self, item)", (self: CollectionAdapter, item: Value) =>
        self.appendWithoutEvent(item),
      ),
      remove_without_event: method("(self, item)", (self: CollectionAdapter, item: Value) =>
        self.removeWithoutEvent(item),
      ),
    },
  });
  extend("sqlalchemy.orm.instrumentation.ClassManager", {
    methods: {
      __iter__: method("(self)", (self: ClassManager) => iter(new PyList([...self.keys()]))),
      __len__: method("(self)", (self: ClassManager) => self.size),
      __contains__: method("(self, key, /)", (self: ClassManager, key: string) => self.has(key)),
      __getitem__: method("(self, key, /)", (self: ClassManager, key: string) => {
        const found = self.get(key);
        if (found === undefined) throw err(E.KeyError, key);
        return toPython(found);
      }),
      get: method("(self, key, default=None, /)", (self: ClassManager, key: string, standard: Value) =>
        self.has(key) ? toPython(self.get(key)) : standard,
      ),
      keys: method("(self)", (self: ClassManager) => new PyList([...self.keys()])),
      values: method("(self)", (self: ClassManager) => new PyList([...self.values()].map(toPython))),
      items: method("(self)", (self: ClassManager) => pairs(self.entries())),
    },
  });
  give("sqlalchemy.orm.collections.collection_adapter", () =>
    nativeFunction(
      "collection_adapter",
      method("(collection)", (collection: Value) => toPython(collectionAdapter(collection))),
    ),
  );
}

function bindRegistries(): void {
  nativeType({
    name: "ThreadLocalRegistry",
    module: "sqlalchemy.util._collections",
    host: ScopedRegistry,
    methods: {
      __call__: method("(self)", (self: ScopedRegistry) => toPython(self.call())),
      has: method("(self)", (self: ScopedRegistry) => self.has()),
      set: method("(self, obj)", (self: ScopedRegistry, session: never) => self.set(session)),
      clear: method("(self)", (self: ScopedRegistry) => self.clear()),
    },
  });
  const ofSession = (name: string): NativeMethod =>
    method("(cls, *args, **kwargs)", (_cls: Value, args: Value[], kwargs: ReadonlyMap<string, Value>) =>
      callWith(getAttr(typeFor("sqlalchemy.orm.session.Session"), name), args, kwargs),
    );
  const classMethods = Object.fromEntries(
    ["object_session", "identity_key", "close_all"].map((name) => [name, ofSession(name)]),
  );
  extend("sqlalchemy.orm.session.sessionmaker", { classMethods });
  extend("sqlalchemy.orm.scoping.scoped_session", {
    getters: { registry: getter((self: scoped_session) => self.registry) },
    classMethods,
  });
}

/** What the attribute's property says of itself. */
function documentation(attribute: QueryableAttribute): string | null {
  const { prop } = attribute as { readonly prop?: { readonly doc?: string | null } | null };
  return prop?.doc ?? null;
}

/** `Setting[int]` of a generic mapped class is looked at as the class. */
function bindGenericClasses(): void {
  registerInspector((v) => {
    // a class of the engine's is none
    if (typeof v === "function") return undefined;
    const kind = typeOf(v).name;
    if (kind !== "_GenericAlias" && kind !== "GenericAlias" && kind !== "types.GenericAlias")
      return undefined;
    const origin = getAttrOrUndefined(v, "__origin__");
    return origin instanceof PyType ? inspect(origin, { raiseerr: false }) : undefined;
  });
}

export function bindInspection(): void {
  bindGenericClasses();
  bindKinds();
  bindCollections();
  bindRegistries();
  const __doc__ = getter((self: QueryableAttribute) => self.doc ?? documentation(self));
  for (const name of ["QueryableAttribute", "InstrumentedAttribute"])
    extend(`sqlalchemy.orm.attributes.${name}`, { getters: { __doc__ } });
  proxyGetters.__doc__ = __doc__;
  extend("sqlalchemy.ext.hybrid.hybrid_property", {
    getters: {
      __doc__: getter((self: hybrid_property) => self.doc),
      __name__: getter((self: hybrid_property) => getAttr(self.fget, "__name__")),
    },
  });
  extend("sqlalchemy.ext.hybrid.HybridExtensionType", { members: { HYBRID_METHOD, HYBRID_PROPERTY } });
  extend("sqlalchemy.ext.associationproxy.AssociationProxyExtensionType", { members: { ASSOCIATION_PROXY } });
  extend("sqlalchemy.orm.base.NotExtension", { members: { NOT_EXTENSION } });
  give("sqlalchemy.orm.interfaces.NotExtension", () => typeFor("sqlalchemy.orm.base.NotExtension"));
  give("sqlalchemy.orm.util.was_deleted", () =>
    nativeFunction(
      "was_deleted",
      method("(object_)", (obj: Value) => instanceState(obj as never).wasDeleted),
    ),
  );
}
