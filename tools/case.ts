// `npm run --silent case -- PATH…`: runs conformance cases headless, one line of JSON each (../shared/conformance/README.md).
//
// A path is a script NAME.py, a console session NAME.cells.py, or a folder with commands.txt. Recordings among the paths are
// passed over. Exit status 0 whatever the cases did.
import { statSync } from "node:fs";
import { runCase, toJson } from "./conformance.ts";

for (const path of process.argv.slice(2)) {
  if (path.endsWith("expected.json")) continue;
  if (!statSync(path).isDirectory() && !path.endsWith(".py")) continue;
  const line = `${toJson({ case: path, steps: await runCase(path) })}\n`;
  // a pipe takes a long line in parts: the process must not end before it has it all
  await new Promise((written) => process.stdout.write(line, written));
}
process.exit(0);
