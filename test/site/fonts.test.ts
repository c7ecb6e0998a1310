// What is read does not move when the typefaces come: their stand-ins (site/styles/fonts.css) have the same measures.
import { describe, expect, test } from "vitest";
import { useSite } from "./site.ts";

const site = useSite();

/** Where each heading and paragraph of a page begins, with the site's typefaces or without. */
async function places(path: string, typefaces: boolean): Promise<number[]> {
  const { page } = await site.open("favicon.svg", { width: 360 });
  if (!typefaces) await page.route("**/*.woff2", (route) => route.abort());
  await page.goto(site.url(path));
  await page.evaluate(() => document.fonts.ready);
  const found = await page
    .locator("main :is(h1, h2, h3, p)")
    .evaluateAll((all) => all.map((e) => e.getBoundingClientRect().top));
  await page.context().close();
  return found;
}

describe("typefaces", () => {
  test.each(["", "learn/your-first-session/", "wiki/sessions-and-transactions/"])("/%s", async (path) => {
    const [with_, without] = [await places(path, true), await places(path, false)];
    expect(without).toHaveLength(with_.length);
    // a line that breaks otherwise moves what follows, in a page of thousands of pixels
    const last = with_.at(-1)!;
    expect(Math.abs(without.at(-1)! - last) / last).toBeLessThan(0.015);
    // the first screen stays as it is
    const first = with_.filter((y) => y < 900).length;
    for (let i = 0; i < first; i++) expect(Math.abs(without[i]! - with_[i]!)).toBeLessThan(30);
  });
});
