// The SQL panel, live: filters, other databases' SQL, both directions between statement and source line, and a list that is
// windowed where it is long.
//
// Arrow keys move from statement to statement, Enter goes to its source line, a click shows its moment in the other panels.
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { AlsoIn, PlanStep, ShownStatement } from "../../../../playground-engine/runtime/protocol.ts";
import { lineText, type RunModel, type StatementEntry, statements } from "../../model/run-model.ts";
import {
  kindOf,
  type Placed,
  type StatementKind,
  tablesOf,
  transactionGroups,
} from "../../model/statement-groups.ts";
import { setStep, useStep } from "../../model/step.ts";
import { stepOfEntry, timeline } from "../../model/timeline.ts";
import type { PanelModel, PanelProps } from "../registry.ts";
import { flatRows, type FlatRow, placedOf, RowContent, rowClass, type RowProps, SqlRows } from "./Sql.tsx";

/** Lists longer than this are windowed. */
const WHOLE = 150;

const KINDS: readonly (readonly [StatementKind, string])[] = [
  ["select", "SELECT"],
  ["insert", "INSERT"],
  ["update", "UPDATE"],
  ["delete", "DELETE"],
  ["ddl", "schema"],
  ["other", "other"],
];

const DIALECTS: readonly (readonly [string, string])[] = [
  ["sqlite", "SQLite"],
  ["postgresql", "PostgreSQL"],
  ["mysql", "MySQL"],
  ["mssql", "SQL Server"],
  ["oracle", "Oracle"],
];

export function SqlPanel({ model }: PanelProps): ReactElement {
  const run = useUnhurried(model.run);
  const [inlined, setInlined] = useState(false);
  const [text, setText] = useState("");
  const [kind, setKind] = useState<StatementKind | "">("");
  const [table, setTable] = useState("");
  const [dialect, setDialect] = useState("");
  const [said, setSaid] = useState("");
  const step = useStep(run);
  const all = useMemo(() => statements(run), [run]);
  const facts = useMemo(() => {
    const tables = new Set<string>();
    const kinds = new Set<StatementKind>();
    const seen = new Set<string>();
    for (const { statement: s } of all) {
      if (seen.size > 500) break;
      if (seen.has(s.sql)) continue;
      seen.add(s.sql);
      kinds.add(kindOf(s.sql));
      for (const t of tablesOf(s.sql)) tables.add(t);
    }
    return { tables: [...tables].sort(), kinds };
  }, [all]);
  const keep = useMemo(() => {
    if (text === "" && kind === "" && table === "") return undefined;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return ({ statement: s }: StatementEntry): boolean => {
      if (kind !== "" && kindOf(s.sql) !== kind) return false;
      if (table !== "" && !tablesOf(s.sql).includes(table)) return false;
      const hay = `${s.sql} ${s.params} ${s.cause} ${s.subject ?? ""} line ${s.line ?? ""}`.toLowerCase();
      return words.every((w) => hay.includes(w));
    };
  }, [text, kind, table]);
  const rows = useMemo(() => flatRows(transactionGroups(run, keep)), [run, keep]);
  const plans = useMemo(() => plansOf(run), [run]);
  const also = useAlso(model, dialect);
  const place = model.place;
  const lit = useCallback(
    (s: ShownStatement) =>
      place !== null &&
      s.line === place.line &&
      (place.file === "" || s.file === null || s.file.endsWith(place.file)),
    [place],
  );
  const until = step === null ? null : (timeline(run).steps[step]?.entries ?? null);
  const choose = (p: Placed): void => {
    const at = stepOfEntry(timeline(run), p.at);
    setStep(run, at < 0 ? null : at);
  };
  const go = (s: ShownStatement): void => {
    if (s.line !== null) model.goto({ file: s.file ?? "", line: s.line });
  };
  const copy = (sql: string): void => {
    void navigator.clipboard.writeText(sql).then(
      () => setSaid("Copied."),
      () => setSaid("The browser refused to copy."),
    );
  };
  const view: Omit<RowProps, "flat"> = {
    inlined,
    place: (file, line) => lineText(run, file, line),
    ...(also ? { also } : {}),
    plan: (sql) => plans.get(sql),
    onGoto: go,
    onCopy: copy,
    lit,
    until,
    onChoose: choose,
    compare: async (subject) => {
      const eager = await model.compare({ eager: [subject], moments: false, plans: false, scratch: true });
      const asWritten = eager && (await model.compare({ moments: false, plans: false, scratch: true }));
      return eager && asWritten ? { asWritten, eager } : undefined;
    },
  };
  if (run.sql.length === 0)
    return <p className="mw-empty">{run.status === "running" ? "Running…" : "No SQL was emitted."}</p>;
  const count = keep ? rows.reduce((n, r) => n + placedOf(r.row).length, 0) : all.length;
  // a few statements are seen at a glance
  const searched = all.length >= 8 || keep !== undefined;
  // a simulated database looks at its tables in SQLite's way first
  const asRun = (all.find((s) => s.statement.simulated) ?? all[0])?.statement.dialect ?? "sqlite";
  return (
    <div className="mw-sqlpanel">
      <div className="mw-sqltools" role="group" aria-label="Which statements, and how">
        {searched && (
          <input
            type="search"
            className="mw-field mw-sqlfilter"
            placeholder="Filter"
            aria-label="Filter statements by text"
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        )}
        {searched && facts.kinds.size > 1 && (
          <select
            className="mw-field"
            aria-label="Kind of statement"
            value={kind}
            onChange={(e) => setKind(e.currentTarget.value as StatementKind | "")}
          >
            <option value="">Every kind</option>
            {KINDS.filter(([k]) => facts.kinds.has(k)).map(([k, name]) => (
              <option key={k} value={k}>
                {name}
              </option>
            ))}
          </select>
        )}
        {searched && facts.tables.length > 1 && (
          <select
            className="mw-field"
            aria-label="Table"
            value={table}
            onChange={(e) => setTable(e.currentTarget.value)}
          >
            <option value="">Every table</option>
            {facts.tables.map((t) => (
              <option key={t}>{t}</option>
            ))}
          </select>
        )}
        <select
          className="mw-field"
          aria-label="Whose SQL"
          value={dialect}
          onChange={(e) => setDialect(e.currentTarget.value)}
        >
          <option value="">{DIALECTS.find(([d]) => d === asRun)?.[1] ?? asRun}, as it ran</option>
          {DIALECTS.filter(([d]) => d !== asRun).map(([d, name]) => (
            <option key={d} value={d}>
              in {name}
            </option>
          ))}
        </select>
        <label className="mw-check">
          <input
            type="checkbox"
            checked={inlined}
            disabled={dialect !== ""}
            onChange={(e) => setInlined(e.currentTarget.checked)}
          />
          Parameters inline
        </label>
      </div>
      <p className="mw-sqlcount" role="status">
        {said || (keep ? `${count} of ${all.length} statements` : "")}
      </p>
      {step !== null && (
        <p className="mw-moment">
          Shown as at step {step + 1} of {timeline(run).steps.length}: {timeline(run).steps[step]?.label}{" "}
          <button type="button" className="mw-linklike" onClick={() => setStep(run, null)}>
            Back to the end
          </button>
        </p>
      )}
      <List rows={rows} view={view} model={model} />
    </div>
  );
}

