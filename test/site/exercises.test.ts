// Exercises, predictions, pain points and progress in a real browser, as a learner meets them.
import type { Page } from "@playwright/test";
import { expect, test } from "vitest";
import { axe, useSite } from "./site.ts";

const site = useSite();
const EXERCISE = "exercises/l13-two-statements/";

const exerciseOf = (page: Page) => {
  const root = page.locator("mapped-exercise");
  return {
    root,
    check: async () => {
      const before = Number((await root.locator(".mw-status").getAttribute("data-tries")) ?? 0);
      await root.locator("[data-action=check]").click();
      await root.locator(`.mw-status[data-tries="${before + 1}"]`).waitFor({ timeout: 60_000 });
    },
    write: async (text: string) => {
      const plain = root.locator("textarea.mw-plain");
      if ((await plain.count()) === 0) await root.locator("[data-action=edit]").click();
      await plain.waitFor({ timeout: 30_000 });
      await plain.fill(text);
    },
  };
};

test("an exercise: its start fails with a message, a known mistake is explained, the solution passes and is kept", async () => {
  const { page, complaints } = await site.open(EXERCISE, { touch: true, width: 390 });
  const x = exerciseOf(page);
  await x.check();
  expect(await x.root.locator(".mw-status").textContent()).toBe("2 of 3 checks fail.");
  expect(await x.root.locator(".mx-checks [data-passed=false]").first().textContent()).toContain(
    "Load the addresses of all users at once.",
  );

  await x.write(
    "with Session(engine) as session:\n    for user in session.scalars(select(User).options(joinedload(User.addresses))):\n        print(user.name)",
  );
  await x.check();
  expect(await x.root.locator(".mx-wrong").textContent()).toContain("unique()");
  expect(await x.root.locator(".mw-errorpages a").textContent()).toBe(
    "joinedload() on a list needs unique()",
  );
  expect(await axe(page)).toEqual([]);

  await x.write(
    "with Session(engine) as session:\n    statement = select(User).options(selectinload(User.addresses)).order_by(User.name)\n    for user in session.scalars(statement):\n        print(user.name, len(user.addresses))",
  );
  await x.check();
  expect(await x.root.locator(".mw-status").textContent()).toBe("All checks pass.");
  expect(await x.root.getAttribute("data-done")).toBe("");

  await page.goto(site.url("exercises/"));
  expect(await page.locator(".mk-tally").textContent()).toMatch(/^1 of \d+ done/);
  await page.goto(site.url("paths/"));
  expect(await page.locator(".mk-continue a").textContent()).toBe("At most two statements");
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("hints come one by one, and the solution after a question", async () => {
  const { page } = await site.open(EXERCISE);
  const hints = page.locator(".mx-hint");
  expect(await hints.nth(1).isVisible()).toBe(false);
  await hints.first().locator("summary").click();
  await hints.nth(1).waitFor({ state: "visible" });
  await page.locator(".mx-solution summary").click();
  expect(await page.locator(".mx-revealed").isVisible()).toBe(false);
  await page.locator("[data-action=reveal]").click();
  expect(await page.locator(".mx-revealed").textContent()).toContain("selectinload");
  await page.context().close();
});

test("without script the task, the checks, the hints and the solution can be read", async () => {
  const { page } = await site.open(EXERCISE, { script: false });
  expect(await page.locator(".mx-checks li").count()).toBe(3);
  await page.locator(".mx-solution summary").click();
  expect(await page.locator(".mx-revealed").isVisible()).toBe(true);
  await page.context().close();
});

test("a pasted error message finds its page", async () => {
  const { page } = await site.open("pain-points/");
  await page
    .locator("[name=q]")
    .fill(
      "sqlalchemy.orm.exc.DetachedInstanceError: Parent instance <Order at 0x7fe1> is not bound to a Session; lazy load operation of attribute 'lines' cannot proceed (Background on this error at: https://sqlalche.me/e/20/bhk3)",
    );
  const shown = page.locator(".mk-painlist li:not([hidden]) > a");
  expect(await shown.allTextContents()).toEqual([
    "The Session is gone when the template needs the relationship",
  ]);
  await page.locator("[name=q]").fill("");
  await page.locator("[name=silent]").check();
  expect(await page.locator(".mk-count").textContent()).toMatch(/^\d+ of \d+$/);
  await page.context().close();
});

test("a prediction is judged, and explained", async () => {
  const { page } = await site.open("learn/loading/");
  const prediction = page.locator("mapped-predict").first();
  const answer = await prediction.getAttribute("data-answer");
  const choices = prediction.locator("[data-choice]");
  const wrong = (await choices.allTextContents()).map((c) => c.trim()).find((c) => c !== answer)!;
  await prediction.locator(`[data-choice="${wrong}"]`).click();
  expect(await prediction.locator(".mk-verdict").textContent()).toContain(`it is ${answer}`);
  await prediction.locator(`[data-choice="${answer}"]`).click();
  expect(await prediction.locator(".mk-verdict").textContent()).toBe("Yes.");
  await page.context().close();
});

test("a term explains itself on focus, and Escape closes it", async () => {
  const { page } = await site.open("wiki/sessions-and-transactions/");
  await page.locator(".mk-term").first().focus();
  const box = page.locator("#mk-definition");
  expect(await box.isVisible()).toBe(true);
  expect((await box.textContent())!.length).toBeGreaterThan(10);
  await page.keyboard.press("Escape");
  expect(await box.isVisible()).toBe(false);
  await page.context().close();
});

test("progress goes out as a file and comes in as one", async () => {
  const { page } = await site.open("paths/");
  await page.locator("[data-progress-action=import]").setInputFiles({
    name: "mapped-progress.json",
    mimeType: "application/json",
    buffer: Buffer.from('{"version":1,"done":{"exercise:l04-make-it-permanent":"2026-11-20"},"last":null}'),
  });
  await page.locator(".mk-progress-told", { hasText: "1 thing is done." }).waitFor();
  const download = page.waitForEvent("download");
  await page.locator("[data-progress-action=export]").click();
  expect((await download).suggestedFilename()).toBe("mapped-progress.json");
  await page.locator("[data-progress-action=import]").setInputFiles({
    name: "x.json",
    mimeType: "application/json",
    buffer: Buffer.from("no"),
  });
  await page.locator(".mk-progress-told", { hasText: "holds no JSON" }).waitFor();
  await page.context().close();
});

test("search knows an error message and an API name", async () => {
  const { page } = await site.open("");
  // as text: the test's own bundler would take the import for one of its own
  const find = async (words: string): Promise<string[]> =>
    page.evaluate(`(async () => {
      const pagefind = await import(new URL("pagefind/pagefind.js", document.baseURI).href);
      const { results } = await pagefind.search(${JSON.stringify(words)});
      return Promise.all(results.slice(0, 5).map(async (r) => (await r.data()).url));
    })()`);
  expect((await find("lazy load operation of attribute cannot proceed")).join(" ")).toContain(
    "detached-lazy-load",
  );
  expect((await find("QueuePool limit overflow reached connection timed out")).join(" ")).toContain(
    "pool-exhausted",
  );
  expect((await find("selectinload")).join(" ")).toMatch(/loading|n-plus-one/);
  await page.context().close();
});

test("search answers a pasted error with its page, and an API name with the pages that use it", async () => {
  const { page } = await site.open("");
  await page.locator("[data-open-modal]").click();
  const input = page.locator(".pagefind-ui__search-input");
  await input.waitFor({ timeout: 30_000 });
  await input.fill(
    "sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: member.email",
  );
  await page.locator(".mk-searchhelp a", { hasText: "get_or_create fails under load" }).waitFor();
  await input.fill("selectinload");
  await page.locator(".mk-searchhelp a", { hasText: "Pages that use selectinload" }).waitFor();
  await page.context().close();
});
