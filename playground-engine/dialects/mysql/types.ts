// Types of MySQL and MariaDB: numbers with UNSIGNED and ZEROFILL, texts with character sets, ENUM and SET.
//
// Constructors take the positional arguments of the real ones and then one Map of keywords.
// Behaviour: SQLAlchemy dialects/mysql/types.py, enumerated.py, json.py, mariadb.py.
import { ArgumentError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as t from "../../sql/types/index.ts";
import {
  genericRepr,
  signature,
  TypeEngine,
  type BindProcessor,
  type LiteralProcessor,
  type ResultProcessor,
  type Signature,
  type TypeClass,
  type TypeDialect,
} from "../../sql/types/index.ts";
import { enumOptions } from "../../sql/types/enum.ts";
import { TypeCoerce } from "../../sql/elements/cast.ts";
import { inModule } from "../python-view.ts";

const NONE: Kwargs = new Map();
const flag = (kw: Kwargs, name: string): boolean => host.isTrue(kw.get(name) ?? false);

/** Positional arguments of a signature, and the rest as keywords: `new cls(a, b, kw)`. */
function split(sig: Signature, args: readonly Value[], kwargs: Kwargs, count: number): [] {
  const kw = new Map(kwargs);
  const positional = sig.slice(0, count).map(({ name, default: standard }, i) => {
    const given = args[i] ?? kw.get(name);
    kw.delete(name);
    return given === undefined ? standard : given;
  });
  return [...positional, kw] as unknown as [];
}

// -- numbers ------------------------------------------------------------------------------------------

const NUMERIC_TYPE = signature("unsigned=False, zerofill=False, **kw");
const FLOAT_TYPE = signature("precision=None, scale=None, asdecimal=True, **kw");
const INTEGER_TYPE = signature("display_width=None, **kw");

/** What the mixin of numbers adds. */
export interface MySqlNumber {
  readonly unsigned: boolean;
  readonly zerofill: boolean;
}

export function isMySqlNumber(type: TypeEngine): type is TypeEngine & MySqlNumber {
  return typeof (type as Partial<MySqlNumber>).zerofill === "boolean";
}

export interface NumberClass {
  new (
    precision?: number | null,
    scale?: number | null,
    asdecimal?: boolean,
    kw?: Kwargs,
  ): t.Numeric & MySqlNumber;
  readonly signature: Signature;
  construct(args: readonly Value[], kwargs?: Kwargs): TypeEngine;
}
type NumberBase = new (...args: Value[]) => t.Numeric;

interface NumberRules {
  readonly float?: boolean;
  readonly asdecimal?: boolean;
  /** Precision and scale only together. */
  readonly bothOrNone?: boolean;
}

function numberType(
  name: string,
  base: unknown,
  { float = false, asdecimal: standard = true, bothOrNone = false }: NumberRules = {},
): NumberClass & TypeClass<t.Numeric & MySqlNumber> {
  const signatures = float
    ? [FLOAT_TYPE, NUMERIC_TYPE, t.Float.signature]
    : [NUMERIC_TYPE, t.Numeric.signature];
  const made = class extends (base as NumberBase) implements MySqlNumber {
    static readonly visitName: string = name;
    static readonly signature = signature(
      `precision=None, scale=None, asdecimal=${standard ? "True" : "False"}, unsigned=False, zerofill=False, decimal_return_scale=None`,
    );
    readonly unsigned: boolean;
    readonly zerofill: boolean;
    constructor(
      precision: number | null = null,
      scale: number | null = null,
      asdecimal: boolean = standard,
      kw: Kwargs = NONE,
    ) {
      if (bothOrNone && (precision === null) !== (scale === null))
        throw new ArgumentError("You must specify both precision and scale or omit both altogether.");
      const returnScale = kw.get("decimal_return_scale") ?? null;
      super(...(float ? [precision, asdecimal, returnScale] : [precision, scale, returnScale, asdecimal]));
      this.scale = scale;
      this.unsigned = flag(kw, "unsigned");
      this.zerofill = flag(kw, "zerofill");
    }
    static construct(args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
      return new this(...split(this.signature, args, kwargs, 3));
    }
    override repr(): string {
      return genericRepr(this, { signatures });
    }
  };
  Object.defineProperty(made, "name", { value: name });
  return made as unknown as NumberClass & TypeClass<t.Numeric & MySqlNumber>;
}

export const NUMERIC: NumberClass = numberType("NUMERIC", t.NUMERIC);
export const DECIMAL: NumberClass = numberType("DECIMAL", t.DECIMAL);
export const DOUBLE: NumberClass = numberType("DOUBLE", t.DOUBLE, { float: true, bothOrNone: true });
export const REAL: NumberClass = numberType("REAL", t.REAL, { float: true, bothOrNone: true });

export class FLOAT extends (numberType("FLOAT", t.FLOAT, {
  float: true,
  asdecimal: false,
}) as unknown as new (
  precision?: number | null,
  scale?: number | null,
  asdecimal?: boolean,
  kw?: Kwargs,
) => t.Numeric & MySqlNumber) {
  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return null;
  }
}

