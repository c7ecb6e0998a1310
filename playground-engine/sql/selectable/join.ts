// JOIN, and how its ON clause is found from foreign keys. Behaviour: SQLAlchemy sql/selectable.py (Join).
import { AmbiguousForeignKeysError, NoForeignKeysError, NoReferenceError } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { fromObjects } from "../base.ts";
import type { ColumnCollection, ColumnSet } from "../column-collection.ts";
import { expect } from "../coercions.ts";
import { ElementMap, ElementSet } from "../element-set.ts";
import { late } from "../late.ts";
import { defaults } from "../mixin.ts";
import { plainName, type NameArgument } from "../names.ts";
import * as operators from "../operators.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { CloneOptions, Traversible } from "../visitable.ts";
import type { ClauseElement } from "../elements/clause.ts";
import type { ColumnElement } from "../elements/column.ts";
import { ColumnClause } from "../elements/column-clause.ts";
import { FromClause, FromGrouping, type ForeignKeyLike } from "./from-clause.ts";
import { LABEL_STYLE_TABLENAME_PLUS_COL } from "./label-style.ts";
import type { Select } from "./select.ts";

type Columns = readonly ColumnElement[] | ElementSet<ColumnElement> | null;
/** Constraint → its pairs of columns [referred, referring]. */
type Constraints = Map<object | null, [ColumnElement, ColumnElement][]>;

/** An attribute of a mapped class stands for its column. */
const elementOf = (on: ClauseElement & { clauseElement?(): unknown }): ClauseElement =>
  (on.clauseElement?.() ?? on) as ClauseElement;

export class Join extends FromClause {
  static override readonly visitName: string = "join";
  static override readonly traverse: TraverseSpec = [
    ["left", "clause"],
    ["right", "clause"],
    ["onclause", "clause"],
    ["isouter", "boolean"],
    ["full", "boolean"],
  ];
  static {
    roles.playsRoles(this, roles.DMLTableRole);
  }

  left: FromClause;
  right: FromClause;
  onclause: ColumnElement | null;
  isouter: boolean;
  full: boolean;

  /** Without an ON clause it is made of the foreign keys between both sides; throws NoForeignKeysError or AmbiguousForeignKeysError. */
  constructor(left: Value, right: Value, onclause: Value = null, isouter = false, full = false) {
    super();
    this.left = expect(roles.FromClauseRole, left);
    this.right = expect(roles.FromClauseRole, right).selfGroup() as FromClause;
    this.onclause =
      onclause === null || onclause === undefined
        ? Join._joinCondition(this.left, this.right, {
            aSubset: this.left instanceof Join ? this.left.right : null,
          })
        : (elementOf(expect(roles.OnClauseRole, onclause)).selfGroup(operators.asBool) as ColumnElement);
    this.isouter = isouter;
    this.full = full;
  }

  override get description(): string {
    return `Join object on ${this.left.description}(${this.left.hash}) and ${this.right.description}(${this.right.hash})`;
  }

  override isDerivedFrom(fromclause: FromClause | null): boolean {
    return (
      fromclause !== null &&
      (fromclause.hash === this.hash ||
        this.left.isDerivedFrom(fromclause) ||
        this.right.isDerivedFrom(fromclause))
    );
  }

  override selfGroup(_against: Against = null): ClauseElement {
    return new FromGrouping(this);
  }

  protected override _populateColumnCollection(
    columns: ColumnCollection,
    primaryKey: ColumnSet,
    foreignKeys: Set<unknown>,
  ): void {
    const all = [...this.left.c, ...this.right.c];
    primaryKey.extend(
      late.reduceColumns(
        all.filter((c) => c.primaryKey),
        [this.onclause],
      ),
    );
    columns._populateSeparateKeys(all.map((c) => [c._tqKeyLabel, c] as const));
    for (const c of all) for (const fk of c.foreignKeys) foreignKeys.add(fk);
  }

  override _copyInternals(options: CloneOptions = {}): void {
    const { clone = (e: Traversible, o?: CloneOptions) => e._clone(o), ...kw } = options;
    const copies = new ElementMap<FromClause, FromClause>();
    for (const f of new ElementSet(fromObjects(this.left, this.right)))
      copies.set(f, clone(f as never, kw) as unknown as FromClause);
    super._copyInternals({ ...options, replace: columnsOf(copies) });
    this._resetMemoizations();
  }

  override _refreshForNewColumn(column: ColumnElement): void {
    super._refreshForNewColumn(column);
    this.left._refreshForNewColumn(column);
    this.right._refreshForNewColumn(column);
  }

  /** The foreign keys between two FROM elements as one condition. `aSubset` (the last joined table) is asked first. */
  static _joinCondition(
    a: FromClause,
    b: FromClause,
    options: { readonly aSubset?: FromClause | null; readonly considerAsForeignKeys?: Columns } = {},
  ): ColumnElement {
    const consider = options.considerAsForeignKeys ?? null;
    const constraints = scanForeignKeys(a, options.aSubset ?? null, b, consider);
    if (constraints.size > 1) trimConstraints(a, b, constraints, consider);
    const [pairs] = constraints.values();
    if (!pairs) {
      const hint =
        b instanceof FromGrouping
          ? " Perhaps you meant to convert the right side to a subquery using alias()?"
          : "";
      throw new NoForeignKeysError(
        `Can't find any foreign key relationships between '${a.description}' and '${b.description}'.${hint}`,
      );
    }
    const crit = pairs.map(([x, y]) => x.eq(y));
    return crit.length === 1 ? (crit[0] as ColumnElement) : late.and_(crit);
  }

