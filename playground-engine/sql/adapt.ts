// Moving clauses from one FROM element to another: what aliasing, eager loading and relationships are made of.
//
// ClauseAdapter copies a clause with each column replaced by the selectable's column that stands for it; ColumnAdapter
// remembers what it made of each column. Behaviour: SQLAlchemy sql/util.py.
import { ArgumentError, NoReferencedColumnError, NoReferencedTableError } from "../errors/index.ts";
import type { Value } from "../util/host.ts";
import { ElementMap, ElementSet } from "./element-set.ts";
import { late } from "./late.ts";
import * as operators from "./operators.ts";
import { clonedTraverse, ReplacingClauseVisitor, traverse, type Traversible } from "./visitable.ts";
import { BinaryExpression } from "./elements/binary.ts";
import { BindParameter } from "./elements/bind.ts";
import type { ClauseElement } from "./elements/clause.ts";
import { ColumnElement } from "./elements/column.ts";
import { ColumnClause } from "./elements/column-clause.ts";
import { Null } from "./elements/constants.ts";
import { NamedColumn } from "./elements/named-column.ts";
import { FunctionElement } from "./functions.ts";
import { Alias } from "./selectable/alias.ts";
import { FromGrouping, isFromClause, type FromClause } from "./selectable/from-clause.ts";
import { Join } from "./selectable/join.ts";
import { ScalarSelect } from "./selectable/scalar.ts";
import { SelectBase } from "./selectable/select-base.ts";
import type { Selectable } from "./selectable/returns-rows.ts";
import { TableClause } from "./selectable/table-clause.ts";
import { isColumn } from "./schema/late.ts";

export * from "./find-from.ts";
export * from "./order-by.ts";

type Tree = Traversible;
const tree = (e: ClauseElement): Tree => e as unknown as Tree;

/** The condition that joins two FROM elements by their foreign keys. */
export const joinCondition = (
  a: FromClause,
  b: FromClause,
  aSubset: FromClause | null = null,
  considerAsForeignKeys: Iterable<ColumnElement> | null = null,
): ColumnElement =>
  Join._joinCondition(a, b, {
    aSubset,
    considerAsForeignKeys: considerAsForeignKeys && new ElementSet(considerAsForeignKeys),
  });

/** Calls fn(comparison, a, b) for each pair of columns on the two sides of each comparison. */
export function visitBinaryProduct(
  fn: (binary: BinaryExpression, left: ColumnElement, right: ColumnElement) => void,
  expr: ClauseElement,
): void {
  const stack: BinaryExpression[] = [];
  const visit = (e: ClauseElement): ColumnElement[] => {
    if (e instanceof ScalarSelect) return [e];
    if (e.visitName === "binary" && operators.isComparison((e as BinaryExpression).operator)) {
      const binary = e as BinaryExpression;
      stack.push(binary);
      for (const l of visit(binary.left))
        for (const r of visit(binary.right)) fn(stack.at(-1) as BinaryExpression, l, r);
      stack.pop();
      return [];
    }
    const own: ColumnElement[] = e instanceof ColumnClause ? [e] : [];
    return [...own, ...[...e.getChildren()].flatMap((c) => visit(c as unknown as ClauseElement))];
  };
  visit(expr);
}

/** The first annotation of a name in a column or what it is made of, subqueries left out. */
export function extractFirstColumnAnnotation(column: ClauseElement, name: string): unknown {
  const queue: ClauseElement[] = [column];
  for (let i = 0; i < queue.length; i++) {
    const e = queue[i] as ClauseElement;
    if (e._annotations.has(name)) return e._annotations.get(name);
    for (const c of e.getChildren())
      if (!(c instanceof FromGrouping || c instanceof SelectBase)) queue.push(c as unknown as ClauseElement);
  }
  return null;
}

/** Values of all parameters, in order. */
export function bindValues(clause: ClauseElement): Value[] {
  const out: Value[] = [];
  traverse(tree(clause), {}, { bindparam: (b: BindParameter) => out.push(b.effectiveValue) });
  return out;
}

