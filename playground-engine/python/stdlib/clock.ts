// The program's clock. Nothing in the playground waits: sleeping moves this clock on, and the program goes on at once.
//
// One clock for time.sleep, asyncio and threading timers, so that what a program measures agrees with what it slept.

export const clock = { offset: 0 };
const START = performance.now();

/** Seconds since 1970, with all that was slept. */
export function now(): number {
  return Date.now() / 1000 + clock.offset;
}

/** Seconds since some moment, with all that was slept; never goes back. */
export function monotonic(): number {
  return 1000 + (performance.now() - START) / 1000 + clock.offset;
}

/** Let this many seconds pass. */
export function sleep(seconds: number): void {
  clock.offset += seconds;
}
