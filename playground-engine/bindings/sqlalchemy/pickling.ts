// Mapped objects pickled and deeply copied: what is known of an object goes with it, and comes back detached.
//
// An object's dictionary holds its state, as the real one's does; a state is made again for the new object and told what the old
// one knew. Collections are joined to their attributes again. Loader options go with what they loaded;
// a path in them is written as classes and names. Mappers, statements of entities, sessions and engines are refused.
// Behaviour: SQLAlchemy orm/state.py (InstanceState.__getstate__, __setstate__), orm/instrumentation.py (_SerializeManager).
import type { CollectionAttributeImpl } from "../../orm/attributes/collection.ts";
import { CollectionAdapter } from "../../orm/collections/adapter.ts";
import { type ClassRef, face, type Instance } from "../../orm/face.ts";
import * as flags from "../../orm/flags.ts";
import { managerOfClass } from "../../orm/state/access.ts";
import { asIdentityKey } from "../../orm/state/identity-key.ts";
import { classMapper } from "../../orm/mapping/class-mapper.ts";
import type { Mapper } from "../../orm/mapping/mapper.ts";
import { LoadElement } from "../../orm/options/element.ts";
import { type Path, type PathProperty, PathRegistry } from "../../orm/path-registry.ts";
import type { RelationshipProperty } from "../../orm/props/relationship.ts";
import { InstanceState } from "../../orm/state/state.ts";
import { PyDict, PySet } from "../../python/builtins/index.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { toArray } from "../../python/runtime/iteration.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import { PyList, PyTuple, type PyType, type Value } from "../../python/runtime/object.ts";
import { extend } from "../define.ts";
import { give } from "../modules.ts";
import { addPart, entries, fieldsOf, type Part } from "./copying.ts";

/** An earlier value: one of the program, the name of one of the ORM's constants, or the members of a collection. */
function kept(v: Value): Value {
  if (Array.isArray(v)) return new PyTuple([null, null, new PyList(v as Value[])]);
  return v instanceof flags.Constant ? new PyTuple([null, v.name]) : new PyTuple([v]);
}
function given(v: Value): Value {
  const [value, name, members] = toArray(v);
  if (members !== undefined) return toArray(members);
  return name === undefined ? value! : ((flags as Readonly<Record<string, Value>>)[name as string] as Value);
}

const isCollection = (state: InstanceState, key: string, value: Value): boolean =>
  value !== null && state.manager.has(key) && state.manager.getImpl(key).collection;

/** Columns that an option deferred for this object: without its loader they are loaded as expired ones are. */
const deferredColumns = (state: InstanceState): string[] =>
  [...state.callables.keys()].filter((key) => !state.manager.getImpl(key).usesObjects);

/** Whose member it is or was, by attribute. */
function parentRecord(token: object, parent: InstanceState | false): PyTuple[] {
  const prop = token as Partial<RelationshipProperty>;
  return prop.parent && prop.key !== undefined
    ? [new PyTuple([prop.parent.class_ as Value, prop.key, parent])]
    : [];
}

function stateDict(state: InstanceState): PyDict {
  const known = PyDict.from([
    ["instance", state.obj()],
    ["class_", state.class_ as Value],
    ["key", state.key?.asTuple() ?? null],
    ["modified", state.modified],
    ["expired", state.expired],
    ["expired_attributes", new PySet([...state.expiredAttributes, ...deferredColumns(state)])],
    ["committed_state", PyDict.from([...state.committedState].map(([k, v]) => [k, kept(v)]))],
    ["info", state.info],
    ["parents", new PyList([...state.parents].flatMap(([token, parent]) => parentRecord(token, parent)))],
    ["load_options", new PyTuple(state.loadOptions as Value[])],
    [
      "load_path",
      state.loadPath === PathRegistry.root ? null : pathPart.encode(state.loadPath as PathRegistry),
    ],
    ["collections", PyDict.from([...state.dict].filter(([k, v]) => isCollection(state, k, v)))],
  ]);
  state.manager.dispatch.pickle.emit(state, known);
  return known;
}

