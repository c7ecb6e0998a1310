// DefaultDialect: what dialects share. Subclasses state flags by `defaults()`, classes by getters, and override methods.
//
// StrCompileDialect is the dialect of `str(statement)`. Loading this file gives statements their default compiler.
// Behaviour: SQLAlchemy engine/default.py (DefaultDialect, StrCompileDialect).
import {
  ArgumentError,
  IdentifierError,
  NoSuchTableError,
  UnreflectableTableError,
} from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import type { Compiled, CompileOptions, TypeCompiler } from "../compiler/compiled.ts";
import type { CompilingDialect, ParamStyle } from "../compiler/compiling-dialect.ts";
import { DDLCompiler } from "../compiler/ddl.ts";
import { IdentifierPreparer } from "../compiler/identifiers.ts";
import { SENTINEL } from "../compiler/insert-many-values.ts";
import { SQLCompiler } from "../compiler/sql-compiler.ts";
import { StrSQLCompiler } from "../compiler/str-compiler.ts";
import { GenericTypeCompiler, StrSQLTypeCompiler } from "../compiler/types.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import { defaults } from "../sql/mixin.ts";
import type { ConstructArguments } from "../sql/schema/dialect-kwargs.ts";
import { adaptType, type TypeClass, type TypeEngine } from "../sql/types/engine.ts";
import type { TypeMemo } from "../sql/types/dialect-facts.ts";
import { signature, type Signature } from "../sql/types/signature.ts";
import { typeLate } from "../sql/types/type-late.ts";
import { optionsOfCall } from "./python-view.ts";
import {
  OBJECT_KIND,
  OBJECT_SCOPE,
  type ConnectArguments,
  type Dialect,
  type DialectDbapi,
  type DialectDriverConnection,
  type DialectInit,
  type DialectUrl,
  type MultiReflect,
  type MultiReflected,
  type PoolClassName,
  type Reflected,
  type ReflectionConnection,
} from "./dialect.ts";

type CompilerClass = new (
  dialect: CompilingDialect,
  statement: ClauseElement | null,
  options?: CompileOptions,
) => Compiled;
const NO_COLSPECS: ReadonlyMap<TypeClass, TypeClass> = new Map();

export class DefaultDialect implements Dialect {
  /** Which keyword arguments constructs take for this dialect; null: any. */
  static readonly constructArguments: ConstructArguments | null = null;
  static readonly signature: Signature = signature(
    "paramstyle=None, isolation_level=None, dbapi=None, implicit_returning=None, supports_native_boolean=None, max_identifier_length=None, label_length=None, " +
      "insertmanyvalues_page_size=None, use_insertmanyvalues=None, compiler_linting=0, server_side_cursors=False, skip_autocommit_rollback=False, **kwargs",
  );
  /** Name in `postgresql+psycopg2`; a class that stands for a dialect without naming a driver has none. */
  static readonly driver: string = "default";

