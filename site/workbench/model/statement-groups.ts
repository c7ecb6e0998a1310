// The statements of a run as a reader should see them: bracketed by transaction, gathered by what caused them, and what one line
// emits again and again folded into one. Also what such repetition means, where it is the N+1 problem.
import type { RunModel, StatementEntry, TransactionEntry } from "./run-model.ts";

/** A statement with its place among the run's SQL entries. */
export interface Placed {
  readonly entry: StatementEntry;
  readonly at: number;
}

export type GroupRow =
  | { readonly kind: "boundary"; readonly entry: TransactionEntry; readonly at: number }
  /** What the statements below, up to the next cause or boundary, were emitted for. */
  | {
      readonly kind: "cause";
      readonly cause: string;
      readonly file: string | null;
      readonly line: number | null;
      readonly count: number;
    }
  /** Statements that only look at the schema: one row of them. */
  | { readonly kind: "looking"; readonly statements: readonly Placed[] }
  | { readonly kind: "statement"; readonly first: Placed; readonly inCause: boolean }
  /** The same text from the same line, more than once. */
  | { readonly kind: "repeated"; readonly statements: readonly Placed[]; readonly inCause: boolean };

/** A stretch of a transaction; whole, unless another one's statements come in between. */
export interface TransactionGroup {
  /** Null for statements outside of any transaction. */
  readonly connection: number | null;
  readonly end: "commit" | "rollback" | null;
  /** Whether the transaction begins with this stretch, and whether it ends with it. */
  readonly opens: boolean;
  readonly closes: boolean;
  readonly rows: readonly GroupRow[];
}

interface Bracket {
  readonly connection: number | null;
  end: "commit" | "rollback" | null;
}
interface Stretch {
  readonly of: Bracket;
  readonly entries: (Placed | Mark)[];
}
interface Mark {
  readonly boundary: TransactionEntry;
  readonly at: number;
}

/** Statements that a boundary stands for already. */
const SAVEPOINT = /^\s*(?:savepoint|release savepoint|rollback to|save transaction|rollback transaction)\b/i;

/** Brackets from BEGIN to COMMIT or ROLLBACK, in the order of time. */
export function transactionGroups(run: RunModel, keep?: (s: StatementEntry) => boolean): TransactionGroup[] {
  const stretches: Stretch[] = [];
  /** Transactions by connection: one inside the other where two share what is below them. */
  const open = new Map<number, Bracket[]>();
  const outside: Bracket = { connection: null, end: null };
  run.sql.forEach((e, at) => {
    const connection = e.kind === "statement" ? e.statement.connection : e.connection;
    const brackets = open.get(connection) ?? [];
    if (e.kind === "transaction" && e.what === "begin") {
      brackets.push({ connection, end: null });
      open.set(connection, brackets);
    }
    const of = brackets.at(-1) ?? outside;
    let stretch = stretches.at(-1);
    if (stretch?.of !== of) stretches.push((stretch = { of, entries: [] }));
    if (e.kind === "statement") {
      const before = stretch.entries.at(-1);
      if (before && "boundary" in before && before.boundary.name !== null && SAVEPOINT.test(e.statement.sql))
        return;
      if (!keep || keep(e)) stretch.entries.push({ entry: e, at });
      return;
    }
    stretch.entries.push({ boundary: e, at });
    if (e.what === "commit" || e.what === "rollback") {
      of.end = e.what;
      brackets.pop();
    }
  });
  const kept = keep
    ? stretches.filter((x) => x.entries.some((e) => "entry" in e))
    : stretches.filter((x) => x.entries.length > 0);
  const first = new Map<Bracket, number>();
  const last = new Map(kept.map(({ of }, i) => [of, i]));
  kept.forEach(({ of }, i) => {
    if (!first.has(of)) first.set(of, i);
  });
  return kept.map(({ of, entries }, i) => ({
    connection: of.connection,
    end: of.end,
    opens: first.get(of) === i,
    closes: last.get(of) === i,
    rows: rowsOf(entries),
  }));
}

const GATHERED: ReadonlySet<string> = new Set(["flush", "autoflush", "bulk", "ddl", "migration", "connect"]);

/** What is asked of every statement's text, once a text: runs repeat theirs thousands of times. */
class Texts {
  private readonly known = new Map<
    string,
    { readonly id: number; readonly reads: boolean; readonly pragma: boolean }
  >();

  of(sql: string): { readonly id: number; readonly reads: boolean; readonly pragma: boolean } {
    let t = this.known.get(sql);
    if (!t) {
      const pragma = /^\s*pragma/i.test(sql);
      t = { id: this.known.size, pragma, reads: pragma || /^\s*(?:select|with)/i.test(sql) };
      this.known.set(sql, t);
    }
    return t;
  }
}

const keyOf = ({ entry: { statement: s } }: Placed, texts: Texts): string =>
  `${texts.of(s.sql).id} ${s.line} ${s.cause} ${s.subject} ${s.file}`;

/** How often a statement is repeated before it is folded. */
const enough = ({ entry: { statement: s } }: Placed, n: number): boolean =>
  s.cause === "lazy load" || s.cause === "refresh" || s.cause === "deferred load" ? n >= 2 : n >= 4;

/**
 * Which statements are repetitions of one another. Reads may have other reads between them (a loop that loads two things); writes
 * must follow each other.
 */
