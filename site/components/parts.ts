// The parts of the site, each with its front page.
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

export async function parts(): Promise<Part[]> {
  const pages = await getCollection("docs");
  return LABELS.map(([id, label]) => ({
    id,
    label,
    path: `${id}/`,
    pages: pages.filter((p) => p.id.startsWith(`${id}/`)).length,
  }));
}
