// The playground: a new reader's walk, what is kept and shared, and what happens when things go wrong.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deskOf, openPlayground, type PlaygroundPage } from "./desk.ts";
import { axe, exampleOf, useSite } from "./site.ts";

const site = useSite();
const SELECT = `from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as c:
    print(c.execute(text("select 6 * :n"), {"n": 7}).scalar_one())
`;

test("the whole walk with the keyboard alone: edit, run, read the SQL, terminal, share, reset, undo", async () => {
  const { page, complaints } = await openPlayground(site, "playground/", { width: 1440 });
  await page.locator("[data-editor=ready]").waitFor({ timeout: 30_000 });
  const keys = page.keyboard;
  const focused = (selector: string): Promise<boolean> =>
    page.evaluate((s) => document.activeElement?.closest(s) !== null, selector);
  const focusComesTo = (selector: string): Promise<unknown> =>
    page.waitForFunction((s) => document.activeElement?.closest(s), selector, { timeout: 20_000 });
  const tabTo = async (selector: string): Promise<void> => {
    for (let i = 0; i < 40 && !(await focused(selector)); i++) await keys.press("Tab");
    expect(await focused(selector), `Tab reaches ${selector}`).toBe(true);
  };
  // files, then the editor
  await keys.press("F6");
  await focusComesTo("[role=treeitem]");
  await keys.press("F6");
  await focusComesTo(".pg-code");
  await keys.press("ControlOrMeta+A");
  await keys.insertText(SELECT);
  await keys.press("ControlOrMeta+Enter");
  await page
    .locator("[data-said]", { hasText: /^Run done: 1 statement/ })
    .waitFor({ state: "attached", timeout: 30_000 });
  await page.locator(".pg-panelbody", { hasText: "42" }).waitFor();
  // leave the editor; its pane is left by Escape and Tab
  await keys.press("Escape");
  await keys.press("Tab");
  expect(await focused(".monaco-editor")).toBe(false);
  // panels
  for (let i = 0; i < 4 && !(await focused("#pg-panel-tab-output")); i++) await keys.press("F6");
  await focusComesTo("#pg-panel-tab-output");
  await keys.press("ArrowRight");
  await page.locator("[data-panel=sql]", { hasText: "select 6 * ?" }).waitFor();
  // terminal
  await keys.press("Control+`");
  await focusComesTo("[data-terminal]");
  await keys.type("ls");
  await keys.press("Enter");
  await page.locator(".pg-entry:not([data-running])", { hasText: "models.py" }).waitFor();
  // share
  await page.locator(".pg-workspace").focus();
  await tabTo(".pg-toolbar .pg-wide");
  await keys.press("Enter");
  const link = page.locator("[data-share]");
  await link.waitFor();
  expect(await link.inputValue()).toMatch(/#a[\w-]+$/);
  await keys.press("Escape");
  await focusComesTo(".pg-toolbar .pg-wide");
  // reset, undo
  await tabTo("[data-action=more]");
  await keys.press("Enter");
  const reset = page.locator("#pg-menu button", { hasText: "Reset to how it began" });
  const reached = (): Promise<boolean> => reset.evaluate((b) => b === document.activeElement);
  for (let i = 0; i < 40 && !(await reached()); i++) await keys.press("Tab");
  expect(await reached(), "Tab reaches the menu's items").toBe(true);
  await keys.press("Enter");
  await page.locator("[data-message=notice]", { hasText: "as it began" }).waitFor();
  await page.locator(".view-line", { hasText: "austen" }).first().waitFor();
  await page.locator("[data-message=notice] button").first().focus();
  await keys.press("Enter");
  await page.locator(".view-line", { hasText: "select 6 *" }).first().waitFor();
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

describe("files", () => {
  test("are made, renamed and deleted, and deleting is undone", async () => {
    const desk = await openPlayground(site);
    const { page } = desk;
    await desk.pane("files").click();
    await page.getByRole("button", { name: "New file" }).click();
    await page.getByLabel("Name of the new file").fill("../evil.py");
    await page.getByRole("button", { name: "OK" }).click();
    expect(await page.locator(".pg-problem").textContent()).toMatch(/name of its own/);
    await page.getByLabel("Name of the new file").fill("app/models.py");
    await page.getByRole("button", { name: "OK" }).click();
    await desk.write("x = 1");
    await desk.pane("files").click();
    const item = page.locator('[role=treeitem][data-path="app/models.py"]');
    await item.click();
    await desk.pane("files").click();
    await item.press("F2");
    await page.getByLabel("New name of app/models.py").fill("app/tables.py");
    await page.getByRole("button", { name: "OK" }).click();
    const renamed = page.locator('[role=treeitem][data-path="app/tables.py"]');
    await renamed.focus();
    await renamed.press("Delete");
    await renamed.waitFor({ state: "detached" });
    await desk.message("notice").getByRole("button", { name: "Undo" }).click();
    await renamed.click();
    expect(await desk.text()).toBe("x = 1");
    await desk.close();
  });

  test("that a program writes appear, and its database stays between runs", async () => {
    const desk = await openPlayground(site);
    await desk.run();
    await desk.pane("files").click();
    await desk.page.locator('[role=treeitem][data-path="library.db"]').waitFor();
    expect(await desk.command("sqlite3 library.db 'select count(*) from book'")).toContain("3");
    await desk.close();
  });
});

describe("keeping", () => {
  test("a reload shows everything as it was, even what was typed in the last moment", async () => {
    const desk = await openPlayground(site);
    await desk.write("print('before the reload')");
    await desk.page.reload();
    await desk.page.locator(".pg-editor textarea").first().waitFor();
    expect(await desk.text()).toBe("print('before the reload')");
    await desk.close();
  });

  test("workspaces have names, are duplicated and deleted, and deleting is undone", async () => {
    const desk = await openPlayground(site);
    const { page } = desk;
    await desk.write("print('first')");
    const workspaces = async (): Promise<void> => page.locator(".pg-workspace").click();
    await workspaces();
    await page.getByRole("button", { name: "Rename Library" }).click();
    await page.getByLabel("New name of Library").fill("Shop");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await page.getByRole("button", { name: "Duplicate Shop" }).click();
    await page.locator(".pg-workspace", { hasText: "Shop copy" }).waitFor();
    await desk.write("print('second')");
    await desk.saved();
    await workspaces();
    await page.getByRole("button", { name: "Delete Shop copy" }).click();
    await page.locator(".pg-dialog [role=status]", { hasText: "Deleted" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".pg-workspace", { hasText: /^Shop$/ }).waitFor();
    expect(await desk.text()).toBe("print('first')");
    await desk.message("notice").getByRole("button", { name: "Undo" }).click();
    await page.locator(".pg-workspace", { hasText: "Shop copy" }).waitFor();
    expect(await desk.text()).toBe("print('second')");
    await desk.close();
  });

  test("two tabs on one workspace: the second says so, takes over or copies, and nothing is lost", async () => {
    const first = await openPlayground(site);
    await first.write("print('of the first tab')");
    const page = await first.page.context().newPage();
    await page.goto(site.url("playground/"));
    await page.locator(".pg-toolbar").waitFor();
    const second = deskOf(page);
    await second.message("elsewhere").waitFor();
    expect(await page.locator(".pg-editor textarea").first().getAttribute("readonly")).not.toBeNull();
    // typed and not saved yet when the other tab asks
    await first.write("print('typed in the last moment')");
    await second.message("elsewhere").getByRole("button", { name: "Take over here" }).click();
    await second.message("elsewhere").waitFor({ state: "detached" });
    expect(await second.text()).toBe("print('typed in the last moment')");
    await first.message("elsewhere").waitFor();
    await first.message("elsewhere").getByRole("button", { name: "Make a copy" }).click();
    await first.page.locator(".pg-workspace", { hasText: "Library copy" }).waitFor();
    await first.message("elsewhere").waitFor({ state: "detached" });
    await first.close();
  });

  test("when a tab goes, the one that waits has the workspace", async () => {
    const first = await openPlayground(site);
    const page = await first.page.context().newPage();
    await page.goto(site.url("playground/"));
    const second = deskOf(page);
    await second.message("elsewhere").waitFor();
    await first.page.close();
    await second.message("notice").filter({ hasText: "yours here now" }).waitFor();
    expect(await second.message("elsewhere").count()).toBe(0);
    await second.close();
  });

  test("storage refused: it says so, and all works while the tab is open", async () => {
    const desk = await openPlayground(site, "playground/", {
      touch: true,
      width: 390,
      before: () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("denied", "SecurityError");
        };
      },
    });
    await desk.message("memory").waitFor();
    await desk.write("print(6 * 7)");
    await desk.run();
    await desk.shows("42");
    expect(await axe(desk.page)).toEqual([]);
    await desk.close();
  });

  test("no room left: it says so, keeps the text, and saves when there is room again", async () => {
    const desk = await openPlayground(site);
    await desk.saved();
    await desk.page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      Object.assign(window, { makeRoom: () => (IDBObjectStore.prototype.put = put) });
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await desk.write("print('kept after all')");
    await desk.message("unsaved").filter({ hasText: "no room left" }).waitFor();
    expect(await desk.text()).toBe("print('kept after all')");
    await desk.page.evaluate(() => (window as unknown as { makeRoom: () => void }).makeRoom());
    await desk.message("unsaved").getByRole("button", { name: "Try again" }).click();
    await desk.message("unsaved").waitFor({ state: "detached" });
    await desk.page.reload();
    await desk.page.locator(".pg-editor textarea").first().waitFor();
    expect(await desk.text()).toBe("print('kept after all')");
    await desk.close();
  });
});

describe("links", () => {
  test("a shared workspace opens as a copy of one's own, and nothing of it has run", async () => {
    const desk = await openPlayground(site);
    await desk.write("print('ÅÄÖ from a link')");
    await desk.page.locator("[data-action=more]").click();
    await desk.page.getByRole("button", { name: "Share by link…" }).click();
    await desk.page.locator("[data-share]").waitFor();
    const link = await desk.page.locator("[data-share]").inputValue();
    await desk.close();

    const other = await openPlayground(site);
    await other.write("print('my own')");
    await other.saved();
    await other.page.goto(link);
    await other.message("notice").filter({ hasText: "Nothing of it has run yet" }).waitFor();
    expect(await other.text()).toBe("print('ÅÄÖ from a link')");
    expect(await other.page.locator("[data-said]").textContent()).toBe("");
    expect(await other.page.locator("[data-engine=running]").count()).toBe(0);
    await other.run();
    await other.shows("ÅÄÖ from a link");
    // what one had is there still
    await other.page.locator(".pg-workspace").click();
    await other.page.locator(".pg-workspaces li", { hasText: "Library" }).nth(1).waitFor();
    await other.close();
  });

  test("where the link would be too long, the zip is offered", async () => {
    const desk = await openPlayground(site);
    // text that does not compress
    const words = Array.from({ length: 6000 }, (_, i) => Math.sin(i).toString(36).slice(2)).join(" ");
    await desk.write(`x = "${words}"`);
    await desk.page.locator("[data-action=more]").click();
    await desk.page.getByRole("button", { name: "Share by link…" }).click();
    await desk.page
      .locator("dialog[open]", { hasText: "more than mail and chat programs pass on" })
      .waitFor();
    expect(
      await desk.page.locator("dialog[open]").getByRole("button", { name: "Download as zip" }).count(),
    ).toBe(1);
    await desk.close();
  });

  test("a damaged link gives a message and loses nothing", async () => {
    const desk = await openPlayground(site);
    await desk.write("print('my own')");
    await desk.saved();
    for (const fragment of ["aabcdefNOTDEFLATED", "r%E0%A4%A", "zfrom-a-newer-version-of-this-page"]) {
      await desk.page.goto("about:blank");
      await desk.page.goto(site.url(`playground/#${fragment}`));
      await desk
        .message("notice")
        .filter({ hasText: /damaged/ })
        .waitFor();
      expect(await desk.text()).toBe("print('my own')");
    }
    await desk.close();
  });

  test("an example of a page opens in the playground, as edited and with the cells before it", async () => {
    const { page } = await site.open("", { touch: true, width: 390 });
    const example = exampleOf(page);
    await example.write("print('edited in the page')");
    await example.root.locator("a[data-action=open]").click();
    await page.locator(".pg-toolbar").waitFor();
    expect(await deskOf(page).text()).toBe("print('edited in the page')");
    expect(await page.locator(".pg-workspace").textContent()).toBe("first.py");
    await page.context().close();
  });
});

describe("when things go wrong", () => {
  test("a program that never ends is stopped, its files are kept, and the next run works", async () => {
    const desk = await openPlayground(site);
    await desk.write("open('made.txt', 'w').write('x')\nwhile True:\n    pass\n");
    await desk.page.locator("[data-action=run]").click();
    await desk.page.locator("[data-action=stop]").click({ timeout: 30_000 });
    await desk.page.locator("[data-said]", { hasText: /^Run stopped/ }).waitFor({ state: "attached" });
    await desk.write("print('again')");
    await desk.run();
    await desk.panel.filter({ hasText: "again" }).waitFor();
    await desk.close();
  });

  /** The playground on a phone, with some of its files out of reach. */
  async function without(files: RegExp): Promise<PlaygroundPage> {
    const { page, complaints } = await site.open("favicon.svg", { touch: true, width: 390 });
    await page.route(files, (route) => route.abort());
    await page.goto(site.url("playground/"));
    await page.locator(".pg-toolbar").waitFor({ timeout: 30_000 });
    return deskOf(page, complaints);
  }

  test("an engine that cannot be loaded says why, and starts again", async () => {
    const desk = await without(/worker-.*\.js/);
    await desk.message("engine").filter({ hasText: "could not be loaded" }).waitFor({ timeout: 30_000 });
    expect(await axe(desk.page)).toEqual([]);
    await desk.page.unroute(/worker-.*\.js/);
    await desk.message("engine").getByRole("button", { name: "Start again" }).click();
    await desk.message("engine").waitFor({ state: "detached" });
    await desk.run();
    await desk.shows("Middlemarch");
    await desk.close();
  });

  test("SQLite that cannot be loaded says why", async () => {
    const desk = await without(/\.wasm$/);
    await desk
      .message("engine")
      .filter({ hasText: "SQLite could not be loaded" })
      .waitFor({ timeout: 30_000 });
    await desk.close();
  });

  test("an exception marks its line and leads there", async () => {
    const desk = await openPlayground(site);
    await desk.write("def f():\n    return 1 / 0\n\nf()\n");
    await desk.run();
    await desk.shows("ZeroDivisionError: division by zero");
    await desk.page.getByRole("button", { name: "line 2 in f" }).click();
    expect(await desk.page.locator(".pg-editor .mw-errornote").textContent()).toBe("Error in line 2");
    await desk.close();
  });
});

describe("the terminal", () => {
  test("has a history, completes, clears and stops", async () => {
    const desk = await openPlayground(site);
    const { page } = desk;
    expect(await desk.command("ls")).toMatch(/main\.py\s+models\.py/);
    expect(await desk.command("no-such-command")).toContain("exit status 127");
    const line = page.locator("[data-terminal]");
    await line.press("ArrowUp");
    await line.press("ArrowUp");
    expect(await line.inputValue()).toBe("ls");
    await line.press("ArrowDown");
    await line.press("ArrowDown");
    expect(await line.inputValue()).toBe("");
    await line.fill("python mai");
    await line.press("Tab");
    await page.waitForFunction(() =>
      document.querySelector<HTMLInputElement>("[data-terminal]")!.value.includes("main.py"),
    );
    await line.press("Enter");
    await page
      .locator(".pg-entry:not([data-running])", { hasText: "George Eliot wrote" })
      .waitFor({ timeout: 30_000 });
    await line.press("Control+l");
    expect(await page.locator(".pg-entry").count()).toBe(0);
    await line.fill("python -c 'while True: pass'");
    await line.press("Enter");
    await page.locator(".pg-entry[data-running]").waitFor();
    await line.press("Control+c");
    await page.locator(".pg-entry", { hasText: "exit status 130" }).waitFor();
    await desk.close();
  });
});

test("a workspace is downloaded as a zip, and opens from it again", async () => {
  const desk = await openPlayground(site);
  const { page } = desk;
  await desk.run();
  await desk.write("print('from the zip')");
  await page.locator("[data-action=more]").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as zip" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("library.zip");
  const path = await download.path();
  await page.locator(".pg-workspace").click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "From a zip" }).click(),
  ]);
  await chooser.setFiles({ name: "library.zip", mimeType: "application/zip", buffer: readFileSync(path) });
  await page.locator(".pg-workspace", { hasText: /^library$/ }).waitFor();
  expect(await desk.text()).toBe("print('from the zip')");
  expect(await desk.command("ls")).toMatch(/README.md\s+library.db\s+main.py\s+models.py\s+requirements.txt/);
  await desk.pane("files").click();
  const [broken] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Upload files" }).click(),
  ]);
  await broken.setFiles({ name: "broken.zip", mimeType: "application/zip", buffer: Buffer.from("no zip") });
  await desk.message("notice").filter({ hasText: "no zip, or a damaged one" }).waitFor();
  await desk.close();
});

