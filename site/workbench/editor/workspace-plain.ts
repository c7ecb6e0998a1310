// The editor of a workspace on touch screens: a text area for each open file, so that each keeps its own undo and place.
import { formatted } from "./format.ts";
import { codeTextArea, errorNote, goToLine, lineIn } from "./text-area.ts";
import type { WorkspaceEditor, WorkspaceEditorOptions } from "./workspace-editor.ts";

export function plainWorkspaceEditor(options: WorkspaceEditorOptions): WorkspaceEditor {
  const areas = new Map<string, HTMLTextAreaElement>();
  const note = errorNote();
  options.container.append(note.element);
  let front: string | null = null;
  let locked = false;
  let marked: { readonly path: string; readonly line: number } | null = null;

  const showNote = (): void => note.show(marked?.path === front && marked ? marked.line : null);
  const areaOf = (path: string, text: string): HTMLTextAreaElement => {
    const known = areas.get(path);
    if (known) return known;
    const made = codeTextArea(text, path);
    made.readOnly = locked;
    made.addEventListener("input", () => options.onChange(path, made.value));
    made.addEventListener("selectionchange", () => options.onLine(path, lineIn(made)));
    made.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        options.onRun();
      }
    });
    areas.set(path, made);
    options.container.append(made);
    return made;
  };
  return {
    show: (path, text) => {
      const area = areaOf(path, text);
      if (area.value !== text) area.value = text;
      front = path;
      for (const [other, a] of areas) a.hidden = other !== path;
      showNote();
    },
    update: (files) => {
      for (const [path, area] of areas) {
        const text = files.get(path);
        if (typeof text !== "string") {
          area.remove();
          areas.delete(path);
        } else if (area.value !== text) area.value = text;
      }
    },
    focus: () => (front === null ? undefined : areas.get(front)?.focus()),
    format: async () => {
      const area = front === null ? undefined : areas.get(front);
      if (!area) return;
      const text = area.value;
      const better = await formatted(text);
      if (area.value === text && better !== text) replace(area, better);
    },
    light: () => undefined,
    goto: (path, line) => {
      const area = areas.get(path);
      if (area) goToLine(area, line);
    },
    mark: (path, at) => {
      marked = at ? { path, line: at.line } : null;
      showNote();
    },
    problems: () => undefined,
    readOnly: (on) => {
      locked = on;
      for (const area of areas.values()) area.readOnly = on;
    },
    dispose: () => options.container.replaceChildren(),
  };
}

/** As if typed, so that undo goes back over it; the cursor stays after the letters that it is after. */
function replace(area: HTMLTextAreaElement, text: string): void {
  const letters = (part: string): number => part.replace(/\s/g, "").length;
  const before = letters(area.value.slice(0, area.selectionStart));
  area.focus();
  area.select();
  document.execCommand("insertText", false, text);
  let at = 0;
  for (let seen = 0; at < text.length && seen < before; at++) if (/\S/.test(text[at]!)) seen++;
  area.setSelectionRange(at, at);
}
