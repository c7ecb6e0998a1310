// ColumnElement: any expression that gives a value for a row, and what it can be combined into.
//
// Operators come from ColumnOperators and end in `operate`, which asks the comparator of the expression's type. Names for
// result columns: `_tqLabel` is table_column, `_proxyKey` the key in a subquery's `.c`, `_anonNameLabel` a name made up.
// Behaviour: SQLAlchemy sql/elements.py (ColumnElement, WrapsColumnExpression).
import { host, type Value } from "../../util/host.ts";
import { extendAnnotated, type AnnotatedState } from "../annotation.ts";
import type { ColumnSet } from "../column-collection.ts";
import { ColumnOperators } from "../comparator.ts";
import { ElementSet } from "../element-set.ts";
import { late } from "../late.ts";
import { defaults, mixin } from "../mixin.ts";
import { anonymousLabel, isAnonymous } from "../names.ts";
import * as operators from "../operators.ts";
import type { Against, Operator, OperateOptions } from "../operators.ts";
import { classNameOf, reprOf } from "../repr.ts";
import * as roles from "../roles.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import type { TypeComparator } from "../types/comparator.ts";
import { typeLate } from "../types/type-late.ts";
import { ClauseElement } from "./clause.ts";
import type { Cast } from "./cast.ts";
import type { Label } from "./label.ts";
import type { FromClause } from "../selectable/from-clause.ts";

late.toInstance = toInstance;

const NO_KEYS: ReadonlySet<unknown> = new Set();

/** What a column is told when a FROM element makes its own version of it. */
export interface ProxyOptions {
  readonly primaryKey: ColumnSet;
  readonly foreignKeys: Set<unknown>;
  readonly name?: string | null | undefined;
  readonly key?: string | null | undefined;
  readonly nameIsTruncatable?: boolean;
  /** Columns at this position in all SELECTs of a UNION. */
  readonly compoundSelectCols?: Iterable<ColumnElement> | undefined;
  readonly disallowIsLiteral?: boolean;
}

export interface ColumnElement extends ColumnOperators {
  invert(): ColumnElement;
}

export class ColumnElement extends ClauseElement {
  static override readonly visitName: string = "column_element";
  static {
    roles.playsRoles(
      this,
      roles.ColumnArgumentOrKeyRole,
      roles.StatementOptionRole,
      roles.WhereHavingRole,
      roles.BinaryElementRole,
      roles.OrderByRole,
      roles.ColumnsClauseRole,
      roles.LimitOffsetRole,
      roles.DMLColumnRole,
      roles.DDLConstraintColumnRole,
      roles.DDLExpressionRole,
    );
    mixin(this, ColumnOperators);
  }

  declare name: string | undefined;
  declare key: string | null;
  /** Whether the name is always, never or (null) if needed quoted. */
  declare quote: boolean | null;
  declare primaryKey: boolean;
  declare foreignKeys: ReadonlySet<unknown>;
  declare readonly _insertSentinel: boolean;
  declare _omitFromStatements: boolean;
  /** Whether the name may be shortened to what the dialect allows. */
  declare _truncatable: boolean;
  /** False keeps ORDER BY "name" from meaning this column. */
  declare _allowLabelResolve: boolean;
  declare readonly _altNames: readonly string[];
  declare _type: TypeEngine | undefined;
  declare _proxies_: ColumnElement[] | undefined;
  declare private _proxySet: ElementSet<ColumnElement> | undefined;
  declare private _expandedProxySet_: ElementSet<ClauseElement> | undefined;

  get type(): TypeEngine {
    return this._type ?? typeLate.nullType;
  }
  set type(type: TypeEngine) {
    this._type = type;
  }

  /** Columns this one stands for in its FROM element. */
  get _proxies(): ColumnElement[] {
    return (this._proxies_ ??= []);
  }
  set _proxies(columns: ColumnElement[]) {
    this._proxies_ = columns;
  }

  // -- names -------------------------------------------------------------------------------

  get _tqLabel(): string | null {
    return null;
  }

  get _tqKeyLabel(): string | null {
    return this._proxyKey;
  }

  get _keyLabel(): string | null {
    return this._tqKeyLabel;
  }

  get _label(): string | null {
    return this._tqLabel;
  }

  /** The name, unless it is one made up for the purpose. */
  get _nonAnonLabel(): string | null {
    return this.name ?? null;
  }

  get _renderLabelInColumnsClause(): boolean {
    return true;
  }

  get _proxyKey(): string | null {
    const given = this._annotations.get("proxy_key");
    if (given !== undefined) return given as string;
    const name = this.key || this._nonAnonLabel;
    return isAnonymous(name) ? null : name;
  }

