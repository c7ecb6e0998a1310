// Range: a value of PostgreSQL's range types, with the set operations that need no database.
//
// Discrete ranges (whole numbers, dates) are compared as if they were `[a,b)`. Bounds are any values of the host that
// can be ordered. Behaviour: SQLAlchemy dialects/postgresql/ranges.py (Range).
import { host, type Value } from "../../util/host.ts";
import type { TypeEngine } from "../../sql/types/index.ts";

export type Bounds = "()" | "[)" | "(]" | "[]";
export interface RangeOptions {
  readonly bounds?: Bounds;
  readonly empty?: boolean;
}

/** One end: its value (null: unlimited) and its bracket. */
interface Edge {
  readonly value: Value;
  readonly bracket: string;
}
type Step = (value: Value) => Value;

let typeOfRange: (() => TypeEngine) | undefined;
/** ranges.ts says which type a Range has in SQL. */
export function installRangeType(make: () => TypeEngine): void {
  typeOfRange = make;
}

const isLower = (e: Edge): boolean => e.bracket === "[" || e.bracket === "(";
const isInclusive = (e: Edge): boolean => e.bracket === "[" || e.bracket === "]";
const isWhole = (v: Value): boolean => host.kindOf(v) === "int" || host.kindOf(v) === "bool";
const flip = (bracket: string, pairs: Readonly<Record<string, string>>): string => pairs[bracket] as string;

export class Range {
  static readonly pyModule: string = "sqlalchemy.dialects.postgresql.ranges";
  readonly lower: Value;
  readonly upper: Value;
  readonly bounds: Bounds;
  readonly empty: boolean;

  constructor(lower: Value = null, upper: Value = null, options: RangeOptions = {}) {
    this.lower = lower;
    this.upper = upper;
    this.bounds = options.bounds ?? "[)";
    this.empty = options.empty ?? false;
  }

  /** `__sa_type_engine__` */
  get saTypeEngine(): TypeEngine {
    return (typeOfRange as () => TypeEngine)();
  }

  bool(): boolean {
    return !this.empty;
  }
  get isempty(): boolean {
    return this.empty;
  }
  get isEmpty(): boolean {
    return this.empty;
  }
  get lowerInc(): boolean {
    return this.bounds[0] === "[";
  }
  get lowerInf(): boolean {
    return !this.empty && this.lower === null;
  }
  get upperInc(): boolean {
    return this.bounds[1] === "]";
  }
  get upperInf(): boolean {
    return !this.empty && this.upper === null;
  }

  private get low(): Edge {
    return { value: this.lower, bracket: this.bounds[0] as string };
  }
  private get high(): Edge {
    return { value: this.upper, bracket: this.bounds[1] as string };
  }

  /** What gives a value's neighbour; undefined where values lie densely. */
  private get step(): Step | undefined {
    const either = (test: (v: Value) => boolean): boolean => test(this.lower) || test(this.upper);
    if (either(isWhole)) return (v) => host.add(v, 1);
    if (either((v) => host.kindOf(v) === "datetime")) return undefined;
    return either((v) => host.kindOf(v) === "date") ? nextDay : undefined;
  }

  /** Which of two edges comes first. `onlyValues`: brackets decide nothing between equal values. */
  private compareEdges(a: Edge, b: Edge, onlyValues = false): number {
    if (a.value === null && b.value === null) return isLower(a) === isLower(b) ? 0 : isLower(a) ? -1 : 1;
    if (a.value === null) return isLower(a) ? -1 : 1;
    if (b.value === null) return isLower(b) ? 1 : -1;
    if (a.bracket === b.bracket && host.equal(a.value, b.value)) return 0;
    const { step } = this;
    const [x, y] = step === undefined ? [a, b] : [halfOpen(a, step), halfOpen(b, step)];
    const order = host.compare(x.value, y.value);
    if (order !== 0) return order < 0 ? -1 : 1;
    if (onlyValues) return 0;
    const [xi, yi] = [isInclusive(x), isInclusive(y)];
    if (xi && yi) return 0;
    if (!xi && !yi && isLower(x) === isLower(y)) return 0;
    if (!xi) return isLower(x) ? 1 : -1;
    return isLower(y) ? -1 : 1;
  }

  equals(other: unknown): boolean {
    if (!(other instanceof Range)) return false;
    if (this.empty || other.empty) return this.empty === other.empty;
    return this.compareEdges(this.low, other.low) === 0 && this.compareEdges(this.high, other.high) === 0;
  }

  contains(value: Value): boolean {
    if (value instanceof Range) return value.containedBy(this);
    if (this.empty) return false;
    if (this.lower !== null) {
      const order = host.compare(value, this.lower);
      if (order < 0 || (order === 0 && !this.lowerInc)) return false;
    }
    if (this.upper === null) return true;
    const order = host.compare(value, this.upper);
    return order < 0 || (order === 0 && this.upperInc);
  }

  containedBy(other: Range): boolean {
    if (this.empty) return true;
    return (
      !other.empty &&
      this.compareEdges(this.low, other.low) >= 0 &&
      this.compareEdges(this.high, other.high) <= 0
    );
  }

