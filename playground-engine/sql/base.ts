// What statements have in common: execution options, loader options, plugins that compile them, and options as objects.
//
// A statement is compiled by its CompileState: SelectState for plain Core, another where the ORM's entities are in it. The
// plugin is found by the statement's `_propagateAttrs`. Behaviour: SQLAlchemy sql/base.py.
import { ArgumentError, InvalidRequestError } from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { tokenOf, type CacheKeyBuilder, type HasCacheKey } from "./cache-key.ts";
import { expect } from "./coercions.ts";
import type { ClauseElement, EntityNamespace, PropagateAttrs } from "./elements/clause.ts";
import { ElementSet } from "./element-set.ts";
import { defaults } from "./mixin.ts";
import * as roles from "./roles.ts";
import { strOf } from "./repr.ts";
import { specCopyInternals, type TraverseSpec } from "./traverse-spec.ts";
import { iterate, Visitable, type CloneOptions, type Traversible } from "./visitable.ts";
import type { FromClause } from "./selectable/from-clause.ts";
import type { ColumnElement } from "./elements/column.ts";

export type ExecutionOptions = ReadonlyMap<string, Value>;
export const NO_EXECUTION_OPTIONS: ExecutionOptions = new Map();

// -- compile state ---------------------------------------------------------------------------

/** A statement, as far as plugins know one. */
export interface StatementLike {
  readonly visitName: string;
  readonly _propagateAttrs: PropagateAttrs | null;
  readonly _effectivePluginTarget: string;
}

export type CompileStateClass<T extends CompileState = CompileState> = (abstract new (
  ...args: never[]
) => T) & {
  createForStatement(statement: never, compiler: never, options?: never): CompileState;
};

/** What a statement becomes just before it is printed. */
export class CompileState {
  static readonly plugins: Map<string, CompileStateClass> = new Map();

  readonly statement: ClauseElement;
  /** Names of tables that would be ambiguous with those of schemas. @internal */
  _ambiguousTableNameMap: Map<string, string> | null = null;

  constructor(statement: ClauseElement) {
    this.statement = statement;
  }

  /** Make the state by the plugin the statement asks for. Plugins override it. */
  static createForStatement(
    statement: ClauseElement & StatementLike,
    compiler: unknown,
    options?: unknown,
  ): CompileState {
    const plugin = statement._propagateAttrs?.compileStatePlugin ?? "default";
    const target = statement._effectivePluginTarget;
    const cls = (CompileState.plugins.get(`${plugin} ${target}`) ??
      CompileState.plugins.get(`default ${target}`)) as unknown;
    if (cls === this || (cls as typeof CompileState).createForStatement === CompileState.createForStatement)
      return new (cls as new (s: unknown, c: unknown, o: unknown) => CompileState)(
        statement,
        compiler,
        options,
      );
    return (cls as typeof CompileState).createForStatement(statement, compiler, options);
  }

  /** The class that handles a statement's class-level questions (column descriptions …). */
  static getPluginClass(statement: StatementLike): unknown {
    const plugin = statement._propagateAttrs?.compileStatePlugin;
    const target = statement._effectivePluginTarget;
    return (
      (plugin && CompileState.plugins.get(`${plugin} ${target}`)) ||
      CompileState.plugins.get(`default ${target}`)
    );
  }

  static getPluginClassForPlugin(statement: StatementLike, plugin: string): unknown {
    return CompileState.plugins.get(`${plugin} ${statement._effectivePluginTarget}`);
  }
}

/** Make a class the compile state of statements of a visit name under a plugin. */
export function pluginFor(plugin: string, visitName: string, cls: CompileStateClass): void {
  CompileState.plugins.set(`${plugin} ${visitName}`, cls);
}

// -- options -----------------------------------------------------------------------------------

