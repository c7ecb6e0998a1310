// Examples of pages show what the real libraries show: output, statements with parameters, transactions, exceptions.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fencesOf, sessionsOf } from "../../site/expressive/fences.ts";
import { pageFiles, recordingOf } from "../../tools/content.ts";
import { digest, expectRecorded, recordingIn } from "./recordings.ts";

/** All but pain points, which have a test of their own. */
const pages = pageFiles().filter((p) => !p.startsWith("content/pain-points/"));

let held = 0;

for (const page of pages) {
  const fences = fencesOf(readFileSync(page, "utf8"));
  if (fences.length === 0) continue;
  const file = recordingOf(page);
  describe(page, () => {
    const recorded = recordingIn(file);
    test("has a recording of each example as it is now", () => {
      expect(existsSync(file), `no recording: run test/content/record.py ${page}`).toBe(true);
      expect(
        recorded.map((r) => r.source),
        `the page changed: run test/content/record.py ${page}`,
      ).toEqual(fences.map((f) => digest(f.source)));
    });
    if (recorded.length !== fences.length) return;
    for (const cells of sessionsOf(fences))
      test(cells.map((c) => c.title).join(", "), async () => {
        await expectRecorded(cells, recorded);
        held += cells.length;
      });
  });
}

test("at least 300 examples are held against a recording", () => {
  expect(held).toBeGreaterThanOrEqual(300);
});
