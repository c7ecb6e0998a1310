// What the ORM knows about one mapped class: its attributes by key, its mapper, its listeners.
//
// A class below a mapped one gets a manager of its own that starts with the base's attributes. The manager puts
// descriptors and constructor on the class through the face.
// Behaviour: SQLAlchemy orm/instrumentation.py (ClassManager).
import { UnmappedClassError, warn } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { AttributeImpl } from "../attributes/impl.ts";
import type { CollectionAttributeImpl } from "../attributes/collection.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import { CollectionAdapter } from "../collections/adapter.ts";
import {
  instanceEvents,
  instrumentationDispatch,
  populateInstanceHolds,
  setManagerClass,
  type InstanceDispatch,
} from "../events.ts";
import { face, type ClassRef, type Instance } from "../face.ts";
import type { PassiveFlag } from "../flags.ts";
import { optManagerOfClass, stateOrUndefined, unmappedClass } from "./access.ts";
import type { MapperContract } from "./contracts.ts";
import { InstanceState } from "./state.ts";

/** Loads expired column attributes of an object: `load_scalar_attributes` of its mapper. */
export type ExpiredAttributeLoader = (
  state: InstanceState,
  toload: readonly string[],
  passive: PassiveFlag,
) => void;

export interface ManagerOptions {
  readonly finalize?: boolean;
  readonly mapper?: MapperContract;
  readonly registry?: { _addManager(manager: ClassManager): void };
  readonly declarativeScan?: object;
  readonly expiredAttributeLoader?: ExpiredAttributeLoader;
  /** The constructor of classes that have none of their own. */
  readonly initMethod?: Value;
}

export class ClassManager extends Map<string, QueryableAttribute> {
  static readonly dispatch = instanceEvents.classDispatch;
  static override get [Symbol.species](): MapConstructor {
    return Map;
  }

  readonly class_: ClassRef;
  readonly info = new Map<Value, Value>();
  readonly dispatch: InstanceDispatch;
  /** Managers of direct bases. */
  readonly _bases: readonly ClassManager[];
  /** Attributes that this class has itself. */
  readonly localAttrs = new Map<string, QueryableAttribute>();
  registry: unknown = null;
  declarativeScan: object | null = null;
  initMethod: Value | null = null;
  expiredAttributeLoader!: ExpiredAttributeLoader;
  private mapper_: MapperContract | null = null;
  private finalized = false;
  private firstInit = false;
  private loaderKeys: ReadonlySet<string> | null = null;
  private collectionKeys: readonly string[] | null = null;

  constructor(class_: ClassRef) {
    super();
    this.class_ = class_;
    this.dispatch = instanceEvents.forInstance(this);
    this._bases = face()
      .bases(class_)
      .map(optManagerOfClass)
      .filter((m) => m !== undefined);
    for (const base of this._bases) for (const [key, attr] of base) this.set(key, attr);
    populateInstanceHolds(class_, this);
    for (const base of face().mro(class_)) {
      const manager = optManagerOfClass(base);
      if (manager) instanceEvents.update(this.dispatch, manager.dispatch);
    }
    face().setManager(class_, this);
    if (face().ownMember(class_, "__del__") !== undefined)
      warn(
        `__del__() method on class ${host.repr(class_)} will cause unreachable cycles and memory leaks, as SQLAlchemy instrumentation often creates reference cycles.  Please remove this method.`,
      );
  }

  /** @internal */
  _updateState(options: ManagerOptions): void {
    if (options.mapper) this.mapper_ = options.mapper;
    options.registry?._addManager(this);
    if (options.declarativeScan) this.declarativeScan = options.declarativeScan;
    if (options.expiredAttributeLoader) this.expiredAttributeLoader = options.expiredAttributeLoader;
    if (options.initMethod != null) this.initMethod = options.initMethod;
    if (options.finalize && !this.finalized) this.finalize();
  }

  private finalize(): void {
    this.finalized = true;
    face().wrapInit(
      this.class_,
      (next, obj, args, kwargs) => this.initialize(next, obj, args, kwargs),
      this.initMethod ?? undefined,
    );
    instrumentationDispatch.classInstrument.emit(this.class_);
  }

  /** The constructor of mapped classes: the outermost one makes the state and fires events. */
  private initialize(next: () => void, obj: Instance, args: readonly Value[], kwargs: Kwargs): void {
    const state = this._newStateIfNone(obj);
    if (state) state._initializeInstance(next, args, kwargs);
    else next();
  }

  get isMapped(): boolean {
    return this.mapper_ !== null;
  }

  /** Throws UnmappedClassError. */
  get mapper(): MapperContract {
    if (this.mapper_) return this.mapper_;
    throw unmappedClass(this.class_);
  }

  /** Throws the host's KeyError. */
  getImpl(key: string): AttributeImpl {
    const attr = this.get(key);
    if (!attr) throw host.error("KeyError", key);
    return attr.impl;
  }

  get attributes(): Iterable<QueryableAttribute> {
    return this.values();
  }

