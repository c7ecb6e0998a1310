// The dialects beside SQLite's, for Python: a part that is loaded when a program names one (runtime/parts.ts).
import * as rooms from "../dialects/others.ts";
import * as api from "./api/dialects.ts";
import { modules } from "./api/dialect-modules.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import { attachRoom } from "./attach.ts";
import { attachedClasses } from "./class-table.ts";
import { extend } from "./define.ts";
import { bindDialect, defineBase, know } from "./know.ts";
import { attribute, SERVER_VERSION } from "./sqlalchemy/dialect-classes.ts";
import { defineModules, give } from "./modules.ts";
import { camel, toPython } from "./values.ts";

type Binary = Record<string, (other: unknown) => unknown>;

/** PostgreSQL's ranges as values: union, difference, intersection, and which lies left of the other. */
function bindRange(): void {
  const methods: Record<string, NativeMethod> = {};
  for (const name of ["add", "sub", "mul", "lshift", "rshift"])
    methods[`__${name}__`] = [
      "(self, other, /)",
      ((self: Binary, other: unknown) => toPython(self[name]!(other))) as unknown as NativeMethod[1],
    ];
  extend("sqlalchemy.dialects.postgresql.ranges.Range", { methods });
}

/** What the version of a server decides, which no server has told here: programs set it. */
function bindVersionFlags(): void {
  const flags = {
    "postgresql.base.PGDialect":
      "_supports_create_index_concurrently _supports_drop_index_concurrently _supports_jsonb_subscripting",
    "mysql.base.MySQLDialect":
      "is_mariadb _backslash_escapes _requires_alias_for_on_duplicate_key _support_default_function _support_float_cast",
    "mssql.base.MSDialect": "_supports_offset_fetch",
    "oracle.base.OracleDialect": "_supports_offset_fetch",
  };
  for (const [name, words] of Object.entries(flags))
    extend(`sqlalchemy.dialects.${name}`, {
      getters: Object.fromEntries(
        words.split(" ").map((word) => [word, attribute(camel(word.replace(/^_/, "")))]),
      ),
    });
  for (const { name, own } of [...attachedClasses()])
    if (own.includes(".server_version_info"))
      extend(name, { getters: { server_version_info: SERVER_VERSION } });
}

/** Names of types from before 0.6, by dialect. */
const EARLIER_TYPES: Readonly<Record<string, string>> = {
  postgresql: "PGBit=BIT PGCidr=CIDR PGInet=INET PGInterval=INTERVAL PGMacAddr=MACADDR PGMacAddr8=MACADDR8",
  mysql:
    "MSTime=TIME MSSet=SET MSEnum=ENUM MSLongBlob=LONGBLOB MSMediumBlob=MEDIUMBLOB MSTinyBlob=TINYBLOB MSBlob=BLOB " +
    "MSBinary=BINARY MSVarBinary=VARBINARY MSNChar=NCHAR MSNVarChar=NVARCHAR MSChar=CHAR MSString=VARCHAR " +
    "MSLongText=LONGTEXT MSMediumText=MEDIUMTEXT MSTinyText=TINYTEXT MSText=TEXT MSYear=YEAR MSTimeStamp=TIMESTAMP " +
    "MSBit=BIT MSSmallInteger=SMALLINT MSTinyInteger=TINYINT MSMediumInteger=MEDIUMINT MSBigInteger=BIGINT " +
    "MSNumeric=NUMERIC MSDecimal=DECIMAL MSDouble=DOUBLE MSReal=REAL MSFloat=FLOAT MSInteger=INTEGER",
  mssql:
    "MSReal=REAL MSTinyInteger=TINYINT MSTime=TIME MSSmallDateTime=SMALLDATETIME MSDateTime2=DATETIME2 " +
    "MSDateTimeOffset=DATETIMEOFFSET MSText=TEXT MSNText=NTEXT MSString=VARCHAR MSNVarchar=NVARCHAR MSChar=CHAR " +
    "MSNChar=NCHAR MSBinary=BINARY MSVarBinary=VARBINARY MSImage=IMAGE MSBit=BIT MSMoney=MONEY MSSmallMoney=SMALLMONEY " +
    "MSUniqueIdentifier=UNIQUEIDENTIFIER MSVariant=SQL_VARIANT",
};

/** The classes that join MariaDB's dialect with a driver are made there while the real library runs: the tables lack them. */
const MARIADB = "sqlalchemy.dialects.mysql.mariadb";

/** After bindEverything, once a realm. */
export function bindOtherDialects(): void {
  know(api);
  for (const name of ["postgresql", "mysql", "mssql", "oracle"] as const) bindDialect(name, rooms[name]);
  know({
    classes: Object.keys(rooms.drivers.driverClasses)
      .map((name) => `${MARIADB}.${name}`)
      .filter((name) => name.startsWith(`${MARIADB}.MariaDB`))
      .map((name) => [name, "", `${MARIADB}.MariaDBDialect`, []] as const),
    functions: [],
  });
  attachRoom(rooms.drivers.driverClasses, []);
  for (const [name, cls] of rooms.drivers.dialectsOfModules)
    give(`sqlalchemy.dialects.${name}`, () => toPython(cls));
  bindRange();
  bindVersionFlags();
  defineModules(modules);
  for (const name of ["postgresql", "mysql", "mssql", "oracle"] as const)
    defineBase(name, modules, EARLIER_TYPES[name]);
}
