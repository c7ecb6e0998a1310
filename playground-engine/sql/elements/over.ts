// Around aggregate functions: OVER, WITHIN GROUP, FILTER. Behaviour: SQLAlchemy sql/elements.py.
import { ArgumentError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { expect, isLiteral } from "../coercions.ts";
import * as operators from "../operators.ts";
import type { Against } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { TypeEngine } from "../types/engine.ts";
import { Grouping } from "./binary.ts";
import type { ClauseElement } from "./clause.ts";
import { ClauseList } from "./clause-list.ts";
import { ColumnElement } from "./column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

/** Rows or values before (negative) or after (positive) the current one. */
export type RangeBound = number | "UNBOUNDED" | "CURRENT";
export type FrameRange = readonly [lower: RangeBound, upper: RangeBound];

/** `RANGE_UNBOUNDED` and `RANGE_CURRENT` */
export const RANGE_UNBOUNDED = "UNBOUNDED";
export const RANGE_CURRENT = "CURRENT";

export interface OverOptions {
  readonly partitionBy?: Value;
  readonly orderBy?: Value;
  readonly range_?: Value;
  readonly rows?: Value;
  readonly groups?: Value;
}

/** A list of one, unless it is a list already. */
function toList(v: Value): Iterable<Value> {
  if (v instanceof ClauseList) return v.clauses;
  return isLiteral(v) && typeof v !== "string" ? (host.iterate(v) ?? [v]) : [v];
}

function byList(v: Value): ClauseList | null {
  return v === null || v === undefined
    ? null
    : new ClauseList(toList(v), { literalAsTextRole: roles.ByOfRole });
}

function bound(v: Value): RangeBound {
  if (v === null) return RANGE_UNBOUNDED;
  const kind = host.kindOf(v);
  const n =
    kind === "int" || kind === "bool"
      ? Number(v)
      : kind === "float"
        ? Math.trunc(host.types.readFloat(v))
        : Number.parseInt(host.str(v), 10);
  if (Number.isNaN(n)) throw new ArgumentError("Integer or None expected for range value");
  return n === 0 ? RANGE_CURRENT : n;
}

function frame(v: Value): FrameRange {
  const items = host.kindOf(v) === "tuple" || Array.isArray(v) ? [...(host.iterate(v) ?? [])] : [];
  if (items.length !== 2) throw new ArgumentError("2-tuple expected for range/rows");
  return [bound(items[0]), bound(items[1])];
}

export class Over extends ColumnElement {
  static override readonly visitName: string = "over";
  static override readonly traverse: TraverseSpec = [
    ["element", "clause"],
    ["orderBy", "clause"],
    ["partitionBy", "clause"],
    ["range_", "plain"],
    ["rows", "plain"],
    ["groups", "plain"],
  ];
  element: ColumnElement;
  orderBy: ClauseList | null;
  partitionBy: ClauseList | null;
  range_: FrameRange | null;
  rows: FrameRange | null;
  groups: FrameRange | null;

  constructor(element: ColumnElement, options: OverOptions = {}) {
    super();
    this.element = element;
    this.orderBy = byList(options.orderBy);
    this.partitionBy = byList(options.partitionBy);
    const given = (v: Value): boolean => v !== undefined && v !== null && host.isTrue(v);
    if ([options.range_, options.rows, options.groups].filter(given).length > 1)
      throw new ArgumentError("only one of 'rows', 'range_', or 'groups' may be provided");
    const read = (v: Value): FrameRange | null => (given(v) ? frame(v) : null);
    this.range_ = read(options.range_);
    this.rows = read(options.rows);
    this.groups = read(options.groups);
  }

  override get type(): TypeEngine {
    return this._type ?? this.element.type;
  }
  override set type(type: TypeEngine) {
    this._type = type;
  }

  override get _fromObjects(): readonly FromClause[] {
    return partsFrom(this.element, this.partitionBy, this.orderBy);
  }
}

function partsFrom(...parts: readonly (ClauseElement | null)[]): FromClause[] {
  return parts.flatMap((p) => (p ? [...p._fromObjects] : []));
}

/** A function whose type may depend on WITHIN GROUP. */
interface Aggregate extends ColumnElement {
  withinGroupType?(group: WithinGroup): TypeEngine | null;
}

export class WithinGroup extends ColumnElement {
  static override readonly visitName: string = "withingroup";
  static override readonly traverse: TraverseSpec = [
    ["element", "clause"],
    ["orderBy", "clause"],
  ];
  element: ColumnElement;
  orderBy: ClauseList;

  constructor(element: ColumnElement, orderBy: readonly Value[]) {
    super();
    this.element = element;
    this.orderBy = new ClauseList(orderBy, { literalAsTextRole: roles.ByOfRole });
  }

  over(options: OverOptions = {}): Over {
    return new Over(this, options);
  }

  filter(criterion: readonly Value[]): WithinGroup | FunctionFilter {
    return criterion.length ? new FunctionFilter(this, criterion) : this;
  }

  override get type(): TypeEngine {
    return this._type ?? (this.element as Aggregate).withinGroupType?.(this) ?? this.element.type;
  }
  override set type(type: TypeEngine) {
    this._type = type;
  }

  override get _fromObjects(): readonly FromClause[] {
    return partsFrom(this.element, this.orderBy);
  }
}

export class FunctionFilter extends ColumnElement {
  static override readonly visitName: string = "funcfilter";
  static override readonly traverse: TraverseSpec = [
    ["func", "clause"],
    ["criterion", "clause"],
  ];
  func: ColumnElement;
  criterion: ColumnElement | null = null;

  constructor(func: ColumnElement, criterion: readonly Value[]) {
    super();
    this.func = func;
    this.addCriteria(criterion);
  }

  private addCriteria(criterion: readonly Value[]): void {
    for (const c of criterion) {
      const crit = expect(roles.WhereHavingRole, c);
      this.criterion = this.criterion === null ? crit : this.criterion.and_(crit);
    }
  }

  filter(criterion: readonly Value[]): this {
    const made = this._generate();
    made.addCriteria(criterion);
    return made;
  }

  over(
    partitionBy: Value = null,
    orderBy: Value = null,
    range_: Value = null,
    rows: Value = null,
    groups: Value = null,
  ): Over {
    return new Over(this, { partitionBy, orderBy, range_, rows, groups });
  }

  withinGroup(orderBy: readonly Value[]): WithinGroup {
    return new WithinGroup(this, orderBy);
  }

  withinGroupType(_group: WithinGroup): TypeEngine | null {
    return null;
  }

  override selfGroup(against: Against = null): ClauseElement {
    return operators.isPrecedent(operators.filterOp, against) ? new Grouping(this) : this;
  }

  override get type(): TypeEngine {
    return this._type ?? this.func.type;
  }
  override set type(type: TypeEngine) {
    this._type = type;
  }

  override get _fromObjects(): readonly FromClause[] {
    return partsFrom(this.func, this.criterion);
  }
}
