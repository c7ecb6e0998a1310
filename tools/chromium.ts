// Finds a Chromium for the browser tests and benchmarks, in this order: $CHROMIUM, Playwright's own, the system's.
// With `install`, gets one where there is none: Playwright's, else Debian's package (as root).
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/** Flags every start needs: the tests run as root in containers, and nothing may call home. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Path of an executable Chromium, or undefined. */
function findChromium(): string | undefined {
  const explicit = process.env.CHROMIUM;
  if (explicit) {
    if (!existsSync(explicit)) throw new Error(`CHROMIUM is set to ${explicit}, which does not exist`);
    return explicit;
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  for (const name of systemNames) {
    const found = spawnSync("which", [name], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}

/** findChromium, installing one if need be. Throws with one line that says what to install. */
export function needChromium(): string {
  const found = findChromium();
  if (found) return found;
  console.log("No Chromium found: trying to install one for the browser tests.");
  if (
    spawnSync("npx", ["playwright", "install", "chromium"], { stdio: "inherit", timeout: 300_000 }).status ===
    0
  ) {
    const own = findChromium();
    if (own) return own;
  }
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit", timeout: 300_000 });
    spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], { stdio: "inherit", timeout: 600_000 });
    const system = findChromium();
    if (system) return system;
  }
  throw new Error(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.",
  );
}