  // flags: values on the prototype, see the end of the file
  declare readonly name: string;
  declare readonly supportsAlter: boolean;
  declare readonly supportsComments: boolean;
  declare readonly supportsConstraintComments: boolean;
  declare readonly inlineComments: boolean;
  declare readonly supportsStatementCache: boolean;
  declare readonly divIsFloordiv: boolean;
  declare readonly bindTypingRenderCasts: boolean;
  declare readonly defaultSequenceBase: number;
  declare readonly supportsSchemas: boolean;
  declare readonly supportsViews: boolean;
  declare readonly supportsSequences: boolean;
  declare readonly sequencesOptional: boolean;
  declare readonly preexecuteAutoincrementSequences: boolean;
  declare readonly supportsIdentityColumns: boolean;
  declare readonly postfetchLastrowid: boolean;
  declare readonly favorReturningOverLastrowid: boolean;
  declare readonly insertNullPkStillAutoincrements: boolean;
  /** Whether the end of a savepoint is told to the database. */
  declare readonly releasesSavepoints: boolean;
  declare insertReturning: boolean;
  declare updateReturning: boolean;
  declare deleteReturning: boolean;
  declare readonly updateReturningMultifrom: boolean;
  declare readonly deleteReturningMultifrom: boolean;
  declare readonly cteFollowsInsert: boolean;
  declare readonly supportsNativeEnum: boolean;
  declare supportsNativeBoolean: boolean;
  declare readonly supportsNativeUuid: boolean;
  declare readonly supportsNativeDecimal: boolean;
  declare readonly returnsNativeBytes: boolean;
  declare readonly nonNativeBooleanCheckConstraint: boolean;
  declare readonly supportsSimpleOrderByLabel: boolean;
  declare readonly tupleInValues: boolean;
  declare maxIdentifierLength: number;
  declare readonly maxIndexNameLength: number | null;
  declare readonly maxConstraintNameLength: number | null;
  declare readonly supportsSaneRowcount: boolean;
  declare readonly supportsSaneMultiRowcount: boolean;
  declare readonly defaultParamstyle: ParamStyle;
  declare readonly supportsDefaultValues: boolean;
  declare readonly supportsDefaultMetavalue: boolean;
  declare readonly defaultMetavalueToken: string;
  declare readonly supportsEmptyInsert: boolean;
  declare readonly supportsMultivaluesInsert: boolean;
  declare useInsertmanyvalues: boolean;
  declare readonly useInsertmanyvaluesWoReturning: boolean;
  declare readonly insertmanyvaluesImplicitSentinel: number;
  declare insertmanyvaluesPageSize: number;
  declare readonly insertmanyvaluesMaxParameters: number | null;
  declare readonly supportsIsDistinctFrom: boolean;
  declare readonly supportsServerSideCursors: boolean;
  declare readonly supportsForUpdateOf: boolean;
  declare readonly requiresNameNormalize: boolean;
  declare readonly updateExecutemanyReturning: boolean;
  declare readonly deleteExecutemanyReturning: boolean;
  declare readonly isAsync: boolean;

  protected readonly init: DialectInit;
  readonly dbapi: DialectDbapi | null;
  readonly paramstyle: ParamStyle;
  readonly positional: boolean;
  readonly identifierPreparer: IdentifierPreparer;
  readonly typeCompilerInstance: TypeCompiler;
  readonly labelLength: number | null;
  readonly compilerLinting: number;
  readonly skipAutocommitRollback: boolean;
  readonly serverSideCursors: boolean;
  readonly onConnectIsolationLevel: string | null;
  readonly jsonSerializer: Value;
  readonly jsonDeserializer: Value;
  readonly typeMemos = new WeakMap<TypeEngine, TypeMemo>();
  defaultIsolationLevel: string | null = null;
  defaultSchemaName: string | null = null;
  serverVersionInfo: readonly number[] | null = null;
  private readonly userMaxIdentifierLength: number | null;
  private booleans: readonly [string, string] | undefined;

