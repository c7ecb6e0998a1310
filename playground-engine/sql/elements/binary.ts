// Expressions of operators: `a = b`, `a + b + c`, `x AND y AND z`, and parentheses.
//
// Associative operators flatten into one list. Comparisons know their negation, so `~(a < 1)` is `a >= 1`.
// Behaviour: SQLAlchemy sql/elements.py (OperatorExpression … Grouping).
import { warnDeprecated } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import * as operators from "../operators.ts";
import { CustomOp, type Against, type Operator } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import { typeLate } from "../types/type-late.ts";
import { ClauseElement, type PropagateAttrs } from "./clause.ts";
import { ColumnElement } from "./column.ts";
import { False_, True_ } from "./constants.ts";
import type { FromClause } from "../selectable/from-clause.ts";

type Modifiers = ReadonlyMap<string, Value>;
const NO_MODIFIERS: Modifiers = new Map();

export abstract class OperatorExpression extends ColumnElement {
  abstract operator: Operator;
  declare group: boolean;

  get isComparison(): boolean {
    return operators.isComparison(this.operator);
  }

  override selfGroup(against: Against = null): ClauseElement {
    const grouped =
      (this.group && operators.isPrecedent(this.operator, against)) ||
      (against === operators.inv && !operators.isBoolean(this.operator));
    return grouped ? new Grouping(this) : this;
  }

  abstract get _flattenedOperatorClauses(): readonly ColumnElement[];

  /** `left op right`, joined with what is an expression of the same associative operator already. */
  static _constructForOp(
    left: ColumnElement,
    right: ColumnElement,
    op: Operator,
    options: {
      readonly type: TypeEngine;
      readonly negate?: Operator | null;
      readonly modifiers?: Modifiers | undefined;
    },
  ): ColumnElement {
    const { type } = options;
    let negate = options.negate ?? null;
    if (op.isAssociative) {
      // parentheses that were put for another operator do not count
      const flat = (side: ColumnElement): readonly ColumnElement[] | undefined => {
        if (side instanceof Grouping) return flat(side.element);
        return side instanceof OperatorExpression &&
          side.operator === op &&
          type.compareTypeAffinity(side.type)
          ? side._flattenedOperatorClauses
          : undefined;
      };
      const [l, r] = [flat(left), flat(right)];
      if (l || r)
        return ExpressionClauseList._constructForList(op, type, [...(l ?? [left]), ...(r ?? [right])]);
    }
    if (right._isCollectionAggregate) negate = null;
    return new BinaryExpression(left, right, op, { type, negate, modifiers: options.modifiers });
  }
}
defaults(OperatorExpression, { group: true });

/** Several expressions between one operator. */
export class ExpressionClauseList extends OperatorExpression {
  static override readonly visitName: string = "expression_clauselist";
  static override readonly traverse: TraverseSpec = [
    ["clauses", "clauses"],
    ["operator", "operator"],
  ];

  operator: Operator;
  clauses: readonly ColumnElement[];
  private implicitlyBoolean: boolean | undefined;

  constructor(operator: Operator, clauses: readonly Value[], options: { readonly type?: TypeArgument } = {}) {
    super();
    this.operator = operator;
    this.clauses = clauses.map((c) => expect(roles.ExpressionElementRole, c, { applyPropagateAttrs: this }));
    this.implicitlyBoolean = operators.isBoolean(operator);
    this.type = toInstance(options.type ?? null);
  }

  override get _isImplicitlyBoolean(): boolean {
    return this.implicitlyBoolean ?? false;
  }

  get _flattenedOperatorClauses(): readonly ColumnElement[] {
    return this.clauses;
  }

  [Symbol.iterator](): IterableIterator<ColumnElement> {
    return this.clauses.values();
  }

  get length(): number {
    return this.clauses.length;
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.clauses.flatMap((c) => [...c._fromObjects]);
  }

  _appendInplace(clause: ColumnElement): void {
    this.clauses = [...this.clauses, clause];
  }

  /** @internal of expressions that are ready; their parentheses are decided here unless `group` is false */
  static _constructForList(
    operator: Operator,
    type: TypeEngine,
    clauses: readonly ColumnElement[],
    group = true,
  ): ExpressionClauseList {
    const made = new ExpressionClauseList(operator, []);
    made.group = group;
    made.implicitlyBoolean = false;
    made.clauses = group ? clauses.map((c) => c.selfGroup(operator) as ColumnElement) : clauses;
    made.type = type;
    made._propagateAttrs = firstPropagated(clauses);
    return made;
  }

  override _negate(): ColumnElement {
    return new late.UnaryExpression(this.selfGroup(operators.inv) as ColumnElement, {
      operator: operators.inv,
    });
  }
}

