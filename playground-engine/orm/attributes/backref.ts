// Keeping the two sides of a relationship in step: a change of one is made on the other, unless it came from there.
// Behaviour: SQLAlchemy orm/attributes.py (backref_listeners).
import { listenInternal, type ListenOptions } from "../../event/index.ts";
import { host, type Value } from "../../util/host.ts";
import { collectionAdapter } from "../collections/adapter.ts";
import { isNoObject, PASSIVE_NO_FETCH } from "../flags.ts";
import { instanceDict, instanceState, stateStr } from "../state/access.ts";
import type { InstanceState } from "../state/state.ts";
import type { AttributeImpl } from "./impl.ts";
import type { QueryableAttribute } from "./instrumented.ts";
import type { AttributeEventToken } from "./token.ts";

/** A dynamic collection's bulk replacement does not stop the chain. */
const bulkToken = (impl: AttributeImpl): AttributeEventToken | null =>
  impl.collection ? impl._bulkReplaceToken : null;

const RAW = { raw: true, retval: true, includeKey: true } as ListenOptions;

/** Listens to `attribute` (a collection with `uselist`) and passes its changes on to the attribute `key` of the other side. */
export function backrefListeners(attribute: QueryableAttribute, key: string, uselist: boolean): void {
  const parentImpl = attribute.impl;
  const { parentToken } = parentImpl;

  const implOf = (state: InstanceState): AttributeImpl => state.manager.getImpl(key);

  const checkKnown = (
    state: InstanceState,
    initiator: AttributeEventToken,
    childImpl: AttributeImpl,
  ): void => {
    if (initiator.parentToken === parentToken || initiator.parentToken === childImpl.parentToken) return;
    throw host.error(
      "ValueError",
      `Bidirectional attribute conflict detected: Passing object ${stateStr(state)} to attribute "${String(initiator.parentToken)}" triggers a modify event on attribute "${String(childImpl.parentToken)}" via the backref "${String(parentToken)}".`,
    );
  };

  const appendToOther = (state: InstanceState, child: Value, initiator: AttributeEventToken): void => {
    const childState = instanceState(child);
    const childImpl = implOf(childState);
    checkKnown(state, initiator, childImpl);
    if (initiator === childImpl._appendToken || initiator === bulkToken(childImpl)) return;
    childImpl.append(childState, instanceDict(child as object), state.obj(), initiator, PASSIVE_NO_FETCH);
  };

  const onSet = (s: Value, child: Value, oldchild: Value, init: Value): Value => {
    const state = s as InstanceState;
    const initiator = init as AttributeEventToken;
    if (oldchild === child) return child;
    if (!isNoObject(oldchild)) {
      const oldState = instanceState(oldchild);
      const impl = implOf(oldState);
      const own = !impl.collection && !impl.dynamic ? impl._replaceToken : impl._removeToken;
      if (initiator !== own)
        impl.pop(
          oldState,
          instanceDict(oldchild as object),
          state.obj(),
          parentImpl._appendToken,
          PASSIVE_NO_FETCH,
        );
    }
    if (child !== null) appendToOther(state, child, initiator);
    return child;
  };

  const onAppend = (s: Value, child: Value, init: Value): Value => {
    if (child === null) return null;
    appendToOther(s as InstanceState, child, init as AttributeEventToken);
    return child;
  };

  const onRemove = (s: Value, child: Value, init: Value): Value => {
    const state = s as InstanceState;
    if (isNoObject(child)) return null;
    const childState = instanceState(child);
    const childImpl = implOf(childState);
    const single = !childImpl.collection && !childImpl.dynamic;
    if (init === childImpl._removeToken || init === (single ? childImpl._replaceToken : bulkToken(childImpl)))
      return null;
    // A list may hold the object twice: the other side goes only with the last of them.
    if (single && uselist && !parentImpl.dynamic && hasDuplicates(state.dict.get(parentImpl.key), child))
      return null;
    childImpl.pop(
      childState,
      instanceDict(child as object),
      state.obj(),
      init as AttributeEventToken,
      PASSIVE_NO_FETCH,
    );
    return null;
  };

  if (uselist) listenInternal(attribute, "append", onAppend, RAW);
  else listenInternal(attribute, "set", onSet, RAW);
  listenInternal(attribute, "remove", onRemove, RAW);
}

function hasDuplicates(collection: Value, item: Value): boolean {
  if (collection == null) return false;
  let seen = 0;
  for (const member of collectionAdapter(collection).items()) if (member === item && ++seen > 1) return true;
  return false;
}
