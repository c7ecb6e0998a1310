// Attributes that hold one related object. Behaviour: SQLAlchemy orm/attributes.py (ScalarObjectAttributeImpl).
import { host, type Value } from "../../util/host.ts";
import type { AttributeDispatch } from "../events.ts";
import type { AttrDict, ClassRef } from "../face.ts";
import {
  CALLABLES_OK,
  DEFERRED_HISTORY_LOAD,
  INIT_OK,
  isNoObject,
  LOAD_AGAINST_COMMITTED,
  NO_AUTOFLUSH,
  NO_RAISE,
  PASSIVE_NO_FETCH,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  PASSIVE_ONLY_PERSISTENT,
  type PassiveFlag,
} from "../flags.ts";
import { instanceState, instanceStr, stateStr } from "../state/access.ts";
import type { InstanceState, StateLoader } from "../state/state.ts";
import { History, HISTORY_BLANK } from "./history.ts";
import type { ImplOptions, Pending } from "./impl.ts";
import { ScalarAttributeImpl } from "./scalar.ts";
import type { Initiator } from "./token.ts";

const LOAD_OLD = PASSIVE_ONLY_PERSISTENT | NO_AUTOFLUSH | LOAD_AGAINST_COMMITTED;
const PEEK_OLD = (PASSIVE_NO_FETCH ^ INIT_OK) | LOAD_AGAINST_COMMITTED | NO_RAISE;

export class ScalarObjectAttributeImpl extends ScalarAttributeImpl {
  override readonly usesObjects = true;

  constructor(
    class_: ClassRef,
    key: string,
    callable_: StateLoader | null,
    dispatch: AttributeDispatch,
    options: ImplOptions = {},
  ) {
    super(class_, key, callable_, dispatch, options, false);
  }

  override delete(state: InstanceState, dict: AttrDict): void {
    const old = this.get(state, dict, this.dispatch.activeHistory ? LOAD_OLD : PEEK_OLD);
    this.fireRemoveEvent(state, dict, old, this._removeToken);
    const had = dict.delete(this.key);
    // A transient object has nothing to be deleted but what was set; a persistent one may have it in the database.
    if (!had && old !== PASSIVE_NO_RESULT && state.key === null)
      throw host.error("AttributeError", `${this.toString()} object does not have a value`);
  }

  override getHistory(state: InstanceState, dict: AttrDict, passive: PassiveFlag = PASSIVE_OFF): History {
    let current = dict.get(this.key);
    if (current === undefined && !dict.has(this.key)) {
      passive &= ~INIT_OK;
      current = this.get(state, dict, passive);
      if (current === PASSIVE_NO_RESULT) return HISTORY_BLANK;
    }
    if (!this._deferredHistory) return History.fromObjectAttribute(this, state, current);
    let original = state.committedState.get(this.key);
    if (original === undefined) return History.fromObjectAttribute(this, state, current);
    if (original === PASSIVE_NO_RESULT)
      original = this._fireLoaderCallables(
        state,
        this.key,
        passive | LOAD_OLD | NO_RAISE | DEFERRED_HISTORY_LOAD,
      );
    return History.fromObjectAttribute(this, state, current, original);
  }

  override getAllPending(
    state: InstanceState,
    dict: AttrDict,
    passive: PassiveFlag = PASSIVE_NO_INITIALIZE,
  ): Pending[] {
    let current: Value;
    if (dict.has(this.key)) current = dict.get(this.key);
    else if (passive & CALLABLES_OK) current = this.get(state, dict, passive);
    else return [];
    const found: Pending[] = [isNoObject(current) ? [null, null] : [instanceState(current), current]];
    const original = state.committedState.get(this.key);
    if (original !== undefined && !isNoObject(original) && original !== current)
      found.push([instanceState(original), original]);
    return found;
  }

  /** Throws the host's ValueError where `checkOld` is not the present value, unless it is a pop. */
  override set(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator = null,
    _passive: PassiveFlag = PASSIVE_OFF,
    checkOld: Value = null,
    pop = false,
  ): void {
    const old = this.get(state, dict, this.dispatch.activeHistory ? LOAD_OLD : PEEK_OLD);
    if (checkOld !== null && old !== PASSIVE_NO_RESULT && checkOld !== old) {
      if (pop) return;
      throw host.error(
        "ValueError",
        `Object ${instanceStr(checkOld)} not associated with ${stateStr(state)} on attribute '${this.key}'`,
      );
    }
    value = this.fireReplaceEvent(state, dict, value, old, initiator);
    dict.set(this.key, value);
  }

  protected override fireRemoveEvent(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
  ): void {
    if (this.trackparent && !isNoObject(value)) this.sethasparent(instanceState(value), state, false);
    for (const fn of this.dispatch.remove) fn(state, value, initiator || this._removeToken);
    state._modifiedEvent(dict, this, value);
  }

  protected override fireReplaceEvent(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    previous: Value,
    initiator: Initiator,
  ): Value {
    if (this.trackparent && previous !== value && !isNoObject(previous))
      this.sethasparent(instanceState(previous), state, false);
    for (const fn of this.dispatch.set) value = fn(state, value, previous, initiator || this._replaceToken);
    state._modifiedEvent(dict, this, previous);
    if (this.trackparent && value !== null) this.sethasparent(instanceState(value), state, true);
    return value;
  }
}
