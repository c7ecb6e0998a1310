// A family of events (ConnectionEvents, DDLEvents, SessionEvents …): which events there are, who can be listened to,
// and what a listener's options mean.
//
// A class whose objects send events has `static dispatch = family.classDispatch` and, on instances, a `dispatch` made by
// `family.forInstance(this)` (lazily, where there are many). An event is sent by `this.dispatch.beforeExecute.emit(…)`;
// `.active` tells quickly whether anybody listens. Events are named in camelCase here and in snake_case by programs.
// Behaviour: SQLAlchemy event/base.py.
import { host } from "../util/host.ts";
import { reprString } from "../util/text.ts";
import {
  ClassLevelListeners,
  EmptyListener,
  JoinedListener,
  ListenerCollection,
  type Listeners,
  type Modifiable,
  type ModifiableListeners,
  type TargetClass,
} from "./collections.ts";
import type { EventSpec } from "./listener.ts";
import type { EventKey } from "./registry.ts";

/** What event.listen() was told beside target, name and function. A family says which of the last ones it takes. */
export interface ListenOptions {
  readonly insert?: boolean;
  readonly named?: boolean;
  readonly once?: boolean;
  /** @internal */
  readonly onceUnlessException?: boolean;
  readonly propagate?: boolean;
  readonly retval?: boolean;
  readonly raw?: boolean;
  readonly activeHistory?: boolean;
  readonly restoreLoadContext?: boolean;
}

export type EventSpecs = Readonly<Record<string, EventSpec>>;

/** Something that can be listened to. */
export interface EventTarget {
  readonly dispatch: AnyDispatch;
}

export type Dispatch<S extends EventSpecs> = AnyDispatch & { readonly [K in keyof S]: Listeners };

/** The collections of one target, by event. */
export interface AnyDispatch {
  readonly family: AnyFamily;
  /** This event's listeners, by its camelCase name. */
  get(name: string): Listeners;
}

export interface AnyFamily {
  readonly name: string;
  accepts(target: unknown, identifier: string): object | undefined;
  spec(identifier: string): EventSpec | undefined;
  classLevel(identifier: string): ClassLevelListeners;
  listen(key: EventKey, options: ListenOptions): void;
  isOrExtends(other: AnyFamily): boolean;
}

export interface FamilyOptions {
  /** Take over the events of another family (and its class-level listeners). */
  readonly extends?: AnyFamily;
  /** The object whose dispatch keeps listeners given for `target`; undefined where the family does not know it. */
  readonly accepts?: (
    target: unknown,
    identifier: string,
    standard: (t: unknown) => object | undefined,
  ) => object | undefined;
  /** Options beside insert, named, once and propagate. */
  readonly options?: readonly (keyof ListenOptions)[];
  /** What becomes of other options: nothing, or they are refused where the listener is kept at last; else at once. */
  readonly strays?: "ignored" | "passed on";
  /** Wrap or spread a listener; ends in baseListen(key, options). */
  readonly listen?: (key: EventKey, options: ListenOptions) => void;
}

const families: AnyFamily[] = [];

/** All families that have an event of this (snake_case) name, in the order they were made. */
export function familiesOf(identifier: string): AnyFamily[] {
  return families.filter((f) => f.spec(identifier));
}

/** beforeExecute → before_execute */
export function eventIdentifier(name: string): string {
  return name.replace(/[A-Z]/g, (c) => "_" + c.toLowerCase());
}

const BASE_OPTIONS: ReadonlySet<string> = new Set([
  "insert",
  "named",
  "once",
  "onceUnlessException",
  "propagate",
]);

export class EventFamily<S extends EventSpecs> implements AnyFamily {
  readonly name: string;
  /** For a class's static `dispatch`. */
  readonly classDispatch: AnyDispatch;
  private readonly options: FamilyOptions;
  /** Own events only: a family that extends another is not asked for that one's. */
  private readonly own = new Set<string>();
  private readonly levels = new Map<string, ClassLevelListeners>();
  private readonly names: string[] = [];
  private readonly slots = new Map<string, number>();
  private readonly empty = new WeakMap<TargetClass, EmptyListener[]>();
  private readonly DispatchClass: new (family: EventFamily<S>, target: TargetClass) => InstanceDispatch<S>;
  private readonly JoinedClass: new (local: AnyDispatch, parent: AnyDispatch) => JoinedDispatch;

