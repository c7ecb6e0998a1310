// Range and multirange types and their operators. Behaviour: SQLAlchemy dialects/postgresql/ranges.py.
import { host, type Value } from "../../util/host.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { add, mul, sub, type Operator } from "../../sql/operators.ts";
import { TypeComparator, TypeEngine, typeLate, type ComparatorClass } from "../../sql/types/index.ts";
import {
  ADJACENT_TO,
  CONTAINED_BY,
  CONTAINS,
  NOT_EXTEND_LEFT_OF,
  NOT_EXTEND_RIGHT_OF,
  OVERLAP,
  STRICTLY_LEFT_OF,
  STRICTLY_RIGHT_OF,
} from "./operators.ts";
import { inModule } from "../python-view.ts";
import { installRangeType, Range } from "./range.ts";

/** AbstractRange.comparator_factory */
export class RangeComparator extends TypeComparator {
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.ranges.AbstractRange";
  static override readonly pyName: string = "comparator_factory";
  private ask(operator: Operator, other: Value): ColumnElement {
    return this.expr.operate(operator, [other]);
  }
  override contains(other: Value): ColumnElement {
    return this.ask(CONTAINS, other);
  }
  containedBy(other: Value): ColumnElement {
    return this.ask(CONTAINED_BY, other);
  }
  overlaps(other: Value): ColumnElement {
    return this.ask(OVERLAP, other);
  }
  strictlyLeftOf(other: Value): ColumnElement {
    return this.ask(STRICTLY_LEFT_OF, other);
  }
  override lshift(other: Value): ColumnElement {
    return this.strictlyLeftOf(other);
  }
  strictlyRightOf(other: Value): ColumnElement {
    return this.ask(STRICTLY_RIGHT_OF, other);
  }
  override rshift(other: Value): ColumnElement {
    return this.strictlyRightOf(other);
  }
  notExtendRightOf(other: Value): ColumnElement {
    return this.ask(NOT_EXTEND_RIGHT_OF, other);
  }
  notExtendLeftOf(other: Value): ColumnElement {
    return this.ask(NOT_EXTEND_LEFT_OF, other);
  }
  adjacentTo(other: Value): ColumnElement {
    return this.ask(ADJACENT_TO, other);
  }
  union(other: Value): ColumnElement {
    return this.ask(add, other);
  }
  difference(other: Value): ColumnElement {
    return this.ask(sub, other);
  }
  intersection(other: Value): ColumnElement {
    return this.ask(mul, other);
  }
}

export abstract class AbstractRange extends TypeEngine {
  override get renderBindCast(): boolean {
    return true;
  }
  override get comparatorFactory(): ComparatorClass {
    return RangeComparator;
  }
}

type RangeClass = new () => AbstractRange;
interface Family {
  readonly small: RangeClass;
  readonly big: RangeClass;
  readonly num: RangeClass;
  readonly date: RangeClass;
  readonly ts: RangeClass;
  readonly tstz: RangeClass;
}

/** The type for ranges like these; NullType where nothing tells. */
function typeFor(ranges: readonly Range[], family: () => Family): TypeEngine {
  const first = ranges[0];
  const sample = first ? (first.lower ?? first.upper) : null;
  switch (sample === null ? "none" : host.kindOf(sample)) {
    case "int":
    case "bool":
      return new (ranges.every(isInt32) ? family().small : family().big)();
    case "decimal":
    case "float":
      return new (family().num)();
    case "datetime":
      return new (host.types.readDateTime(sample).offset === undefined ? family().ts : family().tstz)();
    case "date":
      return new (family().date)();
    default:
      return typeLate.nullType;
  }
}

function isInt32(r: Range): boolean {
  return [r.lower, r.upper].every((v) => v === null || (Number(v) >= -(2 ** 31) && Number(v) <= 2 ** 31 - 1));
}

export class AbstractSingleRange extends AbstractRange {
  override resolveForLiteral(value: Value): TypeEngine {
    return typeFor([value as Range], () => SINGLE);
  }
}

export class AbstractMultiRange extends AbstractRange {
  override resolveForLiteral(value: Value): TypeEngine {
    return typeFor([...(host.iterate(value) ?? [])] as Range[], () => MULTI);
  }
}

export class INT4RANGE extends AbstractSingleRange {
  static override readonly visitName: string = "INT4RANGE";
}
export class INT8RANGE extends AbstractSingleRange {
  static override readonly visitName: string = "INT8RANGE";
}
export class NUMRANGE extends AbstractSingleRange {
  static override readonly visitName: string = "NUMRANGE";
}
export class DATERANGE extends AbstractSingleRange {
  static override readonly visitName: string = "DATERANGE";
}
export class TSRANGE extends AbstractSingleRange {
  static override readonly visitName: string = "TSRANGE";
}
export class TSTZRANGE extends AbstractSingleRange {
  static override readonly visitName: string = "TSTZRANGE";
}
export class INT4MULTIRANGE extends AbstractMultiRange {
  static override readonly visitName: string = "INT4MULTIRANGE";
}
export class INT8MULTIRANGE extends AbstractMultiRange {
  static override readonly visitName: string = "INT8MULTIRANGE";
}
export class NUMMULTIRANGE extends AbstractMultiRange {
  static override readonly visitName: string = "NUMMULTIRANGE";
}
export class DATEMULTIRANGE extends AbstractMultiRange {
  static override readonly visitName: string = "DATEMULTIRANGE";
}
export class TSMULTIRANGE extends AbstractMultiRange {
  static override readonly visitName: string = "TSMULTIRANGE";
}
export class TSTZMULTIRANGE extends AbstractMultiRange {
  static override readonly visitName: string = "TSTZMULTIRANGE";
}

const SINGLE: Family = {
  small: INT4RANGE,
  big: INT8RANGE,
  num: NUMRANGE,
  date: DATERANGE,
  ts: TSRANGE,
  tstz: TSTZRANGE,
};
const MULTI: Family = {
  small: INT4MULTIRANGE,
  big: INT8MULTIRANGE,
  num: NUMMULTIRANGE,
  date: DATEMULTIRANGE,
  ts: TSMULTIRANGE,
  tstz: TSTZMULTIRANGE,
};
installRangeType(() => new AbstractSingleRange());

/** A list of ranges that is a multirange in SQL. */
export class MultiRange {
  static readonly pyModule: string = "sqlalchemy.dialects.postgresql.ranges";
  private readonly ranges: readonly Range[];

  constructor(ranges: Value = []) {
    this.ranges = [...(host.iterate(ranges) ?? [])] as Range[];
  }

  get saTypeEngine(): TypeEngine {
    return new AbstractMultiRange();
  }
  get length(): number {
    return this.ranges.length;
  }
  [Symbol.iterator](): Iterator<Range> {
    return this.ranges[Symbol.iterator]();
  }
  getItem(index: Value): Range | undefined {
    return this.ranges.at(Number(index));
  }
  repr(): string {
    return `[${this.ranges.map((r) => r.repr()).join(", ")}]`;
  }
  toString(): string {
    return this.repr();
  }
}
inModule("sqlalchemy.dialects.postgresql.ranges", [
  AbstractRange,
  AbstractSingleRange,
  AbstractMultiRange,
  INT4RANGE,
  INT8RANGE,
  NUMRANGE,
  DATERANGE,
  TSRANGE,
  TSTZRANGE,
  INT4MULTIRANGE,
  INT8MULTIRANGE,
  NUMMULTIRANGE,
  DATEMULTIRANGE,
  TSMULTIRANGE,
  TSTZMULTIRANGE,
]);
