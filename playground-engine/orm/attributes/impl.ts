// How one attribute of a mapped class finds, changes and remembers values in the objects that have it.
//
// One impl per class and attribute; three kinds below: column values (scalar.ts), single objects (object.ts), collections
// (collection.ts). Everything works on (state, dict), never on the object.
// Behaviour: SQLAlchemy orm/attributes.py (AttributeImpl).
import { StaleDataError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import type { AttributeDispatch } from "../events.ts";
import { face, type AttrDict, type ClassRef } from "../face.ts";
import {
  ATTR_EMPTY,
  ATTR_WAS_SET,
  CALLABLES_OK,
  INIT_OK,
  NO_VALUE,
  PASSIVE_NO_INITIALIZE,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  type PassiveFlag,
} from "../flags.ts";
import { stateStr } from "../state/access.ts";
import type { InstanceState, StateLoader } from "../state/state.ts";
import type { History } from "./history.ts";
import { AttributeEventToken, type Initiator } from "./token.ts";

/** SQLAlchemy's keyword arguments of the impls; register.ts passes them on. */
export interface ImplOptions {
  readonly trackparent?: boolean;
  readonly compareFunction?: ((a: Value, b: Value) => boolean) | null;
  readonly activeHistory?: boolean;
  readonly parentToken?: object;
  readonly loadOnUnexpire?: boolean;
  readonly sendModifiedEvents?: boolean;
  readonly acceptsScalarLoader?: boolean;
  /** The old value is loaded at flush time rather than when the attribute is set. */
  readonly _deferredHistory?: boolean;
  /** For collections: the class or function that makes them; a list where left out. */
  readonly typecallable?: Value;
  readonly copyFunction?: (collection: Value) => Value[];
}

/** An object and its state that a relationship refers to, now or before. */
export type Pending = readonly [state: InstanceState | null, obj: Value];

export abstract class AttributeImpl {
  /** Its values are collections with adapters. */
  readonly collection: boolean = false;
  /** It has no value in the dictionary at all: write_only and dynamic. */
  readonly dynamic: boolean = false;
  readonly supportsPopulation: boolean = true;
  abstract readonly usesObjects: boolean;
  protected readonly defaultAcceptsScalarLoader: boolean = false;

  readonly class_: ClassRef;
  readonly key: string;
  readonly callable_: StateLoader | null;
  readonly dispatch: AttributeDispatch;
  readonly trackparent: boolean;
  readonly parentToken: object;
  readonly sendModifiedEvents: boolean;
  readonly loadOnUnexpire: boolean;
  /** Loaded together with the other expired columns of its object. */
  readonly acceptsScalarLoader: boolean;
  /** @internal */
  readonly _deferredHistory: boolean;
  /** @internal */
  readonly _modifiedToken: AttributeEventToken;
  private readonly compare: ((a: Value, b: Value) => boolean) | null;

  abstract readonly _appendToken: AttributeEventToken;
  abstract readonly _removeToken: AttributeEventToken;
  readonly _replaceToken: AttributeEventToken | null = null;
  readonly _bulkReplaceToken: AttributeEventToken | null = null;

  constructor(
    class_: ClassRef,
    key: string,
    callable_: StateLoader | null,
    dispatch: AttributeDispatch,
    acceptsScalarLoader: boolean,
    options: ImplOptions,
  ) {
    this.class_ = class_;
    this.key = key;
    this.callable_ = callable_;
    this.dispatch = dispatch;
    this.trackparent = options.trackparent ?? false;
    this.parentToken = options.parentToken ?? this;
    this.sendModifiedEvents = options.sendModifiedEvents ?? true;
    this.compare = options.compareFunction ?? null;
    this.acceptsScalarLoader = options.acceptsScalarLoader ?? acceptsScalarLoader;
    this._deferredHistory = options._deferredHistory ?? false;
    if (options.activeHistory) this.dispatch.activeHistory = true;
    this.loadOnUnexpire = options.loadOnUnexpire ?? true;
    this._modifiedToken = new AttributeEventToken(this, "MODIFIED");
  }

  toString(): string {
    return `${face().className(this.class_)}.${this.key}`;
  }

  /** The old value is always loaded before a change. */
  get activeHistory(): boolean {
    return this.dispatch.activeHistory ?? false;
  }

  set activeHistory(on: boolean) {
    this.dispatch.activeHistory = on;
  }

  isEqual(a: Value, b: Value): boolean {
    return this.compare ? this.compare(a, b) : host.equal(a, b);
  }

  /** Whether some object still has this one as its value here. `optimistic` is the answer when nothing is on record. */
  hasparent(state: InstanceState, optimistic = false): boolean {
    const parent = state._parentBy(this.parentToken);
    return (parent === undefined ? optimistic : parent) !== false;
  }

  sethasparent(state: InstanceState, parentState: InstanceState, value: boolean): void {
    const { parents } = state;
    if (value) {
      parents.set(this.parentToken, parentState);
      return;
    }
    const last = parents.get(this.parentToken);
    if (last !== undefined && last !== false && last.key?.hash !== parentState.key?.hash) {
      if (last.obj() === null)
        throw new StaleDataError(
          `Removing state ${stateStr(state)} from parent state ${stateStr(parentState)} along attribute '${this.key}', but the parent record has gone stale, can't be sure this is the most recent parent.`,
        );
      return;
    }
    parents.set(this.parentToken, false);
  }

  abstract getHistory(state: InstanceState, dict: AttrDict, passive?: PassiveFlag): History;

  /** The objects this attribute refers to, now or before the last flush; never loads. */
  getAllPending(
    _state: InstanceState,
    _dict: AttrDict,
    _passive: PassiveFlag = PASSIVE_NO_INITIALIZE,
  ): Pending[] {
    return [];
  }

  /** The value of an attribute that has none. */
  protected _defaultValue(state: InstanceState, dict: AttrDict): Value {
    let value: Value = null;
    for (const fn of this.dispatch.initScalar) {
      const ret = fn(state, value, dict);
      if (ret !== ATTR_EMPTY) value = ret;
    }
    return value;
  }

  /** The value, loaded where the flags allow it; a status where there is none. */
  get(state: InstanceState, dict: AttrDict, passive: PassiveFlag = PASSIVE_OFF): Value {
    const { key } = this;
    const present = dict.get(key);
    if (present !== undefined || dict.has(key)) return present;
    const committed = state.committedState.get(key);
    if (committed === undefined || committed === NO_VALUE) {
      if (!(passive & CALLABLES_OK)) return PASSIVE_NO_RESULT;
      const value = this._fireLoaderCallables(state, key, passive);
      if (value === PASSIVE_NO_RESULT || value === NO_VALUE) return value;
      if (value === ATTR_WAS_SET) {
        if (!dict.has(key))
          throw host.error("KeyError", `Deferred loader for attribute '${key}' failed to populate correctly`);
        return dict.get(key);
      }
      if (value !== ATTR_EMPTY) return this.setCommittedValue(state, dict, value);
    }
    return passive & INIT_OK ? this._defaultValue(state, dict) : NO_VALUE;
  }

  /** @internal */
  _fireLoaderCallables(state: InstanceState, key: string, passive: PassiveFlag): Value {
    if (this.acceptsScalarLoader && this.loadOnUnexpire && state.expiredAttributes.has(key))
      return state._loadExpired(state, passive);
    const own = state.callables.get(key);
    if (own) return own(state, passive);
    return this.callable_ ? this.callable_(state, passive) : ATTR_EMPTY;
  }

  append(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    passive: PassiveFlag = PASSIVE_OFF,
  ): void {
    this.set(state, dict, value, initiator, passive);
  }

  remove(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    passive: PassiveFlag = PASSIVE_OFF,
  ): void {
    this.set(state, dict, null, initiator, passive, value);
  }

  pop(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator: Initiator,
    passive: PassiveFlag = PASSIVE_OFF,
  ): void {
    this.set(state, dict, null, initiator, passive, value, true);
  }

  /** `checkOld`: the value that must be there now; with `pop`, nothing happens where it is not. */
  abstract set(
    state: InstanceState,
    dict: AttrDict,
    value: Value,
    initiator?: Initiator,
    passive?: PassiveFlag,
    checkOld?: Value,
    pop?: boolean,
  ): void;
  abstract delete(state: InstanceState, dict: AttrDict): void;

  /** The value as it was at the last flush. */
  getCommittedValue(state: InstanceState, dict: AttrDict, passive: PassiveFlag = PASSIVE_OFF): Value {
    if (!state.committedState.has(this.key)) return this.get(state, dict, passive);
    const value = state.committedState.get(this.key);
    return value === NO_VALUE ? null : value;
  }

  /** A value as loaded: no change, no events. */
  setCommittedValue(state: InstanceState, dict: AttrDict, value: Value): Value {
    dict.set(this.key, value);
    face().refers?.(dict, this.key, value);
    state._commit(dict, [this.key]);
    return value;
  }
}
