// Our trees of samples/, which together hold all of Python 3.11's syntax, against CPython's own.
// Record again after changing a sample: python3 dump_ast.py --record
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  check,
  decodeSource,
  eachChild,
  FIELDS,
  parse,
} from "../../../../playground-engine/python/syntax/index.ts";
import type { Node } from "../../../../playground-engine/python/syntax/index.ts";
import { nodeJson } from "../../../../tools/ast.ts";
import { compact, jsonLines } from "./compact.ts";

const here = new URL(".", import.meta.url);
const names = readdirSync(new URL("samples/", here)).map((file) => file.replace(".py", ""));

function tree(name: string) {
  return parse(decodeSource(readFileSync(new URL(`samples/${name}.py`, here)), name), name, "exec");
}

describe("samples", () => {
  test.each(names)("%s parses to CPython's tree", (name) => {
    const recorded = jsonLines(readFileSync(new URL(`recorded/${name}.jsonl`, here), "utf8"));
    const ours = tree(name).body.map(
      (statement) => JSON.parse(JSON.stringify(compact(nodeJson(statement)))) as unknown,
    );
    ours.forEach((statement, index) => expect(statement).toEqual(recorded[index]));
    expect(ours.length).toBe(recorded.length);
  });

  test("hold every type of node", () => {
    const seen = new Set<string>();
    const visit = (node: Node): void => {
      seen.add(node._type);
      eachChild(node, visit);
    };
    for (const name of names) visit(tree(name));
    const elsewhere = ["Interactive", "Expression"];
    expect(Object.keys(FIELDS).filter((type) => !seen.has(type) && !elsewhere.includes(type))).toEqual([]);
  });

  test("that are whole programs pass the compiler's checks", () => {
    expect(check(tree("statements_mixed"))).toEqual({ annotations: true, line: 3 });
  });
});
