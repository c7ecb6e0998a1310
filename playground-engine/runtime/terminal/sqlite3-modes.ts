// How sqlite3 prints rows: its output modes.
// Behaviour: sqlite.org/cli.html, "Changing Output Formats", as the command line program of SQLite 3.40 does it.
import type { RawRow } from "../../engine/dbapi.ts";
import { host, type Value } from "../../util/host.ts";

export const MODES = [
  "ascii",
  "box",
  "column",
  "csv",
  "html",
  "insert",
  "json",
  "line",
  "list",
  "markdown",
  "qbox",
  "quote",
  "table",
  "tabs",
  "tcl",
] as const;
export type Mode = (typeof MODES)[number];

export interface Show {
  readonly mode: Mode;
  readonly headers: boolean;
  readonly separator: string;
  readonly rowSeparator: string;
  readonly nullText: string;
  /** The table's name of mode insert. */
  readonly table: string;
  readonly widths: readonly number[];
}

/** A float as SQLite writes it: 15 digits, and always with a point. */
function real(x: number, exact: boolean): string {
  if (Number.isNaN(x)) return "";
  if (!Number.isFinite(x)) return exact ? (x > 0 ? "1e999" : "-1e999") : x > 0 ? "Inf" : "-Inf";
  let digits = x.toPrecision(15);
  if (exact && Number(digits) !== x) digits = x.toPrecision(17);
  const [mantissa = "", exponent] = digits.split("e");
  const e = exponent === undefined ? undefined : Number(exponent);
  const power = e ?? Math.floor(Math.log10(Math.abs(x) || 1));
  if (e === undefined && power >= -5) return trimZeros(mantissa);
  const scientific = e === undefined ? x.toExponential(14).split("e")[0]! : mantissa;
  return `${trimZeros(scientific)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function trimZeros(text: string): string {
  if (!text.includes(".")) return `${text}.0`;
  const cut = text.replace(/0+$/, "");
  return cut.endsWith(".") ? `${cut}0` : cut;
}

const hex = (b: Uint8Array): string => [...b].map((x) => x.toString(16).padStart(2, "0")).join("");

/** A value as plain text; undefined for NULL. */
export function plainText(v: Value): string | undefined {
  switch (host.kindOf(v)) {
    case "none":
      return undefined;
    case "float":
      return real(host.types.readFloat(v), false);
    case "bytes": {
      const text = new TextDecoder().decode(host.types.readBytes(v));
      return text.split("\0")[0]!;
    }
    default:
      return host.str(v);
  }
}

/** A value as an SQL literal. */
export function sqlLiteral(v: Value, newlines = false): string {
  switch (host.kindOf(v)) {
    case "none":
      return "NULL";
    case "float":
      return real(host.types.readFloat(v), true);
    case "bytes":
      return `X'${hex(host.types.readBytes(v))}'`;
    case "str": {
      const text = host.str(v);
      const quoted = `'${text.replaceAll("'", "''")}'`;
      if (!newlines) return quoted;
      let out = quoted;
      if (text.includes("\n")) out = `replace(${out.replaceAll("\n", "\\n")},'\\n',char(10))`;
      if (text.includes("\r")) out = `replace(${out.replaceAll("\r", "\\r")},'\\r',char(13))`;
      return out;
    }
    default:
      return host.str(v);
  }
}

const KEYWORDS =
  /^(?:add|all|alter|and|as|autoincrement|between|case|check|collate|commit|constraint|create|default|deferrable|delete|distinct|drop|else|escape|except|exists|foreign|from|group|having|if|in|index|insert|intersect|into|is|isnull|join|limit|not|notnull|null|on|or|order|primary|references|returning|select|set|table|then|to|transaction|union|unique|update|using|values|when|where)$/i;

