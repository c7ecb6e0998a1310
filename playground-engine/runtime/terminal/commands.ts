// Every command of the terminal by its name.
import { builtins, elsewhere } from "./builtins.ts";
import type { CommandSpec, Io, ShellFace } from "./command.ts";
import { fileCommands } from "./files.ts";
import { pythonCommands } from "./python.ts";
import { sqlite3Command } from "./sqlite3.ts";
import { textCommands } from "./text.ts";

function help(io: Io, shell: ShellFace): number {
  const one = io.args[0];
  if (one !== undefined) {
    const spec = commands.get(one);
    if (!spec) {
      io.err(`help: no command '${one}'\n`);
      return 1;
    }
    io.out(`${spec.usage}\n    ${spec.about}\n`);
    for (const o of spec.options ?? []) io.out(`      ${o}\n`);
    return 0;
  }
  const groups: readonly (readonly [string, readonly (readonly [string, CommandSpec])[]])[] = [
    ["Programs", [...pythonCommands, ["sqlite3", sqlite3Command] as const]],
    ["Files", fileCommands],
    ["Text", textCommands],
    ["Shell", [...builtins, ["help", helpSpec] as const]],
  ];
  const listed = (specs: readonly (readonly [string, CommandSpec])[]): (readonly [string, CommandSpec])[] =>
    specs.filter(([, s]) => !s.quiet);
  const width = Math.max(...groups.flatMap(([, specs]) => listed(specs).map(([n]) => n.length)));
  groups.forEach(([title, specs], i) => {
    io.out(`${i > 0 ? "\n" : ""}${title}\n`);
    for (const [name, spec] of listed(specs)) io.out(`  ${name.padEnd(width)}  ${spec.about}\n`);
  });
  io.out(
    `\nWords are quoted as in bash; lines join commands with && || ; | and write to files with > >>.\n` +
      `help COMMAND says more. ${shell.color ? "Tab completes, arrows bring back earlier lines.\n" : "\n"}`.trimEnd() +
      "\n",
  );
  return 0;
}

const helpSpec: CommandSpec = {
  run: help,
  usage: "help [COMMAND]",
  about: "List the commands, or say more of one.",
};

const away = ([name, hint]: readonly [string, string]): readonly [string, CommandSpec] => [
  name,
  {
    quiet: true,
    usage: name,
    about: hint,
    run: (io) => {
      io.err(`bash: ${io.name}: command not found\n${hint}\n`);
      return 127;
    },
  },
];

export const commands: ReadonlyMap<string, CommandSpec> = new Map<string, CommandSpec>([
  ...pythonCommands,
  ["sqlite3", sqlite3Command],
  ...fileCommands,
  ...textCommands,
  ...builtins,
  ["help", helpSpec],
  ...[...elsewhere].map(away),
]);

/** Commands that are offered: not those that are elsewhere. */
export const offered: readonly string[] = [...commands.keys()].filter((n) => !elsewhere.has(n));
