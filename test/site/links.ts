// Where the links of a built site lead: each to a file that is there, and to a heading that it has.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { builtPages } from "./site.ts";

const LINK = /<(?:a|link|script|img|iframe|source)\b[^>]*?\s(?:href|src)="([^"]*)"/g;
/** Text of scripts, which is no markup. */
const SCRIPT = /(<script\b[^>]*>)[^]*?(?=<\/script>)/g;
const ID = /\s(?:id|name)="([^"]*)"/g;

export interface Links {
  /** Links to files or headings that are not there: the page, and where it leads to. */
  readonly broken: readonly string[];
  /** Links that leave the path that the site is served below. */
  readonly outside: readonly string[];
  /** How many there are within the site. */
  readonly count: number;
}

const text = (html: string): string =>
  html.replaceAll("&#38;", "&").replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');

/** @param base the path that the site is served below, with a slash at its end */
export function linksOf(dist: string, base: string): Links {
  const ids = new Map<string, ReadonlySet<string>>();
  const idsOf = (file: string): ReadonlySet<string> => {
    let known = ids.get(file);
    if (!known)
      ids.set(
        file,
        (known = new Set([...readFileSync(file, "utf8").matchAll(ID)].map(([, id]) => text(id!)))),
      );
    return known;
  };
  const broken: string[] = [];
  const outside: string[] = [];
  let count = 0;
  for (const page of builtPages(dist)) {
    const html = readFileSync(join(dist, page, "index.html"), "utf8").replace(SCRIPT, "$1");
    for (const [, raw] of html.matchAll(LINK)) {
      const target = text(raw!);
      if (/^(?:[a-z]+:|\/\/)/i.test(target)) continue;
      count++;
      const { pathname, hash } = new URL(target, `http://site${base}${page}`);
      const path = decodeURIComponent(pathname);
      if (!path.startsWith(base)) {
        outside.push(`/${page}: ${target}`);
        continue;
      }
      let file = join(dist, path.slice(base.length));
      if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
      // what stands there in a link to the playground is a whole workspace (site/playground/model/share.ts)
      const id = path === `${base}playground/` ? "" : decodeURIComponent(hash.slice(1));
      const found =
        existsSync(file) && (id === "" || id === "_top" || !file.endsWith(".html") || idsOf(file).has(id));
      if (!found) broken.push(`/${page}: ${target}`);
    }
  }
  return { broken, outside, count };
}
