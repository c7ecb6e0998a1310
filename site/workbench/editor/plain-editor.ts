// A text area as the editor of touch screens: the system's own keyboard, selection and screen reader support.
import type { CodeEditor, EditorOptions, ErrorPlace } from "./code-area.ts";

export function plainEditor(options: EditorOptions): Promise<CodeEditor> {
  const area = document.createElement("textarea");
  area.className = "mw-plain";
  area.value = options.value;
  area.spellcheck = false;
  area.autocapitalize = "off";
  area.setAttribute("autocorrect", "off");
  area.setAttribute("aria-label", `Python code: ${options.label}`);
  const fit = (): void => {
    area.rows = Math.max(3, area.value.split("\n").length);
  };
  fit();
  area.addEventListener("input", () => {
    fit();
    options.onChange();
  });
  const line = (): number => area.value.slice(0, area.selectionStart).split("\n").length;
  area.addEventListener("selectionchange", () => options.onLine(line()));
  const note = document.createElement("p");
  note.className = "mw-errornote";
  note.hidden = true;
  options.container.append(area, note);
  return Promise.resolve({
    value: () => area.value,
    setValue: (text) => {
      area.value = text;
      fit();
      options.onChange();
    },
    focus: () => area.focus(),
    light: () => undefined,
    goto: (n) => {
      const start =
        area.value
          .split("\n")
          .slice(0, n - 1)
          .join("\n").length + (n > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(start, start);
    },
    mark: (at: ErrorPlace | null) => {
      note.hidden = at === null;
      note.textContent = at ? `Error in line ${at.line}` : "";
    },
  });
}