/** A run that is under way and already long is drawn anew now and then, not with every batch of events. */
function useUnhurried(run: RunModel): RunModel {
  const [shown, setShown] = useState(run);
  const latest = useRef(run);
  latest.current = run;
  const hurry = run.status !== "running" || run.sql.length < 300 || shown.status !== "running";
  useEffect(() => {
    if (hurry) return undefined;
    const timer = setInterval(() => setShown(latest.current), 500);
    return () => clearInterval(timer);
  }, [hurry]);
  useEffect(() => {
    if (hurry) setShown(run);
  }, [hurry, run]);
  return hurry ? run : shown;
}

/** By text; a console tells of a plan in the cell that needed it first. */
function plansOf(run: RunModel): Map<string, readonly PlanStep[]> {
  const out = run.base ? plansOf(run.base) : new Map<string, readonly PlanStep[]>();
  for (const p of run.plans ?? []) out.set(p.sql, p.steps);
  return out;
}

interface ListProps {
  readonly rows: readonly FlatRow[];
  readonly view: Omit<RowProps, "flat">;
  readonly model: PanelModel;
}

/** Focus, pointer and keys of the list, whether windowed or not. */
function List({ rows, view, model }: ListProps): ReactElement {
  const root = useRef<HTMLDivElement>(null);
  const long = rows.length > WHOLE;
  const [current, setCurrent] = useState(-1);
  const firstStatement = rows.findIndex((r) => placedOf(r.row).length > 0);
  const tabStop = current >= 0 && current < rows.length ? current : firstStatement;
  const virtual = useVirtualizer({
    count: long ? rows.length : 0,
    getScrollElement: () => root.current,
    estimateSize: () => 96,
    overscan: 6,
    enabled: long,
  });
  const reveal = (index: number, focus: boolean): void => {
    const at = (): HTMLElement | null => root.current?.querySelector(`[data-row="${index}"]`) ?? null;
    const show = (): void => {
      const li = at();
      if (focus) li?.focus({ preventScroll: true });
      li?.scrollIntoView({ block: "nearest" });
    };
    if (!long || at()) show();
    else {
      virtual.scrollToIndex(index, { align: "center" });
      requestAnimationFrame(() => requestAnimationFrame(show));
    }
  };
  // what the cursor's line emitted, and the moment chosen elsewhere, come into view
  const { lit, until } = view;
  useLayoutEffect(() => {
    if (root.current?.contains(document.activeElement) || root.current?.matches(":hover")) return;
    const index =
      until != null
        ? rows.findIndex((r) => placedOf(r.row).some((p) => p.at === until - 1))
        : rows.findIndex((r) => placedOf(r.row).some((p) => lit?.(p.entry.statement)));
    const li = root.current?.querySelector(`[data-row="${index}"]`);
    if (index >= 0 && root.current && !(li && within(li, root.current)))
      if (long) virtual.scrollToIndex(index, { align: "center" });
      else if (li)
        root.current.scrollTop +=
          li.getBoundingClientRect().top - root.current.getBoundingClientRect().top - 40;
  }, [lit, until, rows]);
  const keys = (e: KeyboardEvent): void => {
    if ((e.target as Element).closest("button, input, select, summary, a, table, .mw-tablewrap")) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[e.key];
    if (step === undefined) {
      const s = e.key === "Enter" ? placedOf(rows[tabStop]!.row)[0]?.entry.statement : undefined;
      if (s) {
        e.preventDefault();
        view.onGoto?.(s);
      }
      return;
    }
    e.preventDefault();
    const stops = rows.flatMap((r, i) => (placedOf(r.row).length ? [i] : []));
    const now = stops.indexOf(tabStop);
    const next = stops[Math.min(stops.length - 1, Math.max(0, now + step))];
    if (next === undefined) return;
    setCurrent(next);
    reveal(next, true);
  };
  const item = (flat: FlatRow, index: number): Record<string, unknown> => {
    const placed = placedOf(flat.row)[0];
    if (!placed) return { "data-row": index };
    const s = placed.entry.statement;
    const light = (on: boolean) => (): void =>
      model.light(on && s.line !== null ? { file: s.file ?? "", line: s.line } : null);
    return {
      "data-row": index,
      "data-line": s.line ?? undefined,
      tabIndex: index === tabStop ? 0 : -1,
      onMouseEnter: light(true),
      onMouseLeave: light(false),
      onFocus: () => {
        setCurrent(index);
        light(true)();
      },
      onBlur: light(false),
      onClick: (e: { readonly target: EventTarget }) => {
        if (
          !(e.target as Element).closest("button, summary, details, a, .mw-advice") &&
          String(getSelection()) === ""
        )
          view.onChoose?.(placed);
      },
    };
  };
  if (!long)
    return (
      <div className="mw-sqllist" ref={root} onKeyDown={keys}>
        <SqlRows rows={rows} view={view} item={item} active={tabStop} />
      </div>
    );
  return (
    <div className="mw-sqllist mw-sqllist-long" ref={root} onKeyDown={keys}>
      <ol className="mw-statements" style={{ blockSize: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((v) => {
          const flat = rows[v.index]!;
          return (
            <li
              key={v.key}
              ref={virtual.measureElement}
              data-index={v.index}
              aria-setsize={rows.length}
              aria-posinset={v.index + 1}
              className={rowClass({ flat, ...view })}
              style={{ position: "absolute", insetInline: 0, transform: `translateY(${v.start}px)` }}
              {...item(flat, v.index)}
            >
              <RowContent flat={flat} {...view} active={v.index === tabStop} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function within(a: Element, b: Element): boolean {
  const [x, y] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return x.top >= y.top && x.bottom <= y.bottom;
}

/** Statements in another database's SQL, asked for one by one as they come into view. */
function useAlso(model: PanelModel, dialect: string): RowProps["also"] {
  const [answers, setAnswers] = useState<ReadonlyMap<string, readonly AlsoIn[] | null>>(new Map());
  const asked = useRef(new Set<string>());
  const wanted = useRef(new Map<string, ShownStatement>());
  useEffect(() => {
    asked.current.clear();
    setAnswers(new Map());
  }, [model.run]);
  useEffect(() => {
    for (const [sql, s] of wanted.current) {
      if (asked.current.has(sql)) continue;
      asked.current.add(sql);
      void model.ask({ kind: "also", statement: s.id, sql }).then((answer) => {
        setAnswers((now) => new Map(now).set(sql, answer ?? null));
      });
    }
    wanted.current.clear();
  });
  if (dialect === "") return undefined;
  return (s) => {
    const answer = answers.get(s.sql);
    if (answer === undefined) {
      wanted.current.set(s.sql, s);
      return { sql: null, note: "…" };
    }
    if (answer === null)
      return {
        sql: null,
        note: "As it ran: the engine no longer has this statement; run again to see it in other SQL.",
      };
    const found = answer.find((a) => a.dialect === dialect);
    return { sql: found?.sql ?? null, note: found?.error ?? null };
  };
}
