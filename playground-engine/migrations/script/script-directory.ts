// The folder of migration scripts: loads its revisions, finds ranges of them, writes new ones.
//
// Behaviour: alembic.script.base. What the map finds wrong (RevisionError) leaves here as a CommandError in the program's words.
import { host, type DateTimeParts, type Value } from "../../util/host.ts";
import type { Config } from "../config.ts";
import {
  CommandError,
  MultipleHeads,
  RangeNotAncestorError,
  ResolutionError,
  RevisionError,
} from "../errors.ts";
import { render } from "../mako.ts";
import { formatAsComma, type MessagingOptions, status } from "../messaging.ts";
import { RevisionStep, StampStep, type Step } from "../runtime/steps.ts";
import { seams } from "../seams.ts";
import { names, Revision, scalar } from "./revision.ts";
import { type Identifier, RevisionMap } from "./revision-map.ts";
import { Script } from "./script.ts";
import { runHooks } from "./write-hooks.ts";

interface Words {
  readonly ancestor?: string;
  readonly multipleHeads?: string;
  readonly start?: Value;
  readonly end?: Value;
}

export class ScriptDirectory {
  readonly dir: string;
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  readonly versionLocations: readonly string[];
  readonly timezone: string | null;
  readonly recursiveVersionLocations: boolean;
  readonly messagingOpts: MessagingOptions;
  readonly sourceless: boolean;
  readonly outputEncoding: string;
  readonly hooks: readonly ReadonlyMap<string, string>[];
  readonly revisionMap: RevisionMap;

  constructor(
    dir: Value,
    fileTemplate: string | null = null,
    truncateSlugLength: number | null = null,
    versionLocations: Value = null,
    sourceless = false,
    outputEncoding = "utf-8",
    timezone: string | null = null,
    hooks: Value = [],
    recursive = false,
    messaging: MessagingOptions | null = null,
  ) {
    this.dir = host.str(dir);
    this.fileTemplate = fileTemplate ?? "%(rev)s_%(slug)s";
    this.truncateSlugLength = truncateSlugLength || 40;
    this.versionLocations =
      versionLocations === null ? [] : [...host.iterate(versionLocations)!].map((v) => host.str(v));
    this.timezone = timezone;
    this.recursiveVersionLocations = recursive;
    this.messagingOpts = messaging ?? { quiet: false };
    this.sourceless = sourceless;
    this.outputEncoding = outputEncoding;
    this.hooks = [...(host.iterate(hooks ?? []) ?? [])].map(
      (h) => new Map([...host.entries(h)!].map(([k, v]) => [host.str(k), host.str(v)])),
    );
    this.revisionMap = new RevisionMap(() => this.load());
    if (seams.kindOfPath(this.dir) === undefined)
      throw new CommandError(
        `Path doesn't exist: ${this.dir}.  Please use the 'init' command to create a new scripts folder.`,
      );
  }

  static fromConfig(config: Config): ScriptDirectory {
    const location = config.getAlembicOption("script_location");
    if (location === null) throw new CommandError("No 'script_location' key found in configuration.");
    const length = config.getAlembicOption("truncate_slug_length") as string | null;
    const paths = config.getPrependSysPathsList();
    if (paths.length > 0) seams.prependSysPath(paths);
    return new ScriptDirectory(
      resource(
        typeof location === "string"
          ? location
          : host.str(host.call(host.getAttribute(seams.importModule("os"), "fspath"), [location])),
      ),
      config.getAlembicOption("file_template") as string | null,
      length === null
        ? null
        : (host.call(host.getAttribute(seams.importModule("builtins"), "int"), [length]) as number),
      config.getVersionLocationsList(),
      config.getAlembicBooleanOption("sourceless"),
      config.getAlembicOption("output_encoding", "utf-8") as string,
      config.getAlembicOption("timezone") as string | null,
      config.getHooksList(),
      config.getAlembicBooleanOption("recursive_version_locations"),
      config.messagingOpts,
    );
  }

  get envPyLocation(): string {
    return `${this.dir}/env.py`;
  }
  get versions(): string {
    const all = this.locations;
    if (all.length > 1) throw new CommandError("Multiple version_locations present");
    return all[0]!;
  }
  private get locations(): string[] {
    return this.versionLocations.length > 0
      ? this.versionLocations.map((p) => seams.absolute(p))
      : [seams.absolute(`${this.dir}/versions`)];
  }

  private *load(): Iterable<Script> {
    const seen = new Set<string>();
    for (const location of this.locations)
      for (const path of this.filesIn(location)) {
        if (seen.has(path)) {
          host.warn(
            "UserWarning",
            `File ${path} loaded twice! ignoring. Please ensure version_locations is unique.`,
          );
          continue;
        }
        seen.add(path);
        const script = Script.fromPath(path);
        if (script) yield script;
      }
  }

