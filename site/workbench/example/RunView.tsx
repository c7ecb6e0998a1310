// The tabs under an example: Output, SQL, Results; Session and Database too where a live run has shown objects and tables.
// The same markup at build time and live.
import { lazy, type ReactElement, Suspense, useId, useState } from "react";
import type { RunModel } from "../model/run-model.ts";
import { statements } from "../model/run-model.ts";
import { Output } from "../panels/output/Output.tsx";
import type { PanelModel } from "../panels/registry.ts";
import { Results } from "../panels/results/Results.tsx";
import { Sql } from "../panels/sql/Sql.tsx";

const SqlPanel = lazy(() => import("../panels/sql/SqlPanel.tsx").then((m) => ({ default: m.SqlPanel })));
const SessionPanel = lazy(() =>
  import("../panels/session/SessionPanel.tsx").then((m) => ({ default: m.SessionPanel })),
);
const DatabasePanel = lazy(() =>
  import("../panels/database/DatabasePanel.tsx").then((m) => ({ default: m.DatabasePanel })),
);

export type Tab = "output" | "sql" | "results" | "session" | "database";

export interface RunViewProps {
  readonly run: RunModel;
  readonly first: Tab;
  /** What live panels may do; the page without a script has none. */
  readonly model?: PanelModel;
}

/** The tab to open first: what the example is about. */
export function firstTab(run: RunModel): Tab {
  return run.output.length > 0 || run.error || run.sql.length === 0 ? "output" : "sql";
}

export function RunView({ run, first, model }: RunViewProps): ReactElement {
  const [chosen, setTab] = useState<Tab>(first);
  const id = useId();
  const queries = statements(run).filter((s) => s.result?.columns).length;
  const seen = (kind: "session" | "tables"): boolean =>
    run.looks?.some((l) => l.kind === kind && (l.kind === "tables" || l.moment.objects.length > 0)) ?? false;
  const tabs: readonly (readonly [Tab, string])[] = [
    ["output", run.error ? "Output · error" : "Output"],
    ["sql", `SQL · ${statements(run).length}`],
    ["results", `Results · ${queries}`],
    ...(model && (seen("session") || chosen === "session") ? ([["session", "Session"]] as const) : []),
    ...(model && (seen("tables") || chosen === "database") ? ([["database", "Database"]] as const) : []),
  ];
  const tab = chosen;
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
          {(tab === t || !model || t === "output" || t === "sql") && (
            <Panel tab={t} run={run} {...(model ? { model } : {})} />
          )}
        </div>
      ))}
    </div>
  );
}

function Panel({
  tab,
  run,
  model,
}: {
  readonly tab: Tab;
  readonly run: RunModel;
  readonly model?: PanelModel;
}): ReactElement | null {
  switch (tab) {
    case "output":
      return (
        <Output
          run={run}
          {...(model ? { onLine: (file: string, line: number) => model.goto({ file, line }) } : {})}
        />
      );
    case "results":
      return <Results run={run} />;
    case "sql":
      if (!model) return <Sql run={run} />;
      // the list as the page has it, until its tools are there
      return (
        <Suspense fallback={<Sql run={run} />}>
          <SqlPanel model={model} />
        </Suspense>
      );
    default:
      return model ? (
        <Suspense fallback={<p className="mw-empty">Loading…</p>}>
          {tab === "session" ? <SessionPanel model={model} /> : <DatabasePanel model={model} />}
        </Suspense>
      ) : null;
  }
}
