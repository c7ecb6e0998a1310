// The PostgreSQL dialects: how statements are written. No driver connects from here.
//
// psycopg2 is what "postgresql" means; psycopg and asyncpg differ in which parameters they cast, asyncpg in their style.
// Behaviour: SQLAlchemy dialects/postgresql/base.py (PGDialect), psycopg2.py, psycopg.py, asyncpg.py.
import type { TypeCompiler } from "../../compiler/compiled.ts";
import type { IdentifierPreparer } from "../../compiler/identifiers.ts";
import { SENTINEL } from "../../compiler/insert-many-values.ts";
import { defaults } from "../../sql/mixin.ts";
import type { ConstructArguments } from "../../sql/schema/dialect-kwargs.ts";
import { ForeignKeyConstraint } from "../../sql/schema/foreign-key-constraint.ts";
import { Index } from "../../sql/schema/indexes.ts";
import { CheckConstraint, PrimaryKeyConstraint, UniqueConstraint } from "../../sql/schema/keys.ts";
import { Table } from "../../sql/schema/table.ts";
import { signature, type Signature, type TypeClass } from "../../sql/types/index.ts";
import { DefaultDialect } from "../default.ts";
import { inModule } from "../python-view.ts";
import { PGCompiler } from "./compiler.ts";
import { PGDDLCompiler, PGIdentifierPreparer, PGTypeCompiler } from "./ddl.ts";
import { asyncpgColspecs, colspecs, pg8000Colspecs, psycopg2Colspecs, psycopgColspecs } from "./drivers.ts";

export class PGDialect extends DefaultDialect {
  static override readonly constructArguments: ConstructArguments = [
    [
      Index,
      {
        using: false,
        include: null,
        where: null,
        ops: null,
        concurrently: false,
        with: null,
        tablespace: null,
        nulls_not_distinct: null,
      },
    ],
    [
      Table,
      {
        ignore_search_path: false,
        tablespace: null,
        partition_by: null,
        with_oids: null,
        on_commit: null,
        inherits: null,
        using: null,
      },
    ],
    [CheckConstraint, { not_valid: false }],
    [ForeignKeyConstraint, { not_valid: false }],
    [PrimaryKeyConstraint, { include: null }],
    [UniqueConstraint, { include: null, nulls_not_distinct: null }],
  ];
  static override readonly signature: Signature = signature(
    "native_inet_types=None, json_serializer=None, json_deserializer=None, **kwargs",
  );
  declare readonly supportsSmallserial: boolean;
  declare readonly supportsCreateIndexConcurrently: boolean;
  declare readonly supportsDropIndexConcurrently: boolean;
  /** `_supports_jsonb_subscripting`: PostgreSQL 14 */
  declare readonly supportsJsonbSubscripting: boolean;
  declare readonly backslashEscapes: boolean;

  protected override get statementCompilerClass(): typeof PGCompiler {
    return PGCompiler;
  }
  protected override get ddlCompilerClass(): typeof PGDDLCompiler {
    return PGDDLCompiler;
  }
  protected override makePreparer(): IdentifierPreparer {
    return new PGIdentifierPreparer(this);
  }
  protected override makeTypeCompiler(): TypeCompiler {
    return new PGTypeCompiler(this);
  }
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return colspecs;
  }
}
defaults(PGDialect, {
  name: "postgresql",
  supportsAlter: true,
  maxIdentifierLength: 63,
  bindTypingRenderCasts: true,
  supportsNativeEnum: true,
  supportsNativeBoolean: true,
  supportsNativeUuid: true,
  supportsSmallserial: true,
  supportsSequences: true,
  sequencesOptional: true,
  preexecuteAutoincrementSequences: true,
  postfetchLastrowid: false,
  useInsertmanyvalues: true,
  returnsNativeBytes: true,
  insertmanyvaluesImplicitSentinel:
    SENTINEL.ANY_AUTOINCREMENT | SENTINEL.USE_INSERT_FROM_SELECT | SENTINEL.RENDER_SELECT_COL_CASTS,
  supportsComments: true,
  supportsConstraintComments: true,
  supportsDefaultValues: true,
  supportsDefaultMetavalue: true,
  supportsEmptyInsert: false,
  supportsMultivaluesInsert: true,
  supportsIdentityColumns: true,
  defaultParamstyle: "pyformat",
  insertReturning: true,
  updateReturning: true,
  deleteReturning: true,
  updateReturningMultifrom: true,
  deleteReturningMultifrom: true,
  backslashEscapes: true,
  supportsCreateIndexConcurrently: true,
  supportsDropIndexConcurrently: true,
  supportsJsonbSubscripting: true,
});

