// Where listeners are kept: per class of targets, and per instance once somebody listens to one.
//
// A target nobody listens to shares one EmptyListener with all instances of its class, so that asking `active` costs two
// reads. Class-level listeners run before those of the instance. Changing a collection while it runs is an error, as with Python's deque.
// Behaviour: SQLAlchemy event/attr.py.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { adjustListener, programFunction, type EventSpec } from "./listener.ts";
import { cleared, removedFrom, storedIn, storedInMany, type EventKey, type Listener } from "./registry.ts";

/** A class of event targets: a JavaScript class of the engine (or one that the bindings made from it). */
export type TargetClass = abstract new (...args: never[]) => object;

/** What a dispatch gives for an event's name. */
export interface Listeners extends Iterable<Listener> {
  readonly name: string;
  /** Whether anybody listens. */
  readonly active: boolean;
  readonly size: number;
  emit(...args: Value[]): void;
  has(fn: Listener): boolean;
  /** The collection to change: an instance's own one. */
  forModify(owner: Modifiable): ModifiableListeners;
}

export interface ModifiableListeners extends Listeners {
  add(key: EventKey, options: { readonly insert: boolean; readonly propagate: boolean }): void;
  remove(key: EventKey): void;
  clear(): void;
  /** Run the listeners unless this has been called before. */
  emitOnce(...args: Value[]): void;
  /** The same, but a run that throws does not count. */
  emitOnceUnlessException(...args: Value[]): void;
}

/** What a program does with an event's listeners: it sends the event by calling them. */
abstract class Sends {
  abstract emit(...args: Value[]): void;
  abstract [Symbol.iterator](): Iterator<Listener>;

  /** Whether a program's function is among them. */
  contains(fn: Value): boolean {
    for (const listener of this) {
      const own = programFunction(listener);
      if (own !== undefined && host.equal(own, fn)) return true;
    }
    return false;
  }

  call(args: readonly Value[]): null {
    this.emit(...args);
    return null;
  }
}

/** A dispatch whose collection can be replaced: an instance's. */
export interface Modifiable {
  readonly targetClass: TargetClass | undefined;
  replace(name: string, listeners: ModifiableListeners): void;
}

/** An ordered list that notices being changed while it runs. */
class ListenerList implements Iterable<Listener> {
  readonly items: Listener[] = [];
  version = 0;

  add(fn: Listener, insert: boolean): void {
    this.version++;
    if (insert) this.items.unshift(fn);
    else this.items.push(fn);
  }

  remove(fn: Listener): void {
    const at = this.items.indexOf(fn);
    if (at < 0) throw host.error("ValueError", "deque.remove(x): x not in deque");
    this.version++;
    this.items.splice(at, 1);
  }

  clear(): void {
    this.version++;
    this.items.length = 0;
  }

  emit(args: Value[]): void {
    const { items, version } = this;
    for (let i = 0; i < items.length; i++) {
      (items[i] as Listener)(...args);
      this.check(version);
    }
  }

  [Symbol.iterator](): Iterator<Listener> {
    return new Round(this, null);
  }

  check(version: number): void {
    if (this.version !== version) throw host.error("RuntimeError", "deque mutated during iteration");
  }
}

/** The listeners of one list and then of another: what every change of an attribute goes through, so no generator. */
class Round implements Iterator<Listener> {
  private list: ListenerList;
  private after: ListenerList | null;
  private version: number;
  private at = 0;

  constructor(list: ListenerList, after: ListenerList | null) {
    this.list = list;
    this.after = after;
    this.version = list.version;
  }

  next(): IteratorResult<Listener> {
    if (this.at > 0) this.list.check(this.version);
    if (this.at === this.list.items.length && this.after) {
      this.list = this.after;
      this.after = null;
      this.version = this.list.version;
      this.at = 0;
    }
    return this.at < this.list.items.length
      ? { value: this.list.items[this.at++] as Listener, done: false }
      : { value: undefined, done: true };
  }
}

/** Listeners of one event for whole classes. */
export class ClassLevelListeners {
  readonly familyName: string;
  readonly name: string;
  readonly spec: EventSpec;
  private byClass = new Map<TargetClass, ListenerList>();

  constructor(familyName: string, name: string, spec: EventSpec) {
    this.familyName = familyName;
    this.name = name;
    this.spec = spec;
  }

  adjust(fn: Listener, original: Value, named: boolean): Listener {
    return adjustListener(this, fn, original, named);
  }

  /** The live list for a class, taking over what its base classes have when it is first met. */
  of(target: TargetClass): ListenerList {
    let list = this.byClass.get(target);
    if (!list) {
      list = new ListenerList();
      this.byClass.set(target, list);
      if (propagates(target))
        for (const base of baseClasses(target))
          for (const fn of this.byClass.get(base)?.items ?? [])
            if (!list.items.includes(fn)) list.add(fn, false);
    }
    return list;
  }

  add(key: EventKey, options: { readonly insert: boolean }): void {
    const target = key.dispatchTarget as TargetClass;
    if (!propagates(target))
      throw new InvalidRequestError(`Can't assign an event directly to the ${host.str(target)} class`);
    this.of(target);
    // Subclasses not met yet take the listener over when they are.
    for (const [cls, list] of this.byClass)
      if ((cls === target || isSubclass(cls, target)) && propagates(cls))
        list.add(key.listener, options.insert);
    storedIn(key, this);
  }

  remove(key: EventKey): void {
    const target = key.dispatchTarget as TargetClass;
    for (const [cls, list] of this.byClass)
      if ((cls === target || isSubclass(cls, target)) && list.items.includes(key.listener))
        list.remove(key.listener);
    removedFrom(key, this);
  }

