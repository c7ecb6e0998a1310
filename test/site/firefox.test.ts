// The same site in Firefox, where one is installed (Debian: apt-get install firefox-esr; or $FIREFOX): home, an example, the
// playground with its editor and terminal.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFirefox, Firefox, KEYS } from "../../tools/firefox.ts";
import { serveSite } from "../../tools/serve.ts";
import { DIST } from "./site.ts";

const path = findFirefox();

describe.skipIf(!path)("in Firefox", { timeout: 120_000 }, () => {
  let firefox: Firefox;
  let served: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    served = await serveSite(DIST, 0);
    firefox = await Firefox.start(path!);
  }, 120_000);
  afterAll(async () => {
    await firefox?.close();
    served?.server.close();
    served?.server.closeAllConnections();
  });

  test("an example of the home page runs and shows what was recorded", async () => {
    await firefox.goto(served.url);
    expect(await firefox.value("document.querySelector('h1').textContent")).toContain("Learn ORMs");
    // a page that the pointer rests on is fetched ahead, which the policy must let through
    await firefox.hover("main a[href$='/exercises/']");
    await firefox.until(
      "performance.getEntriesByType('resource').some((r) => r.name.endsWith('/exercises/'))",
    );
    await firefox.click("mapped-example [data-action=run]");
    await firefox.until("document.querySelector('mapped-example .mw-status[data-runs=\"1\"]')");
    expect(await firefox.value("document.querySelectorAll('mapped-example .mw-differs').length")).toBe(0);
    expect(
      await firefox.value("document.querySelector('mapped-example [data-panel=sql]').textContent"),
    ).toContain("INSERT INTO");
  });

  test("the playground: typing in the editor, a run, its SQL, a line of the terminal, a reload", async () => {
    await firefox.goto(`${served.url}playground/`);
    await firefox.until("document.querySelector('[data-editor=ready]')");
    await firefox.click(".pg-editor .monaco-editor .view-lines");
    await firefox.until("document.activeElement?.closest('.pg-editor')");
    await firefox.press([KEYS.control, "a"], KEYS.backspace, ..."import sqlite3", KEYS.enter);
    await firefox.press(..."print(sqlite3.connect('x.db').execute('select 6*7').fetchall())");
    await firefox.press([KEYS.control, KEYS.enter]);
    await firefox.until("document.querySelector('.pg-panelbody')?.textContent.includes('[(42,)]')");
    await firefox.click("#pg-panel-tab-sql");
    await firefox.click("[data-terminal]");
    await firefox.press(..."python main.py && ls", KEYS.enter);
    await firefox.until(
      "document.querySelector('.pg-entry:not([data-running])')?.textContent.includes('x.db')",
    );
    await firefox.until("document.querySelector('[data-saving=saved]')");
    await firefox.goto(`${served.url}playground/`);
    await firefox.until("document.querySelector('.pg-editor')?.textContent.includes('sqlite3.connect')");
    await firefox.click("[data-action=run]");
    await firefox.until("document.querySelector('.pg-panelbody')?.textContent.includes('[(42,)]')");
  });

  test("no page wrote an error", () => {
    expect(firefox.complaints).toEqual([]);
  });
});
