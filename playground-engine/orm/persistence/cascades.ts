// Cascades at the moment of a change: what is put into an object of a session comes into it, a pending orphan goes.
// Behaviour: SQLAlchemy orm/unitofwork.py (track_cascade_events).
import { listenInternal, type ListenOptions } from "../../event/index.ts";
import type { Value } from "../../util/host.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import type { AttributeEventToken } from "../attributes/token.ts";
import { isNoObject } from "../flags.ts";
import { instanceState } from "../state/access.ts";
import type { RelationshipContract } from "../state/contracts.ts";
import type { InstanceState } from "../state/state.ts";

const RAW = { raw: true, retval: true, includeKey: true } as ListenOptions;

export function trackCascadeEvents(descriptor: QueryableAttribute, { key }: RelationshipContract): void {
  // A subclass may have another relationship under this key.
  const propOf = (state: InstanceState): RelationshipContract =>
    state.manager.mapper._props.get(key) as RelationshipContract;

  const onAppend = (s: Value, item: Value, init: Value): Value => {
    if (item === null) return null;
    const state = s as InstanceState;
    const { session } = state;
    if (!session) return item;
    if (session._warnOnEvents) session._flushWarning("collection append");
    saveUpdate(state, item, init as AttributeEventToken);
    return item;
  };

  const saveUpdate = (state: InstanceState, item: Value, initiator: AttributeEventToken): void => {
    const session = state.session as NonNullable<InstanceState["session"]>;
    const itemState = instanceState(item);
    // Only from the side that was changed by the program: not from that of the backref.
    if (propOf(state).cascade.saveUpdate && key === initiator.key && !session._containsState(itemState))
      session._saveOrUpdateState(itemState);
  };

  const onRemove = (s: Value, item: Value): Value => {
    if (item === null) return null;
    const state = s as InstanceState;
    const { session } = state;
    const prop = propOf(state);
    if (session?._warnOnEvents)
      session._flushWarning(prop.uselist ? "collection remove" : "related attribute delete");
    if (isNoObject(item) || !prop.cascade.deleteOrphan) return null;
    const itemState = instanceState(item);
    if (!prop.mapper._isOrphan(itemState)) return null;
    if (session?._new.has(itemState)) session.expunge(item);
    else itemState._orphanedOutsideOfSession = true;
    return null;
  };

  const onSet = (s: Value, newvalue: Value, oldvalue: Value, init: Value): Value => {
    if (oldvalue === newvalue) return newvalue;
    const state = s as InstanceState;
    const { session } = state;
    if (!session) return newvalue;
    if (session._warnOnEvents) session._flushWarning("related attribute set");
    if (newvalue !== null) saveUpdate(state, newvalue, init as AttributeEventToken);
    const prop = propOf(state);
    if (isNoObject(oldvalue) || !prop.cascade.deleteOrphan) return newvalue;
    const oldState = instanceState(oldvalue);
    if (session._new.has(oldState) && prop.mapper._isOrphan(oldState)) session.expunge(oldvalue);
    return newvalue;
  };

  listenInternal(descriptor, "append_wo_mutation", onAppend, RAW);
  listenInternal(descriptor, "append", onAppend, RAW);
  listenInternal(descriptor, "remove", onRemove, RAW);
  listenInternal(descriptor, "set", onSet, RAW);
}
