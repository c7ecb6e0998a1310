// The history as a graph: names to revisions, ranges to ordered lists.
//
// Behaviour: alembic.script.revision. Identifiers may be whole, partial (four characters or more), symbolic (head, heads,
// base), relative (+2, rev-1) and narrowed to a branch (label@…). "base" and None both stand below every first revision.
import {
  CycleDetected,
  DependencyCycleDetected,
  MultipleHeads,
  RangeNotAncestorError,
  ResolutionError,
  RevisionError,
} from "../errors.ts";
import { host, type Value } from "../../util/host.ts";
import { names, Revision } from "./revision.ts";

/** An identifier as a caller gives it: a name, None, or a list of those. */
export type Identifier = Value;
type Node = Revision | null;
/** Where a walk ends: a revision, "base" below all, or null where it went too far. */
type Place = Revision | "base" | null;

const RELATIVE = /^(?:(.+?)@)?(\w+)?([+-]\d+)/;

export interface RangeOptions {
  readonly implicitBase?: boolean;
  readonly inclusive?: boolean;
  readonly assertRelativeLength?: boolean;
  readonly selectForDowngrade?: boolean;
}

interface Graph {
  /** Revisions by identifier in the order of their files, and branch labels. */
  readonly byName: Map<string, Revision>;
  heads: string[];
  realHeads: string[];
  bases: string[];
  realBases: string[];
}

export class RevisionMap {
  private readonly generator: () => Iterable<Revision>;
  private graph: Graph | undefined;

  constructor(generator: Value) {
    this.generator =
      typeof generator === "function"
        ? (generator as () => Iterable<Revision>)
        : () => host.iterate(host.call(generator, [])) as Iterable<Revision>;
  }

  /** @internal revisions by identifier and label */
  get byName(): ReadonlyMap<string, Revision> {
    return this.loaded.byName;
  }
  private get loaded(): Graph {
    return (this.graph ??= this.build());
  }
  get heads(): Value {
    return host.makeTuple(this.loaded.heads);
  }
  get bases(): Value {
    return host.makeTuple(this.loaded.bases);
  }
  /** @internal */
  get headNames(): readonly string[] {
    return this.loaded.heads;
  }
  /** @internal heads that nothing depends on either */
  get realHeadNames(): readonly string[] {
    return this.loaded.realHeads;
  }
  /** @internal */
  get baseNames(): readonly string[] {
    return this.loaded.bases;
  }
  /** @internal every revision, in the order of the files */
  get revisions(): readonly Revision[] {
    return [...new Set(this.loaded.byName.values())];
  }

  // -- building ------------------------------------------------------------------------------

  private build(): Graph {
    const byName = new Map<string, Revision>();
    const all: Revision[] = [];
    for (const r of this.generator()) {
      all.push(r);
      if (byName.has(r.revision))
        host.warn("UserWarning", `Revision ${r.revision} is present more than once`);
      byName.set(r.revision, r);
    }
    const revisions = [...byName.values()];
    for (const r of all) this.labels(r, byName);
    for (const r of all) this.dependencies(r, byName);
    // of two files of one identifier both are heads: nothing follows the first
    const heads = new Set(all);
    const realHeads = new Set(all);
    for (const r of revisions) {
      for (const down of r.allDowns) {
        const below = this.below(down, r, byName);
        below.addNextrev(r);
        if (r.downs.includes(down)) heads.delete(below);
        realHeads.delete(below);
      }
    }
    const bases = all.filter((r) => r.isBase);
    const realBases = all.filter((r) => r.isRealBase);
    const ids = (of: Iterable<Revision>): string[] => [...of].map((r) => r.revision);
    const graph: Graph = {
      byName,
      heads: ids(heads),
      realHeads: ids(realHeads),
      bases: ids(bases),
      realBases: ids(realBases),
    };
    for (const r of all) this.normalize(r, byName);
    if (revisions.length > 0) {
      this.detectCycles(
        revisions,
        [...heads],
        bases,
        (r) => r.downs,
        (r) => r.next,
        byName,
        CycleDetected,
      );
      this.detectCycles(
        revisions,
        [...realHeads],
        realBases,
        (r) => r.allDowns,
        (r) => r.allNext,
        byName,
        DependencyCycleDetected,
      );
    }
    for (const r of all) this.spreadLabels(r, byName);
    return graph;
  }

