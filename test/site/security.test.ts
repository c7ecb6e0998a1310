// What a page may run: the site's own scripts, and nothing that was put there afterwards.
import { expect, test } from "vitest";
import { inlineHashes, withPolicy } from "../../site/security/policy.ts";
import { useSite } from "./site.ts";

const site = useSite();

test("a page runs no inline script and no text that came after it was built", async () => {
  const { page } = await site.open("learn/your-first-session/");
  const ran = await page.evaluate(async () => {
    const refused: string[] = [];
    const all = new Promise<void>((done) =>
      document.addEventListener("securitypolicyviolation", (e) => {
        if (refused.push(e.effectiveDirective) === 3) done();
      }),
    );
    // a task of the page's own: what a test evaluates itself is let through
    let evaluated = false;
    await new Promise<void>((done) =>
      setTimeout(() => {
        const script = document.createElement("script");
        script.textContent = "window.injected = true";
        document.body.append(script);
        try {
          evaluated = new Function("return true")() as boolean;
        } catch {
          // refused, as it should be
        }
        void fetch("https://example.org/")
          .catch(() => undefined)
          .then(() => done());
      }),
    );
    await all;
    return { injected: "injected" in window, evaluated, refused: refused.sort() };
  });
  expect(ran).toEqual({
    injected: false,
    evaluated: false,
    refused: ["connect-src", "script-src", "script-src-elem"],
  });
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

test("the policy names each inline script of a page once, and no data", () => {
  const html = `<head><meta charset="utf-8"><script>a()</script><script type="application/json">{}</script></head><body><script>a()</script><script src="x.js"></script><script type="module">b()</script></body>`;
  expect(inlineHashes(html)).toHaveLength(2);
  const made = withPolicy(html);
  expect(made.indexOf("Content-Security-Policy")).toBeGreaterThan(made.indexOf("charset"));
  expect(made.replace(/<meta http-equiv[^>]*>/, "")).toBe(html);
});
