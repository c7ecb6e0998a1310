// Attributes that hold a column's value. Behaviour: SQLAlchemy orm/attributes.py (ScalarAttributeImpl).
import { host, type Value } from "../../util/host.ts";
import type { AttributeDispatch } from "../events.ts";
import type { AttrDict, ClassRef } from "../face.ts";
import {
  INIT_OK,
  NO_VALUE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  PASSIVE_RETURN_NO_VALUE,
  type PassiveFlag,
} from "../flags.ts";
import type { InstanceState, StateLoader } from "../state/state.ts";
import { History, HISTORY_BLANK } from "./history.ts";
import { AttributeImpl, type ImplOptions } from "./impl.ts";
import { AttributeEventToken, type Initiator } from "./token.ts";

export class ScalarAttributeImpl extends AttributeImpl {
  readonly usesObjects: boolean = false;
  override readonly _replaceToken: AttributeEventToken;
  readonly _appendToken: AttributeEventToken;
  readonly _removeToken: AttributeEventToken;

  constructor(
    class_: ClassRef,
    key: string,
    callable_: StateLoader | null,
    dispatch: AttributeDispatch,
    options: ImplOptions = {},
    acceptsScalarLoader = true,
  ) {
    super(class_, key, callable_, dispatch, acceptsScalarLoader, options);
    this._replaceToken = this._appendToken = new AttributeEventToken(this, "REPLACE");
    this._removeToken = new AttributeEventToken(this, "REMOVE");
  }

  /** Throws the host's AttributeError where there is no value to delete. */
  delete(state: InstanceState, dict: AttrDict): void {
    const old = this.oldValue(state, dict);
    if (this.dispatch.remove.active) this.fireRemoveEvent(state, dict, old, this._removeToken);
    state._modifiedEvent(dict, this, old);
    const had = dict.delete(this.key);
    if (!had && old === NO_VALUE && !state.expired && !state.expiredAttributes.has(this.key))
      throw host.error("AttributeError", `${this.toString()} object does not have a value`);
  }

  getHistory(state: InstanceState, dict: AttrDict, passive: PassiveFlag = PASSIVE_OFF): History {
    if (dict.has(this.key)) return History.fromScalarAttribute(this, state, dict.get(this.key));
    if (state.committedState.has(this.key)) return History.fromScalarAttribute(this, state, NO_VALUE);
    const current = this.get(state, dict, passive & ~INIT_OK);
    return current === PASSIVE_NO_RESULT ? HISTORY_BLANK : History.fromScalarAttribute(this, state, current);
  }

  set(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator = null,
    _passive: PassiveFlag = PASSIVE_OFF,
    _checkOld?: Value,
    _pop = false,
  ): void {
    const old = this.oldValue(state, dict);
    if (this.dispatch.set.active) value = this.fireReplaceEvent(state, dict, value, old, initiator);
    state._modifiedEvent(dict, this, old);
    dict.set(this.key, value);
  }

  private oldValue(state: InstanceState, dict: AttrDict): Value {
    if (this.dispatch.activeHistory) return this.get(state, dict, PASSIVE_RETURN_NO_VALUE);
    return dict.has(this.key) ? dict.get(this.key) : NO_VALUE;
  }

  /** Gives back the value to set. */
  protected fireReplaceEvent(
    state: InstanceState,
    _dict: AttrDict,
    value: Value,
    previous: Value,
    initiator: Initiator,
  ): Value {
    for (const fn of this.dispatch.set) value = fn(state, value, previous, initiator || this._replaceToken);
    return value;
  }

  protected fireRemoveEvent(state: InstanceState, _dict: AttrDict, value: Value, initiator: Initiator): void {
    for (const fn of this.dispatch.remove) fn(state, value, initiator || this._removeToken);
  }
}
