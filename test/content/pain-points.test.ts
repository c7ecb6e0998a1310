// Pain points: each page's programs do what they did in the real library, fail as the page says, and are found by their message.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { parseFrontmatter } from "@astrojs/markdown-remark";
import { describe, expect, test } from "vitest";
import type { Event } from "../../playground-engine/runtime/protocol.ts";
import { runProgram } from "../../playground-engine/runtime/node.ts";
import { type Fence, fencesOf } from "../../site/expressive/fences.ts";
import { painPoint } from "../../site/kit/schema.ts";
import { pagesFor } from "../../site/workbench/errors/find-page.ts";
import { emptyRun, eventsOfCell, outputText, withEvents } from "../../site/workbench/model/run-model.ts";

interface Recorded {
  readonly title: string;
  readonly source: string;
  readonly stdout: string;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly events: readonly (readonly [string, string] | string)[];
}

const PAGES = "content/pain-points";
const RECORDED = "content/recorded/pain-points";
const ids = readdirSync(PAGES)
  .filter((n) => n.endsWith(".mdx"))
  .map((n) => n.slice(0, -4));
const digest = (source: string): string => createHash("sha256").update(source).digest("hex").slice(0, 16);
/** Without what differs from run to run: addresses, times, and the order in which the real library names the members of a set. */
const told = (text: string): string =>
  text
    .replace(/\b0x[0-9a-f]{6,}\b/g, "0x…")
    .replace(/\d{4}-\d\d-\d\d [\d:,]+/g, "at some time")
    .replace(/thread id \d+/g, "thread id N")
    .replace(/generated in [\d.]+s/g, "generated in no time")
    .replace(/(Circular dependency detected\.).*/, "$1");

function shown(events: readonly Event[]): Omit<Recorded, "title" | "source"> {
  const model = withEvents(emptyRun, events);
  return {
    stdout: told(outputText({ ...model, output: model.output.filter((p) => p.stream === "stdout") })),
    error: model.error && { type: model.error.type, message: told(model.error.message) },
    events: model.sql.map((e) =>
      e.kind === "statement" ? ([e.statement.sql, told(e.statement.params)] as const) : e.what,
    ),
  };
}

const asShown = ({ stdout, error, events }: Recorded): Omit<Recorded, "title" | "source"> => ({
  stdout: told(stdout),
  error: error && { type: error.type, message: told(error.message) },
  events: events.map((e) => (typeof e === "string" ? e : ([e[0], told(e[1])] as const))),
});

const all = ids.map((id) => ({
  id,
  data: painPoint.parse(parseFrontmatter(readFileSync(join(PAGES, `${id}.mdx`), "utf8")).frontmatter),
}));
const index = all
  .filter((p) => p.data.error)
  .map((p) => ({
    id: p.id,
    title: p.data.title,
    class: p.data.error!.class.split(".").at(-1)!,
    match: p.data.match ?? "",
  }));

let agreed = 0;

describe.each(all)("$id", ({ id, data }) => {
  const fences = fencesOf(readFileSync(join(PAGES, `${id}.mdx`), "utf8"));
  const file = join(RECORDED, `${id}.json`);
  const recorded = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly Recorded[]) : [];

  test("has a failing example, its mended twin, and a recording of both", () => {
    expect(fences.map((f) => f.title)).toEqual(expect.arrayContaining(["fails.py", "mended.py"]));
    expect(
      recorded.map((r) => r.source),
      `run test/content/record.py ${PAGES}/${id}.mdx`,
    ).toEqual(fences.map((f) => digest(f.source)));
  });

  test("does what the real library did", async () => {
    const sessions = Map.groupBy(fences, (f: Fence) => f.session ?? `#${f.index}`);
    for (const cells of sessions.values()) {
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
        expect(shown(eventsOfCell(events, i)), `line ${c.line}, ${c.title}`).toEqual(
          asShown(recorded[c.index]!),
        );
      });
    }
    agreed++;
  });

  const raised = recorded.find((r) => r.title === "fails.py")?.error;
  if (raised && data.match)
    test("is found by the message that it shows", () => {
      expect(pagesFor(raised, index).map((p) => p.id)).toContain(id);
    });
});

test("at least 110 pages are held against the real library, and agree", () => {
  expect(agreed).toBeGreaterThanOrEqual(110);
});
