// Which types a driver wants, and which of them it wants to see named: `%(x)s::INTEGER`.
// Behaviour: SQLAlchemy dialects/postgresql/psycopg2.py, psycopg.py, asyncpg.py, _psycopg_common.py.
import * as t from "../../sql/types/index.ts";
import type { BindProcessor, ResultProcessor, TypeClass } from "../../sql/types/index.ts";
import type { Kwargs } from "../../util/host.ts";
import { ARRAY } from "./array.ts";
import { HSTORE } from "./hstore.ts";
import { JSON, JSONB, JSONPATH, JSONPathType } from "./json.ts";
import { ENUM } from "./named-types.ts";
import { BIT, BYTEA, CITEXT, INTERVAL, OID, PGUuid, REGCLASS, REGCONFIG } from "./types.ts";

type Constructable = (new (...args: never[]) => t.TypeEngine) & TypeClass;

/** The class, as one whose values are cast. */
function cast(cls: unknown, visitName?: string): TypeClass {
  const base = cls as Constructable;
  const made = class extends (base as new (...args: never[]) => t.TypeEngine) {
    override get renderBindCast(): boolean {
      return true;
    }
  };
  Object.defineProperty(made, "name", { value: base.name });
  if (visitName) Object.defineProperty(made, "visitName", { value: visitName });
  return made as unknown as TypeClass;
}

/** The driver gives numbers in their own types. */
class NativeNumeric extends t.Numeric {
  override bindProcessor(): BindProcessor | null {
    return null;
  }
  override resultProcessor(): ResultProcessor | null {
    return null;
  }
}
class NativeFloat extends t.Float {
  override bindProcessor(): BindProcessor | null {
    return null;
  }
  override resultProcessor(): ResultProcessor | null {
    return null;
  }
}
class NativeHStore extends HSTORE {
  override bindProcessor(): BindProcessor | null {
    return null;
  }
  override resultProcessor(): ResultProcessor | null {
    return null;
  }
}
class NativeJSON extends JSON {
  override resultProcessor(): ResultProcessor | null {
    return null;
  }
}
class NativeJSONB extends JSONB {
  override resultProcessor(): ResultProcessor | null {
    return null;
  }
}
class CastInterval extends INTERVAL {
  override get renderBindCast(): boolean {
    return true;
  }
  static override adaptEmulatedToNative(interval: t.TypeEngine, _kwargs: Kwargs): t.TypeEngine {
    return new CastInterval((interval as t.Interval).secondPrecision);
  }
}

type Colspecs = ReadonlyMap<TypeClass, TypeClass>;
const specs = (base: Colspecs, entries: readonly (readonly [unknown, unknown])[]): Colspecs =>
  new Map([...base, ...(entries as readonly (readonly [TypeClass, TypeClass])[])]);

export const colspecs: Colspecs = specs(new Map(), [
  [t.ARRAY, ARRAY],
  [t.Interval, INTERVAL],
  [t.Enum, ENUM],
  [t.JSONPathType, JSONPATH],
  [t.JSON, JSON],
  [t.Uuid, PGUuid],
]);

const psycopgCommon: Colspecs = specs(colspecs, [
  [t.Numeric, NativeNumeric],
  [t.Float, NativeFloat],
  [HSTORE, NativeHStore],
  [t.ARRAY, cast(ARRAY)],
]);

export const psycopg2Colspecs: Colspecs = specs(psycopgCommon, [
  [JSON, NativeJSON],
  [t.JSON, NativeJSON],
  [JSONB, NativeJSONB],
]);

export const psycopgColspecs: Colspecs = specs(psycopgCommon, [
  [t.String, cast(t.String)],
  [REGCONFIG, cast(REGCONFIG)],
  [JSON, NativeJSON],
  [CITEXT, CITEXT],
  [t.JSON, NativeJSON],
  [JSONB, NativeJSONB],
  [t.JSONPathType, JSONPathType],
  [t.JSONIntIndexType, cast(t.JSONIntIndexType, "json_int_index")],
  [t.JSONStrIndexType, cast(t.JSONStrIndexType, "json_str_index")],
  [t.Interval, CastInterval],
  [INTERVAL, CastInterval],
  [t.Date, cast(t.Date)],
  [t.DateTime, cast(t.DateTime)],
  [t.Time, cast(t.Time)],
  [t.Integer, cast(t.Integer)],
  [t.SmallInteger, cast(t.SmallInteger)],
  [t.BigInteger, cast(t.BigInteger)],
]);

export const asyncpgColspecs: Colspecs = specs(colspecs, [
  [t.String, cast(t.String)],
  [t.ARRAY, cast(ARRAY)],
  [BIT, cast(BIT)],
  [CITEXT, CITEXT],
  [REGCONFIG, cast(REGCONFIG)],
  [t.Time, cast(t.Time)],
  [t.Date, cast(t.Date)],
  [t.DateTime, cast(t.DateTime)],
  [t.Interval, CastInterval],
  [INTERVAL, CastInterval],
  [t.Boolean, cast(t.Boolean)],
  [t.Integer, cast(t.Integer)],
  [t.SmallInteger, cast(t.SmallInteger)],
  [t.BigInteger, cast(t.BigInteger)],
  [t.Numeric, cast(NativeNumeric)],
  [t.Float, cast(NativeFloat)],
  [t.JSON, NativeJSON],
  [t.LargeBinary, cast(BYTEA)],
  [JSONB, NativeJSONB],
  [t.JSONPathType, JSONPathType],
  [t.JSONIndexType, t.JSONIndexType],
  [t.JSONIntIndexType, cast(t.JSONIntIndexType, "json_int_index")],
  [t.JSONStrIndexType, cast(t.JSONStrIndexType, "json_str_index")],
  [t.Enum, cast(ENUM)],
  [OID, cast(OID)],
  [REGCLASS, cast(REGCLASS)],
  [t.CHAR, cast(t.CHAR)],
]);

/** pg8000 casts what asyncpg does, but for enums, binary data and object names. */
export const pg8000Colspecs: Colspecs = specs(colspecs, [
  ...[...asyncpgColspecs].filter(
    ([type]) =>
      !([t.Enum, BIT, OID, REGCLASS, REGCONFIG, t.LargeBinary, t.CHAR] as readonly unknown[]).includes(type),
  ),
]);
