// Attributes by name: what sqlalchemy.orm.attributes offers programs beside `obj.name`.
//
// All throw the host's AttributeError for an object that is not mapped and its KeyError for a key that is not.
// Behaviour: SQLAlchemy orm/attributes.py.
import { host, type Value } from "../../util/host.ts";
import type { CollectionAdapter } from "../collections/adapter.ts";
import type { AttrDict, ClassRef, Instance } from "../face.ts";
import { NO_VALUE, PASSIVE_OFF, type PassiveFlag } from "../flags.ts";
import { instanceDict, instanceState, managerOfClass } from "../state/access.ts";
import type { InstanceState } from "../state/state.ts";
import type { CollectionAttributeImpl } from "./collection.ts";
import type { History } from "./history.ts";

/** The record of changes to an attribute; by default it loads what it needs. */
export function getHistory(obj: Instance, key: string, passive: PassiveFlag = PASSIVE_OFF): History {
  return getStateHistory(instanceState(obj), key, passive);
}

export function getStateHistory(
  state: InstanceState,
  key: string,
  passive: PassiveFlag = PASSIVE_OFF,
): History {
  return state.getHistory(key, passive);
}

export function hasParent(cls: ClassRef, obj: Instance, key: string, optimistic = false): boolean {
  return managerOfClass(cls).hasParent(instanceState(obj), key, { optimistic });
}

/** Starts an empty collection in the place of what is there, without events; gives its adapter. */
export function initCollection(obj: Instance, key: string): CollectionAdapter {
  const state = instanceState(obj);
  return initStateCollection(state, state.dict, key);
}

export function initStateCollection(state: InstanceState, dict: AttrDict, key: string): CollectionAdapter {
  const impl = state.manager.getImpl(key) as CollectionAttributeImpl;
  return impl._startCollection(state, dict);
}

/** Sets a value as if loaded: no events, no change to flush. */
export function setCommittedValue(instance: Instance, key: string, value: Value): void {
  const state = instanceState(instance);
  state.manager.getImpl(key).setCommittedValue(state, instanceDict(instance), value);
}

export function setAttribute(instance: Instance, key: string, value: Value, initiator: Value = null): void {
  const state = instanceState(instance);
  state.manager.getImpl(key).set(state, instanceDict(instance), value, initiator as never);
}

export function getAttribute(instance: Instance, key: string): Value {
  const state = instanceState(instance);
  return state.manager.getImpl(key).get(state, instanceDict(instance));
}

export function delAttribute(instance: Instance, key: string): void {
  const state = instanceState(instance);
  state.manager.getImpl(key).delete(state, instanceDict(instance));
}

/** Says that a value was changed in place. Throws InvalidRequestError where the attribute is not loaded. */
export function flagModified(instance: Instance, key: string): void {
  const state = instanceState(instance);
  const impl = state.manager.getImpl(key);
  impl.dispatch.modified.emit(state, impl._modifiedToken);
  state._modifiedEvent(instanceDict(instance), impl, NO_VALUE, { isUserland: true });
}

/** Puts an object among the dirty ones without naming an attribute: before_flush gets to see it. */
export function flagDirty(instance: Instance): void {
  instanceState(instance)._modifiedEvent(instanceDict(instance), null, NO_VALUE, { isUserland: true });
}

/** Whether a class has an attribute of the ORM's under this name, inherited ones included. */
export function isInstrumented(instance: Instance, key: string): boolean {
  return managerOfClass(host.typeOf(instance) as ClassRef).isInstrumented(key, { search: true });
}