/** Whole numbers: the same three facts on classes of different bases. */
export interface MySqlInteger extends MySqlNumber {
  readonly displayWidth: number | null;
}
type IntegerBase = (new () => t.Integer) & Pick<TypeClass, "prototype">;
export interface IntegerClass {
  new (displayWidth?: number | null, kw?: Kwargs): t.Integer & MySqlInteger;
  readonly signature: Signature;
  construct(args: readonly Value[], kwargs?: Kwargs): TypeEngine;
}

function integerType(name: string, base: IntegerBase): IntegerClass & TypeClass<t.Integer & MySqlInteger> {
  const made = class extends (base as new () => t.Integer) implements MySqlInteger {
    static readonly visitName: string = name;
    static readonly signature = signature("display_width=None, unsigned=False, zerofill=False");
    readonly displayWidth: number | null;
    readonly unsigned: boolean;
    readonly zerofill: boolean;
    constructor(displayWidth: number | null = null, kw: Kwargs = NONE) {
      super();
      this.displayWidth = displayWidth;
      this.unsigned = flag(kw, "unsigned");
      this.zerofill = flag(kw, "zerofill");
    }
    static construct(args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
      return new this(...split(this.signature, args, kwargs, 1));
    }
    override repr(): string {
      return genericRepr(this, { signatures: [INTEGER_TYPE, NUMERIC_TYPE] });
    }
  };
  Object.defineProperty(made, "name", { value: name });
  return made as unknown as IntegerClass & TypeClass<t.Integer & MySqlInteger>;
}

export const INTEGER: IntegerClass = integerType("INTEGER", t.INTEGER);
export const BIGINT: IntegerClass = integerType("BIGINT", t.BIGINT);
export const SMALLINT: IntegerClass = integerType("SMALLINT", t.SMALLINT);
export const MEDIUMINT: IntegerClass = integerType("MEDIUMINT", t.Integer);

export class TINYINT extends (integerType("TINYINT", t.Integer) as new (
  displayWidth?: number | null,
  kw?: Kwargs,
) => t.Integer & MySqlInteger) {
  override compareTypeAffinity(other: TypeEngine): boolean {
    return this.typeAffinity === other.typeAffinity || other.typeAffinity === t.Boolean;
  }
}

export class BIT extends TypeEngine {
  static override readonly visitName: string = "BIT";
  static override readonly signature = signature("length=None");
  readonly length: number | null;
  constructor(length: number | null = null) {
    super();
    this.length = length;
  }
}

// -- times --------------------------------------------------------------------------------------------

export class TIME extends t.TIME {
  static override readonly visitName: string = "TIME";
  static override readonly signature = signature("timezone=False, fsp=None");
  readonly fsp: number | null;
  constructor(timezone = false, fsp: number | null = null) {
    super(timezone);
    this.fsp = fsp;
  }
}

