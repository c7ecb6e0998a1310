// npm run bench: milliseconds to a first result on a cold page, beside a bare start of CPython in WebAssembly (pyodide);
// then our interpreter beside the python3 of this machine (bench/python.ts).
//
//   node tools/bench.ts [--rounds 5]        both; the page needs a built site (npm run build)
//   node tools/bench.ts orm [NAME…]         the ORM beside others (bench/orm.ts)
//   node tools/bench.ts python [NAME…]      the interpreter alone, perhaps only programs with these words in their names
//
// Each round opens the lesson in a browser context of its own (nothing cached), presses Run at once, without hovering
// first, and waits for the first result; then presses Run again. Beside it, in the same browser, `loadPyodide()` and one
// `print(1)`: no SQLAlchemy, which it would have to fetch and load on top. The machine is noisy: medians and a ratio.
import { type Browser, chromium } from "@playwright/test";
import { existsSync } from "node:fs";
import { chromiumFlags, needChromium } from "./chromium.ts";
import { benchOrms } from "./bench/orm.ts";
import { benchPython } from "./bench/python.ts";
import { serveSite } from "./serve.ts";

const PAGE = "learn/your-first-session/";

if (process.argv[2] === "orm") process.exit((await benchOrms(process.argv.slice(3))).passed ? 0 : 1);
if (process.argv[2] === "python") process.exit((await benchPython(process.argv.slice(3))) ? 0 : 1);

if (!existsSync("dist/index.html")) {
  console.error("There is no dist: run `npm run build` first.");
  process.exit(2);
}
const at = process.argv.indexOf("--rounds");
const rounds = at < 0 ? 5 : Number(process.argv[at + 1]);
if (!(rounds >= 1)) {
  console.error("--rounds takes a number from 1 up.");
  process.exit(2);
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;

async function runs(browser: Browser, base: string): Promise<{ first: number; second: number }> {
  const context = await browser.newContext();
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

const ms = (v: number): string => `${v.toFixed(0)} ms`;
console.log(`first Run on a cold page     ${ms(median(first))}   (${first.map(ms).join(", ")})`);
console.log(`second Run                   ${ms(median(second))}   (${second.map(ms).join(", ")})`);
console.log(`pyodide, bare start          ${ms(median(bare))}   (${bare.map(ms).join(", ")})`);
console.log(`ratio, pyodide to first Run  ${(median(bare) / median(first)).toFixed(1)}`);
console.log();
process.exit((await benchPython([])) ? 0 : 1);