  /** Options, or the arguments of the real class's constructor. */
  constructor(init?: DialectInit | Kwargs);
  constructor(...args: readonly unknown[]);
  constructor(...args: readonly unknown[]) {
    const init = optionsOfCall<DialectInit>(args, new.target.signature);
    this.init = init;
    if (init.serverSideCursors && !this.supportsServerSideCursors)
      throw new ArgumentError(`Dialect ${this.toString()} does not support server side cursors`);
    this.serverSideCursors = init.serverSideCursors ?? false;
    this.dbapi = init.dbapi ?? null;
    this.paramstyle =
      init.paramstyle ?? (this.dbapi?.paramstyle as ParamStyle | undefined) ?? this.defaultParamstyle;
    this.positional = ["qmark", "format", "numeric", "numeric_dollar"].includes(this.paramstyle);
    this.skipAutocommitRollback = init.skipAutocommitRollback ?? false;
    this.onConnectIsolationLevel = init.isolationLevel ?? null;
    if (init.supportsNativeBoolean != null) this.supportsNativeBoolean = init.supportsNativeBoolean;
    this.userMaxIdentifierLength = init.maxIdentifierLength || null;
    if (this.userMaxIdentifierLength) this.maxIdentifierLength = this.userMaxIdentifierLength;
    this.labelLength = init.labelLength ?? null;
    this.compilerLinting = init.compilerLinting ?? 0;
    if (init.useInsertmanyvalues != null) this.useInsertmanyvalues = init.useInsertmanyvalues;
    if (init.insertmanyvaluesPageSize != null) this.insertmanyvaluesPageSize = init.insertmanyvaluesPageSize;
    this.jsonSerializer = init.jsonSerializer ?? null;
    this.jsonDeserializer = init.jsonDeserializer ?? null;
    this.identifierPreparer = this.makePreparer();
    this.typeCompilerInstance = this.makeTypeCompiler();
  }

  // -- compiling --------------------------------------------------------------------------------

  protected get statementCompilerClass(): CompilerClass {
    return SQLCompiler;
  }
  protected get ddlCompilerClass(): CompilerClass {
    return DDLCompiler;
  }
  protected makePreparer(): IdentifierPreparer {
    return new IdentifierPreparer(this);
  }
  protected makeTypeCompiler(): TypeCompiler {
    return new GenericTypeCompiler(this);
  }

  statementCompiler(statement: ClauseElement | null, options?: CompileOptions): Compiled {
    return new this.statementCompilerClass(this, statement, options).compile();
  }

  ddlCompiler(statement: ClauseElement | null, options?: CompileOptions): Compiled {
    return new this.ddlCompilerClass(this, statement, options).compile();
  }

  get driver(): string {
    return (this.constructor as typeof DefaultDialect).driver;
  }
  get dialectDescription(): string {
    return `${this.name}+${this.driver}`;
  }
  get hasDbapi(): boolean {
    return this.dbapi !== null;
  }
  get doublePercents(): boolean {
    return this.identifierPreparer.doublePercents;
  }
  get insertExecutemanyReturning(): boolean {
    return this.insertReturning && this.useInsertmanyvalues;
  }
  get insertExecutemanyReturningSortByParameterOrder(): boolean {
    return this.insertReturning && this.useInsertmanyvalues;
  }

  /** Types of the dialect for generic ones. */
  get colspecs(): ReadonlyMap<TypeClass, TypeClass> {
    return NO_COLSPECS;
  }

  typeDescriptor(type: TypeEngine): TypeEngine {
    return adaptType(type, this.colspecs);
  }

  processType(type: TypeEngine): string {
    return this.typeCompilerInstance.process(type);
  }

  renderBoolean(value: boolean): string {
    if (!this.booleans) {
      const compiler = this.statementCompiler(null) as SQLCompiler;
      this.booleans = [compiler.visitFalse(null), compiler.visitTrue(null)];
    }
    return this.booleans[value ? 1 : 0];
  }

  /** Throws IdentifierError for a name longer than the database takes. */
  validateIdentifier(name: string): void {
    if (name.length > this.maxIdentifierLength)
      throw new IdentifierError(
        `Identifier '${name}' exceeds maximum length of ${this.maxIdentifierLength} characters`,
      );
  }

  // -- connecting -------------------------------------------------------------------------------

  /** Which pool a URL wants. */
  getPoolClass(_url: DialectUrl): PoolClassName {
    return "QueuePool";
  }

  createConnectArgs(url: DialectUrl): ConnectArguments {
    const kw: Kwargs = new Map();
    for (const [name, value] of [
      ["host", url.host],
      ["database", url.database],
      ["username", url.username],
      ["password", url.password],
      ["port", url.port],
    ] as const)
      if (value !== null) kw.set(name, value);
    for (const [name, value] of url.query) kw.set(name, value);
    return [[], kw];
  }

