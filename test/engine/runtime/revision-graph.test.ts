// The revision graph that is read from the files' text, held to what Alembic's ScriptDirectory makes of the same files by running them.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { nodeEngine } from "../../../playground-engine/runtime/node.ts";
import type { Engine } from "../../../playground-engine/runtime/program.ts";
import type { RevisionGraph, WorkspaceFile } from "../../../playground-engine/runtime/protocol.ts";
import { revisionsAnswer } from "../../../playground-engine/runtime/questions/index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine();
});

const ASK = `
import json
from alembic.config import Config
from alembic.script import ScriptDirectory
s = ScriptDirectory.from_config(Config("alembic.ini"))
print(json.dumps({
    "heads": sorted(s.get_heads()), "bases": sorted(s.get_bases()),
    "revisions": sorted([r.revision, sorted(r.branch_labels), r.is_head, r.is_branch_point, r.is_merge_point, r.is_base] for r in s.walk_revisions()),
}))
`;

interface Made {
  readonly down: readonly number[];
  readonly depends: readonly number[];
  readonly label: boolean;
}

const literal = (ids: readonly string[]): string =>
  ids.length === 0
    ? "None"
    : ids.length === 1
      ? JSON.stringify(ids[0])
      : `(${ids.map((i) => JSON.stringify(i)).join(", ")})`;
const id = (n: number): string => `r${n}abcdef`;

function filesOf(made: readonly Made[]): WorkspaceFile[] {
  return [
    { path: "alembic.ini", content: "[alembic]\nscript_location = %(here)s/m\n" },
    { path: "m/env.py", content: "" },
    { path: "ask.py", content: ASK },
    ...made.map(({ down, depends, label }, n) => {
      const below = [...new Set(down.filter((d) => d < n))];
      const also = [...new Set(depends.filter((d) => d < n && !below.includes(d)))];
      return {
        path: `m/versions/${id(n)}.py`,
        content: `"""step ${n}"""\nrevision = "${id(n)}"\ndown_revision = ${literal(below.map(id))}\nbranch_labels = ${label ? `("label${n}",)` : "None"}\ndepends_on = ${literal(also.map(id))}\n`,
      };
    }),
  ];
}

function fromText(g: RevisionGraph): unknown {
  return {
    heads: [...g.heads].sort(),
    bases: [...g.bases].sort(),
    revisions: g.revisions
      .map((r) => [r.id, [...r.branches].sort(), r.isHead, r.isBranchPoint, r.isMerge, r.isBase])
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  };
}

test("random histories", () => {
  const one = fc.record({
    down: fc.array(fc.nat(7), { maxLength: 2 }),
    depends: fc.array(fc.nat(7), { maxLength: 1 }),
    label: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (made) => {
      engine.forget();
      engine.workspace.replace(filesOf(made));
      let out = "";
      engine.run(
        { kind: "command", line: "python ask.py" },
        { event: (e) => void (e.kind === "output" && e.stream === "stdout" && (out += e.text)) },
      );
      const graph = revisionsAnswer(engine, { kind: "revisions", config: "alembic.ini" });
      if ("error" in graph) throw new Error(graph.error);
      expect(fromText(graph)).toEqual(JSON.parse(out));
    }),
    { seed: 20261120, numRuns: 40 },
  );
}, 60_000);

test("a history that runs in a circle is told of, not run round", () => {
  engine.workspace.replace([
    { path: "alembic.ini", content: "[alembic]\nscript_location = %(here)s/m\n" },
    { path: "m/versions/a.py", content: 'revision = "a"\ndown_revision = "b"\nbranch_labels = "x"\n' },
    { path: "m/versions/b.py", content: 'revision = "b"\ndown_revision = "a"\n' },
    { path: "m/versions/c.py", content: 'revision = "c"\ndown_revision = "gone"\n' },
  ]);
  const graph = revisionsAnswer(engine, { kind: "revisions", config: "alembic.ini" });
  expect(graph).toMatchObject({
    heads: ["c"],
    problems: [{ file: "m/versions/c.py", message: "Revision gone referenced from c is not present" }],
  });
});
