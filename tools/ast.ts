// npm run --silent ast -- FILE…      prints one line of JSON a file, in order: the tree our parser makes of it.
//
// The shape is that of CPython's `ast`: every node is {"_type": …}, then its fields by CPython's names in CPython's
// order (type_comment, always null, and type_ignores, always empty, included), then lineno, col_offset, end_lineno and
// end_col_offset where the node has them. Operators and contexts are nodes too: {"_type": "Add"}, {"_type": "Load"}.
// A Constant's value (and a MatchSingleton's) is written so that types stay apart:
//   None, True, False   null, true, false
//   int                 a number; {"int": "12345678901234567890"} beyond 2^53 - 1
//   str                 a string (lone surrogates as \ud800 escapes)
//   float               {"float": repr}, as CPython's repr ("inf" for infinity)
//   complex             {"complex": repr of the imaginary part}
//   bytes               {"bytes": [0, 255, …]}
//   Ellipsis            {"ellipsis": true}
// A file that does not parse gives {"error": {"type", "message", "lineno", "offset", "end_lineno", "end_offset", "text"}};
// one that cannot be read gives {"error": {"type": "OSError", "message"}}.
//
// --mode eval|single parses as that; --batch reads the names of files from standard input, one a line; --snippets reads
// JSON there, a list of [source, mode] pairs, and prints {"ok": true} or the error for each, the compiler's included.
import { readFileSync } from "node:fs";
import type { Node } from "../playground-engine/python/syntax/index.ts";
import {
  EllipsisConstant, FIELDS, FloatConstant, ImaginaryConstant, PySyntaxError, check, decodeSource, floatRepr, parse,
} from "../playground-engine/python/syntax/index.ts"; // prettier-ignore
import type { ParseMode } from "../playground-engine/python/syntax/index.ts";

const TYPE_COMMENTED = new Set([
  "FunctionDef", "AsyncFunctionDef", "Assign", "For", "AsyncFor", "With", "AsyncWith", "arg",
]); // prettier-ignore
const LOCATIONS = ["lineno", "col_offset", "end_lineno", "end_col_offset"];
const SYMBOLS = new Set(["op", "ops", "ctx"]);

function jsonOf(value: unknown): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "string" || typeof value === "number")
    return value;
  if (typeof value === "bigint") return { int: String(value) };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (value instanceof FloatConstant) return { float: floatRepr(value.value) };
  if (value instanceof ImaginaryConstant) return { complex: floatRepr(value.imag) };
  if (value instanceof EllipsisConstant) return { ellipsis: true };
  if (Array.isArray(value)) return value.map(jsonOf);
  return nodeJson(value as Node);
}

export function nodeJson(node: Node): Record<string, unknown> {
  const fields = node as unknown as Record<string, unknown>;
  const made: Record<string, unknown> = { _type: node._type };
  for (const field of FIELDS[node._type]) {
    const value = fields[field];
    if (!SYMBOLS.has(field)) made[field] = jsonOf(value);
    else
      made[field] = Array.isArray(value) ? value.map((name: string) => ({ _type: name })) : { _type: value };
  }
  if (TYPE_COMMENTED.has(node._type)) made["type_comment"] = null;
  if (node._type === "Module") made["type_ignores"] = [];
  if ("lineno" in node) for (const name of LOCATIONS) made[name] = fields[name];
  return made;
}

function errorJson(error: PySyntaxError): Record<string, unknown> {
  return {
    error: {
      type: error.kind,
      message: error.message,
      lineno: error.lineno,
      offset: error.offset,
      end_lineno: error.endLineno,
      end_offset: error.endOffset,
      text: error.text,
    },
  };
}

/** The line of JSON for one source. */
export function astLine(source: Uint8Array | string, filename: string, mode: ParseMode = "exec"): string {
  try {
    const text = typeof source === "string" ? source : decodeSource(source, filename);
    return JSON.stringify(nodeJson(parse(text, filename, mode)));
  } catch (error) {
    if (error instanceof PySyntaxError) return JSON.stringify(errorJson(error));
    throw error;
  }
}

/** The line of JSON for one snippet that is to be compiled: no tree, but all that is wrong with it. */
function snippetLine(source: string, mode: ParseMode): string {
  try {
    check(parse(source, "<snippet>", mode));
    return JSON.stringify({ ok: true });
  } catch (error) {
    if (error instanceof PySyntaxError) return JSON.stringify(errorJson(error));
    throw error;
  }
}

function main(args: string[]): void {
  if (args[0] === "--snippets") {
    const pairs = JSON.parse(readFileSync(0, "utf8")) as [source: string, mode: ParseMode][];
    process.stdout.write(pairs.map(([source, mode]) => snippetLine(source, mode) + "\n").join(""));
    return;
  }
  let mode: ParseMode = "exec";
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--mode") mode = args[++i] as ParseMode;
    else if (args[i] === "--batch") files.push(...readFileSync(0, "utf8").split("\n").filter(Boolean));
    else files.push(args[i] as string);
  }
  for (const file of files) {
    let line: string;
    try {
      line = astLine(readFileSync(file), file, mode);
    } catch (error) {
      line = JSON.stringify({ error: { type: "OSError", message: (error as Error).message } });
    }
    process.stdout.write(line + "\n");
  }
}

if (import.meta.main) main(process.argv.slice(2));
