// A program's output by its parts, which begin with "== title": what ours printed beside what the real library did.
import { compareProgram } from "../orm/ext/run-program.ts";

export interface Section {
  readonly title: string;
  readonly printed: string;
  readonly expected: string;
}

/** What comes before the first title has the first of its lines for one. */
const parts = (output: string): Map<string, string> =>
  new Map(
    output
      .split(/^== /m)
      .filter((part) => part !== "")
      .map((part) => [part.slice(0, part.indexOf("\n")), part]),
  );

/** `name.program.py` and `name.expected.txt` beside `base`. */
export async function compareSections(name: string, base: string): Promise<Section[]> {
  const { printed, expected } = await compareProgram(name, base);
  const ours = parts(printed);
  return [...parts(expected)].map(([title, text]) => ({
    title,
    printed: ours.get(title) ?? "",
    expected: text,
  }));
}
