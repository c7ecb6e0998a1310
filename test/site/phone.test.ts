// What a small screen has to have all the same.
import { describe, expect, test } from "vitest";
import { axe, useSite } from "./site.ts";
import { openPlayground } from "./desk.ts";

const site = useSite();

describe.each(["", "playground/", "no/such/page"])("the menu of /%s", (path) => {
  test("leads to the parts of the site and sets the theme, by keyboard too", async () => {
    const { page } = await site.open(path, { width: 360, touch: true });
    const button = page.getByRole("button", { name: "Menu" });
    await button.focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("navigation", { name: "Parts of the site" });
    await menu.waitFor();
    expect(await menu.getByRole("link").allInnerTexts()).toEqual([
      "Learn",
      "Wiki",
      "Pain points",
      "Exercises",
      "Playground",
    ]);
    expect(await axe(page)).toEqual([]);
    await menu.getByRole("combobox", { name: "Select theme" }).selectOption("dark");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    await button.click();
    await menu.getByRole("link", { name: "Wiki" }).click();
    await page.waitForURL(/\/wiki\//);
    await page.context().close();
  });
});

test("a graph drawn behind another pane is as large as its room when it comes to the front", async () => {
  const desk = await openPlayground(site, "playground/?start=team-branches");
  await desk.pane("panels").click();
  await desk.panelTab("migrations").click();
  const revision = desk.page.locator(".react-flow__node").first();
  // 240 pixels by itself; three of them are 284 + 240 wide
  await expect.poll(async () => (await revision.boundingBox())?.width).toBeGreaterThan(120);
  await desk.close();
});

test("Run stays under the finger while the engine loads and the program runs", async () => {
  const desk = await openPlayground(site);
  const { page } = desk;
  await page.evaluate(() => {
    const places = new Set<number>();
    const look = (): void => {
      const button = document.querySelector("[data-action=run], [data-action=stop]");
      if (button) places.add(Math.round(button.getBoundingClientRect().x));
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { places });
  });
  await desk.write("import time\ntime.sleep(0.5)\nprint('rested')\n");
  await page.locator("[data-action=run]").hover();
  await page.locator("[data-engine=ready]").waitFor({ state: "attached" });
  await desk.run();
  const places = await page.evaluate(() => [...(window as unknown as { places: Set<number> }).places]);
  expect(places).toHaveLength(1);
  await desk.close();
});