  get _expressionLabel(): string | null {
    if (this.name !== undefined && this.name !== null) return null;
    return (this._annotations.get("proxy_key") as string | undefined) ?? null;
  }

  _anonLabel(seed: string | null, addHash?: number): string {
    const id = this._deClone().hash;
    if (addHash) return this.anonymous(`${id}.${addHash}`, `${seed ?? ""}_`);
    return this.anonymous(id, seed);
  }

  private anonymous(id: number | string, seed: string | null): string {
    return isAnonymous(seed) ? anonymousLabel(id, "", seed) : anonymousLabel(id, seed || "anon");
  }

  get _anonNameLabel(): string {
    return this._anonLabel(this.name ?? null);
  }

  get _anonKeyLabel(): string {
    return this._anonLabel(this._proxyKey);
  }

  _dedupeAnonLabelIdx(idx: number): string {
    const name = this.name ?? null;
    return name === null ? this._dedupeAnonTqLabelIdx(idx) : this._anonLabel(name, idx);
  }

  get _anonTqLabel(): string {
    return this._anonLabel(this._tqLabel);
  }

  get _anonTqKeyLabel(): string {
    return this._anonLabel(this._tqKeyLabel);
  }

  _dedupeAnonTqLabelIdx(idx: number): string {
    return this._anonLabel(this._tqLabel || "anon", idx);
  }

  /** Whether every database knows this for a truth value, native booleans or not. */
  get _isImplicitlyBoolean(): boolean {
    return false;
  }

  // -- expressions ---------------------------------------------------------------------------

  override selfGroup(against: Against = null): ClauseElement {
    if (
      (against === operators.and_ || against === operators.or_ || against === operators.asBool) &&
      isBooleanType(this.type)
    )
      return new late.AsBoolean(this, operators.isTrue, operators.isFalse);
    if (against === operators.anyOp || against === operators.allOp) return new late.Grouping(this);
    return this;
  }

  override _negate(): ColumnElement {
    if (isBooleanType(this.type)) return new late.AsBoolean(this, operators.isFalse, operators.isTrue);
    return new late.UnaryExpression(this.selfGroup(operators.inv) as ColumnElement, {
      operator: operators.inv,
    });
  }

  get comparator(): TypeComparator {
    const memos = this._memos;
    if (memos["comparator"] === undefined) {
      const type = this.type as TypeEngine | undefined;
      const Factory = type?.comparatorFactory;
      if (Factory === undefined)
        throw host.error(
          "TypeError",
          `Object ${reprOf(type)} associated with '.type' attribute is not a TypeEngine class or object`,
        );
      memos["comparator"] = new Factory(this);
    }
    return memos["comparator"] as TypeComparator;
  }

  operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    return op.invoke(this.comparator, other, options) as ColumnElement;
  }

  reverseOperate(op: Operator, other: Value, options?: OperateOptions): ColumnElement {
    return this.comparator.reverseOperate(op, other, options);
  }

  /** Message of the AttributeError for a name that neither the element nor its comparator has. */
  missingAttribute(key: string): string {
    return `Neither '${classNameOf(this)}' object nor '${classNameOf(this.comparator)}' object has an attribute '${key}'`;
  }

  /** A plain value that this is combined with, as bound parameter. */
  _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
  ): ColumnElement {
    return new late.BindParameter(null, obj, {
      comparedToOperator: operator,
      type,
      comparedToType: this.type,
      unique: true,
      expanding,
    });
  }

  get expression(): ColumnElement {
    return this;
  }

  get _selectIterable(): Iterable<ColumnElement> {
    return [this];
  }

  cast(type: TypeArgument): Cast {
    return new late.Cast(this, type);
  }

  /** AS name; null for a name made up when printed. */
  label(name: string | null): Label {
    return new late.Label(name, this, this.type);
  }

  /** How a name that was derived from this column's (its label, the name of its proxy) is quoted. */
  _quoteFor(name: string): boolean | null {
    return name === this.name ? this.quote : null;
  }

  // -- lineage ---------------------------------------------------------------------------------

  get baseColumns(): ElementSet<ColumnElement> {
    return new ElementSet([...this.proxySet].filter((c) => c._proxies.length === 0));
  }

  /** This column and all it stands for. */
  get proxySet(): ElementSet<ColumnElement> {
    if (!this._proxySet) {
      const set = new ElementSet<ColumnElement>([this._deannotate()]);
      for (const c of this._proxies) set.update(c.proxySet);
      this._proxySet = set;
    }
    return this._proxySet;
  }

  /** @internal a column of the same name took this one's place */
  _resetProxySet(): void {
    this._proxySet = undefined;
  }

  get _expandedProxySet(): ElementSet<ClauseElement> {
    if (!this._expandedProxySet_) {
      const set = new ElementSet<ClauseElement>();
      for (const c of this.proxySet) set.update(c._clonedSet);
      this._expandedProxySet_ = set;
    }
    return this._expandedProxySet_;
  }

  _uncachedProxyList(): ColumnElement[] {
    return [this, ...this._proxies.flatMap((c) => c._uncachedProxyList())];
  }

  sharesLineage(other: ColumnElement): boolean {
    return this.proxySet.intersects(other.proxySet);
  }

  /** Whether a result column named by `other` may be read as this one. */
  _compareNameForResult(other: ColumnElement): boolean {
    return other.name !== undefined && this.name !== undefined && other.name === this.name;
  }

  /** This column as a column of a FROM element: [key, column]. */
  _makeProxy(selectable: FromClause, options: ProxyOptions): [string, ColumnElement] {
    const given = options.name ?? null;
    const name = given ?? this._anonNameLabel;
    const key = given ?? options.key ?? this._proxyKey ?? (options.key as string);
    const made = new late.ColumnClause(name, this.type, false, selectable) as ColumnElement;
    if (options.nameIsTruncatable) made._truncatable = true;
    made._propagateAttrs = selectable._propagateAttrs;
    made._proxies = options.compoundSelectCols ? [...options.compoundSelectCols] : [this];
    if (selectable._isCloneOf !== null) made._isCloneOf = selectable._isCloneOf.columns.get(key);
    return [key, made];
  }
}
defaults(ColumnElement, {
  _isColumnElement: true,
  key: null,
  quote: null,
  primaryKey: false,
  foreignKeys: NO_KEYS,
  _insertSentinel: false,
  _omitFromStatements: false,
  _truncatable: false,
  _allowLabelResolve: true,
  _altNames: [],
});

