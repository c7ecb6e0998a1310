// One step of a migration run, and the rows of the version table that it changes.
//
// Behaviour: alembic.runtime.migration. A step runs one revision up or down (RevisionStep) or only moves a head (StampStep).
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { CommandError } from "../errors.ts";
import { formatAsComma } from "../messaging.ts";
import type { RevisionMap } from "../script/revision-map.ts";
import { names } from "../script/revision.ts";
import type { Script } from "../script/script.ts";

export abstract class MigrationStep {
  abstract readonly isUpgrade: boolean;
  abstract readonly name: string;
  abstract readonly doc: string | null;
  abstract readonly below: readonly string[];
  abstract readonly above: readonly string[];
  abstract run(kw: Kwargs): void;
  abstract readonly info: MigrationInfo;
  static upgradeFromScript(revisionMap: RevisionMap, script: Script): RevisionStep {
    return new RevisionStep(revisionMap, script, true);
  }
  static downgradeFromScript(revisionMap: RevisionMap, script: Script): RevisionStep {
    return new RevisionStep(revisionMap, script, false);
  }
  /** What happens to the version table, given its rows. */
  abstract change(heads: ReadonlySet<string>): Change;

  get isDowngrade(): boolean {
    return !this.isUpgrade;
  }
  get fromRevisions(): Value {
    return host.makeTuple(this.below);
  }
  get toRevisions(): Value {
    return host.makeTuple(this.above);
  }
  get fromRevisionsNoDeps(): Value {
    return this.fromRevisions;
  }
  get toRevisionsNoDeps(): Value {
    return this.toRevisions;
  }
  get deleteVersionNum(): string {
    return only(this.below);
  }
  get insertVersionNum(): string {
    return only(this.above);
  }
  // the change of the version table in parts, as a program may ask for it
  shouldDeleteBranch(heads: Value): boolean {
    const { remove, to } = this.changeOf(heads);
    return remove !== undefined && to === undefined;
  }
  shouldCreateBranch(heads: Value): boolean {
    const { add, to } = this.changeOf(heads);
    return add !== undefined && to === undefined;
  }
  shouldMergeBranches(heads: Value): boolean {
    const { remove, to } = this.changeOf(heads);
    return remove !== undefined && to !== undefined;
  }
  shouldUnmergeBranches(heads: Value): boolean {
    const { add, to } = this.changeOf(heads);
    return add !== undefined && to !== undefined;
  }
  updateVersionNum(heads: Value): Value {
    const { from, to } = this.changeOf(heads);
    return host.makeTuple([from ?? null, to ?? null]);
  }
  mergeBranchIdents(heads: Value): Value {
    const { remove, from, to } = this.changeOf(heads);
    return host.makeTuple([host.makeList(remove ?? []), from ?? null, to ?? null]);
  }
  unmergeBranchIdents(heads: Value): Value {
    const { add, from, to } = this.changeOf(heads);
    return host.makeTuple([from ?? null, to ?? null, host.makeList(add ?? [])]);
  }
  private changeOf(heads: Value): Change {
    return this.change(new Set(host.iterate(heads) as Iterable<string>));
  }
  get shortLog(): string {
    return `${this.name} ${formatAsComma([...this.below])} -> ${formatAsComma([...this.above])}`;
  }
  toString(): string {
    return this.doc ? `${this.shortLog}, ${this.doc}` : this.shortLog;
  }
}
export type Step = MigrationStep;

function only(ids: readonly string[]): string {
  if (ids.length !== 1) throw host.error("AssertionError", "");
  return ids[0]!;
}