  static _canJoin(left: FromClause, right: FromClause, considerAsForeignKeys: Columns = null): boolean {
    return (
      scanForeignKeys(left, left instanceof Join ? left.right : null, right, considerAsForeignKeys).size > 0
    );
  }

  override select(): Select {
    return new late.Select([this.left, this.right]).selectFrom([this]);
  }

  override _anonymousFromclause(
    options: { readonly name?: NameArgument | null; readonly flat?: boolean } = {},
  ): FromClause {
    const name = options.name ?? null;
    if (!options.flat)
      return this.select().setLabelStyle(LABEL_STYLE_TABLENAME_PLUS_COL).correlate([null]).alias(name);
    const nameFor = (side: FromClause): NameArgument | null =>
      name !== null && !(side instanceof FromGrouping || side instanceof Join) && side.namedWithColumn
        ? `${plainName(name)}_${side.name}`
        : name;
    const [left, right] = [this.left, this.right].map((side) =>
      side._anonymousFromclause({ name: nameFor(side), flat: true }),
    ) as [FromClause, FromClause];
    const onclause = late.adaptTo(left, right, this.onclause as ColumnElement);
    return left.join(right, onclause, this.isouter, this.full);
  }

  override get _hideFroms(): readonly FromClause[] {
    const out: FromClause[] = [];
    for (const j of this._clonedSet as Iterable<ClauseElement>)
      out.push(...fromObjects((j as Join).left, (j as Join).right));
    return out;
  }

  override get _fromObjects(): readonly FromClause[] {
    return [this, ...this.left._fromObjects, ...this.right._fromObjects];
  }
}
defaults(Join, { _isJoin: true });
late.Join = Join;

/** Columns of copied FROM elements go to the copies. @internal */
export function columnsOf(
  copies: ElementMap<FromClause, FromClause>,
): (e: Traversible) => Traversible | null {
  return (e) => {
    if (!(e instanceof ColumnClause) || e.table === null) return null;
    return copies.get(e.table)?.correspondingColumn(e) ?? null;
  };
}

function sortedKeys(f: FromClause): ForeignKeyLike[] {
  return ([...f.foreignKeys] as ForeignKeyLike[]).sort(
    (x, y) => x.parent._creationOrder - y.parent._creationOrder,
  );
}

const isIn = (columns: Columns, c: ColumnElement): boolean =>
  columns instanceof ElementSet ? columns.has(c) : (columns ?? []).some((x) => x.hash === c.hash);

function scanForeignKeys(
  givenA: FromClause,
  aSubset: FromClause | null,
  givenB: FromClause,
  consider: Columns,
): Constraints {
  const a = expect(roles.FromClauseRole, givenA);
  const b = expect(roles.FromClauseRole, givenB);
  const constraints: Constraints = new Map();
  const scan = (from: FromClause, to: FromClause): void => {
    for (const fk of sortedKeys(from)) {
      if (consider !== null && !isIn(consider, fk.parent)) continue;
      const referred = referent(fk, to);
      if (referred === null) continue;
      const pair: [ColumnElement, ColumnElement] = [referred, fk.parent];
      const known = constraints.get(fk.constraint);
      if (known) known.push(pair);
      else constraints.set(fk.constraint, [pair]);
    }
  };
  for (const left of [aSubset, a]) {
    if (left === null) continue;
    scan(b, left);
    if (left !== b) scan(left, b);
    if (constraints.size) break;
  }
  return constraints;
}

/** A key to a table that does not exist matters only where that table is meant. */
function referent(fk: ForeignKeyLike, table: FromClause): ColumnElement | null {
  try {
    return fk.getReferent(table);
  } catch (e) {
    if (!(e instanceof NoReferenceError)) throw e;
    if (late.findTables(table).some((t) => t.name === e.tableName)) throw e;
    return null;
  }
}

function trimConstraints(a: FromClause, b: FromClause, constraints: Constraints, consider: Columns): void {
  if (consider && [...consider].length) {
    const wanted = new ElementSet<ColumnElement>(consider);
    for (const constraint of [...constraints.keys()]) {
      const parents = new ElementSet<ColumnElement>(
        (constraint as { elements: ForeignKeyLike[] }).elements.map((f) => f.parent),
      );
      if (!parents.equals(wanted)) constraints.delete(constraint);
    }
  }
  if (constraints.size > 1) {
    const [first, ...rest] = [...constraints];
    const text = (pairs: [ColumnElement, ColumnElement][]): string =>
      pairs.map(([x, y]) => `${x.hash}-${y.hash}`).join();
    if (first && rest.every(([, pairs]) => text(pairs) === text(first[1])))
      for (const [key] of rest) constraints.delete(key);
  }
  if (constraints.size !== 1)
    throw new AmbiguousForeignKeysError(
      `Can't determine join between '${a.description}' and '${b.description}'; tables have more than one foreign key constraint relationship between them. ` +
        "Please specify the 'onclause' of this join explicitly.",
    );
}
