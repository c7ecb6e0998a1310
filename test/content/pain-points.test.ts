// Pain points: each page's programs do what they did in the real library, fail as the page says, and are found by their message.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFrontmatter } from "@astrojs/markdown-remark";
import { describe, expect, test } from "vitest";
import { fencesOf, sessionsOf } from "../../site/expressive/fences.ts";
import { painPoint } from "../../site/kit/schema.ts";
import { pagesFor } from "../../site/workbench/errors/find-page.ts";
import { digest, expectRecorded, recordingIn, timeless } from "./recordings.ts";

const PAGES = "content/pain-points";
const RECORDED = "content/recorded/pain-points";
const ids = readdirSync(PAGES)
  .filter((n) => n.endsWith(".mdx"))
  .map((n) => n.slice(0, -4));

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
  const recorded = recordingIn(join(RECORDED, `${id}.json`));

  test("has a failing example, its mended twin, and a recording of both", () => {
    expect(fences.map((f) => f.title)).toEqual(expect.arrayContaining(["fails.py", "mended.py"]));
    expect(
      recorded.map((r) => r.source),
      `run test/content/record.py ${PAGES}/${id}.mdx`,
    ).toEqual(fences.map((f) => digest(f.source)));
  });

  test("does what the real library did", async () => {
    for (const cells of sessionsOf(fences)) await expectRecorded(cells, recorded, timeless);
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