export class TIMESTAMP extends t.TIMESTAMP {
  static override readonly visitName: string = "TIMESTAMP";
  static override readonly signature = signature("timezone=False, fsp=None");
  readonly fsp: number | null;
  constructor(timezone = false, fsp: number | null = null) {
    super(timezone);
    this.fsp = fsp;
  }
}

export class DATETIME extends t.DATETIME {
  static override readonly visitName: string = "DATETIME";
  static override readonly signature = signature("timezone=False, fsp=None");
  readonly fsp: number | null;
  constructor(timezone = false, fsp: number | null = null) {
    super(timezone);
    this.fsp = fsp;
  }
}

export class YEAR extends TypeEngine {
  static override readonly visitName: string = "YEAR";
  static override readonly signature = signature("display_width=None");
  readonly displayWidth: number | null;
  constructor(displayWidth: number | null = null) {
    super();
    this.displayWidth = displayWidth;
  }
}

// -- texts --------------------------------------------------------------------------------------------

const STRING_TYPE = signature(
  "charset=None, collation=None, ascii=False, binary=False, unicode=False, national=False, **kw",
);
const STRING = "charset=None, collation=None, ascii=False, binary=False, unicode=False, national=False";

/** What texts of MySQL have beside a length. */
export interface MySqlText {
  charset: string | null;
  ascii: boolean;
  binary: boolean;
  unicode: boolean;
  national: boolean;
}

export function isMySqlText(type: TypeEngine): type is t.String & MySqlText {
  return typeof (type as Partial<MySqlText>).national === "boolean";
}

const collationOf = (kw: Kwargs): string | null =>
  (kw.get("collate") ?? kw.get("collation") ?? null) as string | null;

function setText(type: MySqlText, kw: Kwargs): void {
  type.charset = (kw.get("charset") ?? null) as string | null;
  type.ascii = flag(kw, "ascii");
  type.binary = flag(kw, "binary");
  type.unicode = flag(kw, "unicode");
  type.national = flag(kw, "national");
}

type TextBase = new (length?: number | null, collation?: string | null) => t.String;
export interface TextClass {
  new (length?: number | null, kw?: Kwargs): t.String & MySqlText;
  readonly signature: Signature;
  construct(args: readonly Value[], kwargs?: Kwargs): TypeEngine;
}

/** A text type; `sized` ones take their length first. */
function textType(
  name: string,
  base: unknown,
  { sized = true, national = false } = {},
): TextClass & TypeClass<t.String & MySqlText> {
  const made = class extends (base as TextBase) implements MySqlText {
    static readonly visitName: string = name;
    static readonly signature = signature(sized ? `length=None, ${STRING}` : `${STRING}, length=None`);
    declare charset: string | null;
    declare ascii: boolean;
    declare binary: boolean;
    declare unicode: boolean;
    declare national: boolean;
    constructor(first: number | null | Kwargs = null, second: Kwargs = NONE) {
      const kw = first instanceof Map ? first : second;
      super((first instanceof Map ? (kw.get("length") ?? null) : first) as number | null, collationOf(kw));
      setText(this, kw);
      if (national) this.national = true;
    }
    static construct(args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
      return sized ? new this(...split(this.signature, args, kwargs, 1)) : new this(kwargs);
    }
    override repr(): string {
      return genericRepr(this, { signatures: [STRING_TYPE, t.String.signature] });
    }
  };
  Object.defineProperty(made, "name", { value: name });
  return made as unknown as TextClass & TypeClass<t.String & MySqlText>;
}

export const TEXT: TextClass = textType("TEXT", t.TEXT);
export const TINYTEXT: TextClass = textType("TINYTEXT", t.String, { sized: false });
export const MEDIUMTEXT: TextClass = textType("MEDIUMTEXT", t.String, { sized: false });
export const LONGTEXT: TextClass = textType("LONGTEXT", t.String, { sized: false });
export const VARCHAR: TextClass = textType("VARCHAR", t.VARCHAR);
export const CHAR: TextClass = textType("CHAR", t.CHAR);
export const NVARCHAR: TextClass = textType("NVARCHAR", t.NVARCHAR, { national: true });
export const NCHAR: TextClass = textType("NCHAR", t.NCHAR, { national: true });

