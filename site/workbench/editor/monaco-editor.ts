// Monaco, loaded when a reader first edits: Python only, without the features that an example does not need.
//
// Escape, then Tab, leaves the editor: Monaco keeps Tab for itself until Escape switches that off.
import { shikiToMonaco } from "@shikijs/monaco";
import { createHighlighterCore } from "@shikijs/core";
import { createJavaScriptRegexEngine } from "@shikijs/engine-javascript";
import python from "@shikijs/langs/python";
import light from "@shikijs/themes/github-light";
import dark from "@shikijs/themes/github-dark";
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/caretOperations/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/parameterHints/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/suggest/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import type { CodeEditor, EditorOptions, ErrorPlace } from "./code-area.ts";
import { DARK_THEME, LIGHT_THEME } from "./themes.ts";

let ready: Promise<void> | undefined;

function theme(): string {
  return document.documentElement.dataset.theme === "light" ? LIGHT_THEME : DARK_THEME;
}

function prepare(): Promise<void> {
  ready ??= (async () => {
    (self as unknown as { MonacoEnvironment: monaco.Environment }).MonacoEnvironment = {
      getWorker: () => new EditorWorker(),
    };
    monaco.languages.register({ id: "python" });
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
    const highlighter = await createHighlighterCore({
      themes: [light, dark],
      langs: [python],
      engine: createJavaScriptRegexEngine(),
    });
    shikiToMonaco(highlighter, monaco);
    new MutationObserver(() => monaco.editor.setTheme(theme())).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme"],
    });
  })();
  return ready;
}

export async function monacoEditor(options: EditorOptions): Promise<CodeEditor> {
  await prepare();
  const model = monaco.editor.createModel(options.value, "python");
  model.updateOptions({ tabSize: 4, insertSpaces: true });
  const editor = monaco.editor.create(options.container, {
    model,
    theme: theme(),
    ariaLabel: `Python code: ${options.label}. Escape, then Tab, leaves the editor.`,
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
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false },
    wordBasedSuggestions: "currentDocument",
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
  // Tab moves focus after Escape, and indents again after a click or another key
  editor.onKeyDown((e) => {
    if (e.keyCode === monaco.KeyCode.Escape) editor.updateOptions({ tabFocusMode: true });
    else if (e.keyCode !== monaco.KeyCode.Tab && e.keyCode !== monaco.KeyCode.Shift)
      editor.updateOptions({ tabFocusMode: false });
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