/** Values that a statement carries for its compile state; the ORM's are subclasses with fields of their own. */
export class Options {
  /** A copy with other values. Throws the host's TypeError for a name the class does not have. */
  plus(values: Readonly<Record<string, unknown>>): this {
    for (const name of Object.keys(values))
      if (!(name in this))
        throw host.error(
          "TypeError",
          `dictionary contains attributes not covered by Options class ${this.constructor.name}: {'${name}'}`,
        );
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this, values);
  }

  /** A copy with `value` joined to the tuple under a name. */
  addToElement(name: string, value: readonly unknown[]): this {
    return this.plus({
      [name]: [...((this as unknown as Record<string, readonly unknown[]>)[name] ?? []), ...value],
    });
  }

  /** This with all values that `other` has set. */
  safeMerge(other: Options): this {
    return this.plus({ ...other });
  }

  /**
   * These options as execution options change them: those of `names` that are given, to the connection or failing that
   * with the statement, become fields ("populate_existing" → _populateExisting). Gives the options and the execution
   * options that hold them under `key`.
   */
  static fromExecutionOptions<T extends Options>(
    this: new () => T,
    key: string,
    names: Iterable<string>,
    given: ExecutionOptions,
    ofStatement: ExecutionOptions,
  ): readonly [T, ExecutionOptions] {
    const existing = (given.get(key) as T | undefined) ?? new this();
    const changes: Record<string, unknown> = {};
    for (const name of names)
      if (given.has(name) || ofStatement.has(name))
        changes[`_${name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())}`] = given.has(name)
          ? given.get(name)
          : ofStatement.get(name);
    if (Object.keys(changes).length === 0) return [existing, given];
    const made = existing.plus(changes);
    return [made, new Map([...given, [key, made]])];
  }

  equals(other: Options): boolean {
    const [a, b] = [this as unknown as Record<string, unknown>, other as unknown as Record<string, unknown>];
    return Object.keys({ ...a, ...b }).every((k) => a[k] === b[k]);
  }
}

/** Options that are part of a statement's cache key. `static traverse` says which. */
export class CacheableOptions extends Options implements HasCacheKey {
  static readonly traverse: TraverseSpec = [];

  _genCacheKey(b: CacheKeyBuilder): void {
    b.word(`${tokenOf(this.constructor)}(`);
    for (const [name] of (this.constructor as typeof CacheableOptions).traverse) {
      b.multi((this as unknown as Record<string, unknown>)[name]);
      b.word(",");
    }
    b.word(")");
  }
}

/** What `statement.options()` takes: loader options, loader criteria. */
export class ExecutableOption extends Visitable implements Traversible {
  static override readonly visitName: string = "executable_option";
  static readonly traverse?: TraverseSpec;
  static readonly inheritCache?: boolean;
  declare _annotations: ReadonlyMap<string, unknown>;
  declare readonly _isHasCacheKey: boolean;
  declare readonly _isCore: boolean;
  declare readonly _isImmutable: boolean;

  _clone(_options?: CloneOptions): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
  }
  _copyInternals(options: CloneOptions = {}): void {
    specCopyInternals(this, options);
  }
  getChildren(): Iterable<Traversible> {
    return [];
  }
}
defaults(ExecutableOption, {
  _annotations: new Map(),
  _isHasCacheKey: false,
  _isCore: true,
  _isImmutable: false,
});

// -- statements ----------------------------------------------------------------------------------

/** Calls a function with the compile state just before compilation; part of the key by the function and its arguments. */
export type ContextOption = readonly [callable: (state: CompileState) => void, cacheArgs: unknown];

/** Laid into everything that a connection executes. */
export abstract class Executable {
  static readonly traverse: TraverseSpec = [
    ["_withOptions", "options"],
    ["_withContextOptions", "context-options"],
    ["_propagateAttrs", "propagate-attrs"],
  ];
  declare readonly supportsExecution: boolean;
  declare _executionOptions: ExecutionOptions;
  declare _withOptions: readonly ExecutableOption[];
  declare _withContextOptions: readonly ContextOption[];
  declare _compileOptions: CacheableOptions | null;
  declare readonly isSelect: boolean;
  declare readonly isFromStatement: boolean;
  declare readonly isUpdate: boolean;
  declare readonly isInsert: boolean;
  declare readonly isText: boolean;
  declare readonly isDelete: boolean;
  declare readonly isDml: boolean;
  declare readonly _isDefaultGenerator: boolean;
  abstract _generate(): this;
  abstract get visitName(): string;

  get _effectivePluginTarget(): string {
    return this.visitName;
  }

  options(options: readonly Value[]): this {
    const made = this._generate();
    made._withOptions = [
      ...made._withOptions,
      ...options.map((o) => expect(roles.ExecutableOptionRole, o) as unknown as ExecutableOption),
    ];
    return made;
  }

  _setCompileOptions(options: CacheableOptions): this {
    const made = this._generate();
    made._compileOptions = options;
    return made;
  }

  _updateCompileOptions(values: Readonly<Record<string, unknown>>): this {
    const made = this._generate();
    made._compileOptions = (made._compileOptions as CacheableOptions).plus(values);
    return made;
  }

  _addContextOption(callable: (state: CompileState) => void, cacheArgs: unknown): this {
    const made = this._generate();
    made._withContextOptions = [...made._withContextOptions, [callable, cacheArgs]];
    return made;
  }