  constructor(name: string, specs: S, options: FamilyOptions = {}) {
    this.name = name;
    this.options = options;
    const inherited = options.extends instanceof EventFamily ? options.extends : undefined;
    for (const [event, spec] of Object.entries(specs)) {
      this.own.add(eventIdentifier(event));
      this.addEvent(event, new ClassLevelListeners(name, eventIdentifier(event), spec));
    }
    for (const event of inherited?.names ?? [])
      if (!this.slots.has(event))
        this.addEvent(event, inherited?.classLevel(eventIdentifier(event)) as ClassLevelListeners);
    this.DispatchClass = class extends InstanceDispatch<S> {};
    this.JoinedClass = class extends JoinedDispatch {};
    for (const event of this.names) {
      const slot = this.slots.get(event) as number;
      Object.defineProperty(this.DispatchClass.prototype, event, {
        get(this: InstanceDispatch<S>) {
          return this.slot(slot);
        },
      });
      Object.defineProperty(this.JoinedClass.prototype, event, {
        get(this: JoinedDispatch) {
          return this.get(event);
        },
      });
    }
    this.classDispatch = {
      family: this,
      get: (event) => {
        throw host.error("AttributeError", event);
      },
    };
    families.push(this);
  }

  private addEvent(event: string, level: ClassLevelListeners): void {
    this.slots.set(event, this.names.length);
    this.names.push(event);
    this.levels.set(eventIdentifier(event), level);
  }

  /** A fresh dispatch for an object; `cls` where its class is not its constructor. */
  forInstance(target: object, cls: TargetClass = target.constructor as TargetClass): Dispatch<S> {
    return new this.DispatchClass(this, cls) as unknown as Dispatch<S>;
  }

  /** A dispatch that sends to `local`'s listeners, then to `parent`'s. */
  join(local: Dispatch<S>, parent: AnyDispatch): Dispatch<S> {
    return new this.JoinedClass(local, parent) as unknown as Dispatch<S>;
  }

  spec(identifier: string): EventSpec | undefined {
    return this.own.has(identifier) ? this.levels.get(identifier)?.spec : undefined;
  }

  classLevel(identifier: string): ClassLevelListeners {
    return this.levels.get(identifier) as ClassLevelListeners;
  }

  isOrExtends(other: AnyFamily): boolean {
    return this === other || (this.options.extends?.isOrExtends(other) ?? false);
  }

  accepts(target: unknown, identifier: string): object | undefined {
    const standard = (t: unknown): object | undefined => {
      if ((typeof t !== "object" && typeof t !== "function") || t === null) return undefined;
      const dispatch = (t as Partial<EventTarget>).dispatch;
      return dispatch?.family?.isOrExtends(this) ? t : undefined;
    };
    return this.options.accepts ? this.options.accepts(target, identifier, standard) : standard(target);
  }

  listen(key: EventKey, options: ListenOptions): void {
    for (const name of Object.keys(options)) {
      if (BASE_OPTIONS.has(name) || this.options.options?.includes(name as keyof ListenOptions)) continue;
      if (this.options.strays === "ignored" || (this.options.strays === "passed on" && name === "retval"))
        continue;
      const owner =
        this.options.strays === "passed on"
          ? "_EventKey.base_listen()"
          : `${this.options.listen ? this.name : "Events"}._listen()`;
      throw host.error(
        "TypeError",
        `${owner} got an unexpected keyword argument ${reprString(eventIdentifier(name))}`,
      );
    }
    if (this.options.listen) this.options.listen(key, options);
    else baseListen(key, options);
  }

  /** @internal the shared empty collections of a class, made as they are asked for */
  emptyFor(target: TargetClass): EmptyListener[] {
    let list = this.empty.get(target);
    if (!list) this.empty.set(target, (list = []));
    return list;
  }

