// Every page in a browser: quiet, accessible in both themes, and no wider than its screen. A file for each half of them, so that
// two run at a time.
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, expect, test } from "vitest";
import { axe, builtPages, useSite } from "./site.ts";

/** Pages to visit: all, but of those that are made alike one in eight. */
const visited = builtPages().filter((path, i) => i % 8 === 0 || !/^(pain-points|exercises)\/./.test(path));

/** Tests of every `of`-th page, from the one numbered `share`. */
export function visitPages(share: number, of: number): void {
  const site = useSite();
  // one visit a page, all in one tab: there are many of them, and a visit costs more than what is looked at
  let tab: Awaited<ReturnType<typeof site.open>> | undefined;
  afterAll(() => tab?.page.context().close());

  test.each(visited.filter((_, i) => i % of === share))(
    "/%s breaks nothing, asks nobody else, is accessible in both themes and fits a phone",
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
      expect(await axe(page)).toEqual([]);

      // the other theme differs in its colours only
      await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
      const dark = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
      expect(dark.violations.flatMap((v) => v.nodes.map((n) => n.failureSummary))).toEqual([]);

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
