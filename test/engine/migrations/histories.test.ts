// Random histories of revisions with random commands on them: each command does what the real Alembic was seen to do.
// `node tools/fuzz.ts revisions` goes on with other seeds, tools/fuzz/record-revisions.ts records anew.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { difference, type Doings, doings, type History } from "../../../tools/fuzz/revisions.ts";

const recorded = JSON.parse(
  readFileSync(new URL("recorded/histories.json", import.meta.url), "utf8"),
) as readonly (History & { readonly real: Doings })[];

test("sixty histories", { timeout: 180_000 }, async () => {
  expect(recorded).toHaveLength(60);
  for (const one of recorded) {
    const found = difference(one, await doings(one), one.real);
    expect(found && `${found.source}\n${found.problem}`).toBeUndefined();
  }
});
