// The SQL Server dialects: how statements are written. No driver connects from here.
// Behaviour: SQLAlchemy dialects/mssql/base.py (MSDialect), pyodbc.py, pymssql.py.
import type { TypeCompiler } from "../../compiler/compiled.ts";
import type { IdentifierPreparer } from "../../compiler/identifiers.ts";
import { SENTINEL } from "../../compiler/insert-many-values.ts";
import type { Kwargs } from "../../util/host.ts";
import { defaults } from "../../sql/mixin.ts";
import { Column } from "../../sql/schema/column.ts";
import type { ConstructArguments } from "../../sql/schema/dialect-kwargs.ts";
import { Index } from "../../sql/schema/indexes.ts";
import { PrimaryKeyConstraint, UniqueConstraint } from "../../sql/schema/keys.ts";
import { signature, type Signature, type TypeClass } from "../../sql/types/index.ts";
import { DefaultDialect } from "../default.ts";
import type { DialectInit } from "../dialect.ts";
import { inModule } from "../python-view.ts";
import { MSSQLCompiler, MSSQLStrictCompiler } from "./compiler.ts";
import { MSDDLCompiler, MSIdentifierPreparer, MSTypeCompiler } from "./ddl.ts";
import { colspecs } from "./types.ts";

export class MSDialect extends DefaultDialect {
  static override readonly signature: Signature = signature(
    "query_timeout=None, use_scope_identity=True, schema_name='dbo', deprecate_large_types=None, supports_comments=None, json_serializer=None, " +
      "json_deserializer=None, legacy_schema_aliasing=None, ignore_no_transaction_on_rollback=False, **opts",
  );
  static override readonly constructArguments: ConstructArguments = [
    [PrimaryKeyConstraint, { clustered: null }],
    [UniqueConstraint, { clustered: null }],
    [Index, { clustered: null, include: null, where: null, columnstore: null }],
    [Column, { identity_start: null, identity_increment: null }],
  ];
  /** VARCHAR(max) for TEXT; null until a server has told its version. */
  readonly deprecateLargeTypes: boolean | null;
  /** `_supports_offset_fetch`: SQL Server 2012 */
  declare readonly supportsOffsetFetch: boolean;

  constructor(init?: DialectInit | Kwargs);
  constructor(...args: readonly unknown[]);
  constructor(...args: readonly unknown[]) {
    super(...args);
    this.deprecateLargeTypes = (this.init["deprecateLargeTypes"] ?? null) as boolean | null;
  }

  protected override get statementCompilerClass(): typeof MSSQLCompiler {
    return MSSQLCompiler;
  }
  protected override get ddlCompilerClass(): typeof MSDDLCompiler {
    return MSDDLCompiler;
  }
  protected override makePreparer(): IdentifierPreparer {
    return new MSIdentifierPreparer(this);
  }
  protected override makeTypeCompiler(): TypeCompiler {
    return new MSTypeCompiler(this);
  }
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return colspecs;
  }
}
defaults(MSDialect, {
  name: "mssql",
  supportsDefaultValues: true,
  supportsEmptyInsert: false,
  favorReturningOverLastrowid: true,
  returnsNativeBytes: true,
  supportsComments: true,
  maxIdentifierLength: 128,
  releasesSavepoints: false,
  insertReturning: true,
  updateReturning: true,
  deleteReturning: true,
  updateReturningMultifrom: true,
  deleteReturningMultifrom: true,
  supportsSequences: true,
  sequencesOptional: true,
  supportsNativeBoolean: false,
  nonNativeBooleanCheckConstraint: false,
  supportsMultivaluesInsert: true,
  useInsertmanyvalues: true,
  useInsertmanyvaluesWoReturning: true,
  insertmanyvaluesImplicitSentinel:
    SENTINEL.AUTOINCREMENT | SENTINEL.IDENTITY | SENTINEL.USE_INSERT_FROM_SELECT,
  insertmanyvaluesMaxParameters: 2099,
  supportsOffsetFetch: false,
  supportsNativeDecimal: true,
  supportsSaneMultiRowcount: false,
  defaultParamstyle: "named",
});

export class MSDialectPyodbc extends MSDialect {
  static readonly pyName: string = "MSDialect_pyodbc";
  static override readonly driver: string = "pyodbc";
  static override readonly signature: Signature = signature(
    "fast_executemany=False, use_setinputsizes=True, **params",
  );
}

/** pymssql wants no doubled percent signs. */
class PymssqlPreparer extends MSIdentifierPreparer {
  constructor(dialect: ConstructorParameters<typeof MSIdentifierPreparer>[0]) {
    super(dialect);
    this.doublePercents = false;
  }
}

export class MSDialectPymssql extends MSDialect {
  static readonly pyName: string = "MSDialect_pymssql";
  static override readonly driver: string = "pymssql";
  protected override makePreparer(): IdentifierPreparer {
    return new PymssqlPreparer(this);
  }
}
defaults(MSDialectPymssql, {
  supportsNativeUuid: true,
  supportsSaneMultiRowcount: true,
  useInsertmanyvaluesWoReturning: true,
});

inModule("sqlalchemy.dialects.mssql.base", [
  MSDialect,
  MSSQLCompiler,
  MSSQLStrictCompiler,
  MSDDLCompiler,
  MSTypeCompiler,
  MSIdentifierPreparer,
]);
inModule("sqlalchemy.dialects.mssql.pyodbc", [MSDialectPyodbc]);
inModule("sqlalchemy.dialects.mssql.pymssql", [MSDialectPymssql]);
