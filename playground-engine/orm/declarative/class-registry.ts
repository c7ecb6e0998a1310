// Names in strings: `relationship("Child")`, `primaryjoin="Child.parent_id == Parent.id"`.
//
// Every registry knows its classes by name and by module path, whole or from any module on, in a dictionary that a program may
// give and look into. An expression is evaluated by the language with these names; what stands for a class there gives its
// attributes only as SQL knows them.
// Behaviour: SQLAlchemy orm/clsregistry.py.
import { InvalidRequestError, warn } from "../../errors/index.ts";
import type { MetaData, Table } from "../../sql/schema/index.ts";
import { host, type Value } from "../../util/host.ts";
import { reprString } from "../../util/text.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type ClassRef } from "../face.ts";
import { registerInspector } from "../inspection.ts";
import { classMapper, inspectMappedClass } from "../mapping/class-mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { ColumnProperty } from "../props/column.ts";
import { SynonymProperty } from "../props/descriptor.ts";
import { relationshipLate, type NameResolvers } from "../props/relationship-late.ts";
import type { RelationshipProperty } from "../props/relationship.ts";
import { managerOfClass } from "../state/access.ts";

/** Several classes of one name. */
class SameName {
  readonly classes: Set<ClassRef>;

  constructor(classes: Iterable<ClassRef>) {
    this.classes = new Set(classes);
  }

  get(path: readonly string[], key: string): ClassRef {
    if (this.classes.size > 1)
      throw new InvalidRequestError(
        `Multiple classes found for path "${[...path, key].join(".")}" in the registry of this declarative base. Please use a fully module-qualified path.`,
      );
    const [only] = this.classes;
    if (!only) throw host.error("NameError", key);
    return only;
  }

  add(cls: ClassRef): void {
    const module = face().module(cls);
    if ([...this.classes].some((c) => face().module(c) === module))
      warn(
        `This declarative base already contains a class with the same class name and module name as ${module}.${face().className(cls)}, and will be replaced in the string-lookup table.`,
      );
    this.classes.add(cls);
  }
}

/** A module, or part of its path: classes and modules below it. */
class ModuleNames {
  readonly name: string;
  readonly path: readonly string[];
  readonly contents = new Map<string, ModuleNames | SameName>();

  constructor(name: string, parent: ModuleNames | null) {
    this.name = name;
    this.path = parent ? [...parent.path, name] : [];
  }

  module(name: string): ModuleNames {
    let found = this.contents.get(name);
    if (!found) this.contents.set(name, (found = new ModuleNames(name, this)));
    if (found instanceof SameName)
      throw new InvalidRequestError(`name "${name}" matches both a class name and a module name`);
    return found;
  }

  add(name: string, cls: ClassRef): void {
    const there = this.contents.get(name);
    if (there instanceof ModuleNames)
      throw new InvalidRequestError(`name "${name}" matches both a class name and a module name`);
    if (there) there.add(cls);
    else this.contents.set(name, new SameName([cls]));
  }
}

/** A module in an expression: `package.module.Class`, step by step. */
class ModuleNamespace {
  private readonly module: ModuleNames;

  constructor(module: ModuleNames) {
    this.module = module;
  }

  /** @throws the host's NameError */
  getattr(key: string): Value {
    const { name, path, contents } = this.module;
    const found = contents.get(key);
    if (found instanceof ModuleNames) return new ModuleNamespace(found);
    if (found && found.classes.size > 0) return found.get(path, key);
    throw host.error(
      "NameError",
      `Module ${reprString(name)} has no mapped classes registered under the name ${reprString(key)}`,
    );
  }
}

const ROOT = "_sa_module_registry";

export class ClassRegistry {
  private given: Value;

  /** @param given the program's dictionary; registries that were given the same share their names */
  constructor(given: Value = null) {
    this.given = given;
  }

  /** Classes by name, and the modules they are in. */
  get names(): Value {
    return (this.given ??= host.makeDict([]));
  }

  private get(name: string): Value {
    const { names } = this;
    if (names instanceof Map) return names.get(name);
    const found = host.call(host.getAttribute(names, "get"), [name]);
    return found === null ? undefined : found;
  }

  private set(name: string, v: Value): void {
    const { names } = this;
    if (names instanceof Map) names.set(name, v);
    else host.call(host.getAttribute(names, "__setitem__"), [name, v]);
  }

  get modules(): ModuleNames {
    const there = this.get(ROOT);
    if (there instanceof ModuleNames) return there;
    const root = new ModuleNames(ROOT, null);
    this.set(ROOT, root);
    return root;
  }

  add(name: string, cls: ClassRef): void {
    const there = this.get(name);
    if (there === undefined) this.set(name, cls);
    else if (!(there instanceof SameName)) this.set(name, new SameName([cls, there as ClassRef]));
    for (const module of this.modulesOf(cls)) module.add(name, cls);
  }

  remove(name: string, cls: ClassRef): void {
    const { names } = this;
    const there = this.get(name);
    if (there instanceof SameName) there.classes.delete(cls);
    else if (names instanceof Map) names.delete(name);
    else if (there !== undefined) host.call(host.getAttribute(names, "__delitem__"), [name]);
    for (const { contents } of this.modulesOf(cls)) {
      const at = contents.get(name);
      if (at instanceof SameName) at.classes.delete(cls);
    }
  }

  /** `app.models.user`, `models.user` and `user`: a part of a path names a module as the whole does. */
  private modulesOf(cls: ClassRef): ModuleNames[] {
    const path = face().module(cls).split(".");
    return path.map((_, i) => path.slice(i).reduce((at, token) => at.module(token), this.modules));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** @throws InvalidRequestError where several classes have the name */
  find(name: string): ClassRef | undefined {
    const found = this.get(name);
    return found instanceof SameName ? found.get([], name) : (found as ClassRef | undefined);
  }
}

/** A class in an expression: its attributes are what SQL knows of them. */
export class ClassColumns {
  readonly cls: ClassRef;

