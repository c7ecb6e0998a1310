// Bases that map by themselves: automap, concrete bases, deferred reflection. Behaviour: SQLAlchemy ext/automap.py, ext/declarative.
import * as automap from "../../../orm/ext/automap.ts";
import * as concrete from "../../../orm/ext/concrete-base.ts";
import * as reflection from "../../../orm/ext/deferred-reflection.ts";
import { Properties } from "../../../orm/ext/properties.ts";
import type { ClassRef } from "../../../orm/face.ts";
import { getAttr } from "../../../python/runtime/attributes.ts";
import { call } from "../../../python/runtime/call.ts";
import { E, err } from "../../../python/runtime/exceptions.ts";
import { nativeFunction } from "../../../python/runtime/native-function.ts";
import { nativeType } from "../../../python/runtime/native-type.ts";
import type { Kwargs, PyType, Value } from "../../../python/runtime/object.ts";
import { give, resolve } from "../../modules.ts";
import { toPython } from "../../values.ts";
import { engineMethod, functions, giveSource } from "./source.ts";

const AUTOMAP = `
class AutomapBase:
    __abstract__ = True
    _sa_decl_prepare = True

    @classmethod
    def prepare(
        cls, autoload_with=None, engine=None, reflect=False, schema=None, classname_for_table=None, modulename_for_table=None, collection_class=None,
        name_for_scalar_relationship=None, name_for_collection_relationship=None, generate_relationship=None, reflection_options={},
    ):
        prepare(
            cls, autoload_with, engine, reflect, schema, classname_for_table, modulename_for_table, collection_class,
            name_for_scalar_relationship, name_for_collection_relationship, generate_relationship, reflection_options,
        )

    @classmethod
    def _sa_raise_deferred_config(cls):
        refuse(cls)
`;

const DECLARATIVE = `
class ConcreteBase:
    @classmethod
    def __declare_first__(cls):
        concrete_declare_first(cls)


class AbstractConcreteBase(ConcreteBase):
    __no_table__ = True

    @classmethod
    def __declare_first__(cls):
        cls._sa_decl_prepare_nocascade()

    @classmethod
    def _sa_decl_prepare_nocascade(cls):
        abstract_declare_first(cls)

    @classmethod
    def _sa_raise_deferred_config(cls):
        abstract_refuse(cls)


class DeferredReflection:
    _sa_decl_prepare = True

    @classmethod
    def prepare(cls, bind, **reflect_kw):
        prepare(cls, bind, **reflect_kw)

    @classmethod
    def _sa_raise_deferred_config(cls):
        reflection_refuse(cls)
`;

export function bindDeclarativeExtensions(): void {
  giveSource("sqlalchemy.ext.automap", AUTOMAP, ["AutomapBase"], () =>
    functions({
      prepare: engineMethod(
        "(cls, autoload_with, engine, reflect, schema, classname, modulename, collection_class, scalar, collection, generate, options)",
        (cls: ClassRef, ...rest: never[]) => automap.automapPrepare(cls, ...(rest as Value[] as [Value])),
      ),
      refuse: engineMethod("(cls)", automap.automapRaise),
    }),
  );
  give("sqlalchemy.ext.automap.automap_base", () => {
    automap.automapNames.AutomapBase = resolve("sqlalchemy.ext.automap.AutomapBase") as PyType;
    automap.automapNames.relationship = resolve("sqlalchemy.orm._orm_constructors.relationship");
    automap.automapNames.backref = resolve("sqlalchemy.orm._orm_constructors.backref");
    return nativeFunction(
      "automap_base",
      engineMethod("(declarative_base=None, **kw)", (base: ClassRef | null, kw: Kwargs) =>
        automap.automapBase(base, kw),
      ),
      "sqlalchemy.ext.automap",
    );
  });
  giveSource(
    "sqlalchemy.ext.declarative.extensions",
    DECLARATIVE,
    ["ConcreteBase", "AbstractConcreteBase", "DeferredReflection"],
    () =>
      functions({
        concrete_declare_first: engineMethod("(cls)", concrete.concreteBaseDeclareFirst),
        abstract_declare_first: engineMethod("(cls)", concrete.abstractConcreteBaseDeclareFirst),
        abstract_refuse: engineMethod("(cls)", concrete.abstractConcreteBaseRaise),
        prepare: engineMethod("(cls, bind, **reflect_kw)", reflection.deferredReflectionPrepare),
        reflection_refuse: engineMethod("(cls)", reflection.deferredReflectionRaise),
      }),
  );
}

/** `Base.classes`: values as attributes and items. */
export function bindProperties(): void {
  type Props = Properties<Value>;
  nativeType({
    name: "Properties",
    module: "sqlalchemy.util._collections",
    host: Properties,
    methods: {
      __len__: engineMethod("(self)", (self: Props) => self.length),
      __iter__: engineMethod("(self)", (self: Props) =>
        call(getAttr(toPython(self.values()), "__iter__"), []),
      ),
      __contains__: engineMethod("(self, key, /)", (self: Props, key: string) => self.contains(key)),
      __getitem__: engineMethod("(self, key, /)", (self: Props, key: string) => self.getItem(key)),
      __setitem__: engineMethod("(self, key, obj, /)", (self: Props, key: string, value: Value) =>
        self.setItem(key, value),
      ),
      __delitem__: engineMethod("(self, key, /)", (self: Props, key: string) => self.deleteItem(key)),
      __getattr__: engineMethod("(self, key, /)", (self: Props, key: string) => {
        const found = self.namespaceAttribute(key);
        if (found === undefined) throw err(E.AttributeError, key);
        return found;
      }),
      get: engineMethod("(self, key, default=None)", (self: Props, key: string, otherwise: Value) =>
        self.get(key, otherwise),
      ),
      has_key: engineMethod("(self, key)", (self: Props, key: string) => self.hasKey(key)),
      keys: engineMethod("(self)", (self: Props) => self.keys()),
      values: engineMethod("(self)", (self: Props) => self.values()),
      items: engineMethod("(self)", (self: Props) => self.items()),
      clear: engineMethod("(self)", (self: Props) => self.clear()),
    },
  });
}
