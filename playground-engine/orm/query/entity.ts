// Mapped classes and aliases of them, as queries see both, and how they correspond to each other.
// Behaviour: SQLAlchemy orm/util.py (_entity_corresponds_to, _entity_isa …).
import type { Value } from "../../util/host.ts";
import { face, type ClassRef } from "../face.ts";
import { inspect } from "../inspection.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AliasedInsp } from "./aliased.ts";

/** What inspect() of a mapped class or of an alias gives. */
export type InternalEntity = Mapper | AliasedInsp;

/** An object that has attributes as a class does: AliasedClass. */
interface AttributeHolder {
  getattr(name: string): Value | undefined;
}

/** `getattr(entity, key)` of a mapped class or an alias; undefined where there is none. */
export function entityAttribute(entity: unknown, key: string): Value | undefined {
  const holder = entity as Partial<AttributeHolder>;
  return typeof holder.getattr === "function"
    ? holder.getattr(key)
    : face().getClassAttribute(entity as ClassRef, key);
}

export function isEntity(v: unknown): v is InternalEntity {
  const e = v as { isMapper?: boolean; isAliasedClass?: boolean } | null;
  return e !== null && typeof e === "object" && (e.isMapper === true || e.isAliasedClass === true);
}

export function inspectEntity(v: Value): InternalEntity {
  return inspect(v) as InternalEntity;
}

/** Mappers are configured before an entity is used. */
export function postInspect(entity: InternalEntity): void {
  entity.mapper._checkConfigure();
}

export function entityCorrespondsTo(given: InternalEntity, entity: InternalEntity): boolean {
  if (entity.isAliasedClass) return given.isAliasedClass && entity._baseAlias === given._baseAlias;
  if (given.isAliasedClass)
    return given._useMapperPath ? given.withPolymorphicMappers.includes(entity) : false;
  return entity.commonParent(given);
}

/** Likewise for paths: an alias that goes by its mapper's path counts as the mapper. */
export function entityCorrespondsToUsePath(given: InternalEntity, entity: InternalEntity): boolean {
  if (given.isAliasedClass)
    return (
      entity.isAliasedClass &&
      !entity._useMapperPath &&
      (given === entity || given._withPolymorphicEntities.includes(entity))
    );
  if (!entity.isAliasedClass) return given.isa(entity.mapper);
  return entity._useMapperPath && entity.withPolymorphicMappers.includes(given);
}

/** Whether objects of an entity may be of the mapper. */
export function entityIsa(given: InternalEntity, mapper: Mapper): boolean {
  if (given.isAliasedClass) return given.withPolymorphicMappers.includes(mapper) || given.mapper.isa(mapper);
  return given.withPolymorphicMappers.includes(mapper) || given.isa(mapper);
}