  private below(down: string, r: Revision, byName: Map<string, Revision>): Revision {
    const found = byName.get(down);
    if (found) return found;
    host.warn("UserWarning", `Revision ${down} referenced from ${host.str(r)} is not present`);
    throw host.error("KeyError", down);
  }

  private labels(r: Revision, byName: Map<string, Revision>): void {
    for (const label of r.ownLabels) {
      const taken = byName.get(label);
      if (taken)
        throw new RevisionError(
          `Branch name '${label}' in revision ${r.revision} already used by revision ${taken.revision}`,
        );
      byName.set(label, r);
    }
  }

  private dependencies(r: Revision, byName: Map<string, Revision>): void {
    r.resolvedDependencies = r.dependsOn.map((d) => {
      const found = byName.get(d);
      if (!found) throw host.error("KeyError", d);
      return found.revision;
    });
  }

  private normalize(r: Revision, byName: Map<string, Revision>): void {
    const left = new Set(r.resolvedDependencies);
    if (left.size > 0)
      for (const a of this.related([r], (x) => x.downs, byName))
        if (a !== r) for (const d of a.resolvedDependencies) left.delete(d);
    r.normalizedDependencies = [...left];
  }

  private detectCycles(
    all: readonly Revision[],
    heads: readonly Revision[],
    bases: readonly Revision[],
    down: (r: Revision) => Iterable<string>,
    up: (r: Revision) => Iterable<string>,
    byName: Map<string, Revision>,
    Kind: new (revisions: readonly string[]) => RevisionError,
  ): void {
    if (heads.length === 0 || bases.length === 0) throw new Kind(all.map((r) => r.revision));
    // by identifier: a file whose identifier another one has counts as found with it
    const reached = (from: readonly Revision[], step: (r: Revision) => Iterable<string>): Set<string> =>
      new Set(this.related(from, step, byName).map((r) => r.revision));
    const fromHeads = reached(heads, down);
    const fromBases = reached(bases, up);
    const lost = all.map((r) => r.revision).filter((id) => !fromHeads.has(id) || !fromBases.has(id));
    if (lost.length > 0) throw new Kind(lost.sort());
  }

  /** A label holds for everything that follows, and back to where the branch began. */
  private spreadLabels(r: Revision, byName: Map<string, Revision>): void {
    if (r.branchLabels.size === 0) return;
    let last: Revision = r;
    for (const node of this.related([r], (x) => x.next, byName)) {
      last = node;
      for (const l of r.branchLabels) node.branchLabels.add(l);
    }
    for (
      let at: Revision | undefined = last;
      at && at.allNext.size <= 1 && !at.isMergePoint;
      at = byName.get(at.downs[0]!)
    ) {
      for (const l of r.branchLabels) at.branchLabels.add(l);
      if (at.downs.length === 0) break;
    }
  }

  addRevision(r: Revision, replace = false): void {
    const g = this.loaded;
    if (!replace && g.byName.has(r.revision))
      host.warn("UserWarning", `Revision ${r.revision} is present more than once`);
    else if (replace && !g.byName.has(r.revision))
      throw host.error("Exception", `revision ${r.revision} not in map`);
    g.byName.set(r.revision, r);
    this.spreadLabels(r, g.byName);
    this.labels(r, g.byName);
    this.dependencies(r, g.byName);
    if (r.isBase) g.bases.push(r.revision);
    if (r.isRealBase) g.realBases.push(r.revision);
    for (const down of r.allDowns) this.below(down, r, g.byName).addNextrev(r);
    this.normalize(r, g.byName);
    if (r.isRealHead)
      g.realHeads = [...g.realHeads.filter((h) => h !== r.revision && !r.allDowns.includes(h)), r.revision];
    if (r.isHead) g.heads = [...g.heads.filter((h) => h !== r.revision && !r.downs.includes(h)), r.revision];
  }

  // -- walking the graph ---------------------------------------------------------------------