function firstPropagated(clauses: readonly ColumnElement[]): PropagateAttrs | null {
  for (const c of clauses) if (c._propagateAttrs) return c._propagateAttrs;
  return null;
}

/** and_() and or_(). */
export class BooleanClauseList extends ExpressionClauseList {
  static override readonly visitName: string = "expression_clauselist";
  static override readonly inheritCache: boolean = true;

  private constructor(operator: Operator, clauses: readonly ColumnElement[]) {
    super(operator, []);
    this.clauses = clauses;
    this.type = typeLate.booleanType;
  }

  override get _isImplicitlyBoolean(): boolean {
    return true;
  }

  /**
   * Members without those that change nothing (`true` in AND), or only the one that decides all (`false` in AND).
   * Each stands as it must between the others.
   */
  static _processClausesForBoolean(
    operator: Operator,
    continueOn: ColumnElement,
    skipOn: ColumnElement,
    clauses: Iterable<ColumnElement>,
  ): ColumnElement[] {
    let continued: ColumnElement | undefined;
    let kept: ColumnElement[] = [];
    for (const clause of clauses) {
      if (clause === continueOn) continued = clause;
      else if (clause === skipOn) {
        kept = [clause];
        break;
      } else kept.push(clause);
    }
    if (kept.length === 0 && continued) kept = [continued];
    const against = kept.length > 1 ? operator : operators.asBool;
    return kept.map((c) => c.selfGroup(against) as ColumnElement);
  }

  private static build(
    operator: Operator,
    continueOn: ColumnElement,
    skipOn: ColumnElement,
    clauses: readonly Value[],
  ): ColumnElement {
    if (clauses.length === 0) {
      const [name, constant] = operator === operators.and_ ? ["and_", "true"] : ["or_", "false"];
      const literal = constant === "true" ? "True" : "False";
      warnDeprecated(
        `Invoking ${name}() without arguments is deprecated, and will be disallowed in a future release.   For an empty ${name}() construct, ` +
          `use '${name}(${constant}(), *args)' or '${name}(${literal}, *args)'.`,
      );
      return new BooleanClauseList(operator, []);
    }
    const items =
      clauses.length === 1 && host.kindOf(clauses[0]) === "iterator"
        ? [...(host.iterate(clauses[0]) ?? [])]
        : clauses;
    const kept = BooleanClauseList._processClausesForBoolean(
      operator,
      continueOn,
      skipOn,
      items.map((c) => expect(roles.WhereHavingRole, c)),
    );
    if (kept.length === 1) return kept[0] as ColumnElement;
    const flat = kept.flatMap((c) => {
      const inner = c as OperatorExpression;
      return inner.operator === operator && c instanceof OperatorExpression
        ? inner._flattenedOperatorClauses
        : [c];
    });
    return new BooleanClauseList(operator, flat);
  }

  /** The criteria of where() as one expression; null without any. */
  static _constructForWhereclause(clauses: readonly ColumnElement[]): ColumnElement | null {
    const kept = BooleanClauseList._processClausesForBoolean(
      operators.and_,
      True_.instance,
      False_.instance,
      clauses,
    );
    if (kept.length === 0) return null;
    return kept.length === 1 ? (kept[0] as ColumnElement) : new BooleanClauseList(operators.and_, kept);
  }

  /** @internal */
  static _constructRaw(operator: Operator, clauses: readonly ColumnElement[] = []): BooleanClauseList {
    return new BooleanClauseList(operator, clauses);
  }

  static and_(clauses: readonly Value[]): ColumnElement {
    return BooleanClauseList.build(operators.and_, True_.instance, False_.instance, clauses);
  }

  static or_(clauses: readonly Value[]): ColumnElement {
    return BooleanClauseList.build(operators.or_, False_.instance, True_.instance, clauses);
  }

  override selfGroup(against: Against = null): ClauseElement {
    return this.clauses.length === 0 ? this : super.selfGroup(against);
  }
}
late.and_ = (clauses) => BooleanClauseList.and_(clauses);
late.or_ = (clauses) => BooleanClauseList.or_(clauses);

export interface BinaryOptions {
  readonly type?: TypeArgument;
  readonly negate?: Operator | null;
  readonly modifiers?: Modifiers | undefined;
}

/** `left op right` */
export class BinaryExpression extends OperatorExpression {
  static override readonly visitName: string = "binary";
  static override readonly traverse: TraverseSpec = [
    ["left", "clause"],
    ["right", "clause"],
    ["operator", "operator"],
    ["negate", "operator"],
    ["modifiers", "plain-map"],
    ["type", "type"],
  ];
  static override readonly cacheTraverse: TraverseSpec = [
    ["left", "clause"],
    ["right", "clause"],
    ["operator", "operator"],
    ["modifiers", "plain-map"],
    ["type", "type"],
  ];

