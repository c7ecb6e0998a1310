// Options of the terminal's small programs, by the rules and with the messages of GNU getopt.
//
// Behaviour: the "Utility Syntax Guidelines" of POSIX (pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap12.html) and long
// options as GNU has them, with options and operands in any order. Libraries that read words for JavaScript programs take
// `-l true` and `-nabc` otherwise than these programs do. (Alembic's and pytest's options are read by Python's argparse.)

export interface OptionSpec {
  /** Letters of switches: "al1". */
  readonly flags?: string;
  /** Letters of options with a value: "n". */
  readonly values?: string;
  /** Long names by letter: `{ a: "all" }`. */
  readonly long?: Readonly<Record<string, string>>;
}

export interface Options {
  has(letter: string): boolean;
  /** The last value given. */
  value(letter: string): string | undefined;
  readonly rest: readonly string[];
}

/** Options and operands; or the text of the mistake, without the program's name. */
export function readOptions(args: readonly string[], spec: OptionSpec): Options | string {
  const { flags = "", values = "" } = spec;
  const long = new Map(Object.entries(spec.long ?? {}).map(([letter, name]) => [name, letter]));
  const given = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--") {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (arg.startsWith("--")) {
      const [, name = "", value] = /^--([^=]*)(?:=([^]*))?$/.exec(arg)!;
      const names = long.has(name) ? [name] : [...long.keys()].filter((l) => l.startsWith(name));
      if (names.length === 0) return `unrecognized option '${arg}'`;
      if (names.length > 1)
        return `option '--${name}' is ambiguous; possibilities: ${names.map((n) => `'--${n}'`).join(" ")}`;
      const letter = long.get(names[0]!)!;
      if (flags.includes(letter)) {
        if (value !== undefined) return `option '--${names[0]}' doesn't allow an argument`;
        given.set(letter, "");
      } else if (value === undefined && i + 1 >= args.length)
        return `option '--${names[0]}' requires an argument`;
      else given.set(letter, value ?? args[++i]!);
    } else if (arg.startsWith("-") && arg !== "-") {
      for (let k = 1; k < arg.length; k++) {
        const letter = arg[k]!;
        if (values.includes(letter)) {
          if (k < arg.length - 1) given.set(letter, arg.slice(k + 1));
          else if (i + 1 < args.length) given.set(letter, args[++i]!);
          else return `option requires an argument -- '${letter}'`;
          break;
        }
        if (!flags.includes(letter)) return `invalid option -- '${letter}'`;
        given.set(letter, "");
      }
    } else rest.push(arg);
  }
  return { has: (letter) => given.has(letter), value: (letter) => given.get(letter), rest };
}
