// The editor of a workspace on touch screens: a text area for each open file, so that each keeps its own undo and place.
import type { WorkspaceEditor, WorkspaceEditorOptions } from "./workspace-editor.ts";

export function plainWorkspaceEditor(options: WorkspaceEditorOptions): WorkspaceEditor {
  const areas = new Map<string, HTMLTextAreaElement>();
  const note = document.createElement("p");
  note.className = "mw-errornote";
  note.hidden = true;
  options.container.append(note);
  let front: string | null = null;
  let locked = false;
  let marked: { readonly path: string; readonly line: number } | null = null;

  const showNote = (): void => {
    note.hidden = marked === null || marked.path !== front;
    note.textContent = marked ? `Error in line ${marked.line}` : "";
  };
  const areaOf = (path: string, text: string): HTMLTextAreaElement => {
    let area = areas.get(path);
    if (area) return area;
    area = document.createElement("textarea");
    area.className = "mw-plain";
    area.value = text;
    area.spellcheck = false;
    area.autocapitalize = "off";
    area.setAttribute("autocorrect", "off");
    area.setAttribute("aria-label", path);
    area.readOnly = locked;
    const made = area;
    made.addEventListener("input", () => options.onChange(path, made.value));
    made.addEventListener("selectionchange", () =>
      options.onLine(path, made.value.slice(0, made.selectionStart).split("\n").length),
    );
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
    light: () => undefined,
    goto: (path, line) => {
      const area = areas.get(path);
      if (!area) return;
      const start =
        area.value
          .split("\n")
          .slice(0, line - 1)
          .join("\n").length + (line > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(start, start);
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
