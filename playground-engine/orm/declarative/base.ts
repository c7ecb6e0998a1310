// What the base classes of declarative do when a class is made below them: DeclarativeBase, DeclarativeMeta, MappedAsDataclass.
//
// The classes themselves are the binding's (they take part in the language's making of classes); these are their bodies.
// Behaviour: SQLAlchemy orm/decl_api.py.
import { InvalidRequestError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { face, type ClassRef } from "../face.ts";
import { isMappedClass } from "../mapping/class-mapper.ts";
import {
  dataclassArguments,
  Registry,
  type DataclassOptions,
  type GenerateBaseOptions,
  type RegistryOptions,
} from "../mapping/registry.ts";
import { Synonym } from "../props/descriptor.ts";
import { addAttribute } from "./add-attribute.ts";
import { applyDataclass, assertDataclassArguments, plainAnnotations } from "./dataclass.ts";
import { mapDeclaratively } from "./map.ts";

/** Whether a class of the method resolution order has a table already: for declared_attrs that tell bases from subclasses. */
export function hasInheritedTable(cls: ClassRef): boolean {
  return face()
    .mro(cls)
    .slice(1)
    .some((c) => face().getClassAttribute(c, "__table__") != null);
}

function checkNotDeclarative(cls: ClassRef, base: string): void {
  const table = face().ownMember(cls, "__table__");
  const isTable = table !== undefined && !host.isCallable(table) && !host.hasAttribute(table, "__get__");
  if (isTable || typeof face().ownMember(cls, "__tablename__") === "string")
    throw new InvalidRequestError(
      `Cannot use ${host.repr(base)} directly as a declarative base class. Create a Base by creating a subclass of it.`,
    );
}

function setUpBase(cls: ClassRef): void {
  const types = face().ownMember(cls, "type_annotation_map") ?? null;
  const given = face().ownMember(cls, "registry") ?? null;
  let registry: Registry;
  if (given !== null) {
    if (!(given instanceof Registry))
      throw new InvalidRequestError(
        "Declarative base class has a 'registry' attribute that is not an instance of sqlalchemy.orm.registry()",
      );
    if (types !== null)
      throw new InvalidRequestError(
        "Declarative base class has both a 'registry' attribute and a type_annotation_map entry.  Per-base type_annotation_maps are not supported.  Please apply the type_annotation_map to this registry directly.",
      );
    registry = given;
  } else {
    registry = new Registry({
      metadata: (face().ownMember(cls, "metadata") ?? null) as never,
      typeAnnotationMap: types,
    });
    face().install(cls, "registry", registry);
  }
  face().install(cls, "_sa_registry", registry);
  if (face().ownMember(cls, "metadata") === undefined) face().install(cls, "metadata", registry.metadata);
  if (!face().hasOwnInit(cls) && registry.classConstructor != null)
    face().install(cls, "__init__", registry.classConstructor);
}

/** `DeclarativeBase.__init_subclass__`; `base` is that class (or DeclarativeBaseNoMeta). @throws what mapping throws */
export function initDeclarativeSubclass(cls: ClassRef, base: ClassRef): void {
  if (face().bases(cls).includes(base)) {
    checkNotDeclarative(cls, face().className(base));
    setUpBase(cls);
  } else mapDeclaratively(face().getClassAttribute(cls, "_sa_registry") as Registry, cls);
}

/** `DeclarativeMeta.__init__` */
export function initDeclarativeMeta(cls: ClassRef): void {
  let registry = face().getClassAttribute(cls, "_sa_registry") ?? null;
  if (registry === null) {
    registry = face().ownMember(cls, "registry") ?? null;
    if (!(registry instanceof Registry))
      throw new InvalidRequestError(
        "Declarative base class has no 'registry' attribute, or registry is not a sqlalchemy.orm.registry() object",
      );
    face().install(cls, "_sa_registry", registry);
  }
  const abstract = face().ownMember(cls, "__abstract__");
  if (abstract === undefined || !host.isTrue(abstract)) mapDeclaratively(registry as Registry, cls);
}

/** `MappedAsDataclass.__init_subclass__` before those of the other bases: the arguments of this class and of its bases. */
export function beforeDataclassSubclass(cls: ClassRef, options: DataclassOptions): Kwargs {
  const inherited = face().getClassAttribute(cls, "_sa_apply_dc_transforms") ?? null;
  const own = dataclassArguments(options);
  if (inherited === null) {
    face().install(cls, "_sa_apply_dc_transforms", own);
    return own;
  }
  const current = (inherited instanceof Map ? inherited : new Map(host.entries(inherited) ?? [])) as Kwargs;
  assertDataclassArguments(current);
  const merged: Kwargs = new Map([...current, ...own]);
  face().install(cls, "_sa_apply_dc_transforms", merged);
  return merged;
}

/** And after them: mixins and abstract classes become dataclasses of their own. */
export function afterDataclassSubclass(cls: ClassRef, args: Kwargs): void {
  if (!isMappedClass(cls)) applyDataclass(cls, args, plainAnnotations(cls));
}

/** What generate_base() calls without a metaclass given, the binding's DeclarativeMeta; and how the base of a generic class takes `[…]`. */
export const metaclasses: { declarative: Value; subscript: Value } = {
  declarative: undefined,
  subscript: undefined,
};

/** `registry.generate_base()` */
export function generateBase(registry: Registry, options: GenerateBaseOptions = {}): ClassRef {
  const { name = "Base", cls = null, metaclass = metaclasses.declarative } = options;
  const bases = cls === null ? [] : host.kindOf(cls) === "tuple" ? [...host.iterate(cls)!] : [cls];
  const members = registry.baseMembers(options);
  if (face().isClass(cls) && face().getClassAttribute(cls, "__class_getitem__") !== undefined)
    members.set("__class_getitem__", metaclasses.subscript);
  if (metaclass == null) {
    const made = face().makeClass(name, bases as ClassRef[], members);
    initDeclarativeMeta(made);
    return made;
  }
  return host.call(metaclass, [name, host.makeTuple(bases), host.makeDict(members)]) as ClassRef;
}

/** `declarative_base()` */
export function declarativeBase(options: RegistryOptions & GenerateBaseOptions = {}): ClassRef {
  return generateBase(new Registry(options), options);
}

/** `registry.as_declarative_base(**kw)`: gives the decorator. */
export function asDeclarativeBase(
  registry: Registry,
  options: GenerateBaseOptions = {},
): (cls: ClassRef) => ClassRef {
  return (cls) => generateBase(registry, { ...options, cls, name: face().className(cls) });
}

/** `@as_declarative(**kw)`: registry() takes metadata and class_registry of these, generate_base() the rest. */
export function asDeclarative(kwargs: Kwargs = new Map()): (cls: ClassRef) => ClassRef {
  const options = Object.fromEntries(
    [...kwargs].map(([k, v]) => [k.replace(/_(.)/g, (_, c: string) => c.toUpperCase()), v]),
  ) as RegistryOptions & GenerateBaseOptions;
  const { metadata = null, classRegistry = null } = options;
  return asDeclarativeBase(new Registry({ metadata, classRegistry }), options);
}

/** `add_mapped_attribute()` */
export function addMappedAttribute(target: ClassRef, key: string, attr: Value): void {
  addAttribute(target, key, attr);
}

/** `@synonym_for("name")`: gives the decorator. */
export function synonymFor(name: string, mapColumn = false): (fn: Value) => Synonym {
  return (fn) => new Synonym(name, { mapColumn, descriptor: fn });
}

/** `mapped_as_dataclass(registry, …)` */
export function mappedAsDataclass(registry: Registry, options: DataclassOptions = {}): Value {
  return registry.mappedAsDataclass(null, options);
}

/** `@declarative_mixin` marks a class for type checkers. */
export function declarativeMixin(cls: ClassRef): ClassRef {
  return cls;
}
