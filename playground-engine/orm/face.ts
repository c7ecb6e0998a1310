// The seam between the ORM and a language: all that the ORM knows about classes and instances of the reader's program.
//
// Python (bindings/face.ts) and TypeScript (typescript/face.ts) each supply one. What a value *is* is the host's
// affair (util/host.ts); the face is about mapped classes: where an instance keeps its attributes, how a class is
// read and instrumented. Expressions, sessions and SQL have no place here.
// Behaviour: SQLAlchemy's instrumentation (orm/instrumentation.py, ext/instrumentation.py).
import type { Kwargs, Value } from "../util/host.ts";

/** An instance of a mapped class. Opaque. */
export type Instance = object;
/** A class of the reader's program. Opaque; identity matters. */
export type ClassRef = object;
/** The live attribute dictionary of an instance; expiry deletes from it. */
export type AttrDict = Map<string, Value>;

/** A type annotation as a neutral tree, forward references kept as text. */
export type Annotation =
  | { readonly kind: "class"; readonly cls: ClassRef; readonly name: string }
  | {
      readonly kind: "generic";
      readonly origin: Value;
      readonly name: string;
      readonly args: readonly Annotation[];
      readonly source: Value;
    }
  | { readonly kind: "union"; readonly members: readonly Annotation[]; readonly source: Value }
  | { readonly kind: "literal"; readonly values: readonly Value[] }
  | {
      readonly kind: "annotated";
      readonly base: Annotation;
      readonly metadata: readonly Value[];
      readonly source: Value;
    }
  | { readonly kind: "alias"; readonly name: string; readonly value: Annotation; readonly source: Value }
  | {
      readonly kind: "newtype";
      readonly name: string;
      readonly supertype: Annotation;
      readonly source: Value;
    }
  | { readonly kind: "forward"; readonly text: string }
  | { readonly kind: "none" }
  | { readonly kind: "any" }
  | { readonly kind: "other"; readonly value: Value };

/** What the ORM keeps on an instance: its InstanceState, as an opaque object here so that the seam imports nothing. */
export type StateRef = object;
/** Likewise the ClassManager of a mapped class. */
export type ManagerRef = object;

export interface Face {
  // instances
  stateOf(obj: Instance): StateRef | undefined;
  setState(obj: Instance, state: StateRef | undefined): void;
  dictOf(obj: Instance): AttrDict;
  classOf(obj: Instance): ClassRef;
  isInstance(v: Value): v is Instance;
  /** `__new__` without `__init__` */
  allocate(cls: ClassRef): Instance;
  /** Whether the program can still reach the object: CPython frees a clean unreferenced instance at once, and that shows in SQL. */
  alive(obj: Instance): boolean;
  /** Told when an attribute was loaded, so that `alive` finds its value sooner. */
  refers?(dict: AttrDict, key: string, value: Value): void;
  /** Likewise of a Session outside a transaction: its objects are detached when it is gone. True where left out. */
  sessionAlive?(session: object): boolean;
  /** `id(v)`: the address in `<User at 0x7f…>`. */
  idOf(v: Value): number | bigint;
  /** The live `__dict__` of an instance as the program sees it, for init_scalar listeners. */
  dictValue(obj: Instance): Value;

