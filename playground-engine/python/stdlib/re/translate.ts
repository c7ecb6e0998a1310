// A pattern as JavaScript's RegExp, where that matches exactly as Python does; undefined where it would not.
//
// Two forms: one for subjects that are all ASCII, with JavaScript's own classes; one for any subject, with Unicode properties.
import type { ClassName, Node, SetItem } from "./nodes.ts";
import { widthOf } from "./nodes.ts";

const NO_WIDTHS = new Map<number, readonly [number, number]>();

/** Whether JavaScript would treat the tree otherwise than Python. */
export function needsMatcher(root: Node): boolean {
  const sure = new Set<number>();
  return differs(root, false, sure) || caseMixed(root);
}

/** `inLoop`: stands where a loop may skip it in an iteration. `sure`: groups that have matched by then. */
function differs(n: Node, inLoop: boolean, sure: Set<number>): boolean {
  switch (n.type) {
    case "atomic":
    case "conditional":
      return true;
    case "seq":
      return n.items.some((i) => differs(i, inLoop, sure));
    case "alt": {
      let bad = false;
      for (const o of n.options) {
        if (inLoop && hasGroup(o)) return true;
        const branch = new Set(sure);
        bad ||= differs(o, inLoop, branch);
      }
      return bad;
    }
    case "group": {
      const bad = differs(n.body, inLoop, sure);
      sure.add(n.index);
      return bad;
    }
    case "repeat": {
      if (n.mode === "possessive") return true;
      const loops = n.max > 1;
      if (loops && n.body.type !== "char" && n.body.type !== "set" && n.body.type !== "any") {
        // JavaScript forgets groups at every iteration and refuses empty ones.
        if (widthOf(n.body, NO_WIDTHS)[0] === 0) return true;
        const inner = n.body.type === "group" ? n.body.body : n.body;
        if (hasOptionalGroup(inner)) return true;
      }
      // JavaScript would rather skip the body than let it be empty.
      if (n.max === 1 && n.min === 0 && widthOf(n.body, NO_WIDTHS)[0] === 0 && some(n.body, mayPreferEmpty))
        return true;
      if (n.max === 1 && n.min === 0 && inLoop && hasGroup(n.body)) return true;
      if (n.max === 1 && n.min === 0 && widthOf(n.body, NO_WIDTHS)[0] === 0 && hasGroup(n.body)) return true;
      const branch = n.min === 0 ? new Set(sure) : sure;
      return differs(n.body, loops || inLoop, branch);
    }
    case "look":
      // Groups inside a look-behind are matched backwards there.
      return (n.behind && hasGroup(n.body)) || differs(n.body, inLoop, n.negate ? new Set(sure) : sure);
    case "backref":
      return n.ignoreCase || !sure.has(n.group);
    default:
      return false;
  }
}

function some(n: Node, test: (n: Node) => boolean): boolean {
  if (test(n)) return true;
  switch (n.type) {
    case "seq":
      return n.items.some((i) => some(i, test));
    case "alt":
      return n.options.some((o) => some(o, test));
    case "group":
    case "repeat":
    case "look":
    case "atomic":
      return some(n.body, test);
    case "conditional":
      return some(n.yes, test) || some(n.no, test);
    default:
      return false;
  }
}
const mayPreferEmpty = (n: Node): boolean => n.type === "alt" || (n.type === "repeat" && n.mode === "lazy");
const hasGroup = (n: Node): boolean => some(n, (x) => x.type === "group");

/** Whether a group stands where an iteration may pass it by. */
function hasOptionalGroup(n: Node): boolean {
  return some(
    n,
    (x) =>
      (x.type === "alt" && x.options.some(hasGroup)) ||
      (x.type === "repeat" && x.min === 0 && hasGroup(x.body)) ||
      (x.type === "look" && x.negate && hasGroup(x.body)),
  );
}

/** Whether regard to case makes a difference to a node by itself. */
function caseMatters(n: Node): n is Extract<Node, { ignoreCase: boolean }> {
  if (n.type === "char") return hasCase(n.code);
  if (n.type === "set") return !n.items.every((i) => i.kind === "class");
  return n.type === "backref";
}

/** Parts with and without regard to case in one pattern. */
function caseMixed(root: Node): boolean {
  const seen = new Set<boolean>();
  some(root, (n) => {
    if (caseMatters(n)) seen.add(n.ignoreCase);
    return false;
  });
  return seen.size > 1;
}

function hasCase(code: number): boolean {
  const c = String.fromCodePoint(code);
  return c.toLowerCase() !== c || c.toUpperCase() !== c;
}

/** Whether the pattern disregards case (all of it or nothing). */
export function ignoresCase(root: Node): boolean {
  return some(root, (n) => caseMatters(n) && n.ignoreCase);
}

