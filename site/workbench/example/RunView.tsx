// The tabs under an example: Output, SQL, Results. The same markup at build time and live.
import { type ReactElement, useId, useState } from "react";
import type { RunModel } from "../model/run-model.ts";
import { statements } from "../model/run-model.ts";
import { Output } from "../panels/output/Output.tsx";
import { Results } from "../panels/results/Results.tsx";
import { Sql } from "../panels/sql/Sql.tsx";

export type Tab = "output" | "sql" | "results";

export interface RunViewProps {
  readonly run: RunModel;
  readonly first: Tab;
  readonly line?: number | null;
  readonly onLine?: (line: number | null) => void;
  readonly onGoto?: (file: string, line: number) => void;
}

/** The tab to open first: what the example is about. */
export function firstTab(run: RunModel): Tab {
  return run.output.length > 0 || run.error || run.sql.length === 0 ? "output" : "sql";
}

export function RunView({ run, first, line, onLine, onGoto }: RunViewProps): ReactElement {
  const [tab, setTab] = useState<Tab>(first);
  const [inlined, setInlined] = useState(false);
  const id = useId();
  const queries = statements(run).filter((s) => s.result?.columns).length;
  const tabs: readonly (readonly [Tab, string])[] = [
    ["output", run.error ? "Output · error" : "Output"],
    ["sql", `SQL · ${statements(run).length}`],
    ["results", `Results · ${queries}`],
  ];
  const move = (by: number): void => {
    const at = tabs.findIndex(([t]) => t === tab);
    const next = tabs[(at + by + tabs.length) % tabs.length]![0];
    setTab(next);
    document.getElementById(`${id}-tab-${next}`)?.focus();
  };
  return (
    <div className="mw-run">
      <div role="tablist" aria-label="What the run showed" className="mw-tabs">
        {tabs.map(([t, label]) => (
          <button
            key={t}
            type="button"
            role="tab"
            id={`${id}-tab-${t}`}
            aria-selected={tab === t}
            aria-controls={`${id}-panel-${t}`}
            tabIndex={tab === t ? 0 : -1}
            data-tab={t}
            onClick={() => setTab(t)}
            onKeyDown={(e) => {
              if (e.key === "ArrowRight") move(1);
              else if (e.key === "ArrowLeft") move(-1);
            }}
          >
            {label}
          </button>
        ))}
      </div>
      {tabs.map(([t]) => (
        <div
          key={t}
          role="tabpanel"
          id={`${id}-panel-${t}`}
          aria-labelledby={`${id}-tab-${t}`}
          hidden={tab !== t}
          className="mw-panel"
          data-panel={t}
        >
          {t === "output" && <Output run={run} {...(onGoto ? { onLine: onGoto } : {})} />}
          {t === "sql" && (
            <Sql
              run={run}
              inlined={inlined}
              onInlined={setInlined}
              line={line ?? null}
              {...(onLine ? { onLine } : {})}
            />
          )}
          {t === "results" && <Results run={run} />}
        </div>
      ))}
    </div>
  );
}
