// Interval: a duration; where a database has no type for it, a date counted from 1970.
// Behaviour: SQLAlchemy sql/sqltypes.py (_AbstractInterval, Interval).
import { host, type DateTimeParts, type Kind, type Kwargs, type Value } from "../../util/host.ts";
import type { Operator } from "../operators.ts";
import { lookUp, TypeComparator, type Adapted, type ComparatorClass } from "./comparator.ts";
import { DateTime } from "./datetime.ts";
import { decoratedComparator, TypeDecorator } from "./decorator.ts";
import type { BindProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine, type TypeClass } from "./engine.ts";
import { copyArguments, signature } from "./signature.ts";

/** Combines by the table of affinities; used by Interval and by the dialects' own interval types. */
export class IntervalComparator extends TypeComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.Interval";
  static override readonly pyName: string = "Comparator";
  override adaptExpression(op: Operator, other: TypeComparator): Adapted {
    return lookUp(this, op, other);
  }
}

export class Interval extends TypeDecorator {
  static override readonly impl = DateTime;
  static override cacheOk: boolean | null = true;
  static override readonly signature = signature("native=True, second_precision=None, day_precision=None");
  readonly nativeInterval: boolean;
  readonly secondPrecision: number | null;
  readonly dayPrecision: number | null;

  constructor(native = true, secondPrecision: number | null = null, dayPrecision: number | null = null) {
    super();
    this.nativeInterval = native;
    this.secondPrecision = secondPrecision;
    this.dayPrecision = dayPrecision;
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    return TypeEngine.construct.call(this, args, kwargs);
  }

  override get isEmulated(): boolean {
    return true;
  }
  override get native(): boolean {
    return this.nativeInterval;
  }
  override get comparatorFactory(): ComparatorClass {
    return decoratedComparator(IntervalComparator);
  }
  override get typeAffinity(): TypeClass {
    return Interval;
  }
  override get pythonType(): Kind | Value {
    return "timedelta";
  }

  protected override adaptToEmulated(cls: TypeClass, kwargs: Kwargs): TypeEngine {
    const made = cls.construct([], copyArguments(this, cls, kwargs));
    made.variantMapping = this.variantMapping;
    return made;
  }

  override coerceComparedValue(op: Operator | null, value: Value): TypeEngine {
    return this.implInstance.coerceComparedValue(op, value);
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const impl = this.implInstance.bindProcessor(dialect);
    return (value) => {
      if (value !== null && host.kindOf(value) !== "timedelta")
        throw host.error(
          "TypeError",
          `unsupported operand type(s) for +: 'datetime.datetime' and '${host.typeName(value)}'`,
        );
      const at = value === null ? null : host.types.makeDateTime(fromEpoch(host.types.readTimedelta(value)));
      return impl ? impl(at) : at;
    };
  }

  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    const impl = this.implInstance.resultProcessor(dialect, coltype);
    return (value) => {
      const at = impl ? impl(value) : value;
      return at === null ? null : host.types.makeTimedelta(sinceEpoch(host.types.readDateTime(at)));
    };
  }

  override get staticCacheKey(): string | null {
    return this.generateCacheKey();
  }
}

const MICROSECONDS_A_DAY = 86_400_000_000n;

/** Microseconds since 1970 as a date; throws the host's OverflowError outside the years 1 to 9999. */
function fromEpoch(microseconds: bigint): DateTimeParts {
  let days = microseconds / MICROSECONDS_A_DAY;
  let rest = microseconds % MICROSECONDS_A_DAY;
  if (rest < 0n) {
    rest += MICROSECONDS_A_DAY;
    days -= 1n;
  }
  const d = new globalThis.Date(Number(days) * 86_400_000);
  const year = d.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw host.error("OverflowError", "date value out of range");
  const seconds = Number(rest / 1_000_000n);
  return {
    year,
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: Number(rest % 1_000_000n),
  };
}

function sinceEpoch(p: DateTimeParts): bigint {
  const at = new globalThis.Date(0);
  at.setUTCFullYear(p.year, p.month - 1, p.day);
  at.setUTCHours(p.hour, p.minute, p.second);
  return BigInt(at.getTime()) * 1000n + BigInt(p.microsecond);
}
