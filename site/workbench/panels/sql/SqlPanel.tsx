// The SQL panel, live: filters, other databases' SQL, both directions between statement and source line.
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { PlanStep, ShownStatement } from "../../../../playground-engine/runtime/protocol.ts";
import { lineText, type RunModel, statements } from "../../model/run-model.ts";
import { type Placed, transactionGroups } from "../../model/statement-groups.ts";
import { setStep, useStep } from "../../model/step.ts";
import { stepOfEntry, timeline } from "../../model/timeline.ts";
import type { PanelProps } from "../registry.ts";
import { flatRows, placedOf, type RowProps } from "./Sql.tsx";
import { SqlList } from "./SqlList.tsx";
import { SqlTools, useSqlView } from "./SqlTools.tsx";
import { useAlso } from "./use-also.ts";

export function SqlPanel({ model }: PanelProps): ReactElement {
  const run = useUnhurried(model.run);
  const { view: shown, change, keep } = useSqlView();
  const [said, setSaid] = useState("");
  const step = useStep(run);
  const all = useMemo(() => statements(run), [run]);
  const rows = useMemo(() => flatRows(transactionGroups(run, keep)), [run, keep]);
  const plans = useMemo(() => plansOf(run), [run]);
  const also = useAlso(model, shown.dialect);
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
    inlined: shown.inlined,
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
  return (
    <div className="mw-sqlpanel">
      <SqlTools all={all} view={shown} change={change} filtered={keep !== undefined} />
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
      <SqlList rows={rows} view={view} model={model} />
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
