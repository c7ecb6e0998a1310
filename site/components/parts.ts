// The parts of the site, each with its front page: its own where it has one, else the first of its pages.
import { getCollection } from "astro:content";

export interface Part {
  readonly id: string;
  readonly label: string;
  /** Relative to the site's root. */
  readonly path: string;
  readonly pages: number;
}

const LABELS = [
  ["learn", "Learn"],
  ["wiki", "Wiki"],
  ["pain-points", "Pain points"],
  ["exercises", "Exercises"],
  ["playground", "Playground"],
] as const;

const own = Object.keys(import.meta.glob("../pages/**/*.astro"));

/** Those parts that there are. */
export async function parts(): Promise<Part[]> {
  const pages = await getCollection("docs");
  return LABELS.flatMap(([id, label]) => {
    const below = pages
      .filter((p) => p.id === id || p.id.startsWith(`${id}/`))
      .sort((a, b) => {
        if (a.id === id || b.id === id) return a.id === id ? -1 : 1;
        return (a.filePath ?? a.id) < (b.filePath ?? b.id) ? -1 : 1;
      });
    const front = own.some((p) => p.endsWith(`/pages/${id}.astro`) || p.endsWith(`/pages/${id}/index.astro`))
      ? id
      : below[0]?.id;
    return front === undefined ? [] : [{ id, label, path: `${front}/`, pages: below.length }];
  });
}
