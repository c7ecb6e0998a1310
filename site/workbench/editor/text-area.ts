// What a plain text area does as an editor of code.

/** A text area for code: nothing that corrects words. */
export function codeTextArea(value: string, label: string): HTMLTextAreaElement {
  const area = document.createElement("textarea");
  area.className = "mw-plain";
  area.value = value;
  area.spellcheck = false;
  area.autocapitalize = "off";
  area.setAttribute("autocorrect", "off");
  area.setAttribute("aria-label", label);
  return area;
}

/** The line of the cursor, from 1. */
export const lineIn = (area: HTMLTextAreaElement): number =>
  area.value.slice(0, area.selectionStart).split("\n").length;

/** Puts the cursor at the beginning of a line. */
export function goToLine(area: HTMLTextAreaElement, line: number): void {
  const before = area.value.split("\n").slice(0, line - 1);
  const start = before.join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start);
}

/** The line below that says where the error is. */
export function errorNote(): { readonly element: HTMLElement; readonly show: (line: number | null) => void } {
  const element = document.createElement("p");
  element.className = "mw-errornote";
  element.hidden = true;
  return {
    element,
    show: (line) => {
      element.hidden = line === null;
      element.textContent = line === null ? "" : `Error in line ${line}`;
    },
  };
}
