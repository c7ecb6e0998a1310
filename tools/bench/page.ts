// Milliseconds to a first result on a cold page, beside a bare start of CPython in WebAssembly (pyodide) in the same browser.
//
// Each round opens the lesson in a browser context of its own (nothing cached), presses Run at once, without hovering first, and
// waits for the first result; then presses Run again. Beside it `loadPyodide()` and one `print(1)`: no SQLAlchemy, which it would
// have to fetch and load on top. The machine is noisy: medians and a ratio.
import { type Browser, chromium } from "@playwright/test";
import { existsSync } from "node:fs";
import { chromiumFlags, needChromium } from "../chromium.ts";
import { serveSite } from "../serve.ts";
import { against, median, type Part } from "./report.ts";

const PAGE = "learn/your-first-session/";

async function runs(browser: Browser, base: string): Promise<{ first: number; second: number }> {
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
  await context.close();
  return { first, second };
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
  const bare: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const r = await runs(browser, site.url);
    first.push(r.first);
    second.push(r.second);
    bare.push(await pyodide(browser, other.url));
  }
  await browser.close();
  site.server.close();
  other.server.close();
  const cold = against("first Run on a cold page", median(first), "pyodide, bare start", median(bare));
  return {
    name: "The page",
    figures: [cold, { what: "second Run", ours: median(second) }],
    goal: "a first result at least 10 times sooner than pyodide starts, under 1 s; a second Run under 100 ms",
    passed: median(bare) / median(first) >= 10 && median(first) < 1000 && median(second) < 100,
  };
}
