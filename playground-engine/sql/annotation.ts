// Extra knowledge on an element without changing it: the ORM marks columns and tables with the entity they belong to.
//
// An annotated element is a copy of its original that has the original's hash, so it is found wherever the original is.
// Its prototype derives from the original's class: `instanceof` holds. SELECTs and the like are cloned instead.
// Behaviour: SQLAlchemy sql/annotation.py.
import type { ElementSet } from "./element-set.ts";
import type { Traversible, CloneOptions } from "./visitable.ts";

export type Annotations = ReadonlyMap<string, unknown>;
export const EMPTY_ANNOTATIONS: Annotations = new Map();

/** What can be annotated. */
export interface Annotatable extends Traversible {
  readonly _annotations: Annotations;
  readonly hash: number;
  _annotate(values: Annotations): this;
  _deannotate(values?: readonly string[] | null, clone?: boolean): this;
}

/** The state an annotated element has besides its original's. */
export interface AnnotatedState {
  _annotatedElement: Annotatable;
  _annotations: Annotations;
}

type Proto = Record<PropertyKey, unknown>;
type AnyClass = abstract new (...args: never[]) => object;

const prototypes = new WeakMap<object, object>();
const extensions = new Map<object, object>();

/** Members that annotated instances of a class and its subclasses have instead of the class's own. */
export function extendAnnotated(cls: AnyClass, members: object): void {
  extensions.set(cls.prototype as object, members);
}

function union(a: Annotations, b: Annotations): Annotations {
  return a.size === 0 ? b : new Map([...a, ...b]);
}

/** The element with annotations, as a new object. */
export function asAnnotated<E extends object>(element: E, values: Annotations): E {
  return make(element, annotatedPrototype(element), element, values);
}

function annotatedPrototype(element: object): object {
  const base = Object.getPrototypeOf(element) as object;
  if ((base as { _isAnnotated?: boolean })._isAnnotated) return base;
  let proto = prototypes.get(base);
  if (!proto) {
    proto = Object.create(base) as object;
    Object.defineProperties(proto, Object.getOwnPropertyDescriptors(ANNOTATED));
    const chain: object[] = [];
    for (let p: object | null = base; p; p = Object.getPrototypeOf(p) as object | null)
      if (extensions.has(p)) chain.unshift(p);
    for (const p of chain)
      Object.defineProperties(proto, Object.getOwnPropertyDescriptors(extensions.get(p) as object));
    prototypes.set(base, proto);
  }
  return proto;
}

function make<E extends object>(state: object, proto: object, element: E, values: Annotations): E {
  const made = Object.assign(Object.create(proto) as Proto, state);
  made["_memo"] = undefined;
  made["_annotatedElement"] = element;
  made["_annotations"] = values;
  made["_hash"] = (element as unknown as Annotatable).hash;
  (made as unknown as { _afterAnnotate?(): void })._afterAnnotate?.();
  return made as E;
}

/** Members of every annotated element. */
const ANNOTATED = {
  _isAnnotated: true,

  _annotate(this: Annotatable & AnnotatedState, values: Annotations): unknown {
    return (this as unknown as { _withAnnotations(v: Annotations): unknown })._withAnnotations(
      union(this._annotations, values),
    );
  },

  _withAnnotations(this: Annotatable & AnnotatedState, values: Annotations): unknown {
    return make(this, Object.getPrototypeOf(this) as object, this._annotatedElement, values);
  },

  _deannotate(
    this: Annotatable & AnnotatedState,
    values: readonly string[] | null = null,
    _clone = true,
  ): unknown {
    if (values === null) return this._annotatedElement;
    const kept = new Map([...this._annotations].filter(([k]) => !values.includes(k)));
    return (this as unknown as { _withAnnotations(v: Annotations): unknown })._withAnnotations(kept);
  },

  _clone(this: Annotatable & AnnotatedState, options?: CloneOptions): unknown {
    const clone = this._annotatedElement._clone(options) as Annotatable;
    if (clone === this._annotatedElement) return this;
    const {
      _hash: _,
      _isCloneOf: __,
      _annotations: ___,
      _annotatedElement: ____,
      ...state
    } = this as unknown as Proto;
    Object.assign(clone, state, { _memo: undefined });
    return make(clone, Object.getPrototypeOf(this) as object, clone, this._annotations);
  },

  get entityNamespace(): unknown {
    const self = this as unknown as AnnotatedState;
    const ns = self._annotations.get("entity_namespace") as { entityNamespace: unknown } | undefined;
    return ns
      ? ns.entityNamespace
      : (self._annotatedElement as unknown as { entityNamespace: unknown }).entityNamespace;
  },
};

