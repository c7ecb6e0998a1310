import { defineEcConfig } from "@astrojs/starlight/expressive-code";
import { runnableConsoles } from "./site/expressive/console-plugin.ts";
import { plainText } from "./site/expressive/plain-text.ts";
import { runnableExamples } from "./site/expressive/plugin.ts";
import { scrolledCode } from "./site/expressive/scrolled.ts";
import { DARK_COLOURS, DARK_THEME, LIGHT_COLOURS, LIGHT_THEME } from "./site/workbench/editor/themes.ts";

export default defineEcConfig({
  themes: [DARK_THEME, LIGHT_THEME],
  customizeTheme: (theme) => {
    const colours = theme.type === "dark" ? DARK_COLOURS : LIGHT_COLOURS;
    Object.assign(theme.colors, colours);
    theme.bg = colours["editor.background"];
    return theme;
  },
  plugins: [plainText(), scrolledCode(), runnableExamples(), runnableConsoles()],
  styleOverrides: {
    borderRadius: "0.5rem",
    borderColor: "var(--mw-line)",
    codeFontSize: "0.875rem",
    codeLineHeight: "1.6",
    frames: {
      frameBoxShadowCssValue: "none",
      editorTabBarBackground: "var(--mw-surface)",
      editorActiveTabIndicatorTopColor: "var(--sl-color-accent)",
      editorActiveTabIndicatorBottomColor: "transparent",
      editorTabBarBorderBottomColor: "var(--mw-line)",
    },
  },
});
