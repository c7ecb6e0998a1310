// registry: the classes that are mapped together, their MetaData, and which SQL type stands for which Python type.
//
// Mappers of one registry are configured together; a relationship into another makes the one depend on the other.
// Behaviour: SQLAlchemy orm/decl_api.py (registry).
import { ArgumentError } from "../../errors/index.ts";
import { MetaData } from "../../sql/schema/index.ts";
import type { TypeEngine } from "../../sql/types/engine.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { ClassRegistry } from "../declarative/class-registry.ts";
import { constructors } from "../declarative/constructor.ts";
import { mapDeclaratively, mapImperatively } from "../declarative/map.ts";
import { resolveType, typeMapKey } from "../declarative/resolve-type.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import type { ClassManager } from "../state/manager.ts";
import { unregisterClass } from "../state/manager.ts";
import {
  addRegistry,
  configureRegistries,
  disposeRegistries,
  recurse,
  type ConfigurableRegistry,
} from "./configure.ts";
import type { Mapper } from "./mapper.ts";

export interface RegistryOptions {
  readonly metadata?: MetaData | null;
  readonly classRegistry?: Value;
  readonly typeAnnotationMap?: Value;
  /** The constructor of classes without one; None for none. */
  readonly constructor?: Value;
}

export interface GenerateBaseOptions {
  readonly mapper?: Value;
  readonly cls?: Value;
  readonly name?: string;
  readonly metaclass?: Value;
}

/** Arguments of dataclass(), undefined where not given. */
export interface DataclassOptions {
  readonly init?: Value;
  readonly repr?: Value;
  readonly eq?: Value;
  readonly order?: Value;
  readonly unsafeHash?: Value;
  readonly matchArgs?: Value;
  readonly kwOnly?: Value;
  readonly dataclassCallable?: Value;
}

export class Registry implements ConfigurableRegistry {
  static readonly pyName: string = "registry";
  static readonly pyModule: string = "sqlalchemy.orm.decl_api";
  readonly metadata: MetaData;
  /** The constructor of declarative classes, undefined or null for none. */
  readonly classConstructor: Value;
  readonly _classRegistry: ClassRegistry;
  readonly _managers = new Set<ClassManager>();
  readonly _dependents = new Set<ConfigurableRegistry>();
  readonly _dependencies = new Set<ConfigurableRegistry>();
  _newMappers = false;
  private readonly typeMap = new Map<string, Value>();
  private readonly givenTypes = new Map<Value, Value>();

  constructor(options: RegistryOptions = {}) {
    this.metadata = options.metadata ?? new MetaData();
    this._classRegistry = new ClassRegistry(options.classRegistry ?? null);
    this.classConstructor =
      Object.hasOwn(options, "constructor") && options.constructor !== undefined
        ? options.constructor
        : constructors.declarative;
    if (options.typeAnnotationMap != null) this.updateTypeAnnotationMap(options.typeAnnotationMap);
    addRegistry(this);
  }

  // -- types --------------------------------------------------------------------------------------

  /** As it was given: Python types → SQL types. */
  get typeAnnotationMap(): ReadonlyMap<Value, Value> {
    return this.givenTypes;
  }

  updateTypeAnnotationMap(map: Value): void {
    const entries = host.entries(map);
    if (!entries) throw host.noAttribute(map, "items");
    for (const [python, type] of entries) {
      this.givenTypes.set(python, type);
      this.typeMap.set(typeMapKey(python), type);
    }
  }

  _resolveType(python: Annotation, fallbacks = false): TypeEngine | null {
    return resolveType(this.typeMap, python, fallbacks);
  }

  // -- mappers ------------------------------------------------------------------------------------

  get mappers(): ReadonlySet<Mapper> {
    return new Set([...this._managers].map((m) => m.mapper as unknown as Mapper));
  }

  _setDependsOn(registry: ConfigurableRegistry): void {
    if (registry === this) return;
    registry._dependents.add(this);
    this._dependencies.add(registry);
  }

  _flagNewMapper(mapper: Mapper): void {
    mapper._readyForConfigure = true;
    if (this._newMappers) return;
    for (const r of recurse([this], "_dependents")) r._newMappers = true;
  }

  *_mappersToConfigure(): Generator<Mapper> {
    for (const manager of [...this._managers]) {
      if (!manager.isMapped) continue;
      const mapper = manager.mapper as unknown as Mapper;
      if (!mapper.configured && mapper._readyForConfigure) yield mapper;
    }
  }

  _addManager(manager: ClassManager): void {
    this._managers.add(manager);
    if (manager.isMapped)
      throw new ArgumentError(`Class '${host.str(manager.class_)}' already has a primary mapper defined. `);
    if (manager.registry !== null) throw host.error("AssertionError", "");
    manager.registry = this;
  }

  /** @throws what the mapper throws that cannot be configured */
  configure(cascade = false): void {
    configureRegistries([this], cascade);
  }

  dispose(cascade = false): void {
    disposeRegistries([this], cascade);
  }

  _disposeManagerAndMapper(manager: ClassManager): void {
    if (manager.isMapped) (manager.mapper as unknown as Mapper)._setDisposeFlags();
    const { class_ } = manager;
    this._classRegistry.remove(face().className(class_), class_);
    unregisterClass(class_);
  }

  // -- mapping --------------------------------------------------------------------------------------

  /** `@registry.mapped` */
  mapped(cls: ClassRef): ClassRef {
    mapDeclaratively(this, cls);
    return cls;
  }

  mapDeclaratively(cls: ClassRef): Mapper {
    mapDeclaratively(this, cls);
    return face().ownMember(cls, "__mapper__") as Mapper;
  }

  /** @throws ArgumentError, InvalidRequestError */
  mapImperatively(cls: ClassRef, localTable: Value = null, kwargs: Kwargs = new Map()): Mapper {
    return mapImperatively(this, cls, localTable, kwargs);
  }

  /** `@registry.mapped_as_dataclass`, with or without arguments. */
  mappedAsDataclass(cls: ClassRef | null = null, options: DataclassOptions = {}): Value {
    const decorate = (c: ClassRef): ClassRef => {
      face().install(c, "_sa_apply_dc_transforms", dataclassArguments(options));
      mapDeclaratively(this, c);
      return c;
    };
    return cls ? decorate(cls) : decorate;
  }

  /** What a declarative base class of this registry has in its body: generate_base() makes the class in the binding. */
  baseMembers(options: GenerateBaseOptions = {}): Map<string, Value> {
    const members = new Map<string, Value>([
      ["registry", this],
      ["metadata", this.metadata],
    ]);
    if (face().isClass(options.cls))
      members.set("__doc__", face().getClassAttribute(options.cls, "__doc__") ?? null);
    if (this.classConstructor !== null) members.set("__init__", this.classConstructor);
    members.set("__abstract__", true).set("__module__", "sqlalchemy.orm.decl_api");
    if (options.mapper != null) members.set("__mapper_cls__", options.mapper);
    return members;
  }

  repr(): string {
    return `<sqlalchemy.orm.decl_api.registry object at 0x${face().idOf(this).toString(16)}>`;
  }
}

/** As `_sa_apply_dc_transforms` holds them. */
export function dataclassArguments(options: DataclassOptions): Map<string, Value> {
  return new Map(
    Object.entries(options)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), v]),
  );
}
