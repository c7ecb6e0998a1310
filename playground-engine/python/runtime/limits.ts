// Every limit of a running program in one place, and the fuel that makes it stoppable.
//
// Calls and loop back edges burn fuel; when it is out, tick() looks at the clock and the stop flag. Both are settable
// between runs and while one runs (from a callback such as the output hook).
import { E, err, ProgramStop } from "./exceptions.ts";

/** The limits of a program where nobody sets others. */
export const DEFAULT_LIMITS = {
  /** sys.getrecursionlimit() */
  recursion: 1000,
  /** How many calls and back edges pass between two looks at the clock. */
  fuelStep: 20_000,
  /** Milliseconds a run may take; Infinity for no limit. */
  time: Infinity,
  /** Most elements a str, list, tuple or bytes may get from one operation: beyond it is a MemoryError. */
  size: 50_000_000,
  /** Most bytes the heap may take, where `fuel.heapUsed` can tell; beyond it is a MemoryError. */
  memory: 2_000_000_000,
  /** Most bits an int may have: beyond it is a MemoryError. */
  intBits: 30_000_000,
  /** Most decimal digits an int may be written with or read from; 0 for no limit. sys.set_int_max_str_digits() */
  intDigits: 4300,
  /** Most characters a program may print; whoever shows the output drops what comes after, and says so. */
  output: 1_000_000,
};

/** The limits in force. Programs change what sys lets them change. */
export const limits = { ...DEFAULT_LIMITS };

/** The most that sys.setrecursionlimit may ask for and still be counted; JavaScript's own stack usually ends first. */
export const MAX_RECURSION = 50_000;

export const fuel = {
  left: limits.fuelStep,
  deadline: Infinity,
  /** Asked to stop: by whom or why. */
  stop: undefined as string | undefined,
  /** Called at every look at the clock. */
  onTick: undefined as (() => void) | undefined,
  /** Bytes of the heap in use; undefined where it is not known. Looked at now and then. */
  heapUsed: (): number | undefined =>
    (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize,
};

let ticks = 0;

/** Start a run: the clock begins now. */
export function startClock(): void {
  fuel.left = limits.fuelStep;
  fuel.stop = undefined;
  fuel.deadline = limits.time === Infinity ? Infinity : performance.now() + limits.time;
}

/** Fuel is out: refill, or end the program. @throws ProgramStop */
export function tick(): void {
  fuel.left = limits.fuelStep;
  fuel.onTick?.();
  if (fuel.stop !== undefined) throw new ProgramStop(fuel.stop);
  if (fuel.deadline !== Infinity && performance.now() > fuel.deadline) throw new ProgramStop("time limit");
  if ((++ticks & 15) === 0 && (fuel.heapUsed() ?? 0) > limits.memory) throw err(E.MemoryError);
}

/** Refuse an allocation of this many elements before trying it. @throws MemoryError */
export function guardSize(elements: number): void {
  if (elements > limits.size) throw err(E.MemoryError);
}
