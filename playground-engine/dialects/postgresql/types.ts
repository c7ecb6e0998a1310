// Types that only PostgreSQL has, but for arrays, JSON, HSTORE, ranges and named types.
// Behaviour: SQLAlchemy dialects/postgresql/types.py.
import { host, type Kind, type Kwargs, type Value } from "../../util/host.ts";
import { inModule } from "../python-view.ts";
import type { Operator } from "../../sql/operators.ts";
import * as generic from "../../sql/types/index.ts";
import {
  IntervalComparator,
  signature,
  TypeEngine,
  type ComparatorClass,
  type LiteralProcessor,
  type TypeClass,
  type TypeDialect,
} from "../../sql/types/index.ts";

/** How a native uuid is bound and written. */
export class PGUuid extends generic.UUID {
  override get renderBindCast(): boolean {
    return true;
  }
  override get renderLiteralCast(): boolean {
    return true;
  }
}

export class BYTEA extends generic.LargeBinary {
  static override readonly visitName: string = "BYTEA";
}

/** Compared with anything, the other side is of this type too. */
abstract class Address extends TypeEngine {
  static override readonly affinityRoot: boolean = true;
  override coerceComparedValue(_op: Operator | null, _value: Value): TypeEngine {
    return this;
  }
}

export class INET extends Address {
  static override readonly visitName: string = "INET";
}
export class CIDR extends Address {
  static override readonly visitName: string = "CIDR";
}
export class MACADDR extends Address {
  static override readonly visitName: string = "MACADDR";
}
export class MACADDR8 extends Address {
  static override readonly visitName: string = "MACADDR8";
}
export class MONEY extends TypeEngine {
  static override readonly visitName: string = "MONEY";
}
export class OID extends TypeEngine {
  static override readonly visitName: string = "OID";
}
export class REGCONFIG extends TypeEngine {
  static override readonly visitName: string = "REGCONFIG";
}
export class TSQUERY extends TypeEngine {
  static override readonly visitName: string = "TSQUERY";
}
export class REGCLASS extends TypeEngine {
  static override readonly visitName: string = "REGCLASS";
}
export class TSVECTOR extends TypeEngine {
  static override readonly visitName: string = "TSVECTOR";
}

export class TIMESTAMP extends generic.TIMESTAMP {
  static override readonly visitName: string = "TIMESTAMP";
  static override readonly signature = signature("timezone=False, precision=None");
  readonly precision: number | null;

  constructor(timezone = false, precision: number | null = null) {
    super(timezone);
    this.precision = precision;
  }
}

export class TIME extends generic.TIME {
  static override readonly visitName: string = "TIME";
  static override readonly signature = signature("timezone=False, precision=None");
  readonly precision: number | null;

  constructor(timezone = false, precision: number | null = null) {
    super(timezone);
    this.precision = precision;
  }
}

export class INTERVAL extends TypeEngine {
  static override readonly visitName: string = "INTERVAL";
  static override readonly signature = signature("precision=None, fields=None");
  readonly precision: number | null;
  readonly fields: string | null;

  constructor(precision: number | null = null, fields: string | null = null) {
    super();
    this.precision = precision;
    this.fields = fields;
  }

  static adaptEmulatedToNative(interval: TypeEngine, _kwargs: Kwargs): TypeEngine {
    return this.construct([(interval as generic.Interval).secondPrecision]);
  }

  override get typeAffinity(): TypeClass {
    return generic.Interval;
  }
  override get comparatorFactory(): ComparatorClass {
    return IntervalComparator;
  }
  override get pythonType(): Kind | Value {
    return "timedelta";
  }

  override asGeneric(): TypeEngine {
    return new generic.Interval(true, this.precision);
  }

  override literalProcessor(_dialect: TypeDialect): LiteralProcessor | null {
    return (value) =>
      `make_interval(secs=>${host.str(host.types.makeFloat(Number(host.types.readTimedelta(value)) / 1e6))})`;
  }
}

export class BIT extends TypeEngine {
  static override readonly visitName: string = "BIT";
  static override readonly signature = signature("length=None, varying=False");
  readonly length: number | null;
  readonly varying: boolean;

  constructor(length: number | null = null, varying = false) {
    super();
    this.length = varying ? length : length || 1;
    this.varying = varying;
  }
}

export class CITEXT extends generic.TEXT {
  static override readonly visitName: string = "CITEXT";
  override coerceComparedValue(_op: Operator | null, _value: Value): TypeEngine {
    return this;
  }
}

inModule("sqlalchemy.dialects.postgresql.types", [
  PGUuid,
  BYTEA,
  INET,
  CIDR,
  MACADDR,
  MACADDR8,
  MONEY,
  OID,
  REGCONFIG,
  TSQUERY,
  REGCLASS,
  TSVECTOR,
  TIMESTAMP,
  TIME,
  INTERVAL,
  BIT,
  CITEXT,
]);
