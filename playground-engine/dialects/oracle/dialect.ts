// The Oracle dialects: how statements are written. No driver connects from here.
// Behaviour: SQLAlchemy dialects/oracle/base.py (OracleDialect), cx_oracle.py, oracledb.py.
import { warnDeprecated } from "../../errors/index.ts";
import type { TypeCompiler } from "../../compiler/compiled.ts";
import type { IdentifierPreparer } from "../../compiler/identifiers.ts";
import type { Kwargs } from "../../util/host.ts";
import { defaults } from "../../sql/mixin.ts";
import type { ConstructArguments } from "../../sql/schema/dialect-kwargs.ts";
import { Index } from "../../sql/schema/indexes.ts";
import { Table } from "../../sql/schema/table.ts";
import { CompoundSelect } from "../../sql/selectable/compound.ts";
import { Select } from "../../sql/selectable/select.ts";
import { signature, type Signature, type TypeClass } from "../../sql/types/index.ts";
import { DefaultDialect } from "../default.ts";
import type { DialectInit } from "../dialect.ts";
import { inModule } from "../python-view.ts";
import { OracleCompiler } from "./compiler.ts";
import { OracleDDLCompiler, OracleIdentifierPreparer, OracleTypeCompiler } from "./ddl.ts";
import { colspecs } from "./types.ts";

export class OracleDialect extends DefaultDialect {
  static readonly pyName: string = "OracleDialect";
  static override readonly signature: Signature = signature(
    "use_ansi=True, optimize_limits=False, use_binds_for_limits=None, use_nchar_for_unicode=False, exclude_tablespaces=None, enable_offset_fetch=True, **kwargs",
  );
  static override readonly constructArguments: ConstructArguments = [
    [Table, { resolve_synonyms: false, on_commit: null, compress: false, tablespace: null }],
    [Index, { bitmap: false, compress: false }],
    [Select, { fetch_approximate: false }],
    [CompoundSelect, { fetch_approximate: false }],
  ];
  /** false: joins as conditions in WHERE. */
  readonly useAnsi: boolean;
  readonly optimizeLimits: boolean;
  readonly useNcharForUnicode: boolean;
  /** false: ROWNUM instead of FETCH FIRST. */
  readonly supportsOffsetFetch: boolean;

  constructor(init?: DialectInit | Kwargs);
  constructor(...args: readonly unknown[]);
  constructor(...args: readonly unknown[]) {
    super(...args);
    const { init } = this;
    if (init["useBindsForLimits"] != null)
      warnDeprecated(
        "The ``use_binds_for_limits`` Oracle Database dialect parameter is deprecated. The dialect now renders LIMIT / OFFSET integers inline in all cases using a post-compilation hook, so that the value is still represented by a 'bound parameter' on the Core Expression side.",
      );
    this.useAnsi = init["useAnsi"] !== false;
    this.optimizeLimits = init["optimizeLimits"] === true;
    this.useNcharForUnicode = init["useNcharForUnicode"] === true;
    this.supportsOffsetFetch = init["enableOffsetFetch"] !== false;
  }

  protected override get statementCompilerClass(): typeof OracleCompiler {
    return OracleCompiler;
  }
  protected override get ddlCompilerClass(): typeof OracleDDLCompiler {
    return OracleDDLCompiler;
  }
  protected override makePreparer(): IdentifierPreparer {
    return new OracleIdentifierPreparer(this);
  }
  protected override makeTypeCompiler(): TypeCompiler {
    return new OracleTypeCompiler(this);
  }
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return colspecs;
  }

  override get insertExecutemanyReturning(): boolean {
    return true;
  }
  override get insertExecutemanyReturningSortByParameterOrder(): boolean {
    return true;
  }
  get supportsUpdateReturningComputedCols(): boolean {
    return (this.serverVersionInfo?.[0] ?? 0) >= 18;
  }
}
defaults(OracleDialect, {
  name: "oracle",
  maxIdentifierLength: 128,
  releasesSavepoints: false,
  insertReturning: true,
  updateReturning: true,
  deleteReturning: true,
  divIsFloordiv: false,
  supportsSimpleOrderByLabel: false,
  cteFollowsInsert: true,
  returnsNativeBytes: true,
  supportsSequences: true,
  sequencesOptional: false,
  postfetchLastrowid: false,
  defaultParamstyle: "named",
  requiresNameNormalize: true,
  supportsComments: true,
  supportsDefaultValues: false,
  supportsDefaultMetavalue: true,
  supportsEmptyInsert: false,
  supportsIdentityColumns: true,
  updateExecutemanyReturning: true,
  deleteExecutemanyReturning: true,
});

export class OracleDialectCxOracle extends OracleDialect {
  static override readonly pyName: string = "OracleDialect_cx_oracle";
  static override readonly driver: string = "cx_oracle";
  static override readonly signature: Signature = signature(
    "auto_convert_lobs=True, coerce_to_decimal=True, arraysize=None, encoding_errors=None, threaded=None, **kwargs",
  );
}

export class OracleDialectOracledb extends OracleDialectCxOracle {
  static override readonly pyName: string = "OracleDialect_oracledb";
  static override readonly driver: string = "oracledb";
  static override readonly signature: Signature = signature(
    "auto_convert_lobs=True, coerce_to_decimal=True, arraysize=None, encoding_errors=None, thick_mode=None, **kwargs",
  );
}
inModule("sqlalchemy.dialects.oracle.base", [
  OracleDialect,
  OracleDDLCompiler,
  OracleTypeCompiler,
  OracleIdentifierPreparer,
]);
Object.defineProperty(OracleCompiler, "pyName", { value: "OracleCompiler_cx_oracle" });
inModule("sqlalchemy.dialects.oracle.cx_oracle", [OracleDialectCxOracle, OracleCompiler]);
inModule("sqlalchemy.dialects.oracle.oracledb", [OracleDialectOracledb]);