  private related(
    targets: Iterable<Revision>,
    step: (r: Revision) => Iterable<string>,
    byName: Map<string, Revision> = this.loaded.byName,
    check = false,
  ): Revision[] {
    const all = [...targets];
    const seen = new Set<Revision>();
    for (const target of all) {
      const met = new Set<Revision>();
      const todo = [target];
      for (let r = todo.pop(); r; r = todo.pop()) {
        met.add(r);
        if (seen.has(r)) continue;
        seen.add(r);
        for (const id of step(r)) todo.push(byName.get(id)!);
      }
      const overlaps = check ? all.filter((o) => o !== target && met.has(o)) : [];
      if (overlaps.length > 0)
        throw new RevisionError(
          `Requested revision ${target.revision} overlaps with other requested revisions ${overlaps.map((o) => o.revision).join(", ")}`,
        );
    }
    return [...seen];
  }

  /** @internal the revisions and everything below them */
  ancestors(
    of: Iterable<Node>,
    options: { readonly dependencies?: boolean; readonly check?: boolean } = {},
  ): Revision[] {
    return this.related(
      present(of),
      options.dependencies === false ? (r) => r.downs : (r) => r.normalizedDowns,
      undefined,
      options.check,
    );
  }

  /** @internal the revisions and everything above them */
  descendants(
    of: Iterable<Node>,
    options: { readonly dependencies?: boolean; readonly check?: boolean } = {},
  ): Revision[] {
    return this.related(
      present(of),
      options.dependencies === false ? (r) => r.next : (r) => r.allNext,
      undefined,
      options.check,
    );
  }

  // -- names ---------------------------------------------------------------------------------

  /** @internal an identifier without its branch and symbols: which names it stands for */
  resolve(id: Identifier): { readonly ids: readonly string[]; readonly branch: string | null } {
    let branch: string | null = null;
    let rest: Value = id;
    if (typeof id === "string" && id.includes("@")) {
      branch = id.slice(0, id.indexOf("@"));
      rest = id.slice(id.indexOf("@") + 1);
    } else if (id !== null && typeof id !== "string") {
      const items = host.kindOf(id) === "tuple" || Array.isArray(id) ? names(id) : undefined;
      if (items === undefined || (items.length > 0 && typeof items[0] !== "string"))
        throw new RevisionError(
          `revision identifier ${host.repr(id)} is not a string; ensure database driver settings are correct`,
        );
    }
    const g = this.loaded;
    if (rest === "heads") return { ids: branch ? this.lineage(g.heads, branch) : g.realHeads, branch };
    if (rest === "head") {
      const head = this.getCurrentHead(branch);
      return { ids: head ? [head] : [], branch };
    }
    if (rest === "base" || rest === null) return { ids: [], branch };
    return { ids: names(rest), branch };
  }

  getCurrentHead(branchLabel: string | null = null): string | null {
    const heads = branchLabel ? this.lineage(this.loaded.heads, branchLabel) : this.loaded.heads;
    if (heads.length > 1) throw new MultipleHeads(heads, branchLabel ? `${branchLabel}@head` : "head");
    return heads[0] ?? null;
  }

  /** @internal */
  find(id: Identifier): readonly Node[] {
    const several = id !== null && typeof id !== "string" ? host.iterate(id) : undefined;
    if (several) return [...several].flatMap((x) => (x instanceof Revision ? [x] : this.find(x)));
    if (id instanceof Revision) return [id];
    const { ids, branch } = this.resolve(id);
    if (ids.length === 1 && /^\s*-\d+\s*$/.test(ids[0]!) && Number(ids[0]) < 0) {
      const heads = present(this.find("heads")).filter((h) => branch === null || h.branchLabels.has(branch));
      return heads.map((h) => this.walk(h, Number(ids[0])) as Node);
    }

    return ids.map((i) => this.identified(i, branch));
  }

  getRevisions(id: Identifier): Value {
    return host.makeTuple(this.find(id));
  }

  getRevision(id: Identifier): Node {
    const { ids, branch } = this.resolve(id);
    if (ids.length > 1) throw new MultipleHeads(ids, id);
    if (ids.length > 0) return this.identified(ids[0]!, branch);
    // the base of a branch is no revision, but the branch has to be there
    if (branch) this.branchRevision(branch);
    return null;
  }

