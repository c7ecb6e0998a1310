// What the tables cannot say of the ORM: attributes as descriptors, generic classes, sessions as blocks, collections.
import { genericOf } from "../../python/stdlib/typing-classes.ts";
import { ProxyAttribute, type QueryableAttribute } from "../../orm/attributes/instrumented.ts";
import type { ProxiedDescriptor } from "../../orm/attributes/instrumented.ts";
import type { Instance } from "../../orm/face.ts";
import { installFace } from "../../orm/face.ts";
import * as flags from "../../orm/flags.ts";
import { LoaderCallableStatus, RelationshipDirection } from "../../orm/flags.ts";
import { WildcardLoad } from "../../orm/options/load.ts";
import { hybrid_property } from "../../orm/ext/hybrid.ts";
import { ProgramDescriptor, ProxyImpl } from "../../orm/props/descriptor.ts";
import { _RelationshipDeclared } from "../../orm/props/relationship.ts";
import { InvalidRequestError, warnDeprecated } from "../../errors/index.ts";
import { setRemovedMapper } from "../../orm/events.ts";
import { Mapper } from "../../orm/mapping/mapper.ts";
import { getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { E, err, isInstanceOf, type PyException } from "../../python/runtime/exceptions.ts";
import { fillType } from "../../python/runtime/native-type.ts";
import { method, type NativeGetter, type NativeMethod } from "../../python/runtime/native.ts";
import { type DescriptorSlots, type PyType, TYPE, type Value } from "../../python/runtime/object.ts";
import { extend, typeFor } from "../define.ts";
import { pythonFace } from "../face.ts";
import { give } from "../modules.ts";
import { toPython } from "../values.ts";
import {
  InstrumentedDict,
  InstrumentedList,
  InstrumentedSet,
  MARK_AFTER,
  MARK_BEFORE,
  MARK_INTERNAL,
  MARK_ROLE,
} from "../collections.ts";
import { dictOf, PyTuple } from "../../python/runtime/object.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { nativeType } from "../../python/runtime/native-type.ts";

const attributeSlots: DescriptorSlots = {
  get: (attr: QueryableAttribute, obj: Value) =>
    obj === null ? attr : toPython(attr.descriptorGet(obj as Instance)),
  set: (attr: QueryableAttribute, obj: Value, value: Value) => attr.descriptorSet(obj as Instance, value),
  delete: (attr: QueryableAttribute, obj: Value) => attr.descriptorDelete(obj as Instance),
};

const proxySlots: DescriptorSlots = {
  get: (d: ProxiedDescriptor, obj: Value, owner: PyType) => toPython(d.get(obj as Instance | null, owner)),
  set: (d: ProxiedDescriptor, obj: Value, value: Value) => {
    if (!d.set) throw err(E.AttributeError, "can't set attribute");
    d.set(obj as Instance, value);
  },
  delete: (d: ProxiedDescriptor, obj: Value) => {
    if (!d.delete) throw err(E.AttributeError, "can't delete attribute");
    d.delete(obj as Instance);
  },
};

function makeDescriptor(qualified: string, slots: DescriptorSlots): void {
  fillType(typeFor(qualified), { descriptor: slots });
}

/** Classes that are generic to type checkers alone: `Select[int]` is Select. */
const GENERIC_IN_NAME = ["sqlalchemy.orm.query.Query", "sqlalchemy.sql.selectable.Select"];
/** `Mapped[int]` and its like give a generic alias. */
const GENERIC = [
  "sqlalchemy.orm.base.Mapped",
  "sqlalchemy.orm.base.DynamicMapped",
  "sqlalchemy.orm.base.WriteOnlyMapped",
  "sqlalchemy.orm.relationships.Relationship",
  "sqlalchemy.orm.attributes.InstrumentedAttribute",
  "sqlalchemy.orm.attributes.QueryableAttribute",
  "sqlalchemy.orm.session.sessionmaker",
  "sqlalchemy.orm.scoping.scoped_session",
  "sqlalchemy.orm.mapper.Mapper",
  "sqlalchemy.ext.associationproxy.AssociationProxy",
  "sqlalchemy.ext.hybrid.hybrid_property",
  "sqlalchemy.engine.row.Row",
  "sqlalchemy.engine.result.Result",
  "sqlalchemy.sql.elements.ColumnElement",
  "sqlalchemy.sql.schema.Column",
  "sqlalchemy.ext.mutable.Mutable",
];

/** Members of SQLAlchemy's enumerations, as attributes of their classes; and what has been removed but for its name. */
function bindConstants(): void {
  const getters = {
    name: ((self: flags.Constant) => self.name) as (self: never) => Value,
    value: ((self: flags.Constant) => self.value) as (self: never) => Value,
  };
  const enums = { LoaderCallableStatus, RelationshipDirection };
  for (const [name, cls] of Object.entries(enums)) {
    const all = Object.values(flags).filter((v): v is flags.Constant => v instanceof cls);
    extend(`sqlalchemy.orm.base.${name}`, {
      members: Object.fromEntries(all.map((v) => [v.name, v as Value])),
      getters,
    });
  }
  extend("sqlalchemy.orm.base.PassiveFlag", { members: flags.PassiveFlag });
  const mapper = nativeFunction(
    "mapper",
    method("(*arg, **kw)", () => {
      throw new InvalidRequestError(
        "The 'sqlalchemy.orm.mapper()' function is removed as of SQLAlchemy 2.0.  Use the 'sqlalchemy.orm.registry.map_imperatively()` method of the ``sqlalchemy.orm.registry`` class to perform classical mapping.",
      );
    }),
  );
  give("sqlalchemy.orm.mapper", mapper);
  setRemovedMapper(mapper, Mapper);
}

function bindAttributes(): void {
  makeDescriptor("sqlalchemy.orm.attributes.QueryableAttribute", attributeSlots);
  makeDescriptor("sqlalchemy.orm.attributes.InstrumentedAttribute", attributeSlots);
  extend("sqlalchemy.orm.attributes.QueryableAttribute", {
    methods: {
      __getattr__: method("(self, key)", (self: QueryableAttribute, key: string) => {
        // A hybrid's own attributes (`overrides`, `fget`) come before those of what it means in SQL.
        const owner = self instanceof ProxyAttribute ? behind(self) : self;
        if (owner !== self && key in proxyGetters) throw noneHas(self, owner, key);
        const own =
          owner === self || key.startsWith("__") ? undefined : getAttrOrUndefined(toPython(owner), key);
        if (key === "original_property" && self instanceof ProxyAttribute)
          return toPython(self.originalProperty ?? null);
        if (own === undefined && key === "comparator") throw err(E.AttributeError, key);
        const found =
          own ?? (key.startsWith("__") ? undefined : getAttrOrUndefined(comparatorOf(self, owner, key), key));
        if (found === undefined) throw noneHas(self, owner, key);
        return found;
      }),
      __str__: method("(self)", (self: QueryableAttribute) => self.toString()),
      __repr__: method(
        "(self)",
        (self: QueryableAttribute) =>
          `<${"sqlalchemy.orm.attributes."}${self instanceof ProxyAttribute ? "create_proxied_attribute.<locals>.Proxy" : toName(self)} object at 0x${pythonFace.idOf(self).toString(16)}>`,
      ),
    },
  });
  bindProxies();
  // what relationship() and undefer_group() make has a class below the public one
  nativeType({
    name: "_RelationshipDeclared",
    module: "sqlalchemy.orm.relationships",
    bases: [typeFor("sqlalchemy.orm.relationships.Relationship")],
    host: _RelationshipDeclared,
  });
  nativeType({
    name: "_ProxyImpl",
    qualname: "DescriptorProperty.instrument_class.<locals>._ProxyImpl",
    module: "sqlalchemy.orm.descriptor_props",
    bases: [typeFor("sqlalchemy.orm.attributes.AttributeImpl")],
    host: ProxyImpl,
  });
  const wildcard = nativeType({
    name: "_WildcardLoad",
    module: "sqlalchemy.orm.strategy_options",
    bases: [typeFor("sqlalchemy.orm.strategy_options._AbstractLoad")],
    host: WildcardLoad,
  });
  give("sqlalchemy.orm.strategy_options._WildcardLoad", wildcard);
  for (const q of [
    "sqlalchemy.ext.hybrid.hybrid_property",
    "sqlalchemy.ext.associationproxy.AssociationProxy",
  ])
    makeDescriptor(q, proxySlots);
  makeDescriptor("sqlalchemy.ext.hybrid.hybrid_method", { get: proxySlots.get });
}

/** What a program put on its class, or a hybrid: the first to be asked. */
function behind({ descriptor }: ProxyAttribute): object {
  return descriptor instanceof ProgramDescriptor ? (descriptor.value as object) : descriptor;
}

/** A synonym or composite puts a property on the class where a program has put nothing. */
function kindOfOwner(owner: object): string {
  const name = toName(owner);
  return name === "object" ? "property" : name;
}

/** What is asked next. A synonym of what is not mapped yet has none. @throws AttributeError */
function comparatorOf(self: QueryableAttribute, owner: object, key: string): Value {
  try {
    return toPython(self.comparator);
  } catch (error) {
    if (!isInstanceOf(error, E.AttributeError)) throw error;
    throw err(
      E.AttributeError,
      `Neither '${kindOfOwner(owner)}' object nor unconfigured comparator object associated with ${String(self)} has an attribute '${key}'`,
    );
  }
}

/** What no attribute of the class and no comparator has. */
function noneHas(self: QueryableAttribute, owner: object, key: string): PyException {
  return err(
    E.AttributeError,
    `Neither '${kindOfOwner(owner)}' object nor '${toName(self.comparator)}' object associated with ${String(self)} has an attribute '${key}'`,
  );
}

/** What attributes that stand for another are asked, beside what all are. */
export const proxyGetters: Record<string, NativeGetter> = {
  descriptor: (self: ProxyAttribute) => toPython(self.descriptor),
  __name__: (self: ProxyAttribute) => self.key,
};
for (const key of ["property", "prop", "impl"])
  proxyGetters[key] = (self: ProxyAttribute): Value => {
    const property = getAttrOrUndefined(toPython(self.comparator), "property") ?? null;
    if (property === null) throw noneHas(self, behind(self), key);
    return key === "impl" ? toPython(self.impl) : property;
  };

/** Attributes that stand for a hybrid, synonym or composite: of a class beside InstrumentedAttribute, named by what they stand for. */
function bindProxies(): void {
  // beside it, not above it: of `User.name > User.id` the left one is asked first, whichever is a hybrid
  const bases = [typeFor("sqlalchemy.orm.attributes.QueryableAttribute")];
  const made = new Map<string, PyType>();
  Object.defineProperty(ProxyAttribute.prototype, TYPE, {
    get(this: ProxyAttribute): PyType {
      const of = this.descriptor instanceof hybrid_property ? toName(this.descriptor) : "property";
      let type = made.get(of);
      if (type === undefined) {
        type = nativeType({
          name: `${of}Proxy`,
          qualname: "create_proxied_attribute.<locals>.Proxy",
          module: "sqlalchemy.orm.attributes",
          bases,
          getters: proxyGetters,
        });
        made.set(of, type);
      }
      return type;
    },
    configurable: true,
  });
}

function toName(v: object): string {
  return pythonFace.className(pythonFace.classOf(v));
}

/** sqlalchemy.orm.collections.collection: marks on the methods of custom collection classes. */
function bindCollectionDecorators(): void {
  const marked = (role: string, fn: Value): Value => {
    dictOf(fn)!.set(MARK_ROLE, role);
    return fn;
  };
  const mark = (role: string): NativeMethod => method("(fn)", (fn: Value) => marked(role, fn));
  const before = (event: string): NativeMethod =>
    method("(arg)", (arg: Value) =>
      nativeFunction(
        "decorator",
        method("(fn)", (fn: Value) => {
          dictOf(fn)!.set(MARK_BEFORE, new PyTuple([event, arg]));
          return fn;
        }),
      ),
    );
  const t = nativeType({
    name: "collection",
    module: "sqlalchemy.orm.collections",
    staticMethods: {
      appender: mark("appender"),
      remover: mark("remover"),
      iterator: mark("iterator"),
      converter: method("(fn)", (fn: Value) => {
        warnDeprecated(
          "The collection.converter() handler is deprecated and will be removed in a future release.  Please refer to the AttributeEvents.bulk_replace listener interface in conjunction with the event.listen() function. (deprecated since: 1.3)",
        );
        return marked("converter", fn);
      }),
      linker: mark("linker"),
      link: mark("linker"),
      internally_instrumented: method("(fn)", (fn: Value) => {
        dictOf(fn)!.set(MARK_INTERNAL, true);
        return fn;
      }),
      adds: before("fire_append_event"),
      removes: before("fire_remove_event"),
      replaces: method("(arg)", (arg: Value) =>
        nativeFunction(
          "decorator",
          method("(fn)", (fn: Value) => {
            dictOf(fn)!.set(MARK_BEFORE, new PyTuple(["fire_append_event", arg]));
            dictOf(fn)!.set(MARK_AFTER, "fire_remove_event");
            return fn;
          }),
        ),
      ),
      removes_return: method("()", () =>
        nativeFunction(
          "decorator",
          method("(fn)", (fn: Value) => {
            dictOf(fn)!.set(MARK_AFTER, "fire_remove_event");
            return fn;
          }),
        ),
      ),
    },
  });
  give("sqlalchemy.orm.collections.collection", t);
  give("sqlalchemy.orm.collections.InstrumentedList", InstrumentedList);
  give("sqlalchemy.orm.collections.InstrumentedSet", InstrumentedSet);
  give("sqlalchemy.orm.collections.InstrumentedDict", InstrumentedDict);
}

export function bindOrm(): void {
  installFace(pythonFace);
  bindConstants();
  bindAttributes();
  bindCollectionDecorators();
  for (const q of GENERIC_IN_NAME)
    extend(q, { classMethods: { __class_getitem__: method("(cls, item, /)", (cls: PyType) => cls) } });
  for (const q of GENERIC)
    extend(q, {
      classMethods: {
        __class_getitem__: method("(cls, item, /)", (cls: PyType, item: Value) =>
          genericOf(cls, item, q.endsWith(".Row") ? undefined : 1),
        ),
      },
    });
}