/** A copy in which comparisons with one of these parameters ask IS NULL. */
export function adaptCriterionToNull<E extends ClauseElement>(
  criterion: E,
  nulls: { has(key: string): boolean },
): E {
  const isNull = (side: ColumnElement): boolean =>
    side instanceof BindParameter && nulls.has(side._identifyingKey);
  const binary = (b: BinaryExpression): void => {
    if (isNull(b.left)) b.left = b.right;
    else if (!isNull(b.right)) return;
    b.right = Null.instance;
    b.operator = operators.is_;
    b.negate = operators.isNot;
  };
  return clonedTraverse(tree(criterion), {}, { binary }) as unknown as E;
}

/** The tree of joins `right` with `left` put at its leftmost place, ON clauses adapted. */
export function spliceJoins(
  left: FromClause | null,
  right: FromClause,
  stopOn: FromClause | null = null,
): FromClause {
  if (left === null) return right;
  const adapter = new ClauseAdapter(left);
  const splice = (f: FromClause): FromClause => {
    if (!(f instanceof Join) || f === stopOn) return adapter.traverse(tree(f)) as unknown as FromClause;
    const made = f._clone();
    made.onclause = adapter.traverse(tree(made.onclause as ColumnElement)) as unknown as ColumnElement;
    made.left = splice(made.left);
    return made;
  };
  return splice(right);
}

export interface ReduceOptions {
  readonly ignoreNonexistentTables?: boolean;
  readonly onlySynonyms?: boolean;
}

interface KeyLike {
  readonly column: ColumnElement;
}

/** The columns without those that are equal to another: by a foreign key, or by a comparison in one of the clauses. */
export function reduceColumns(
  columns: Iterable<ColumnElement>,
  clauses: readonly (ClauseElement | null)[],
  options: ReduceOptions = {},
): ColumnElement[] {
  const all = new ElementSet<ColumnElement>(columns);
  const cols = all.toArray().filter((c) => !c._isTextClause);
  const omit = new ElementSet<ColumnElement>();
  const synonym = (a: ColumnElement, b: ColumnElement): boolean => !options.onlySynonyms || a.name === b.name;
  for (const col of cols) {
    const keys = [...col.proxySet].flatMap((c) => [...c.foreignKeys] as KeyLike[]);
    for (const fk of keys) {
      for (const c of cols) {
        if (c === col) continue;
        const referred = referredColumn(fk, options.ignoreNonexistentTables ?? false);
        if (referred?.sharesLineage(c) && synonym(c, col)) {
          omit.add(col);
          break;
        }
      }
    }
  }
  const binary = (b: BinaryExpression): void => {
    if (b.operator !== operators.eq) return;
    const lineage = new ElementSet<ColumnElement>(
      cols.filter((c) => !omit.has(c)).flatMap((c) => [...c.proxySet]),
    );
    if (!lineage.has(b.left) || !lineage.has(b.right)) return;
    const found = cols.findLast(
      (c) => c.sharesLineage(b.right) && (!options.onlySynonyms || c.name === b.left.name),
    );
    if (found) omit.add(found);
  };
  for (const clause of clauses) if (clause !== null) traverse(tree(clause), {}, { binary });
  return all.difference(omit).toArray();
}
late.reduceColumns = reduceColumns;

function referredColumn(fk: KeyLike, ignoreNonexistent: boolean): ColumnElement | null {
  try {
    return fk.column;
  } catch (e) {
    if (ignoreNonexistent && (e instanceof NoReferencedColumnError || e instanceof NoReferencedTableError))
      return null;
    throw e;
  }
}

export interface PairOptions {
  readonly considerAsForeignKeys?: ElementSet<ColumnElement> | null;
  readonly considerAsReferencedKeys?: ElementSet<ColumnElement> | null;
  readonly anyOperator?: boolean;
}

interface Referring extends ColumnElement {
  references(other: ColumnElement): boolean;
}