  private branchRevision(label: string): Revision {
    const found = this.loaded.byName.get(label);
    if (found) return found;
    try {
      return this.identified(label, null);
    } catch (e) {
      if (e instanceof ResolutionError)
        throw host.withCause(new ResolutionError(`No such branch: '${label}'`, label), e);
      throw e;
    }
  }

  private identified(id: string, branch: string | null): Revision {
    const on = branch ? this.branchRevision(branch) : undefined;
    const { byName } = this.loaded;
    let found = byName.get(id);
    if (!found) {
      if (id === "") throw host.error("AssertionError", "");
      let like = [...byName.keys()].filter((n) => n.length > 3 && n.startsWith(id));
      if (on) like = this.lineage(like, branch);
      if (like.length === 0)
        throw new ResolutionError(
          `No such revision or branch '${id}'${id.length < 4 ? "; please ensure at least four characters are present for partial revision identifier matches" : ""}`,
          id,
        );
      if (like.length > 1)
        throw new ResolutionError(
          `Multiple revisions start with '${id}': ${like
            .slice(0, 3)
            .map((n) => `'${n}'`)
            .join(", ")}...`,
          id,
        );
      found = byName.get(like[0]!)!;
    }
    if (on && !this.sharesLineage(found, [on]))
      throw new ResolutionError(`Revision ${found.revision} is not a member of branch '${branch}'`, id);
    return found;
  }

  /** @internal those of the targets on the same line of history as an identifier */
  lineage<T extends string | Revision | null>(
    targets: Iterable<T>,
    against: Identifier,
    dependencies = false,
  ): T[] {
    const { ids, branch } = this.resolve(against);
    const all = [...targets];
    // names are looked up only where there is something to compare
    if (all.length === 0) return all;
    const shares = (branch ? [branch, ...ids] : ids).map((i) => this.identified(i, null));
    return all.filter(
      (t) =>
        shares.length === 0 ||
        (t !== null &&
          this.sharesLineage(typeof t === "string" ? this.identified(t, null) : t, shares, dependencies)),
    );
  }

  filterForLineage(targets: Value, checkAgainst: Identifier, includeDependencies = false): Value {
    return host.makeTuple(
      this.lineage(host.iterate(targets) as Iterable<string>, checkAgainst, includeDependencies),
    );
  }

  private sharesLineage(r: Revision, against: readonly Revision[], dependencies = false): boolean {
    const line = new Set([
      ...this.descendants([r], { dependencies }),
      ...this.ancestors([r], { dependencies }),
    ]);
    return against.some((a) => line.has(a));
  }

  /** @internal current revisions, with what they stand on, without what another of them stands on */
  allCurrent(id: Identifier): Revision[] {
    const top = new Set(present(this.find(id)));
    for (const a of this.ancestors(top)) top.add(a);
    for (const r of [...top])
      if (this.descendants([r], { dependencies: false }).some((d) => d !== r && top.has(d))) top.delete(r);
    return [...top];
  }

  // -- ranges --------------------------------------------------------------------------------

  /** Looks when it is asked for the first one. */
  *iterateRevisions(
    upper: Identifier,
    lower: Identifier,
    implicitBase: boolean | RangeOptions = {},
    inclusive = false,
    assertRelativeLength = true,
    selectForDowngrade = false,
  ): Generator<Revision> {
    const options =
      typeof implicitBase === "object"
        ? implicitBase
        : { implicitBase, inclusive, assertRelativeLength, selectForDowngrade };
    const { revisions, heads } = options.selectForDowngrade
      ? this.collectDowngrade(upper, lower, options)
      : this.collectUpgrade(upper, lower, options);
    for (const id of this.sorted(revisions, heads)) yield this.loaded.byName.get(id)!;
  }

  private walk(start: Node | string, steps: number, branch: string | null = null, noOverwalk = true): Place {
    let at: Place = typeof start === "string" ? this.getRevision(start) : start;
    for (let i = 0; i < Math.abs(steps); i++) {
      let next: Place[];
      if (steps > 0) {
        const ups: Node[] = (at === null ? this.loaded.bases : [...(at as Revision).next]).map((id) =>
          this.identified(id, null),
        );
        next = branch ? this.lineage(ups, branch) : ups;
      } else if (at === "base") next = [];
      else {
        next = [...this.find(at === null ? this.loaded.heads : [...at.downs])];
        if (next.length === 0) next = ["base"];
      }
      if (next.length === 0) return noOverwalk ? null : at;
      if (next.length > 1) throw new RevisionError("Ambiguous walk");
      at = next[0]!;
    }
    return at;
  }

