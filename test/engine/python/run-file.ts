// Runs a Python file with our interpreter: `node run-file.ts FILE [ARG…]`. For trying things out.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createInterpreter, installFileSystem, MemoryFileSystem, runScript, writeFile } from "../../../playground-engine/python/index.ts";

const [file, ...args] = process.argv.slice(2);
const path = resolve(file!);
installFileSystem(new MemoryFileSystem(dirname(path)));
writeFile(path, readFileSync(path));
createInterpreter({ stdout: (t) => process.stdout.write(t), stderr: (t) => process.stderr.write(t) });
process.exitCode = runScript(path, args).exit;
