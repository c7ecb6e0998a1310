// Every page: readable without script, accessible in both themes, quiet, and no wider than its screen.
import { describe, expect, test } from "vitest";
import { axe, builtPages, exampleOf, useSite } from "./site.ts";

const site = useSite();

test("the site has its pages", () => {
  expect(builtPages()).toEqual(
    expect.arrayContaining(["", "learn/your-first-session/", "wiki/sessions-and-transactions/"]),
  );
});

describe.each(builtPages())("/%s", (path) => {
  test("breaks nothing and asks nobody else", async () => {
    const { page, complaints } = await site.open(path);
    await page.waitForLoadState("networkidle");
    expect(complaints.list).toEqual([]);
    await page.context().close();
  });

  test.each(["light", "dark"])("axe finds nothing in the %s theme", async (theme) => {
    const { page } = await site.open(path, { dark: theme === "dark" });
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  });

  test("fits a phone", async () => {
    const { page } = await site.open(path, { width: 390 });
    const [scroll, client] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(scroll).toBeLessThanOrEqual(client!);
    await page.context().close();
  });

  test("shows code, output and SQL without script", async () => {
    const { page } = await site.open(path, { script: false });
    for (const example of await page.locator("mapped-example").all()) {
      expect(await example.locator("figure pre").isVisible()).toBe(true);
      expect(await example.locator("[data-panel=sql]").isVisible()).toBe(true);
      expect(await example.locator("[data-panel=output]").isVisible()).toBe(true);
      expect(await example.locator("[data-action=run]").isVisible()).toBe(false);
    }
    await page.context().close();
  });
});

test("tabs of the static result work before anything has run", async () => {
  const { page } = await site.open("learn/your-first-session/");
  const example = exampleOf(page);
  await example.tab("results").click();
  expect(await example.panel("results").isVisible()).toBe(true);
  expect(await example.panel("sql").isVisible()).toBe(false);
  await page.context().close();
});
