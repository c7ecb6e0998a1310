// Monaco, loaded when a reader first edits: Python only, without the features that an example does not need.
//
// Escape, then Tab, leaves the editor: Monaco keeps Tab for itself until Escape switches that off.
import { shikiToMonaco } from "@shikijs/monaco";
import { createHighlighterCore } from "@shikijs/core";
import { createJavaScriptRegexEngine } from "@shikijs/engine-javascript";
import ini from "@shikijs/langs/ini";
import python from "@shikijs/langs/python";
import sql from "@shikijs/langs/sql";
import light from "@shikijs/themes/github-light-default";
import dark from "@shikijs/themes/github-dark-default";
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/caretOperations/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/gotoSymbol/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/parameterHints/register";
import "monaco-editor/features/rename/register";
import "monaco-editor/features/snippet/register";
// "features/suggest" brings the inline kind only
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import type { CodeEditor, EditorOptions, ErrorPlace } from "./code-area.ts";
import { formatPython } from "./monaco-format.ts";
import { DARK_COLOURS, DARK_THEME, LIGHT_COLOURS, LIGHT_THEME } from "./themes.ts";

let ready: Promise<void> | undefined;

export function theme(): string {
  return document.documentElement.dataset.theme === "light" ? LIGHT_THEME : DARK_THEME;
}

export { monaco };

/** Languages and themes, once a page. */
export function prepare(): Promise<void> {
  ready ??= (async () => {
    // Monaco measures the letters once: the typeface must be there
    const typeface = `14px ${getComputedStyle(document.documentElement).getPropertyValue("--sl-font-mono") || "monospace"}`;
    await document.fonts.load(typeface).catch(() => undefined);
    (self as unknown as { MonacoEnvironment: monaco.Environment }).MonacoEnvironment = {
      getWorker: () => new EditorWorker(),
    };
    for (const id of ["python", "ini", "sql"]) monaco.languages.register({ id });
    monaco.languages.setLanguageConfiguration("python", {
      comments: { lineComment: "#" },
      brackets: [
        ["{", "}"],
        ["[", "]"],
        ["(", ")"],
      ],
      autoClosingPairs: [
        { open: "{", close: "}" },
        { open: "[", close: "]" },
        { open: "(", close: ")" },
        { open: '"', close: '"', notIn: ["string"] },
        { open: "'", close: "'", notIn: ["string", "comment"] },
      ],
      onEnterRules: [
        { beforeText: /:\s*(#.*)?$/, action: { indentAction: monaco.languages.IndentAction.Indent } },
      ],
    });
    formatPython();
    const highlighter = await createHighlighterCore({
      themes: [
        { ...light, colors: { ...light.colors, ...LIGHT_COLOURS } },
        { ...dark, colors: { ...dark.colors, ...DARK_COLOURS } },
      ],
      langs: [python, ini, sql],
      engine: createJavaScriptRegexEngine(),
    });
    // a line that takes long on a busy machine is coloured late, not never
    shikiToMonaco(highlighter, monaco, { tokenizeTimeLimit: 5000 });
    new MutationObserver(() => monaco.editor.setTheme(theme())).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme"],
    });
  })();
  return ready;
}

export const MODEL_OPTIONS: monaco.editor.ITextModelUpdateOptions = {
  tabSize: 4,
  insertSpaces: true,
  // the static code beside it has no such colours
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
};

/** How the editor looks, alike in an example and in the playground. */
export function looks(): monaco.editor.IStandaloneEditorConstructionOptions {
  return {
    automaticLayout: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--sl-font-mono") || "monospace",
    fontSize: 14,
    lineHeight: 22,
    folding: false,
    glyphMargin: false,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: 12, bottom: 12 },
    renderLineHighlight: "line",
    // the number of the empty last line as legible as the others
    renderFinalNewline: "on",
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false },
    wordBasedSuggestions: "currentDocument",
  };
}

/**
 * Escape, then Tab, leaves the editor, and so does Tab for one who came by Tab: nobody who walks through the page is caught. Tab
 * indents after a click or another key.
 */
export function escapable(editor: monaco.editor.IStandaloneCodeEditor): void {
  editor.onDidFocusEditorText(() => {
    if (walking) editor.updateOptions({ tabFocusMode: true });
  });
  editor.onMouseDown(() => editor.updateOptions({ tabFocusMode: false }));
  editor.onKeyDown((e) => {
    if (e.keyCode === monaco.KeyCode.Escape) editor.updateOptions({ tabFocusMode: true });
    else if (e.keyCode !== monaco.KeyCode.Tab && e.keyCode !== monaco.KeyCode.Shift)
      editor.updateOptions({ tabFocusMode: false });
  });
}

/** Whether the reader walks by Tab through what is outside of editors. */
let walking = false;
addEventListener(
  "keydown",
  (e) => {
    const inside = e.target instanceof Element && e.target.closest(".monaco-editor") !== null;
    walking = !inside && (e.key === "Tab" || (walking && e.key === "Shift"));
  },
  true,
);
addEventListener("pointerdown", () => (walking = false), true);

export async function monacoEditor(options: EditorOptions): Promise<CodeEditor> {
  await prepare();
  const model = monaco.editor.createModel(options.value, "python");
  model.updateOptions(MODEL_OPTIONS);
  if (options.help) {
    // it needs this module in turn
    const { helpWithPython } = await import("./python-help.ts");
    helpWithPython(model, { ...options.help, path: options.label });
  }
  const editor = monaco.editor.create(options.container, {
    model,
    theme: theme(),
    ariaLabel: `Python code: ${options.label}. Escape, then Tab, leaves the editor.`,
    ...looks(),
  });
  const fit = (): void => {
    const height = Math.min(editor.getContentHeight(), Math.max(320, innerHeight * 0.75));
    options.container.style.height = `${height}px`;
  };
  editor.onDidContentSizeChange(fit);
  fit();
  editor.onDidChangeModelContent(options.onChange);
  editor.onDidChangeCursorPosition((e) => options.onLine(e.position.lineNumber));
  editor.onMouseMove((e) => {
    if (e.target.position) options.onLine(e.target.position.lineNumber);
  });
  escapable(editor);
  editor.onKeyDown((e) => {
    if (e.keyCode === monaco.KeyCode.Enter && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      options.container.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }),
      );
      e.stopPropagation();
    }
  });
  const lit = editor.createDecorationsCollection();
  const errors = editor.createDecorationsCollection();
  const whole = (line: number, className: string): monaco.editor.IModelDeltaDecoration => ({
    range: new monaco.Range(line, 1, line, 1),
    options: { isWholeLine: true, className },
  });
  return {
    value: () => model.getValue(),
    setValue: (text) => model.setValue(text),
    focus: () => editor.focus(),
    light: (line) => lit.set(line === null ? [] : [whole(line, "mw-lit")]),
    goto: (line) => {
      editor.revealLineInCenterIfOutsideViewport(line);
      editor.setPosition({ lineNumber: line, column: 1 });
      editor.focus();
    },
    mark: (at: ErrorPlace | null) =>
      errors.set(at === null || at.line > model.getLineCount() ? [] : [whole(at.line, "mw-errorline")]),
  };
}
