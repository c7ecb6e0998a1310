// npm run lighthouse [-- PAGE…]: Lighthouse's scores of the built site: performance, accessibility, best practices, SEO, each 0 to 100.
//
// Home, a lesson, a wiki page and the playground unless pages are named, as a phone on a slow line sees them (Lighthouse's default).
// Goal: 95 each; the exit status says whether it holds.
import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { chromiumFlags, needChromium } from "./chromium.ts";
import { serveSite } from "./serve.ts";

const PAGES = ["", "learn/your-first-session/", "wiki/sessions-and-transactions/", "playground/"];
const GOAL = 95;

const pages = process.argv.length > 2 ? process.argv.slice(2) : PAGES;
const { url, server } = await serveSite(process.env.MAPPED_DIST ?? "dist", 0);
const port = 20_000 + (process.pid % 20_000);
const browser = await chromium.launch({
  executablePath: needChromium(),
  args: [...chromiumFlags, `--remote-debugging-port=${port}`],
});
let held = true;
for (const page of pages) {
  const result = await lighthouse(url + page, {
    port,
    logLevel: "error",
    onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
  });
  const { categories, audits } = result!.lhr;
  const scores = Object.values(categories).map((c) => [c.title, Math.round((c.score ?? 0) * 100)] as const);
  held &&= scores.every(([, score]) => score >= GOAL);
  console.log(`/${page}`);
  console.log(`  ${scores.map(([title, score]) => `${title} ${score}`).join("   ")}`);
  const paint = audits["first-contentful-paint"]?.displayValue;
  console.log(`  first text after ${paint ?? "?"}`);
  for (const c of Object.values(categories))
    for (const ref of c.auditRefs) {
      const audit = audits[ref.id]!;
      if (audit.score !== null && audit.score < 0.9 && ref.weight > 0)
        console.log(`    ${c.title}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ""}`);
    }
}
await browser.close();
server.close();
process.exit(held ? 0 : 1);
