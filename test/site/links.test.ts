// Every link of every page leads somewhere. What lies outside of the site is looked after by `npm run content`.
import { expect, test } from "vitest";
import { linksOf } from "./links.ts";
import { DIST } from "./site.ts";

test("every link within the site leads to a file, and to a heading that it has", () => {
  const { broken, outside, count } = linksOf(DIST, (process.env.MAPPED_BASE ?? "/").replace(/\/?$/, "/"));
  expect(count).toBeGreaterThan(5000);
  expect([...new Set(outside)]).toEqual([]);
  expect([...new Set(broken)]).toEqual([]);
});
