// Types of SQL Server. Behaviour: SQLAlchemy dialects/mssql/base.py, json.py.
import { host, type Kwargs, type Value } from "../../util/host.ts";
import * as t from "../../sql/types/index.ts";
import {
  quoteLiteral,
  signature,
  TypeEngine,
  type BindProcessor,
  type LiteralProcessor,
  type TypeClass,
  type TypeDialect,
} from "../../sql/types/index.ts";
import { inModule } from "../python-view.ts";

const NONE: Kwargs = new Map();
const numberOf = (kw: Kwargs, name: string, standard: number | null): number | null =>
  kw.has(name) ? (kw.get(name) as number | null) : standard;
const timezoneOf = (kw: Kwargs): boolean => host.isTrue(kw.get("timezone") ?? false);

export class REAL extends t.REAL {
  static override readonly visitName: string = "REAL";
  static override readonly signature = signature("**kw");
  constructor(kw: Kwargs = NONE) {
    super(
      numberOf(kw, "precision", 24),
      host.isTrue(kw.get("asdecimal") ?? false),
      numberOf(kw, "decimal_return_scale", null),
    );
  }
  static override construct(_args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
    return new this(kwargs);
  }
}

export class DOUBLE_PRECISION extends t.DOUBLE_PRECISION {
  static override readonly visitName: string = "DOUBLE_PRECISION";
  static override readonly signature = signature("**kw");
  constructor(kw: Kwargs = NONE) {
    super(
      numberOf(kw, "precision", 53),
      host.isTrue(kw.get("asdecimal") ?? false),
      numberOf(kw, "decimal_return_scale", null),
    );
  }
  static override construct(_args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
    return new this(kwargs);
  }
}

export class TINYINT extends t.Integer {
  static override readonly visitName: string = "TINYINT";
}

export class TIME extends t.TIME {
  static override readonly visitName: string = "TIME";
  static override readonly signature = signature("precision=None, **kwargs");
  readonly precision: number | null;
  constructor(precision: number | null = null, _kw: Kwargs = NONE) {
    super();
    this.precision = precision;
  }
}

export class SMALLDATETIME extends t.DateTime {
  static override readonly visitName: string = "SMALLDATETIME";
}

export class DATETIME2 extends t.DateTime {
  static override readonly visitName: string = "DATETIME2";
  static override readonly signature = signature("precision=None, **kw");
  readonly precision: number | null;
  constructor(precision: number | null = null, kw: Kwargs = NONE) {
    super(timezoneOf(kw));
    this.precision = precision;
  }
  static override construct(args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
    return new this((args[0] ?? kwargs.get("precision") ?? null) as number | null, kwargs);
  }
}

export class DATETIMEOFFSET extends t.DateTime {
  static override readonly visitName: string = "DATETIMEOFFSET";
  static override readonly signature = DATETIME2.signature;
  readonly precision: number | null;
  constructor(precision: number | null = null, kw: Kwargs = NONE) {
    super(timezoneOf(kw));
    this.precision = precision;
  }
  static override construct(args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
    return new this((args[0] ?? kwargs.get("precision") ?? null) as number | null, kwargs);
  }
}

/** N'…' */
const national =
  (dialect: TypeDialect): LiteralProcessor =>
  (value) =>
    `N${quoteLiteral(value as string, dialect)}`;

class MSUnicode extends t.Unicode {
  static readonly pyName: string = "_MSUnicode";
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return national(dialect);
  }
}
class MSUnicodeText extends t.UnicodeText {
  static readonly pyName: string = "_MSUnicodeText";
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return national(dialect);
  }
}

export class TIMESTAMP extends t.BinaryType {
  static override readonly pyName: string = "TIMESTAMP";
  static override readonly visitName: string = "TIMESTAMP";
  static override readonly signature = signature("convert_int=False");
  readonly convertInt: boolean;
  constructor(convertInt = false) {
    super();
    this.convertInt = convertInt;
  }
}
export class ROWVERSION extends TIMESTAMP {
  static override readonly pyName: string = "ROWVERSION";
  static override readonly visitName: string = "ROWVERSION";
}

