// Anything a compiler or another visitor can be sent to, and the ways to walk and copy a tree of such things.
//
// A class names itself once (`static visitName`); a compiler has a method of that name: "bindparam" → visitBindparam.
// Which parts an element has comes from its traverse spec (traverse-spec.ts). `@compiles` replaces the dispatch of a class.
// Behaviour: SQLAlchemy sql/visitors.py.

/** camelCase of "visit_" + name: "table_valued_alias" → "visitTableValuedAlias"; a type's "VARCHAR" → "visitVARCHAR". */
export function visitMethodName(visitName: string): string {
  return "visit" + visitName.replace(/(^|_)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());
}

/** What receives elements: a compiler, a DDL or type compiler. */
export interface CompilerVisitor {
  visitUnsupportedCompilation(element: Visitable, options: unknown): unknown;
}

export type CompilerDispatch = (element: Visitable, visitor: CompilerVisitor, options: unknown) => unknown;
type VisitableClass = abstract new (...args: never[]) => Visitable;

interface Resolved {
  readonly version: number;
  readonly method: string;
  readonly dispatch: CompilerDispatch | undefined;
}

const dispatches = new Map<object, CompilerDispatch>();
let version = 0;
const RESOLVED = Symbol("resolved dispatch");

/** Send elements of a class (and of subclasses that have no visitName of their own) here instead; undefined undoes it. For @compiles. */
export function setCompilerDispatch(cls: VisitableClass, dispatch: CompilerDispatch | undefined): void {
  if (dispatch) dispatches.set(cls, dispatch);
  else dispatches.delete(cls);
  version++;
}

function resolve(cls: object): Resolved {
  let dispatch: CompilerDispatch | undefined;
  for (
    let at: object | null = cls;
    typeof at === "function";
    at = Object.getPrototypeOf(at) as object | null
  ) {
    dispatch = dispatches.get(at);
    if (dispatch || Object.hasOwn(at, "visitName")) break;
  }
  const made: Resolved = { version, method: visitMethodName((cls as typeof Visitable).visitName), dispatch };
  Object.defineProperty(cls, RESOLVED, { value: made, configurable: true });
  return made;
}

export class Visitable {
  static readonly visitName: string = "";

  get visitName(): string {
    return (this.constructor as typeof Visitable).visitName;
  }

  /** Call the visitor's method for this class, or its visitUnsupportedCompilation. */
  acceptVisitor(visitor: CompilerVisitor, options?: unknown): unknown {
    const cls = this.constructor as object & { [RESOLVED]?: Resolved };
    let r = Object.hasOwn(cls, RESOLVED) ? cls[RESOLVED] : undefined;
    if (r === undefined || r.version !== version) r = resolve(cls);
    return r.dispatch
      ? r.dispatch(this, visitor, options)
      : callVisitMethod(this, r.method, visitor, options);
  }

  /** The dispatch that @compiles replaced. */
  acceptVisitorOriginally(visitor: CompilerVisitor, options?: unknown): unknown {
    return callVisitMethod(this, visitMethodName(this.visitName), visitor, options);
  }
}

function callVisitMethod(
  element: Visitable,
  name: string,
  visitor: CompilerVisitor,
  options: unknown,
): unknown {
  const method = (visitor as unknown as Record<string, ((e: Visitable, o: unknown) => unknown) | undefined>)[
    name
  ];
  return method
    ? method.call(visitor, element, options)
    : visitor.visitUnsupportedCompilation(element, options);
}

// -- walking -----------------------------------------------------------------------------

/** What an element of a statement's tree can do for those who walk it: ClauseElement, Annotated, loader options. */
export interface Traversible extends Visitable {
  getChildren(options?: TraverseOptions): Iterable<Traversible>;
  _clone(options?: CloneOptions): Traversible;
  _copyInternals(options?: CloneOptions): void;
  readonly _isImmutable: boolean;
  readonly _annotations: ReadonlyMap<string, unknown>;
}

export interface TraverseOptions {
  /** A column's table counts as its child. */
  readonly columnTables?: boolean;
  /** Tables give columns and constraints as children, as DDL visitors want. */
  readonly schemaVisitor?: boolean;
  readonly omitAttrs?: readonly string[];
}

export type CloneFunction = (element: never, options?: CloneOptions) => Traversible;

/** Keyword arguments that travel along a copy. */
export interface CloneOptions {
  /** What makes the copy of a part. */
  readonly clone?: CloneFunction;
  /** Asked before a part is copied. */
  readonly replace?: (element: Traversible) => Traversible | null | undefined;
  readonly stopOn?: readonly object[];
  readonly omitAttrs?: readonly string[];
  /** Unique bound parameters keep their name. */
  readonly maintainKey?: boolean;
  readonly detectSubqueryCols?: boolean;
  readonly anonymizeLabels?: boolean;
  readonly indColsOnFromclause?: boolean;
  readonly annotationsTraversal?: boolean;
  /** Copies a part later, with the same visitors. */
  readonly deferredCopyInternals?: (element: Traversible) => Traversible;
}

/** Functions by visit name: "column", "bindparam", "binary" … */
export type Visitors = Readonly<Record<string, ((element: never) => unknown) | undefined>>;

/** The element and everything below it, breadth first. */
export function* iterate(
  obj: Traversible | null | undefined,
  options: TraverseOptions = {},
): Generator<Traversible> {
  if (obj == null) return;
  yield obj;
  const queue: Iterable<Traversible>[] = [obj.getChildren(options)];
  for (let i = 0; i < queue.length; i++) {
    for (const child of queue[i] as Iterable<Traversible>) {
      yield child;
      queue.push(child.getChildren(options));
    }
  }
}

