// Declarative classes: DeclarativeBase, MappedAsDataclass, DeclarativeMeta, declared_attr.
//
// What happens when a class is made or changed is the engine's (orm/declarative/base.ts); Python's side is when: in
// `__init_subclass__` of a base class, in the metaclass of a declarative_base().
// Behaviour: SQLAlchemy orm/decl_api.py.
import { addAttribute, deleteAttribute } from "../../orm/declarative/add-attribute.ts";
import * as base from "../../orm/declarative/base.ts";
import { constructors, declarativeConstructor } from "../../orm/declarative/constructor.ts";
import { DeclaredAttr, DeclaredDirective } from "../../orm/declarative/declared-attr.ts";
import type { Registry } from "../../orm/mapping/registry.ts";
import { bindToClass, typeSetAttr } from "../../python/runtime/attributes.ts";
import { objectType, typeType } from "../../python/runtime/base-types.ts";
import { call } from "../../python/runtime/call.ts";
import { classMethodType } from "../../python/runtime/descriptors.ts";
import { nativeFunction, PyBuiltin } from "../../python/runtime/native-function.ts";
import { fillType, nativeType } from "../../python/runtime/native-type.ts";
import { dictGetSet, weakrefGetSet } from "../../python/runtime/slots.ts";
import { method } from "../../python/runtime/native.ts";
import { type Kwargs, type PyType, type Value } from "../../python/runtime/object.ts";
import { genericClass } from "../../python/stdlib/typing-classes.ts";
import { extend, typeFor } from "../define.ts";
import { give } from "../modules.ts";
import { camel, toPython } from "../values.ts";
import { bindMapping } from "./mapping.ts";

const isMapped = (cls: PyType): boolean => cls.dict.has("__mapper__");

/** What `type` itself keeps of a class. */
const OF_TYPES: ReadonlySet<string> = new Set([
  "__name__",
  "__qualname__",
  "__module__",
  "__doc__",
  "__bases__",
]);

/** Attributes set on a mapped class are mapped. */
const intercept: PyType = nativeType({
  name: "DeclarativeAttributeIntercept",
  module: "sqlalchemy.orm.decl_api",
  bases: [typeType],
  methods: {
    __setattr__: method("(cls, key, value)", (cls: PyType, key: string, value: Value) => {
      if (isMapped(cls) && !OF_TYPES.has(key)) addAttribute(cls, key, value);
      else typeSetAttr(cls, key, value);
    }),
    __delattr__: method("(cls, key)", (cls: PyType, key: string) => {
      if (isMapped(cls)) deleteAttribute(cls, key);
      else typeSetAttr(cls, key, undefined);
    }),
  },
});

const meta: PyType = nativeType({
  name: "DeclarativeMeta",
  module: "sqlalchemy.orm.decl_api",
  bases: [intercept],
  methods: {
    __init__: method("(cls, classname, bases, dict_, **kw)", (cls: PyType) => base.initDeclarativeMeta(cls)),
  },
});
base.metaclasses.declarative = meta;
const itself = nativeFunction(
  "__class_getitem__",
  method("(cls, key)", (cls: PyType) => cls),
);
base.metaclasses.subscript = call(classMethodType, [itself]);

/** The next `__init_subclass__` after one class's own. */
function superInitSubclass(cls: PyType, after: PyType, kwargs: Kwargs): void {
  for (const t of cls.mro.slice(cls.mro.indexOf(after) + 1)) {
    const found = t.dict.get("__init_subclass__");
    if (found === undefined) continue;
    callInitSubclass(found, cls, kwargs);
    return;
  }
}

function callInitSubclass(fn: Value, cls: PyType, kwargs: Kwargs): void {
  call(bindToClass(fn, cls), [], kwargs.size ? kwargs : undefined);
}

/** Base classes are generic to programs: `Base[int]` is refused as that of a class without type variables. */
const inspectable: PyType = nativeType({
  name: "Inspectable",
  module: "sqlalchemy.inspection",
  bases: [genericClass],
});

