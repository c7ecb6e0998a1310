// What the editor knows of Python: completion, hover, signatures, definitions, faults as one types.
import type { Page } from "@playwright/test";
import { describe, expect, test } from "vitest";
import { openPlayground } from "./desk.ts";
import { exampleOf, useSite } from "./site.ts";

const site = useSite();

async function editor(): Promise<Page> {
  const { page } = await openPlayground(site, "playground/", { width: 1440 });
  await page.locator("[data-editor=ready]").waitFor({ timeout: 20_000 });
  await page.locator("[data-engine=ready]").waitFor({ timeout: 20_000 });
  return page;
}

/** A new line below the one that has this text, and something typed there. */
async function typeBelow(page: Page, line: string, text: string): Promise<void> {
  await page.locator(".view-line", { hasText: line }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type(text);
}

describe("in the playground", () => {
  test("completes what the library has, and what the reader's own files have", async () => {
    const page = await editor();
    await typeBelow(page, "session.commit", "session.scal");
    const offered = page.locator(".suggest-widget.visible .monaco-list-row");
    await offered.filter({ hasText: "scalars" }).first().waitFor();
    await page.keyboard.press("Escape");
    await typeBelow(page, "titles =", "author.na");
    await offered.filter({ hasText: "name" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: "author.name" }).first().waitFor();
    await page.context().close();
  });

  test("says how a method is called, and what a name is", async () => {
    const page = await editor();
    await typeBelow(page, "session.commit", "session.get(");
    await page.locator(".parameter-hints-widget", { hasText: "get(entity, ident" }).waitFor();
    await page.keyboard.press("Escape");
    await page
      .locator(".view-line", { hasText: "engine = create_engine" })
      .hover({ position: { x: 120, y: 10 } });
    await page.locator(".monaco-hover", { hasText: "create_engine" }).first().waitFor();
    await page.context().close();
  });

  test("lets Tab lead through it who came by Tab, and indents for who writes", async () => {
    const page = await editor();
    const inside = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement!.closest(".monaco-editor") !== null);
    await page
      .locator("#pg-file-panel")
      .evaluate(() => document.getElementById("pg-file-tab-main.py")!.focus());
    await page.keyboard.press("Tab");
    expect(await inside()).toBe(true);
    await page.keyboard.press("Tab");
    expect(await inside()).toBe(false);
    await page.keyboard.press("Shift+Tab");
    expect(await inside()).toBe(true);
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("Tab");
    expect(await inside()).toBe(true);
    await page.context().close();
  });

  test("goes to a definition in another file", async () => {
    const page = await editor();
    await page.locator(".view-line", { hasText: "austen = Author" }).click();
    await page.keyboard.press("Home");
    for (let i = 0; i < "austen = Au".length; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("F12");
    await page.locator("[role=tab][data-tab='models.py'][aria-selected=true]").waitFor();
    expect(await page.locator(".view-line", { hasText: "class Author" }).first().isVisible()).toBe(true);
    await page.context().close();
  });

  test("underlines a fault as one types", async () => {
    const page = await editor();
    await typeBelow(page, "session.commit", "for x in (1, 2");
    await page.locator(".squiggly-error").first().waitFor();
    await page.context().close();
  });
});

test("an example of a page completes too", async () => {
  const { page } = await site.open("");
  const example = exampleOf(page);
  await example.write("from sqlalchemy import create_engine\n");
  await page.keyboard.type("create_engine('sqlite://').con");
  await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "connect" }).first().waitFor();
  await page.context().close();
});
