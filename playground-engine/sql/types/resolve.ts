// The standard types as objects, and the type of a plain value.
// Behaviour: SQLAlchemy sql/sqltypes.py (_type_map, _resolve_value_to_type and the constants at its end).
import { host, type Kind, type Value } from "../../util/host.ts";
import { ArgumentError } from "../../errors/index.ts";
import { late } from "../late.ts";
import { LargeBinary } from "./binary.ts";
import { Boolean, MatchType } from "./boolean.ts";
import { Date, DateTime, Time } from "./datetime.ts";
import { toInstance, type TypeClass, type TypeEngine } from "./engine.ts";
import { Enum } from "./enum.ts";
import { Interval } from "./interval.ts";
import { BigInteger, Float, Integer, Numeric } from "./numeric.ts";
import { ARRAY } from "./array.ts";
import { reprOf } from "../repr.ts";
import { NullType, TableValueType, TupleType } from "./special.ts";
import { String, Unicode } from "./string.ts";
import { typeLate } from "./type-late.ts";
import { Uuid } from "./uuid.ts";

export const NULLTYPE = new NullType();
export const BOOLEANTYPE = new Boolean();
export const STRINGTYPE = new String();
export const INTEGERTYPE = new Integer();
export const NUMERICTYPE = new Numeric();
export const MATCHTYPE = new MatchType();
export const TABLEVALUE = new TableValueType();

typeLate.nullType = NULLTYPE;
typeLate.booleanType = BOOLEANTYPE;
typeLate.integerType = INTEGERTYPE;
typeLate.numeric = NUMERICTYPE;
typeLate.bigInteger = new BigInteger();
typeLate.string = new String();
typeLate.unicode = new Unicode();
typeLate.datetimeTimezone = new DateTime(true);
typeLate.timeTimezone = new Time(true);

/** Kinds of values whose own class (not a subclass) has a type, and Python's name of that class. */
const TYPE_OF_KIND = new Map<Kind, readonly [pythonName: string, type: TypeEngine]>([
  ["int", ["int", new Integer()]],
  ["float", ["float", new Float()]],
  ["bool", ["bool", BOOLEANTYPE]],
  ["uuid", ["UUID", new Uuid()]],
  ["decimal", ["Decimal", new Numeric()]],
  ["date", ["date", new Date()]],
  ["datetime", ["datetime", new DateTime()]],
  ["time", ["time", new Time()]],
  ["timedelta", ["timedelta", new Interval()]],
  ["none", ["NoneType", NULLTYPE]],
  ["bytes", ["bytes", new LargeBinary()]],
  ["str", ["str", typeLate.string]],
]);

/** The type of a kind of values, as `Mapped[int]` asks; undefined where it has none. */
export function typeOfKind(kind: Kind): TypeEngine | undefined {
  return kind === "enum" ? new Enum() : TYPE_OF_KIND.get(kind)?.[1];
}

/** The type that a plain value has in SQL; NULLTYPE where nothing is known. Throws ArgumentError for SQLAlchemy's own objects. */
export function resolveValueToType(value: Value): TypeEngine {
  if (typeof value === "symbol") return NULLTYPE;
  const entry = TYPE_OF_KIND.get(host.kindOf(value));
  if (entry && (typeof value !== "object" || value === null || host.typeName(value) === entry[0]))
    return entry[1].resolveForLiteral(value);
  const own =
    typeof value === "object" && value !== null
      ? ((value as { saTypeEngine?: TypeEngine }).saTypeEngine ??
        host.getAttribute(value, "__sa_type_engine__"))
      : undefined;
  if (own !== undefined) return (own as TypeEngine).resolveForLiteral(value);
  if (late.inspect(value))
    throw new ArgumentError(`Object ${reprOf(value)} is not legal as a SQL literal value`);
  return NULLTYPE;
}
typeLate.resolveValueToType = resolveValueToType;

late.matchType = MATCHTYPE;
late.tableValueType = TABLEVALUE;
late.toInstance = toInstance;
late.tupleType = (types) => new TupleType(types);
late.makeTableValueType = (elements) => new TableValueType(elements);
late.arrayType = (item, dimensions = null) => new ARRAY(item, false, dimensions);

const standard = new WeakSet<TypeClass>();
/** Tell which classes count as SQLAlchemy's own when a type is reduced to a generic one. @internal */
export function addStandardTypes(classes: readonly TypeClass[]): void {
  for (const c of classes) standard.add(c);
}
typeLate.isStandard = (cls) => standard.has(cls);
