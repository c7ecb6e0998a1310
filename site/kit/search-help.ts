// What full-text search cannot find: the page of a pasted error message, whose names and values are the reader's own, and the entry of
// an API name. Both are looked up in small indexes of the site, loaded when one searches.
import { errorIn, errorPages, pagesFor } from "../workbench/errors/find-page.ts";

interface Found {
  readonly label: string;
  readonly href: string;
}

const base = (): string => import.meta.env.BASE_URL.replace(/\/?$/, "/");

let names: Promise<readonly string[]> | undefined;

function apiNames(): Promise<readonly string[]> {
  names ??= fetch(`${base()}names.json`)
    .then((r) => (r.ok ? (r.json() as Promise<readonly string[]>) : []))
    .catch(() => []);
  return names;
}

async function find(text: string): Promise<Found[]> {
  const q = text.trim();
  if (/^[\w.]{2,40}\(?\)?$/.test(q)) {
    const name = q
      .replace(/\(\)?$/, "")
      .split(".")
      .at(-1)!
      .toLowerCase();
    const known = (await apiNames()).filter((n) => n.toLowerCase() === name);
    return known.map((n) => ({ label: `Pages that use ${n}`, href: `${base()}api/#${n}` }));
  }
  if (q.length < 13) return [];
  const pages = pagesFor(errorIn(q), await errorPages());
  return pages.slice(0, 3).map((p) => ({ label: p.title, href: `${base()}pain-points/${p.id}/` }));
}

function draw(box: HTMLElement, found: readonly Found[]): void {
  box.hidden = found.length === 0;
  box.replaceChildren(
    ...found.map((f) => {
      const link = document.createElement("a");
      link.href = f.href;
      link.textContent = f.label;
      return link;
    }),
  );
}

export function helpSearch(): void {
  const box = document.createElement("div");
  box.className = "mk-searchhelp";
  box.setAttribute("role", "status");
  let asked = "";
  document.addEventListener("input", (e) => {
    const input = e.target;
    if (!(input instanceof HTMLInputElement) || !input.matches(".pagefind-ui__search-input")) return;
    asked = input.value;
    const now = asked;
    void find(now).then((found) => {
      if (asked !== now) return;
      draw(box, found);
      const form = input.closest("form")!;
      const drawer = form.querySelector(".pagefind-ui__drawer");
      if (drawer) drawer.before(box);
      else form.append(box);
    });
  });
}
