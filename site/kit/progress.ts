// What a reader has done, kept in this browser: exercises passed, pages marked read, and where they were last.
//
// Kept under one key of localStorage. Where storage is refused nothing is kept and nothing breaks. Written out and read in as a file
// of JSON (`mapped-progress`), version 1.

export interface Progress {
  readonly version: 1;
  /** "exercise:ID" or "page:SLUG" → when, as an ISO date. */
  readonly done: Readonly<Record<string, string>>;
  /** The page of the course that was open last. */
  readonly last: { readonly path: string; readonly title: string } | null;
}

const KEY = "mapped:progress";
const NOTHING: Progress = { version: 1, done: {}, last: null };

/** A progress in this text. @throws Error saying why it is none */
export function parseProgress(text: string): Progress {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error("This is not a file of progress: it holds no JSON.");
  }
  if (typeof found !== "object" || found === null || (found as Progress).version !== 1)
    throw new Error("This is not a file of progress of this site.");
  const { done, last } = found as { done?: unknown; last?: unknown };
  const entries = Object.entries(typeof done === "object" && done !== null ? done : {}).filter(
    ([key, when]) => /^(exercise|page):[\w/.-]+$/.test(key) && typeof when === "string",
  );
  const place = last as { path?: unknown; title?: unknown } | null;
  return {
    version: 1,
    done: Object.fromEntries(entries) as Record<string, string>,
    last:
      place &&
      typeof place.path === "string" &&
      /^[\w/-]*$/.test(place.path) &&
      typeof place.title === "string"
        ? { path: place.path, title: place.title }
        : null,
  };
}

export function progress(): Progress {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? NOTHING : parseProgress(text);
  } catch {
    return NOTHING;
  }
}

const listeners = new Set<() => void>();

function keep(p: Progress): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(p));
  } catch {
    // storage refused or full: it is forgotten with the page
  }
  for (const l of listeners) l();
}

/** Be told when the progress changes, here or in another tab. */
export function onProgress(listener: () => void): void {
  listeners.add(listener);
  addEventListener("storage", (e) => {
    if (e.key === KEY) listener();
  });
}

export function markDone(key: string, done = true): void {
  const p = progress();
  if ((p.done[key] !== undefined) === done) return;
  const { [key]: _, ...others } = p.done;
  keep({ ...p, done: done ? { ...others, [key]: new Date().toISOString() } : others });
}

export function rememberPlace(path: string, title: string): void {
  keep({ ...progress(), last: { path, title } });
}

/** Both: what is done in either is done. */
export function takeIn(p: Progress): void {
  const own = progress();
  keep({ version: 1, done: { ...p.done, ...own.done }, last: p.last ?? own.last });
}

export function forgetProgress(): void {
  keep(NOTHING);
}
