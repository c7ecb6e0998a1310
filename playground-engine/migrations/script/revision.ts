// One revision of the history: its identifier, what it follows and depends on, what follows it.
//
// `downs` and `dependencies` are as written in the file; the map (revision-map.ts) fills the rest in.
import { DependencyLoopDetected, LoopDetected, RevisionError } from "../errors.ts";
import { host, type Value } from "../../util/host.ts";

const ILLEGAL = ["@", "-", "+", ":"];

/** None, one name, or several of them, as a list. */
export function names(v: Value): string[] {
  if (v === null || v === undefined) return [];
  if (typeof v === "string") return [v];
  const items = host.iterate(v);
  return items ? ([...items] as string[]) : [v as string];
}

/** Nothing is None, one a string, several a tuple. */
export function scalar(list: readonly (string | null)[]): Value {
  return list.length === 0 ? null : list.length === 1 ? list[0]! : host.makeTuple(list);
}

export class Revision {
  readonly revision: string;
  /** @internal what down_revision names */
  readonly downs: readonly string[];
  /** @internal what depends_on names: revisions or labels */
  readonly dependsOn: readonly string[];
  /** @internal the labels written in this revision's own file */
  readonly ownLabels: readonly string[];
  readonly branchLabels: Set<string>;
  /** @internal revisions that follow by down_revision; `allNext` also by dependency */
  readonly next = new Set<string>();
  /** @internal */
  readonly allNext = new Set<string>();
  /** @internal identifiers of the dependencies, and those of them that no ancestor has already */
  resolvedDependencies: readonly string[] = [];
  /** @internal */
  normalizedDependencies: readonly string[] = [];

  constructor(revision: string, downRevision: Value, dependencies: Value = null, branchLabels: Value = null) {
    this.downs = names(downRevision);
    this.dependsOn = names(dependencies);
    if (this.downs.includes(revision)) throw new LoopDetected(revision);
    if (this.dependsOn.includes(revision)) throw new DependencyLoopDetected(revision);
    Revision.verifyRevId(revision);
    this.revision = revision;
    this.ownLabels = names(branchLabels);
    this.branchLabels = new Set(this.ownLabels);
  }

  static verifyRevId(revision: string): void {
    const bad = ILLEGAL.filter((c) => revision.includes(c)).sort();
    if (bad.length > 0)
      throw new RevisionError(
        `Character(s) '${bad.join(", ")}' not allowed in revision identifier '${revision}'`,
      );
  }

  addNextrev(other: Revision): void {
    this.allNext.add(other.revision);
    if (other.downs.includes(this.revision)) this.next.add(other.revision);
  }

  get downRevision(): Value {
    return scalar(this.downs);
  }
  get dependencies(): Value {
    return scalar(this.dependsOn);
  }
  get nextrev(): Value {
    return host.makeFrozenSet(this.next);
  }
  /** @internal down revisions and every dependency */
  get allDowns(): readonly string[] {
    return [...new Set([...this.downs, ...this.resolvedDependencies])];
  }
  /** @internal down revisions and the dependencies that are not implied */
  get normalizedDowns(): readonly string[] {
    return [...new Set([...this.downs, ...this.normalizedDependencies])];
  }
  get isHead(): boolean {
    return this.next.size === 0;
  }
  /** @internal */
  get isRealHead(): boolean {
    return this.allNext.size === 0;
  }
  get isBase(): boolean {
    return this.downs.length === 0;
  }
  /** @internal */
  get isRealBase(): boolean {
    return this.downs.length === 0 && this.dependsOn.length === 0;
  }
  get isBranchPoint(): boolean {
    return this.next.size > 1;
  }
  get isMergePoint(): boolean {
    return this.downs.length > 1;
  }
  repr(): string {
    const args = [host.repr(this.revision), host.repr(this.downRevision)];
    if (this.dependsOn.length) args.push(`dependencies=${host.repr(this.dependencies)}`);
    if (this.branchLabels.size) args.push(`branch_labels=${host.repr(host.makeSet(this.branchLabels))}`);
    return `${host.typeName(this)}(${args.join(", ")})`;
  }
}
