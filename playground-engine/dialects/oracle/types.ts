// Types of Oracle Database. Behaviour: SQLAlchemy dialects/oracle/types.py, cx_oracle.py.
import { ArgumentError } from "../../errors/index.ts";
import { host, type Kind, type Kwargs, type Value } from "../../util/host.ts";
import * as t from "../../sql/types/index.ts";
import {
  IntervalComparator,
  signature,
  TypeEngine,
  type ComparatorClass,
  type LiteralProcessor,
  type TypeClass,
  type TypeDialect,
} from "../../sql/types/index.ts";
import { isoText } from "../../sql/types/processors.ts";
import { inModule } from "../python-view.ts";

export class RAW extends t.BinaryType {
  static override readonly pyName: string = "RAW";
  static override readonly visitName: string = "RAW";
}
export class NCLOB extends t.Text {
  static override readonly visitName: string = "NCLOB";
}
export class VARCHAR2 extends t.VARCHAR {
  static override readonly visitName: string = "VARCHAR2";
}

/** A number of any kind: an integer unless it has a scale. */
export class NUMBER extends t.Numeric {
  static override readonly visitName: string = "NUMBER";
  static override readonly signature = signature("precision=None, scale=None, asdecimal=None");
  constructor(
    precision: number | null = null,
    scale: number | null = null,
    asdecimal: boolean | null = null,
  ) {
    super(precision, scale, null, asdecimal ?? (scale ?? 0) > 0);
  }
  override get typeAffinity(): TypeClass {
    return (this.scale ?? 0) > 0 ? t.Numeric : t.Integer;
  }
}

export class FLOAT extends t.FLOAT {
  static override readonly visitName: string = "FLOAT";
  static override readonly signature = signature(
    "binary_precision=None, asdecimal=False, decimal_return_scale=None",
  );
  readonly binaryPrecision: number | null;
  constructor(
    binaryPrecision: number | null = null,
    asdecimal = false,
    decimalReturnScale: number | null = null,
  ) {
    super(null, asdecimal, decimalReturnScale);
    this.binaryPrecision = binaryPrecision;
  }
}

export class BINARY_DOUBLE extends t.Double {
  static override readonly visitName: string = "BINARY_DOUBLE";
}
export class BINARY_FLOAT extends t.Float {
  static override readonly visitName: string = "BINARY_FLOAT";
}
export class BFILE extends t.LargeBinary {
  static override readonly pyName: string = "BFILE";
  static override readonly visitName: string = "BFILE";
}
export class LONG extends t.Text {
  static override readonly visitName: string = "LONG";
}
export class ROWID extends TypeEngine {
  static override readonly visitName: string = "ROWID";
}

function literal(text: string, value: Value, form: string): string {
  const kind = host.kindOf(value);
  const precise = kind === "datetime" && host.types.readDateTime(value).microsecond !== 0;
  return precise
    ? `TO_TIMESTAMP('${text}', '${form === "YYYY-MM-DD" ? form : `${form}.FF`}')`
    : `TO_DATE('${text}', '${form}')`;
}
const datetimeLiteral: LiteralProcessor = (value) =>
  literal(isoText(value).replaceAll("T", " "), value, "YYYY-MM-DD HH24:MI:SS");
const dateLiteral: LiteralProcessor = (value) =>
  literal(isoText(value).split("T")[0] as string, value, "YYYY-MM-DD");

/** Oracle's DATE has a time as well. */
export class DATE extends t.DateTime {
  static override readonly visitName: string = "DATE";
  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return datetimeLiteral;
  }
  override compareTypeAffinity(other: TypeEngine): boolean {
    return other.typeAffinity === t.DateTime || other.typeAffinity === t.Date;
  }
}

class OracleDate extends t.Date {
  static readonly pyName: string = "_OracleDate";
  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return dateLiteral;
  }
}

export class TIMESTAMP extends t.TIMESTAMP {
  static override readonly visitName: string = "TIMESTAMP";
  static override readonly signature = signature("timezone=False, local_timezone=False");
  readonly localTimezone: boolean;
  constructor(timezone = false, localTimezone = false) {
    if (timezone && localTimezone)
      throw new ArgumentError("timezone and local_timezone are mutually exclusive");
    super(timezone);
    this.localTimezone = localTimezone;
  }
}

class OracleTimestamp extends t.TIMESTAMP {
  static readonly pyName: string = "_CXOracleTIMESTAMP";
  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return datetimeLiteral;
  }
}

export class INTERVAL extends TypeEngine {
  static override readonly visitName: string = "INTERVAL";
  static override readonly signature = signature("day_precision=None, second_precision=None");
  readonly dayPrecision: number | null;
  readonly secondPrecision: number | null;

  constructor(dayPrecision: number | null = null, secondPrecision: number | null = null) {
    super();
    this.dayPrecision = dayPrecision;
    this.secondPrecision = secondPrecision;
  }

  static adaptEmulatedToNative(interval: TypeEngine, _kwargs: Kwargs): TypeEngine {
    const { dayPrecision, secondPrecision } = interval as t.Interval;
    return this.construct([dayPrecision, secondPrecision]);
  }

  override get typeAffinity(): TypeClass {
    return t.Interval;
  }
  override get comparatorFactory(): ComparatorClass {
    return IntervalComparator;
  }
  override get pythonType(): Kind | Value {
    return "timedelta";
  }
  override asGeneric(): TypeEngine {
    return new t.Interval(true, this.secondPrecision, this.dayPrecision);
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) =>
      `NUMTODSINTERVAL(${host.str(host.types.makeFloat(Number(host.types.readTimedelta(value)) / 1e6))}, 'SECOND')`;
  }
}

export const colspecs: ReadonlyMap<TypeClass, TypeClass> = new Map<TypeClass, TypeClass>([
  [t.Interval, INTERVAL],
  [t.DateTime, DATE],
  [t.Date, OracleDate],
  [t.TIMESTAMP, OracleTimestamp],
]);
inModule("sqlalchemy.dialects.oracle.types", [
  RAW,
  NCLOB,
  VARCHAR2,
  NUMBER,
  FLOAT,
  BINARY_DOUBLE,
  BINARY_FLOAT,
  BFILE,
  LONG,
  ROWID,
  DATE,
  OracleDate,
  TIMESTAMP,
  INTERVAL,
]);
