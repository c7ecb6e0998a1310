// What env.py sees as `alembic.context`: the command's wishes, and the migration context that it configures.
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { Config } from "../config.ts";
import { CommandError } from "../errors.ts";
import type { ScriptDirectory } from "../script/script-directory.ts";
import { MigrationContext, type Scope } from "./migration-context.ts";

/** What stands behind the modules `alembic.context` and `alembic.op` while env.py runs. */
class Current {
  private ofContext: EnvironmentContext | null = null;
  private ofOp: Value = null;
  /** Which of them have been there in this program: a module whose context has gone fails otherwise than one that never had any. */
  readonly seen = { environment: false, operations: false };
  /** Told when one of them comes or goes: a program may have put its own there meanwhile. */
  onChange: (which: "environment" | "operations") => void = () => undefined;
  get environment(): EnvironmentContext | null {
    return this.ofContext;
  }
  set environment(to: EnvironmentContext | null) {
    this.ofContext = to;
    this.onChange("environment");
    this.seen.environment ||= to !== null;
  }
  get operations(): Value {
    return this.ofOp;
  }
  set operations(to: Value) {
    this.ofOp = to;
    this.onChange("operations");
    this.seen.operations ||= to !== null;
  }
  /** Forget the program. */
  reset(): void {
    this.ofContext = this.ofOp = null;
    this.seen.environment = this.seen.operations = false;
  }
}
export const current = new Current();
/** Makes the operations of a context: operations/ is above this room's file. */
let makeOperations: (context: MigrationContext) => Value = () => null;
export function useOperations(make: typeof makeOperations): void {
  makeOperations = make;
}

/** What env.py leaves out. */
const DEFAULTS: Readonly<Record<string, Value>> = {
  transaction_per_migration: false,
  target_metadata: null,
  include_name: null,
  include_object: null,
  include_schemas: false,
  render_as_batch: false,
  upgrade_token: "upgrades",
  downgrade_token: "downgrades",
  sqlalchemy_module_prefix: "sa.",
  alembic_module_prefix: "op.",
  user_module_prefix: null,
  literal_binds: false,
  process_revision_directives: null,
  compare_type: true,
  compare_server_default: false,
};

export class EnvironmentContext {
  readonly config: Config;
  readonly script: ScriptDirectory;
  readonly contextOpts: Map<string, Value>;
  private migrationContext: MigrationContext | null = null;
  private outer: EnvironmentContext | null = null;

  constructor(config: Config, script: ScriptDirectory, kw: Kwargs = new Map()) {
    this.config = config;
    this.script = script;
    this.contextOpts = new Map(kw);
  }
  enter(): this {
    this.outer = current.environment;
    current.environment = this;
    return this;
  }
  exit(): void {
    current.environment = this.outer;
  }
  /** @internal run env.py within this context */
  run(): void {
    this.enter();
    try {
      // a program may have put its own in its place
      host.call(host.getAttribute(this.script, "run_env"), []);
    } finally {
      this.exit();
    }
  }

  isOfflineMode(): boolean {
    return host.isTrue(this.contextOpts.get("as_sql") ?? false);
  }
  isTransactionalDdl(): boolean {
    return this.getContext().impl.transactionalDdl;
  }
  requiresConnection(): boolean {
    return !this.isOfflineMode();
  }
  getHeadRevision(): Value {
    return this.script.asRevisionNumber("head");
  }
  getHeadRevisions(): Value {
    return this.script.asRevisionNumber("heads");
  }
  getStartingRevisionArgument(): Value {
    if (!this.migrationContext && !this.contextOpts.has("starting_rev"))
      throw new CommandError("No starting revision argument is available.");
    return this.script.asRevisionNumber(this.contextOpts.get("starting_rev") ?? null);
  }
  getRevisionArgument(): Value {
    if (!this.contextOpts.has("destination_rev")) throw host.error("KeyError", "destination_rev");
    return this.script.asRevisionNumber(this.contextOpts.get("destination_rev") ?? null);
  }
  getTagArgument(): Value {
    return this.contextOpts.get("tag") ?? null;
  }
  getXArgument(asDictionary = false): Value {
    const given = this.config.cmdOpts === null ? null : (host.getAttribute(this.config.cmdOpts, "x") ?? null);
    const value = host.isTrue(given) ? given : host.makeList([]);
    if (!asDictionary) return value;
    return host.makeDict(
      [...(typeof value === "string" ? value : host.iterate(value)!)].map((v) => {
        const arg = host.str(v);
        const at = arg.indexOf("=");
        return at < 0 ? ([arg, ""] as const) : ([arg.slice(0, at), arg.slice(at + 1)] as const);
      }),
    );
  }

  configure(
    connection: Value = null,
    url: Value = null,
    dialectName: string | null = null,
    dialectOpts: Value = null,
    options: ReadonlyMap<string, Value> = new Map(),
  ): void {
    const opts = this.contextOpts;
    for (const [name, value] of Object.entries(DEFAULTS)) opts.set(name, value);
    for (const [name, value] of options) {
      if (name === "template_args") {
        const into = opts.get("template_args");
        if (value === null || into === undefined) continue;
        if (into instanceof Map) for (const [k, v] of host.entries(value)!) into.set(k, v);
        else host.call(host.getAttribute(into, "update"), [value]);
      } else if (
        [
          "transactional_ddl",
          "output_buffer",
          "autogenerate_plugins",
          "render_item",
          "compare_server_default",
        ].includes(name)
      ) {
        if (value !== null) opts.set(name, value);
      } else if (name === "starting_rev" || name === "tag") {
        if (host.isTrue(value)) opts.set(name, value);
      } else if (name === "on_version_apply")
        opts.set(name, value === null ? [] : host.isCallable(value) ? [value] : value);
      else opts.set(name, value);
    }
    if (!opts.has("output_buffer") && this.config.outputBuffer !== null)
      opts.set("output_buffer", this.config.outputBuffer);
    opts.set("script", this.script);
    this.migrationContext = MigrationContext.configure(
      connection,
      url,
      dialectName,
      null,
      this,
      dialectOpts,
      opts,
    );
  }
  runMigrations(kw: Kwargs = new Map()): void {
    const context = this.getContext();
    const outer = current.operations;
    current.operations = makeOperations(context);
    try {
      context.runMigrations(kw);
    } finally {
      current.operations = outer;
    }
  }
  execute(sql: Value, executionOptions: Value = null): void {
    this.getContext().execute(sql, executionOptions);
  }
  staticOutput(text: string): void {
    this.getContext().impl.staticOutput(text);
  }
  beginTransaction(): Scope {
    return this.getContext().beginTransaction();
  }
  getContext(): MigrationContext {
    if (!this.migrationContext) throw host.error("Exception", "No context has been configured yet.");
    return this.migrationContext;
  }
  getBind(): Value {
    return this.getContext().bind;
  }
  getImpl(): Value {
    return this.getContext().impl;
  }
}