  /** @internal */
  makeEmpty(slot: number, target: TargetClass): EmptyListener {
    return new EmptyListener(this.classLevel(eventIdentifier(this.names[slot] as string)), target);
  }

  /** @internal */
  slotOf(name: string): number {
    const slot = this.slots.get(name);
    if (slot === undefined) throw host.error("AttributeError", name);
    return slot;
  }

  /** Take over the listeners of `from` on `to` (all, or only those marked propagate=True): copies of tables and pools. */
  update(to: AnyDispatch, from: AnyDispatch, options: { readonly onlyPropagate?: boolean } = {}): void {
    for (const name of this.names) {
      const theirs = from.get(name);
      if (!(theirs instanceof ListenerCollection)) continue;
      const mine = to.get(name).forModify(to as unknown as Modifiable);
      if (mine instanceof ListenerCollection) mine.update(theirs, options.onlyPropagate ?? true);
    }
  }

  /** Forget all class-level listeners. */
  clear(): void {
    for (const level of this.levels.values()) level.clear();
  }
}

class InstanceDispatch<S extends EventSpecs> implements AnyDispatch, Modifiable {
  readonly family: EventFamily<S>;
  readonly targetClass: TargetClass;
  private own: ModifiableListeners[] | undefined;
  private readonly empty: EmptyListener[];

  constructor(family: EventFamily<S>, targetClass: TargetClass) {
    this.family = family;
    this.targetClass = targetClass;
    this.empty = family.emptyFor(targetClass);
  }

  slot(slot: number): Listeners {
    return this.own?.[slot] ?? (this.empty[slot] ??= this.family.makeEmpty(slot, this.targetClass));
  }

  get(name: string): Listeners {
    return this.slot(this.family.slotOf(name));
  }

  /** An event's listeners as programs name it. */
  getattr(identifier: string): Listeners {
    return byIdentifier(this, identifier);
  }

  replace(identifier: string, listeners: ModifiableListeners): void {
    const slot = this.family.slotOf(eventName(identifier));
    this.own ??= [];
    this.own[slot] = listeners;
  }
}

class JoinedDispatch implements AnyDispatch, Modifiable {
  private readonly local: AnyDispatch;
  private readonly parent: AnyDispatch;
  private readonly joined = new Map<string, JoinedListener>();

  constructor(local: AnyDispatch, parent: AnyDispatch) {
    this.local = local;
    this.parent = parent;
  }

  get family(): AnyFamily {
    return this.parent.family;
  }

  get targetClass(): TargetClass | undefined {
    return (this.local as unknown as Modifiable).targetClass;
  }

  get(name: string): Listeners {
    let listeners = this.joined.get(name);
    if (!listeners)
      this.joined.set(
        name,
        (listeners = new JoinedListener(this.local.get(name), () => this.parent.get(name))),
      );
    return listeners;
  }

  getattr(identifier: string): Listeners {
    return byIdentifier(this, identifier);
  }

  replace(): void {
    // A joined collection changes its own local part.
  }
}

function byIdentifier(dispatch: AnyDispatch, identifier: string): Listeners {
  // a family's own table has every event that its dispatches have
  if ((dispatch.family.classLevel(identifier) as object | undefined) === undefined)
    throw host.error("AttributeError", identifier);
  return dispatch.get(eventName(identifier));
}

/** before_execute → beforeExecute */
export function eventName(identifier: string): string {
  return identifier.replace(/(?!^)_([a-z0-9])/g, (_, c: string) => c.toUpperCase());
}

/** Put the key's listener into its target's collection: the end of every family's `listen`. */
export function baseListen(key: EventKey, options: ListenOptions = {}): void {
  const target = key.dispatchTarget as EventTarget;
  const add = { insert: options.insert ?? false, propagate: options.propagate ?? false };
  if (typeof target === "function")
    (target as EventTarget).dispatch.family.classLevel(key.identifier).add(key, add);
  else {
    const dispatch = target.dispatch;
    dispatch
      .get(eventName(key.identifier))
      .forModify(dispatch as unknown as Modifiable)
      .add(key, add);
  }
}
