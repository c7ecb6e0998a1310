// Vite plugin: style sheets that scripts import come with the script, not with every page that may load it one day.
//
// Astro links the styles of a page's lazily imported scripts in its head, where the page's first text waits for them; Monaco's are
// 140 KB and those of the diagrams and panels 14, which most readers never need. What is drawn when the site is built has its styles in
// site/styles or in a page.
interface PluginContext {
  resolve(
    source: string,
    importer: string | undefined,
    options: { skipSelf: boolean },
  ): Promise<{ readonly id: string } | null>;
}

const PREFIX = "\0lazy-styles:";
const LATE = /\/(?:monaco-editor|@xyflow)\/|\/site\/workbench\/panels\/.*\.tsx?$/;

export function lazyStyles(): {
  readonly name: string;
  readonly enforce: "pre";
  resolveId(this: PluginContext, source: string, importer: string | undefined): Promise<string | undefined>;
  load(id: string): string | undefined;
} {
  return {
    name: "mapped-lazy-styles",
    enforce: "pre",
    async resolveId(source, importer) {
      if (!source.endsWith(".css") || !importer || !LATE.test(importer)) return undefined;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      // the ending keeps Vite from taking the module for a style sheet itself
      return resolved ? `${PREFIX}${resolved.id}.js` : undefined;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const path = id.slice(PREFIX.length, -".js".length);
      return `import css from ${JSON.stringify(`${path}?inline`)};
const style = document.createElement("style");
style.textContent = css;
document.head.append(style);`;
    },
  };
}