/** What CAST writes for a text. */
export function charForCast(type: t.String): t.String {
  if (type instanceof t.CHAR) return type;
  if (!isMySqlText(type)) return new CHAR(type.length);
  return new CHAR(
    type.length,
    new Map<string, Value>([
      ["charset", type.charset],
      ["collation", type.collation],
      ["ascii", type.ascii],
      ["binary", type.binary],
      ["unicode", type.unicode],
    ]),
  );
}

export class TINYBLOB extends t.BinaryType {
  static override readonly pyName: string = "TINYBLOB";
  static override readonly visitName: string = "TINYBLOB";
}
export class MEDIUMBLOB extends t.BinaryType {
  static override readonly pyName: string = "MEDIUMBLOB";
  static override readonly visitName: string = "MEDIUMBLOB";
}
export class LONGBLOB extends t.BinaryType {
  static override readonly pyName: string = "LONGBLOB";
  static override readonly visitName: string = "LONGBLOB";
}

// -- enumerations ---------------------------------------------------------------------------------------

export class ENUM extends t.Enum implements MySqlText {
  static override readonly visitName: string = "ENUM";
  declare charset: string | null;
  declare ascii: boolean;
  declare binary: boolean;
  declare unicode: boolean;
  declare national: boolean;

  constructor(enums: readonly Value[] = [], kw: Kwargs = NONE) {
    super(enums, enumOptions(kw));
    this.collation = collationOf(kw);
    setText(this, kw);
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
    return new this(
      args.length ? args : ((kwargs.get("_enums") as readonly Value[] | undefined) ?? []),
      kwargs,
    );
  }

  static adaptEmulatedToNative(impl: TypeEngine, kwargs: Kwargs): TypeEngine {
    const from = impl as t.Enum;
    const own: [string, Value][] = [
      ["validate_strings", from.validateStrings],
      ["values_callable", from.valuesCallable],
      ["omit_aliases", from.omitAliases],
    ];
    return this.construct([], new Map([...own, ...kwargs]));
  }

  /** What was not among the values was stored as "". */
  protected override objectFor(stored: Value): Value {
    return stored === "" ? stored : super.objectFor(stored);
  }

  override repr(): string {
    return genericRepr(this, { signatures: [t.Enum.signature, STRING_TYPE, t.Enum.signature] });
  }
}

/** Any of some texts: a Python set, stored as "a,b" or, with retrieve_as_bitwise, read as a number of bits. */
export class SET extends t.String implements MySqlText {
  static override readonly visitName: string = "SET";
  static override readonly signature = signature("*values, **kw");
  readonly values: readonly string[];
  readonly retrieveAsBitwise: boolean;
  declare charset: string | null;
  declare ascii: boolean;
  declare binary: boolean;
  declare unicode: boolean;
  declare national: boolean;

  constructor(values: readonly Value[] = [], kw: Kwargs = NONE) {
    super(
      (kw.get("length") ?? Math.max(0, ...values.map((v) => [...(v as string)].length))) as number,
      collationOf(kw),
    );
    this.values = values as readonly string[];
    this.retrieveAsBitwise = flag(kw, "retrieve_as_bitwise");
    if (!this.retrieveAsBitwise && values.includes(""))
      throw new ArgumentError(
        "Can't use the blank value '' in a SET without setting retrieve_as_bitwise=True",
      );
    setText(this, kw);
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = NONE): TypeEngine {
    return new this(args, kwargs);
  }

  override adapt(cls: TypeClass, kwargs: Kwargs = NONE): TypeEngine {
    const own: [string, Value][] = [
      ["retrieve_as_bitwise", this.retrieveAsBitwise],
      ["length", this.length],
      ["charset", this.charset],
      ["collation", this.collation],
      ["ascii", this.ascii],
      ["binary", this.binary],
      ["unicode", this.unicode],
      ["national", this.national],
    ];
    const made = cls.construct(this.values, new Map([...own, ...kwargs]));
    made.variantMapping = this.variantMapping;
    return made;
  }

