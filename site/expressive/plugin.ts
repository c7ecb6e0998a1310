// Expressive Code plugin: a fence marked `run` becomes a <mapped-example> with its code, its buttons and what it showed.
import { join, relative } from "node:path";
import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";
import { h } from "@expressive-code/core/hast";
import { fromHtml } from "hast-util-from-html";
import type { ExampleData } from "../workbench/example/example-data.ts";
import type { Tab } from "../workbench/example/RunView.tsx";
import { statements, summary } from "../workbench/model/run-model.ts";
import { parseMeta } from "./fences.ts";
import { base, oncePerPage, sameFence } from "./page.ts";
import { runPage } from "./run-page.ts";
import { renderRun } from "./static-view.ts";

const fencesOfPage = oncePerPage(runPage);

/** "content/learn/07-flush.mdx" is the page learn/flush (site/content.config.ts); the home page is "". */
function pageOf(path: string): string {
  const entry = relative(join(process.cwd(), "content"), path).replaceAll("\\", "/");
  return entry
    .replace(/\.mdx?$/, "")
    .replace(/\/\d+-/, "/")
    .replace(/^index$/, "");
}

function tabOf(name: string, path: string, line: number): Tab {
  if (name === "output" || name === "sql" || name === "results") return name;
  throw new Error(`${path}:${line}: tab="${name}" names no tab: output, sql or results`);
}

export function runnableExamples(): ExpressiveCodePlugin {
  return {
    name: "Runnable examples",
    hooks: {
      postprocessRenderedBlock: async ({ codeBlock, renderData }) => {
        const path = codeBlock.parentDocument?.sourceFilePath;
        if (codeBlock.language !== "python" || !parseMeta(codeBlock.meta).has("run") || !path) return;
        const fence = sameFence(await fencesOfPage(path), codeBlock, path);
        const render = await renderRun();
        const data: ExampleData = {
          name: fence.title,
          source: fence.source,
          session: fence.session,
          recorded: fence.run,
          ...(fence.tab === null ? {} : { tab: tabOf(fence.tab, path, fence.line) }),
        };
        const shown = fromHtml(render(fence.run, data.tab), { fragment: true });
        renderData.blockAst = h("mapped-example", { class: "mw-example not-content" }, [
          h(
            "div",
            {
              class: "mw-code",
              role: "group",
              "aria-label": `Example ${fence.index + 1}: ${fence.title}`,
              style: `--lines:${fence.source.trimEnd().split("\n").length}`,
            },
            [renderData.blockAst],
          ),
          h("div", { class: "mw-static" }, [
            h("div", { class: "mw-bar" }, [
              h("button", { type: "button", class: "mw-button mw-primary", "data-action": "run" }, "Run"),
              h("button", { type: "button", class: "mw-button", "data-action": "edit" }, "Edit"),
              h(
                "span",
                { class: "mw-status" },
                statements(fence.run).length ? summary({ ...fence.run, milliseconds: null }) : "",
              ),
            ]),
            ...(shown.children as never[]),
          ]),
          h("div", { class: "mw-foot" }, [
            h("a", { href: `${base}playground/`, "data-action": "open" }, "Open in the playground"),
            h(
              "a",
              { href: `${base}embed/?page=${encodeURIComponent(pageOf(path))}&example=${fence.index + 1}` },
              "Embed",
            ),
          ]),
          h(
            "script",
            { type: "application/json", "data-example": "" },
            JSON.stringify(data).replaceAll("<", "\\u003c"),
          ),
        ]);
      },
    },
  };
}