  onConnect(): ((connection: DialectDriverConnection) => void) | null {
    return null;
  }

  isDisconnect(_e: unknown, _connection: unknown, _cursor: unknown): boolean {
    return false;
  }

  /** Learn about the server from the first connection. Throws ArgumentError where labels would be too long for it. */
  initialize(connection: { readonly connection?: unknown }): void {
    const ask = <T>(fn: () => T): T | null => {
      try {
        return fn();
      } catch (e) {
        if (host.isError(e, "NotImplementedError")) return null;
        throw e;
      }
    };
    this.serverVersionInfo = ask(() => this.getServerVersionInfo(connection));
    this.defaultSchemaName = ask(() => this.getDefaultSchemaName(connection));
    const driverConnection = (connection as { connection?: { driverConnection?: DialectDriverConnection } })
      .connection?.driverConnection;
    this.defaultIsolationLevel = driverConnection
      ? ask(() => this.getDefaultIsolationLevel(driverConnection))
      : null;
    if (this.labelLength && this.labelLength > this.maxIdentifierLength)
      throw new ArgumentError(
        `Label length of ${this.labelLength} is greater than this dialect's maximum identifier length of ${this.maxIdentifierLength}`,
      );
  }

  protected getServerVersionInfo(_connection: unknown): readonly number[] | null {
    throw notImplemented();
  }
  protected getDefaultSchemaName(_connection: unknown): string | null {
    throw notImplemented();
  }
  getDefaultIsolationLevel(connection: DialectDriverConnection): string {
    return this.getIsolationLevel(connection);
  }
  getIsolationLevel(_connection: DialectDriverConnection): string {
    throw notImplemented();
  }
  setIsolationLevel(_connection: DialectDriverConnection, _level: string): void {
    throw notImplemented();
  }
  getIsolationLevelValues(_connection: DialectDriverConnection): readonly string[] {
    throw notImplemented();
  }
  detectAutocommitSetting(_connection: DialectDriverConnection): boolean {
    throw notImplemented();
  }

  // -- reflection: `kw` is the inspector's, with its cache under "info_cache" ----------------------

