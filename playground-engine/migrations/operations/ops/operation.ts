// What every operation of a migration is: data that can be carried out, turned round, compared and rendered.
//
// `ops`, `columns`, `kw` and the like are lists and dicts of the program: hooks change them in place.
// Behaviour: alembic.operations.ops.
import { host, type Kwargs, type Value } from "../../../util/host.ts";

export type Options = Readonly<Record<string, Value>>;

/** What operations ask of `op` and `batch_op`. */
export interface Invoker {
  invoke(operation: MigrateOperation): Value;
  /** In a batch: of which table. */
  readonly impl: { readonly tableName?: string; readonly schema?: string | null };
}

/** Keyword arguments kept in an operation, as a dict of the program, and back. */
export function keep(kw: Kwargs): Value {
  return host.makeDict(kw);
}
export function kept(kw: Value): Kwargs {
  return new Map([...(host.entries(kw) ?? [])].map(([k, v]) => [k as string, v]));
}
export function items(list: Value): Value[] {
  return [...(host.iterate(list ?? []) ?? [])];
}
export function schemaOf(options: Options): string | null {
  return (options.schema as string | null | undefined) ?? null;
}

export abstract class MigrateOperation {
  /** @internal rewriters that made this operation */
  mutations: ReadonlySet<unknown> = new Set();
  private ownInfo: Value | undefined;

  get info(): Value {
    return (this.ownInfo ??= host.makeDict([]));
  }
  set info(value: Value) {
    this.ownInfo = value;
  }
  /** @throws NotImplementedError where an operation cannot be turned round */
  reverse(): MigrateOperation {
    throw host.error("NotImplementedError", "");
  }
  toDiffTuple(): Value {
    throw host.error("NotImplementedError", "");
  }
}

export abstract class AlterTableOp extends MigrateOperation {
  tableName: string;
  schema: string | null;
  constructor(tableName: string, options: Options = {}) {
    super();
    this.tableName = tableName;
    this.schema = schemaOf(options);
  }
}

export class OpContainer extends MigrateOperation {
  ops: Value;
  constructor(ops: Value = []) {
    super();
    this.ops = host.makeList(items(ops));
  }
  /** @internal */
  get list(): MigrateOperation[] {
    return items(this.ops) as MigrateOperation[];
  }
  /** @internal */
  add(...ops: readonly MigrateOperation[]): void {
    replaceItems(this.ops, [...this.list, ...ops]);
  }
  isEmpty(): boolean {
    return this.list.length === 0;
  }
  asDiffs(): Value {
    return host.makeList(diffs(this));
  }
  /** @internal */
  protected reversedOps(): MigrateOperation[] {
    return this.list.map((op) => op.reverse()).reverse();
  }
}

function* diffs(container: OpContainer): Iterable<Value> {
  for (const op of container.list)
    if (op instanceof OpContainer) yield* diffs(op);
    else yield op.toDiffTuple();
}

/** `list[:] = items` */
export function replaceItems(list: Value, to: readonly Value[]): void {
  if (Array.isArray(list)) list.splice(0, list.length, ...(to as unknown[]));
  else {
    host.call(host.getAttribute(list, "clear"), []);
    host.call(host.getAttribute(list, "extend"), [host.makeList(to)]);
  }
}

export class ModifyTableOps extends OpContainer {
  tableName: string;
  schema: string | null;
  constructor(tableName: string, ops: Value, options: Options = {}) {
    super(ops);
    this.tableName = tableName;
    this.schema = schemaOf(options);
  }
  override reverse(): ModifyTableOps {
    return new ModifyTableOps(this.tableName, this.reversedOps(), { schema: this.schema });
  }
}

export class UpgradeOps extends OpContainer {
  upgradeToken: string;
  constructor(ops: Value = [], upgradeToken = "upgrades") {
    super(ops);
    this.upgradeToken = upgradeToken;
  }
  reverseInto(downgradeOps: DowngradeOps): DowngradeOps {
    replaceItems(downgradeOps.ops, this.reversedOps());
    return downgradeOps;
  }
  override reverse(): DowngradeOps {
    return this.reverseInto(new DowngradeOps([]));
  }
}

export class DowngradeOps extends OpContainer {
  downgradeToken: string;
  constructor(ops: Value = [], downgradeToken = "downgrades") {
    super(ops);
    this.downgradeToken = downgradeToken;
  }
  override reverse(): UpgradeOps {
    return new UpgradeOps(this.reversedOps());
  }
}

/** One revision file to be: what its upgrade and downgrade do, and how it stands among the revisions. */
export class MigrationScript extends MigrateOperation {
  revId: string | null;
  message: string | null;
  imports: Value;
  head: Value;
  splice: Value;
  branchLabel: Value;
  versionPath: string | null;
  dependsOn: Value;
  /** @internal the body has been compared: render it */
  needsRender = false;
  private upgrades!: Value;
  private downgrades!: Value;

  constructor(revId: string | null, upgradeOps: Value, downgradeOps: Value, options: Options = {}) {
    super();
    this.revId = revId;
    this.message = (options.message as string | null | undefined) ?? null;
    this.imports = options.imports ?? host.makeSet([]);
    this.head = options.head ?? null;
    this.splice = options.splice ?? null;
    this.branchLabel = options.branchLabel ?? null;
    this.versionPath =
      options.versionPath === undefined || options.versionPath === null || options.versionPath === ""
        ? null
        : host.str(options.versionPath);
    this.dependsOn = options.dependsOn ?? null;
    this.upgradeOps = upgradeOps;
    this.downgradeOps = downgradeOps;
  }

  get upgradeOps(): Value {
    return only(this.upgrades, "UpgradeOps", "upgrade_ops_list");
  }
  set upgradeOps(given: Value) {
    this.upgrades = listOf(given);
  }
  get downgradeOps(): Value {
    return only(this.downgrades, "DowngradeOps", "downgrade_ops_list");
  }
  set downgradeOps(given: Value) {
    this.downgrades = listOf(given);
  }
  get upgradeOpsList(): Value {
    return this.upgrades;
  }
  get downgradeOpsList(): Value {
    return this.downgrades;
  }
}

function listOf(given: Value): Value {
  if (given === null) return host.makeList([]);
  const kind = host.kindOf(given);
  if (kind === "list" && !Array.isArray(given)) return given;
  return host.makeList(kind === "list" || kind === "tuple" ? items(given) : [given]);
}

function only(list: Value, name: string, attribute: string): Value {
  const all = items(list);
  if (all.length > 1)
    throw host.error(
      "ValueError",
      `This MigrationScript instance has a multiple-entry list for ${name}; please use the ${attribute} attribute.`,
    );
  return all[0] ?? null;
}
