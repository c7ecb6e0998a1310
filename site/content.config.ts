// What lives in content/, where a writer works and nowhere else, and the shape that each kind must have (kit/schema.ts).
import { defineCollection } from "astro:content";
import { docsSchema } from "@astrojs/starlight/schema";
import { file, glob } from "astro/loaders";
import { exercise, pageFields, painPoint, path, resource, team, term } from "./kit/schema.ts";

/** "learn/07-flush.mdx" is the page learn/flush: the number orders the lessons and is left out of addresses. */
function pageId({ entry, data }: { entry: string; data: Record<string, unknown> }): string {
  if (typeof data.slug === "string") return data.slug;
  return entry.replace(/\.mdx?$/, "").replace(/\/\d+-/, "/");
}

// A team's overlay: that of MAPPED_TEAM, or else every one but the sample.
const own = process.env.MAPPED_TEAM;
const teams = own ? [own] : ["*", "!sample"];
const inTeams = (files: string): string[] => teams.map((t) => t.replace(/^(!?)(.*)$/, `$1team/$2/${files}`));

export const collections = {
  docs: defineCollection({
    loader: glob({
      base: "./content",
      pattern: ["{learn,wiki,pain-points,cheat-sheets,about}/**/*.{md,mdx}", "index.mdx"],
      generateId: pageId,
    }),
    schema: docsSchema({ extend: pageFields }),
  }),
  /** The same pages as facts, for cards, lists and the index of errors. */
  painPoints: defineCollection({
    loader: glob({ base: "./content/pain-points", pattern: "*.mdx" }),
    schema: painPoint,
  }),
  exercises: defineCollection({
    loader: glob({
      base: "./content/exercises",
      pattern: "*/index.md",
      generateId: ({ entry }) => entry.replace(/\/index\.md$/, ""),
    }),
    schema: exercise,
  }),
  resources: defineCollection({ loader: file("content/resources.yaml"), schema: resource }),
  glossary: defineCollection({ loader: file("content/glossary.yaml"), schema: term }),
  paths: defineCollection({
    loader: glob({ base: "./content", pattern: ["paths/*.yaml", ...inTeams("paths/*.yaml")] }),
    schema: path,
  }),
  team: defineCollection({ loader: glob({ base: "./content", pattern: inTeams("*.yaml") }), schema: team }),
};
