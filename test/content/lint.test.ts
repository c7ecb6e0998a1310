// content/ is as its lint wants it, and the lint finds what it should.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseFrontmatter } from "@astrojs/markdown-remark";
import { fencesOf } from "../../site/expressive/fences.ts";
import { painPoint, pageFields } from "../../site/kit/schema.ts";
import { namesIn } from "../../site/kit/site-index.ts";
import { deadLink, problems, recordingOf, yaml } from "../../tools/content.ts";
import { make, slugOf } from "../../tools/new.ts";

test("nothing is wrong in content/", () => {
  expect(problems().map((p) => `${p.file}${p.line ? `:${p.line}` : ""}: ${p.message}`)).toEqual([]);
});

test("there are a hundred resources and more, each once", () => {
  const all = yaml("content/resources.yaml") as { id: string; url: string }[];
  expect(all.length).toBeGreaterThanOrEqual(100);
  expect(new Set(all.map((r) => r.id)).size).toBe(all.length);
});

describe("links", () => {
  const k = {
    terms: new Set<string>(),
    topics: new Set<string>(),
    exercises: new Set<string>(),
    pages: new Set(["learn/flush"]),
    addresses: new Set(["", "learn/flush", "wiki/orms"]),
    links: new Set(["https://docs.sqlalchemy.org/en/20/orm/session.html"]),
  };
  test.each([
    ["../../wiki/orms/", "learn/flush", null],
    ["../flush/#states", "learn/select", null],
    ["/", "wiki/orms", null],
    ["#further-down", "wiki/orms", null],
    ["https://docs.sqlalchemy.org/en/20/orm/session.html#flushing", "wiki/orms", null],
    ["https://sqlalche.me/e/20/bhk3", "wiki/orms", null],
    ["../../wiki/nothing/", "learn/flush", "there is no page /wiki/nothing/"],
    ["https://example.org/", "learn/flush", "content/links.txt"],
  ])("%s on %s", (target, page, complaint) => {
    const found = deadLink(target, page, k);
    if (complaint === null) expect(found).toBeNull();
    else expect(found).toContain(complaint);
  });
});

test("the recording of a page stands under its name without the number", () => {
  expect(recordingOf("content/learn/07-flush.mdx")).toBe("content/recorded/learn/flush.json");
  expect(recordingOf("content/index.mdx")).toBe("content/recorded/index.json");
});

test("API names are those that a program imports, and the methods that are looked for", () => {
  const names = namesIn(`
from sqlalchemy import (
    create_engine,  # one
    select as choose,
)
from alembic import op
import json
session.scalars(choose(User).options(selectinload(User.addresses)))
json.dumps({})
`);
  expect([...names].sort()).toEqual(["create_engine", "op", "options", "scalars", "select"]);
});

describe("npm run new", () => {
  const root = mkdtempSync(join(tmpdir(), "new-"));
  afterAll(() => rmSync(root, { recursive: true }));
  const none = new Map<string, string>();

  test("writes a wiki page with the template's sections and a runnable example", () => {
    const made = make("wiki", "A page for this test", none, root);
    const text = readFileSync(made[0]!, "utf8");
    expect(made[0]).toMatch(/content\/wiki\/\d\d-a-page-for-this-test\.mdx$/);
    expect(text.match(/^## .*/gm)).toEqual([
      "## Introduction",
      "## How to use",
      "## Resources",
      "## Pain points",
    ]);
    expect(fencesOf(text).length).toBe(1);
    expect(pageFields.safeParse(parseFrontmatter(text).frontmatter).success).toBe(true);
  });

  test("writes a pain point that has its shape", () => {
    const made = make("pain-point", "It goes wrong in this test", none, root);
    const text = readFileSync(made[0]!, "utf8");
    expect(painPoint.safeParse(parseFrontmatter(text).frontmatter).success).toBe(true);
    expect(fencesOf(text).map((f) => f.title)).toEqual(["fails.py", "mended.py"]);
  });

  test("writes an exercise with its programs, and never over one that is there", () => {
    const made = make("exercise", "An exercise of this test", none, root);
    expect(made.every((f) => existsSync(f))).toBe(true);
    expect(() => make("exercise", "An exercise of this test", none, root)).toThrow("is there already");
  });

  test("makes addresses of titles", () => {
    expect(slugOf("  Čo je ORM?  N+1, again ")).toBe("co-je-orm-n-1-again");
  });
});