const escapeCode = (code: number): string => {
  const c = String.fromCodePoint(code);
  if (/^[a-zA-Z0-9_ ]$/.test(c)) return c;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : "\\u" + code.toString(16).padStart(4, "0");
};

const SPACE_ASCII = "\\t-\\r\\x20";
const SPACE_ASCII_STR = "\\t-\\r\\x1c-\\x20";
const SPACE_ALL = SPACE_ASCII_STR + "\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/** The inside of a class for d, w or s. */
function classBody(name: "d" | "w" | "s", asciiSubject: boolean, asciiFlag: boolean): string {
  const narrow = asciiSubject || asciiFlag;
  switch (name) {
    case "d":
      return narrow ? "0-9" : "\\p{Nd}";
    case "w":
      return narrow ? "a-zA-Z0-9_" : "\\p{L}\\p{N}_";
    case "s":
      return asciiFlag ? SPACE_ASCII : asciiSubject ? SPACE_ASCII_STR : SPACE_ALL;
  }
}

function setItem(i: SetItem, asciiSubject: boolean, asciiFlag: boolean): string | undefined {
  if (i.kind === "char") return escapeCode(i.code);
  if (i.kind === "range") return `${escapeCode(i.from)}-${escapeCode(i.to)}`;
  const lower = i.name.toLowerCase() as "d" | "w" | "s";
  return i.name === lower ? classBody(lower, asciiSubject, asciiFlag) : undefined;
}

function set(n: Extract<Node, { type: "set" }>, asciiSubject: boolean): string {
  const parts: string[] = [];
  const negated: ClassName[] = [];
  for (const i of n.items) {
    const s = setItem(i, asciiSubject, n.ascii);
    if (s === undefined) negated.push((i as { name: ClassName }).name);
    else parts.push(s);
  }
  const opposite = (name: ClassName): string =>
    `[^${classBody(name.toLowerCase() as "d", asciiSubject, n.ascii)}]`;
  if (negated.length === 0) return `[${n.negate ? "^" : ""}${parts.join("")}]`;
  const options = [...(parts.length > 0 ? [`[${parts.join("")}]`] : []), ...negated.map(opposite)];
  if (!n.negate) return options.length === 1 ? options[0]! : `(?:${options.join("|")})`;
  return `(?:(?!${options.join("|")})[^])`;
}

function at(n: Extract<Node, { type: "at" }>, asciiSubject: boolean): string {
  switch (n.where) {
    case "start":
      return "^";
    case "line-start":
      return "(?<![^\\n])";
    case "end":
      return "(?=\\n?$)";
    case "line-end":
      return "(?![^\\n])";
    case "text-end":
      return "$";
    case "boundary":
    case "not-boundary": {
      if (asciiSubject) return n.where === "boundary" ? "\\b" : "(?:\\B(?<=[^])|\\B(?=[^]))";
      const w = `[${classBody("w", false, n.ascii)}]`;
      return n.where === "boundary"
        ? `(?:(?<=${w})(?!${w})|(?<!${w})(?=${w}))`
        : `(?:(?<=${w})(?=${w})|(?<!${w})(?!${w})(?:(?<=[^])|(?=[^])))`;
    }
  }
}

/** The source of the RegExp. */
export function toSource(n: Node, asciiSubject: boolean): string {
  switch (n.type) {
    case "empty":
      return "";
    case "char":
      return escapeCode(n.code);
    case "any":
      return n.dotAll ? "[^]" : "[^\\n]";
    case "set":
      return set(n, asciiSubject);
    case "at":
      return at(n, asciiSubject);
    case "seq":
      return n.items
        .map((i) => (i.type === "alt" ? `(?:${toSource(i, asciiSubject)})` : toSource(i, asciiSubject)))
        .join("");
    case "alt":
      return n.options.map((o) => toSource(o, asciiSubject)).join("|");
    case "group":
      return `(${toSource(n.body, asciiSubject)})`;
    case "repeat": {
      const body = toSource(n.body, asciiSubject);
      const one =
        ["char", "any", "group"].includes(n.body.type) ||
        (n.body.type === "set" && /^\[(?:[^\]\\]|\\.)*\]$/.test(body))
          ? body
          : `(?:${body})`;
      const bounds =
        n.max === Infinity
          ? n.min === 0
            ? "*"
            : n.min === 1
              ? "+"
              : `{${n.min},}`
          : n.min === 0 && n.max === 1
            ? "?"
            : `{${n.min},${n.max}}`;
      return one + bounds + (n.mode === "lazy" ? "?" : "");
    }
    case "look":
      return `(?${n.behind ? "<" : ""}${n.negate ? "!" : "="}${toSource(n.body, asciiSubject)})`;
    case "backref":
      return `(?:\\${n.group})`;
    default:
      throw new Error(`not translatable: ${n.type}`);
  }
}
