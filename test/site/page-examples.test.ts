// The built pages hold each of their examples as it is written: its name, its text, and the console that it is a cell of.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fencesOf } from "../../site/expressive/fences.ts";
import { idOf } from "../../site/kit/site-index.ts";
import type { ExampleData } from "../../site/workbench/example/example-data.ts";
import { pageFiles } from "../../tools/content.ts";
import { DIST } from "./site.ts";

const EXAMPLE = /<script type="application\/json" data-example[^>]*>([^]*?)<\/script>/g;

test.each(pageFiles().filter((file) => fencesOf(readFileSync(file, "utf8")).length > 0))("%s", (file) => {
  const text = readFileSync(file, "utf8");
  const id = file === "content/index.mdx" ? "" : idOf(file, text);
  const html = readFileSync(join(DIST, id, "index.html"), "utf8");
  const built = [...html.matchAll(EXAMPLE)].map(([, json]) => JSON.parse(json!) as ExampleData);
  expect(built.map((e) => [e.name, e.session, e.source.trimEnd()])).toEqual(
    fencesOf(text).map((f) => [f.title, f.session, f.source.trimEnd()]),
  );
});
