// alembic.ini as the commands and env.py read it.
//
// The ini file is configparser's (a seam): `file_config` is the program's own ConfigParser, so that what env.py sets is seen here.
import { host, type Value } from "../util/host.ts";
import { CommandError } from "./errors.ts";
import { type MessagingOptions, msg } from "./messaging.ts";
import { seams } from "./seams.ts";

const SEPARATORS: Readonly<Record<string, string>> = {
  space: " ",
  newline: "\n",
  os: ":",
  ":": ":",
  ";": ";",
};

export interface ConfigOptions {
  readonly iniSection?: string;
  readonly cmdOpts?: Value;
}

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
    this.stdout = stdout ?? null;
    this.cmdOpts = cmdOpts;
    this.configArgs = new Map(
      [...(configArgs === null || configArgs === undefined ? [] : host.entries(configArgs)!)].map(
        ([k, v]) => [host.str(k), host.str(v)],
      ),
    );
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
    if (this.stdout === null) msg(shown, this.messagingOpts);
    else host.call(host.getAttribute(this.stdout, "write"), [`${shown}\n`]);
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
    return "/usr/lib/python3/alembic/templates";
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
  getAlembicOption(name: string, fallback: Value = null): Value {
    return host.isTrue(this.ask("has_option", this.configIniSection, name))
      ? this.ask("get", this.configIniSection, name)
      : fallback;
  }
  getAlembicBooleanOption(name: string): boolean {
    return this.getAlembicOption(name) === "true";
  }

  private list(name: string, separators: readonly string[], legacy: RegExp, warning: string): string[] {
    const text = this.getAlembicOption(name) as string | null;
    if (!text) return [];
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
}