// -- for elements whose annotations are part of themselves: SELECT, UNION … -------------------------------

/** Annotations kept on a clone of the element. Laid into SelectBase and the like. */
export abstract class SupportsCloneAnnotations {
  declare _annotations: Annotations;
  abstract _clone(options?: CloneOptions): object;

  _annotate(values: Annotations): this {
    return this._withAnnotations(union(this._annotations, values));
  }

  _withAnnotations(values: Annotations): this {
    const made = this._clone() as this;
    made._annotations = values;
    return made;
  }

  _deannotate(_values: readonly string[] | null = null, clone = false): this {
    return clone || this._annotations.size ? this._withAnnotations(EMPTY_ANNOTATIONS) : this;
  }
}

// -- whole trees ---------------------------------------------------------------------------------------

interface DeepOptions {
  readonly detectSubqueryCols?: boolean;
  readonly indColsOnFromclause?: boolean;
  readonly annotateCallable?: (element: Annotatable, values: Annotations) => Annotatable;
}

function sameAnnotations(a: Annotations, b: Annotations): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [k, v] of a) if (!b.has(k) || b.get(k) !== v) return false;
  return true;
}

/** Annotate an element and all its parts; columns that stem from one of `exclude` are only copied. */
export function deepAnnotate<E extends Annotatable | null>(
  element: E,
  annotations: Annotations,
  exclude?: ElementSet<Annotatable> | null,
  options: DeepOptions = {},
): E {
  const done = new Map<object, Annotatable>();
  const { detectSubqueryCols = false, indColsOnFromclause = false, annotateCallable } = options;
  const clone = (elem: Annotatable, given: CloneOptions = {}): Annotatable => {
    const kw = { ...given, detectSubqueryCols, clone: clone as never };
    const known = done.get(elem);
    if (known) return known;
    let made: Annotatable;
    const proxies = (elem as { proxySet?: ElementSet<Annotatable> }).proxySet;
    if (exclude && proxies?.intersects(exclude)) made = elem._clone(kw) as Annotatable;
    else if (!sameAnnotations(annotations, elem._annotations)) {
      const target = detectSubqueryCols && elem._isImmutable ? (elem._clone(kw) as Annotatable) : elem;
      made = annotateCallable ? annotateCallable(target, annotations) : safeAnnotate(target, annotations);
    } else made = elem;
    made._copyInternals({ clone: clone as never, indColsOnFromclause, annotationsTraversal: true });
    done.set(elem, made);
    return made;
  };
  return element === null ? element : (clone(element) as E);
}

export function safeAnnotate<E extends object>(element: E, annotations: Annotations): E {
  const annotate = (element as unknown as Partial<Annotatable>)._annotate;
  return annotate ? (annotate.call(element, annotations) as unknown as E) : element;
}

/** Take all annotations (or those named) off an element and its parts; always a copy. */
export function deepDeannotate<E extends Annotatable | null>(
  element: E,
  values: readonly string[] | null = null,
): E {
  const done = new Map<unknown, Annotatable>();
  const clone = (elem: Annotatable): Annotatable => {
    const key = values ? elem : elem.hash;
    let made = done.get(key);
    if (!made) {
      made = elem._deannotate(values, true);
      made._copyInternals({ clone: clone as never, annotationsTraversal: true });
      done.set(key, made);
    }
    return made;
  };
  return element === null ? element : (clone(element) as E);
}

export function shallowAnnotate<E extends Annotatable>(element: E, annotations: Annotations): E {
  const made = element._annotate(annotations);
  made._copyInternals({ annotationsTraversal: true });
  return made;
}
