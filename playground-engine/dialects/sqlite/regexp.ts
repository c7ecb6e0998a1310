// REGEXP as the language's own regular expressions search; without them JavaScript's RegExp stands in.
import { host, type Value } from "../../util/host.ts";

/** undefined where the language's regular expressions are not at hand. */
export type RegexpSearch = (pattern: Value, text: Value) => boolean | undefined;

const compiled = new Map<string, RegExp>();

function javascriptSearch(pattern: Value, text: Value): boolean {
  if (host.kindOf(pattern) !== "str" || host.kindOf(text) !== "str")
    throw host.error("TypeError", "expected string or bytes-like object");
  return compiledFor(pattern as string).test(text as string);
}

function compiledFor(pattern: string): RegExp {
  let re = compiled.get(pattern);
  if (!re) {
    const flags = /^\(\?([aims]+)\)/.exec(pattern);
    const body = pattern
      .slice(flags?.[0].length ?? 0)
      .replaceAll("(?P<", "(?<")
      .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
      .replaceAll("\\A", "^")
      .replaceAll("\\Z", "$");
    try {
      re = new RegExp(body, `u${[...(flags?.[1] ?? "")].filter((f) => "ims".includes(f)).join("")}`);
    } catch (e) {
      throw host.error("ValueError", (e as Error).message);
    }
    compiled.set(pattern, re);
  }
  return re;
}

let search: RegexpSearch = () => undefined;

/** Use the language's own regular expressions for SQLite's REGEXP. */
export function installRegexpSearch(fn: RegexpSearch): void {
  search = fn;
}

/** `text REGEXP pattern` */
export function regexp(pattern: Value, text: Value): Value {
  return text === null ? null : (search(pattern, text) ?? javascriptSearch(pattern, text));
}