/** Rows of the version table that go and come, and the one that becomes another. */
export interface Change {
  readonly remove?: readonly string[];
  readonly add?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

export class MigrationInfo {
  readonly revisionMap: RevisionMap;
  readonly isUpgrade: boolean;
  readonly isStamp: boolean;
  private readonly up: readonly string[];
  private readonly down: readonly string[];
  constructor(
    revisionMap: RevisionMap,
    isUpgrade: boolean,
    isStamp: boolean,
    up: readonly string[],
    down: readonly string[],
  ) {
    this.revisionMap = revisionMap;
    this.isUpgrade = isUpgrade;
    this.isStamp = isStamp;
    this.up = up;
    this.down = down;
  }
  get isMigration(): boolean {
    return !this.isStamp;
  }
  get upRevisionIds(): Value {
    return host.makeTuple(this.up);
  }
  get upRevisionId(): string | null {
    return this.up[0] ?? null;
  }
  get downRevisionIds(): Value {
    return host.makeTuple(this.down);
  }
  get sourceRevisionIds(): Value {
    return this.isUpgrade ? this.downRevisionIds : this.upRevisionIds;
  }
  get destinationRevisionIds(): Value {
    return this.isUpgrade ? this.upRevisionIds : this.downRevisionIds;
  }
  get upRevision(): Value {
    return this.revisionMap.getRevision(this.upRevisionId);
  }
  get upRevisions(): Value {
    return this.revisionMap.getRevisions(this.upRevisionIds);
  }
  get downRevisions(): Value {
    return this.revisionMap.getRevisions(this.downRevisionIds);
  }
  get sourceRevisions(): Value {
    return this.isUpgrade ? this.downRevisions : this.upRevisions;
  }
  get destinationRevisions(): Value {
    return this.isUpgrade ? this.upRevisions : this.downRevisions;
  }
}

export class RevisionStep extends MigrationStep {
  readonly revision: Script;
  readonly isUpgrade: boolean;
  readonly revisionMap: RevisionMap;
  readonly migrationFn: Value;
  constructor(map: RevisionMap, revision: Script, isUpgrade: boolean) {
    super();
    this.revisionMap = map;
    this.revision = revision;
    this.isUpgrade = isUpgrade;
    const name = isUpgrade ? "upgrade" : "downgrade";
    const fn = host.getAttribute(revision.module, name);
    if (fn === undefined)
      throw host.error(
        "AttributeError",
        `module '${host.nameOf(revision.module)}' has no attribute '${name}'`,
      );
    this.migrationFn = fn;
  }
  get name(): string {
    return host.nameOf(this.migrationFn);
  }
  get doc(): string {
    return this.revision.doc;
  }
  get below(): readonly string[] {
    return this.isUpgrade ? this.revision.downs : [this.revision.revision];
  }
  get above(): readonly string[] {
    return this.isUpgrade ? [this.revision.revision] : this.revision.downs;
  }
  run(kw: Kwargs): void {
    host.call(this.migrationFn, [], kw);
  }
  get info(): MigrationInfo {
    return new MigrationInfo(
      this.revisionMap,
      this.isUpgrade,
      false,
      [this.revision.revision],
      this.revision.normalizedDowns,
    );
  }

  private under(ids: Iterable<string>): Set<string> {
    return new Set(
      this.revisionMap.ancestors([...ids].flatMap((i) => this.revisionMap.find(i))).map((r) => r.revision),
    );
  }

  override get fromRevisions(): Value {
    return host.makeTuple(this.isUpgrade ? this.revision.normalizedDowns : [this.revision.revision]);
  }
  override get toRevisions(): Value {
    return host.makeTuple(this.isUpgrade ? [this.revision.revision] : this.revision.normalizedDowns);
  }
  override get fromRevisionsNoDeps(): Value {
    return host.makeTuple(this.below);
  }
  override get toRevisionsNoDeps(): Value {
    return host.makeTuple(this.above);
  }
  override get deleteVersionNum(): string {
    return this.revision.revision;
  }
  override get insertVersionNum(): string {
    return this.revision.revision;
  }

  change(heads: ReadonlySet<string>): Change {
    const id = this.revision.revision;
    const downs = this.revision.normalizedDowns;
    const present = downs.filter((d) => heads.has(d));
    if (this.isUpgrade) {
      if (present.length === 0) return { add: [id] };
      if (downs.length > 1 && present.length > 1) {
        const others = this.under([...heads].filter((h) => !downs.includes(h)));
        const from = downs.filter((d) => !others.has(d));
        return { remove: from.slice(0, -1), from: from.at(-1)!, to: id };
      }
      return { from: downs.length === 1 ? downs[0]! : present[0]!, to: id };
    }
    if (heads.has(id)) {
      const left = this.unmerged(heads);
      if (left.length === 0) return { remove: [id] };
      if (downs.length > 1) return { add: left.slice(0, -1), from: id, to: left.at(-1)! };
    }
    return { from: id, to: downs.length === 1 ? downs[0]! : present[0]! };
  }