export class PGDialectPsycopg2 extends PGDialect {
  static readonly pyName: string = "PGDialect_psycopg2";
  static override readonly driver: string = "psycopg2";
  static override readonly signature: Signature = signature(
    "executemany_mode=None, executemany_batch_page_size=None, **kwargs",
  );
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return psycopg2Colspecs;
  }
}
defaults(PGDialectPsycopg2, {
  supportsServerSideCursors: true,
  supportsSaneMultiRowcount: false,
  useInsertmanyvaluesWoReturning: true,
  returnsNativeBytes: false,
});

class PGCompilerPsycopg extends PGCompiler {
  static readonly pyName: string = "PGCompiler_psycopg";
}

export class PGDialectPsycopg extends PGDialect {
  static readonly pyName: string = "PGDialect_psycopg";
  static override readonly driver: string = "psycopg";
  static override readonly signature: Signature = signature("**kwargs");
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return psycopgColspecs;
  }
  protected override get statementCompilerClass(): typeof PGCompiler {
    return PGCompilerPsycopg;
  }
}
defaults(PGDialectPsycopg, { supportsServerSideCursors: true });

class PGCompilerAsyncpg extends PGCompiler {
  static readonly pyName: string = "PGCompiler_asyncpg";
}

export class PGDialectAsyncpg extends PGDialect {
  static readonly pyName: string = "PGDialect_asyncpg";
  static override readonly driver: string = "asyncpg";
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return asyncpgColspecs;
  }
  protected override get statementCompilerClass(): typeof PGCompiler {
    return PGCompilerAsyncpg;
  }
}
defaults(PGDialectAsyncpg, {
  supportsServerSideCursors: true,
  supportsSaneMultiRowcount: false,
  defaultParamstyle: "numeric_dollar",
  isAsync: true,
});

class PGCompilerPg8000 extends PGCompiler {
  static readonly pyName: string = "PGCompiler_pg8000";
}

export class PGDialectPg8000 extends PGDialect {
  static readonly pyName: string = "PGDialect_pg8000";
  static override readonly driver: string = "pg8000";
  static override readonly signature: Signature = signature("client_encoding=None, **kwargs");
  override get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return pg8000Colspecs;
  }
  protected override get statementCompilerClass(): typeof PGCompiler {
    return PGCompilerPg8000;
  }
}
defaults(PGDialectPg8000, {
  supportsServerSideCursors: true,
  supportsSaneMultiRowcount: true,
  defaultParamstyle: "format",
});
inModule("sqlalchemy.dialects.postgresql.base", [
  PGDialect,
  PGCompiler,
  PGDDLCompiler,
  PGTypeCompiler,
  PGIdentifierPreparer,
]);
inModule("sqlalchemy.dialects.postgresql.psycopg2", [PGDialectPsycopg2]);
inModule("sqlalchemy.dialects.postgresql.psycopg", [PGDialectPsycopg, PGCompilerPsycopg]);
inModule("sqlalchemy.dialects.postgresql.asyncpg", [PGDialectAsyncpg, PGCompilerAsyncpg]);
inModule("sqlalchemy.dialects.postgresql.pg8000", [PGDialectPg8000, PGCompilerPg8000]);
