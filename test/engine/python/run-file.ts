// Runs a Python file with our interpreter: `node run-file.ts FILE [ARG…]`. For trying things out. FRAME_LOCALS=1 lets
// frames tell what they hold, as the playground runs programs.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import {
  createInterpreter,
  installFileSystem,
  MemoryFileSystem,
  runScript,
  writeFile,
} from "../../../playground-engine/python/index.ts";
import "../../../playground-engine/python/stdlib/index.ts";

const [file, ...args] = process.argv.slice(2);
const path = resolve(file!);
installFileSystem(new MemoryFileSystem(dirname(path)));
writeFile(path, readFileSync(path));
createInterpreter({
  frameLocals: process.env["FRAME_LOCALS"] === "1",
  stdout: (t) => process.stdout.write(t),
  stderr: (t) => process.stderr.write(t),
});
process.exitCode = runScript(path, args).exit;
