// Which listener sits in which collections, so that event.remove() can take back all that one event.listen() did.
//
// A key is (target, event name, function): bound methods of one object count as the same function.
// Behaviour: SQLAlchemy event/registry.py.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { reprString } from "../util/text.ts";

/** A listener as it is called: the engine's own function, or a wrapper around the program's. */
export type Listener = (...args: Value[]) => Value;

/** A collection that holds listeners. */
export interface Owner {
  remove(key: EventKey): void;
}

type Registration = Map<Owner, Listener>;

const byTarget = new Map<unknown, Map<string, Map<unknown, Registration>>>();
const byOwner = new WeakMap<Owner, Map<Listener, EventKey>>();

/** The arguments of one listen(): target as given, and the object or class whose dispatch keeps the listener. */
export class EventKey {
  readonly target: unknown;
  readonly identifier: string;
  /** The function as given. */
  readonly fn: Value;
  readonly dispatchTarget: object;
  /** What is called. */
  readonly listener: Listener;
  private readonly fnKey: unknown;

  constructor(target: unknown, identifier: string, fn: Value, dispatchTarget: object, listener: Listener) {
    this.target = target;
    this.identifier = identifier;
    this.fn = fn;
    this.dispatchTarget = dispatchTarget;
    this.listener = listener;
    this.fnKey = host.isHashable(fn) ? host.key(fn) : fn;
  }

  withListener(listener: Listener): EventKey {
    return listener === this.listener
      ? this
      : new EventKey(this.target, this.identifier, this.fn, this.dispatchTarget, listener);
  }

  withDispatchTarget(target: object): EventKey {
    return target === this.dispatchTarget
      ? this
      : new EventKey(this.target, this.identifier, this.fn, target, this.listener);
  }

  /** Where this key's listeners are, if anywhere. */
  registration(): Registration | undefined {
    return byTarget.get(this.target)?.get(this.identifier)?.get(this.fnKey);
  }

  makeRegistration(): Registration {
    const names = fetch(byTarget, this.target, () => new Map<string, Map<unknown, Registration>>());
    const functions = fetch(names, this.identifier, () => new Map<unknown, Registration>());
    return fetch(functions, this.fnKey, () => new Map<Owner, Listener>());
  }

  forget(): void {
    const names = byTarget.get(this.target);
    names?.get(this.identifier)?.delete(this.fnKey);
    if (names && [...names.values()].every((m) => m.size === 0)) byTarget.delete(this.target);
  }

  contains(): boolean {
    return (this.registration()?.size ?? 0) > 0;
  }

  /** Take the listener out of every collection. Throws InvalidRequestError where there is none. */
  remove(): void {
    const registration = this.registration();
    if (!registration?.size)
      throw new InvalidRequestError(
        `No listeners found for event ${host.str(this.target)} / ${reprString(this.identifier)} / ${host.str(this.fn)} `,
      );
    this.forget();
    for (const [owner, listener] of [...registration]) owner.remove(this.withListener(listener));
  }
}

/** Note that the owner now holds the key's listener; false where it did already. */
export function storedIn(key: EventKey, owner: Owner): boolean {
  const registration = key.makeRegistration();
  if (registration.has(owner)) return false;
  registration.set(owner, key.listener);
  keysOf(owner).set(key.listener, key);
  return true;
}

export function removedFrom(key: EventKey, owner: Owner): void {
  const registration = key.registration();
  registration?.delete(owner);
  if (registration && !registration.size) key.forget();
  byOwner.get(owner)?.delete(key.listener);
}

/** The new owner has taken these listeners over from the old one: removing them removes them there, too. */
export function storedInMany(newOwner: Owner, oldOwner: Owner, listeners: Iterable<Listener>): void {
  const old = keysOf(oldOwner);
  for (const listener of listeners) {
    const key = old.get(listener);
    if (!key?.registration()) continue;
    key.makeRegistration().set(newOwner, listener);
    keysOf(newOwner).set(listener, key);
  }
}

/** The owner is about to drop all it holds. */
export function cleared(owner: Owner): void {
  for (const key of keysOf(owner).values()) {
    const registration = key.registration();
    registration?.delete(owner);
    if (registration && !registration.size) key.forget();
  }
  byOwner.delete(owner);
}

function keysOf(owner: Owner): Map<Listener, EventKey> {
  let keys = byOwner.get(owner);
  if (!keys) byOwner.set(owner, (keys = new Map()));
  return keys;
}

function fetch<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let v = map.get(key);
  if (v === undefined) map.set(key, (v = make()));
  return v;
}
