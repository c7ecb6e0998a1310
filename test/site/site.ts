// The built site in a real browser: one server and one browser a test file.
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "@playwright/test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { chromiumFlags, needChromium } from "../../tools/chromium.ts";
import { serveSite } from "../../tools/serve.ts";

/** The built site. */
export const DIST = process.env.MAPPED_DIST ?? "dist";

/** What a page did that it should not have: script errors, failed requests, requests to other hosts. */
export interface Complaints {
  readonly list: string[];
}

export interface Opening {
  readonly dark?: boolean;
  readonly width?: number;
  readonly touch?: boolean;
  readonly script?: boolean;
  /** Whether the site's service worker may work: it is tested by itself, and in the way of every other test. */
  readonly offline?: boolean;
  /** Run in the page before its own scripts. */
  readonly before?: () => void;
}

export interface Site {
  url(path: string): string;
  open(path: string, options?: Opening): Promise<{ page: Page; complaints: Complaints }>;
  /** No more answers: what a lost connection is to a page. */
  goAway(): Promise<void>;
}

/**
 * Set up before and torn down after the tests of a file.
 * @param of another built site than the one of `npm run build`: its folder, once it is built, and the path it is served below
 */
export function useSite(of: { readonly dist: () => string; readonly base: string } | null = null): Site {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    const dist = of?.dist() ?? DIST;
    if (!existsSync(join(dist, "index.html")))
      throw new Error("There is no built site: run `npm run build` first (npm test does).");
    served = await serveSite(dist, 0, of?.base);
    browser = await chromium.launch({ executablePath: needChromium(), args: chromiumFlags });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    served?.server.close();
    served?.server.closeAllConnections();
  });
  const url = (path: string): string => new URL(path.replace(/^\//, ""), served.url).href;
  return {
    url,
    goAway: () =>
      new Promise((gone) => {
        served.server.close(() => gone());
        served.server.closeAllConnections();
      }),
    async open(
      path,
      { dark = false, width = 1280, touch = false, script = true, offline = false, before } = {},
    ) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
        hasTouch: touch,
        isMobile: touch,
        javaScriptEnabled: script,
        reducedMotion: "reduce",
        serviceWorkers: offline ? "allow" : "block",
      });
      if (before) await context.addInitScript(before);
      const page = await context.newPage();
      const list: string[] = [];
      page.on("pageerror", (e) => list.push(`script error: ${e.message}`));
      page.on(
        "console",
        (m) => m.type() === "error" && list.push(`console: ${m.text()} (${m.location().url})`),
      );
      page.on("request", (r) => {
        const { protocol, host } = new URL(r.url());
        if (/^https?:$/.test(protocol) && host !== new URL(served.url).host)
          list.push(`request to ${r.url()}`);
      });
      page.on("response", (r) => r.status() >= 400 && list.push(`${r.status()} ${r.url()}`));
      await page.goto(url(path));
      return { page, complaints: { list } };
    },
  };
}

/** Paths of all pages of a built site, relative to its root. */
export function builtPages(dist = DIST, folder = ""): string[] {
  if (!existsSync(dist)) return [];
  return readdirSync(join(dist, folder), { withFileTypes: true }).flatMap((e) => {
    if (e.isDirectory())
      return e.name === "pagefind" || e.name === "_astro" ? [] : builtPages(dist, `${folder}${e.name}/`);
    return e.name === "index.html" ? [folder] : [];
  });
}

/**
 * What axe finds on a page.
 * @param contrast whether colours are looked at, which takes as long as all the rest: "only" them, or "not" at all
 */
export async function axe(page: Page, contrast: "too" | "only" | "not" = "too"): Promise<string[]> {
  // the legacy mode leaves out frames of other hosts, of which there are none here, and takes half the time; what passes is not
  // wanted in detail, which halves it again
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ["violations"],
    ...(contrast === "only" ? { runOnly: { type: "rule", values: ["color-contrast"] } } : {}),
    ...(contrast === "not" ? { rules: { "color-contrast": { enabled: false } } } : {}),
  });
  const { violations } = await builder.analyze();
  return violations.map(
    (v) =>
      `${v.id}: ${v.help} (${v.nodes
        .map((n) => `${n.target.join(" ")} ${contrast === "only" ? n.failureSummary : ""}`)
        .slice(0, 3)
        .join("; ")})`,
  );
}

/** An example of a page as its reader sees it. */
export function exampleOf(page: Page, index = 0) {
  const root = page.locator("mapped-example").nth(index);
  const status = root.locator(".mw-status");
  return {
    root,
    status,
    panel: (name: "output" | "sql" | "results") => root.locator(`[data-panel=${name}]`),
    tab: (name: "output" | "sql" | "results") => root.locator(`[data-tab=${name}]`),
    /** Press Run and wait for its end. */
    run: async () => {
      const before = Number((await root.locator(".mw-status").getAttribute("data-runs")) ?? 0);
      await root.locator("[data-action=run]").click();
      await root.locator(`.mw-status[data-runs="${before + 1}"]`).waitFor({ timeout: 30_000 });
    },
    /** Replace the program's text, in whichever editor the page has. */
    write: async (text: string) => {
      await root.locator("figure pre, .mw-code").first().click();
      const plain = root.locator("textarea.mw-plain");
      const monaco = root.locator(".monaco-editor");
      await plain.or(monaco).first().waitFor({ timeout: 30_000 });
      if (await plain.count()) await plain.fill(text);
      else {
        await monaco.click();
        await page.keyboard.press("ControlOrMeta+A");
        await page.keyboard.press("Delete");
        await page.keyboard.insertText(text);
      }
    },
    text: async () => {
      const plain = root.locator("textarea.mw-plain");
      if (await plain.count()) return plain.inputValue();
      const lines = await root.locator(".monaco-editor .view-line").allTextContents();
      return lines.map((l) => l.replaceAll("\u00a0", " ")).join("\n");
    },
  };
}
