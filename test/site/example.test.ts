// An example comes to life: run, edit, read the SQL, stop, break, and nothing that was typed is lost.
import type { Page } from "@playwright/test";
import { describe, expect, test } from "vitest";
import { axe, exampleOf, useSite } from "./site.ts";

const site = useSite();
const LESSON = "learn/your-first-session/";

/** An example on a touch screen, where the editor is a text area, with this program in it. */
async function withProgram(
  source: string,
): Promise<{ page: Page; example: ReturnType<typeof exampleOf>; complaints: { list: string[] } }> {
  const { page, complaints } = await site.open(LESSON, { touch: true, width: 390 });
  const example = exampleOf(page);
  await example.write(source);
  return { page, example, complaints };
}

test("running shows what the page recorded", async () => {
  const { page, complaints } = await site.open(LESSON);
  const example = exampleOf(page);
  const recorded = await example.panel("sql").locator("code").allTextContents();
  await example.run();
  expect(recorded.length).toBeGreaterThan(0);
  expect(await example.panel("sql").locator("code").allTextContents()).toEqual(recorded);
  expect(await example.root.locator(".mw-differs").count()).toBe(0);
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("the engine and SQLite are on their way before the example's views have come", async () => {
  const { page } = await site.open(LESSON);
  let viewsCome: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (viewsCome = resolve));
  await page.route(/\/live\.[\w-]+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  const worker = page.waitForEvent("worker");
  const sqlite = page.waitForRequest(/sql-wasm.*\.wasm$/);
  const example = exampleOf(page);
  const ran = example.run();
  await worker;
  await sqlite;
  viewsCome();
  await ran;
  expect(await example.root.locator(".mw-differs").count()).toBe(0);
  await page.context().close();
});

test("a later cell runs the earlier ones first", async () => {
  const { page } = await site.open(LESSON);
  const second = exampleOf(page, 1);
  await second.run();
  expect(await second.status.textContent()).toMatch(/\d ms$/);
  expect(await exampleOf(page).status.textContent()).toContain("3 statements");
  expect(await second.root.locator(".mw-differs").count()).toBe(0);
  await page.context().close();
});

test("a cell in the middle of its session runs the earlier ones and none of the later", async () => {
  const { page } = await site.open(LESSON);
  const middle = exampleOf(page, 3);
  await middle.run();
  expect(await middle.root.locator(".mw-differs").count()).toBe(0);
  expect(await middle.status.textContent()).toMatch(/ ms$/);
  // what comes after it still shows what the page recorded: without a time
  expect(await exampleOf(page, 4).status.textContent()).not.toMatch(/ ms$/);
  await page.context().close();
});

test("an edited program runs as edited, in Monaco", async () => {
  const { page, complaints } = await site.open(LESSON);
  const example = exampleOf(page);
  await example.write(
    "from sqlalchemy import create_engine, text\nwith create_engine('sqlite://').connect() as c: print(c.execute(text('select 6 * :n'), {'n': 7}).scalar_one())",
  );
  await example.run();
  expect(await example.panel("output").textContent()).toContain("42");
  await example.tab("sql").click();
  const sql = await example.panel("sql").textContent();
  expect(sql).toContain("select 6 * ?");
  expect(sql).toContain("ROLLBACK");
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

// retried, as all that measures time: other work may have the machine
test("a second run takes under 100 ms of the engine's time", { retry: 3 }, async () => {
  const { page, example } = await withProgram(
    "from sqlalchemy import create_engine, text\ncreate_engine('sqlite://').connect().execute(text('select 1'))",
  );
  await example.run();
  const started = Date.now();
  await example.run();
  // clicking and looking cost the test something: a run itself is a few milliseconds (npm run bench measures it)
  expect(Date.now() - started).toBeLessThan(1000);
  await page.context().close();
});

describe("programs that go wrong", () => {
  test("an endless loop is stopped within 200 ms, and the next run works", { retry: 3 }, async () => {
    const text = "while True:\n    pass";
    const { page, example } = await withProgram(text);
    await example.root.locator("[data-action=run]").click();
    const stop = example.root.locator(".mw-stop");
    await stop.waitFor({ timeout: 30_000 });
    await page.waitForTimeout(500);
    const milliseconds = await page.evaluate(async () => {
      const started = performance.now();
      document.querySelector<HTMLElement>(".mw-stop")!.click();
      while (document.querySelector(".mw-stop")) await new Promise((r) => setTimeout(r, 5));
      return performance.now() - started;
    });
    expect(milliseconds).toBeLessThan(200);
    expect(await example.text()).toBe(text);
    await example.write("print('again')");
    await example.run();
    expect(await example.panel("output").textContent()).toContain("again");
    await page.context().close();
  });

  test.each([
    ["an exception nobody catches", "def f():\n    return 1 / 0\nf()", /ZeroDivisionError: division by zero/],
    ["a syntax error", "for x in [1, 2)\n    print(x)", /SyntaxError/],
    [
      "endless recursion",
      "def f():\n    return f()\nf()",
      /RecursionError: maximum recursion depth exceeded/,
    ],
    ["a module that is not there", "import numpy", /ModuleNotFoundError: No module named 'numpy'/],
    ["ten megabytes of output", "for i in range(10_000):\n    print('x' * 1_000)", /Output ends here/],
  ])("%s: a clear message, the page alive, the text kept", async (_what, text, message) => {
    const { page, example, complaints } = await withProgram(text);
    await example.run();
    expect(await example.panel("output").textContent()).toMatch(message);
    expect(await example.text()).toBe(text);
    await example.write("print('alive')");
    await example.run();
    expect(await example.panel("output").textContent()).toContain("alive");
    expect(complaints.list).toEqual([]);
    await page.context().close();
  });
});

test("what was typed is there after the page was left", async () => {
  const { page, example } = await withProgram("print('kept')");
  await page.reload();
  await page.locator("textarea.mw-plain").first().waitFor({ timeout: 30_000 });
  expect(await example.text()).toBe("print('kept')");
  await page.context().close();
});

test("with the keyboard alone: run, read, edit, leave the editor", async () => {
  const { page } = await site.open(LESSON);
  const example = exampleOf(page);
  await page.locator("main").evaluate((main) => {
    main.tabIndex = -1;
    main.focus();
  });
  const focused = (selector: string): Promise<boolean> =>
    page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
  const tabTo = async (selector: string): Promise<void> => {
    for (let i = 0; i < 40 && !(await focused(selector)); i++) await page.keyboard.press("Tab");
    expect(await focused(selector), `Tab reaches ${selector}`).toBe(true);
  };
  await tabTo("mapped-example [data-action=run]");
  await page.keyboard.press("Enter");
  await example.root
    .locator(".mw-live .sr-only", { hasText: /^Run done/ })
    .waitFor({ state: "attached", timeout: 30_000 });
  await tabTo("mapped-example [role=tab][aria-selected=true]");
  await page.keyboard.press("ArrowRight");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-selected"))).toBe("true");
  await page.context().close();
});

test("axe finds nothing on a page that has run", async () => {
  const { page } = await site.open(LESSON);
  await exampleOf(page).run();
  expect(await axe(page)).toEqual([]);
  await page.context().close();
});