  private downgradeTarget(
    current: Identifier,
    target: string | null,
    exact: boolean,
  ): { branch: string | null; place: Place } {
    if (target === null) return { branch: null, place: null };
    const m = RELATIVE.exec(target);
    if (!m) {
      const at = target.lastIndexOf("@");
      return { branch: at > 0 ? target.slice(0, at) : null, place: this.getRevision(target.slice(at + 1)) };
    }
    let branch: string | null = m[1] ?? null;
    let symbol: string | null = m[2] ?? null;
    const steps = Number(m[3]);
    const short = (): RevisionError =>
      new RevisionError(`Relative revision ${m[3]} didn't produce ${Math.abs(steps)} migrations`);
    if (steps >= 0) {
      if (symbol === null) throw short();
      const place = this.walk(symbol, steps, branch, exact);
      if (place === null) throw new RevisionError("Walked too far");
      return { branch, place };
    }
    const relative = symbol === null;
    if (symbol === null) {
      const now = names(current);
      if (branch) {
        let on = this.lineage(now, branch);
        if (on.length === 0)
          on = this.lineage(this.allCurrent(host.makeTuple(now)), branch).map((r) => r.revision);
        if (on.length !== 1) throw host.error("AssertionError", "");
        symbol = on[0]!;
      } else {
        if (now.length === 0) throw short();
        if (new Set(now).size > 1)
          host.warn(
            "UserWarning",
            "downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release.",
          );
        symbol = branch = now[0]!;
      }
    }
    const place = this.walk(
      this.getRevision(branch === null ? symbol : `${branch}@${symbol}`),
      steps,
      null,
      exact,
    );
    if (place === null) throw relative ? short() : new RevisionError("Walked too far");
    return { branch, place };
  }

  private upgradeTargets(current: Identifier, target: Identifier, exact: boolean): readonly Place[] {
    const m = typeof target === "string" ? RELATIVE.exec(target) : null;
    if (!m) return this.find(target);
    const branch = m[1] ?? null;
    const symbol = m[2] ?? null;
    const steps = Number(m[3]);
    const short = (text: string | number): RevisionError =>
      new RevisionError(`Relative revision ${text} didn't produce ${Math.abs(steps)} migrations`);
    if (steps > 0) {
      if (symbol !== null) return [this.walk(this.getRevision(symbol), steps, branch, exact)];
      const now = names(current);
      let starts: Node[] = now.length ? now.map((n) => this.getRevision(n)) : [null];
      if (branch) {
        const on = now.length ? this.find(host.makeTuple(now)) : [];
        starts = this.lineage(on, branch);
        if (starts.length === 0) {
          const active = this.lineage(this.ancestors(on), branch);
          const under = new Set(active.flatMap((r) => r.normalizedDowns));
          starts = active.filter((r) => !under.has(r.revision));
          if (starts.length === 0) starts = [null];
        }
      }
      if (starts.length > 1) throw new RevisionError("Ambiguous upgrade from multiple current revisions");
      const place = this.walk(starts[0]!, steps, branch, exact);
      if (place === null) throw short(m[3]!);
      return [place];
    }
    if (symbol === null) throw short(steps);
    return [
      this.walk(this.getRevision(branch === null ? symbol : `${branch}@${symbol}`), steps, null, exact),
    ];
  }

