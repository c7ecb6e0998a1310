// The panels of a run as HTML, by the same components that draw it live.
//
// Node runs TypeScript but no JSX: the components are bundled once a build.
import { build, type Plugin } from "esbuild";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import type { Tab } from "../workbench/example/RunView.tsx";
import type { RunModel } from "../workbench/model/run-model.ts";

type Render = (run: RunModel, tab?: Tab) => string;
let loading: Promise<Render> | undefined;

/** Styles reach a page with its scripts; Node can load none. */
const withoutStyles: Plugin = {
  name: "without-styles",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.css$/ }, ({ path }) => ({ path, namespace: "style" }));
    onLoad({ filter: /.*/, namespace: "style" }, () => ({ contents: "" }));
  },
};

/** HTML of a run's tabs and panels. */
export function renderRun(): Promise<Render> {
  loading ??= (async () => {
    const outfile = resolve("node_modules/.cache/mapped-static-view.mjs");
    await build({
      stdin: {
        contents: `import { createElement } from "react";
          import { renderToStaticMarkup } from "react-dom/server";
          import { firstTab, RunView } from "./site/workbench/example/RunView.tsx";
          export const render = (run, tab) => renderToStaticMarkup(createElement(RunView, { run, first: tab ?? firstTab(run) }));`,
        resolveDir: resolve("."),
        loader: "ts",
      },
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      jsx: "automatic",
      outfile,
      logLevel: "error",
      plugins: [withoutStyles],
    });
    return ((await import(pathToFileURL(outfile).href)) as { render: Render }).render;
  })();
  return loading;
}
