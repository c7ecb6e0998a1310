// Runs a program in a fresh interpreter with an empty workspace: what the tests of the language use.
import {
  createInterpreter,
  installFileSystem,
  MemoryFileSystem,
  runScript,
  writeFile,
  type InterpreterOptions,
  type Outcome,
} from "../../../playground-engine/python/index.ts";
import { limits } from "../../../playground-engine/python/runtime/limits.ts";

// The standard library, as far as it is there.
await import("../../../playground-engine/python/stdlib/index.ts").catch(() => undefined);

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly outcome: Outcome;
}

export function run(
  source: string,
  name = "program.py",
  options: InterpreterOptions & {
    readonly time?: number;
    readonly files?: Readonly<Record<string, string>>;
  } = {},
): Ran {
  let out = "";
  let err = "";
  limits.time = options.time ?? 30_000;
  limits.recursion = 1000;
  installFileSystem(new MemoryFileSystem("/workspace"));
  writeFile(`/workspace/${name}`, new TextEncoder().encode(source));
  for (const [path, text] of Object.entries(options.files ?? {}))
    writeFile(`/workspace/${path}`, new TextEncoder().encode(text));
  createInterpreter({ stdout: (t) => void (out += t), stderr: (t) => void (err += t), ...options });
  const outcome = runScript(`/workspace/${name}`);
  return { out, err, outcome };
}
