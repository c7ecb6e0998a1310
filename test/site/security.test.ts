// What a page may run: the site's own scripts, and nothing that was put there afterwards.
import { expect, test } from "vitest";
import { inlineHashes, withPolicy } from "../../site/security/policy.ts";
import { useSite } from "./site.ts";

const site = useSite();

test("a page runs no inline script and no text that came after it was built, and speaks to nobody else", async () => {
  const { page } = await site.open("learn/your-first-session/");
  const ran = await page.evaluate(async () => {
    const refused = new Set<string>();
    const asked = new Promise<void>((done) =>
      document.addEventListener("securitypolicyviolation", (e) => {
        refused.add(e.effectiveDirective);
        if (e.effectiveDirective === "connect-src") done();
      }),
    );
    // a task of the page's own: what a test evaluates itself is let through
    let evaluated = false;
    setTimeout(() => {
      try {
        const script = document.createElement("script");
        script.append("window.injected = true");
        document.body.append(script);
      } catch {
        // refused, as it should be
      }
      try {
        evaluated = new Function("return true")() as boolean;
      } catch {
        // this too
      }
      void fetch("https://example.org/").catch(() => undefined);
    });
    await asked;
    return { injected: "injected" in window, evaluated, refused: refused.has("connect-src") };
  });
  expect(ran).toEqual({ injected: false, evaluated: false, refused: true });
  await page.context().close();
});

test("the engine's worker has a policy of its own, which lets it speak to its host alone", async () => {
  const { page } = await site.open("learn/your-first-session/");
  const answered = page.waitForResponse((r) => /\/_astro\/worker-[^/]*\.js$/.test(r.url()));
  await page.locator("[data-action=run]").first().click();
  const policy = (await answered).headers()["content-security-policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self'");
  await page.locator(".mw-status[data-runs='1']").first().waitFor();
});

test("the engine's worker has given away what reaches beyond it, whatever headers its host sends", async () => {
  const { page } = await site.open("learn/your-first-session/");
  await page.locator("[data-action=run]").first().click();
  await page.locator(".mw-status[data-runs='1']").first().waitFor();
  const left = await page
    .workers()[0]!
    .evaluate(() =>
      ["fetch", "XMLHttpRequest", "WebSocket", "Worker", "importScripts", "indexedDB", "caches"].filter(
        (name) => name in self,
      ),
    );
  expect(left).toEqual([]);
  await page.context().close();
});

test("the policy names each inline script of a page once, and no data", () => {
  const html = `<head><meta charset="utf-8"><script>a()</script><script type="application/json">{}</script></head><body><script>a()</script><script src="x.js"></script><script type="module">b()</script></body>`;
  expect(inlineHashes(html)).toHaveLength(2);
  const made = withPolicy(html);
  expect(made.indexOf("Content-Security-Policy")).toBeGreaterThan(made.indexOf("charset"));
  expect(made.replace(/<meta http-equiv[^>]*><script>[^<]*<(?!\/script)[^<]*<\/script>/, "")).toBe(html);
});

test("text becomes no markup and no address of a script without a policy", async () => {
  const { page } = await site.open("learn/your-first-session/");
  const found = await page.evaluate(
    () =>
      new Promise((done) =>
        // a task of the page's own: what a test evaluates itself is let through
        setTimeout(() => {
          const box = document.createElement("div");
          box.innerHTML =
            '<mark>found</mark> <img src="x" onerror="window.injected = true"><mark onclick="x()">';
          let worker = "made";
          try {
            new Worker("https://example.org/worker.js");
          } catch (e) {
            worker = (e as Error).name;
          }
          let policy = "made";
          try {
            const { trustedTypes } = window as unknown as {
              trustedTypes: { createPolicy(n: string, p: object): object };
            };
            trustedTypes.createPolicy("another", { createHTML: (h: string) => h });
          } catch (e) {
            policy = (e as Error).name;
          }
          done({ elements: box.children.length, text: box.textContent, worker, policy });
        }),
      ),
  );
  expect(found).toEqual({
    elements: 1,
    text: 'found <img src="x" onerror="window.injected = true"><mark onclick="x()">',
    worker: "TypeError",
    policy: "TypeError",
  });
  await page.context().close();
});