export function traverseUsing<T>(iterator: Iterable<Traversible>, obj: T, visitors: Visitors): T {
  for (const target of iterator) visitors[target.visitName]?.(target as never);
  return obj;
}

/** Call a function for each element it is meant for. */
export function traverse<T extends Traversible | null | undefined>(
  obj: T,
  options: TraverseOptions,
  visitors: Visitors,
): T {
  return traverseUsing(iterate(obj, options), obj, visitors);
}

/** A copy of the whole tree; visitors may change the copied elements. */
export function clonedTraverse<T extends Traversible | null>(
  obj: T,
  options: CloneOptions,
  visitors: Visitors,
): T {
  const cloned = new Map<object, Traversible>();
  const stopOn = new Set(options.stopOn ?? []);
  const clone = (element: Traversible, kw: CloneOptions = {}): Traversible => {
    if (stopOn.has(element)) return element;
    let made = cloned.get(element);
    if (made === undefined) {
      const replaced = kw.replace?.(element);
      if (replaced != null) {
        cloned.set(element, replaced);
        return replaced;
      }
      made = element._clone({ ...kw, clone });
      cloned.set(element, made);
      made._copyInternals({ ...kw, clone });
      if (!element._isImmutable) visitors[made.visitName]?.(made as never);
    }
    return made;
  };
  if (obj === null) return obj;
  return clone(obj, { ...options, deferredCopyInternals: (e) => clonedTraverse(e, options, visitors) }) as T;
}

/** A copy of the tree in which `replace` may put something else for an element; what it gives back is not entered. */
export function replacementTraverse<T extends Traversible | null>(
  obj: T,
  options: CloneOptions,
  replace: (element: Traversible) => Traversible | null | undefined,
): T {
  const cloned = new Map<object, Traversible>();
  const stopOn = new Set(options.stopOn ?? []);
  const clone = (element: Traversible, kw: CloneOptions = {}): Traversible => {
    if (stopOn.has(element) || element._annotations.has("no_replacement_traverse")) return element;
    const given = replace(element);
    if (given != null) {
      stopOn.add(given);
      return given;
    }
    let made = cloned.get(element);
    if (made === undefined) {
      const replaced = kw.replace?.(element);
      if (replaced != null) {
        cloned.set(element, replaced);
        return replaced;
      }
      made = element._clone(kw);
      cloned.set(element, made);
      made._copyInternals({ ...kw, clone });
    }
    return made;
  };
  if (obj === null) return obj;
  return clone(obj, {
    ...options,
    deferredCopyInternals: (e) => replacementTraverse(e, options, replace),
  }) as T;
}

// -- visitors as objects ------------------------------------------------------------------

/** A visitor for a walk from outside (SQLAlchemy's ExternalTraversal): subclasses have visit methods; several form a chain. */
export class ClauseVisitor {
  traverseOptions: TraverseOptions & CloneOptions = {};
  protected _next: ClauseVisitor | undefined;
  private visitorDict: Record<string, (element: never) => unknown> | undefined;

  traverseSingle(obj: Visitable, options?: unknown): unknown {
    const name = visitMethodName(obj.visitName);
    for (const v of this.visitorIterator()) {
      const method = (v as unknown as Record<string, ((e: Visitable, o: unknown) => unknown) | undefined>)[
        name
      ];
      if (method) return method.call(v, obj, options);
    }
    return undefined;
  }

  iterate(obj: Traversible | null): Iterable<Traversible> {
    return iterate(obj, this.traverseOptions);
  }

  traverse<T extends Traversible | null>(obj: T): T {
    return traverse(obj, this.traverseOptions, this._visitors());
  }

  /** @internal visit methods by visit name */
  protected _visitors(): Visitors {
    if (!this.visitorDict) {
      const found: Record<string, (element: never) => unknown> = {};
      const self = this as unknown as Record<string, (element: never) => unknown>;
      for (
        let p: object | null = Object.getPrototypeOf(this) as object;
        p && p !== Object.prototype;
        p = Object.getPrototypeOf(p) as object | null
      )
        for (const name of Object.getOwnPropertyNames(p))
          if (/^visit[A-Z]/.test(name))
            found[snakeCase(name.slice(5))] ??= (element) =>
              (self[name] as (element: never) => unknown).call(this, element);
      this.visitorDict = found;
    }
    return this.visitorDict;
  }

  *visitorIterator(): Generator<ClauseVisitor> {
    for (let v: ClauseVisitor | undefined = this; v; v = v._next) yield v;
  }

  /** Ask this visitor after all that are chained already. */
  chain(visitor: ClauseVisitor): this {
    let tail: ClauseVisitor = this;
    while (tail._next) tail = tail._next;
    tail._next = visitor;
    return this;
  }
}

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (c, at: number) => (at ? "_" : "") + c.toLowerCase());

/** Copies what it walks. */
export class CloningClauseVisitor extends ClauseVisitor {
  copyAndProcess<T extends Traversible>(list: Iterable<T>): T[] {
    return [...list].map((x) => this.traverse(x));
  }

  override traverse<T extends Traversible | null>(obj: T): T {
    return clonedTraverse(obj, this.traverseOptions, this._visitors());
  }
}

/** Copies what it walks and replaces elements. */
export class ReplacingClauseVisitor extends CloningClauseVisitor {
  replace(_element: Traversible): Traversible | null | undefined {
    return null;
  }

  override traverse<T extends Traversible | null>(obj: T): T {
    return replacementTraverse(obj, this.traverseOptions, (element) => {
      for (const v of this.visitorIterator()) {
        const e = (v as ReplacingClauseVisitor).replace(element);
        if (e != null) return e;
      }
      return null;
    });
  }
}