function repetitions(entries: readonly (Placed | Mark)[], texts: Texts): Map<Placed, Placed[]> {
  const out = new Map<Placed, Placed[]>();
  const open = new Map<string, Placed[]>();
  for (const e of entries) {
    if ("boundary" in e) {
      open.clear();
      continue;
    }
    const key = keyOf(e, texts);
    const same = open.get(key) ?? [];
    if (!texts.of(e.entry.statement.sql).reads) open.clear();
    same.push(e);
    open.set(key, same);
    out.set(e, same);
  }
  return out;
}

function rowsOf(entries: readonly (Placed | Mark)[]): GroupRow[] {
  const rows: GroupRow[] = [];
  const texts = new Texts();
  const repeated = repetitions(entries, texts);
  let cause: { readonly key: string; readonly at: number } | undefined;
  for (const e of entries) {
    if ("boundary" in e) {
      rows.push({ kind: "boundary", entry: e.boundary, at: e.at });
      cause = undefined;
      continue;
    }
    const s = e.entry.statement;
    const same = repeated.get(e)!;
    const folded = enough(e, same.length);
    if (s.cause === "reflection" || (s.cause === "execute" && texts.of(s.sql).pragma)) {
      const last = rows.at(-1);
      if (last?.kind === "looking") rows[rows.length - 1] = { ...last, statements: [...last.statements, e] };
      else rows.push({ kind: "looking", statements: [e] });
      cause = undefined;
      continue;
    }
    if (folded && same[0] !== e) continue;
    const key = GATHERED.has(s.cause) ? `${s.cause}\0${s.file}\0${s.line}` : undefined;
    if (key === undefined) cause = undefined;
    else if (key !== cause?.key) {
      cause = { key, at: rows.length };
      rows.push({
        kind: "cause",
        cause: s.cause,
        file: s.file,
        line: s.line,
        count: 0,
      });
    }
    if (cause) {
      const head = rows[cause.at] as Extract<GroupRow, { kind: "cause" }>;
      rows[cause.at] = { ...head, count: head.count + (folded ? same.length : 1) };
    }
    const inCause = cause !== undefined;
    rows.push(
      folded ? { kind: "repeated", statements: same, inCause } : { kind: "statement", first: e, inCause },
    );
  }
  // a cause of one statement says itself in the statement's own line
  return rows.filter((r) => r.kind !== "cause" || r.count > 1);
}

/** What repetition of a statement means. */
export interface Advice {
  /** "n+1" where an option mends it. */
  readonly kind: "n+1" | "repeated";
  /** "User.addresses" */
  readonly subject: string | null;
  readonly option: string | null;
  readonly text: string;
}

/** @param where the place of the statements, as it begins a sentence */
export function adviceFor(statements: readonly Placed[], where: string): Advice | null {
  const s = statements[0]!.entry.statement;
  const n = statements.length;
  if (s.cause === "lazy load" && s.subject !== null) {
    const [owner, attribute] = s.subject.split(".") as [string, string | undefined];
    if (attribute === undefined) return null;
    return {
      kind: "n+1",
      subject: s.subject,
      option: `selectinload(${s.subject})`,
      text: `${where} reads ${attribute} of one ${owner} after another, and each time the attribute is loaded by a SELECT of its own: ${n} here, and one more for every ${owner} that the query finds. This is the N+1 problem.`,
    };
  }
  if (s.cause === "refresh" && s.subject !== null)
    return {
      kind: "repeated",
      subject: s.subject,
      option: null,
      text: `${where} touches one expired ${s.subject} after another, and each is loaded again by itself: commit() expires every object. Session(expire_on_commit=False), or one query for all of them before the loop, saves these.`,
    };
  if (s.cause === "execute" && /^\s*select/i.test(s.sql) && n >= 3)
    return {
      kind: "repeated",
      subject: null,
      option: null,
      text: `${where} executes this SELECT ${n} times with other parameters. One query with IN (…), or a join, fetches all of it at once.`,
    };
  if (s.cause === "execute" && /^\s*insert/i.test(s.sql) && n >= 3)
    return {
      kind: "repeated",
      subject: null,
      option: null,
      text: `${where} inserts row by row. execute() with a list of dictionaries sends the rows together.`,
    };
  return null;
}

/** Kinds that a reader filters by. */
export type StatementKind = "select" | "insert" | "update" | "delete" | "ddl" | "other";

export function kindOf(sql: string): StatementKind {
  const word = /^\s*(?:\(\s*)*(\w+)/.exec(sql)?.[1]?.toLowerCase();
  switch (word) {
    case "select":
    case "with":
    case "values":
      return "select";
    case "insert":
    case "replace":
    case "merge":
      return "insert";
    case "update":
      return "update";
    case "delete":
      return "delete";
    case "create":
    case "drop":
    case "alter":
      return "ddl";
    default:
      return "other";
  }
}

const TABLE =
  /\b(?:from|join|into|update|table(?:\s+if\s+(?:not\s+)?exists)?)\s+((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?)/gi;

/** Tables that a statement names. */
export function tablesOf(sql: string): string[] {
  const out = new Set<string>();
  for (const [, name] of sql.matchAll(TABLE)) {
    const plain = name!.replaceAll('"', "");
    if (!/^(?:select|lateral|set)$/i.test(plain)) out.add(plain);
  }
  return [...out];
}
