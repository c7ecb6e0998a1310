// A run of migrations against one database, or into a file of SQL: transactions, the version table, the order of things.
//
// Behaviour: alembic.runtime.migration. Where DDL is not transactional, each revision is committed on its own.
import { inspectEngine, MockConnection, Engine, makeUrl } from "../../engine/index.ts";
import { offlineDialect } from "../../engine/dialect-lookup.ts";
import { literalColumn, select } from "../../sql/index.ts";
import type { Table } from "../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { type Bind, DefaultImpl, implFor } from "../ddl/impl.ts";
import { invoke } from "../dispatch.ts";
import { CommandError } from "../errors.ts";
import type { ScriptDirectory } from "../script/script-directory.ts";
import { names } from "../script/revision.ts";
import type { EnvironmentContext } from "./environment.ts";
import { HeadMaintainer, type Step, type VersionWriter } from "./steps.ts";

interface Transaction {
  commit(): void;
  rollback(): void;
  exit(type: Value, value: Value, traceback: Value): unknown;
}
interface LiveConnection extends Bind {
  inTransaction(): boolean;
  getTransaction(): Transaction | null;
  begin(): Transaction;
  getIsolationLevel?(): string;
}

const LOG = "alembic.runtime.migration";

class OfflineConnection extends MockConnection {
  sink: (statement: Value) => void = () => undefined;
  override execute(statement: Value): Value {
    this.sink(statement);
    return null;
  }
}

/** `with`: nothing, or the transaction of a revision. */
export class Scope {
  private readonly leave: (type: Value, value: Value, traceback: Value) => void;
  constructor(leave: (type: Value, value: Value, traceback: Value) => void = () => undefined) {
    this.leave = leave;
  }
  enter(): this {
    return this;
  }
  exit(type: Value, value: Value, traceback: Value): void {
    this.leave(type, value, traceback);
  }
  /** @internal */
  around(action: () => void): void {
    try {
      action();
    } catch (e) {
      this.leave(e, e, null);
      throw e;
    }
    this.leave(null, null, null);
  }
}

/** The transaction of a run, which a program may end itself before the `with` does. */
export class ProxyTransaction extends Scope {
  private readonly context: MigrationContext;
  constructor(context: MigrationContext) {
    super((type, value, traceback) => void this.take()?.exit(type, value, traceback));
    this.context = context;
  }
  private take(): Transaction | null {
    const { transaction } = this.context;
    this.context.transaction = null;
    return transaction;
  }
  private started(): Transaction {
    return this.take() ?? raiseAssertion();
  }
  rollback(): void {
    this.started().rollback();
  }
  commit(): void {
    this.started().commit();
  }
}
function raiseAssertion(): never {
  throw host.error("AssertionError", "");
}

export class MigrationContext implements VersionWriter {
  readonly environmentContext: EnvironmentContext | null;
  readonly opts: Map<string, Value>;
  readonly dialect: DefaultImpl["dialect"];
  readonly script: ScriptDirectory | null;
  connection: Bind | null;
  readonly asSql: boolean;
  readonly impl: DefaultImpl;
  readonly versionTable: string;
  readonly versionTableSchema: string | null;
  readonly purge: boolean;
  private readonly external: boolean;
  /** @internal */
  transaction: Transaction | null = null;
  /** @internal the version table */
  readonly version: Table;

  constructor(
    dialect: DefaultImpl["dialect"],
    connection: Bind | null,
    opts: Map<string, Value>,
    environmentContext: EnvironmentContext | null = null,
  ) {
    this.environmentContext = environmentContext;
    this.opts = opts;
    this.dialect = dialect;
    this.script = (opts.get("script") as ScriptDirectory | undefined) ?? null;
    this.asSql = host.isTrue(opts.get("as_sql") ?? false);
    this.purge = host.isTrue(opts.get("purge") ?? false);
    const offline = this.asSql ? new OfflineConnection(dialect as never, null) : null;
    this.connection = offline ? (offline as unknown as Bind) : connection;
    this.external =
      !offline && connection !== null && (connection as Partial<LiveConnection>).inTransaction?.() === true;
    this.versionTable = (opts.get("version_table") as string | undefined) ?? "alembic_version";
    this.versionTableSchema = (opts.get("version_table_schema") as string | undefined) ?? null;
    const Impl = implFor(dialect.name);
    this.impl = new Impl(
      dialect,
      this.connection,
      this.asSql,
      (opts.get("transactional_ddl") as boolean | undefined) ?? null,
      opts.get("output_buffer") ?? null,
      opts,
    );
    if (offline) offline.sink = (s) => void this.impl.run(s);
    this.version = this.impl.versionTableImpl({
      versionTable: this.versionTable,
      versionTableSchema: this.versionTableSchema,
      versionTablePk: host.isTrue(opts.get("version_table_pk") ?? true),
    });
    this.log(`Context impl ${Impl.name}.`);
    if (this.asSql) this.log("Generating static SQL");
    this.log(`Will assume ${this.impl.transactionalDdl ? "transactional" : "non-transactional"} DDL.`);
  }

