// What a benchmark found: figures with what they are measured against, printed as a table and kept as JSON.
import { cpus, totalmem } from "node:os";

export interface Figure {
  readonly what: string;
  /** Ours: milliseconds unless `unit` says otherwise. */
  readonly ours: number;
  readonly unit?: string;
  /** The same work by another, in the same run. */
  readonly other?: { readonly name: string; readonly value: number };
  /** Ours divided by the other's. */
  readonly ratio?: number;
}

export interface Part {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** What the goals of the project say of it, in words. */
  readonly goal: string;
  readonly passed: boolean;
}

export interface Report {
  readonly date: string;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly gigabytes: number;
    readonly node: string;
  };
  readonly parts: readonly Part[];
}

export const report = (parts: readonly Part[]): Report => ({
  date: new Date().toISOString().slice(0, 10),
  machine: {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  parts,
});

export const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[times.length >> 1]!;

export const against = (what: string, ours: number, name: string, value: number): Figure => ({
  what,
  ours,
  other: { name, value },
  ratio: ours / value,
});

/** Bytes beside another's, shown in KB of 1000. */
export const sizeAgainst = (what: string, ours: number, name: string, value: number): Figure => ({
  ...against(what, ours / 1000, name, value / 1000),
  unit: "KB",
});

/** The same work at growing sizes; the ratio is what the next size costs, divided by how much larger it is: 1 is linear. */
export async function growing(
  what: string,
  sizes: readonly number[],
  measure: (n: number) => number | Promise<number>,
): Promise<Figure[]> {
  const out: Figure[] = [];
  for (const [i, n] of sizes.entries()) {
    const ours = await measure(n);
    const before = out[i - 1];
    out.push({
      what: `${n.toLocaleString("en")} ${what}`,
      ours,
      ...(before ? { ratio: ours / before.ours / (n / sizes[i - 1]!) } : {}),
    });
  }
  return out;
}

const shown = (v: number): string => (v < 10 ? v.toFixed(1) : v.toFixed(0));

export function print(part: Part): void {
  console.log(`\n${part.name}`);
  for (const f of part.figures) {
    const unit = f.unit ?? "ms";
    const other = f.other ? `   ${f.other.name} ${shown(f.other.value)} ${unit}` : "";
    const ratio = f.ratio === undefined ? "" : `   ratio ${f.ratio.toFixed(2)}`;
    console.log(`  ${f.what.padEnd(58)} ${shown(f.ours).padStart(8)} ${unit}${other}${ratio}`);
  }
  console.log(`  ${part.passed ? "Holds" : "Does not hold"}: ${part.goal}`);
}
