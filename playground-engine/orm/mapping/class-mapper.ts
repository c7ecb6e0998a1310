// From a class, an object or an alias to its mapper. Behaviour: SQLAlchemy orm/base.py, orm/util.py (identity_key).
import { ArgumentError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { face } from "../face.ts";
import { inspect } from "../inspection.ts";
import { late } from "../late.ts";
import { mappedState, mapperOfClass, unmappedClass } from "../state/access.ts";
import type { IdentityKey } from "../state/identity-key.ts";
import type { Mapper } from "./mapper.ts";

interface Inspected {
  readonly mapper?: Mapper;
  readonly isMapper?: boolean;
  readonly isAliasedClass?: boolean;
  readonly isClauseElement?: boolean;
}

function look(v: Value): Inspected | undefined {
  return inspect(v, { raiseerr: false }) as Inspected | undefined;
}

/** The mapper of a class; null where it is not mapped. */
export function inspectMappedClass(cls: Value, configure = false): Mapper | null {
  const mapper = (mapperOfClass(cls) as unknown as Mapper | undefined) ?? null;
  if (configure) mapper?._checkConfigure();
  return mapper;
}

/** @throws UnmappedClassError, ArgumentError */
export function classMapper(cls: Value, configure = true): Mapper {
  const mapper = inspectMappedClass(cls, configure);
  if (mapper) return mapper;
  if (!face().isClass(cls)) throw new ArgumentError(`Class object expected, got '${host.repr(cls)}'.`);
  throw unmappedClass(cls);
}

/** @throws UnmappedInstanceError */
export function objectMapper(obj: Value): Mapper {
  return mappedState(obj).mapper as unknown as Mapper;
}

/** `inherits` as it was given. @throws ArgumentError */
export function parseMapperArgument(arg: Value): Mapper {
  const found = look(arg);
  if (found === undefined) throw host.noAttribute(null, "is_mapper");
  if (found.isMapper) return found as Mapper;
  throw new ArgumentError(`Mapper or mapped class expected, got ${host.repr(arg)}`);
}

export function isMappedClass(entity: Value): boolean {
  const found = look(entity);
  return (
    found !== undefined &&
    !found.isClauseElement &&
    (found.isMapper === true || found.isAliasedClass === true)
  );
}

/** @throws UnmappedClassError; the host's AssertionError for what is no class */
export function classToMapper(v: Value): Mapper {
  const found = look(v);
  if (found) return (found.isMapper ? found : found.mapper) as Mapper;
  if (!face().isClass(v)) throw host.error("AssertionError", "");
  throw unmappedClass(v);
}
late.classToMapper = classToMapper as never;

/** The identity key of an object, a row, or a primary key. @throws ArgumentError */
export function identityKey(
  cls: Value = null,
  ident: Value = null,
  options: { instance?: Value; row?: Value; identityToken?: Value } = {},
): IdentityKey {
  const { instance = null, row = null, identityToken = null } = options;
  if (cls !== null) {
    const mapper = classMapper(cls);
    if (row !== null) return mapper.identityKeyFromRow(row, identityToken);
    if (ident === null) throw new ArgumentError("ident or row is required");
    const kind = host.kindOf(ident);
    const list = kind === "str" || kind === "bytes" ? undefined : host.iterate(ident);
    return mapper.identityKeyFromPrimaryKey(list ? [...list] : [ident], { identityToken });
  }
  if (instance === null) throw new ArgumentError("class or instance is required");
  return objectMapper(instance).identityKeyFromInstance(instance as object);
}
late.identityKey = (cls, ident, options) => identityKey(cls, ident, options);
