// Dates and times; Interval is in interval.ts. Behaviour: SQLAlchemy sql/sqltypes.py.
import { host, type Kind, type Value } from "../../util/host.ts";
import { LookupComparator, type ComparatorClass } from "./comparator.ts";
import type { LiteralProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine } from "./engine.ts";
import { isoText } from "./processors.ts";
import { signature } from "./signature.ts";
import { typeLate } from "./type-late.ts";

export class DateTime extends TypeEngine {
  static override readonly visitName: string = "datetime";
  static override readonly signature = signature("timezone=False");
  timezone: boolean;

  constructor(timezone = false) {
    super();
    this.timezone = timezone;
  }

  override get comparatorFactory(): ComparatorClass {
    return LookupComparator;
  }
  override get pythonType(): Kind | Value {
    return "datetime";
  }

  override resolveForLiteral(value: Value): TypeEngine {
    return !this.timezone && host.types.readDateTime(value).offset !== undefined
      ? typeLate.datetimeTimezone
      : this;
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) => `'${isoText(value).replaceAll("T", " ")}'`;
  }
}

export class Date extends TypeEngine {
  static override readonly visitName: string = "date";

  override get comparatorFactory(): ComparatorClass {
    return LookupComparator;
  }
  override get pythonType(): Kind | Value {
    return "date";
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) => `'${isoText(value).split("T")[0] as string}'`;
  }
}

export class Time extends TypeEngine {
  static override readonly visitName: string = "time";
  static override readonly signature = signature("timezone=False");
  timezone: boolean;

  constructor(timezone = false) {
    super();
    this.timezone = timezone;
  }

  override get comparatorFactory(): ComparatorClass {
    return LookupComparator;
  }
  override get pythonType(): Kind | Value {
    return "time";
  }

  override resolveForLiteral(value: Value): TypeEngine {
    return !this.timezone && host.types.readTime(value).offset !== undefined ? typeLate.timeTimezone : this;
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) => `'${isoText(value).split("T").at(-1) as string}'`;
  }
}

export class TIMESTAMP extends DateTime {
  static override readonly visitName: string = "TIMESTAMP";
}

export class DATETIME extends DateTime {
  static override readonly visitName: string = "DATETIME";
}

export class DATE extends Date {
  static override readonly visitName: string = "DATE";
}

export class TIME extends Time {
  static override readonly visitName: string = "TIME";
}
