// Every page in a browser: quiet, accessible, its colours told apart in one theme or the other, and no wider than its screen. A file for each half of them, so that
// two run at a time.
import { afterAll, expect, test } from "vitest";
import { axe, builtPages, useSite } from "./site.ts";

/** Pages to visit: all, but of those that are made alike one in eight. */
const visited = builtPages().filter((path, i) => i % 8 === 0 || !/^(pain-points|exercises)\/./.test(path));

/** The first page of each folder. */
const firsts = new Set(
  visited.filter((path, i) => visited.findIndex((p) => p.split("/")[0] === path.split("/")[0]) === i),
);

/** Themes in which a page's colours are looked at: both on the first of each folder, on the others one after the other. */
const themes = new Map<string, readonly ("light" | "dark")[]>(
  visited.map((path, i) => [path, firsts.has(path) ? ["light", "dark"] : [i % 4 < 2 ? "light" : "dark"]]),
);

/** Tests of every `of`-th page, from the one numbered `share`. */
export function visitPages(share: number, of: number): void {
  const site = useSite();
  // one visit a page, all in one tab: there are many of them, and a visit costs more than what is looked at
  let tab: Awaited<ReturnType<typeof site.open>> | undefined;
  afterAll(() => tab?.page.context().close());

  test.each(visited.filter((_, i) => i % of === share))(
    "/%s breaks nothing, asks nobody else, is accessible and fits a phone",
    async (path) => {
      tab ??= await site.open("favicon.svg");
      const { page, complaints } = tab;
      const before = complaints.list.length;
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(site.url(path), { waitUntil: "load" });
      // code that is wider than its frame can be scrolled with the keyboard once the page's script has measured it
      await page
        .waitForFunction(
          () =>
            [...document.querySelectorAll<HTMLElement>(".expressive-code pre")].every(
              (pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex >= 0,
            ),
          undefined,
          { timeout: 3000 },
        )
        .catch(() => undefined); // axe says which it is
      expect(await axe(page, "not")).toEqual([]);
      for (const theme of themes.get(path)!) {
        await page.evaluate((t) => (document.documentElement.dataset.theme = t), theme);
        expect(await axe(page, "only"), `in the ${theme} theme`).toEqual([]);
      }

      await page.setViewportSize({ width: 390, height: 900 });
      const [scroll, client] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(scroll).toBeLessThanOrEqual(client!);
      expect(complaints.list.slice(before)).toEqual([]);
    },
  );
}