function setState(state: InstanceState, known: PyDict): void {
  const key = known.get("key") ?? null;
  if (key !== null) {
    state.key = asIdentityKey(key) ?? null;
    state.identityToken = state.key?.token ?? null;
  }
  state.modified = known.get("modified") === true;
  state.expired = known.get("expired") === true;
  state.expiredAttributes = new Set(toArray(known.get("expired_attributes")!) as string[]);
  state.committedState = new Map(
    [...(known.get("committed_state") as PyDict).entries()].map(([k, v]) => [k as string, given(v)]),
  );
  for (const [k, v] of (known.get("info") as PyDict).entries()) (state.info as PyDict).set(k, v);
  for (const record of toArray(known.get("parents")!)) {
    const [cls, name, parent] = (record as PyTuple).items;
    const token = classMapper(cls as ClassRef)._props.get(name as string);
    if (token) state.parents.set(token, parent as InstanceState | false);
  }
  const options = toArray(known.get("load_options")!);
  if (options.length) state.loadOptions = options;
  const path = known.get("load_path") ?? null;
  if (path !== null) state.loadPath = pathPart.decode(path);
  for (const [k, collection] of (known.get("collections") as PyDict).entries())
    new CollectionAdapter(state.manager.getImpl(k as string) as CollectionAttributeImpl, state)._bind(
      collection,
    );
  state.manager.dispatch.unpickle.emit(state, known);
}

/** A path as classes and names: `[(User, "orders"), (Order, None)]`. */
const pathPart: Part<PathRegistry> = {
  tag: "path",
  is: (v) => v instanceof PathRegistry,
  encode: ({ path }) =>
    new PyList(
      path.map((at) => {
        if (typeof at === "string") return at;
        return "class_" in at ? (at.class_ as Value) : ((at as PathProperty).key as Value);
      }),
    ),
  decode: (v) => {
    let mapper: Mapper | null = null;
    const path = (v as PyList).items.map((at) => {
      if (typeof at !== "string") return (mapper = classMapper(at as ClassRef));
      return mapper?._props.get(at) ?? at;
    });
    return PathRegistry.coerce(path as unknown as Path);
  },
};

const elementPart: Part<LoadElement> = {
  tag: "load element",
  is: (v) => v instanceof LoadElement,
  encode: (element) => new PyTuple([element.constructor.name, fieldsOf(element._kept())]),
  decode: (v) => {
    const [kind, fields] = (v as PyTuple).items;
    return LoadElement._revived(kind as string, Object.fromEntries(entries(fields!)));
  },
};

/** Refuse, as the real object's contents do. */
const refuse = (type: PyType, message: string): { readonly methods: Record<string, NativeMethod> } => ({
  methods: {
    __reduce_ex__: method("(self, protocol, /)", () => {
      throw err(type, message);
    }),
  },
});

export function bindPickling(): void {
  addPart(pathPart);
  addPart(elementPart);
  for (const name of ["mapper.Mapper", "attributes.QueryableAttribute", "util.LoaderCriteriaOption"])
    extend(
      `sqlalchemy.orm.${name}`,
      refuse(E.AttributeError, "Can't pickle local object 'Mapper.__init__.<locals>.<lambda>'"),
    );
  extend(
    "sqlalchemy.engine.base.Engine",
    refuse(E.AttributeError, "Can't pickle local object 'create_engine.<locals>.connect'"),
  );
  for (const name of ["session.Session", "query.Query"])
    extend(`sqlalchemy.orm.${name}`, refuse(E.TypeError, "cannot pickle 'weakref.ReferenceType' object"));
  const made = nativeFunction(
    "_state_of",
    method("(obj)", (obj: Instance) => {
      const state = new InstanceState(obj, managerOfClass(face().classOf(obj)));
      face().setState(obj, state);
      return state;
    }),
    "sqlalchemy.orm.state",
  );
  give("sqlalchemy.orm.state._state_of", made);
  extend("sqlalchemy.orm.state.InstanceState", {
    methods: {
      __getstate__: method("(self)", stateDict),
      __setstate__: method("(self, state_dict)", setState),
      __reduce_ex__: method(
        "(self, protocol, /)",
        (state: InstanceState) => new PyTuple([made, new PyTuple([state.obj()]), stateDict(state)]),
      ),
    },
  });
}