  hasTable(
    _connection: ReflectionConnection | object,
    _tableName: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): boolean {
    throw notImplemented();
  }
  hasSequence(
    _connection: ReflectionConnection | object,
    _name: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): boolean {
    throw notImplemented();
  }
  getSchemaNames(_connection: ReflectionConnection, _kw?: Kwargs): readonly string[] {
    throw notImplemented();
  }
  getTableNames(_connection: ReflectionConnection, _schema?: string | null, _kw?: Kwargs): readonly string[] {
    throw notImplemented();
  }
  getTempTableNames(_connection: ReflectionConnection, _kw?: Kwargs): readonly string[] {
    throw notImplemented();
  }
  getViewNames(_connection: ReflectionConnection, _schema?: string | null, _kw?: Kwargs): readonly string[] {
    throw notImplemented();
  }
  getTempViewNames(_connection: ReflectionConnection, _kw?: Kwargs): readonly string[] {
    throw notImplemented();
  }
  getMaterializedViewNames(
    _connection: ReflectionConnection,
    _schema?: string | null,
    _kw?: Kwargs,
  ): readonly string[] {
    throw notImplemented();
  }
  getSequenceNames(
    _connection: ReflectionConnection,
    _schema?: string | null,
    _kw?: Kwargs,
  ): readonly string[] {
    throw notImplemented();
  }
  getViewDefinition(
    _connection: ReflectionConnection,
    _name: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): string {
    throw notImplemented();
  }
  getColumns(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected[] {
    throw notImplemented();
  }
  getPkConstraint(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected {
    throw notImplemented();
  }
  getForeignKeys(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected[] {
    throw notImplemented();
  }
  getIndexes(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected[] {
    throw notImplemented();
  }
  getUniqueConstraints(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected[] {
    throw notImplemented();
  }
  getCheckConstraints(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected[] {
    throw notImplemented();
  }
  getTableOptions(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected {
    throw notImplemented();
  }
  getTableComment(
    _connection: ReflectionConnection,
    _table: string,
    _schema?: string | null,
    _kw?: Kwargs,
  ): Reflected {
    throw notImplemented();
  }

  hasIndex(
    connection: ReflectionConnection | object,
    tableName: string,
    indexName: string,
    schema: string | null = null,
    kw?: Kwargs,
  ): boolean {
    if (!this.hasTable(connection, tableName, schema, kw)) return false;
    return this.getIndexes(connection as ReflectionConnection, tableName, schema, kw).some(
      (i) => i.get("name") === indexName,
    );
  }

  hasSchema(connection: ReflectionConnection, schemaName: string, kw?: Kwargs): boolean {
    return this.getSchemaNames(connection, kw).includes(schemaName);
  }

  /** Whether a subclass has a method of its own. */
  overridesDefault(method: keyof DefaultDialect): boolean {
    return this[method] !== DefaultDialect.prototype[method];
  }

  /** The single-table method, called for every table meant. Tables that are gone are left out. */
  private multi<T>(
    single: (connection: ReflectionConnection, table: string, schema: undefined, kw: Kwargs) => T,
    connection: ReflectionConnection,
    which: MultiReflect,
    given: Kwargs,
  ): MultiReflected<T> {
    const kw = new Map(given);
    const unreflectable = kw.get("unreflectable") as Map<string, unknown> | undefined;
    kw.delete("unreflectable");
    const { kind, scope, schema } = which;
    const filter = which.filterNames?.length ? new Set(which.filterNames) : null;
    const named: Kwargs = new Map<string, Value>([["schema", schema], ...kw]);
    let names: readonly string[];
    if (filter && scope === OBJECT_SCOPE.ANY && kind === OBJECT_KIND.ANY)
      names = which.filterNames as readonly string[];
    else {
      const found: string[] = [];
      const add = (fn: () => readonly string[]): void => {
        try {
          found.push(...fn());
        } catch (e) {
          if (!host.isError(e, "NotImplementedError")) throw e;
        }
      };
      if (scope & OBJECT_SCOPE.DEFAULT) {
        if (kind & OBJECT_KIND.TABLE) add(() => this.getTableNames(connection, undefined, named));
        if (kind & OBJECT_KIND.VIEW) add(() => this.getViewNames(connection, undefined, named));
        if (kind & OBJECT_KIND.MATERIALIZED_VIEW)
          add(() => this.getMaterializedViewNames(connection, undefined, named));
      }
      if (scope & OBJECT_SCOPE.TEMPORARY) {
        if (kind & OBJECT_KIND.TABLE) add(() => this.getTempTableNames(connection, named));
        if (kind & OBJECT_KIND.VIEW) add(() => this.getTempViewNames(connection, named));
      }
      names = found;
    }
    const out: [readonly [string | null, string], T][] = [];
    for (const table of names) {
      if (filter && !filter.has(table)) continue;
      try {
        out.push([[schema, table], single.call(this, connection, table, undefined, named)]);
      } catch (e) {
        if (e instanceof UnreflectableTableError) {
          const key = `${schema ?? ""}\0${table}`;
          if (unreflectable && !unreflectable.has(key)) unreflectable.set(key, e);
        } else if (!(e instanceof NoSuchTableError)) throw e;
      }
    }
    return out;
  }

  getMultiColumns(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected[]> {
    return this.multi(this.getColumns, connection, which, kw);
  }
  getMultiPkConstraint(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected> {
    return this.multi(this.getPkConstraint, connection, which, kw);
  }
  getMultiForeignKeys(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected[]> {
    return this.multi(this.getForeignKeys, connection, which, kw);
  }
  getMultiIndexes(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected[]> {
    return this.multi(this.getIndexes, connection, which, kw);
  }
  getMultiUniqueConstraints(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected[]> {
    return this.multi(this.getUniqueConstraints, connection, which, kw);
  }
  getMultiCheckConstraints(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected[]> {
    return this.multi(this.getCheckConstraints, connection, which, kw);
  }
  getMultiTableOptions(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected> {
    return this.multi(this.getTableOptions, connection, which, kw);
  }
  getMultiTableComment(
    connection: ReflectionConnection,
    which: MultiReflect,
    kw: Kwargs = new Map(),
  ): MultiReflected<Reflected> {
    return this.multi(this.getTableComment, connection, which, kw);
  }
}
defaults(DefaultDialect, {
  name: "default",
  supportsAlter: true,
  supportsComments: false,
  supportsConstraintComments: false,
  inlineComments: false,
  supportsStatementCache: true,
  divIsFloordiv: true,
  bindTypingRenderCasts: false,
  defaultSequenceBase: 1,
  supportsSchemas: true,
  supportsViews: true,
  supportsSequences: false,
  sequencesOptional: false,
  preexecuteAutoincrementSequences: false,
  supportsIdentityColumns: false,
  postfetchLastrowid: true,
  favorReturningOverLastrowid: false,
  insertNullPkStillAutoincrements: false,
  releasesSavepoints: true,
  insertReturning: false,
  updateReturning: false,
  deleteReturning: false,
  updateReturningMultifrom: false,
  deleteReturningMultifrom: false,
  cteFollowsInsert: false,
  supportsNativeEnum: false,
  supportsNativeBoolean: false,
  supportsNativeUuid: false,
  supportsNativeDecimal: false,
  returnsNativeBytes: false,
  nonNativeBooleanCheckConstraint: true,
  supportsSimpleOrderByLabel: true,
  tupleInValues: false,
  maxIdentifierLength: 9999,
  maxIndexNameLength: null,
  maxConstraintNameLength: null,
  supportsSaneRowcount: true,
  supportsSaneMultiRowcount: true,
  defaultParamstyle: "named",
  supportsDefaultValues: false,
  supportsDefaultMetavalue: false,
  defaultMetavalueToken: "DEFAULT",
  supportsEmptyInsert: true,
  supportsMultivaluesInsert: false,
  useInsertmanyvalues: false,
  useInsertmanyvaluesWoReturning: false,
  insertmanyvaluesImplicitSentinel: SENTINEL.NOT_SUPPORTED,
  insertmanyvaluesPageSize: 1000,
  insertmanyvaluesMaxParameters: 32700,
  supportsIsDistinctFrom: true,
  supportsServerSideCursors: false,
  supportsForUpdateOf: false,
  requiresNameNormalize: false,
  updateExecutemanyReturning: false,
  deleteExecutemanyReturning: false,
  isAsync: false,
});

function notImplemented(): unknown {
  return host.error("NotImplementedError", "");
}

/** The dialect of str(): everything has some text. */
export class StrCompileDialect extends DefaultDialect {
  protected override get statementCompilerClass(): CompilerClass {
    return StrSQLCompiler;
  }
  protected override makeTypeCompiler(): TypeCompiler {
    return new StrSQLTypeCompiler(this);
  }
}
defaults(StrCompileDialect, {
  insertReturning: true,
  updateReturning: true,
  deleteReturning: true,
  supportsIdentityColumns: true,
  supportsSequences: true,
  sequencesOptional: true,
  supportsNativeBoolean: true,
  supportsMultivaluesInsert: true,
});

let stringify: StrCompileDialect | undefined;
/** The one StrCompileDialect. */
export function stringifyDialect(): StrCompileDialect {
  return (stringify ??= new StrCompileDialect());
}
typeLate.defaultDialect = stringifyDialect;
export type { DialectInit };
