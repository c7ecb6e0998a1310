// A text area as the editor of touch screens: the system's own keyboard, selection and screen reader support.
import type { CodeEditor, EditorOptions, ErrorPlace } from "./code-area.ts";
import { codeTextArea, errorNote, goToLine, lineIn } from "./text-area.ts";

export function plainEditor(options: EditorOptions): Promise<CodeEditor> {
  const area = codeTextArea(options.value, `Python code: ${options.label}`);
  const fit = (): void => {
    area.rows = Math.max(3, area.value.split("\n").length);
  };
  fit();
  area.addEventListener("input", () => {
    fit();
    options.onChange();
  });
  area.addEventListener("selectionchange", () => options.onLine(lineIn(area)));
  const note = errorNote();
  options.container.append(area, note.element);
  return Promise.resolve({
    value: () => area.value,
    setValue: (text) => {
      area.value = text;
      fit();
      options.onChange();
    },
    focus: () => area.focus(),
    light: () => undefined,
    goto: (line) => goToLine(area, line),
    mark: (at: ErrorPlace | null) => note.show(at && at.line),
  });
}
