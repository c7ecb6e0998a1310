// The compact form in which recorded trees are kept (dump_ast.py makes the same of CPython's).

const LOCATIONS = ["lineno", "col_offset", "end_lineno", "end_col_offset"];
const LEFT_OUT = new Set(["_type", "type_comment", "type_ignores", ...LOCATIONS]);

/** [type, place, field…] of the JSON that tools/ast.ts makes of a tree. */
export function compact(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(compact);
  if (typeof node !== "object" || node === null || !("_type" in node)) return node;
  const fields = Object.entries(node).flatMap(([name, value]) =>
    LEFT_OUT.has(name) ? [] : [compact(value)],
  );
  const type = node._type;
  if ("lineno" in node) {
    const [line, col, endLine, endCol] = LOCATIONS.map((name) => (node as Record<string, unknown>)[name]);
    return [type, `${line}:${col}-${endLine === line ? endCol : `${endLine}:${endCol}`}`, ...fields];
  }
  return fields.length > 0 ? [type, ...fields] : type;
}

/** The lines of a recording, without the empty one at its end. */
export function jsonLines(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}