test("panes are resized with the keyboard, and the layout is there after a reload", async () => {
  const { page } = await openPlayground(site, "playground/", { width: 1440 });
  const width = async (): Promise<number> => (await page.locator(".pg-panels").boundingBox())!.width;
  const before = await width();
  const separator = page.getByRole("separator", { name: "Width of the editor" });
  await separator.focus();
  for (let i = 0; i < 3; i++) await separator.press("ArrowLeft");
  const after = await width();
  expect(after).toBeGreaterThan(before + 50);
  await page.reload();
  await page.locator(".pg-panels").waitFor();
  expect(Math.abs((await width()) - after)).toBeLessThan(3);
  await page.context().close();
});

describe("axe finds nothing", () => {
  test.each(["light", "dark"])("in the %s theme, when it is fresh and after runs", async (theme) => {
    const desk = await openPlayground(site, "playground/", { width: 1440, dark: theme === "dark" });
    const { page } = desk;
    await page.locator("[data-editor=ready]").waitFor({ timeout: 30_000 });
    expect(await axe(page)).toEqual([]);
    await desk.run();
    await desk.panelTab("sql").click();
    await page.locator("[data-panel=sql] code:visible").first().waitFor();
    await desk.command("no-such-command");
    await desk.command("python -c '1/0'");
    expect(await axe(page)).toEqual([]);
    await desk.close();
  });

  test.each(["Workspaces…", "Share by link…", "Keyboard shortcuts…"])("in the dialog %s", async (label) => {
    const { page, close } = await openPlayground(site);
    await page.locator("[data-action=more]").click();
    await page.getByRole("button", { name: label }).click();
    await page.locator("dialog[open]").waitFor();
    expect(await axe(page)).toEqual([]);
    await close();
  });

  test("on a phone, in every pane", async () => {
    const desk = await openPlayground(site);
    await desk.run();
    for (const pane of ["files", "code", "panels", "terminal"]) {
      await desk.pane(pane).click();
      expect(await axe(desk.page)).toEqual([]);
      const [scroll, client] = await desk.page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(scroll).toBeLessThanOrEqual(client!);
    }
    await desk.close();
  });
});

test("an embedded example runs, and says where it is from", async () => {
  const { page, complaints } = await site.open("embed/?page=&example=1&theme=dark", { width: 800 });
  const example = exampleOf(page);
  await example.root.waitFor();
  await example.run();
  expect(await example.panel("sql").innerText()).toContain("INSERT INTO book");
  expect(await page.locator(".mw-foot").textContent()).toContain("Learn ORMs by running them");
  expect(await axe(page)).toEqual([]);
  expect(complaints.list).toEqual([]);
  await page.goto(site.url("embed/?page=no/such/page"));
  await page.getByRole("alert").filter({ hasText: "There is no page no/such/page" }).waitFor();
  await page.context().close();
});
