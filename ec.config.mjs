import { defineEcConfig } from "@astrojs/starlight/expressive-code";
import { runnableExamples } from "./site/expressive/plugin.ts";
import { DARK_THEME, LIGHT_THEME } from "./site/workbench/editor/themes.ts";

export default defineEcConfig({
  themes: [DARK_THEME, LIGHT_THEME],
  plugins: [runnableExamples()],
  styleOverrides: { borderRadius: "0.5rem", codeFontSize: "0.875rem", codeLineHeight: "1.6" },
});
