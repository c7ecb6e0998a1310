// The code of an example: the page's static, coloured text until the reader enters it, then an editor.
//
// Monaco comes on demand, except on touch screens, which it does not support: there a plain text area serves. Both are
// behind CodeEditor. What the reader typed is kept for the tab before every run and when the page is left.
import type { PythonHelp } from "./python-help.ts";

export interface CodeEditor {
  value(): string;
  setValue(text: string): void;
  focus(): void;
  /** Light a line, or none. */
  light(line: number | null): void;
  goto(line: number): void;
  mark(at: ErrorPlace | null): void;
}

export interface ErrorPlace {
  readonly line: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** What the engine is asked about the text as one types (python-help.ts). */
export type Help = Omit<PythonHelp, "path">;

export interface EditorOptions {
  readonly container: HTMLElement;
  readonly value: string;
  readonly label: string;
  readonly onChange: () => void;
  /** The cursor moved to a line. */
  readonly onLine: (line: number) => void;
  readonly help?: Help | undefined;
}

export class CodeArea {
  private readonly element: HTMLElement;
  private readonly original: string;
  private readonly label: string;
  private readonly key: string;
  private readonly help: Help | undefined;
  private text: string;
  private editor: CodeEditor | undefined;
  private opening: Promise<void> | undefined;
  private readonly changeListeners = new Set<() => void>();
  private readonly lineListeners = new Set<(line: number) => void>();

  constructor(element: HTMLElement, original: string, label: string, key: string, help?: Help) {
    this.element = element;
    this.original = original;
    this.label = label;
    this.key = key;
    this.help = help;
    this.text = original;
    const kept = read(key);
    if (kept !== null && kept !== original) {
      this.text = kept;
      void this.edit(false);
    }
    addEventListener("pagehide", () => this.keep());
    element.addEventListener("pointerover", (e) => {
      const line = (e.target as Element).closest(".ec-line");
      if (line) this.tellLine(this.lines().indexOf(line as HTMLElement) + 1);
    });
  }

  source(): string {
    return this.editor?.value() ?? this.text;
  }

  /** Keep the text for this tab. */
  keep(): void {
    const now = this.source();
    try {
      if (now === this.original) sessionStorage.removeItem(this.key);
      else sessionStorage.setItem(this.key, now);
    } catch {
      // storage refused or full: the text stays in the page, and nothing is lost while it is open
    }
  }

  reset(): void {
    this.text = this.original;
    this.editor?.setValue(this.original);
    this.keep();
    this.changed();
  }

  onChange(f: () => void): () => void {
    this.changeListeners.add(f);
    return () => this.changeListeners.delete(f);
  }

  /** Told of the line under the pointer or cursor. */
  onLine(f: (line: number) => void): () => void {
    this.lineListeners.add(f);
    return () => this.lineListeners.delete(f);
  }

  private changed(): void {
    for (const f of this.changeListeners) f();
  }

  private tellLine(line: number): void {
    for (const f of this.lineListeners) f(line);
  }

  private lines(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(".ec-line")];
  }

  /** Turn the static text into an editor. */
  edit(focus = true): Promise<void> {
    this.opening ??= this.open();
    return this.opening.then(() => {
      if (focus) this.editor?.focus();
    });
  }

  private async open(): Promise<void> {
    const container = document.createElement("div");
    container.className = "mw-editor";
    container.style.minHeight = `${this.element.getBoundingClientRect().height}px`;
    const options: EditorOptions = {
      container,
      value: this.text,
      label: this.label,
      onChange: () => this.changed(),
      onLine: (l) => this.tellLine(l),
      help: this.help,
    };
    const touch = matchMedia("(pointer: coarse)").matches;
    const plain = async (): Promise<typeof import("./plain-editor.ts").plainEditor> =>
      (await import("./plain-editor.ts")).plainEditor;
    // offline, the large editor is there only if it was used before
    const make = touch
      ? await plain()
      : await import("./monaco-editor.ts").then((m) => m.monacoEditor, plain);
    const editor = await make(options);
    this.element.replaceChildren(container);
    this.editor = editor;
  }

  light(line: number | null): void {
    if (this.editor) this.editor.light(line);
    else this.lines().forEach((l, i) => l.classList.toggle("mw-lit", i + 1 === line));
  }

  goto(line: number): void {
    if (this.editor) this.editor.goto(line);
    else {
      this.lines()[line - 1]?.scrollIntoView({ block: "nearest" });
      this.light(line);
    }
  }

  mark(at: ErrorPlace | null): void {
    if (this.editor) this.editor.mark(at);
    else this.lines().forEach((l, i) => l.classList.toggle("mw-errorline", i + 1 === at?.line));
  }
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
