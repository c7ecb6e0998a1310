// Integer and decimal types. Behaviour: SQLAlchemy sql/sqltypes.py (Integer, Numeric, Float and their families).
import { host, type Kind, type Value } from "../../util/host.ts";
import { LookupComparator, type ComparatorClass } from "./comparator.ts";
import type { BindProcessor, LiteralProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine } from "./engine.ts";
import { floatOf, toDecimalProcessor, toFloat } from "./processors.ts";
import { signature } from "./signature.ts";
import { typeLate } from "./type-late.ts";
import { reprString } from "../../util/text.ts";

const MAX_INT32_MAGNITUDE = 2n ** 31n;

export class Integer extends TypeEngine {
  static override readonly visitName: string = "integer";

  override get comparatorFactory(): ComparatorClass {
    return LookupComparator;
  }
  override get pythonType(): Kind | Value {
    return "int";
  }

  override resolveForLiteral(value: Value): TypeEngine {
    const n = BigInt(value as number | bigint);
    return (n < 0n ? -n : n) >= MAX_INT32_MAGNITUDE ? typeLate.bigInteger : this;
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) => integerText(value);
  }
}

/** `str(int(value))` with Python's errors. */
function integerText(value: Value): string {
  switch (host.kindOf(value)) {
    case "int":
      return globalThis.String(value);
    case "bool":
      return value ? "1" : "0";
    case "float": {
      const x = floatOf(value);
      if (Number.isNaN(x)) throw host.error("ValueError", "cannot convert float NaN to integer");
      if (!Number.isFinite(x)) throw host.error("OverflowError", "cannot convert float infinity to integer");
      return BigInt(Math.trunc(x)).toString();
    }
    case "decimal": {
      const [mantissa = "0", exponent = "0"] = host.types.readDecimal(value).toLowerCase().split("e");
      return truncateDecimal(mantissa, Number(exponent));
    }
    case "str": {
      const t = (value as string).trim();
      if (!/^[+-]?\d(_?\d)*$/.test(t))
        throw host.error(
          "ValueError",
          `invalid literal for int() with base 10: ${reprString(value as string)}`,
        );
      return BigInt(t.replaceAll("_", "").replace(/^\+/, "")).toString();
    }
    default:
      throw host.error(
        "TypeError",
        `int() argument must be a string, a bytes-like object or a real number, not '${host.typeName(value)}'`,
      );
  }
}

function truncateDecimal(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", part = ""] = mantissa.replace(/^[+-]/, "").split(".");
  const digits = whole + part;
  const at = whole.length + exponent;
  const kept = at <= 0 ? "0" : digits.slice(0, at).padEnd(at, "0");
  const n = BigInt(kept);
  return n === 0n ? "0" : sign + n.toString();
}

export class SmallInteger extends Integer {
  static override readonly visitName: string = "small_integer";
}

export class BigInteger extends Integer {
  static override readonly visitName: string = "big_integer";
}

export class INTEGER extends Integer {
  static override readonly visitName: string = "INTEGER";
}
export const INT = INTEGER;

export class SMALLINT extends SmallInteger {
  static override readonly visitName: string = "SMALLINT";
}

export class BIGINT extends BigInteger {
  static override readonly visitName: string = "BIGINT";
}

const DEFAULT_DECIMAL_RETURN_SCALE = 10;

export class Numeric extends TypeEngine {
  static override readonly visitName: string = "numeric";
  static override readonly signature = signature(
    "precision=None, scale=None, decimal_return_scale=None, asdecimal=True",
  );
  precision: number | null;
  /** undefined for Float, which has none. */
  scale: number | null | undefined;
  decimalReturnScale: number | null;
  asdecimal: boolean;

  constructor(
    precision: number | null = null,
    scale: number | null | undefined = null,
    decimalReturnScale: number | null = null,
    asdecimal = true,
  ) {
    super();
    this.precision = precision;
    this.scale = scale;
    this.decimalReturnScale = decimalReturnScale;
    this.asdecimal = asdecimal;
  }

  override get comparatorFactory(): ComparatorClass {
    return LookupComparator;
  }
  override get pythonType(): Kind | Value {
    return this.asdecimal ? "decimal" : "float";
  }

  /** @internal */
  get effectiveDecimalReturnScale(): number {
    return this.decimalReturnScale ?? this.scale ?? DEFAULT_DECIMAL_RETURN_SCALE;
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) => {
      // Rendered as given; only checked to be a number, so that no other text gets into the statement.
      if (host.kindOf(value) === "str") host.types.makeDecimal(value as string);
      else floatOf(value);
      return host.str(value);
    };
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    return dialect.supportsNativeDecimal ? null : toFloat;
  }

  override resultProcessor(dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    if (this.asdecimal)
      return dialect.supportsNativeDecimal ? null : toDecimalProcessor(this.effectiveDecimalReturnScale);
    return dialect.supportsNativeDecimal ? toFloat : null;
  }
}

export class Float extends Numeric {
  static override readonly visitName: string = "float";
  static override readonly signature = signature(
    "precision=None, asdecimal=False, decimal_return_scale=None",
  );

  constructor(precision: number | null = null, asdecimal = false, decimalReturnScale: number | null = null) {
    super(precision, undefined, decimalReturnScale, asdecimal);
    this.scale = undefined;
  }

  override resultProcessor(dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    if (this.asdecimal) return toDecimalProcessor(this.effectiveDecimalReturnScale);
    return dialect.supportsNativeDecimal ? toFloat : null;
  }
}

export class Double extends Float {
  static override readonly visitName: string = "double";
}

export class REAL extends Float {
  static override readonly visitName: string = "REAL";
}

export class FLOAT extends Float {
  static override readonly visitName: string = "FLOAT";
}

export class DOUBLE extends Double {
  static override readonly visitName: string = "DOUBLE";
}

export class DOUBLE_PRECISION extends Double {
  static override readonly visitName: string = "DOUBLE_PRECISION";
}

export class NUMERIC extends Numeric {
  static override readonly visitName: string = "NUMERIC";
}

export class DECIMAL extends Numeric {
  static override readonly visitName: string = "DECIMAL";
}
