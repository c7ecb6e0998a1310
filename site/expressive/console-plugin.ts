// Expressive Code plugin: a ```console run fence shows what each of its commands wrote, and opens in the playground's terminal with
// the workspace that its first command meets.
import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";
import { addClassName, h, select } from "@expressive-code/core/hast";
import { toFragment } from "../playground/model/share.ts";
import { parseMeta } from "./fences.ts";
import { base, oncePerPage, sameFence } from "./page.ts";
import { type RunConsole, runConsoles } from "./run-consoles.ts";

const consolesOfPage = oncePerPage(runConsoles);

/** A terminal on a page as the playground opens it. */
export function linkOf(terminal: RunConsole): Promise<string> {
  return toFragment({
    name: terminal.title,
    files: new Map(
      terminal.files.map(([path, content, encoding]) => [
        path,
        encoding === "text" ? content : new Uint8Array(Buffer.from(content, "base64")),
      ]),
    ),
    open: null,
    panel: null,
  });
}

export function runnableConsoles(): ExpressiveCodePlugin {
  /** By its block: the terminal, and which lines of the block its commands wrote. */
  const blocks = new WeakMap<object, { readonly terminal: RunConsole; readonly written: Set<number> }>();
  return {
    name: "Runnable terminals",
    baseStyles: `
      .mw-terminal {
        border: 1px solid var(--mw-line);
        border-radius: 0.6rem;
        overflow: clip;
        background: var(--mw-surface);
      }
      .mw-terminal pre,
      .mw-terminal .frame.is-terminal .header,
      .mw-terminal .frame.is-terminal .header::before {
        border-radius: 0 !important;
        border-inline: none !important;
        border-top: none !important;
      }
      .mw-terminal .ec-line:not(.mw-written) { font-weight: 600; }
      .mw-terminal .ec-line.mw-written .code { color: var(--sl-color-gray-2); }
    `,
    hooks: {
      preprocessCode: async ({ codeBlock }) => {
        const path = codeBlock.parentDocument?.sourceFilePath;
        if (codeBlock.language !== "console" || !parseMeta(codeBlock.meta).has("run") || !path) return;
        const terminal = sameFence(await consolesOfPage(path), codeBlock, path);
        const written = new Set<number>();
        let at = 0;
        for (const output of terminal.outputs) {
          const lines = output.replace(/\n+$/, "").split("\n");
          at++;
          if (output === "") continue;
          codeBlock.insertLines(at, lines);
          for (const _ of lines) written.add(at++);
        }
        blocks.set(codeBlock, { terminal, written });
      },
      postprocessRenderedLine: ({ codeBlock, line, lineIndex, renderData }) => {
        if (!blocks.get(codeBlock)?.written.has(lineIndex)) return;
        addClassName(renderData.lineAst, "mw-written");
        // what a command wrote has one colour: it needs no elements of its own
        const code = select(".code", renderData.lineAst);
        if (code) code.children = [{ type: "text", value: line.text === "" ? "\n" : line.text }];
      },
      postprocessRenderedBlock: async ({ codeBlock, renderData }) => {
        const terminal = blocks.get(codeBlock)?.terminal;
        if (!terminal) return;
        // what is copied is what one would type; Expressive Code keeps lines apart by this character
        const copy = select("button[data-code]", renderData.blockAst);
        if (copy) copy.properties.dataCode = terminal.commands.join("\u007f");
        renderData.blockAst = h(
          "div",
          {
            class: "mw-terminal mw-example not-content",
            role: "group",
            "aria-label": `Terminal ${terminal.index + 1}: ${terminal.title}`,
          },
          [
            renderData.blockAst,
            h("div", { class: "mw-foot" }, [
              h("a", { href: `${base}playground/#${await linkOf(terminal)}` }, "Open in the playground"),
            ]),
          ],
        );
      },
    },
  };
}
