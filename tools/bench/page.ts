// Milliseconds to a first result on a cold page, beside a bare start of CPython in WebAssembly (pyodide) in the same browser.
//
// Each round opens the lesson in a browser context of its own (nothing cached), presses Run at once, without hovering first, and
// waits for the first result; then presses Run again. Beside it `loadPyodide()` and one `print(1)`: no SQLAlchemy, which it would
// have to fetch and load on top. The machine is noisy: medians and a ratio.
import { type Browser, chromium } from "@playwright/test";
import { existsSync } from "node:fs";
import { chromiumFlags, needChromium } from "../chromium.ts";
import { serveSite } from "../serve.ts";
import { packWorkspace } from "../../playground-engine/runtime/workspace-zip.ts";
import { revisions } from "./growth.ts";
import { against, median, type Part } from "./report.ts";

const PAGE = "learn/your-first-session/";

interface Runs {
  readonly first: number;
  readonly second: number;
  /** What the page says that the second took, in the engine. */
  readonly engine: number;
}

async function runs(browser: Browser, base: string): Promise<Runs> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(base + PAGE);
  await page.waitForLoadState("networkidle");
  const press = (nth: number): Promise<number> =>
    page.evaluate(async (n) => {
      const example = document.querySelector("mapped-example")!;
      const started = performance.now();
      example.querySelector<HTMLElement>("[data-action=run]")!.click();
      while (example.querySelector(".mw-status")?.getAttribute("data-runs") !== String(n))
        await new Promise((r) => setTimeout(r, 2));
      return performance.now() - started;
    }, nth);
  const first = await press(1);
  await page.waitForTimeout(200);
  const second = await press(2);
  const status = await page.locator("mapped-example .mw-status").first().innerText();
  await context.close();
  return { first, second, engine: Number(/(\d+) ms/.exec(status)?.[1]) };
}

/** Milliseconds from a reload to a workspace of 1,000 revisions with its files in view, and to its graph from a click. */
async function large(browser: Browser, base: string): Promise<{ opened: number; drawn: number }> {
  const context = await browser.newContext({
    serviceWorkers: "block",
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(`${base}playground/`);
  await page.locator(".pg-workspace").click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "From a zip" }).click(),
  ]);
  const zip = Buffer.from(packWorkspace(revisions(1000), "Large"));
  await chooser.setFiles({ name: "large.zip", mimeType: "application/zip", buffer: zip });
  const there = (): Promise<number> =>
    page
      .waitForFunction(
        () =>
          /^large$/i.test(document.querySelector(".pg-workspace")?.textContent ?? "") &&
          document.querySelector("[role=treeitem]") !== null &&
          performance.now(),
        undefined,
        { timeout: 60_000 },
      )
      .then((h) => h.jsonValue() as Promise<number>);
  await there();
  await page.locator("[data-saving=saved]").waitFor({ state: "attached" });
  await page.reload();
  const opened = await there();
  await page.locator("[data-engine=ready]").waitFor({ state: "attached" });
  const started = performance.now();
  await page.locator("#pg-panel-tab-migrations").click();
  await page.locator(".mw-rev").first().waitFor({ timeout: 60_000 });
  const drawn = performance.now() - started;
  await context.close();
  return { opened, drawn };
}

async function pyodide(browser: Browser, base: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${base}console.html`).catch(() => undefined);
  const time = await page.evaluate(async (url) => {
    const started = performance.now();
    const { loadPyodide } = (await import(/* @vite-ignore */ `${url}pyodide.mjs`)) as {
      loadPyodide(o: object): Promise<{ runPython(s: string): unknown }>;
    };
    const python = await loadPyodide({ indexURL: url });
    python.runPython("print(1)");
    return performance.now() - started;
  }, base);
  await context.close();
  return time;
}

/** @param rounds how often; the site must be built */
export async function benchPage(rounds: number): Promise<Part> {
  if (!existsSync("dist/index.html")) throw new Error("There is no dist: run `npm run build` first.");
  const site = await serveSite("dist", 0);
  const other = await serveSite("node_modules/pyodide", 0);
  const browser = await chromium.launch({ executablePath: needChromium(), args: chromiumFlags });
  const first: number[] = [];
  const second: number[] = [];
  const engine: number[] = [];
  const bare: number[] = [];
  const opened: number[] = [];
  const drawn: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const r = await runs(browser, site.url);
    first.push(r.first);
    second.push(r.second);
    engine.push(r.engine);
    bare.push(await pyodide(browser, other.url));
    const l = await large(browser, site.url);
    opened.push(l.opened);
    drawn.push(l.drawn);
  }
  await browser.close();
  site.server.close();
  other.server.close();
  const cold = against("first Run on a cold page", median(first), "pyodide, bare start", median(bare));
  return {
    name: "The page",
    figures: [
      cold,
      { what: "second Run", ours: median(second) },
      { what: "of it, the engine's time", ours: median(engine) },
      { what: "a workspace of 1,000 revisions opens", ours: median(opened) },
      { what: "its graph of revisions is drawn", ours: median(drawn) },
    ],
    goal: "a first result at least 10 times sooner than pyodide starts, under 1 s; a second Run under 100 ms, 20 ms of the engine's; 1,000 revisions open in under 1 s",
    passed:
      median(bare) / median(first) >= 10 &&
      median(first) < 1000 &&
      median(second) < 100 &&
      median(engine) <= 20 &&
      median(opened) < 1000,
  };
}
