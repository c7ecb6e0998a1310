// What may go wrong around a reader: the worker dies, the page is left in the middle, the clock is wrong, memory and time run out,
// a file is large or damaged. Nothing typed is lost, and what is said tells what to do. (Storage that is full or refused, two tabs,
// and an engine that does not load: playground.test.ts.)
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { deskOf, openPlayground, type PlaygroundPage } from "./desk.ts";
import { useSite } from "./site.ts";

const site = useSite();

/** A run of this text has begun, and not ended. Where it has ended, or never began, what the page says of it. */
async function running(desk: PlaygroundPage, text: string): Promise<void> {
  const { page } = desk;
  await desk.write(text);
  await page.locator("[data-action=run]").click();
  await page
    .locator("[data-engine=running]")
    .waitFor({ state: "attached", timeout: 30_000 })
    .catch(async (e: unknown) => {
      const seen = await page.locator(".pg-status, [data-said], .pg-panelbody").allTextContents();
      const typed = await desk.text();
      throw new Error(`no run of ${JSON.stringify(typed)}: ${seen.join(" | ").slice(0, 500)}`, { cause: e });
    });
}

async function runsAgain(desk: PlaygroundPage): Promise<void> {
  await desk.write("print('again', 6 * 7)");
  await desk.run();
  await desk.panelTab("output").click();
  await desk.shows("again 42");
}

describe("the worker", () => {
  test("is gone in the middle of a run: Stop ends it, the text is kept, the next run works", async () => {
    const desk = await openPlayground(site, "playground/", {
      touch: true,
      width: 390,
      before: () => {
        const all: Worker[] = [];
        const Plain = Worker;
        Object.assign(window, {
          // the busy one: it was the first, and a spare may be there by now
          kill: () => all[0]!.terminate(),
          Worker: class extends Plain {
            constructor(...given: ConstructorParameters<typeof Worker>) {
              super(...given);
              all.push(this);
            }
          },
        });
      },
    });
    const text = "import time\nwhile True:\n    time.sleep(0.1)\n";
    await running(desk, text);
    await desk.page.evaluate(() => (window as unknown as { kill: () => void }).kill());
    await desk.page.locator("[data-action=stop]").click({ timeout: 30_000 });
    await desk.page.locator("[data-said]", { hasText: /^Run stopped/ }).waitFor({ state: "attached" });
    expect(await desk.text()).toBe(text);
    await runsAgain(desk);
    await desk.close();
  });

  test.each([
    ["a regular expression that tries every way", 'import re\nre.match("(a+)+$", "a" * 60 + "b")\n'],
    [
      "a statement of SQL without end",
      'import sqlite3\nsqlite3.connect(":memory:").execute("with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t").fetchall()\n',
    ],
  ])("is busy with %s: Stop ends it", async (_what, text) => {
    const desk = await openPlayground(site);
    await running(desk, text);
    await desk.page.locator("[data-action=stop]").click({ timeout: 30_000 });
    await desk.page.locator("[data-said]", { hasText: /^Run stopped/ }).waitFor({ state: "attached" });
    expect(await desk.text()).toBe(text);
    await runsAgain(desk);
    await desk.close();
  });

  test("cannot fetch a part that a program names: the program fails, and finds it when it is run again", async () => {
    const { page, complaints } = await site.open("favicon.svg", { touch: true, width: 390 });
    await page.route(/\/_astro\/alembic-.*\.js/, (route) => route.abort());
    await page.goto(site.url("playground/"));
    await page.locator(".pg-toolbar").waitFor({ timeout: 30_000 });
    const desk = deskOf(page, complaints);
    await desk.write("import alembic\nprint(alembic.__version__)\n");
    await desk.run();
    await desk.shows("A part of the engine could not be fetched. Check the connection and run again.");
    await page.unroute(/\/_astro\/alembic-.*\.js/);
    await desk.run();
    await desk.shows("1.19.1");
    await desk.close();
  });
});

test("the page is reloaded in the middle of a migration: the database is as it was before, and the migration runs again", async () => {
  const desk = await openPlayground(site, "playground/?start=shop-autogenerate");
  const { page } = desk;
  expect(await desk.command("alembic upgrade +1")).toContain("Running upgrade  -> 3f1c8a20b5d4");
  await desk.pane("files").click();
  await page.locator("[role=treeitem]", { hasText: /8d0e52f7c913/ }).click();
  const text = await desk.text();
  await desk.write(text.replace("def upgrade() -> None:", "def upgrade() -> None:\n    while True: pass"));
  await desk.pane("terminal").click();
  await page.locator("[data-terminal]").fill("alembic upgrade head");
  await page.locator("[data-terminal]").press("Enter");
  await page.locator(".pg-entry[data-running]").last().waitFor();
  await page.reload();
  await page.locator(".pg-toolbar").waitFor();
  expect(await desk.text()).toContain("while True: pass");
  await desk.write(text);
  expect(await desk.command("alembic current")).toContain("3f1c8a20b5d4");
  expect(await desk.command("alembic upgrade head")).toContain(
    "Running upgrade 3f1c8a20b5d4 -> 8d0e52f7c913",
  );
  await desk.close();
});

