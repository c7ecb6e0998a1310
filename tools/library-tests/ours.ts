// node tools/library-tests/ours.ts FOLDER MODULE [PATTERN]: one module of the tests on our engine, in a workspace of what layout.ts
// laid out in FOLDER. What the tests print goes to standard output.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { WorkspaceFile } from "../../playground-engine/runtime/protocol.ts";
import { alsoPrivate, PRIVATE_NAMES, type PrivateNames } from "./private-names.ts";

const [folder, ...args] = process.argv.slice(2);

const filesIn = (from: string): WorkspaceFile[] =>
  readdirSync(from, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(py|dat)$/.test(path) && statSync(join(from, path)).isFile())
    .map((path) => ({ path, content: readFileSync(join(from, path)) }));

const program = `import os, sys
os.environ["TRACEBACKS"] = ${JSON.stringify(process.env.TRACEBACKS ?? "")}
sys.argv[1:] = ${JSON.stringify(args)}
import beside, runner
runner.run(*sys.argv[1:])
`;
const privates = join(folder!, PRIVATE_NAMES);
if (existsSync(privates)) alsoPrivate(JSON.parse(readFileSync(privates, "utf8")) as PrivateNames);
const { nodeEngine } = await import("../../playground-engine/runtime/node.ts");
const engine = await nodeEngine();
const { letEventsBeCleared } = await import("./clear-events.ts");
letEventsBeCleared();
engine.workspace.replace([
  ...filesIn(folder!),
  ...filesIn(import.meta.dirname),
  { path: "run.py", content: new TextEncoder().encode(program) },
]);
engine.run(
  { kind: "script", file: "run.py" },
  {
    event: (e) => void (e.kind === "output" && process.stdout.write(e.text)),
    limits: { milliseconds: 600_000, output: 50_000_000 },
  },
);