  declare left: ColumnElement;
  declare right: ColumnElement;
  operator: Operator;
  negate: Operator | null;
  modifiers: Modifiers;
  /** Which two objects were compared: the truth value of == and !=. */
  private orig: readonly [number, number];
  private readonly implicitlyBoolean: boolean;

  constructor(
    left: ColumnElement,
    right: ColumnElement,
    operator: Operator | string,
    options: BinaryOptions = {},
  ) {
    super();
    const op = typeof operator === "string" ? new CustomOp(operator) : operator;
    this.orig = [left.hash, right.hash];
    this._propagateAttrs = left._propagateAttrs ?? right._propagateAttrs;
    this.left = left.selfGroup(op) as ColumnElement;
    this.right = right.selfGroup(op) as ColumnElement;
    this.operator = op;
    this.type = toInstance(options.type ?? null);
    this.negate = options.negate ?? null;
    this.implicitlyBoolean = operators.isBoolean(op);
    this.modifiers = options.modifiers ?? NO_MODIFIERS;
  }

  override get _isImplicitlyBoolean(): boolean {
    return this.implicitlyBoolean;
  }

  get _flattenedOperatorClauses(): readonly ColumnElement[] {
    return [this.left, this.right];
  }

  /** == and != ask whether both sides are the same object; others have no truth value. */
  override bool(): boolean {
    const [a, b] = this.orig;
    if (this.operator === operators.eq) return a === b;
    if (this.operator === operators.ne) return a !== b;
    return super.bool();
  }

  override get _fromObjects(): readonly FromClause[] {
    const [l, r] = [this.left._fromObjects, this.right._fromObjects];
    return r.length === 0 ? l : l.length === 0 ? r : [...l, ...r];
  }

  override _negate(): ColumnElement {
    if (this.negate === null) return (this.selfGroup() as ColumnElement)._negate();
    return new BinaryExpression(
      this.left,
      this.right._negateInBinary(this.negate, this.operator) as ColumnElement,
      this.negate,
      {
        negate: this.operator,
        type: this.type,
        modifiers: this.modifiers,
      },
    );
  }
}
late.BinaryExpression = BinaryExpression;

/** `column[index]` */
export class IndexExpression extends BinaryExpression {
  static override readonly inheritCache: boolean = true;
}

/** `column[start:stop:step]` */
export class Slice extends ColumnElement {
  static override readonly visitName: string = "slice";
  static override readonly traverse: TraverseSpec = [
    ["start", "clause"],
    ["stop", "clause"],
    ["step", "clause"],
  ];
  start: ColumnElement;
  stop: ColumnElement;
  step: ColumnElement;

  constructor(start: Value, stop: Value, step: Value, name: string | null = null) {
    super();
    const part = (v: Value): ColumnElement =>
      expect(roles.ExpressionElementRole, v, { name, type: typeLate.integerType });
    this.start = part(start);
    this.stop = part(stop);
    this.step = part(step);
    this.type = typeLate.nullType;
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }
}

/** An expression in parentheses. */
export class Grouping extends ColumnElement {
  static override readonly visitName: string = "grouping";
  static override readonly traverse: TraverseSpec = [
    ["element", "clause"],
    ["type", "type"],
  ];
  static override readonly cacheTraverse: TraverseSpec = [["element", "clause"]];
  element: ColumnElement;

  constructor(element: ColumnElement) {
    super();
    this.element = element;
    this.type = element.type ?? typeLate.nullType;
    this._propagateAttrs = element._propagateAttrs;
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return this;
  }

  override _withBinaryElementType(type: TypeEngine): ClauseElement {
    return new Grouping(this.element._withBinaryElementType(type) as ColumnElement);
  }

  override _ungroup(): ClauseElement {
    return this.element._ungroup();
  }

  override get _isImplicitlyBoolean(): boolean {
    return this.element._isImplicitlyBoolean;
  }

  override get _tqLabel(): string | null {
    return this.element._tqLabel ?? this._anonNameLabel;
  }

  override get _proxies(): ColumnElement[] {
    return this.element._isColumnElement ? [this.element] : [];
  }
  override set _proxies(_columns: ColumnElement[]) {}

  override get _fromObjects(): readonly FromClause[] {
    return this.element._fromObjects;
  }
}
late.Grouping = Grouping;
// the parentheses have no name themselves
Object.defineProperty(Grouping.prototype, "name", {
  get(this: Grouping) {
    return this.element.name;
  },
  configurable: true,
});
