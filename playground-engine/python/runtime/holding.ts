// What native code holds while it runs: objects that a walk from the program's variables (liveness.ts) does not see, because they
// are only in JavaScript's own variables: rows that are being loaded, a list that list() is filling.
//
// Whatever a native function was given back by Python code, and whatever the ORM hands out, is held until the frame that called
// the native function goes on.
import { lines, MARK } from "./frames.ts";
import type { Value } from "./object.ts";

/** By depth of the frame that called; what is there counts while the frame's position has the mark. */
const byFrame: (Set<object> | undefined)[] = [];

const watch = { on: false };

/** Hold objects from now on: for programs in which somebody asks what is alive. */
export function watchObjects(on: boolean): void {
  watch.on = on;
  byFrame.length = 0;
}

/** What the native code that the innermost frame called holds. */
export function holdings(): Set<object> {
  const s = lines[0]!;
  if (s === 0) return new Set(); // no program runs
  const known = byFrame[s];
  if (known !== undefined && (lines[s]! & MARK) !== 0) return known;
  lines[s]! |= MARK;
  return (byFrame[s] = new Set());
}

/** Hold an object until the innermost frame goes on. */
export function hold(o: object): void {
  watch.on = true;
  holdings().add(o);
}

/** A value that Python code gave to native code. */
export function held<V extends Value | undefined>(v: V): V {
  if (watch.on && typeof v === "object" && v !== null) holdings().add(v as object);
  return v;
}

/** Objects held for any running frame, by frame. */
export function* allHoldings(): Iterable<ReadonlySet<object>> {
  for (let s = lines[0]!; s > 0; s--) if ((lines[s]! & MARK) !== 0 && byFrame[s]) yield byFrame[s]!;
}
