// Finds a page's fences in its Markdown; those that are run are ```python run session="a" title="demo.py" expect-error="IntegrityError"
//
// Expressive Code shows blocks one by one; a session needs all its cells at once, so the page's source is read here.

/** Any fence of a page. */
export interface PageFence {
  readonly language: string;
  readonly meta: ReadonlyMap<string, string>;
  readonly source: string;
  /** 1-based line of the opening fence in the page's file. */
  readonly line: number;
}

export interface Fence {
  /** Position among the page's runnable fences. */
  readonly index: number;
  readonly source: string;
  readonly title: string;
  readonly session: string | null;
  /** Name of the exception that ends it, where the page means it to. */
  readonly expectError: string | null;
  /** The tab that is open first: `tab="sql"`. */
  readonly tab: string | null;
  /** 1-based line of the opening fence in the page's file. */
  readonly line: number;
}

const OPENING = /^([ \t]*)(`{3,}|~{3,})([\w-]*)[ \t]*(.*)$/;

/** Attributes of an info string: `run`, `name="value"`, `name='value'`. */
export function parseMeta(meta: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const m of meta.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/g))
    out.set(m[1]!, m[2] ?? m[3] ?? m[4] ?? "");
  return out;
}

/** The fences of a page, in order. @throws Error naming the line of a fence that is never closed */
export function allFences(markdown: string): PageFence[] {
  const lines = markdown.split(/\r?\n/);
  const out: PageFence[] = [];
  for (let i = 0; i < lines.length; i++) {
    const m = OPENING.exec(lines[i]!);
    if (!m) continue;
    const [, indent, fence, language, info] = m as unknown as [string, string, string, string, string];
    const start = i;
    const body: string[] = [];
    while (++i < lines.length && lines[i]!.trim() !== fence)
      body.push(lines[i]!.startsWith(indent) ? lines[i]!.slice(indent.length) : lines[i]!.trimStart());
    if (i >= lines.length) throw new Error(`the fence that opens in line ${start + 1} is never closed`);
    out.push({ language, meta: parseMeta(info), source: body.join("\n"), line: start + 1 });
  }
  return out;
}

/** The Python examples of a page that are run, in order. @throws Error naming the line of a fence that is never closed */
export function fencesOf(markdown: string): Fence[] {
  return allFences(markdown)
    .filter((f) => f.language === "python" && f.meta.has("run"))
    .map(({ meta, source, line }, index) => ({
      index,
      source,
      title: meta.get("title") ?? `example ${index + 1}`,
      session: meta.get("session") ?? null,
      expectError: meta.get("expect-error") ?? null,
      tab: meta.get("tab") ?? null,
      line,
    }));
}

/** Examples by their session, in order; one without a session stands alone. */
export function sessionsOf<F extends Fence>(fences: readonly F[]): F[][] {
  return [...Map.groupBy(fences, (f) => f.session ?? `#${f.index}`).values()];
}
