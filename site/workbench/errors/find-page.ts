// Which pages speak of an exception: by its class and a pattern of its message.

export interface ErrorPage {
  readonly id: string;
  readonly title: string;
  readonly class: string;
  /** A regular expression; empty for the class alone. */
  readonly match: string;
}

/** "sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) UNIQUE …" in its parts; without a class before it, a message alone. */
export function errorIn(text: string): { readonly type: string; readonly message: string } {
  const plain = text.replace(/\s+/g, " ").trim();
  const m = /^(?:[\w]+\.)*([A-Z]\w*(?:Error|Warning|Exception|Found|Greenlet|Detected)): ?(.*)$/.exec(plain);
  return m ? { type: m[1]!, message: m[2]! } : { type: "", message: plain };
}

/** Pages for an exception, those that know its message before those that know its class alone. */
export function pagesFor(
  error: { readonly type: string; readonly message: string },
  pages: readonly ErrorPage[],
): ErrorPage[] {
  const message = error.message.replace(/\s+/g, " ");
  const matches = (p: ErrorPage): boolean => {
    try {
      // whichever driver raised it, and whether or not its name was pasted with the message
      const pattern = p.match.replace(/\\\(sqlite3\\\.\w+\\\) /g, "");
      return pattern !== "" && new RegExp(pattern, "i").test(message);
    } catch {
      return false;
    }
  };
  const own = pages.filter((p) => p.class === error.type && matches(p));
  return own.length > 0
    ? own
    : pages.filter((p) => p.class !== error.type && p.match.length > 20 && matches(p));
}

let loading: Promise<readonly ErrorPage[]> | undefined;

/** The index of the site; empty where it cannot be had. */
export function errorPages(): Promise<readonly ErrorPage[]> {
  const base = import.meta.env.BASE_URL.replace(/\/?$/, "/");
  loading ??= fetch(`${base}errors.json`)
    .then((r) => (r.ok ? (r.json() as Promise<readonly ErrorPage[]>) : []))
    .catch(() => []);
  return loading;
}