  override columnExpression(column: ColumnElement): ColumnElement {
    return this.retrieveAsBitwise
      ? new TypeCoerce(new TypeCoerce(column, new t.Integer()).add(0), this)
      : column;
  }

  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return (value) => {
      const kind = host.kindOf(value);
      if (value === null || kind === "int" || kind === "bool" || kind === "str") return value;
      const members = [...(host.iterate(value) ?? [])] as string[];
      return this.retrieveAsBitwise
        ? members.reduce((bits, v) => bits | (1 << this.values.indexOf(v)), 0)
        : members.join(",");
    };
  }

  override resultProcessor(_dialect: TypeDialect, _coltype: unknown): ResultProcessor | null {
    return (value) => {
      if (value === null) return null;
      if (this.retrieveAsBitwise) return host.makeSet(this.values.filter((_, i) => (Number(value) >> i) & 1));
      return host.kindOf(value) === "str"
        ? host.makeSet((value as string).split(",").filter(Boolean))
        : value;
    };
  }

  override repr(): string {
    return genericRepr(this, {
      signatures: [SET.signature, STRING_TYPE],
      additional: [["retrieve_as_bitwise", false]],
    });
  }
}

// -- JSON and MariaDB's addresses -------------------------------------------------------------------------

export class JSON extends t.JSON {}

const isInt = (v: Value): boolean => host.kindOf(v) === "int" || host.kindOf(v) === "bool";
const step = (v: Value): string => (isInt(v) ? `[${host.str(v)}]` : `."${host.str(v)}"`);

class JSONIndexType extends t.JSONIndexType {
  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return (value) => `$${step(value)}`;
  }
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const text = this.stringLiteralProcessor(dialect) as LiteralProcessor;
    return (value) => text(`$${step(value)}`);
  }
}

const path = (value: Value): string => `$${[...(host.iterate(value) ?? [])].map(step).join("")}`;

class JSONPathType extends t.JSONPathType {
  override bindProcessor(_dialect: TypeDialect): BindProcessor | null {
    return path;
  }
  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const text = this.stringLiteralProcessor(dialect) as LiteralProcessor;
    return (value) => text(path(value));
  }
}

export class INET4 extends TypeEngine {
  static override readonly visitName: string = "INET4";
}
export class INET6 extends TypeEngine {
  static override readonly visitName: string = "INET6";
}

export const colspecs: ReadonlyMap<TypeClass, TypeClass> = new Map(
  [
    [NUMERIC, NUMERIC],
    [DECIMAL, DECIMAL],
    [DOUBLE, DOUBLE],
    [REAL, REAL],
    [FLOAT, FLOAT],
    [t.Numeric, NUMERIC],
    [t.Float, FLOAT],
    [t.Double, DOUBLE],
    [t.Time, TIME],
    [t.Enum, ENUM],
    [t.JSON, JSON],
    [t.JSONIndexType, JSONIndexType],
    [t.JSONPathType, JSONPathType],
  ].map(([from, to]) => [from as unknown as TypeClass, to as unknown as TypeClass] as const),
);

inModule("sqlalchemy.dialects.mysql.types", [
  NUMERIC,
  DECIMAL,
  DOUBLE,
  REAL,
  FLOAT,
  INTEGER,
  BIGINT,
  SMALLINT,
  MEDIUMINT,
  TINYINT,
  BIT,
  TIME,
  TIMESTAMP,
  DATETIME,
  YEAR,
  TEXT,
  TINYTEXT,
  MEDIUMTEXT,
  LONGTEXT,
  VARCHAR,
  CHAR,
  NVARCHAR,
  NCHAR,
  TINYBLOB,
  MEDIUMBLOB,
  LONGBLOB,
]);
inModule("sqlalchemy.dialects.mysql.enumerated", [ENUM, SET]);
inModule("sqlalchemy.dialects.mysql.json", [JSON, JSONIndexType, JSONPathType]);
inModule("sqlalchemy.dialects.mysql.mariadb", [INET4, INET6]);