/** A name as it is written in SQL: quoted where it must be. */
export function quoteName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !KEYWORDS.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function json(v: Value): string {
  switch (host.kindOf(v)) {
    case "none":
      return "null";
    case "float":
      return real(host.types.readFloat(v), true);
    case "str":
      return jsonText(host.str(v));
    case "bytes":
      return jsonText(new TextDecoder().decode(host.types.readBytes(v)));
    default:
      return host.str(v);
  }
}

function csv(text: string, separator: string): string {
  const needs = text === "" || text.includes(separator) || /[^!#-&(-~]/.test(text);
  return needs ? `"${text.replaceAll('"', '""')}"` : text;
}

const html = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]!,
  );

const width = (text: string): number => [...text].length;

/** Rows of a grid: every cell as its lines. */
function grid(columns: readonly string[], rows: readonly (readonly string[])[], widths: readonly number[]) {
  const cells = rows.map((r) => r.map((t) => t.replaceAll("\t", "    ").split("\n")));
  const sizes = columns.map((c, i) =>
    widths[i] ? Math.abs(widths[i]) : Math.max(width(c), ...cells.map((r) => Math.max(...r[i]!.map(width)))),
  );
  const wrapped = cells.map((r) =>
    r.map((lines, i) =>
      lines.flatMap((l) => {
        const chars = [...l];
        const parts: string[] = [];
        do parts.push(chars.splice(0, sizes[i]).join(""));
        while (chars.length > 0);
        return parts;
      }),
    ),
  );
  return { cells: wrapped, sizes, tall: wrapped.some((r) => r.some((l) => l.length > 1)) };
}

function padded(text: string, size: number, right = false): string {
  const blanks = " ".repeat(Math.max(0, size - width(text)));
  return right ? blanks + text : text + blanks;
}

function centered(text: string, size: number): string {
  const left = Math.max(0, Math.floor((size - width(text)) / 2));
  return padded(" ".repeat(left) + text, size);
}

interface Frame {
  readonly top?: readonly [string, string, string, string];
  readonly middle: readonly [string, string, string, string];
  readonly bottom?: readonly [string, string, string, string];
  readonly bar: string;
}
const FRAMES: Readonly<Record<"box" | "table" | "markdown", Frame>> = {
  box: { top: ["┌", "─", "┬", "┐"], middle: ["├", "─", "┼", "┤"], bottom: ["└", "─", "┴", "┘"], bar: "│" },
  table: { top: ["+", "-", "+", "+"], middle: ["+", "-", "+", "+"], bottom: ["+", "-", "+", "+"], bar: "|" },
  markdown: { middle: ["|", "-", "|", "|"], bar: "|" },
};

function framed(
  frame: Frame,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const { cells, sizes, tall } = grid(columns, rows, widths);
  const rule = (r: Frame["top"]): string =>
    r ? `${r[0]}${sizes.map((s) => r[1].repeat(s + 2)).join(r[2])}${r[3]}\n` : "";
  const line = (texts: readonly string[]): string =>
    `${frame.bar} ${texts.join(` ${frame.bar} `)} ${frame.bar}\n`;
  let out = rule(frame.top) + line(columns.map((c, i) => centered(c, sizes[i]!))) + rule(frame.middle);
  cells.forEach((row, n) => {
    const height = Math.max(...row.map((l) => l.length));
    for (let k = 0; k < height; k++)
      out += line(row.map((l, i) => padded(l[k] ?? "", sizes[i]!, (widths[i] ?? 0) < 0)));
    if (tall && frame.bottom && n < cells.length - 1) out += rule(frame.middle);
  });
  return out + rule(frame.bottom);
}

function columnar(columns: readonly string[], rows: readonly (readonly string[])[], show: Show): string {
  const { cells, sizes, tall } = grid(columns, rows, show.widths);
  let out = "";
  const put = (texts: readonly string[]): void => {
    out += `${texts.join("  ")}\n`;
  };
  if (show.headers) {
    put(columns.map((c, i) => padded(c, sizes[i]!)));
    put(sizes.map((s) => "-".repeat(s)));
  }
  cells.forEach((row, n) => {
    const height = Math.max(...row.map((l) => l.length));
    for (let k = 0; k < height; k++)
      put(row.map((l, i) => padded(l[k] ?? "", sizes[i]!, (show.widths[i] ?? 0) < 0)));
    if (tall && n < cells.length - 1) out += "\n";
  });
  return out;
}