  private collectDowngrade(
    upper: Identifier,
    lower: Identifier,
    options: RangeOptions,
  ): { revisions: Set<Revision>; heads: readonly Node[] } {
    const target = this.downgradeTarget(
      upper,
      lower as string | null,
      options.assertRelativeLength !== false,
    );
    const { branch } = target;
    const place = target.place === "base" ? null : target.place;
    let roots =
      place === null
        ? // as in the real one, where a base that has a label is found by both of its names
          [...this.loaded.byName.values()].filter((r) => r.isBase)
        : options.inclusive
          ? [place]
          : [...place.next].map((id) => this.identified(id, null));
    if (branch && roots.length > 1) {
      const line = new Set(this.ancestors([this.branchRevision(branch)], { dependencies: false }));
      roots = roots.filter((r) => line.has(r));
      if (roots.length === 0) throw new RevisionError("Not a valid downgrade target from current heads");
    }
    const heads = this.find(upper);
    const active = new Set(this.ancestors(heads));
    const revisions = new Set(this.descendants(roots).filter((r) => active.has(r)));
    if (options.implicitBase) {
      const under = new Set(this.ancestors(roots));
      for (const r of active) if (!under.has(r)) revisions.add(r);
    }
    if (place !== null && revisions.size === 0 && !heads.includes(place))
      throw new RangeNotAncestorError("Nothing to drop", upper);
    return { revisions, heads };
  }

  private collectUpgrade(
    upper: Identifier,
    lower: Identifier,
    options: RangeOptions,
  ): { revisions: Set<Revision>; heads: readonly Node[] } {
    const exact = options.assertRelativeLength !== false;
    let targets = this.upgradeTargets(lower, upper, exact).map((t) => {
      if (!(t instanceof Revision)) throw host.error("AssertionError", "");
      return t;
    });
    if (typeof lower === "string" && lower.includes("@")) {
      let label = lower.slice(0, lower.indexOf("@"));
      const on = this.getRevision(label);
      if (on && on.revision === label) {
        if (on.branchLabels.size !== 1) throw host.error("AssertionError", "");
        [label = label] = on.branchLabels;
      }
      targets = targets.filter((t) => t.branchLabels.has(label));
    }
    const required = new Set([...this.ancestors(targets, { check: true }), ...targets]);
    let below: Identifier = lower;
    let current = this.find(lower);
    if (!options.implicitBase && current.some((r) => r !== null && !required.has(r)))
      throw new RangeNotAncestorError(lower, upper);
    if (current.length > 0 && current[0] === null) {
      const { place } = this.downgradeTarget(upper, lower as string | null, exact);
      current = place === "base" || place === null ? [] : [place];
      below = current[0]?.revision ?? null;
    }
    const have = new Set(this.ancestors(current, { check: true }));
    const needs = new Set([...required].filter((r) => !have.has(r)));
    if (options.inclusive) for (const r of present(this.find(below))) needs.add(r);
    if (current.length > 0 && !options.implicitBase) {
      const above = new Set(this.descendants(current, { check: true, dependencies: false }));
      for (const r of [...needs]) if (!above.has(r)) needs.delete(r);
    }
    return { revisions: needs, heads: targets };
  }

  /** Newest first; a branch is followed down to where another head still needs what comes next. */
  private sorted(revisions: ReadonlySet<Revision>, heads: Iterable<Node>): string[] {
    const { byName } = this.loaded;
    const order = [...byName.keys()];
    const above = (id: string): Set<string> =>
      new Set(this.ancestors([byName.get(id)!]).map((r) => r.revision));
    const todo = new Set([...revisions].map((r) => r.revision));
    const tips = [...new Set(present(heads).map((r) => r.revision))]
      .filter((id) => todo.has(id))
      .sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const under = tips.map(above);
    const out: string[] = [];
    let at = 0;
    while (tips.length > 0) {
      const candidate = tips[at]!;
      const blocked = under.findIndex((ids, i) => i !== at && ids.has(candidate));
      if (blocked >= 0) {
        at = blocked;
        continue;
      }
      if (todo.delete(candidate)) out.push(candidate);
      const r = byName.get(candidate)!;
      const next = r.normalizedDowns.filter((id) => todo.has(id) && !tips.includes(id));
      if (next.length === 0) {
        tips.splice(at, 1);
        under.splice(at, 1);
        at = Math.max(at - 1, 0);
      } else {
        tips[at] = next[0]!;
        tips.push(...next.slice(1));
        under[at] = above(next[0]!);
        under.push(...next.slice(1).map(above));
      }
    }
    if (todo.size > 0) throw host.error("AssertionError", "");
    return out;
  }
}

function present(of: Iterable<Node | undefined>): Revision[] {
  return [...of].filter((r): r is Revision => r instanceof Revision);
}