  /** Which down revisions are heads again when this revision is taken back. */
  private unmerged(heads: ReadonlySet<string>): string[] {
    const downs = this.revision.normalizedDowns;
    if (downs.length === 0) return [];
    const others = [...heads].filter((h) => h !== this.revision.revision);
    const hidden =
      others.length > 0
        ? this.under(others)
        : new Set(downs.flatMap((d) => [...this.under([d])].filter((x) => x !== d)));
    return downs.filter((d) => !hidden.has(d));
  }
  equals(other: Value): boolean {
    return (
      other instanceof RevisionStep && other.revision === this.revision && other.isUpgrade === this.isUpgrade
    );
  }
}

export class StampStep extends MigrationStep {
  readonly below: readonly string[];
  readonly above: readonly string[];
  readonly isUpgrade: boolean;
  readonly branchMove: boolean;
  readonly name = "stamp_revision";
  readonly doc = null;
  private readonly map: RevisionMap;
  constructor(from: Value, to: Value, isUpgrade: boolean, branchMove: boolean, map: RevisionMap) {
    super();
    this.below = names(from);
    this.above = names(to);
    this.isUpgrade = isUpgrade;
    this.branchMove = branchMove;
    this.map = map;
  }
  run(): void {
    // a stamp runs nothing
  }
  get info(): MigrationInfo {
    const [up, down] = this.isUpgrade ? [this.above, this.below] : [this.below, this.above];
    return new MigrationInfo(this.map, this.isUpgrade, true, up, down);
  }
  equals(other: Value): boolean {
    return (
      other instanceof StampStep &&
      String(other.below) === String(this.below) &&
      String(other.above) === String(this.above) &&
      other.branchMove === this.branchMove &&
      other.isUpgrade === this.isUpgrade
    );
  }
  change(heads: ReadonlySet<string>): Change {
    if (this.isDowngrade && this.branchMove) return { remove: [this.below[0]!] };
    if (
      this.isUpgrade &&
      (this.branchMove || this.below.some((f) => !heads.has(f))) &&
      this.above.some((t) => !heads.has(t))
    )
      return { add: [this.above[0]!] };
    if (this.below.length > 1)
      return { remove: this.below.slice(0, -1), from: this.below.at(-1)!, to: this.above[0]! };
    if (this.above.length > 1)
      return { add: this.above.slice(0, -1), from: this.below[0]!, to: this.above.at(-1)! };
    return { from: this.below[0]!, to: this.above[0]! };
  }
}

/** The version table as the maintainer of heads writes it; gives the number of rows met, or null where that is not known. */
export interface VersionWriter {
  insert(version: string): void;
  remove(version: string): number | null;
  update(from: string, to: string): number | null;
  readonly versionTable: string;
}

export class HeadMaintainer {
  readonly heads: Set<string>;
  private readonly table: VersionWriter;
  constructor(table: VersionWriter, heads: Iterable<string>) {
    this.table = table;
    this.heads = new Set(heads);
  }
  updateToStep(step: Step): void {
    const change = step.change(this.heads);
    for (const v of change.remove ?? []) {
      this.heads.delete(v);
      const met = this.table.remove(v);
      if (met !== null && met !== 1)
        throw new CommandError(
          `Online migration expected to match one row when deleting '${v}' in '${this.table.versionTable}'; ${met} found`,
        );
    }
    for (const v of change.add ?? []) {
      this.heads.add(v);
      this.table.insert(v);
    }
    if (change.from === undefined || change.to === undefined) return;
    if (!this.heads.delete(change.from)) throw host.error("KeyError", change.from);
    this.heads.add(change.to);
    const met = this.table.update(change.from, change.to);
    if (met !== null && met !== 1)
      throw new CommandError(
        `Online migration expected to match one row when updating '${change.from}' to '${change.to}' in '${this.table.versionTable}'; ${met} found`,
      );
  }
}
