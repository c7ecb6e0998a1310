// What declarative and imperative mapping have in common: a configuration that ends in a Mapper, and how bases are looked at.
// Behaviour: SQLAlchemy orm/decl_base.py.
import { InvalidRequestError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { face, type ClassRef } from "../face.ts";
import { isMappedClass } from "../mapping/class-mapper.ts";
import { Mapper } from "../mapping/mapper.ts";
import type { MapperOptions } from "../mapping/mapper-base.ts";
import type { Registry } from "../mapping/registry.ts";
import { optManagerOfClass } from "../state/access.ts";
import { registerClass, type ClassManager } from "../state/manager.ts";
import { onReset } from "../../util/reset.ts";
import { classAttribute } from "./declared-attr.ts";

/** Classes whose mapping waits for prepare(): deferred-config.ts keeps them. */
export const deferredConfigs = new Map<ClassRef, MapperConfig>();
onReset(() => deferredConfigs.clear());

/** The manager of the class or of the nearest base that has one. */
function diveForManager(cls: ClassRef): ClassManager | undefined {
  for (const base of face().mro(cls)) {
    const manager = optManagerOfClass(base);
    if (manager) return manager;
  }
  return undefined;
}

/** A special attribute of the class or of bases that are not mapped themselves; strictly: of direct bases. */
export function immediateAttribute(cls: ClassRef, name: string, strict = false): Value | undefined {
  if (face().ownMember(cls, name) !== undefined) return classAttribute(cls, name);
  const direct = face().bases(cls);
  for (const base of face().mro(cls).slice(1))
    if (
      face().ownMember(base, name) !== undefined &&
      (!strict || direct.includes(base)) &&
      !diveForManager(base)
    )
      return classAttribute(base, name);
  return undefined;
}

export function isAbstract(cls: ClassRef): boolean {
  const own = face().ownMember(cls, "__abstract__");
  return own !== undefined && host.isTrue(own);
}

/** Whether a class can be the parent of another in the sense of mapping. */
export function isSuperclassForInherits(cls: ClassRef): boolean {
  if (deferredConfigs.has(cls))
    return !host.isTrue(immediateAttribute(cls, "_sa_decl_prepare_nocascade", true) ?? false);
  return isMappedClass(cls);
}

function resolveBase(cls: ClassRef): ClassRef | null {
  if (!isAbstract(cls)) return diveForManager(cls)?.class_ ?? cls;
  for (const base of face().bases(cls)) {
    const found = resolveBase(base);
    if (found) return found;
  }
  return null;
}

/** Keyword arguments of Mapper(), by the program's names. @throws the host's TypeError */
function mapperOptions(kwargs: Iterable<readonly [string, Value]>): MapperOptions {
  const options: Record<string, Value> = {};
  for (const [name, value] of kwargs) {
    if (!MAPPER_ARGUMENTS.has(name))
      throw host.error("TypeError", `Mapper.__init__() got an unexpected keyword argument '${name}'`);
    options[name.replace(/_(.)/g, (_, c: string) => c.toUpperCase())] =
      name === "properties" ? (host.entries(value) ?? []) : value;
  }
  return options as MapperOptions;
}

const MAPPER_ARGUMENTS: ReadonlySet<string> = new Set([
  "properties",
  "primary_key",
  "inherits",
  "inherit_condition",
  "inherit_foreign_keys",
  "always_refresh",
  "version_id_col",
  "version_id_generator",
  "polymorphic_on",
  "polymorphic_identity",
  "concrete",
  "with_polymorphic",
  "polymorphic_abstract",
  "polymorphic_load",
  "allow_partial_pks",
  "batch",
  "column_prefix",
  "include_properties",
  "exclude_properties",
  "passive_updates",
  "passive_deletes",
  "confirm_deleted_rows",
  "eager_defaults",
  "legacy_is_orphan",
]);

export abstract class MapperConfig {
  readonly cls: ClassRef;
  readonly registry: Registry;
  readonly properties = new Map<string, Value>();
  readonly declaredAttrReg = new Map<unknown, Value>();
  localTable: Value = null;
  inherits: ClassRef | null = null;

  constructor(registry: Registry, cls: ClassRef) {
    this.registry = registry;
    this.cls = cls;
    registerClass(cls, {
      finalize: false,
      registry,
      declarativeScan: this,
      initMethod: registry.classConstructor,
    });
  }

  get className(): string {
    return face().className(this.cls);
  }

  protected setClassAttribute<T>(name: string, value: T): T {
    face().install(this.cls, name, value);
    return value;
  }

  protected makeMapper(localTable: Value, kwargs: Kwargs): Mapper {
    return this.setClassAttribute("__mapper__", new Mapper(this.cls, localTable, mapperOptions(kwargs)));
  }

  /** Finds the mapped parent. @throws InvalidRequestError where there are several */
  protected findParent(kwargs: Kwargs): void {
    const given = kwargs.get("inherits") ?? null;
    if (given !== null) {
      this.inherits = given instanceof Mapper ? given.class_ : (given as ClassRef);
      return;
    }
    const found: ClassRef[] = [];
    for (const base of face().bases(this.cls)) {
      const c = resolveBase(base);
      if (c && isSuperclassForInherits(c) && !found.includes(c)) found.push(c);
    }
    if (found.length > 1)
      throw new InvalidRequestError(
        `Class ${host.str(this.cls)} has multiple mapped bases: ${host.repr(host.makeList(found))}`,
      );
    this.inherits = found[0] ?? null;
  }

  abstract map(kwargs: Kwargs): Mapper;
}

/** `registry.map_imperatively()` */
export class ImperativeConfig extends MapperConfig {
  constructor(registry: Registry, cls: ClassRef, table: Value, kwargs: Kwargs) {
    super(registry, cls);
    this.localTable = this.setClassAttribute("__table__", table);
    registry._classRegistry.add(this.className, cls);
    this.findParent(kwargs);
    this.map(kwargs);
  }

  map(kwargs: Kwargs): Mapper {
    return this.makeMapper(this.localTable, kwargs);
  }
}
