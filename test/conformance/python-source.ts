// What a revision file says, apart from its layout and comments: its tree, without positions and docstrings but the first.
import { FIELDS, type Node, parse } from "../../playground-engine/python/syntax/index.ts";

const LEFT_OUT = /^(import typing|from typing)/;

function tree(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(tree);
  if (typeof v === "bigint") return String(v);
  if (typeof v !== "object" || v === null) return v;
  if (!("_type" in v)) return Object.entries(v);
  const node = v as Node & Record<string, unknown>;
  // an annotated assignment says what a plain one does
  if (node._type === "AnnAssign") return ["Assign", [tree(node.target)], tree(node.value)];
  return [node._type, ...FIELDS[node._type].map((f) => tree(node[f]))];
}

function docstring(body: readonly (Node & Record<string, unknown>)[]): string | undefined {
  const first = body[0] as
    (Record<string, unknown> & { readonly value?: Record<string, unknown> }) | undefined;
  return first?._type === "Expr" && first.value?._type === "Constant" && typeof first.value.value === "string"
    ? first.value.value
    : undefined;
}

/** A text that is equal for two files that say the same. */
export function dump(source: string): string {
  let module: Record<string, unknown>;
  try {
    module = parse(source, "revision.py", "exec") as unknown as Record<string, unknown>;
  } catch {
    return source.trim();
  }
  const body = module.body as (Node & Record<string, unknown>)[];
  const doc = docstring(body);
  const said = (doc ?? "")
    .split("\n")
    .map((l) => l.trim())
    .filter((l, i) => i === 0 || /^(Revision ID|Revises):/.test(l));
  const lines = source.split("\n");
  for (const node of doc === undefined ? body : body.slice(1)) {
    if (node._type === "ImportFrom" || node._type === "Import") {
      if (!LEFT_OUT.test((lines[(node.lineno as unknown as number) - 1] ?? "").trim()))
        said.push(JSON.stringify(tree(node)));
    } else if (node._type === "FunctionDef") {
      const inner = node.body as unknown as (Node & Record<string, unknown>)[];
      const rest = docstring(inner) === undefined ? inner : inner.slice(1);
      said.push(
        `def ${String(node.name)}: ${JSON.stringify(rest.map(tree).filter((n) => (n as unknown[])[0] !== "Pass"))}`,
      );
    } else if (node._type === "Assign" || node._type === "AnnAssign") said.push(JSON.stringify(tree(node)));
  }
  return said.join("\n");
}