export function isBooleanType(type: TypeEngine): boolean {
  return type.typeAffinity === typeLate.booleanType.typeAffinity;
}

export function isColumnElement(v: unknown): v is ColumnElement {
  return typeof v === "object" && v !== null && (v as ClauseElement)._isColumnElement === true;
}

// An annotated column reads what its original does not know yet (a name, a table, a type given later) from the original.
type AnnotatedColumn = ColumnElement & AnnotatedState & { table?: unknown };
const original = (c: ColumnElement): ColumnElement & { table?: unknown; info?: unknown } =>
  (c as unknown as AnnotatedState)._annotatedElement as never;
extendAnnotated(ColumnElement, {
  _afterAnnotate(this: AnnotatedColumn): void {
    for (const attribute of ["name", "key", "table"] as const)
      if (Object.hasOwn(this, attribute) && this[attribute] === null) delete this[attribute];
    delete this._type;
    for (const attribute of ["name", "key", "table"] as const)
      if (!Object.hasOwn(this, attribute) && Object.hasOwn(original(this), attribute))
        Object.defineProperty(this, attribute, {
          get: () => original(this)[attribute],
          set: (value: unknown) =>
            Object.defineProperty(this, attribute, {
              value,
              writable: true,
              configurable: true,
              enumerable: true,
            }),
          configurable: true,
          enumerable: false,
        });
  },
  get type(): TypeEngine {
    const self = this as unknown as AnnotatedColumn;
    return self._type ?? original(self).type;
  },
  set type(type: TypeEngine) {
    (this as unknown as AnnotatedColumn)._type = type;
  },
  get _anonNameLabel(): string {
    return original(this as unknown as ColumnElement)._anonNameLabel;
  },
});

/** An expression known by a key: named columns, bound parameters. */
export class KeyedColumnElement extends ColumnElement {
  declare key: string;
}
defaults(KeyedColumnElement, { _isKeyedColumnElement: true });

/** Expressions that take their name from the one inside: laid into CAST and type_coerce, a base of a program's own. */
export abstract class WrapsColumnExpression extends ColumnElement {
  abstract get wrappedColumnExpression(): ColumnElement;
  declare name: string | undefined;

  override get _tqLabel(): string | null {
    return this.wrappedColumnExpression._tqLabel ?? null;
  }

  override get _nonAnonLabel(): string | null {
    return null;
  }

  override get _anonNameLabel(): string {
    const inner = this.wrappedColumnExpression;
    if (!inner._isTextClause) return inner._nonAnonLabel || inner._anonNameLabel || this._anonLabel(null);
    return this._anonLabel(this.name ?? null);
  }

  override _dedupeAnonLabelIdx(idx: number): string {
    const name = this.wrappedColumnExpression._nonAnonLabel;
    return name ? this._anonLabel(`${name}_`) : this._dedupeAnonTqLabelIdx(idx);
  }

  override get _proxyKey(): string | null {
    const inner = this.wrappedColumnExpression;
    return inner._isTextClause ? null : inner._proxyKey;
  }
}