  /** @internal Keys of all attributes, which expire together. */
  get _loaderKeys(): ReadonlySet<string> {
    return (this.loaderKeys ??= new Set([...this.values()].map((attr) => attr.impl.key)));
  }

  /** @internal Keys of collections. */
  get _collectionKeys(): readonly string[] {
    return (this.collectionKeys ??= [...this.values()]
      .filter((attr) => attr.impl.collection)
      .map((attr) => attr.key));
  }

  /** @internal */
  _attrHasImpl(key: string): boolean {
    return this.get(key)?.impl !== undefined;
  }

  // ---- attributes

  instrumentAttribute(key: string, attr: QueryableAttribute, propagated = false): void {
    if (propagated) {
      if (this.localAttrs.has(key)) return;
    } else {
      this.localAttrs.set(key, attr);
      face().install(this.class_, key, attr);
    }
    this.resetMemoized();
    this.set(key, attr);
    for (const cls of face().subclasses(this.class_))
      this._subclassManager(cls).instrumentAttribute(key, attr, true);
  }

  postConfigureAttribute(key: string): void {
    this.resetMemoized();
    instrumentationDispatch.attributeInstrument.emit(this.class_, key, this.get(key));
  }

  uninstrumentAttribute(key: string, propagated = false): void {
    if (!this.has(key)) return;
    if (propagated) {
      if (this.localAttrs.has(key)) return;
    } else {
      this.localAttrs.delete(key);
      face().uninstall(this.class_, key);
    }
    this.resetMemoized();
    this.delete(key);
    for (const cls of face().subclasses(this.class_))
      optManagerOfClass(cls)?.uninstrumentAttribute(key, true);
  }

  private resetMemoized(): void {
    this.loaderKeys = this.collectionKeys = null;
  }

  isInstrumented(key: string, options: { search?: boolean } = {}): boolean {
    return options.search ? this.has(key) : this.localAttrs.has(key);
  }

  /** Undoes all that was put on the class. */
  unregister(): void {
    if (this.finalized) face().unwrapInit(this.class_);
    this.mapper_ = null;
    this.info.clear();
    for (const key of [...this.localAttrs.keys()]) this.uninstrumentAttribute(key);
    face().setManager(this.class_, undefined);
  }

  // ---- classes below

  /** @internal */
  _subclassManager(cls: ClassRef): ClassManager {
    return registerClass(cls, { finalize: false });
  }

  *subclassManagers(recursive: boolean): Generator<ClassManager> {
    for (const cls of face().subclasses(this.class_)) {
      const manager = optManagerOfClass(cls);
      if (!manager || manager === this) continue;
      yield manager;
      if (recursive) yield* manager.subclassManagers(true);
    }
  }

  // ---- objects

  /** An object made without its constructor, as loading does. */
  newInstance(state?: InstanceState): Instance {
    const obj = face().allocate(this.class_);
    this.setupInstance(obj, state);
    return obj;
  }

  setupInstance(obj: Instance, state?: InstanceState): void {
    face().setState(obj, state ?? this.makeState(obj));
  }

  teardownInstance(obj: Instance): void {
    face().setState(obj, undefined);
  }

  hasState(obj: Instance): boolean {
    return stateOrUndefined(obj) !== undefined;
  }

  /** @internal The new state, or null where the object has one. */
  _newStateIfNone(obj: Instance): InstanceState | null {
    if (stateOrUndefined(obj)) return null;
    const cls = face().classOf(obj);
    if (cls !== this.class_ && this.isMapped) return this._subclassManager(cls)._newStateIfNone(obj);
    const state = this.makeState(obj);
    face().setState(obj, state);
    return state;
  }

  private makeState(obj: Instance): InstanceState {
    if (!this.firstInit) {
      this.firstInit = true;
      this.dispatch.firstInit.emit(this, this.class_);
    }
    return new InstanceState(obj, this);
  }

  hasParent(state: InstanceState, key: string, options: { optimistic?: boolean } = {}): boolean {
    return this.getImpl(key).hasparent(state, options.optimistic);
  }

  /** A new collection of an attribute's kind for an object. */
  initializeCollection(impl: CollectionAttributeImpl, state: InstanceState): CollectionAdapter {
    const adapter = new CollectionAdapter(impl, state);
    adapter._bind(face().makeCollection(impl.collectionFactory, adapter));
    return adapter;
  }

  override toString(): string {
    return `<ClassManager of ${host.repr(this.class_)} at ${face().idOf(this).toString(16)}>`;
  }
}
setManagerClass(ClassManager);

/** The manager of a class, made where there is none, with these further facts. */
export function registerClass(cls: ClassRef, options: ManagerOptions = {}): ClassManager {
  const manager = optManagerOfClass(cls) ?? new ClassManager(cls);
  manager._updateState({ ...options, finalize: options.finalize ?? true });
  return manager;
}

/** Throws UnmappedClassError. */
export function unregisterClass(cls: ClassRef): void {
  const manager = optManagerOfClass(cls);
  if (!manager)
    throw new UnmappedClassError(`Can't locate an instrumentation manager for class ${host.str(cls)}`);
  manager.unregister();
  instrumentationDispatch.classUninstrument.emit(cls);
}
