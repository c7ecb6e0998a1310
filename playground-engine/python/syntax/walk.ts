// Going through a tree without knowing its nodes.
import type { Node } from "./ast.ts";
import { FIELDS } from "./fields.ts";

/** Calls `visit` with each node directly below one, in the order of its fields. */
export function eachChild(node: Node, visit: (child: Node) => void): void {
  const fields = node as unknown as Record<string, unknown>;
  for (const name of FIELDS[node._type]) {
    const value = fields[name];
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item)) visit(item);
    } else if (isNode(value)) {
      visit(value);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "_type" in value;
}
