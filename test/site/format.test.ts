// The reader's program laid out as Black does, when asked.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPlayground } from "./desk.ts";
import { useSite } from "./site.ts";

const site = useSite();
const UGLY = `users = [ 'ann','bob' ]
for user in users :
    print( user )
`;
const NEAT = `users = ["ann", "bob"]
for user in users:
    print(user)
`;

test("on a phone, from the menu: the cursor stays, undo goes back", async () => {
  const desk = await openPlayground(site);
  const { page } = desk;
  const fetched: string[] = [];
  page.on("request", (r) => fetched.push(r.url()));
  const area = page.locator(".pg-editor textarea.mw-plain:not([hidden])");
  await desk.write(UGLY);
  expect(fetched.filter((u) => u.includes("ruff"))).toEqual([]);
  await area.evaluate((a: HTMLTextAreaElement) => {
    const at = a.value.indexOf("user )");
    a.setSelectionRange(at, at);
  });
  const format = async (): Promise<void> => {
    await page.locator("[data-action=more]").click();
    await page.getByRole("button", { name: "Format the file" }).click();
  };
  await format();
  await expect.poll(() => desk.text(), { timeout: 20_000 }).toBe(NEAT);
  expect(await area.evaluate((a: HTMLTextAreaElement) => a.value.slice(a.selectionStart))).toBe("user)\n");
  await area.press("ControlOrMeta+Z");
  await expect.poll(() => desk.text()).toBe(UGLY);
  await desk.write("def broken(:\n");
  await format();
  expect(await desk.message("notice").innerText()).toMatch(/Not formatted: line 1: Expected a parameter/);
  expect(await desk.text()).toBe("def broken(:\n");
  await desk.close();
});

test("in the large editor, by Shift+Alt+F", async () => {
  const desk = await openPlayground(site, `playground/#r${encodeURIComponent(UGLY)}`, { width: 1280 });
  const { page } = desk;
  await page.locator("[data-editor=ready]").waitFor({ timeout: 30_000 });
  await page.locator(".monaco-editor .view-line").first().click();
  await page.keyboard.press("Shift+Alt+F");
  const text = async (): Promise<string> =>
    (await page.locator(".monaco-editor .view-line").allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
  await expect.poll(text, { timeout: 20_000 }).toBe(NEAT);
  await page.keyboard.press("ControlOrMeta+Z");
  await expect.poll(text).toBe(UGLY);
  await desk.close();
});

test("the formatter is not among what is kept for offline use beforehand", () => {
  expect(readFileSync(join(process.env.MAPPED_DIST ?? "dist", "sw.js"), "utf8")).not.toContain("ruff");
});
