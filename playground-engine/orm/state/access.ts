// From an object of the program to its state, and how the two are named in messages.
// Behaviour: SQLAlchemy orm/base.py, orm/exc.py.
import { UnmappedClassError, UnmappedInstanceError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { face, type AttrDict, type ClassRef, type Instance } from "../face.ts";
import type { MapperContract } from "./contracts.ts";
import type { ClassManager } from "./manager.ts";
import type { InstanceState } from "./state.ts";

/** The state of a mapped object; undefined for anything else. */
export function stateOrUndefined(v: Value): InstanceState | undefined {
  return v !== null && (typeof v === "object" || typeof v === "function")
    ? (face().stateOf(v) as InstanceState | undefined)
    : undefined;
}

/** The state of a mapped object. Throws the host's AttributeError for anything else. */
export function instanceState(v: Value): InstanceState {
  const state = stateOrUndefined(v);
  if (state) return state;
  throw host.noAttribute(v, "_sa_instance_state");
}

/** Likewise, None having none. */
export function instanceStateOrNull(v: Value): InstanceState | null {
  return v === null ? null : instanceState(v);
}

/** The state of a mapped object given to the public API. Throws UnmappedInstanceError. */
export function mappedState(v: Value): InstanceState {
  const state = stateOrUndefined(v);
  if (state) return state;
  throw unmappedInstance(v);
}

export function instanceDict(obj: Instance): AttrDict {
  return face().dictOf(obj);
}

export function optManagerOfClass(cls: ClassRef): ClassManager | undefined {
  return face().managerOf(cls) as ClassManager | undefined;
}

/** Throws UnmappedClassError where the class is not instrumented. */
export function managerOfClass(cls: ClassRef): ClassManager {
  const manager = optManagerOfClass(cls);
  if (!manager)
    throw new UnmappedClassError(`Can't locate an instrumentation manager for class ${host.str(cls)}`);
  return manager;
}

/** The mapper of a mapped class; undefined for any other. */
export function mapperOfClass(cls: Value): MapperContract | undefined {
  if (!face().isClass(cls)) return undefined;
  const manager = optManagerOfClass(cls);
  return manager?.isMapped ? manager.mapper : undefined;
}

/** `<User at 0x7f…>` */
export function stateStr(state: InstanceState | null): string {
  return state === null
    ? "None"
    : `<${face().className(state.class_)} at 0x${face().idOf(state.obj()).toString(16)}>`;
}

/** `<User>` */
export function stateClassStr(state: InstanceState | null): string {
  return state === null ? "None" : `<${face().className(state.class_)}>`;
}

/** `<User at 0x7f…>` of the object. */
export function instanceStr(obj: Value): string {
  return stateStr(instanceState(obj));
}

/** `module.Class`, as messages name a class of the program or the class of a value. */
export function safeClassName(cls: Value): string {
  if (face().isClass(cls)) return `${face().module(cls)}.${face().className(cls)}`;
  return host.nameOf(cls);
}

export function unmappedClass(cls: Value): UnmappedClassError {
  return new UnmappedClassError(`Class '${safeClassName(cls)}' is not mapped`);
}

export function unmappedInstance(v: Value): UnmappedInstanceError {
  const cls = host.typeOf(v);
  const name = safeClassName(cls);
  if (mapperOfClass(cls))
    return new UnmappedInstanceError(
      `Class '${name}' is mapped, but this instance lacks instrumentation.  This occurs when the instance is created before sqlalchemy.orm.mapper(${name}) was called.`,
    );
  const hint = face().isClass(v)
    ? `; was a class (${safeClassName(v)}) supplied where an instance was required?`
    : "";
  return new UnmappedInstanceError(`Class '${name}' is not mapped${hint}`);
}
