// The objects of a session by their identity.
//
// SQLAlchemy's map is weak: CPython drops an object at once when nothing refers to it, and the next get() emits a SELECT.
// Here the map is strong and asks the face, on a hit or an iteration only, whether the program can still reach the
// object; what the session itself holds (new, deleted, modified objects) is never asked about.
// Behaviour: SQLAlchemy orm/identity.py (WeakInstanceDict).
import { InvalidRequestError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { onReset } from "../../util/reset.ts";
import { face, type Instance } from "../face.ts";
import { stateStr } from "./access.ts";
import { asIdentityKey, type IdentityKey } from "./identity-key.ts";
import type { InstanceState } from "./state.ts";

// Who is alive takes a walk over all that the program refers to. So many times it is asked whenever something is done with all objects,
// and after that, in a long loop, only where the map has grown to twice what it was.
const ALWAYS_ASKED = 50;
let asked = 0;
onReset(() => (asked = 0));

export class IdentityMap {
  /** @internal States with changes not yet flushed. */
  readonly _modified = new Set<InstanceState>();
  private readonly states = new Map<string, InstanceState>();
  /** Whether the session refers to the object itself. */
  private readonly holds: (state: InstanceState) => boolean;
  private killed = false;
  private askedFrom = ALWAYS_ASKED;

  constructor(holds: (state: InstanceState) => boolean = () => false) {
    this.holds = holds;
  }

  /** @internal The session gives up this map: nothing more may become persistent in it. */
  _kill(): void {
    this.killed = true;
  }

  /** The object of this key, or null. */
  get(key: IdentityKey): Instance | null {
    const state = this.states.get(key.hash);
    return state ? this.live(state) : null;
  }

  /** `key in map`, the key as the program writes it. */
  has(key: Value): boolean {
    const k = asIdentityKey(key);
    return k !== undefined && this.get(k) !== null;
  }

  hasKey(key: Value): boolean {
    return this.has(key);
  }

  /** `map[key]`. Throws the host's KeyError. */
  getitem(key: Value): Instance {
    const k = asIdentityKey(key);
    const obj = k ? this.get(k) : null;
    if (obj === null) throw host.error("KeyError", host.repr(key instanceof Object && k ? k.asTuple() : key));
    return obj;
  }

  /** The state of this key, alive or not. */
  fastGetState(key: IdentityKey): InstanceState | undefined {
    return this.states.get(key.hash);
  }

  containsState(state: InstanceState): boolean {
    return state.key !== null && this.states.get(state.key.hash) === state;
  }

  keys(): IdentityKey[] {
    return this.allStates().map((s) => s.key as IdentityKey);
  }

  values(): Instance[] {
    return this.allStates().map((s) => s.obj() as Instance);
  }

  items(): [IdentityKey, Instance][] {
    return this.allStates().map((s) => [s.key as IdentityKey, s.obj() as Instance]);
  }

  allStates(): InstanceState[] {
    return [...this.states.values()].filter((s) => this.live(s) !== null);
  }

  /**
   * @internal The states for what is done with all of them: those of objects that are gone may be among them, whom it makes no
   * difference to, unless listeners are told.
   */
  _forAll(told: boolean): InstanceState[] {
    if (!told && asked >= ALWAYS_ASKED && this.states.size <= this.askedFrom)
      return [...this.states.values()];
    asked++;
    const living = this.allStates();
    this.askedFrom = 2 * living.length + ALWAYS_ASKED;
    return living;
  }

  /** @internal Expires every object. */
  _expireAll(): void {
    let told = false;
    for (const state of this.states.values()) told ||= state.manager.dispatch.expire.active;
    for (const state of this._forAll(told))
      if (told || !state._isBlank) state._expire(state.dict, this._modified);
  }

  /** @internal Every state without asking whether its object lives: for looking on. */
  _peek(): Iterable<InstanceState> {
    return this.states.values();
  }

  get size(): number {
    return this.allStates().length;
  }

  /** Puts a state in the place of another with the same key, and gives that one back. */
  replace(state: InstanceState): InstanceState | null {
    const key = state.key as IdentityKey;
    const there = this.states.get(key.hash);
    if (there === state) return null;
    const existing = there && this.live(there) !== null ? there : null;
    if (existing) this.removed(existing);
    this.states.set(key.hash, state);
    this.incoming(state);
    return existing;
  }

  /** Throws InvalidRequestError where another object has the key; false where the state is in already. */
  add(state: InstanceState): boolean {
    const key = state.key as IdentityKey;
    const existing = this.states.get(key.hash);
    if (existing === state) return false;
    if (existing && this.live(existing) !== null)
      throw new InvalidRequestError(
        `Can't attach instance ${stateStr(state)}; another instance with key ${key.toString()} is already present in this session.`,
      );
    this.states.set(key.hash, state);
    this.incoming(state);
    return true;
  }

  /** @internal For loading: the key is known to be free. */
  _addUnpresent(state: InstanceState, key: IdentityKey): void {
    if (this.killed)
      throw new InvalidRequestError(
        `Object ${stateStr(state)} cannot be converted to 'persistent' state, as this identity map is no longer valid.  Has the owning Session been closed?`,
        { code: "lkrp" },
      );
    this.states.set(key.hash, state);
    state._instanceDict = this;
  }

  safeDiscard(state: InstanceState): void {
    if (!this.containsState(state)) return;
    this.states.delete((state.key as IdentityKey).hash);
    this.removed(state);
  }

  discard(state: InstanceState): void {
    this.safeDiscard(state);
  }

  checkModified(): boolean {
    return this._modified.size > 0;
  }

  private incoming(state: InstanceState): void {
    state._instanceDict = this;
    if (state.modified) this._modified.add(state);
  }

  private removed(state: InstanceState): void {
    state._instanceDict = null;
    this._modified.delete(state);
  }

  /** The object, or null after taking a dead one out. */
  private live(state: InstanceState): Instance | null {
    const obj = state.obj();
    if (obj === null) return null;
    if (state._strongObj !== null || this.holds(state) || face().alive(obj)) return obj;
    this.states.delete((state.key as IdentityKey).hash);
    state._cleanup();
    return null;
  }

  [Symbol.iterator](): IterableIterator<IdentityKey> {
    return this.keys().values();
  }
}
