// What rooms keep in module variables between two programs, and how to forget it.
//
// A worker runs many programs one after the other. Whatever one program leaves behind in a module (listeners on a class,
// registered constructs, open sessions) would show in the next: a module with such a variable registers its reset here.
const resets: (() => void)[] = [];

/** Register what to do before a new program begins. */
export function onReset(fn: () => void): void {
  resets.push(fn);
}

/** Forget everything that earlier programs left. */
export function resetAll(): void {
  for (const fn of resets) fn();
}