export class NTEXT extends t.UnicodeText {
  static override readonly visitName: string = "NTEXT";
}

export class VARBINARY extends t.VARBINARY {
  static override readonly pyName: string = "VARBINARY";
  static override readonly visitName: string = "VARBINARY";
  static override readonly signature = signature("length=None, filestream=False");
  readonly filestream: boolean;
  constructor(length: number | null = null, filestream = false) {
    const given: Value = length;
    if (filestream && given !== null && given !== "max")
      throw host.error("ValueError", "length must be None or 'max' when setting filestream");
    super(length);
    this.filestream = filestream;
  }
}

export class IMAGE extends t.LargeBinary {
  static override readonly pyName: string = "IMAGE";
  static override readonly visitName: string = "IMAGE";
}
export class XML extends t.Text {
  static override readonly visitName: string = "XML";
}
export class BIT extends t.Boolean {
  static override readonly visitName: string = "BIT";
}
export class MONEY extends TypeEngine {
  static override readonly visitName: string = "MONEY";
}
export class SMALLMONEY extends TypeEngine {
  static override readonly visitName: string = "SMALLMONEY";
}
export class SQL_VARIANT extends TypeEngine {
  static override readonly visitName: string = "SQL_VARIANT";
}

export class UNIQUEIDENTIFIER extends t.Uuid {
  static override readonly visitName: string = "UNIQUEIDENTIFIER";
  static override readonly signature = signature("as_uuid=True");
  constructor(asUuid = true) {
    super(asUuid, true);
  }
}

class MSUUid extends t.Uuid {
  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    return this.nativeUuid ? null : super.bindProcessor(dialect);
  }
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return this.nativeUuid
      ? (value) => `'${host.str(value).replaceAll("'", "''")}'`
      : super.literalProcessor(dialect);
  }
}

// -- JSON ---------------------------------------------------------------------------------------------

export class JSON extends t.JSON {}

const isInt = (v: Value): boolean => host.kindOf(v) === "int" || host.kindOf(v) === "bool";
const step = (v: Value): string => (isInt(v) ? `[${host.str(v)}]` : `."${host.str(v)}"`);
const path = (value: Value): string => `$${[...(host.iterate(value) ?? [])].map(step).join("")}`;

class JSONIndexType extends t.JSONIndexType {
  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return (value) => `$${step(value)}`;
  }
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const text = this.stringLiteralProcessor(dialect) as LiteralProcessor;
    return (value) => text(`$${step(value)}`);
  }
}

class JSONPathType extends t.JSONPathType {
  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return path;
  }
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const text = this.stringLiteralProcessor(dialect) as LiteralProcessor;
    return (value) => text(path(value));
  }
}

export const colspecs: ReadonlyMap<TypeClass, TypeClass> = new Map<TypeClass, TypeClass>([
  [t.JSON, JSON],
  [t.JSONIndexType, JSONIndexType],
  [t.JSONPathType, JSONPathType],
  [t.Unicode, MSUnicode],
  [t.UnicodeText, MSUnicodeText],
  [t.Uuid, MSUUid],
]);

inModule("sqlalchemy.dialects.mssql.base", [
  REAL,
  DOUBLE_PRECISION,
  TINYINT,
  TIME,
  SMALLDATETIME,
  DATETIME2,
  DATETIMEOFFSET,
  TIMESTAMP,
  ROWVERSION,
  NTEXT,
  VARBINARY,
  IMAGE,
  XML,
  BIT,
  MONEY,
  SMALLMONEY,
  SQL_VARIANT,
  UNIQUEIDENTIFIER,
  MSUUid,
]);
inModule("sqlalchemy.dialects.mssql.json", [JSON, JSONIndexType, JSONPathType]);
