// A revision with its file: what `history`, `show` and `heads` print of it.
import { host, type Value } from "../../util/host.ts";
import { CommandError } from "../errors.ts";
import { formatAsComma } from "../messaging.ts";
import { seams } from "../seams.ts";
import { Revision } from "./revision.ts";

const REVISION_FILE = /^(?!\.#|__init__)(.*\.py)$/;

export class Script extends Revision {
  readonly module: Value;
  readonly path: string;
  /** @internal set while `history -i` prints */
  current = false;

  constructor(module: Value, revId: string, path: string) {
    super(
      revId,
      required(module, "down_revision"),
      host.getAttribute(module, "depends_on") ?? null,
      host.getAttribute(module, "branch_labels") ?? null,
    );
    this.module = module;
    this.path = path;
  }

  /** @internal the revision in a file; null where the file's name is none of a revision's */
  static fromPath(path: string): Script | null {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (!REVISION_FILE.test(name)) return null;
    const module = seams.loadModule(name.replace(/\W/g, "_"), path);
    const given = host.getAttribute(module, "revision");
    const revision = given ?? /^([a-f0-9]+)\.py/.exec(name)?.[1];
    if (revision === undefined)
      throw new CommandError(
        `Could not determine revision id from filename ${name}. Be sure the 'revision' variable is declared inside the script (please see 'Upgrading from Alembic 0.1 to 0.2' in the documentation).`,
      );
    return new Script(module, revision as string, path);
  }

  get longdoc(): string {
    const doc = host.getAttribute(this.module, "__doc__");
    return typeof doc === "string" ? doc.trim() : "";
  }
  get doc(): string {
    return this.longdoc.split("\n\n")[0]!;
  }

  get logEntry(): string {
    const lines = [
      `Rev: ${this.revision}${this.isHead ? " (head)" : ""}${this.isBranchPoint ? " (branchpoint)" : ""}${this.isMergePoint ? " (mergepoint)" : ""}${this.current ? " (current)" : ""}`,
      `${this.isMergePoint ? "Merges" : "Parent"}: ${this.below}`,
    ];
    if (this.dependsOn.length) lines.push(`Also depends on: ${this.dependsOn.join(", ")}`);
    if (this.isBranchPoint) lines.push(`Branches into: ${[...this.next].join(", ")}`);
    if (this.branchLabels.size) lines.push(`Branch names: ${[...this.branchLabels].join(", ")}`);
    lines.push(`Path: ${this.path}`, "", ...this.longdoc.split("\n").map((l) => `    ${l}`));
    return `${lines.join("\n")}\n`;
  }

  private get below(): string {
    return this.downs.length === 0 ? "<base>" : formatAsComma([...this.downs]);
  }

  override toString(): string {
    return `${this.below} -> ${this.revision}${this.isHead ? " (head)" : ""}${this.isBranchPoint ? " (branchpoint)" : ""}${this.isMergePoint ? " (mergepoint)" : ""}, ${this.doc}`;
  }

  cmdFormat(
    verbose: boolean,
    includeBranches = false,
    includeDoc = false,
    includeParents = false,
    treeIndicators = true,
  ): string {
    if (verbose) return this.logEntry;
    let text = this.revision;
    if (includeParents)
      text = this.dependsOn.length
        ? `${this.below} (${this.dependsOn.join(", ")}) -> ${text}`
        : `${this.below} -> ${text}`;
    if (includeBranches && this.branchLabels.size) text += ` (${[...this.branchLabels].join(", ")})`;
    text += `${this.isRealHead ? " (head)" : this.isHead ? " (effective head)" : ""}${this.current ? " (current)" : ""}`;
    if (treeIndicators)
      text += `${this.isBranchPoint ? " (branchpoint)" : ""}${this.isMergePoint ? " (mergepoint)" : ""}`;
    return includeDoc ? `${text}, ${this.doc}` : text;
  }
}

function required(module: Value, name: string): Value {
  const found = host.getAttribute(module, name);
  if (found !== undefined) return found;
  throw host.error("AttributeError", `module '${host.nameOf(module)}' has no attribute '${name}'`);
}