  constructor(cls: ClassRef) {
    this.cls = cls;
  }

  /** `Child.parent_id` @throws the host's AttributeError, InvalidRequestError */
  getattr(key: string): Value {
    const mapper = inspectMappedClass(this.cls);
    if (mapper) {
      const found = mapper.allOrmDescriptors.get(key);
      if (found === null)
        throw host.error(
          "AttributeError",
          `Class ${host.repr(this.cls)} does not have a mapped column named ${reprString(key)}`,
        );
      if (found instanceof QueryableAttribute) {
        const prop = found.property;
        if (prop instanceof SynonymProperty) return face().getClassAttribute(this.cls, prop.name);
        if (!(prop instanceof ColumnProperty))
          throw new InvalidRequestError(
            `Property ${reprString(key)} is not an instance of ColumnProperty (i.e. does not correspond directly to a Column).`,
          );
      }
    }
    const value = face().getClassAttribute(this.cls, key);
    if (value === undefined)
      throw host.error(
        "AttributeError",
        `type object '${face().className(this.cls)}' has no attribute '${key}'`,
      );
    return value;
  }
}
registerInspector((v) => (v instanceof ClassColumns ? classMapper(v.cls, false) : undefined));

/** A schema in an expression: `myschema.mytable`. */
export class SchemaTables {
  private readonly schema: string;
  private readonly metadata: MetaData;

  constructor(schema: string, metadata: MetaData) {
    this.schema = schema;
    this.metadata = metadata;
  }

  getattr(key: string): Table {
    const found = this.metadata.tables.get(`${this.schema}.${key}`);
    if (!found) throw host.error("KeyError", `${this.schema}.${key}`);
    return found;
  }
}

/** Something with attributes of its own in an expression. */
export interface Namespace {
  getattr(key: string): Value;
}

export function isNamespace(v: unknown): v is Namespace {
  return v instanceof ClassColumns || v instanceof SchemaTables || v instanceof ModuleNamespace;
}

class Resolver {
  private readonly cls: ClassRef;
  private readonly prop: RelationshipProperty;
  private readonly text: string;
  private readonly favorTables: boolean;

  constructor(cls: ClassRef, prop: RelationshipProperty, text: string, favorTables: boolean) {
    this.cls = cls;
    this.prop = prop;
    this.text = text;
    this.favorTables = favorTables;
  }

  /** What the mapping knows of a name; undefined where it knows nothing. */
  private lookUp(key: string): Value | undefined {
    const registry = managerOfClass(this.cls).registry as Registry;
    const { metadata, _classRegistry: classes } = registry;
    const table = (): Value | undefined =>
      metadata.tables.get(key) ??
      (metadata._schemas.has(key)
        ? new SchemaTables(
            key,
            (face().getClassAttribute(this.cls, "metadata") as MetaData | undefined) ?? metadata,
          )
        : undefined);
    const known = (): Value | undefined =>
      classes.has(key) ? new ClassColumns(classes.find(key) as ClassRef) : undefined;
    const found = this.favorTables ? (table() ?? known()) : (known() ?? table());
    if (found !== undefined) return found;
    return classes.modules.contents.has(key) ? new ModuleNamespace(classes.modules).getattr(key) : undefined;
  }

  private unknown(name: string, cause: unknown): never {
    const generic = /^(.+)\[(.+)\]/.exec(name);
    const { prop } = this;
    if (generic)
      throw host.withCause(
        new InvalidRequestError(
          `When initializing mapper ${prop.parent.toString()}, expression "relationship(${reprString(this.text)})" seems to be using a generic class as the argument to relationship(); please state the generic argument using an annotation, e.g. "${prop.key}: Mapped[${generic[1]}['${(generic[2] as string).replace(/^'+|'+$/g, "")}']] = relationship()"`,
        ),
        cause,
      );
    throw host.withCause(
      new InvalidRequestError(
        `When initializing mapper ${prop.parent.toString()}, expression ${reprString(this.text)} failed to locate a name (${reprString(name)}). If this is a class name, consider adding this relationship() to the ${host.repr(this.cls)} class after both dependent classes have been defined.`,
      ),
      cause,
    );
  }

  private done(v: Value): Value {
    return v instanceof ClassColumns ? v.cls : v;
  }

  /** A dotted name. */
  name(): Value {
    let at: Value | undefined;
    for (const token of this.text.split(".")) {
      if (at === undefined) {
        at = this.lookUp(token);
        if (at === undefined) this.unknown(this.text, host.error("KeyError", token));
      } else {
        try {
          const found: Value = isNamespace(at) ? at.getattr(token) : host.getAttribute(at, token);
          if (found === undefined) throw host.noAttribute(at, token);
          at = found;
        } catch (e) {
          if (host.isError(e, "NameError")) this.unknown(host.errorText(e), e);
          throw e;
        }
      }
    }
    return this.done(at);
  }

  /** An expression of the language. */
  expression(): Value {
    const evaluate = face().evaluate;
    if (!evaluate) return this.name();
    try {
      return this.done(evaluate(this.text, (name) => this.lookUp(name)));
    } catch (e) {
      if (host.isError(e, "NameError")) this.unknown(host.errorText(e), e);
      throw e;
    }
  }
}

relationshipLate.resolvers = (cls, prop): NameResolvers => ({
  resolveName: (text) => () => new Resolver(cls, prop, text, false).name(),
  resolveArg: (text, favorTables) => () => new Resolver(cls, prop, text, favorTables).expression(),
});
