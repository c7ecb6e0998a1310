// ClauseElement: the root of everything that can stand in a statement.
//
// Elements are never changed once made, except while a copy is being made: generative methods work on `_generate()`,
// traversals on `_clone()`. Flags and defaults live on prototypes; an instance owns only what is its own.
// Names: SQLAlchemy's internal names keep their underscore (`_from_objects` → `_fromObjects`), so that `_label` and `label()`,
// `_limit` and `limit()` stay apart; `__clause_element__` is `clauseElement()`, `hash(x)` is `x.hash`, `bool(x)` is `x.bool()`.
// Behaviour: SQLAlchemy sql/elements.py (CompilerElement, ClauseElement), sql/visitors.py, sql/annotation.py.
import { ObjectNotExecutableError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { entriesOf } from "../../util/items.ts";
import { asAnnotated, EMPTY_ANNOTATIONS, type Annotations } from "../annotation.ts";
import { CacheKeyBuilder, type CacheKey, type HasCacheKey } from "../cache-key.ts";
import { compare, type CompareOptions } from "../compare.ts";
import { ElementSet } from "../element-set.ts";
import { late, type CompiledLike, type CompileOptions, type DialectLike } from "../late.ts";
import { defaults } from "../mixin.ts";
import * as operators from "../operators.ts";
import type { Against } from "../operators.ts";
import { objectRepr } from "../repr.ts";
import type { Role } from "../roles.ts";
import { specCacheKey, specChildren, specCopyInternals, type TraverseSpec } from "../traverse-spec.ts";
import {
  clonedTraverse,
  traverse,
  Visitable,
  type CloneOptions,
  type Traversible,
  type TraverseOptions,
} from "../visitable.ts";
import type { BindParameter } from "./bind.ts";
import type { ColumnElement } from "./column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

/** Which plugin compiles statements with this element, and for what: the ORM marks its entities. */
export interface PropagateAttrs {
  readonly compileStatePlugin: string;
  readonly pluginSubject: HasCacheKey | null;
}

/** What filter_by() and the like look names up in. */
export interface EntityNamespace {
  namespaceAttribute(key: string): Value | undefined;
}

/** Computed values of an element; copies start without them. */
export interface Memos {
  cacheKey?: CacheKey | null;
  clonedSet?: ElementSet<ClauseElement>;
  [name: string]: unknown;
}

let nextHash = 1;

/** An object that can be compiled: elements, DDL, defaults. */
export class CompilerElement extends Visitable {
  static override readonly visitName: string = "compiler_element";
  static readonly pyModule: string = "sqlalchemy.sql.elements";
  /** URL name of the dialect for str(). */
  declare readonly stringifyDialect: string;
  declare readonly supportsExecution: boolean;

  /** `compile(bind=None, dialect=None, **kw)`; `bind` is anything with a dialect. */
  compile(
    bind: { readonly dialect: DialectLike } | null = null,
    dialect: DialectLike | null = null,
    options: CompileOptions = {},
  ): CompiledLike {
    let d = dialect ?? bind?.dialect ?? null;
    if (d === null && this.stringifyDialect !== "default") d = late.dialectNamed(this.stringifyDialect);
    return this._compiler(d, options);
  }

  /** @internal with a dialect, or with that of str() */
  _compiler(dialect: DialectLike | null, options: CompileOptions = {}): CompiledLike {
    return late.compile(this as unknown as ClauseElement, dialect, options);
  }

  override toString(): string {
    return String(this.compile());
  }
}
defaults(CompilerElement, { stringifyDialect: "default", supportsExecution: false });

export class ClauseElement extends CompilerElement implements Traversible {
  static override readonly visitName: string = "clause";
  static readonly traverse?: TraverseSpec;
  static readonly cacheTraverse?: TraverseSpec;
  static readonly inheritCache?: boolean;
  static readonly hierarchySupportsCaching?: boolean;

  /** @internal 0 until asked for */
  _hash = 0;
  /** @internal */
  _memo: Memos | undefined = undefined;

  declare _propagateAttrs: PropagateAttrs | null;
  declare _annotations: Annotations;
  declare _isCloneOf: this | null;
  declare readonly _roles: ReadonlySet<Role>;
  declare readonly _isAnnotated: boolean;

  declare readonly isClauseElement: true;
  declare readonly isSelectable: boolean;
  declare readonly isDml: boolean;
  declare readonly _isColumnElement: boolean;
  declare readonly _isKeyedColumnElement: boolean;
  declare readonly _isTable: boolean;
  declare readonly _isTextual: boolean;
  declare readonly _isFromClause: boolean;
  declare readonly _isReturnsRows: boolean;
  declare readonly _isTextClause: boolean;
  declare readonly _isFromContainer: boolean;
  declare readonly _isSelectContainer: boolean;
  declare readonly _isSelectBase: boolean;
  declare readonly _isSelectStatement: boolean;
  declare readonly _isBindParameter: boolean;
  /** @internal A parameter that takes the type of what it is compared with, its own being a guess. */
  declare _adaptsType: boolean;
  declare readonly _isClauseList: boolean;
  declare readonly _isLambdaElement: boolean;
  declare readonly _isSingletonConstant: boolean;
  declare readonly _isImmutable: boolean;
  declare readonly _isSubquery: boolean;
  declare readonly _isCollectionAggregate: boolean;
  /** What `~` gives, where an element knows better. */
  declare readonly negationClause?: ColumnElement;

  /** `hash(element)`: one number a life long; an annotated element has its original's. */
  get hash(): number {
    return this._hash || (this._hash = nextHash++);
  }

  /** @internal for values that copies compute anew */
  protected get _memos(): Memos {
    return (this._memo ??= {});
  }

  _resetMemoizations(): void {
    this._memo = undefined;
  }

  get description(): string | null {
    return null;
  }

  get _isStar(): boolean {
    return false;
  }

  get _orderByLabelElement(): ColumnElement | null {
    return null;
  }

  get _fromObjects(): readonly FromClause[] {
    return [];
  }

  /** Where names of filter_by() are looked up; null where there is no such place. */
  get entityNamespace(): EntityNamespace | null {
    return null;
  }

  clauseElement(): unknown {
    return this;
  }

  _setPropagateAttrs(values: PropagateAttrs | null): this {
    this._propagateAttrs = values;
    return this;
  }

  // -- copies ------------------------------------------------------------------------------

  /** A copy that is known to be one: `_isCloneOf` leads back. */
  _clone(_options?: CloneOptions): this {
    const made = this._shallowCopy();
    made._isCloneOf = this._isCloneOf ?? this;
    return made;
  }

  /** A copy that a generative method will change. */
  _generate(): this {
    return this._shallowCopy();
  }

  private _shallowCopy(): this {
    const made = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
    made._hash = 0;
    made._memo = undefined;
    return made;
  }

  /** This element and what it is a clone of, all the way. */
  get _clonedSet(): ElementSet<ClauseElement> {
    const memos = this._memos;
    if (!memos.clonedSet) {
      const set = new ElementSet<ClauseElement>();
      for (let f: ClauseElement | null = this; f !== null; f = f._isCloneOf) set.add(f);
      memos.clonedSet = set;
    }
    return memos.clonedSet;
  }

  _deClone(): ClauseElement {
    let e: ClauseElement = this;
    while (e._isCloneOf !== null) e = e._isCloneOf;
    return e;
  }

  _copyInternals(options: CloneOptions = {}): void {
    specCopyInternals(this, options);
  }

  getChildren(options: TraverseOptions = {}): Iterable<Traversible> {
    return specChildren(this, options.omitAttrs);
  }

  // -- annotations -------------------------------------------------------------------------

  _annotate(values: Annotations): this {
    return asAnnotated(this, values);
  }

  _withAnnotations(values: Annotations): this {
    return asAnnotated(this, values);
  }

  _deannotate(_values: readonly string[] | null = null, clone = false): this {
    return clone ? this._clone() : this;
  }

  // -- keys and comparison -------------------------------------------------------------------

  _genCacheKey(b: CacheKeyBuilder): void {
    specCacheKey(this, b, this._isAnnotated);
  }

  /** The key under which the compiled statement is kept; null where it is not to be kept. */
  _generateCacheKey(): CacheKey | null {
    const memos = this._memos;
    if (memos.cacheKey === undefined) {
      const b = new CacheKeyBuilder();
      this._genCacheKey(b);
      memos.cacheKey = b.finish();
    }
    return memos.cacheKey;
  }

  compare(other: unknown, options?: CompareOptions): boolean {
    return compare(this, other, options);
  }

  // -- parameters ----------------------------------------------------------------------------

  _getEmbeddedBindparams(): readonly BindParameter[] {
    const key = this._generateCacheKey();
    if (key) return key.bindparams;
    const found: BindParameter[] = [];
    traverse(this as Traversible, {}, { bindparam: (b: BindParameter) => found.push(b) });
    return found;
  }

  /** A copy with values for bound parameters, which become unique; `optionaldict` and keywords count alike. */
  uniqueParams(optionaldict: Value = null, kwargs: Kwargs = new Map()): this {
    return this._replaceParams(true, optionaldict, kwargs);
  }

  params(optionaldict: Value = null, kwargs: Kwargs = new Map()): this {
    return this._replaceParams(false, optionaldict, kwargs);
  }

  private _replaceParams(unique: boolean, optionaldict: Value, kwargs: Kwargs): this {
    const values = new Map<Value, Value>(kwargs);
    if (optionaldict !== null && optionaldict !== undefined)
      for (const [k, v] of entriesOf(optionaldict)) values.set(k, v);
    const bindparam = (bind: BindParameter): void => {
      if (values.has(bind.key)) {
        bind.value = values.get(bind.key);
        bind.required = false;
      }
      if (unique) bind._convertToUnique();
    };
    return clonedTraverse(
      this as ClauseElement,
      { maintainKey: true, detectSubqueryCols: true },
      { bindparam },
    ) as this;
  }

  // -- grouping and negation -----------------------------------------------------------------

  /** This element as it must stand inside an expression of `against`: itself, or in parentheses. */
  selfGroup(_against: Against = null): ClauseElement {
    return this;
  }

  _ungroup(): ClauseElement {
    return this;
  }

  _negateInBinary(_negatedOp: operators.Operator, _originalOp: operators.Operator): ClauseElement {
    return this;
  }

  _withBinaryElementType(_type: unknown): ClauseElement {
    return this;
  }

  /** `~element` */
  invert(): ColumnElement {
    return this.negationClause ?? this._negate();
  }

  _negate(): ColumnElement {
    return new late.UnaryExpression(this.selfGroup(operators.inv) as ColumnElement, {
      operator: operators.inv,
    });
  }

  /** `bool(element)` */
  bool(): boolean {
    throw host.error("TypeError", "Boolean value of this clause is not defined");
  }

  /** @internal called by Connection.execute(): the connection is of the engine's room */
  _executeOnConnection(
    connection: ConnectionLike,
    distilledParams: unknown,
    executionOptions: unknown,
  ): unknown {
    if (!this.supportsExecution) throw new ObjectNotExecutableError(this);
    return connection._executeClauseelement(this, distilledParams, executionOptions);
  }

  repr(): string {
    return objectRepr(this, this.description ?? "");
  }
}

export interface ConnectionLike {
  _executeClauseelement(element: ClauseElement, distilledParams: unknown, executionOptions: unknown): unknown;
  _executeFunction(element: ClauseElement, distilledParams: unknown, executionOptions: unknown): unknown;
}

defaults(ClauseElement, {
  _propagateAttrs: null,
  _annotations: EMPTY_ANNOTATIONS,
  _isCloneOf: null,
  _isAnnotated: false,
  isClauseElement: true,
  isSelectable: false,
  isDml: false,
  _isColumnElement: false,
  _isKeyedColumnElement: false,
  _isTable: false,
  _isTextual: false,
  _isFromClause: false,
  _isReturnsRows: false,
  _isTextClause: false,
  _isFromContainer: false,
  _isSelectContainer: false,
  _isSelectBase: false,
  _isSelectStatement: false,
  _isBindParameter: false,
  _adaptsType: false,
  _isClauseList: false,
  _isLambdaElement: false,
  _isSingletonConstant: false,
  _isImmutable: false,
  _isSubquery: false,
  _isCollectionAggregate: false,
});