  private log(message: string): void {
    host.logger(LOG).log(20, message.replaceAll("%", "%%"));
  }

  static configure(
    connection: Value = null,
    url: Value = null,
    dialectName: string | null = null,
    dialect: Value = null,
    environmentContext: EnvironmentContext | null = null,
    dialectOpts: Value = null,
    opts: Value = null,
  ): MigrationContext {
    const all =
      opts instanceof Map && host.kindOf(opts) !== "dict"
        ? (opts as Map<string, Value>)
        : new Map([...(opts === null ? [] : host.entries(opts)!)].map(([k, v]) => [k as string, v]));
    if (connection !== null) {
      if (connection instanceof Engine)
        throw new CommandError(
          `'connection' argument to configure() is expected to be a sqlalchemy.engine.Connection instance, got ${host.repr(connection)}`,
        );
      return new MigrationContext((connection as Bind).dialect, connection as Bind, all, environmentContext);
    }
    const kwargs = new Map(
      [...(dialectOpts === null ? [] : host.entries(dialectOpts)!)].map(
        ([k, v]) => [k as string, v] as const,
      ),
    );
    const from = url !== null && url !== "" ? url : dialectName !== null ? `${dialectName}://` : null;
    if (from !== null)
      return new MigrationContext(
        offlineDialect(makeUrl(from), kwargs) as never,
        null,
        all,
        environmentContext,
      );
    if (dialect === null) throw host.error("Exception", "Connection, url, or dialect_name is required.");
    return new MigrationContext(dialect as never, null, all, environmentContext);
  }

  get bind(): Value {
    return this.connection;
  }
  get config(): Value {
    return this.environmentContext?.config ?? null;
  }
  get transactionalDdl(): Value {
    return this.opts.get("transactional_ddl") ?? null;
  }
  get outputBuffer(): Value {
    return this.opts.get("output_buffer") ?? null;
  }

  beginTransaction(perMigration = false): Scope {
    if (this.external) return new Scope();
    const now = this.impl.transactionalDdl
      ? perMigration === host.isTrue(this.opts.get("transaction_per_migration") ?? false)
      : perMigration;
    if (!now) return new Scope();
    if (this.asSql) {
      if (!this.impl.transactionalDdl) return new Scope();
      this.impl.emitBegin();
      return new Scope((type) => {
        if (type === null) this.impl.emitCommit();
      });
    }
    if (!this.impl.transactionalDdl && this.transaction) return new Scope();
    const live = this.connection as LiveConnection;
    this.transaction = live.getTransaction() ?? live.begin();
    return new ProxyTransaction(this);
  }

  autocommitBlock(): Scope {
    const inside = !this.asSql && (this.connection as LiveConnection).inTransaction();
    if (this.impl.transactionalDdl && this.asSql) this.impl.emitCommit();
    else if (inside) {
      this.transaction?.commit();
      this.transaction = null;
    }
    const base = this.connection as LiveConnection;
    let level: string | undefined;
    let fake: Transaction | undefined;
    if (!this.asSql) {
      level = base.getIsolationLevel?.();
      this.connection = this.impl.connection = base.executionOptions(
        new Map([["isolation_level", "AUTOCOMMIT"]]),
      );
      fake = (this.connection as LiveConnection).begin();
    }
    return new Scope(() => {
      if (!this.asSql) {
        fake?.commit();
        if (level !== undefined) this.connection!.executionOptions(new Map([["isolation_level", level]]));
        this.connection = this.impl.connection = base;
      }
      if (this.impl.transactionalDdl && this.asSql) this.impl.emitBegin();
      else if (inside) this.transaction = base.begin();
    });
  }

