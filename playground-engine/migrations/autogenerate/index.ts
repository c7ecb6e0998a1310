// The interface of autogenerate.
export { compareMetadata, produceMigrations, renderPythonCode, RevisionContext } from "./api.ts";
export { AutogenContext, comparators } from "./autogen-context.ts";
export { keepPlugins, Plugin, pluginNames } from "./plugins.ts";
export { defaultRenderers, renderers, renderInto, renderOp, renderOpText } from "./render.ts";
export { Rewriter } from "./rewriter.ts";
export * as renderSchema from "./render-schema.ts";
