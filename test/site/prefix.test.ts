// A sample of the pages built twice under a path prefix, as for project pages: both builds are the same files, and everything
// works below the prefix.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSample, makeSample } from "../../tools/sample-site.ts";
import { deskOf } from "./desk.ts";
import { linksOf } from "./links.ts";
import { builtPages, exampleOf, useSite } from "./site.ts";

const BASE = "/mapped/";
let root: string;
const dist = (): string => join(root, "first");
const again = (): string => join(root, "dist");

beforeAll(() => {
  root = makeSample(5);
  buildSample(root, { MAPPED_BASE: BASE });
  renameSync(again(), dist());
  // in the same folder, whose name some identifiers are made of, and from nothing
  for (const cache of ["node_modules", ".astro"]) rmSync(join(root, cache), { recursive: true });
  buildSample(root, { MAPPED_BASE: BASE });
}, 400_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const site = useSite({ dist, base: BASE });

/** Every file with its content's checksum. */
function sums(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((f) =>
    statSync(join(folder, f)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((f) => [
      f,
      createHash("sha256")
        .update(readFileSync(join(folder, f)))
        .digest("hex"),
    ]),
  );
}

test("two builds of the same site are the same files", () => {
  expect(sums(again())).toEqual(sums(dist()));
});

test("no link and no file of a page leaves the prefix", () => {
  const { outside, broken } = linksOf(dist(), BASE);
  expect(outside).toEqual([]);
  // pages that the sample does not have are the only ones missing
  expect(broken.filter((b) => !/: .*\/(?:[\w-]+\/)?(?:#.*)?$/.test(b))).toEqual([]);
});

test("an example runs, and opens in the playground, which runs it too", async () => {
  const { page, complaints } = await site.open("", { touch: true, width: 390 });
  const example = exampleOf(page);
  await example.run();
  expect(await example.root.locator(".mw-differs").count()).toBe(0);
  await example.root.locator("a[data-action=open]").click();
  await page.locator(".pg-toolbar").waitFor();
  expect(new URL(page.url()).pathname).toBe(`${BASE}playground/`);
  const desk = deskOf(page, complaints);
  await desk.write("print(6 * 7)");
  await desk.run();
  await desk.shows("42");
  // parts of the engine that load when a program names them, and a ready workspace
  expect(await desk.command("alembic --version")).toContain("1.19.1");
  await page.goto(site.url("playground/?start=shop-autogenerate"));
  await page.locator(".pg-workspace", { hasText: /autogenerate/ }).waitFor();
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("a share link leads below the prefix and opens there", async () => {
  const { page } = await site.open("playground/", { touch: true, width: 390 });
  await page.locator(".pg-toolbar").waitFor();
  const desk = deskOf(page);
  await desk.write("print('shared below a prefix')");
  await page.locator("[data-action=more]").click();
  await page.getByRole("button", { name: "Share by link…" }).click();
  await page.locator("[data-share]").waitFor();
  const link = await page.locator("[data-share]").inputValue();
  expect(link.startsWith(site.url("playground/#a"))).toBe(true);
  await page.context().close();
  const other = await site.open(link.slice(site.url("").length), { touch: true, width: 390 });
  await other.page.locator(".pg-toolbar").waitFor();
  expect(await deskOf(other.page).text()).toBe("print('shared below a prefix')");
  await other.page.context().close();
});

test("search finds pages below the prefix", async () => {
  const { page } = await site.open("");
  await page.locator("[data-open-modal]").click();
  await page.locator(".pagefind-ui__search-input").fill("object-relational mapper");
  const found = page.locator(".pagefind-ui__result-link").first();
  await found.waitFor();
  await found.click();
  await page.locator("h1").first().waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/mapped\/./);
  expect(builtPages(dist())).toContain(new URL(page.url()).pathname.slice(BASE.length));
  await page.context().close();
});

test("the service worker keeps what lies below the prefix, and works without a connection", async () => {
  const { page } = await site.open("", { offline: true });
  await page.evaluate(async () => {
    const { scope } = await navigator.serviceWorker.ready;
    if (!scope.endsWith("/mapped/")) throw new Error(`the service worker's scope is ${scope}`);
    while ((await caches.match(location.href)) === undefined) await new Promise((r) => setTimeout(r, 50));
  });
  await site.goAway();
  await page.reload();
  await exampleOf(page).run();
  expect(await exampleOf(page).root.locator(".mw-differs").count()).toBe(0);
  await page.context().close();
});
