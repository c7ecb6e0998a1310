// Text with ANSI escapes as pieces with class names. Colours and weights only: everything else that moves a cursor is left out.

export interface AnsiPiece {
  readonly text: string;
  /** Class names, or "" for plain text. */
  readonly style: string;
}

interface Style {
  colour: string;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
// ESC [ … letter, ESC ] … BEL, and single escapes
const ESCAPE = /\x1b\[([\d;?]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[=>()78cDEHM]/g;

export function ansiPieces(text: string): AnsiPiece[] {
  if (!text.includes("\x1b")) return [{ text, style: "" }];
  const out: AnsiPiece[] = [];
  const style: Style = { colour: "", bold: false, dim: false, italic: false, underline: false };
  let at = 0;
  const push = (piece: string): void => {
    if (piece !== "") out.push({ text: piece, style: classesOf(style) });
  };
  for (const m of text.matchAll(ESCAPE)) {
    push(text.slice(at, m.index));
    at = m.index + m[0].length;
    if (m[2] === "m") for (const code of (m[1] || "0").split(";")) apply(style, Number(code));
  }
  push(text.slice(at));
  return out;
}

function apply(style: Style, code: number): void {
  if (code === 0)
    Object.assign(style, { colour: "", bold: false, dim: false, italic: false, underline: false });
  else if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 3) style.italic = true;
  else if (code === 4) style.underline = true;
  else if (code === 22) style.bold = style.dim = false;
  else if (code === 23) style.italic = false;
  else if (code === 24) style.underline = false;
  else if (code >= 30 && code <= 37) style.colour = COLOURS[code - 30]!;
  else if (code >= 90 && code <= 97) style.colour = COLOURS[code - 90]!;
  else if (code === 39) style.colour = "";
}

function classesOf(s: Style): string {
  return [
    s.colour && `pg-ansi-${s.colour}`,
    s.bold && "pg-ansi-bold",
    s.dim && "pg-ansi-dim",
    s.italic && "pg-ansi-italic",
    s.underline && "pg-ansi-underline",
  ]
    .filter(Boolean)
    .join(" ");
}
