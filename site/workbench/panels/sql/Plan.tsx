// How SQLite goes about a statement: EXPLAIN QUERY PLAN as a tree, each step in words.
import type { ReactElement } from "react";
import type { PlanStep } from "../../../../playground-engine/runtime/protocol.ts";

/** What a step means; undefined where its own text says it. */
function meaning(detail: string): { readonly text: string; readonly heavy: boolean } | undefined {
  if (/^SCAN\b/.test(detail)) {
    if (/USING COVERING INDEX/.test(detail))
      return { text: "reads a whole index, not the table", heavy: false };
    return { text: "reads every row", heavy: true };
  }
  if (/^SEARCH\b.*PRIMARY KEY/.test(detail)) return { text: "goes to the row by its key", heavy: false };
  if (/^SEARCH\b.*AUTOMATIC/.test(detail))
    return { text: "makes an index for this query alone: one of its own would save that", heavy: true };
  if (/^SEARCH\b.*INDEX/.test(detail)) return { text: "finds the rows by an index", heavy: false };
  if (/TEMP B-TREE FOR ORDER BY/.test(detail)) return { text: "sorts what it found", heavy: false };
  if (/TEMP B-TREE/.test(detail)) return { text: "gathers what it found in a temporary index", heavy: false };
  if (/^CORRELATED/.test(detail)) return { text: "runs again for every row", heavy: true };
  return undefined;
}

export function Plan({ steps }: { readonly steps: readonly PlanStep[] }): ReactElement {
  const children = (parent: number): ReactElement | null => {
    const own = steps.filter((s) => s.parent === parent);
    if (own.length === 0) return null;
    return (
      <ul className="mw-plan">
        {own.map((s) => {
          const m = meaning(s.detail);
          return (
            <li key={s.id}>
              <code className={m?.heavy ? "mw-plan-heavy" : undefined}>{s.detail}</code>
              {m && <span className="mw-plan-meaning"> {m.text}</span>}
              {children(s.id)}
            </li>
          );
        })}
      </ul>
    );
  };
  return children(0) ?? <p className="mw-empty">SQLite tells of no plan for this statement.</p>;
}
