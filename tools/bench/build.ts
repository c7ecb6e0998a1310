// How long the site takes to build as it grows: samples of 10, 100 and 500 pages, real ones and copies of them, nothing cached.
//
// Beside the milliseconds stands the growth, as in growth.ts: 1 would be linear. Below 1 is the rule, since every build bundles
// the engine and the editor whatever the number of pages.
import { rmSync } from "node:fs";
import { buildSample, makeSample } from "../sample-site.ts";
import { type Part, growing } from "./report.ts";

const SIZES = [10, 100, 500] as const;

export async function benchBuild(): Promise<Part> {
  const figures = await growing("pages built", SIZES, (pages) => {
    const root = makeSample(pages);
    try {
      return buildSample(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
  return {
    name: "Building the site",
    figures,
    goal: "no more than linear; 500 pages in ten minutes",
    passed: figures.every((f) => (f.ratio ?? 0) <= 1.1) && figures.at(-1)!.ours <= 600_000,
  };
}