  private filesIn(dir: string): string[] {
    if (seams.kindOfPath(dir) !== "directory" || dir.endsWith("__pycache__")) return [];
    const all = [...seams.list(dir)].sort().map((n) => `${dir}/${n}`);
    const files = all.filter((p) => seams.kindOfPath(p) === "file");
    return this.recursiveVersionLocations
      ? [...files, ...all.filter((p) => seams.kindOfPath(p) === "directory").flatMap((p) => this.filesIn(p))]
      : files;
  }

  /** Run something; what the map finds wrong is told in a command's words. */
  private told<T>(words: Words, action: () => T): T {
    try {
      return action();
    } catch (e) {
      if (!(e instanceof RevisionError)) throw e;
      let text = e.message;
      if (e instanceof RangeNotAncestorError)
        text = fill(
          words.ancestor ??
            "Requested range %(start)s:%(end)s does not refer to ancestor/descendant revisions along the same branch",
          { start: shown(words.start ?? e.lower), end: shown(words.end ?? e.upper) },
        );
      else if (e instanceof MultipleHeads)
        text = fill(
          words.multipleHeads ??
            "Multiple head revisions are present for given argument '%(head_arg)s'; please specify a specific target revision, '<branchname>@%(head_arg)s' to narrow to a specific head, or 'heads' for all heads",
          { head_arg: shown(words.end ?? e.argument), heads: e.heads.join(", ") },
        );
      else if (e instanceof ResolutionError)
        text = `Can't locate revision identified by '${shown(e.argument)}'`;
      throw host.withCause(new CommandError(text), e);
    }
  }

  // -- asking -------------------------------------------------------------------------------

  *walkRevisions(base: Identifier = "base", head: Identifier = "heads"): Generator<Script> {
    yield* this.told(
      { start: base, end: head },
      () =>
        [
          ...this.revisionMap.iterateRevisions(head, base, { inclusive: true, assertRelativeLength: false }),
        ] as Script[],
    );
  }
  /** @internal */
  find(id: Identifier): Script[] {
    return this.told({}, () => this.revisionMap.find(id).filter((r) => r !== null)) as Script[];
  }
  getRevisions(id: Identifier): Value {
    return host.makeTuple(this.told({}, () => this.revisionMap.find(id)));
  }
  /** @internal */
  allCurrent(id: Identifier): Script[] {
    return this.told({}, () => this.revisionMap.allCurrent(id)) as Script[];
  }
  getAllCurrent(id: Identifier): Value {
    return host.makeSet(this.allCurrent(id));
  }
  getRevision(id: Identifier): Script | null {
    return this.told({}, () => this.revisionMap.getRevision(id)) as Script | null;
  }
  asRevisionNumber(id: Identifier): Value {
    const { ids } = this.told({}, () => this.revisionMap.resolve(id));
    return ids.length === 0 ? null : id === "heads" ? host.makeTuple(ids) : ids[0]!;
  }
  iterateRevisions(
    upper: Identifier,
    lower: Identifier,
    options: Map<string, Value> = new Map(),
  ): Iterable<Revision> {
    const flag = (name: string): boolean | undefined => options.get(name) as boolean | undefined;
    return this.revisionMap.iterateRevisions(upper, lower, {
      implicitBase: flag("implicit_base") ?? false,
      inclusive: flag("inclusive") ?? false,
      assertRelativeLength: flag("assert_relative_length") ?? true,
      selectForDowngrade: flag("select_for_downgrade") ?? false,
    });
  }
  getCurrentHead(): string | null {
    return this.told(
      {
        multipleHeads:
          "The script directory has multiple heads (due to branching).Please use get_heads(), or merge the branches using alembic merge.",
      },
      () => this.revisionMap.getCurrentHead(),
    );
  }
  // What is wrong with the files as a whole is no CommandError here: so in the real one.
  getHeads(considerDependsOn = false): string[] {
    return [...(considerDependsOn ? this.revisionMap.realHeadNames : this.revisionMap.headNames)];
  }
  getBases(): string[] {
    return [...this.revisionMap.baseNames];
  }
  getBase(): string | null {
    const bases = this.getBases();
    if (bases.length > 1)
      throw new CommandError("The script directory has multiple bases. Please use get_bases().");
    return bases[0] ?? null;
  }

  // -- steps ---------------------------------------------------------------------------------