  overlaps(other: Range): boolean {
    if (this.empty || other.empty) return false;
    const [low, high, olow, ohigh] = [this.low, this.high, other.low, other.high];
    if (this.compareEdges(low, olow) >= 0 && this.compareEdges(low, ohigh) <= 0) return true;
    return this.compareEdges(olow, low) >= 0 && this.compareEdges(olow, high) <= 0;
  }

  strictlyLeftOf(other: Range): boolean {
    return !this.empty && !other.empty && this.compareEdges(this.high, other.low) < 0;
  }
  lshift(other: Range): boolean {
    return this.strictlyLeftOf(other);
  }

  strictlyRightOf(other: Range): boolean {
    return !this.empty && !other.empty && this.compareEdges(this.low, other.high) > 0;
  }
  rshift(other: Range): boolean {
    return this.strictlyRightOf(other);
  }

  notExtendLeftOf(other: Range): boolean {
    return !this.empty && !other.empty && this.compareEdges(this.low, other.low) >= 0;
  }

  notExtendRightOf(other: Range): boolean {
    return !this.empty && !other.empty && this.compareEdges(this.high, other.high) <= 0;
  }

  /** Whether nothing lies between an upper edge and a lower one. */
  private touches(upper: Edge, lower: Edge): boolean {
    const order = this.compareEdges(upper, lower, true);
    const { step } = this;
    if (order === -1) {
      if (step === undefined) return false;
      return host.equal(
        isInclusive(upper) === isInclusive(lower) ? step(upper.value) : upper.value,
        lower.value,
      );
    }
    if (order !== 0) return false;
    if (isInclusive(upper) === isInclusive(lower)) return step !== undefined;
    return true;
  }

  adjacentTo(other: Range): boolean {
    if (this.empty || other.empty) return false;
    return this.touches(this.high, other.low) || this.touches(other.high, this.low);
  }

  /** Throws the host's ValueError where the result is no single range. */
  union(other: Range): Range {
    if (this.empty) return other;
    if (other.empty) return this;
    if (!this.overlaps(other) && !this.adjacentTo(other))
      throw host.error("ValueError", "Adding non-overlapping and non-adjacent ranges is not implemented");
    const low = this.compareEdges(this.low, other.low) < 0 ? this.low : other.low;
    const high = this.compareEdges(this.high, other.high) > 0 ? this.high : other.high;
    return between(low, high);
  }
  add(other: Range): Range {
    return this.union(other);
  }

  difference(other: Range): Range {
    if (this.empty || other.empty) return this;
    const [low, high, olow, ohigh] = [this.low, this.high, other.low, other.high];
    const lows = this.compareEdges(low, olow);
    const highs = this.compareEdges(high, ohigh);
    if (lows < 0 && highs > 0)
      throw host.error("ValueError", "Subtracting a strictly inner range is not implemented");
    if (this.compareEdges(low, ohigh) > 0 || this.compareEdges(high, olow) < 0) return this;
    if (lows >= 0 && highs <= 0) return new Range(null, null, { empty: true });
    if (lows < 0)
      return this.unlessEmpty(low, {
        value: olow.value,
        bracket: flip(olow.bracket, { "[": ")", "(": "]" }),
      });
    return this.unlessEmpty(
      { value: ohigh.value, bracket: flip(ohigh.bracket, { "]": "(", ")": "[" }) },
      high,
    );
  }
  sub(other: Range): Range {
    return this.difference(other);
  }

  private unlessEmpty(low: Edge, high: Edge): Range {
    if (!isInclusive(low) && !isInclusive(high) && this.compareEdges(low, high) === 0)
      return new Range(null, null, { empty: true });
    return between(low, high);
  }

  intersection(other: Range): Range {
    if (this.empty || other.empty || !this.overlaps(other)) return new Range(null, null, { empty: true });
    const low = this.compareEdges(this.low, other.low) < 0 ? other.low : this.low;
    const high = this.compareEdges(this.high, other.high) > 0 ? other.high : this.high;
    return between(low, high);
  }
  mul(other: Range): Range {
    return this.intersection(other);
  }

  toString(): string {
    if (this.empty) return "empty";
    const text = (v: Value): string => (v === null ? "" : host.str(v));
    return `${this.bounds[0]}${text(this.lower)},${text(this.upper)}${this.bounds[1]}`;
  }

  repr(): string {
    return `Range(lower=${host.repr(this.lower)}, upper=${host.repr(this.upper)}, bounds=${host.repr(this.bounds)}, empty=${host.repr(this.empty)})`;
  }
}

function between(low: Edge, high: Edge): Range {
  return new Range(low.value, high.value, { bounds: (low.bracket + high.bracket) as Bounds });
}

function nextDay(value: Value): Value {
  const { year, month, day } = host.types.readDate(value);
  const next = new Date(0);
  next.setUTCFullYear(year, month - 1, day + 1);
  return host.types.makeDate({
    year: next.getUTCFullYear(),
    month: next.getUTCMonth() + 1,
    day: next.getUTCDate(),
  });
}

/** An edge of a discrete range as one of `[a,b)`. */
function halfOpen(e: Edge, step: Step): Edge {
  if (isLower(e)) return isInclusive(e) ? e : { value: step(e.value), bracket: "[" };
  return isInclusive(e) ? { value: step(e.value), bracket: ")" } : e;
}
