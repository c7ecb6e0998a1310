// Vite plugin: scripts that are imported lazily are not announced by <link rel="modulepreload">.
//
// A page with cascade layers is styled and laid out anew by Chromium, all of it, for every link that comes into it: 40 ms in which the
// engine's worker, which the same click has started, waits for the page. A lazy script's own imports come a round trip later so.
import type { Plugin } from "vite";

export function quietImports(): Plugin {
  return {
    name: "mapped-quiet-imports",
    // Astro sets it for each environment, so a setting in its configuration would be overwritten
    configResolved({ environments }) {
      for (const { build } of Object.values(environments))
        build.modulePreload = {
          polyfill: false,
          resolveDependencies: (_file, deps) => deps.filter((d) => d.endsWith(".css")),
        };
    },
  };
}
