// One pair of colour themes for static code (Expressive Code) and for the editor (Monaco), so that they look the same.
export const LIGHT_THEME = "github-light-default";
export const DARK_THEME = "github-dark-default";

/** What the themes take from the site: its paper, and line numbers that can be read on it. */
export const LIGHT_COLOURS: Readonly<Record<string, string>> = {
  "editor.background": "#ffffff",
  "editor.lineHighlightBackground": "#0f6b800d",
  "editor.lineHighlightBorder": "#00000000",
  "editorLineNumber.foreground": "#66757a",
  "editorLineNumber.activeForeground": "#14191a",
  "editorIndentGuide.background1": "#e4e9e8",
};
export const DARK_COLOURS: Readonly<Record<string, string>> = {
  "editor.background": "#171d20",
  "editor.lineHighlightBackground": "#ffffff0a",
  "editor.lineHighlightBorder": "#00000000",
  "editorLineNumber.foreground": "#7f8b8e",
  "editorLineNumber.activeForeground": "#f4f6f6",
  "editorIndentGuide.background1": "#262f32",
};
