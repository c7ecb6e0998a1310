// What runner.py printed, and what two of its runs say of each other.

export interface Outcome {
  readonly passed: boolean;
  /** The exception and its message, where it failed. */
  readonly words: string;
}

/** @param text the lines of runner.py. @returns every test that ran, by its name */
export function outcomes(text: string): Map<string, Outcome> {
  const found = new Map<string, Outcome>();
  for (const [, kind, name, words] of text.matchAll(
    /^(PASS|FAIL) ((?:[^\s[]+)(?:\[[^\n]*?\](?= |$))?) ?(.*)$/gm,
  ))
    found.set(name!, { passed: kind === "PASS", words: words! });
  return found;
}

/** How many tests that the real library passes ours passes too, and which it does not. */
export function compare(
  real: ReadonlyMap<string, Outcome>,
  ours: ReadonlyMap<string, Outcome>,
): { passed: number; missed: { name: string; words: string }[] } {
  const missed = [...real]
    .filter(([name, { passed }]) => passed && !ours.get(name)?.passed)
    .map(([name]) => ({ name, words: ours.get(name)?.words ?? "did not run" }));
  const held = [...real.values()].filter((o) => o.passed).length;
  return { passed: held - missed.length, missed };
}