  /** @internal */
  _upgradeRevs(destination: Identifier, current: Identifier): Step[] {
    return this.told(
      {
        ancestor: "Destination %(end)s is not a valid upgrade target from current head(s)",
        end: destination,
      },
      () =>
        [...this.revisionMap.iterateRevisions(destination, current, { implicitBase: true })]
          .reverse()
          .map((s) => new RevisionStep(this.revisionMap, s as Script, true)),
    );
  }
  /** @internal */
  _downgradeRevs(destination: Identifier, current: Identifier): Step[] {
    return this.told(
      {
        ancestor: "Destination %(end)s is not a valid downgrade target from current head(s)",
        end: destination,
      },
      () =>
        [...this.revisionMap.iterateRevisions(current, destination, { selectForDowngrade: true })].map(
          (s) => new RevisionStep(this.revisionMap, s as Script, false),
        ),
    );
  }
  /** @internal */
  _stampRevs(revision: Value, heads: Value): Step[] {
    return this.told(
      { multipleHeads: "Multiple heads are present; please specify a single target revision" },
      () => {
        const present = this.find(heads);
        const wanted = names(revision).length === 0 ? ["base"] : names(revision);
        const affected = [...new Set(wanted.flatMap((w) => this.revisionMap.lineage(present, w, true)))];
        const dests: (Revision | null)[] = wanted.flatMap((w) => this.revisionMap.find(w));
        const all = affected.map((h) => h.revision);
        return (dests.length > 0 ? dests : [null]).flatMap((dest): StampStep[] => {
          // "-2" of a short history walks to what is no revision
          if (dest !== null && !(dest instanceof Revision)) throw host.error("AssertionError", "");
          if (dest === null)
            return affected.map((h) => new StampStep([h.revision], [], false, true, this.revisionMap));
          if (affected.includes(dest as Script)) return [];
          const meets = (line: readonly Revision[]): boolean => affected.some((h) => line.includes(h));
          if (meets(this.revisionMap.descendants([dest])))
            return [new StampStep(all, [dest.revision], false, false, this.revisionMap)];
          if (meets(this.revisionMap.ancestors([dest])))
            return [new StampStep(all, [dest.revision], true, false, this.revisionMap)];
          return [new StampStep([], [dest.revision], true, true, this.revisionMap)];
        });
      },
    );
  }

  runEnv(): void {
    seams.loadModule("env_py", seams.absolute(this.envPyLocation));
  }

  // -- writing -------------------------------------------------------------------------------

  /** @internal */
  generate(source: string, dest: string, args: ReadonlyMap<string, Value>): void {
    status(`Generating ${dest}`, this.messagingOpts, () => {
      let text: string;
      try {
        text = render(source, args);
      } catch (e) {
        const report = `/tmp/tmp${seams.newRevisionId().slice(0, 8)}.txt`;
        seams.makeDirectories("/tmp");
        seams.writeText(report, `\n${source}\n\n${host.errorText(e)}\n`);
        throw new CommandError(`Template rendering failed; see ${report} for a template-oriented traceback.`);
      }
      seams.writeText(dest, text);
    });
  }

  private ensureDirectory(path: string): void {
    if (seams.kindOfPath(path) === undefined)
      status(`Creating directory ${path}`, this.messagingOpts, () => seams.makeDirectories(path));
  }

  generateRevision(
    revid: string,
    message: string | null,
    head: Value = null,
    splice: boolean | null = false,
    branchLabels: Value = null,
    versionPath: string | null = null,
    _fileTemplate: Value = null,
    dependsOn: Value = null,
    kw: Map<string, Value> = new Map(),
  ): Script | null {
    this.plainly(() => Revision.verifyRevId(revid));
    const heads = this.told(
      {
        multipleHeads:
          "Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.",
      },
      () => {
        const id = head ?? "head";
        const found = this.revisionMap.find(id);
        return found.length === 0 && typeof id === "string" ? [] : found;
      },
    ) as readonly (Script | null)[];
    if (new Set(heads).size !== heads.length) throw new CommandError("Duplicate head revisions specified");
    const date = this.createDate();
    const path = this.versionPathFor(versionPath, heads);
    if (!this.locations.includes(path))
      throw new CommandError(
        `Path ${versionPath === null ? path : asPath(versionPath)} is not represented in current version locations`,
      );
    if (this.versionLocations.length > 0) this.ensureDirectory(path);
    const file = `${path}/${this.fileName(revid, message, date)}`;
    this.ensureDirectory(file.slice(0, file.lastIndexOf("/")));
    if (!splice)
      for (const h of heads)
        if (h && !h.isHead)
          throw new CommandError(
            `Revision ${h.revision} is not a head revision; please specify --splice to create a new branch from this revision`,
          );
    const depends = names(dependsOn).map((d) => {
      const r = this.getRevision(d)!;
      return r.branchLabels.has(d) ? d : r.revision;
    });
    const template = `${this.dir}/script.py.mako`;
    const source = seams.readText(template);
    const args = new Map<string, Value>([
      ["up_revision", revid],
      ["down_revision", scalar(heads.map((h) => h?.revision ?? null))],
      ["branch_labels", branchLabels === null ? null : host.makeTuple(names(branchLabels))],
      ["depends_on", scalar(depends)],
      ["create_date", host.types.makeDateTime(date)],
      ["comma", formatAsComma],
      ["message", message ?? "empty message"],
      ...kw,
    ]);
    if (source === undefined)
      throw host.error(
        "FileNotFoundError",
        `[Errno 2] No such file or directory: '${seams.absolute(template)}'`,
      );
    this.generate(source, file, args);
    runHooks(file, this.hooks, this.messagingOpts);
    const script = this.plainly(() => Script.fromPath(file));
    if (script === null) return null;
    if (names(branchLabels).length > 0 && script.branchLabels.size === 0)
      throw new CommandError(
        `Version ${script.revision} specified branch_labels ${host.str(branchLabels)}, however the migration file ${script.path} does not have them; have you upgraded your script.py.mako to include the 'branch_labels' section?`,
      );
    this.revisionMap.addRevision(script);
    return script;
  }

