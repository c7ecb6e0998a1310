// The module linecache: lines of the sources that run, and of files of the workspace.
// Behaviour: docs.python.org/3.11/library/linecache.html.
import { defineModule } from "../runtime/modules.ts";
import { asStr, PyList, type Value } from "../runtime/object.ts";
import { sourceLines } from "../runtime/source-lines.ts";
import { PyDict } from "../builtins/dict.ts";
import { readFile } from "../builtins/io/file-system.ts";

/** Lines of a source with their ends; none where it is unknown. */
function linesOf(filename: string): string[] {
  const known = sourceLines.get(filename);
  const bytes = known === undefined && !filename.startsWith("<") ? readFile(filename) : undefined;
  const text = known ?? (bytes && new TextDecoder().decode(bytes));
  if (text === undefined || text === "") return [];
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((l) => `${l}\n`);
}

defineModule("linecache", () => ({
  name: "linecache",
  functions: {
    getline: [
      "(filename, lineno, module_globals=None)",
      (f: Value, n: Value) => linesOf(asStr(f) ?? "")[Number(n) - 1] ?? "",
    ],
    getlines: ["(filename, module_globals=None)", (f: Value) => new PyList(linesOf(asStr(f) ?? ""))],
    checkcache: ["(filename=None)", () => null],
    clearcache: ["()", () => null],
    lazycache: ["(filename, module_globals)", () => false],
    updatecache: ["(filename, module_globals=None)", (f: Value) => new PyList(linesOf(asStr(f) ?? ""))],
  },
  members: { cache: new PyDict() },
}));
