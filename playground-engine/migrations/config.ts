// alembic.ini as the commands and env.py read it.
//
// The ini file is configparser's (a seam): `file_config` is the program's own ConfigParser, so that what env.py sets is seen here.
import { host, type Value } from "../util/host.ts";
import { CommandError } from "./errors.ts";
import type { MessagingOptions } from "./messaging.ts";
import { seams } from "./seams.ts";

const SEPARATORS: Readonly<Record<string, string>> = {
  space: " ",
  newline: "\n",
  os: ":",
  ":": ":",
  ";": ";",
};

/** Where Alembic's own templates would be; they are in templates.ts. */
export const TEMPLATE_DIRECTORY = "/usr/lib/python3/alembic/templates";

export class Config {
  readonly configFileName: string | null;
  readonly tomlFileName: string | null;
  configIniSection: string;
  outputBuffer: Value;
  stdout: Value;
  cmdOpts: Value;
  readonly configArgs: Map<string, string>;
  readonly attributes: Value;
  private parser: Value | undefined;
  private toml: ReadonlyMap<string, Value> | undefined;
  /** What `%(name)s` stands for in pyproject.toml. */
  readonly tomlArgs: Map<string, string>;

  constructor(
    file: Value = null,
    tomlFile: Value = null,
    iniSection = "alembic",
    outputBuffer: Value = null,
    stdout: Value = null,
    cmdOpts: Value = null,
    configArgs: Value = null,
    attributes: Value = null,
  ) {
    this.configFileName = file === null ? null : host.str(file);
    this.tomlFileName = tomlFile === null ? null : host.str(tomlFile);
    this.configIniSection = iniSection;
    this.outputBuffer = outputBuffer;
    this.stdout = stdout ?? seams.standardOutput();
    this.cmdOpts = cmdOpts;
    this.configArgs = new Map(
      [...(configArgs === null || configArgs === undefined ? [] : host.entries(configArgs)!)].map(
        ([k, v]) => [host.str(k), host.str(v)],
      ),
    );
    this.tomlArgs = new Map(this.configArgs);
    this.attributes = host.makeDict(
      attributes === null || attributes === undefined ? [] : host.entries(attributes)!,
    );
  }

  get messagingOpts(): MessagingOptions {
    return { quiet: this.cmdOpts !== null && host.isTrue(host.getAttribute(this.cmdOpts, "quiet") ?? false) };
  }

  printStdout(text: Value, arg: readonly Value[] = []): void {
    if (this.messagingOpts.quiet) return;
    let i = 0;
    const shown = arg.length === 0 ? host.str(text) : host.str(text).replace(/%s/g, () => host.str(arg[i++]));
    for (const part of [shown, "\n"]) write(this.stdout, part);
  }

  get fileConfig(): Value {
    if (this.parser === undefined) {
      const path = this.configFileName === null ? null : seams.absolute(this.configFileName);
      this.configArgs.set("here", path === null ? "." : path.slice(0, path.lastIndexOf("/")) || "/");
      this.parser = seams.readIni(path === null ? "" : (seams.readText(path) ?? ""), this.configArgs);
      if (this.cmdOpts !== null && host.isTrue(host.getAttribute(this.cmdOpts, "verbose") ?? false))
        host
          .logger("alembic.config")
          .log(
            20,
            path === null
              ? "No config file provided; using in-memory default config"
              : `Loading config from file: ${this.configFileName!.replaceAll("%", "%%")}`,
          );
      if (path === null) this.ask("add_section", this.configIniSection);
    }
    return this.parser;
  }
  private ask(method: string, ...args: Value[]): Value {
    return host.call(host.getAttribute(this.fileConfig, method), args);
  }
  private hasSection(name: string): boolean {
    return host.isTrue(this.ask("has_section", name));
  }

  getTemplateDirectory(): string {
    return TEMPLATE_DIRECTORY;
  }
  getSection(name: string, fallback: Value = null): Value {
    return this.hasSection(name)
      ? host.makeDict(
          [...host.iterate(this.ask("items", name))!].map(
            (pair) => [...host.iterate(pair)!] as [Value, Value],
          ),
        )
      : fallback;
  }
  setMainOption(name: string, value: Value): void {
    this.setSectionOption(this.configIniSection, name, value);
  }
  removeMainOption(name: string): void {
    this.ask("remove_option", this.configIniSection, name);
  }
  setSectionOption(section: string, name: string, value: Value): void {
    if (!this.hasSection(section)) this.ask("add_section", section);
    this.ask("set", section, name, value);
  }
  getSectionOption(section: string, name: string, fallback: Value = null): Value {
    if (!this.hasSection(section))
      throw new CommandError(
        `No config file ${host.repr(this.configFileName)} found, or file has no '[${section}]' section`,
      );
    return host.isTrue(this.ask("has_option", section, name)) ? this.ask("get", section, name) : fallback;
  }
  getMainOption(name: string, fallback: Value = null): Value {
    return this.getSectionOption(this.configIniSection, name, fallback);
  }
  /** @internal an option of the ini file's section; undefined where the section has none of that name */
  private own(name: string): string | undefined {
    return host.isTrue(this.ask("has_option", this.configIniSection, name))
      ? (this.ask("get", this.configIniSection, name) as string)
      : undefined;
  }
  getAlembicOption(name: string, fallback: Value = null): Value {
    return this.own(name) ?? this.ofToml(name, fallback);
  }
  getAlembicBooleanOption(name: string): boolean {
    const own = this.own(name);
    if (own !== undefined) return own === "true";
    const value = this.tomlAlembicConfig.get(name) ?? false;
    if (typeof value !== "boolean")
      throw new CommandError(`boolean value expected for TOML parameter ${host.repr(name)}`);
    return value;
  }

