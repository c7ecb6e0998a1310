// After the first visit the site works without a connection. A file of its own: its server goes away.
import { expect, test } from "vitest";
import { openPlayground } from "./desk.ts";
import { useSite } from "./site.ts";

const site = useSite();

test("the second visit needs no network: pages that were visited, the engine, the playground", async () => {
  const desk = await openPlayground(site, "playground/", { touch: true, width: 390, offline: true });
  const { page } = desk;
  await desk.write("print('without a connection')");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    // told of by the page once the worker is active, after all that it fetches itself
    while ((await caches.match(location.href)) === undefined) await new Promise((r) => setTimeout(r, 50));
  });
  await page.goto(site.url(""));
  await page.goto(site.url("playground/"));
  await site.goAway();

  await page.reload();
  await desk.run();
  await desk.shows("without a connection");
  await page.goto(site.url(""));
  expect(await page.locator("h1").first().textContent()).toContain("Learn ORMs");
  await page.goto(site.url("no/such/page/"));
  expect(await page.locator("h1").textContent()).toBe("There is no connection");
  await desk.close();
});
