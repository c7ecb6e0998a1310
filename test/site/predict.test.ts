// A prediction comes before its answer: what the example showed is held back until the reader has answered.
import { expect, test } from "vitest";
import { useSite } from "./site.ts";

const site = useSite();
const LESSON = "learn/loading/";

test("the result appears with the answer", async () => {
  const { page, complaints } = await site.open(LESSON);
  const question = page.locator("mapped-predict").first();
  const example = page.locator("mapped-predict ~ .expressive-code mapped-example").first();
  const result = example.locator(".mw-run");
  expect(await result.isVisible()).toBe(false);
  await question.getByRole("button", { name: "11", exact: true }).click();
  expect(await question.locator(".mk-verdict").textContent()).toBe("Yes.");
  expect(await result.isVisible()).toBe(true);
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("a reader who would rather run it may", async () => {
  const { page } = await site.open(LESSON);
  const example = page.locator("mapped-predict ~ .expressive-code mapped-example").first();
  await example.locator("[data-action=run]").click();
  await example.locator(".mw-run").first().waitFor();
  await page.context().close();
});

test("without script the result is there, and the answer folded away", async () => {
  const { page } = await site.open(LESSON, { script: false });
  expect(
    await page.locator("mapped-predict ~ .expressive-code mapped-example .mw-run").first().isVisible(),
  ).toBe(true);
  expect(await page.locator("mapped-predict details").first().getAttribute("open")).toBeNull();
  await page.context().close();
});