/** Rows in the chosen mode; nothing where there are none, as the program has it. */
export function render(columns: readonly string[], rows: readonly RawRow[], show: Show): string {
  if (rows.length === 0) return "";
  const text = (v: Value): string => plainText(v) ?? show.nullText;
  const sep = show.separator;
  const end = show.rowSeparator;
  const texts = (): string[][] => rows.map((r) => r.map(text));
  switch (show.mode) {
    case "box":
    case "table":
    case "markdown":
      return framed(FRAMES[show.mode], columns, texts(), show.widths);
    case "qbox":
      return framed(
        FRAMES.box,
        columns,
        rows.map((r) => r.map((v) => sqlLiteral(v))),
        show.widths,
      );
    case "column":
      return columnar(columns, texts(), show);
    case "json":
      return `[${rows.map((r) => `{${r.map((v, i) => `${jsonText(columns[i]!)}:${json(v)}`).join(",")}}`).join(",\n")}]\n`;
    case "csv": {
      const line = (cells: readonly string[]): string => cells.join(sep) + end;
      return (
        (show.headers ? line(columns.map((c) => csv(c, sep))) : "") +
        rows
          .map((r) =>
            line(
              r.map((v) => {
                const t = plainText(v);
                return t === undefined ? show.nullText : csv(t, sep);
              }),
            ),
          )
          .join("")
      );
    }
    case "line": {
      const wide = Math.max(5, ...columns.map(width));
      return rows
        .map((r) => r.map((v, i) => `${columns[i]!.padStart(wide)} = ${text(v)}\n`).join(""))
        .join("\n");
    }
    case "insert":
      return rows
        .map(
          (r) =>
            `INSERT INTO ${quoteName(show.table)}${show.headers ? `(${columns.map(quoteName).join(",")})` : ""} VALUES(${r
              .map((v) => sqlLiteral(v, true))
              .join(",")});\n`,
        )
        .join("");
    case "quote":
      return (
        (show.headers ? `${columns.map((c) => `'${c.replaceAll("'", "''")}'`).join(sep)}\n` : "") +
        rows.map((r) => `${r.map((v) => sqlLiteral(v)).join(sep)}\n`).join("")
      );
    case "tcl": {
      const words = (cells: readonly string[]): string =>
        `${cells.map((c) => `"${c.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`).join(" ")}\n`;
      return (show.headers ? words(columns) : "") + texts().map(words).join("");
    }
    case "html":
      return (
        (show.headers ? `<TR>${columns.map((c) => `<TH>${html(c)}</TH>\n`).join("")}</TR>\n` : "") +
        rows.map((r) => `<TR>${r.map((v) => `<TD>${html(text(v))}</TD>\n`).join("")}</TR>\n`).join("")
      );
    default:
      return (
        (show.headers ? columns.join(sep) + end : "") +
        texts()
          .map((r) => r.join(sep) + end)
          .join("")
      );
  }
}

/** EXPLAIN QUERY PLAN's rows (id, parent, notused, detail) as a tree. */
export function planTree(rows: readonly RawRow[]): string {
  const nodes = rows.map((r) => ({ id: host.str(r[0]), parent: host.str(r[1]), text: host.str(r[3]) }));
  const draw = (parent: string, indent: string): string => {
    const below = nodes.filter((n) => n.parent === parent);
    return below
      .map((n, i) => {
        const last = i === below.length - 1;
        return `${indent}${last ? "`--" : "|--"}${n.text}\n${draw(n.id, indent + (last ? "   " : "|  "))}`;
      })
      .join("");
  };
  return `QUERY PLAN\n${draw("0", "")}`;
}
