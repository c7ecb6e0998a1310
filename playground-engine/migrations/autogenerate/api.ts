// What a program and the commands ask of autogenerate: differences, operations, code, revision files.
//
// Behaviour: alembic.autogenerate.api.
import { DefaultDialect } from "../../dialects/default.ts";
import { host, type Value } from "../../util/host.ts";
import { invoke } from "../dispatch.ts";
import type { Config } from "../config.ts";
import { CommandError } from "../errors.ts";
import {
  DowngradeOps,
  items,
  MigrationScript,
  type OpContainer,
  replaceItems,
  UpgradeOps,
} from "../operations/ops/operation.ts";
import { MigrationContext } from "../runtime/migration-context.ts";
import type { Script } from "../script/script.ts";
import type { ScriptDirectory } from "../script/script-directory.ts";
import { seams } from "../seams.ts";
import { AutogenContext } from "./autogen-context.ts";
import "./compare/tables.ts";
import "./compare/constraints.ts";
import { indented } from "./python-lines.ts";
import { renderBody, renderInto } from "./render.ts";

function populate(context: AutogenContext, script: MigrationScript): void {
  const upgrade = items(script.upgradeOpsList).at(-1) as UpgradeOps;
  context.comparators.dispatch("autogenerate", { qualifier: context.dialect.name })(context, upgrade);
  upgrade.reverseInto(items(script.downgradeOpsList).at(-1) as DowngradeOps);
}

export function produceMigrations(context: MigrationContext, metadata: Value): MigrationScript {
  const script = new MigrationScript(null, new UpgradeOps([]), new DowngradeOps([]));
  populate(new AutogenContext(context, metadata), script);
  return script;
}

/** Differences as tuples: ("add_table", table), … */
export function compareMetadata(context: MigrationContext, metadata: Value): Value {
  return (produceMigrations(context, metadata).upgradeOps as UpgradeOps).asDiffs();
}

export function renderPythonCode(
  upOrDownOp: OpContainer,
  sqlalchemyModulePrefix: Value = "sa.",
  alembicModulePrefix: Value = "op.",
  renderAsBatch: Value = false,
  imports: Value = [],
  renderItem: Value = null,
  migrationContext: MigrationContext | null = null,
  userModulePrefix: Value = null,
): string {
  const opts = new Map<string, Value>([
    ["sqlalchemy_module_prefix", sqlalchemyModulePrefix],
    ["alembic_module_prefix", alembicModulePrefix],
    ["render_item", renderItem],
    ["render_as_batch", renderAsBatch],
    ["user_module_prefix", userModulePrefix],
  ]);
  const context = new AutogenContext(
    migrationContext ?? MigrationContext.configure(null, null, null, new DefaultDialect()),
    null,
    opts,
  );
  context.imports = host.makeSet(items(imports));
  return indented(renderBody(upOrDownOp, context));
}

/** The options of the command `revision`. */
export interface CommandArguments {
  readonly message: string | null;
  readonly sql: boolean;
  readonly head: Value;
  readonly splice: Value;
  readonly branchLabel: Value;
  readonly versionPath: string | null;
  readonly revId: string | null;
  readonly dependsOn: Value;
}

/** A run of the command `revision`: which files come of it, after hooks had their say. */
export class RevisionContext {
  readonly config: Config;
  readonly scriptDirectory: ScriptDirectory;
  readonly commandArgs: CommandArguments;
  readonly processRevisionDirectives: Value;
  readonly templateArgs: Map<string, Value>;
  /** A list of the program: hooks add, change and remove. */
  readonly generatedRevisions: Value;
  private last: AutogenContext | undefined;

  constructor(
    config: Config,
    scriptDirectory: ScriptDirectory,
    commandArgs: CommandArguments,
    processRevisionDirectives: Value = null,
  ) {
    this.config = config;
    this.scriptDirectory = scriptDirectory;
    this.commandArgs = commandArgs;
    this.processRevisionDirectives = processRevisionDirectives;
    this.templateArgs = new Map<string, Value>([["config", config]]);
    const { revId, ...more } = commandArgs;
    this.generatedRevisions = host.makeList([
      new MigrationScript(revId || seams.newRevisionId(), new UpgradeOps([]), new DowngradeOps([]), {
        ...more,
      }),
    ]);
  }
  get scripts(): MigrationScript[] {
    return items(this.generatedRevisions) as MigrationScript[];
  }

  runAutogenerate(rev: Value, context: MigrationContext): void {
    this.run(rev, context, true);
  }
  runNoAutogenerate(rev: Value, context: MigrationContext): void {
    this.run(rev, context, false);
  }
  private run(rev: Value, migration: MigrationContext, autogenerate: boolean): void {
    if (autogenerate) {
      if (this.commandArgs.sql)
        throw new CommandError("Using --sql with --autogenerate does not make any sense");
      const [at, heads] = [rev, "heads"].map((id) => new Set(this.scriptDirectory.find(id)));
      if (at!.size !== heads!.size || [...at!].some((r) => !heads!.has(r)))
        throw new CommandError("Target database is not up to date.");
    }
    const [up, down] = ["upgrade_token", "downgrade_token"].map(
      (n, i) => (migration.opts.get(n) as string | undefined) ?? ["upgrades", "downgrades"][i]!,
    );
    const script = this.scripts.at(-1)!;
    if (!script.needsRender) {
      (items(script.upgradeOpsList).at(-1) as UpgradeOps).upgradeToken = up!;
      (items(script.downgradeOpsList).at(-1) as DowngradeOps).downgradeToken = down!;
      script.needsRender = true;
    } else {
      replaceItems(script.upgradeOpsList, [...items(script.upgradeOpsList), new UpgradeOps([], up)]);
      replaceItems(script.downgradeOpsList, [...items(script.downgradeOpsList), new DowngradeOps([], down)]);
    }
    const context = new AutogenContext(migration, null, null, autogenerate);
    this.last = context;
    if (autogenerate) populate(context, script);
    for (const hook of [this.processRevisionDirectives, migration.opts.get("process_revision_directives")])
      if (host.isTrue(hook ?? null)) invoke(hook, [migration, rev, this.generatedRevisions]);
    for (const s of this.scripts) s.needsRender = true;
  }

  /** Writes the files. */
  generateScripts(): (Script | null)[] {
    return this.scripts.map((script) => {
      const variables = new Map(this.templateArgs);
      if (script.needsRender && this.last) {
        this.last.imports = host.makeSet(items(script.imports));
        renderInto(this.last, script, variables);
      }
      return this.scriptDirectory.generateRevision(
        script.revId!,
        script.message,
        script.head,
        host.isTrue(script.splice),
        script.branchLabel,
        script.versionPath,
        null,
        script.dependsOn,
        variables,
      );
    });
  }
}
