// The MySQL and MariaDB dialects: how statements are written. No driver connects from here.
//
// "mysql" means mysqldb; pymysql differs in nothing that is written. MariaDB is MySQL under another name with a few other rules.
// Behaviour: SQLAlchemy dialects/mysql/base.py (MySQLDialect), mysqldb.py, pymysql.py, mariadb.py.
import type { TypeCompiler } from "../../compiler/compiled.ts";
import type { IdentifierPreparer } from "../../compiler/identifiers.ts";
import { InvalidRequestError } from "../../errors/index.ts";
import { SENTINEL } from "../../compiler/insert-many-values.ts";
import { Delete, Update } from "../../sql/dml.ts";
import { defaults } from "../../sql/mixin.ts";
import type { ConstructArguments } from "../../sql/schema/dialect-kwargs.ts";
import { Index } from "../../sql/schema/indexes.ts";
import { PrimaryKeyConstraint } from "../../sql/schema/keys.ts";
import { Table } from "../../sql/schema/table.ts";
import { signature, type Signature, type TypeClass } from "../../sql/types/index.ts";
import type { Kwargs } from "../../util/host.ts";
import { DefaultDialect } from "../default.ts";
import type { DialectInit } from "../dialect.ts";
import { inModule } from "../python-view.ts";
import { MySQLCompiler } from "./compiler.ts";
import {
  MariaDBIdentifierPreparer,
  MariaDBTypeCompiler,
  MySQLDDLCompiler,
  MySQLIdentifierPreparer,
  MySQLTypeCompiler,
} from "./ddl.ts";
import { colspecs } from "./types.ts";

/** Whether a server has that version; false before one was seen. */
function isAtLeast(version: readonly number[] | null, wanted: readonly number[]): boolean {
  if (!version) return false;
  for (const [i, n] of wanted.entries()) if (version[i] !== n) return (version[i] ?? -1) > n;
  return true;
}

export class MySQLDialect extends DefaultDialect {
  static override readonly constructArguments: ConstructArguments = [
    [Table, { "*": null }],
    [Update, { limit: null }],
    [Delete, { limit: null }],
    [PrimaryKeyConstraint, { using: null }],
    [Index, { using: null, length: null, prefix: null, with_parser: null }],
  ];
  static override readonly signature: Signature = signature(
    "json_serializer=None, json_deserializer=None, is_mariadb=None, **kwargs",
  );
  declare isMariadb: boolean;
  declare readonly backslashEscapes: boolean;
  declare readonly useMysqlForShare: boolean;
  /** `_requires_alias_for_on_duplicate_key`: MySQL 8.0.20 */
  declare readonly requiresAliasForOnDuplicateKey: boolean;

  constructor(init?: DialectInit | Kwargs);
  constructor(...args: readonly unknown[]);
  constructor(...args: readonly unknown[]) {
    super(...args);
    const wanted = this.init["isMariadb"];
    if (wanted == null) return;
    if (wanted !== true && this.isMariadb)
      throw new InvalidRequestError("MySQL version  is not a MariaDB variant.");
    this.isMariadb = wanted === true;
    if (wanted === true) Object.assign(this, { insertReturning: true, deleteReturning: true });
  }

  protected override get statementCompilerClass(): typeof MySQLCompiler {
    return MySQLCompiler;
  }
  protected override get ddlCompilerClass(): typeof MySQLDDLCompiler {
    return MySQLDDLCompiler;
  }
  protected override makePreparer(): IdentifierPreparer {
    return this.init["isMariadb"] === true
      ? new MariaDBIdentifierPreparer(this)
      : new MySQLIdentifierPreparer(this);
  }
  protected override makeTypeCompiler(): TypeCompiler {
    return new MySQLTypeCompiler(this);
  }
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return colspecs;
  }

  get supportFloatCast(): boolean {
    return isAtLeast(this.serverVersionInfo, this.isMariadb ? [10, 4, 5] : [8, 0, 17]);
  }
  get supportDefaultFunction(): boolean {
    return isAtLeast(this.serverVersionInfo, this.isMariadb ? [10, 2, 1] : [8, 0, 13]);
  }
}
defaults(MySQLDialect, {
  name: "mysql",
  supportsNativeBoolean: false,
  maxIdentifierLength: 255,
  maxIndexNameLength: 64,
  maxConstraintNameLength: 64,
  divIsFloordiv: false,
  supportsNativeEnum: true,
  returnsNativeBytes: true,
  supportsNativeDecimal: true,
  supportsSequences: false,
  sequencesOptional: false,
  supportsForUpdateOf: false,
  supportsDefaultValues: false,
  supportsDefaultMetavalue: true,
  useInsertmanyvalues: true,
  insertmanyvaluesImplicitSentinel: SENTINEL.ANY_AUTOINCREMENT,
  supportsMultivaluesInsert: true,
  insertNullPkStillAutoincrements: true,
  supportsComments: true,
  inlineComments: true,
  defaultParamstyle: "format",
  cteFollowsInsert: true,
  isMariadb: false,
  backslashEscapes: true,
  useMysqlForShare: false,
  requiresAliasForOnDuplicateKey: false,
});

export class MySQLDialectMysqldb extends MySQLDialect {
  static readonly pyName: string = "MySQLDialect_mysqldb";
  static override readonly driver: string = "mysqldb";
  static override readonly signature: Signature = signature("**kwargs");
}

export class MySQLDialectPymysql extends MySQLDialectMysqldb {
  static override readonly pyName: string = "MySQLDialect_pymysql";
  static override readonly driver: string = "pymysql";
}

export class MariaDBDialect extends MySQLDialect {
  protected override makePreparer(): IdentifierPreparer {
    return new MariaDBIdentifierPreparer(this);
  }
  protected override makeTypeCompiler(): TypeCompiler {
    return new MariaDBTypeCompiler(this);
  }
}
defaults(MariaDBDialect, { name: "mariadb", isMariadb: true });

inModule("sqlalchemy.dialects.mysql.base", [
  MySQLDialect,
  MySQLDDLCompiler,
  MySQLTypeCompiler,
  MySQLIdentifierPreparer,
  MariaDBIdentifierPreparer,
]);
inModule("sqlalchemy.dialects.mysql.mariadb", [MariaDBDialect, MariaDBTypeCompiler]);
// Every driver here takes parameters as mysqldb does, and has its compiler.
Object.defineProperty(MySQLCompiler, "pyName", { value: "MySQLCompiler_mysqldb" });
inModule("sqlalchemy.dialects.mysql.mysqldb", [MySQLDialectMysqldb, MySQLCompiler]);
inModule("sqlalchemy.dialects.mysql.pymysql", [MySQLDialectPymysql]);
