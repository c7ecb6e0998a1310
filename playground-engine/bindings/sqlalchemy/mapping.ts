// Mappers and registries as programs see them: tuples where the library has tuples, the constructor of declarative classes.
import type { AttributeEventToken } from "../../orm/attributes/token.ts";
import type { ColumnComparator } from "../../orm/props/column.ts";
import { getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { type ClassRef, face } from "../../orm/face.ts";
import type { CompositeProperty } from "../../orm/props/composite.ts";
import type { Mapper } from "../../orm/mapping/mapper.ts";
import type { InstanceState } from "../../orm/state/state.ts";
import type { Registry } from "../../orm/mapping/registry.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import type { NativeGetter, NativeMethod } from "../../python/runtime/native.ts";
import { type Kwargs, PyTuple, type Value } from "../../python/runtime/object.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { host } from "../../util/host.ts";
import { UnmappedClassError, warnDeprecated } from "../../errors/index.ts";
import { instanceState } from "../../orm/state/access.ts";
import { call } from "../../python/runtime/call.ts";
import { extend } from "../define.ts";
import { give, resolve } from "../modules.ts";
import { bindCascadeOptions } from "./cascade-options.ts";
import { bindHistory } from "./history.ts";
import { bindInstrumentation } from "./instrumentation.ts";
import { bindPickling } from "./pickling.ts";
import { toPython } from "../values.ts";

const getter = <T>(get: (self: T) => Value): NativeGetter => ({ get: get as (self: never) => Value });
const tuple = (items: Iterable<unknown>): PyTuple => new PyTuple([...items].map(toPython));

/** Names of sqlalchemy.ext.declarative that sqlalchemy.orm has since 2.0; how each warning refers to it. */
const MOVED = {
  declarative_base: "sqlalchemy.orm.declarative_base().",
  as_declarative: "sqlalchemy.orm.as_declarative()",
  has_inherited_table: "sqlalchemy.orm.has_inherited_table().",
  synonym_for: "sqlalchemy.orm.synonym_for()",
} as const;

function bindMovedNames(): void {
  for (const [name, where] of Object.entries(MOVED))
    give(`sqlalchemy.ext.declarative.${name}`, () =>
      nativeFunction(
        name,
        [
          "(*arg, **kw)",
          ((args: readonly Value[], kw: Kwargs) => {
            warnDeprecated(
              `The \`\`${name}()\`\` function is now available as ${where} (deprecated since: 2.0)`,
              { category: "MovedIn20Warning" },
            );
            return call(
              resolve(`sqlalchemy.orm.decl_api.${name}`) as Value,
              [...args],
              kw.size ? kw : undefined,
            );
          }) as NativeMethod[1],
        ],
        "sqlalchemy.ext.declarative",
      ),
    );
}

/** Functions that the library keeps as plain attribute getters. */
function bindStateAccess(): void {
  const functions = {
    instance_state: (obj: Value) => toPython(instanceState(obj)),
    instance_dict: (obj: Value) => getAttrOrUndefined(obj, "__dict__") ?? null,
    manager_of_class: (cls: Value) => {
      const manager = face().isClass(cls) ? face().managerOf(cls as ClassRef) : undefined;
      if (!manager)
        throw new UnmappedClassError(`Can't locate an instrumentation manager for class ${host.repr(cls)}`);
      return toPython(manager);
    },
  };
  for (const [name, fn] of Object.entries(functions))
    for (const module of ["sqlalchemy.orm.base", "sqlalchemy.orm.attributes"])
      give(`${module}.${name}`, () => nativeFunction(name, ["(obj, /)", fn as NativeMethod[1]]));
}

/** Bind what is said here. */
export function bindMapping(): void {
  bindMovedNames();
  bindStateAccess();
  bindHistory();
  bindCascadeOptions();
  bindInstrumentation();
  bindPickling();
  extend("sqlalchemy.orm.mapper.Mapper", {
    getters: {
      primary_key: getter((m: Mapper) => tuple(m.primaryKey)),
      entity_namespace: getter((m: Mapper) => toPython(m.class_)),
      polymorphic_map: getter((m: Mapper) =>
        PyDict.from([...m.polymorphicMap.values()].map((x) => [x.polymorphicIdentity as Value, toPython(x)])),
      ),
      with_polymorphic: getter((m: Mapper) =>
        m.withPolymorphic
          ? tuple([m.withPolymorphic[0] === "*" ? "*" : tuple(m.withPolymorphic[0]), m.withPolymorphic[1]])
          : null,
      ),
      self_and_descendants: getter((m: Mapper) => toPython([...m.selfAndDescendants])),
    },
    methods: {
      primary_key_from_instance: [
        "(self, instance)",
        ((m: Mapper, obj: object) => tuple(m.primaryKeyFromInstance(obj))) as NativeMethod[1],
      ],
    },
  });
  extend("sqlalchemy.orm.properties.ColumnProperty.Comparator", {
    methods: {
      __getattr__: [
        "(self, key, /)",
        ((c: ColumnComparator, key: string) => {
          const found = key.startsWith("__")
            ? undefined
            : getAttrOrUndefined(toPython(c.clauseElement()), key);
          if (found === undefined)
            throw err(E.AttributeError, `'Comparator' object has no attribute '${key}'`);
          return found;
        }) as NativeMethod[1],
      ],
    },
  });
  for (const op of ["APPEND", "REMOVE", "REPLACE", "BULK_REPLACE", "MODIFIED"])
    give(`sqlalchemy.util.langhelpers.OP_${op}`, () => toPython(Symbol.for(op)));
  extend("sqlalchemy.orm.attributes.AttributeEventToken", {
    getters: {
      impl: getter((t: AttributeEventToken) => toPython(t.impl)),
      key: getter((t: AttributeEventToken) => t.key),
      op: getter((t: AttributeEventToken) => toPython(Symbol.for(t.op))),
      parent_token: getter((t: AttributeEventToken) => toPython(t.parentToken)),
    },
  });
  extend("sqlalchemy.orm.state.InstanceState", {
    getters: {
      dict: getter((s: InstanceState) => getAttrOrUndefined(s.obj() as Value, "__dict__") ?? new PyDict()),
      identity: getter((s: InstanceState) => (s.key ? tuple(s.key.pk) : null)),
      load_options: getter((s: InstanceState) => tuple(s.loadOptions as Value[])),
      obj: getter((s: InstanceState) =>
        nativeFunction("obj", ["()", (() => toPython(s.obj())) as NativeMethod[1]]),
      ), // the library has a weak reference here
    },
  });
  // a property is no element, though its class has an element's operators
  const absent = (key: string): never => {
    throw err(E.AttributeError, key);
  };
  extend("sqlalchemy.orm.interfaces.MapperProperty", {
    getters: { __clause_element__: getter(() => absent("__clause_element__")) },
    methods: { __getattr__: ["(self, key, /)", ((_: Value, key: string) => absent(key)) as NativeMethod[1]] },
  });
  extend("sqlalchemy.orm.descriptor_props.CompositeProperty", {
    getters: { attrs: getter((p: CompositeProperty) => tuple(p.attrs)) },
  });
  extend("sqlalchemy.orm.decl_api.registry", {
    getters: {
      constructor: getter((r: Registry) => r.classConstructor as Value),
      // not public, but where recipes look for a base's classes by name
      _class_registry: getter((r: Registry) => toPython(r._classRegistry.names)),
      type_annotation_map: getter((r: Registry) => PyDict.from([...r.typeAnnotationMap] as never)),
      mappers: getter((r: Registry) => host.makeFrozenSet([...r.mappers].map(toPython))),
    },
  });
}