  /** @internal Within a transaction: the one there is, or one of its own. */
  inScopeForDdl(action: () => void): void {
    const live = this.connection as LiveConnection | null;
    if (this.asSql || live === null || (live as Partial<LiveConnection>).inTransaction?.() !== false)
      action();
    else {
      const t = live.begin();
      new Scope((type, value, traceback) => void t.exit(type, value, traceback)).around(action);
    }
  }
  /** @internal */
  currentHeads(): string[] {
    const start = this.opts.get("starting_rev") ?? null;
    if (this.asSql) {
      if (start === "base" || start === null) return [];
      return this.script
        ? names(start)
            .filter((s) => s !== "base")
            .map((s) => {
              const at = this.script!.getRevision(s);
              if (!at) throw host.noAttribute(null, "revision");
              return at.revision;
            })
        : names(start);
    }
    if (start !== null)
      throw new CommandError("Can't specify current_rev to context when using a database connection");
    if (!this.hasVersionTable()) return [];
    const rows = this.connection!.execute(select([this.version.c.get("version_num")])) as unknown as {
      all(): { get(i: number): string }[];
    };
    return rows.all().map((r) => r.get(0));
  }
  getCurrentHeads(): Value {
    return host.makeTuple(this.currentHeads());
  }
  getCurrentRevision(): string | null {
    const heads = this.currentHeads();
    if (heads.length > 1)
      throw new CommandError(
        `Version table '${this.versionTable}' has more than one head present; please use get_current_heads()`,
      );
    return heads[0] ?? null;
  }
  /** @internal */
  hasVersionTable(): boolean {
    return (
      inspectEngine(this.connection as never) as unknown as {
        hasTable(name: string, schema: string | null): boolean;
      }
    ).hasTable(this.versionTable, this.versionTableSchema);
  }
  /** @internal */
  _ensureVersionTable(purge = false): void {
    const make = (): void => {
      this.version.create(this.connection as never, true);
      if (purge) this.connection!.execute(this.version.delete());
    };
    this.inScopeForDdl(make);
  }

  insert(version: string): void {
    this.impl.run(
      (this.version.insert() as unknown as Writing).values([], new Map([["version_num", quoted(version)]])),
    );
  }
  remove(version: string): number | null {
    return this.met(
      this.impl.run((this.version.delete() as unknown as Writing).where([this.holds(version)])),
    );
  }
  update(from: string, to: string): number | null {
    return this.met(
      this.impl.run(
        (this.version.update() as unknown as Writing)
          .values([], new Map([["version_num", quoted(to)]]))
          .where([this.holds(from)]),
      ),
    );
  }
  private holds(version: string): Value {
    return (this.version.c.get("version_num") as unknown as { eq(other: Value): Value }).eq(quoted(version));
  }
  private met(result: { readonly rowcount?: number } | null): number | null {
    return this.asSql || result === null ? null : (result.rowcount ?? null);
  }

  stamp(script: ScriptDirectory, revision: Value): void {
    const heads = this.currentHeads();
    if (!this.asSql && heads.length === 0) this._ensureVersionTable();
    const maintainer = new HeadMaintainer(this, heads);
    for (const step of script._stampRevs(revision, host.makeTuple(heads))) maintainer.updateToStep(step);
  }

  runMigrations(kw: Kwargs = new Map()): void {
    this.impl.startMigrations();
    let heads: string[] = [];
    if (this.purge) {
      if (this.asSql) throw new CommandError("Can't use --purge with --sql mode");
      this._ensureVersionTable(true);
    } else {
      heads = this.currentHeads();
      if (!this.asSql && heads.length === 0 && !host.isTrue(this.opts.get("dont_mutate") ?? false))
        this._ensureVersionTable();
    }
    const maintainer = new HeadMaintainer(this, heads);
    const fn = this.opts.get("fn");
    const given = invoke(fn, [host.makeTuple(heads), this]);
    for (const step of (host.iterate(given) ?? given) as Iterable<Step>) {
      this.beginTransaction(true).around(() => {
        if (this.asSql && maintainer.heads.size === 0) this.version.create(this.connection as never);
        this.log(`Running ${step.toString()}`);
        if (this.asSql) this.impl.staticOutput(`-- Running ${step.shortLog}`);
        step.run(kw);
        maintainer.updateToStep(step);
        for (const callback of host.iterate(this.opts.get("on_version_apply") ?? []) ?? [])
          host.call(
            callback,
            [],
            new Map<string, Value>([
              ["ctx", this],
              ["step", step.info],
              ["heads", host.makeSet(maintainer.heads)],
              ["run_args", host.makeDict(kw)],
            ]),
          );
      });
    }
  }
  execute(sql: Value, executionOptions: Value = null): void {
    this.impl.run(sql, executionOptions);
  }
}

interface Writing {
  values(args: Value[], kwargs: Kwargs): Writing;
  where(criteria: Value[]): Writing;
}
function quoted(version: string): Value {
  return literalColumn(`'${version}'`);
}