/** The pairs [referred, referring] that a criterion compares. */
export function criterionAsPairs(
  expression: ClauseElement,
  options: PairOptions = {},
): [ColumnElement, ColumnElement][] {
  const foreign = options.considerAsForeignKeys?.size ? options.considerAsForeignKeys : null;
  const referred = options.considerAsReferencedKeys?.size ? options.considerAsReferencedKeys : null;
  if (foreign && referred)
    throw new ArgumentError(
      "Can only specify one of 'consider_as_foreign_keys' or 'consider_as_referenced_keys'",
    );
  const pairs: [ColumnElement, ColumnElement][] = [];
  const binary = ({ left, right, operator }: BinaryExpression): void => {
    if (!options.anyOperator && operator !== operators.eq) return;
    if (!(left instanceof ColumnElement) || !(right instanceof ColumnElement)) return;
    const known = foreign ?? referred;
    const pair = (own: ColumnElement, other: ColumnElement): void =>
      void pairs.push(foreign ? [other, own] : [own, other]);
    if (known) {
      if (known.has(left) && (right.compare(left) || !known.has(right))) pair(left, right);
      else if (known.has(right) && (left.compare(right) || !known.has(left))) pair(right, left);
    } else if (isColumn(left) && isColumn(right)) {
      if ((left as unknown as Referring).references(right)) pairs.push([right, left]);
      else if ((right as unknown as Referring).references(left)) pairs.push([left, right]);
    }
  };
  traverse(tree(expression), {}, { binary });
  return pairs;
}

export type Equivalents = ElementMap<ColumnElement, Iterable<ColumnElement>>;
type Predicate = (element: Traversible) => boolean;

export interface AdapterOptions {
  /** Columns that count as a column where it has no counterpart itself. */
  readonly equivalents?: Equivalents | null | undefined;
  readonly includeFn?: Predicate | null | undefined;
  readonly excludeFn?: Predicate | null | undefined;
  /** A column of the same name will do. */
  readonly adaptOnNames?: boolean | undefined;
  readonly anonymizeLabels?: boolean | undefined;
  /** Only columns of these are replaced. */
  readonly adaptFromSelectables?: Iterable<FromClause> | null | undefined;
}

type Adapted = FromClause & Selectable;

export class ClauseAdapter extends ReplacingClauseVisitor {
  readonly selectable: Adapted;
  readonly includeFn: Predicate | null;
  readonly excludeFn: Predicate | null;
  readonly equivalents: Equivalents;
  readonly adaptOnNames: boolean;
  readonly adaptFromSelectables: readonly FromClause[] | null;

  constructor(selectable: Selectable, options: AdapterOptions = {}) {
    super();
    this.traverseOptions = { stopOn: [selectable], anonymizeLabels: options.anonymizeLabels ?? false };
    this.selectable = selectable as Adapted;
    this.includeFn = options.includeFn ?? null;
    this.excludeFn = options.excludeFn ?? null;
    this.equivalents = options.equivalents ?? new ElementMap();
    this.adaptOnNames = options.adaptOnNames ?? false;
    const from = options.adaptFromSelectables ? [...options.adaptFromSelectables] : null;
    this.adaptFromSelectables = from?.length ? from : null;
  }

  _correspondingColumn(
    col: ColumnElement,
    requireEmbedded: boolean,
    seen: readonly ColumnElement[] = [],
  ): ColumnElement | null {
    let found = this.selectable.correspondingColumn(col, requireEmbedded);
    const equivalents =
      found === null && !seen.some((s) => s.hash === col.hash) ? this.equivalents.get(col) : undefined;
    for (const equivalent of equivalents ?? []) {
      found = this._correspondingColumn(equivalent, requireEmbedded, [...seen, col]);
      if (found !== null) return found;
    }
    if (found === null && this.adaptOnNames && col instanceof NamedColumn)
      found = this.selectable.exportedColumns.get(col.name);
    return found;
  }