  /** [tool.alembic] of pyproject.toml. */
  get tomlAlembicConfig(): ReadonlyMap<string, Value> {
    if (!this.toml) {
      const path = this.tomlFileName === null ? null : seams.absolute(this.tomlFileName);
      const text = path === null ? undefined : seams.readText(path);
      this.toml = new Map();
      if (path !== null && text !== undefined) {
        this.tomlArgs.set("here", path.slice(0, path.lastIndexOf("/")) || "/");
        const tool = entry(entry(seams.readToml(text), "tool"), "alembic");
        if (tool !== undefined && host.kindOf(tool) !== "dict")
          throw new CommandError("Incorrect TOML format");
        this.toml = new Map([...(host.entries(tool ?? new Map()) ?? [])].map(([k, v]) => [host.str(k), v]));
      }
    }
    return this.toml;
  }
  /** @internal */
  get hasTomlSection(): boolean {
    const text = this.tomlFileName === null ? undefined : seams.readText(seams.absolute(this.tomlFileName));
    return text !== undefined && entry(entry(seams.readToml(text), "tool"), "alembic") !== undefined;
  }
  private ofToml(name: string, fallback: Value): Value {
    const value = this.tomlAlembicConfig.get(name);
    if (value === undefined) return fallback;
    const fill = (v: Value): Value =>
      host
        .str(v)
        .replace(/%\((\w+)\)s|%%/g, (all, key?: string) =>
          key === undefined ? "%" : (this.tomlArgs.get(key) ?? all),
        );
    const table = (v: Value): Value =>
      host.makeDict([...host.entries(v)!].map(([k, x]) => [k, fill(x)] as const));
    switch (host.kindOf(value)) {
      case "none":
      case "int":
      case "bool":
        return value;
      case "str":
        return fill(value);
      case "list":
        return host.makeList(
          [...host.iterate(value)!].map((v) => (host.kindOf(v) === "dict" ? table(v) : fill(v))),
        );
      case "dict":
        return table(value);
      default:
        throw new CommandError(`unsupported TOML value type for key: ${host.repr(name)}`);
    }
  }

  private list(name: string, separators: readonly string[], legacy: RegExp, warning: string): string[] {
    const text = this.own(name);
    if (!text) return [...(host.iterate(this.ofToml(name, [])) ?? [])].map((v) => host.str(v));
    for (const key of separators) {
      const given = this.getMainOption(key) as string | null;
      if (given === null) continue;
      const by = SEPARATORS[given];
      if (by === undefined)
        throw host.error(
          "ValueError",
          `'${given}' is not a valid value for ${key}; expected 'space', 'newline', 'os', ':', ';'`,
        );
      if (key === "version_path_separator")
        host.warn(
          "DeprecationWarning",
          "The version_path_separator configuration parameter is deprecated; please use path_separator",
        );
      return text
        .split(by)
        .filter(Boolean)
        .map((x) => x.trim());
    }
    host.warn("DeprecationWarning", warning);
    return text.split(legacy);
  }
  getVersionLocationsList(): string[] {
    return this.list(
      "version_locations",
      ["path_separator", "version_path_separator"],
      /, *| +/,
      "No path_separator found in configuration; falling back to legacy splitting on spaces/commas for version_locations.  Consider adding path_separator=os to Alembic config.",
    );
  }
  getPrependSysPathsList(): string[] {
    return this.list(
      "prepend_sys_path",
      ["path_separator"],
      /, *| +|:/,
      "No path_separator found in configuration; falling back to legacy splitting on spaces, commas, and colons for prepend_sys_path.  Consider adding path_separator=os to Alembic config.",
    );
  }

  /** What is to be done with new revision files: the options of each hook. */
  getHooksList(): readonly ReadonlyMap<string, string>[] {
    if (!this.hasSection("post_write_hooks"))
      return [...host.iterate(this.ofToml("post_write_hooks", []))!].map((table) => {
        const options = new Map([...host.entries(table)!].map(([k, v]) => [host.str(k), host.str(v)]));
        const name = options.get("name") ?? "";
        options.delete("name");
        return options.set("_hook_name", name);
      });
    const all = [...host.entries(this.getSection("post_write_hooks"))!].map(
      ([k, v]) => [host.str(k), host.str(v)] as const,
    );
    const names = new Map(all).get("hooks") ?? "";
    return names
      .split(/, *| +/)
      .filter(Boolean)
      .map((name) => {
        const own = all
          .filter(([k]) => k.startsWith(`${name}.`))
          .map(([k, v]) => [k.slice(name.length + 1), v] as const);
        return new Map([...own, ["_hook_name", name]]);
      });
  }
}

function entry(table: Value, key: string): Value | undefined {
  return new Map(host.entries(table ?? new Map()) ?? []).get(key);
}

/** Writes what a stream's encoding has no character for as a question mark. */
function write(stream: Value, text: string): void {
  const given = host.getAttribute(stream, "encoding");
  const encoding = host.isTrue(given ?? null) ? given : "ascii";
  const bytes = host.call(host.getAttribute(text, "encode"), [encoding, "replace"]);
  const shown = host.call(host.getAttribute(bytes, "decode"), [encoding]);
  host.call(host.getAttribute(stream, "write"), [shown]);
}
