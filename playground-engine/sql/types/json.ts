// JSON: values as JSON text, with `column["key"]` and `column[("a", 1)]` in SQL.
//
// None is JSON's null unless none_as_null; JSON.NULL always is. Behaviour: SQLAlchemy sql/sqltypes.py (JSON).
import { host, type Kind, type Value } from "../../util/host.ts";
import { InvalidRequestError } from "../../errors/index.ts";
import type { ColumnElement } from "../elements/column.ts";
import { jsonGetitemOp, jsonPathGetitemOp } from "../operators.ts";
import { Boolean } from "./boolean.ts";
import { IndexableComparator, type ComparatorClass, type GetItem } from "./comparator.ts";
import type { BindProcessor, LiteralProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import { TypeEngine } from "./engine.ts";
import { Float, Integer, Numeric } from "./numeric.ts";
import { signature } from "./signature.ts";
import { String, Unicode } from "./string.ts";
import { typeLate } from "./type-late.ts";

class JsonNull {
  static readonly pyModule: string = "sqlalchemy.util.langhelpers";
  static readonly pyName: string = "symbol";

  repr(): string {
    return "symbol('JSON_NULL')";
  }
}

/** JSON.NULL: the value null inside JSON, whatever none_as_null says. An object: programs keep it in attributes and parameters. */
export const JSON_NULL = new JsonNull();

const integer = new Integer();
const string = new String();

/** Type of an index or a path: an integer or a string, as the database wants it. */
export class JSONElementType extends TypeEngine {
  static override readonly visitName: string = "json_element";

  protected stringBindProcessor(dialect: TypeDialect): BindProcessor | null {
    return string.cachedBindProcessor(dialect);
  }

  protected stringLiteralProcessor(dialect: TypeDialect): LiteralProcessor | null {
    return string.cachedLiteralProcessor(dialect);
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const ofInt = integer.cachedBindProcessor(dialect);
    const ofString = this.stringBindProcessor(dialect);
    return (value) =>
      ofInt && isInt(value)
        ? ofInt(value)
        : ofString && host.kindOf(value) === "str"
          ? ofString(value)
          : value;
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const ofInt = integer.cachedLiteralProcessor(dialect);
    const ofString = this.stringLiteralProcessor(dialect);
    return (value) => {
      if (ofInt && isInt(value)) return ofInt(value);
      if (ofString && host.kindOf(value) === "str") return ofString(value);
      throw host.error("NotImplementedError", "");
    };
  }
}

export function isInt(value: Value): boolean {
  const kind = host.kindOf(value);
  return kind === "int" || kind === "bool";
}

export class JSONIndexType extends JSONElementType {}
export class JSONIntIndexType extends JSONIndexType {}
export class JSONStrIndexType extends JSONIndexType {}
export class JSONPathType extends JSONElementType {
  static override readonly visitName: string = "json_path";
}

export class JSONComparator extends IndexableComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.JSON";
  static override readonly pyName: string = "Comparator";
  override setupGetitem(index: Value): GetItem {
    if (isSequence(index))
      return [jsonPathGetitemOp, this.bindIndex(index, jsonPathGetitemOp, new JSONPathType()), this.type];
    const type = isInt(index) ? new JSONIntIndexType() : new JSONStrIndexType();
    return [jsonGetitemOp, this.bindIndex(index, jsonGetitemOp, type), this.type];
  }

  private bindIndex(index: Value, operator: typeof jsonGetitemOp, type: TypeEngine): Value {
    return typeLate.expectBinaryElement(index, { expr: this.expr, operator, bindparamType: type });
  }

  asBoolean(): ColumnElement {
    return this.indexAs(new Boolean(), "as_boolean");
  }
  asString(): ColumnElement {
    return this.indexAs(new Unicode(), "as_string");
  }
  asInteger(): ColumnElement {
    return this.indexAs(new Integer(), "as_integer");
  }
  asFloat(): ColumnElement {
    return this.indexAs(new Float(), "as_float");
  }
  asNumeric(precision: number | null, scale: number | null, asdecimal = true): ColumnElement {
    return this.indexAs(new Numeric(precision, scale, null, asdecimal), "as_numeric");
  }
  asJson(): ColumnElement {
    return this.expr;
  }

  private indexAs(type: TypeEngine, method: string): ColumnElement {
    const operator = (this.expr as ColumnElement & { operator?: unknown }).operator;
    if (operator !== jsonGetitemOp && operator !== jsonPathGetitemOp)
      throw new InvalidRequestError(
        `The JSON cast operator JSON.${method}() only works with a JSON index expression e.g. col['q'].${method}()`,
      );
    const copy = this.expr._clone() as ColumnElement;
    copy.type = type;
    return copy;
  }
}

function isSequence(index: Value): boolean {
  const kind = host.kindOf(index);
  return kind === "list" || kind === "tuple" || kind === "sequence" || kind === "bytes";
}

export class JSON extends TypeEngine {
  static override readonly visitName: string = "JSON";
  static override readonly signature = signature("none_as_null=False");
  static readonly NULL = JSON_NULL;
  static readonly JSONElementType = JSONElementType;
  static readonly JSONIndexType = JSONIndexType;
  static readonly JSONIntIndexType = JSONIntIndexType;
  static readonly JSONStrIndexType = JSONStrIndexType;
  static readonly JSONPathType = JSONPathType;
  noneAsNull: boolean;

  constructor(noneAsNull = false) {
    super();
    this.noneAsNull = noneAsNull;
  }

  override get isIndexable(): boolean {
    return true;
  }
  override get hashable(): boolean {
    return false;
  }
  override get comparatorFactory(): ComparatorClass {
    return JSONComparator;
  }
  override get pythonType(): Kind | Value {
    return "dict";
  }
  override get shouldEvaluateNone(): boolean {
    return !this.noneAsNull;
  }
  override set shouldEvaluateNone(flag: boolean) {
    this.noneAsNull = !flag;
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const text = string.bindProcessor(dialect);
    const dumps = this.serializer(dialect);
    return (value) => {
      if (typeLate.isNullElement(value) || (value === null && this.noneAsNull)) return null;
      const serialized = dumps(value === JSON_NULL ? null : value);
      return text ? text(serialized) : serialized;
    };
  }

  protected serializer(dialect: TypeDialect): (value: Value) => Value {
    const own = dialect.jsonSerializer;
    return own == null ? (value) => host.types.jsonDumps(value) : (value) => host.call(own, [value]);
  }

  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    const text = string.resultProcessor(dialect, coltype);
    const own = dialect.jsonDeserializer;
    return (value) => {
      if (value === null) return null;
      const given = text ? text(value) : value;
      return own == null ? loads(given) : host.call(own, [given]);
    };
  }
}

function loads(value: Value): Value {
  const kind = host.kindOf(value);
  if (kind === "str") return host.types.jsonLoads(value as string);
  if (kind === "bytes") return host.types.jsonLoads(new TextDecoder().decode(host.types.readBytes(value)));
  throw host.error(
    "TypeError",
    `the JSON object must be str, bytes or bytearray, not ${host.typeName(value)}`,
  );
}