test("the clock is set to another century, and back: runs, saving, the zip and what was kept all work", async () => {
  const desk = await openPlayground(site);
  const { page } = desk;
  const download = async (): Promise<void> => {
    await page.locator("[data-action=more]").click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as zip" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("library.zip");
  };
  for (const day of ["2150-02-03T04:05:06", "1971-01-01T00:00:00"]) {
    await page.clock.setSystemTime(new Date(day));
    await desk.write(`print("typed in", "${day.slice(0, 4)}")`);
    await desk.run();
    await desk.shows(`typed in ${day.slice(0, 4)}`);
    await desk.saved();
    await download();
    await page.reload();
    await page.locator(".pg-editor textarea").first().waitFor();
    expect(await desk.text()).toContain(`"${day.slice(0, 4)}"`);
  }
  expect(desk.complaints.list).toEqual([]);
  await desk.close();
});

describe("memory", () => {
  test.each([
    ["a list that doubles", "x = [0]\nwhile True:\n    x += x\n"],
    ["a text that doubles", "x = 'text'\nwhile True:\n    x += x\n"],
    ["a number without end", "x = 10 ** 10 ** 10\n"],
  ])("%s is refused as MemoryError, and the page goes on", async (_what, text) => {
    const desk = await openPlayground(site);
    await desk.write(text);
    await desk.run();
    await desk.shows("MemoryError");
    expect(await desk.text()).toBe(text);
    await runsAgain(desk);
    expect(desk.complaints.list).toEqual([]);
    await desk.close();
  });

  test("a result of 300,000 rows is shown in part, and the page answers", async () => {
    const desk = await openPlayground(site);
    await desk.write(`from sqlalchemy import create_engine, text
with create_engine("sqlite://").connect() as c:
    rows = c.execute(text("with recursive t(n) as (select 1 union all select n + 1 from t where n < 300000) select n, 'row ' || n from t")).all()
    print(len(rows), rows[-1])
`);
    await desk.run();
    await desk.shows("300000 (300000, 'row 300000')");
    await desk.panelTab("sql").click();
    await desk.panel.filter({ hasText: "300000 rows" }).waitFor();
    expect(await desk.page.locator("*").count()).toBeLessThan(6000);
    await runsAgain(desk);
    await desk.close();
  });
});

describe("files", () => {
  test("a database of 50 MB is uploaded, read, written to, and there after a reload", async () => {
    const folder = mkdtempSync(join(tmpdir(), "large-"));
    const path = join(folder, "large.sqlite");
    const made = new DatabaseSync(path);
    made.exec(`create table thing (id integer primary key, what blob);
      with recursive t(n) as (select 1 union all select n + 1 from t where n < 500) insert into thing select n, randomblob(105000) from t`);
    made.close();
    expect(statSync(path).size).toBeGreaterThan(50_000_000);

    const desk = await openPlayground(site);
    const { page } = desk;
    await desk.write("print('typed before')");
    await desk.pane("files").click();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Upload files" }).click(),
    ]);
    await chooser.setFiles(path);
    const name = "large.sqlite";
    await page.locator(`[role=treeitem][data-path="${name}"]`).waitFor({ timeout: 30_000 });
    rmSync(folder, { recursive: true });
    expect(await desk.command(`sqlite3 ${name} 'select count(*) from thing'`)).toContain("500");
    await desk.command(`sqlite3 ${name} 'delete from thing where id > 490'`);
    await desk.saved();
    await page.reload();
    await page.locator(".pg-toolbar").waitFor();
    expect(await desk.command(`sqlite3 ${name} 'select count(*) from thing'`)).toContain("490");
    expect(await desk.command("cat main.py")).toContain("typed before");
    await desk.close();
  });

  test("a workspace whose record is damaged opens with its files, beside one that holds nothing", async () => {
    const desk = await openPlayground(site);
    const { page } = desk;
    await desk.write("print('mine')");
    await desk.saved();
    await page.evaluate(
      () =>
        new Promise<void>((done, failed) => {
          const opening = indexedDB.open("mapped-playground");
          opening.onsuccess = () => {
            const tx = opening.result.transaction("workspaces", "readwrite");
            const store = tx.objectStore("workspaces");
            store.openCursor().onsuccess = (e) => {
              const cursor = (e.target as IDBRequest<IDBCursorWithValue | null>).result;
              if (!cursor) return;
              const { id } = cursor.value as { id: string };
              cursor.update({ id, name: 5, tabs: "main.py", origin: null, deleted: null, history: [{}] });
              cursor.continue();
            };
            store.put({ id: "broken" });
            tx.oncomplete = () => done();
            tx.onerror = () => failed(tx.error);
          };
        }),
    );
    await page.reload();
    await page.locator(".pg-toolbar").waitFor();
    await desk.pane("files").click();
    await page.locator('[role=treeitem][data-path="main.py"]').click();
    expect(await desk.text()).toBe("print('mine')");
    await desk.run();
    await desk.shows("mine");
    expect(desk.complaints.list).toEqual([]);
    await desk.close();
  });
});