  clear(): void {
    cleared(this);
    for (const list of this.byClass.values()) list.clear();
  }
}

// A class can refuse class-level listeners (an engine made by execution_options shares its parent's).
function propagates(cls: TargetClass): boolean {
  return (cls as { propagateClassEvents?: boolean }).propagateClassEvents !== false;
}

function isSubclass(cls: TargetClass, base: TargetClass): boolean {
  return Object.prototype.isPrototypeOf.call(base, cls);
}

function* baseClasses(cls: TargetClass): Generator<TargetClass> {
  for (
    let at: unknown = Object.getPrototypeOf(cls);
    typeof at === "function" && at !== Function.prototype;
    at = Object.getPrototypeOf(at)
  )
    yield at as TargetClass;
}

/** What all instances of a class share while nobody listens to one of them in particular. */
export class EmptyListener extends Sends implements Listeners {
  readonly classLevel: ClassLevelListeners;
  readonly name: string;
  private readonly parents: ListenerList;

  constructor(classLevel: ClassLevelListeners, target: TargetClass) {
    super();
    this.classLevel = classLevel;
    this.name = classLevel.name;
    this.parents = classLevel.of(target);
  }

  get active(): boolean {
    return this.parents.items.length > 0;
  }

  get size(): number {
    return this.parents.items.length;
  }

  override emit(...args: Value[]): void {
    if (this.parents.items.length) this.parents.emit(args);
  }

  has(fn: Listener): boolean {
    return this.parents.items.includes(fn);
  }

  forModify(owner: Modifiable): ModifiableListeners {
    const own = new ListenerCollection(this.classLevel, owner.targetClass as TargetClass);
    owner.replace(this.name, own);
    return own;
  }

  override [Symbol.iterator](): Iterator<Listener> {
    return this.parents[Symbol.iterator]();
  }
}

/** What `exec_once` needs to remember. */
abstract class RunsOnce extends Sends {
  private ran = false;

  emitOnce(...args: Value[]): void {
    if (this.ran) return;
    this.ran = true;
    this.emit(...args);
  }

  emitOnceUnlessException(...args: Value[]): void {
    if (this.ran) return;
    this.emit(...args);
    this.ran = true;
  }
}

/** Listeners of one instance, behind those of its class. */
export class ListenerCollection extends RunsOnce implements ModifiableListeners {
  readonly classLevel: ClassLevelListeners;
  readonly name: string;
  readonly propagate = new Set<Listener>();
  private readonly parents: ListenerList;
  private readonly own = new ListenerList();

  constructor(classLevel: ClassLevelListeners, target: TargetClass) {
    super();
    this.classLevel = classLevel;
    this.name = classLevel.name;
    this.parents = classLevel.of(target);
  }

  get active(): boolean {
    return this.own.items.length > 0 || this.parents.items.length > 0;
  }

  get size(): number {
    return this.own.items.length + this.parents.items.length;
  }

  override emit(...args: Value[]): void {
    this.parents.emit(args);
    this.own.emit(args);
  }

  has(fn: Listener): boolean {
    return this.parents.items.includes(fn) || this.own.items.includes(fn);
  }

  forModify(): ModifiableListeners {
    return this;
  }

  add(key: EventKey, options: { readonly insert: boolean; readonly propagate: boolean }): void {
    if (!storedIn(key, this)) return;
    this.own.add(key.listener, options.insert);
    if (options.propagate) this.propagate.add(key.listener);
  }

  remove(key: EventKey): void {
    this.own.remove(key.listener);
    this.propagate.delete(key.listener);
    removedFrom(key, this);
  }

  clear(): void {
    cleared(this);
    this.propagate.clear();
    this.own.clear();
  }

  /** Take over another instance's listeners, or those of them marked to be propagated. */
  update(other: ListenerCollection, onlyPropagate: boolean): void {
    for (const fn of other.propagate) this.propagate.add(fn);
    const had = new Set(this.own.items);
    const taken = other.own.items.filter((fn) => (!onlyPropagate && !had.has(fn)) || this.propagate.has(fn));
    for (const fn of taken) this.own.add(fn, false);
    storedInMany(this, other, new Set([...other.propagate, ...taken]));
  }

  override [Symbol.iterator](): Iterator<Listener> {
    return new Round(this.parents, this.own);
  }
}

/** Listeners of an object followed by those of the one it stands for: a connection's, then its engine's. */
export class JoinedListener extends RunsOnce implements ModifiableListeners {
  private local: Listeners;
  private readonly parent: () => Listeners;

  constructor(local: Listeners, parent: () => Listeners) {
    super();
    this.local = local;
    this.parent = parent;
  }

  get name(): string {
    return this.local.name;
  }

  get active(): boolean {
    return this.local.active || this.parent().active;
  }

  get size(): number {
    return this.local.size + this.parent().size;
  }

  override emit(...args: Value[]): void {
    this.local.emit(...args);
    this.parent().emit(...args);
  }

  has(fn: Listener): boolean {
    return this.local.has(fn) || this.parent().has(fn);
  }

  forModify(owner: Modifiable): ModifiableListeners {
    this.local = this.local.forModify({ targetClass: owner.targetClass, replace: () => undefined });
    return this;
  }

  add(key: EventKey, options: { readonly insert: boolean; readonly propagate: boolean }): void {
    (this.local as ModifiableListeners).add(key, options);
  }

  remove(key: EventKey): void {
    (this.local as ModifiableListeners).remove(key);
  }

  clear(): void {
    throw host.error("NotImplementedError", "");
  }

  override *[Symbol.iterator](): Generator<Listener> {
    yield* this.local;
    yield* this.parent();
  }
}
