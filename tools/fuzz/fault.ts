// What fuzzing looks for, and how one kind of input is tried: the same for all of them.
import { inspect } from "node:util";
import fc from "fast-check";

export interface Fault {
  /** The input that shows it, as small as was found. */
  readonly source: string;
  readonly problem: string;
}

/** Try so many inputs; the smallest that fails, or undefined. `before` hears of each. */
export type Try = (
  seed: number,
  numRuns: number,
  before?: (source: string) => void,
) => Promise<Fault | undefined>;

const told = (e: unknown): string => (e instanceof Error ? (e.stack ?? e.message) : inspect(e));

/**
 * @param show the input as text, for people
 * @param holds throws where something is not as it must be
 */
export const trying =
  <T>(inputs: fc.Arbitrary<T>, show: (input: T) => string, holds: (input: T) => unknown): Try =>
  async (seed, numRuns, before = () => undefined) => {
    let problem = "";
    const found = await fc.check(
      fc.asyncProperty(inputs, async (input) => {
        before(show(input));
        try {
          await holds(input);
        } catch (e) {
          problem = told(e);
          return false;
        }
        return true;
      }),
      { seed, numRuns },
    );
    return found.failed ? { source: show(found.counterexample![0]), problem } : undefined;
  };

/** Bytes with some of them changed, taken away, doubled or put in. */
export const damaged = (bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      bytes,
      edits: fc.array(
        fc.record({
          kind: fc.constantFrom("set", "cut", "double", "insert", "end"),
          at: fc.nat(),
          length: fc.integer({ min: 1, max: 40 }),
          value: fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.nat(255)),
        }),
        { minLength: 1, maxLength: 8 },
      ),
    })
    .map(({ bytes: whole, edits }) => {
      let out = [...whole];
      for (const e of edits) {
        const at = out.length ? e.at % out.length : 0;
        if (e.kind === "set") out.fill(e.value, at, at + Math.ceil(e.length / 10));
        else if (e.kind === "cut") out.splice(at, e.length);
        else if (e.kind === "double") out.splice(at, 0, ...out.slice(at, at + e.length));
        else if (e.kind === "insert") out.splice(at, 0, ...new Array<number>(e.length).fill(e.value));
        else out = out.slice(0, Math.max(at, 1));
      }
      return Uint8Array.from(out);
    });