function declarativeClass(name: string, metaclass: PyType): PyType {
  const t: PyType = nativeType({
    name,
    module: "sqlalchemy.orm.decl_api",
    metaclass,
    bases: [inspectable],
    hasDict: true,
    allocator: objectType.allocator!,
    classMethods: {
      __init_subclass__: method("(cls, **kw)", (cls: PyType, kw: Kwargs) => {
        base.initDeclarativeSubclass(cls, t);
        superInitSubclass(cls, t, kw);
      }),
    },
  });
  return t;
}

const declarativeBase = declarativeClass("DeclarativeBase", intercept);
const declarativeBaseNoMeta = declarativeClass("DeclarativeBaseNoMeta", typeType);

const DATACLASS_OPTIONS = [
  "init",
  "repr",
  "eq",
  "order",
  "unsafe_hash",
  "match_args",
  "kw_only",
  "dataclass_callable",
];

const mappedAsDataclass: PyType = nativeType({
  name: "MappedAsDataclass",
  module: "sqlalchemy.orm.decl_api",
  metaclass: typeType,
  hasDict: true,
  allocator: objectType.allocator!,
  classMethods: {
    __init_subclass__: method("(cls, **kw)", (cls: PyType, kw: Kwargs) => {
      const options = Object.fromEntries(
        DATACLASS_OPTIONS.filter((k) => kw.has(k)).map((k) => [camel(k), kw.get(k)]),
      );
      const args = base.beforeDataclassSubclass(cls, options);
      superInitSubclass(
        cls,
        mappedAsDataclass,
        new Map([...kw].filter(([k]) => !DATACLASS_OPTIONS.includes(k))),
      );
      base.afterDataclassSubclass(cls, args);
    }),
  },
});

for (const t of [declarativeBase, declarativeBaseNoMeta, mappedAsDataclass]) {
  // written in Python there: an instance can be made of each, though none is of use
  t.heap = true;
  t.dict.set("__dict__", dictGetSet(t));
  t.dict.set("__weakref__", weakrefGetSet(t));
}

/** The `__init__` that declarative gives to classes without one. */
function bindConstructor(): void {
  const made = new PyBuiltin(
    "__init__",
    method("(self, **kwargs)", (self: Value, kwargs: Kwargs) =>
      declarativeConstructor(self as never, kwargs),
    ),
    "method",
    undefined,
    "sqlalchemy.orm.decl_base",
    "python",
  );
  made.qualified = "_declarative_constructor";
  constructors.declarative = made;
}

/** Bind what is said here. */
export function bindDeclarative(): void {
  bindMapping();
  bindConstructor();
  const declaredAttr = typeFor("sqlalchemy.orm.decl_api.declared_attr");
  fillType(declaredAttr, {
    descriptor: { get: (d: DeclaredAttr, obj: Value, owner: PyType): Value => toPython(d.get(obj, owner)) },
    members: {
      directive: nativeFunction(
        "directive",
        method("(fn)", (fn: Value) => new DeclaredDirective(fn)),
      ),
      cascading: nativeFunction(
        "cascading",
        method("(fn)", (fn: Value) => new DeclaredAttr(fn, { cascading: true })),
      ),
    },
  });
  const classes = {
    DeclarativeBase: declarativeBase,
    DeclarativeBaseNoMeta: declarativeBaseNoMeta,
    DeclarativeMeta: meta,
    DeclarativeAttributeIntercept: intercept,
    MappedAsDataclass: mappedAsDataclass,
  };
  for (const [name, t] of Object.entries(classes)) give(`sqlalchemy.orm.decl_api.${name}`, t);
  extend("sqlalchemy.orm.decl_api.registry", {
    methods: {
      generate_base: method(
        "(self, mapper=None, cls=None, name='Base', metaclass=...)",
        (self: Registry, mapper: Value, cls: Value, name: string, metaclass: Value) =>
          base.generateBase(self, { mapper, cls, name, ...(metaclass === undefined ? {} : { metaclass }) }),
      ),
      as_declarative_base: method("(self, **kw)", (self: Registry, kw: Kwargs) => {
        const decorate = base.asDeclarativeBase(
          self,
          Object.fromEntries([...kw].map(([k, v]) => [camel(k), v])),
        );
        return nativeFunction(
          "decorate",
          method("(cls)", (cls: PyType) => decorate(cls)),
        );
      }),
    },
  });
}
