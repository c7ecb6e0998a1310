// Every page is there, and readable without script; visits.ts looks at each in a browser.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtPages, DIST, exampleOf, useSite } from "./site.ts";

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

test.each(builtPages())("/%s holds code, output and SQL of its examples as HTML", (path) => {
  const html = readFileSync(join(DIST, path, "index.html"), "utf8");
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

test("a page in the dark theme is printed in the light one", async () => {
  const { page } = await site.open("cheat-sheets/core/", { dark: true });
  const theme = (): Promise<string | undefined> =>
    page.evaluate(() => document.documentElement.dataset.theme);
  expect(await theme()).toBe("dark");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await theme()).toBe("light");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await theme()).toBe("dark");
  await page.context().close();
});