  /** `execution_options(**kw)`. Throws ArgumentError for options that belong to connections. */
  executionOptions(kw: Kwargs): this {
    if (kw.has("isolation_level"))
      throw new ArgumentError(
        "'isolation_level' execution option may only be specified on Connection.execution_options(), or per-engine using the isolation_level argument to create_engine().",
      );
    if (kw.has("compiled_cache"))
      throw new ArgumentError(
        "'compiled_cache' execution option may only be specified on Connection.execution_options(), not per statement.",
      );
    const made = this._generate();
    made._executionOptions = new Map([...made._executionOptions, ...kw]);
    return made;
  }

  getExecutionOptions(): ExecutionOptions {
    return this._executionOptions;
  }
}
defaults(Executable, {
  supportsExecution: true,
  _executionOptions: NO_EXECUTION_OPTIONS,
  _withOptions: [],
  _withContextOptions: [],
  _compileOptions: null,
  isSelect: false,
  isFromStatement: false,
  isUpdate: false,
  isInsert: false,
  isText: false,
  isDelete: false,
  _isDefaultGenerator: false,
});
roles.playsRoles(Executable, roles.StatementRole);

/** Laid into elements that copies share: tables, columns, constants. */
export class Immutable {
  declare readonly _isImmutable: boolean;
  uniqueParams(): this {
    throw host.error("NotImplementedError", "Immutable objects do not support copying");
  }
  params(): this {
    throw host.error("NotImplementedError", "Immutable objects do not support copying");
  }
  _clone(_options?: CloneOptions): this {
    return this;
  }
  _copyInternals(_options?: CloneOptions): void {}
}
defaults(Immutable, { _isImmutable: true });

// -- functions over elements -----------------------------------------------------------------------

export function fromObjects(
  ...elements: readonly { readonly _fromObjects: readonly FromClause[] }[]
): FromClause[] {
  return elements.flatMap((e) => [...e._fromObjects]);
}

/** The columns a columns clause of these elements has. */
export function selectIterables(
  elements: Iterable<{ readonly _selectIterable: Iterable<ColumnElement> }>,
): ColumnElement[] {
  const out: ColumnElement[] = [];
  for (const e of elements) for (const c of e._selectIterable) out.push(c);
  return out;
}

/** The elements and what they are clones of. */
export function expandCloned<T extends ClauseElement>(elements: Iterable<T>): ElementSet<ClauseElement> {
  const out = new ElementSet<ClauseElement>();
  for (const e of elements) out.update(e._clonedSet);
  return out;
}

/** Members of `a` that are, or are clones of the same as, a member of `b`. */
export function clonedIntersection<T extends ClauseElement>(
  a: Iterable<T>,
  b: Iterable<ClauseElement>,
): ElementSet<T> {
  const overlap = expandCloned(a).intersection(expandCloned(b));
  return new ElementSet([...a].filter((e) => overlap.intersects(e._clonedSet)));
}

export function clonedDifference<T extends ClauseElement>(
  a: Iterable<T>,
  b: Iterable<ClauseElement>,
): ElementSet<T> {
  const overlap = expandCloned(a).intersection(expandCloned(b));
  return new ElementSet([...a].filter((e) => !overlap.intersects(e._clonedSet)));
}

/** The namespace of an entity, or of the first of its parts that has one. */
export function entityNamespaceOf(entity: Value): EntityNamespace | null {
  const own = (entity as { entityNamespace?: EntityNamespace | null }).entityNamespace;
  if (own) return own;
  for (const e of iterate(entity as Traversible)) {
    const ns = (e as unknown as { entityNamespace?: EntityNamespace | null }).entityNamespace;
    if (ns) return ns;
  }
  return null;
}

/** The attribute that a keyword of filter_by() names. Throws InvalidRequestError. */
function entityNamespaceKey(entity: Value, key: string): Value {
  const found = entityNamespaceOf(entity)?.namespaceAttribute(key);
  if (found === undefined)
    throw new InvalidRequestError(`Entity namespace for "${strOf(entity)}" has no property "${key}"`);
  return found;
}

/** The conditions of filter_by(): each named attribute `==` its value, which for a plain property or method is false. */
export function conditionsBy(entity: Value, kwargs: Kwargs): Value[] {
  return [...kwargs].map(([key, value]) => {
    const named = entityNamespaceKey(entity, key);
    const { eq } = named as { readonly eq?: unknown };
    return typeof eq === "function" ? (eq.call(named, value) as Value) : host.equal(named, value);
  });
}
