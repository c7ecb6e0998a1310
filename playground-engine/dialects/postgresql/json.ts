// JSON and JSONB with PostgreSQL's operators. Behaviour: SQLAlchemy dialects/postgresql/json.py.
import { host, type Value } from "../../util/host.ts";
import { Cast } from "../../sql/elements/cast.ts";
import type { BinaryExpression } from "../../sql/elements/binary.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { Operator } from "../../sql/operators.ts";
import {
  JSON as GenericJSON,
  JSONComparator as GenericComparator,
  JSONPathType as GenericPathType,
  signature,
  TEXT,
  Text,
  TypeEngine,
  type BindProcessor,
  type ComparatorClass,
  type LiteralProcessor,
  type TypeDialect,
} from "../../sql/types/index.ts";
import { mixin } from "../../sql/mixin.ts";
import { inModule } from "../python-view.ts";
import { array, ARRAY } from "./array.ts";
import { ask, KeyedComparator } from "./keyed-comparator.ts";
import { ASTEXT, DELETE_PATH, JSONPATH_ASTEXT, PATH_EXISTS, PATH_MATCH } from "./operators.ts";

/** `("a", 1)` as `{a, 1}`; a string is a path already. */
function pathText(value: Value): Value {
  if (host.kindOf(value) === "str") return value;
  return host.isTrue(value)
    ? `{${[...(host.iterate(value) ?? [])].map((v) => host.str(v)).join(", ")}}`
    : "{}";
}

export class JSONPathType extends GenericPathType {
  static readonly pyName: string = "JSONPathType";

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const text = this.stringBindProcessor(dialect);
    return (value) => (text ? text(pathText(value)) : pathText(value));
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const text = this.stringLiteralProcessor(dialect);
    return (value) => (text ? text(pathText(value)) : (pathText(value) as string));
  }
}

export class JSONPATH extends JSONPathType {
  static override readonly pyName: string = "JSONPATH";
  static override readonly visitName: string = "JSONPATH";
}

const TEXT_OF_JSON = new Text();

/** JSON.Comparator */
export class JSONComparator extends GenericComparator {
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.json.JSON";
  static override readonly pyName: string = "Comparator";
  /** `->>` and `#>>`: what is there as text. */
  get astext(): ColumnElement {
    const { left, right } = this.expr as BinaryExpression;
    const operator = right.type instanceof GenericPathType ? JSONPATH_ASTEXT : ASTEXT;
    return left.operate(operator, [right], { resultType: (this.type as JSON).astextType });
  }
}

export class JSON extends GenericJSON {
  static override readonly signature = signature("none_as_null=False, astext_type=None");
  readonly astextType: TypeEngine;

  constructor(noneAsNull = false, astextType: TypeEngine | null = null) {
    super(noneAsNull);
    this.astextType = astextType ?? TEXT_OF_JSON;
  }

  override get renderBindCast(): boolean {
    return true;
  }
  override get comparatorFactory(): ComparatorClass {
    return JSONComparator;
  }
}

/** JSONB.Comparator */
export interface JSONBComparator extends Omit<KeyedComparator, "contains"> {}

export class JSONBComparator extends JSONComparator {
  static {
    mixin(this, KeyedComparator);
  }
  static override readonly pyModule: string = "sqlalchemy.dialects.postgresql.json.JSONB";
  static override readonly pyName: string = "Comparator";
  pathExists(other: Value): ColumnElement {
    return ask(this, PATH_EXISTS, other);
  }
  pathMatch(other: Value): ColumnElement {
    return ask(this, PATH_MATCH, other);
  }

  deletePath(path: Value): ColumnElement {
    const elements = path instanceof array ? path : new array(path);
    return this.operate(DELETE_PATH, [new Cast(elements, new ARRAY(TEXT))], { resultType: new JSONB() });
  }
}

export class JSONB extends JSON {
  static override readonly visitName: string = "JSONB";

  override get comparatorFactory(): ComparatorClass {
    return JSONBComparator;
  }

  override coerceComparedValue(op: Operator | null, value: Value): TypeEngine {
    return op === PATH_MATCH || op === PATH_EXISTS
      ? new GenericPathType()
      : super.coerceComparedValue(op, value);
  }
}
inModule("sqlalchemy.dialects.postgresql.json", [JSON, JSONB, JSONPATH, JSONPathType]);
