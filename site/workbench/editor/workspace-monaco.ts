// The editor of a workspace in Monaco.
import type { ErrorPlace } from "./code-area.ts";
import { escapable, looks, MODEL_OPTIONS, monaco, prepare, theme } from "./monaco-editor.ts";
import { helpWithPython } from "./python-help.ts";
import type { WorkspaceEditor, WorkspaceEditorOptions } from "./workspace-editor.ts";

interface Open {
  readonly model: monaco.editor.ITextModel;
  view: monaco.editor.ICodeEditorViewState | null;
}

let editors = 0;

export async function monacoWorkspaceEditor(options: WorkspaceEditorOptions): Promise<WorkspaceEditor> {
  await prepare();
  const space = ++editors;
  const open = new Map<string, Open>();
  let front: string | null = null;
  /** A text is being put in from outside: not the reader's typing. */
  let outside = false;
  const editor = monaco.editor.create(options.container, {
    ...looks(),
    model: null,
    theme: theme(),
    scrollbar: { alwaysConsumeMouseWheel: true },
    fixedOverflowWidgets: true,
    // the engine knows better which names there are
    wordBasedSuggestions: "off",
  });
  escapable(editor);
  editor.addAction({
    id: "mapped.run",
    label: "Run",
    keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
    run: options.onRun,
  });
  editor.onDidChangeCursorPosition((e) => front !== null && options.onLine(front, e.position.lineNumber));
  editor.onMouseMove((e) => {
    if (front !== null && e.target.position) options.onLine(front, e.target.position.lineNumber);
  });
  const lit = editor.createDecorationsCollection();
  const whole = (line: number, className: string): monaco.editor.IModelDeltaDecoration => ({
    range: new monaco.Range(line, 1, line, 1),
    options: { isWholeLine: true, className },
  });
  const marks = new Map<string, string[]>();

  const modelOf = (path: string, text: string): Open => {
    let o = open.get(path);
    if (!o) {
      const model = monaco.editor.createModel(
        text,
        languageOf(path),
        monaco.Uri.from({ scheme: "mapped", path: `/${space}/${path}` }),
      );
      model.updateOptions(MODEL_OPTIONS);
      model.onDidChangeContent(() => {
        if (!outside) options.onChange(path, model.getValue());
      });
      if (model.getLanguageId() === "python") helpWithPython(model, { ...options.help, path });
      open.set(path, (o = { model, view: null }));
    }
    return o;
  };
  const put = (model: monaco.editor.ITextModel, text: string): void => {
    if (model.getValue() === text) return;
    outside = true;
    // as an edit, so that undo goes back over it
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    outside = false;
  };
  const close = (path: string): void => {
    const o = open.get(path);
    if (!o) return;
    if (front === path) {
      front = null;
      editor.setModel(null);
    }
    open.delete(path);
    marks.delete(path);
    o.model.dispose();
  };
  const show = (path: string, text: string): void => {
    const next = modelOf(path, text);
    put(next.model, text);
    if (front === path) return;
    const last = front === null ? undefined : open.get(front);
    if (last) last.view = editor.saveViewState();
    front = path;
    lit.clear();
    editor.setModel(next.model);
    editor.restoreViewState(next.view);
    const prose = /\.(md|rst|txt)$/i.test(path);
    editor.updateOptions({
      ariaLabel: `${path}. Escape, then Tab, leaves the editor.`,
      wordWrap: prose ? "on" : "off",
      guides: { indentation: !prose },
    });
  };
  return {
    show,
    update: (files) => {
      for (const path of [...open.keys()]) {
        const text = files.get(path);
        if (typeof text === "string") put(open.get(path)!.model, text);
        else close(path);
      }
    },
    focus: () => editor.focus(),
    format: async () => {
      editor.focus();
      await editor.getAction("editor.action.formatDocument")?.run();
    },
    light: (path, line) => {
      if (path === front && line !== null) lit.set([whole(line, "mw-lit")]);
      else lit.clear();
    },
    goto: (path, line) => {
      if (path !== front) return;
      editor.revealLineInCenterIfOutsideViewport(line);
      editor.setPosition({ lineNumber: line, column: 1 });
      editor.focus();
    },
    mark: (path: string, at: ErrorPlace | null) => {
      for (const [other, ids] of marks) {
        open.get(other)?.model.deltaDecorations(ids, []);
        marks.delete(other);
      }
      const model = open.get(path)?.model;
      if (model && at && at.line <= model.getLineCount())
        marks.set(path, model.deltaDecorations([], [whole(at.line, "mw-errorline")]));
    },
    problems: (path, found) => {
      const model = open.get(path)?.model;
      if (model)
        monaco.editor.setModelMarkers(
          model,
          "python",
          found.map((p) => ({
            severity: monaco.MarkerSeverity.Error,
            message: p.message,
            startLineNumber: p.line,
            startColumn: p.column,
            endLineNumber: p.endLine,
            endColumn: p.endColumn,
          })),
        );
    },
    readOnly: (on) => editor.updateOptions({ readOnly: on, domReadOnly: on }),
    dispose: () => {
      for (const path of [...open.keys()]) close(path);
      editor.dispose();
    },
  };
}

function languageOf(path: string): string {
  if (/\.(py|pyi|py\.mako)$/.test(path)) return "python";
  if (/\.(ini|cfg|toml)$/.test(path)) return "ini";
  if (path.endsWith(".sql")) return "sql";
  return "plaintext";
}
