// The course as somebody takes it who begins on the home page: each lesson leads to the next, and what its terminals show is what
// the reader's own terminal shows, as far as the merge of two branches.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { deskOf } from "./desk.ts";
import { useSite } from "./site.ts";

const site = useSite();
const LESSONS = readdirSync("content/learn").filter((n) => n.endsWith(".mdx")).length;

test("from the home page, each lesson leads to the next", async () => {
  const read = async (url: string): Promise<string> => (await fetch(url)).text();
  /** Where a page's link leads; null where it has no such link. */
  const follow = (from: string, link: RegExp, text: string): string | null => {
    const href = link.exec(text)?.[1];
    return href === undefined ? null : new URL(href, from).href;
  };
  const home = site.url("");
  const seen = new Set<string>();
  let at = follow(home, /<a\b[^>]*?href="([^"]+)"[^>]*>\s*Start the course/, await read(home));
  while (at !== null) {
    expect(seen, "a lesson leads back").not.toContain(at);
    expect(at).toContain("/learn/");
    seen.add(at);
    at = follow(at, /Next: <a\b[^>]*?href="([^"]+)"/, await read(at));
  }
  expect(seen.size).toBe(LESSONS);
});

test("the lesson's merge, typed in the playground, does what the lesson shows", async () => {
  const { page, complaints } = await site.open("learn/branches/", { touch: true, width: 390 });
  const terminal = page.locator(".mw-terminal", { hasText: "alembic merge heads" });
  const lines = (await terminal.locator(".ec-line").allTextContents()).map((l) => l.replace(/\n$/, ""));
  const shown = lines.join("\n");
  const commands = lines.filter((l) => l.startsWith("$ ")).map((l) => l.slice(2));
  expect(commands).toContain('alembic merge heads -m "merge names and teams"');

  await terminal.getByRole("link", { name: "Open in the playground" }).click();
  await page.locator(".pg-toolbar").waitFor({ timeout: 20_000 });
  const desk = deskOf(page);
  let typed = "";
  for (const command of commands) typed += `${await desk.command(command)}\n`;

  // the new revision has an id of its own
  const plain = (text: string): string[] => {
    const id = /([0-9a-f]{12})_merge_names_and_teams/.exec(text)![1]!;
    return text
      .replaceAll(id, "the merge")
      .split("\n")
      .map((l) => l.replace(/^(?:.*\$ |\$ )(?=alembic|python|sqlite3)/, "$ ").trimEnd())
      .filter(Boolean);
  };
  expect(plain(typed)).toEqual(plain(shown));
  expect(complaints.list).toEqual([]);
  await page.context().close();
});
