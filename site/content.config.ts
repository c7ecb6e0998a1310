// Pages live in content/, where a writer works and nowhere else.
import { defineCollection } from "astro:content";
import { docsSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";

export const collections = {
  docs: defineCollection({
    loader: glob({ base: "./content", pattern: ["{learn,wiki,pain-points}/**/*.{md,mdx}", "index.mdx"] }),
    schema: docsSchema(),
  }),
};
