// REGEXP as Python's re.search understands it. The bindings put their own re here; without them JavaScript's RegExp stands in.
import { host, type Value } from "../../util/host.ts";

export type RegexpSearch = (pattern: string, text: string) => boolean;

const compiled = new Map<string, RegExp>();

function javascriptSearch(pattern: string, text: string): boolean {
  let re = compiled.get(pattern);
  if (!re) {
    const flags = /^\(\?([aims]+)\)/.exec(pattern);
    const body = pattern
      .slice(flags?.[0].length ?? 0)
      .replaceAll("(?P<", "(?<")
      .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
      .replaceAll("\\A", "^")
      .replaceAll("\\Z", "$");
    re = new RegExp(body, `u${[...(flags?.[1] ?? "")].filter((f) => "ims".includes(f)).join("")}`);
    compiled.set(pattern, re);
  }
  return re.test(text);
}

let search: RegexpSearch = javascriptSearch;

/** Use the language's own regular expressions for SQLite's REGEXP. */
export function installRegexpSearch(fn: RegexpSearch): void {
  search = fn;
}

/** `text REGEXP pattern` */
export function regexp(pattern: Value, text: Value): Value {
  if (text === null) return null;
  if (host.kindOf(pattern) !== "str" || host.kindOf(text) !== "str")
    throw host.error("TypeError", "expected string or bytes-like object");
  return search(pattern as string, text as string);
}