  // classes
  isClass(v: Value): v is ClassRef;
  className(c: ClassRef): string;
  qualname(c: ClassRef): string;
  module(c: ClassRef): string;
  bases(c: ClassRef): readonly ClassRef[];
  /** Method resolution order, the class itself first, `object` left out. */
  mro(c: ClassRef): readonly ClassRef[];
  subclasses(c: ClassRef): readonly ClassRef[];
  isSubclass(c: ClassRef, base: ClassRef): boolean;
  /** The class's own namespace in definition order (`vars(cls)`), raw: descriptors unbound. */
  ownMembers(c: ClassRef): Iterable<readonly [string, Value]>;
  ownMember(c: ClassRef, name: string): Value | undefined;
  /** `getattr(cls, name)`, descriptors bound to the class; undefined where absent. */
  getClassAttribute(c: ClassRef, name: string): Value | undefined;
  /** `__annotations__` of the class itself, in order, each evaluated as far as it can be: strings become "forward". */
  annotations(c: ClassRef): readonly (readonly [string, Annotation])[];
  /** Evaluate a forward reference in the module of the class; undefined where a name is not there (yet). */
  resolveForward(c: ClassRef, text: string): Annotation | undefined;
  /** An annotation object met elsewhere (a key of type_annotation_map, a function's return annotation) as a tree. */
  describe?(v: Value): Annotation;
  /**
   * Evaluate an expression of a string argument: `names` says what the mapping knows of a name; other names are those of
   * the sqlalchemy package, foreign and remote, then built-in ones. Throws the host's NameError.
   */
  evaluate?(text: string, names: (name: string) => Value | undefined): Value;
  /** `isinstance(v, dataclasses.Field)` */
  isDataclassField?(v: Value): boolean;
  /** `dataclasses.field(**kwargs)` */
  dataclassField?(kwargs: Kwargs): Value;
  /** `lambda: value` */
  dataclassConstant?(value: Value): Value;
  /** `transform(cls, **kwargs)` (dataclasses.dataclass where None) while these are the class's annotations. */
  makeDataclass?(
    c: ClassRef,
    annotations: readonly (readonly [string, Value])[],
    transform: Value,
    kwargs: Kwargs,
  ): void;
  managerOf(c: ClassRef): ManagerRef | undefined;
  setManager(c: ClassRef, m: ManagerRef | undefined): void;
  /** `type.__setattr__(cls, name, value)` */
  install(c: ClassRef, key: string, value: Value): void;
  uninstall(c: ClassRef, key: string): void;
  /**
   * Put `init` before the class's own `__init__`: it is given the original as `next`, which calls it with args and with
   * kwargs as they are then: listeners may change the Map. With `constructor`, that function is the original where the
   * class has no `__init__` of its own (declarative's constructor by keywords).
   */
  wrapInit(
    c: ClassRef,
    init: (next: () => void, obj: Instance, args: readonly Value[], kwargs: Kwargs) => void,
    constructor?: Value,
  ): void;
  /** Undo wrapInit. */
  unwrapInit(c: ClassRef): void;
  /** Whether the class or a base other than `object` defines `__init__` itself. */
  hasOwnInit(c: ClassRef): boolean;
  /** Make a class: automap, concrete helpers, dataclass transforms. */
  makeClass(name: string, bases: readonly ClassRef[], members: Iterable<readonly [string, Value]>): ClassRef;

  // collections
  /** "list", "set" or "dict" by what the class or a callable's result looks like, custom collection classes included. */
  collectionRole(factory: Value): CollectionRole | undefined;
  /** "list", "set" or "dict" by what a value given in place of a collection looks like (util.duck_type_collection). */
  duckTypeCollection(v: Value): CollectionRole | undefined;
  /**
   * Make an instrumented collection: a subclass of the host's list, set, dict or custom class whose mutators call the adapter.
   * `undefined` is a plain list. Throws the errors of collections/roles.ts where a class cannot be a collection.
   */
  makeCollection(factory: Value | undefined, adapter: CollectionEvents): Value;
  collectionOps(collection: Value): CollectionOps;
  adapterOf(collection: Value): CollectionEvents | undefined;
  setAdapter(collection: Value, adapter: CollectionEvents | undefined): void;
}

export type CollectionRole = "list" | "set" | "dict";

/** Who changes a collection: a chain of attribute events (its token), the program (null), or a loader that fires no events (false). */
export type CollectionInitiator = object | null | false;

/** What an instrumented collection calls when it changes. `key` is the index or dictionary key where there is one. */
export interface CollectionEvents {
  /** Before an item goes in; gives back the item to keep. */
  fireAppend(item: Value, initiator: CollectionInitiator, key?: Value): Value;
  /** In place of fireAppend where the item is in already (a set's or dict's). */
  fireAppendUnchanged(item: Value, initiator: CollectionInitiator): void;
  /** Before an item goes out; after it did for pop(). */
  fireRemove(item: Value, initiator: CollectionInitiator, key?: Value): void;
  /** Before pop(), when it is not known yet which item goes. */
  fireBeforePop(): void;
}

/** Access to a collection on behalf of the ORM: `append` and `remove` are its appender and remover roles. */
export interface CollectionOps {
  /** The events go to the adapter with this initiator; none with false. */
  append(collection: Value, item: Value, initiator: CollectionInitiator): void;
  remove(collection: Value, item: Value, initiator: CollectionInitiator): void;
  items(collection: Value): Value[];
  /** A `@collection.converter` of the class: what is assigned becomes the items to put in. */
  readonly convert?: (collection: Value, given: Value) => Iterable<Value>;
  /** Items of a value assigned to a dict-like or custom collection (`values()`, `_sa_iterator`); host.iterate where left out. */
  readonly itemsOf?: (given: Value) => Iterable<Value>;
  /** A `_sa_linker` method of the class: told when the collection is joined to its attribute, and left (undefined). */
  readonly link?: (collection: Value, adapter: CollectionEvents | undefined) => void;
}

let installed: Face | undefined;

export function installFace(f: Face): void {
  installed = f;
}

/** The installed face. */
export function face(): Face {
  if (!installed) throw new Error("no language face is installed: call installFace first");
  return installed;
}
