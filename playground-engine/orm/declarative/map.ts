// Mapping one class: declaratively from what it says itself, or with a table given.
// Behaviour: SQLAlchemy orm/decl_base.py (_as_declarative, _mapper, _MapperConfig.setup_mapping).
import { ArgumentError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { face, type ClassRef } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { ClassScan } from "./class-scan.ts";
import { ImperativeConfig, immediateAttribute, isAbstract } from "./config.ts";
import { DeferredConfig } from "./deferred-config.ts";

/** Abstract classes are left alone. @throws ArgumentError, InvalidRequestError, MappedAnnotationError */
export function mapDeclaratively(registry: Registry, cls: ClassRef): void {
  assertClass(cls);
  if (isAbstract(cls)) return;
  const deferred =
    host.isTrue(immediateAttribute(cls, "_sa_decl_prepare_nocascade", true) ?? false) ||
    face().getClassAttribute(cls, "_sa_decl_prepare") !== undefined;
  new (deferred ? DeferredConfig : ClassScan)(registry, cls, null, new Map());
}

export function mapImperatively(registry: Registry, cls: ClassRef, table: Value, kwargs: Kwargs): Mapper {
  assertClass(cls);
  new ImperativeConfig(registry, cls, table, kwargs);
  return face().ownMember(cls, "__mapper__") as Mapper;
}

function assertClass(cls: Value): void {
  if (!face().isClass(cls))
    throw new ArgumentError(
      `Argument 'cls_' is expected to be of type '<class 'type'>', got '${host.str(host.typeOf(cls))}'`,
    );
}
