// Every page: readable without script, accessible in both themes, quiet, and no wider than its screen.
import { AxeBuilder } from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { axe, builtPages, exampleOf, useSite } from "./site.ts";

const site = useSite();

test("the site has its pages", () => {
  expect(builtPages()).toEqual(
    expect.arrayContaining([
      "",
      "learn/your-first-session/",
      "wiki/sessions-and-transactions/",
      "playground/",
    ]),
  );
});

/** Pages to visit: all, but of those that are made alike one in eight. */
const visited = builtPages().filter((path, i) => i % 8 === 0 || !/^(pain-points|exercises)\/./.test(path));

// one visit a page, all in one tab: there are many of them, and a visit costs more than what is looked at
let tab: Awaited<ReturnType<typeof site.open>> | undefined;
afterAll(() => tab?.page.context().close());

test.each(visited)(
  "/%s breaks nothing, asks nobody else, is accessible in both themes and fits a phone",
  async (path) => {
    tab ??= await site.open("favicon.svg");
    const { page, complaints } = tab;
    const before = complaints.list.length;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(site.url(path), { waitUntil: "load" });
    expect(await axe(page)).toEqual([]);

    // the other theme differs in its colours only
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    const dark = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
    expect(dark.violations.flatMap((v) => v.nodes.map((n) => n.failureSummary))).toEqual([]);

    await page.setViewportSize({ width: 390, height: 900 });
    const [scroll, client] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(scroll).toBeLessThanOrEqual(client!);
    expect(complaints.list.slice(before)).toEqual([]);
  },
);

test.each(builtPages())("/%s holds code, output and SQL of its examples as HTML", (path) => {
  const html = readFileSync(join("dist", path, "index.html"), "utf8");
  const examples = html.split("<mapped-example").slice(1);
  for (const example of examples) {
    expect(example).toMatch(/<pre/);
    expect(example).toContain('data-panel="sql"');
    expect(example).toContain('data-panel="output"');
  }
});

test("without script, code, output and SQL are all in view, and no button that would do nothing", async () => {
  const { page } = await site.open("learn/your-first-session/", { script: false });
  for (const example of await page.locator("mapped-example").all()) {
    expect(await example.locator("figure pre").isVisible()).toBe(true);
    expect(await example.locator("[data-panel=sql]").isVisible()).toBe(true);
    expect(await example.locator("[data-panel=output]").isVisible()).toBe(true);
    expect(await example.locator("[data-action=run]").isVisible()).toBe(false);
  }
  await page.context().close();
});

test("tabs of the static result work before anything has run", async () => {
  const { page } = await site.open("learn/your-first-session/");
  const example = exampleOf(page);
  await example.tab("results").click();
  expect(await example.panel("results").isVisible()).toBe(true);
  expect(await example.panel("sql").isVisible()).toBe(false);
  await page.context().close();
});
