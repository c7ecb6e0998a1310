// Examples of pages show what the real libraries show: output, statements with parameters, transactions, exceptions.
//
// content/recorded holds what CPython 3.11 with SQLAlchemy 2.0.52 and Alembic 1.19.1 did with each runnable example of the
// course and the wiki; test/content/record.py made it.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import { runProgram } from "../../playground-engine/runtime/node.ts";
import { type Fence, fencesOf } from "../../site/expressive/fences.ts";
import { emptyRun, eventsOfCell, outputText, withEvents } from "../../site/workbench/model/run-model.ts";

interface Recorded {
  readonly title: string;
  readonly source: string;
  readonly stdout: string;
  readonly error: { readonly type: string; readonly message: string } | null;
  /** a statement with its parameters' repr, or what a transaction did */
  readonly events: readonly (readonly [string, string] | string)[];
}

const CONTENT = "content";
const folders = ["learn", "wiki"];
const pages = [
  "index.mdx",
  ...folders.flatMap((f) =>
    readdirSync(join(CONTENT, f))
      .filter((n) => /\.mdx?$/.test(n))
      .map((n) => `${f}/${n}`),
  ),
];

const recordingOf = (page: string): string =>
  join(
    CONTENT,
    "recorded",
    dirname(page),
    `${basename(page)
      .replace(/\.mdx?$/, "")
      .replace(/^\d+-/, "")}.json`,
  );

const digest = (source: string): string => createHash("sha256").update(source).digest("hex").slice(0, 16);

/** Addresses of objects are different in every run. */
const told = (text: string): string => text.replace(/\b0x[0-9a-f]{6,}\b/g, "0x…");

function shown(events: readonly Event[]): Omit<Recorded, "title" | "source"> {
  const model = withEvents(emptyRun, events);
  return {
    stdout: told(outputText({ ...model, output: model.output.filter((p) => p.stream === "stdout") })),
    error: model.error && { type: model.error.type, message: told(model.error.message) },
    events: model.sql.map((e) =>
      e.kind === "statement" ? ([e.statement.sql, e.statement.params] as const) : e.what,
    ),
  };
}

let held = 0;

for (const page of pages) {
  const fences = fencesOf(readFileSync(join(CONTENT, page), "utf8"));
  if (fences.length === 0) continue;
  const recording = recordingOf(page);
  describe(page, () => {
    const known = existsSync(recording);
    test("has a recording of each example as it is now", () => {
      expect(known, `no recording: run test/content/record.py ${CONTENT}/${page}`).toBe(true);
      const recorded = JSON.parse(readFileSync(recording, "utf8")) as readonly Recorded[];
      expect(
        recorded.map((r) => r.source),
        `the page changed: run test/content/record.py ${CONTENT}/${page}`,
      ).toEqual(fences.map((f) => digest(f.source)));
    });
    if (!known) return;
    const recorded = JSON.parse(readFileSync(recording, "utf8")) as readonly Recorded[];
    const sessions = new Map<string, Fence[]>();
    for (const f of fences) {
      const name = f.session ?? `#${f.index}`;
      sessions.set(name, [...(sessions.get(name) ?? []), f]);
    }
    for (const cells of sessions.values())
      test(cells.map((c) => c.title).join(", "), async () => {
        const { events } = await runProgram(
          {
            kind: "cells",
            session: "page",
            fresh: true,
            echo: false,
            cells: cells.map((c) => ({ name: c.title, source: c.source })),
          },
          { simulate: true },
        );
        cells.forEach((c, i) => {
          const { stdout, error, events: expected } = recorded[c.index]!;
          expect(shown(eventsOfCell(events, i)), `line ${c.line}, ${c.title}`).toEqual({
            stdout,
            error,
            events: expected,
          });
          held++;
        });
      });
  });
}

test("at least 300 examples are held against a recording", () => {
  expect(held).toBeGreaterThanOrEqual(300);
});