  override replace(element: Traversible, includeSingletonConstants = false): Traversible | null {
    if (this.includeFn && !this.includeFn(element)) return null;
    if (this.excludeFn?.(element)) return null;
    if (isFromClause(element) && !(element instanceof FunctionElement))
      return this.replaceFrom(element) as Tree | null;
    if (!(element instanceof ColumnElement)) return null;
    if (!includeSingletonConstants && element._isSingletonConstant) return null;
    const col = (element._annotations.get("adapt_column") as ColumnElement | undefined) ?? element;
    if (
      this.adaptFromSelectables &&
      !this.equivalents.has(col) &&
      !this.adaptFromSelectables.some((f) => f.c.correspondingColumn(col) !== null)
    )
      return null;
    return this._correspondingColumn(col, true);
  }

  private replaceFrom(f: FromClause): FromClause | null {
    if (this.selectable.isDerivedFrom(f)) {
      if (this.adaptFromSelectables && !this.adaptFromSelectables.some((adp) => adp.isDerivedFrom(f)))
        return null;
      return this.selectable;
    }
    // columns of an alias of a table are not to be looked for inside it
    return f instanceof Alias && f.element instanceof TableClause ? f : null;
  }
}

export interface ColumnAdapterOptions extends AdapterOptions {
  /** Columns without counterpart give null. */
  readonly adaptRequired?: boolean | undefined;
  readonly allowLabelResolve?: boolean | undefined;
}

/** What an adapter made of a column, or makes now. */
export interface ColumnLookup {
  get(col: ColumnElement): ColumnElement | null;
}

export class ColumnAdapter extends ClauseAdapter implements ColumnLookup {
  readonly adaptRequired: boolean;
  readonly allowLabelResolve: boolean;
  private made = new Map<ColumnElement, ColumnElement | null>();
  private wrapped: ColumnAdapter | null = null;

  constructor(selectable: Selectable, options: ColumnAdapterOptions = {}) {
    super(selectable, options);
    this.adaptRequired = options.adaptRequired ?? false;
    this.allowLabelResolve = options.allowLabelResolve ?? true;
  }

  /** `adapter.columns[col]` */
  get columns(): ColumnLookup {
    return this;
  }

  get(col: ColumnElement): ColumnElement | null {
    if ((this.includeFn && !this.includeFn(col)) || this.excludeFn?.(col))
      return this.wrapped ? this.wrapped.get(col) : col;
    let found = this.made.get(col);
    if (found === undefined) this.made.set(col, (found = this.locate(col)));
    return found;
  }

  /** This adapter, with what it gives adapted by another. */
  wrap(adapter: ColumnAdapter): ColumnAdapter {
    const made = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as ColumnAdapter, this);
    made.wrapped = adapter;
    made.made = new Map();
    return made;
  }

  override traverse<T extends Traversible | null>(obj: T): T {
    return this.get(obj as unknown as ColumnElement) as unknown as T;
  }

  adaptClause<T extends ClauseElement>(clause: T): T {
    return this.get(clause as unknown as ColumnElement) as unknown as T;
  }

  adaptList<T extends ClauseElement>(list: Iterable<T>): T[] {
    return [...list].map((e) => this.adaptClause(e));
  }

  /** The counterpart of a column, null where there is none. */
  adaptCheckPresent(col: ColumnElement): ColumnElement | null {
    const made = this.get(col);
    return made === col && this._correspondingColumn(col, true) === null ? null : made;
  }

  private locate(col: ColumnElement): ColumnElement | null {
    let c = col._isImmutable ? this.replaced(col) : (super.traverse(tree(col)) as unknown as ColumnElement);
    if (this.wrapped) c = this.wrapped.locate(c) ?? c;
    if (this.adaptRequired && c === col) return null;
    if (c !== col) c._allowLabelResolve = this.allowLabelResolve;
    return c;
  }

  private replaced(col: ColumnElement): ColumnElement {
    for (const v of this.visitorIterator()) {
      const c = (v as ClauseAdapter).replace(col, true);
      if (c !== null) return c as unknown as ColumnElement;
    }
    return col;
  }
}

late.adaptTo = (left, right, clause) => {
  const adapter = new ClauseAdapter(left).chain(new ClauseAdapter(right));
  return adapter.traverse(tree(clause)) as unknown as ColumnElement;
};
