// Templates of revision files, as much of Mako as they use: ${expr | filter}, % for/if/… lines, ## comments, <% %>, <%! %>,
// <%def> and <%text>, a backslash at a line's end.
//
// A template becomes a Python function's body; the seam runs it with the names it is rendered with.
import { host, type Value } from "../util/host.ts";
import { seams } from "./seams.ts";

const TOKEN =
  /(?<comment>^[ \t]*##[^\n]*\n?)|^[ \t]*%(?!%)[ \t]*(?<control>[^\n]*(?:\\\n[^\n]*)*)(?:\n|$)|<%(?<block>!?)\s(?<code>[\s\S]*?)%>|<%def\s+name="(?<def>[^"]*)"\s*>|(?<enddef><\/%def>)|<%text>(?<verbatim>[\s\S]*?)<\/%text>|<%doc>[\s\S]*?<\/%doc>|\\\n|(?<expr>\$\{)/gm;

/** Where the `}` of an expression stands; strings and brackets inside it are skipped. */
function endOfExpression(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"' || c === "'") {
      const triple = text.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      for (i += triple.length; i < text.length && !text.startsWith(triple, i); i++) if (text[i] === "\\") i++;
      i += triple.length - 1;
    } else if ("([{".includes(c)) depth++;
    else if (c === "}" && depth === 0) return i;
    else if (")]}".includes(c)) depth--;
  }
  return text.length;
}

/** `a | b, c` → expression and filters; `||` and bars inside brackets or strings are no filters. */
function splitFilters(source: string): { expression: string; filters: string[] } {
  let depth = 0;
  let quote = "";
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (quote) {
      if (c === "\\") i++;
      else if (c === quote) quote = "";
    } else if (c === '"' || c === "'") quote = c;
    else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
    else if (c === "|" && depth === 0)
      return {
        expression: source.slice(0, i).trim(),
        filters: source
          .slice(i + 1)
          .split(",")
          .map((f) => f.trim())
          .filter(Boolean),
      };
  }
  return { expression: source.trim(), filters: [] };
}

function dedent(code: string): string[] {
  const lines = code.replace(/\s+$/, "").split("\n");
  while (lines.length > 0 && lines[0]!.trim() === "") lines.shift();
  const margin = Math.min(
    ...lines
      .slice(0)
      .filter((l) => l.trim())
      .map((l) => /^\s*/.exec(l)![0].length),
  );
  return lines.map((l) => l.slice(margin));
}

/** A template as lines of Python that give parts to `_write`. */
function toPython(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  const put = (line: string): void => void out.push(`${"    ".repeat(depth)}${line}`);
  const literal = (s: string): void => {
    if (s !== "")
      put(
        `_write(${JSON.stringify(s.replace(/^([ \t]*)%%/gm, "$1%")).replace(/\u2028|\u2029/g, (c) => (c === "\u2028" ? "\\u2028" : "\\u2029"))})`,
      );
  };
  let at = 0;
  TOKEN.lastIndex = 0;
  for (let m = TOKEN.exec(text); m; m = TOKEN.exec(text)) {
    literal(text.slice(at, m.index));
    at = TOKEN.lastIndex;
    const g = m.groups!;
    if (g.expr !== undefined) {
      const end = endOfExpression(text, at);
      const { expression, filters } = splitFilters(text.slice(at, end));
      let value = `(${expression})`;
      if (!filters.includes("n")) value = `str(${value})`;
      for (const f of filters) if (f !== "n") value = FILTERS[f]?.(value) ?? `${f}(${value})`;
      put(`_write(${value})`);
      at = end + 1;
      TOKEN.lastIndex = at;
    } else if (g.control !== undefined) {
      const line = g.control.trim();
      if (/^end(if|for|while|try|with)\b/.test(line)) depth--;
      else if (/^(elif|else|except|finally)\b/.test(line)) {
        depth--;
        put("pass" === line ? line : line);
        depth++;
        put("pass");
      } else {
        put(line);
        if (/:\s*(#.*)?$/.test(line)) {
          depth++;
          put("pass");
        }
      }
    } else if (g.code !== undefined) for (const l of dedent(g.code)) put(l);
    else if (g.def !== undefined) {
      const name = g.def.includes("(") ? g.def : `${g.def}()`;
      put(`def ${name}:`);
      depth++;
      put("_parts = []");
      put("_write = _parts.append");
    } else if (g.enddef !== undefined) {
      put("return ''.join(_parts)");
      depth--;
    } else if (g.verbatim !== undefined) literal(g.verbatim);
  }
  literal(text.slice(at));
  return out;
}

/** A text for HTML. */
function escaped(v: string): string {
  return `${v}.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace("'", "&#39;").replace('"', "&#34;")`;
}
const FILTERS: Readonly<Record<string, (v: string) => string>> = {
  trim: (v) => `${v}.strip()`,
  h: escaped,
  x: escaped,
  u: (v) => `__import__("urllib.parse").parse.quote_plus(${v})`,
  unicode: (v) => `str(${v})`,
  str: (v) => `str(${v})`,
};

/** @throws whatever the template's Python raises */
export function render(text: string, names: ReadonlyMap<string, Value>): string {
  const body = [
    "_parts = []",
    "_write = lambda x: _parts.append(str(x))",
    ...toPython(text),
    "return ''.join(_parts)",
  ];
  // what a revision may lack: Mako's undefined names are false
  const all = new Map<string, Value>([["upgrades", ""], ["downgrades", ""], ["imports", ""], ...names]);
  // Mako's `context`, as far as templates ask it for names that may be missing
  if (!all.has("context")) all.set("context", host.makeDict(names));
  return seams.evaluate(body.join("\n"), all) as string;
}
