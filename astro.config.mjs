import { defineConfig } from "astro/config";
import mdx from "@astrojs/mdx";
import react from "@astrojs/react";
import starlight from "@astrojs/starlight";
import { sidebar } from "./site/kit/sidebar.ts";
import { offline } from "./site/offline/integration.ts";
import { searchIndex } from "./site/search/integration.ts";
import { contentSecurity } from "./site/security/integration.ts";
import { lazyStyles } from "./site/workbench/lazy-styles.ts";
import { quietImports } from "./site/workbench/quiet-imports.ts";

// MAPPED_BASE serves the site under a path prefix (project pages); MAPPED_SITE is its public address.
export default defineConfig({
  srcDir: "./site",
  base: process.env.MAPPED_BASE ?? "/",
  site: process.env.MAPPED_SITE ?? "http://localhost:4321",
  telemetry: false,
  // parts of the engine are files of their own, loaded when a program names them (playground-engine/runtime/parts.ts)
  // classes keep their names, which programs see in reprs and messages
  vite: {
    plugins: [lazyStyles(), quietImports()],
    worker: {
      format: "es",
      rolldownOptions: {
        output: {
          // bundling renames what would meet a name of another file: a type's repr must not say String$1
          keepNames: true,
          // what the worker starts with is one file: its parts share most of it, and would cut it into forty
          codeSplitting: { groups: [{ name: "engine", tags: ["$initial"] }] },
          minify: {
            mangle: { keepNames: { class: true, function: false } },
            compress: { keepNames: { class: true, function: false } },
          },
        },
      },
    },
  },
  integrations: [
    starlight({
      title: "Mapped",
      description: "Learn SQLAlchemy and Alembic by running them.",
      customCss: [
        "./site/styles/fonts.css",
        "./site/styles/tokens.css",
        "./site/styles/workbench.css",
        "./site/styles/kit.css",
        "./site/styles/exercises.css",
        "./site/styles/records.css",
        "./site/styles/sheets.css",
      ],
      components: {
        MarkdownContent: "./site/components/MarkdownContent.astro",
        Search: "./site/components/Search.astro",
        SocialIcons: "./site/components/HeaderLinks.astro",
      },
      // where a page's file can be edited: the address before "content/…"
      ...(process.env.MAPPED_EDIT ? { editLink: { baseUrl: process.env.MAPPED_EDIT } } : {}),
      sidebar: sidebar(),
      // site/pages/404.astro
      disable404Route: true,
    }),
    searchIndex(),
    react(),
    mdx(),
    contentSecurity(),
    offline(),
  ],
});