  private createDate(): DateTimeParts {
    const { timezone } = this;
    if (timezone === null) return host.now(false);
    for (const name of [timezone, timezone.toUpperCase()]) {
      const found = inZone(host.now(true), name);
      if (found) return found;
    }
    throw new CommandError(`Can't locate timezone: ${timezone}`);
  }

  private plainly<T>(action: () => T): T {
    try {
      return action();
    } catch (e) {
      if (e instanceof RevisionError) throw host.withCause(new CommandError(e.message), e);
      throw e;
    }
  }

  private versionPathFor(given: string | null, heads: readonly (Script | null)[]): string {
    if (given !== null) return seams.absolute(given);
    if (this.locations.length === 1) return this.locations[0]!;
    const first = heads.find((h) => h !== null);
    if (!first) throw new CommandError("Multiple version locations present, please specify --version-path");
    return first.path.slice(0, first.path.lastIndexOf("/"));
  }

  private fileName(rev: string, message: string | null, date: DateTimeParts): string {
    let slug = ((message ?? "").match(/[\p{L}\p{N}_]+/gu) ?? []).join("_").toLowerCase();
    if (slug.length > this.truncateSlugLength) {
      const cut = slug.slice(0, this.truncateSlugLength);
      slug = `${cut.includes("_") ? cut.slice(0, cut.lastIndexOf("_")) : cut}_`;
    }
    const values: Record<string, string | number> = {
      rev,
      slug,
      epoch: epochOf(date),
      year: date.year,
      month: date.month,
      day: date.day,
      hour: date.hour,
      minute: date.minute,
      second: date.second,
    };
    return `${this.fileTemplate.replace(/%\((\w+)\)(?:\.?(\d*)\.?(\d*))([sd])/g, (_, name: string, a: string, b: string) => String(values[name] ?? "").padStart(Number(b || a || 0), "0")).replaceAll("%%", "%")}.py`;
  }
}

/** A time of UTC as the clocks of a zone show it; undefined where there is no such zone. */
function inZone(utc: DateTimeParts, timeZone: string): DateTimeParts | undefined {
  const { year, month, day, hour, minute, second, microsecond } = utc;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
  const parts = new Map(format.formatToParts(at).map((p) => [p.type as string, Number(p.value)]));
  const [y, mo, d, h, mi, s] = ["year", "month", "day", "hour", "minute", "second"].map((n) => parts.get(n)!);
  const offset = (Date.UTC(y!, mo! - 1, d, h, mi, s) - at) / 1000;
  return { year: y!, month: mo!, day: d!, hour: h!, minute: mi!, second: s!, microsecond, offset };
}

/** A path as pathlib shows it. */
function asPath(path: string): string {
  const parts = path.split("/").filter((p) => p !== "" && p !== ".");
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}` || ".";
}

/** "package:folder" is a folder inside an importable package. */
function resource(name: string): string {
  if (name.startsWith("/") || !name.includes(":")) return name;
  const [pkg, ...rest] = name.split(":");
  const file = host.getAttribute(seams.importModule(pkg!), "__file__");
  return [typeof file === "string" ? file.slice(0, file.lastIndexOf("/")) : pkg!, ...rest].join("/");
}

function shown(v: Value): string {
  return typeof v === "string" ? v : host.str(v);
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/%\((\w+)\)s/g, (_, name: string) => values[name] ?? "");
}

/** Seconds since 1970 of a local time, or of one with an offset. */
function epochOf(d: DateTimeParts): number {
  const milliseconds =
    d.offset === undefined
      ? new Date(d.year, d.month - 1, d.day, d.hour, d.minute, d.second).getTime()
      : Date.UTC(d.year, d.month - 1, d.day, d.hour, d.minute, d.second) - d.offset * 1000;
  return Math.floor(milliseconds / 1000);
}
