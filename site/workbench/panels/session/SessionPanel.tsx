// The session panel: every object of the program's sessions through the run. Rows are objects, columns are moments; the slider
// chooses one, and the table below says in words what the picture shows.
import { memo, type ReactElement, useEffect, useMemo, useRef } from "react";
import type { ShownObject } from "../../../../playground-engine/runtime/protocol.ts";
import { type Step, type Timeline, timeline } from "../../model/timeline.ts";
import { happeningsTogether, isExpired, objectTitle } from "../../model/transitions.ts";
import type { PanelModel, PanelProps } from "../registry.ts";
import { goToStep, StepBar, useShownStep } from "../steps/StepBar.tsx";
import "./session.css";

/** Objects drawn; the table has all. */
const MOST_ROWS = 60;

export function SessionPanel({ model }: PanelProps): ReactElement {
  const { run } = model;
  const t = timeline(run);
  const step = useShownStep(model);
  if (t.objects.length === 0 || !step)
    return (
      <p className="mw-empty">
        {run.status === "running" ? "Running…" : "This run made and loaded no mapped objects."}
      </p>
    );
  const here = happeningsTogether(t, step);
  return (
    <div className="mw-session">
      <StepBar
        model={model}
        say={(s) =>
          happeningsTogether(t, s)
            .map((h) => `${h.title}: ${h.what}`)
            .join(". ")
        }
      />
      <Picture model={model} shown={step.index} />
      {t.cut.map((c) => (
        <p key={c} className="mw-notice">
          {c}
        </p>
      ))}
      <div className="mw-session-now">
        <Sessions step={step} />
        {here.length > 0 && (
          <ul className="mw-session-happens">
            {here.slice(0, FEW).map((h, i) => (
              <li key={i}>
                <strong>{h.title}</strong>: {h.what}
              </li>
            ))}
            {here.length > FEW && <li>and {here.length - FEW} more, listed below</li>}
          </ul>
        )}
      </div>
      <ObjectsTable step={step} />
      <details className="mw-rowsfold">
        <summary>The whole run in words</summary>
        <Story t={t} model={model} />
      </details>
    </div>
  );
}

/** Sessions in which something goes on; the others are counted. */
function Sessions({ step }: { readonly step: Step }): ReactElement {
  const holding = new Set([...step.objects.values()].map((o) => o.session));
  const busy = step.sessions.filter((s) => s.inTransaction || s.inactive || holding.has(s.id));
  const idle = step.sessions.length - busy.length;
  return (
    <p className="mw-session-sessions">
      {step.sessions.length === 0 && "No session yet."}
      {busy.map((s) => (
        <span key={s.id}>
          Session {s.id}:{" "}
          {s.inactive
            ? "waits for rollback()"
            : s.inTransaction
              ? `in a transaction${s.savepoints ? `, ${s.savepoints} savepoint${s.savepoints === 1 ? "" : "s"} deep` : ""}`
              : "no transaction"}
        </span>
      ))}
      {idle > 0 && (
        <span>
          {idle === 1 ? "1 session" : `${idle} sessions`}
          {busy.length > 0 ? " more," : ""} empty and without a transaction
        </span>
      )}
    </p>
  );
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly look: string;
  readonly label: string;
  readonly title: string;
}

/** How an object looks at a moment: a class name, and words short enough for a cell. */
function lookOf(o: ShownObject): { readonly look: string; readonly label: string } {
  if (o.marked && o.state === "persistent") return { look: "marked", label: "to be deleted" };
  if (o.state !== "persistent") return { look: o.state, label: o.state };
  if (o.changes.length)
    return { look: "changed", label: `${o.changes.map((c) => c.name).join(", ")} changed` };
  if (isExpired(o)) return { look: "expired", label: "expired" };
  return { look: "persistent", label: "persistent" };
}

/** Steps at which some object changed: the columns. */
function columnsOf(t: Timeline): Step[] {
  return t.steps.filter((s) => s.touched.size > 0);
}

interface Row {
  readonly ids: readonly number[];
  readonly class: string;
  readonly segments: readonly Segment[];
}

/**
 * A row for each object. One that the program let go of shares its row with a later one of the same identity: the gap between
 * them is the time in which nothing referred to it.
 */
function rowsOf(t: Timeline, columns: readonly Step[]): Row[] {
  const rows: { ids: number[]; class: string; key: string | null; segments: Segment[] }[] = [];
  const moved = new Set(columns.flatMap((c) => [...c.touched]));
  for (const o of t.objects) {
    // what earlier cells of the console left, and this one does not touch
    if (o.first < 0 && !moved.has(o.id)) continue;
    const segments = segmentsOf(o.id, columns);
    const last = columns.findLast((c) => c.objects.has(o.id))?.objects.get(o.id);
    const key = last?.key ?? null;
    const begins = segments[0]?.from ?? 0;
    const same = key === null ? undefined : rows.find((r) => r.class === o.class && r.key === key);
    if (same && (same.segments.at(-1)?.to ?? 0) <= begins) {
      same.ids.push(o.id);
      same.segments.push(...segments);
    } else if (rows.length < MOST_ROWS) rows.push({ ids: [o.id], class: o.class, key, segments });
  }
  return rows;
}

function segmentsOf(id: number, columns: readonly Step[]): Segment[] {
  const out: Segment[] = [];
  columns.forEach((c, i) => {
    const o = c.objects.get(id);
    if (!o) return;
    const { look, label } = lookOf(o);
    const last = out.at(-1);
    if (last && last.to === i && last.look === look && (last.label === label || !c.touched.has(id)))
      out[out.length - 1] = { ...last, to: i + 1 };
    else out.push({ from: i, to: i + 1, look, label, title: `${objectTitle(o)}: ${label}` });
  });
  return out;
}

function columnTitle(s: Step): string {
  if (s.entry === null) return s.label === "the session closes" ? "close" : s.label;
  const word = /^[A-Z]+/.exec(s.label)?.[0] ?? s.label;
  return word.length > 8 ? word.slice(0, 8) : word;
}

const Picture = memo(function Picture({
  model,
  shown,
}: {
  readonly model: PanelModel;
  readonly shown: number;
}): ReactElement {
  const t = timeline(model.run);
  const columns = useMemo(() => columnsOf(t), [t]);
  const rows = useMemo(() => rowsOf(t, columns), [t, columns]);
  const now = columns.findLastIndex((c) => c.index <= shown);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = scroller.current;
    const head = box?.querySelector<HTMLElement>(".mw-life-now");
    if (!box || !head) return;
    const left = head.offsetLeft - 140;
    if (left < box.scrollLeft || head.offsetLeft + head.offsetWidth > box.scrollLeft + box.clientWidth)
      box.scrollTo({ left: Math.max(0, left) });
  }, [now]);
  // the slider and the tables say all of it: this is for the eye and the pointer
  return (
    <div className="mw-life-scroll" ref={scroller} aria-hidden="true">
      <div
        className="mw-life"
        style={{
          gridTemplateColumns: `max-content repeat(${columns.length}, minmax(0, 1fr))`,
          inlineSize: `max(100%, ${8 + 5.4 * columns.length}rem)`,
        }}
      >
        <span className="mw-life-corner" />
        {columns.map((c, i) => (
          <span
            key={c.index}
            className={`mw-life-head${i === now ? " mw-life-now" : ""}${c.entry === null ? " mw-life-line" : ""}`}
            style={{ gridColumn: i + 2, gridRow: 1 }}
            title={c.label}
            onClick={() => goToStep(model, c.index)}
          >
            {columnTitle(c)}
          </span>
        ))}
        {now >= 0 && (
          <span
            className="mw-life-marker"
            style={{ gridColumn: now + 2, gridRow: `1 / ${rows.length + 2}` }}
          />
        )}
        {rows.map((o, r) => {
          const key = o.ids.map((id) => columns[now]?.objects.get(id)?.key).find((k) => k !== undefined);
          const ever = columns.findLast((c) => o.ids.some((id) => c.objects.get(id)?.key))?.objects;
          const known = o.ids.map((id) => ever?.get(id)?.key).find((k) => k != null);
          return [
            <span key={o.ids[0]} className="mw-life-name" style={{ gridColumn: 1, gridRow: r + 2 }}>
              {o.class}{" "}
              <span className="mw-life-key">{key === undefined ? (known ?? "new") : (key ?? "new")}</span>
            </span>,
            ...o.segments.map((s) => (
              <span
                key={`${o.ids[0]}-${s.from}`}
                className={`mw-life-bar mw-state-${s.look}`}
                style={{ gridColumn: `${s.from + 2} / ${s.to + 2}`, gridRow: r + 2 }}
                title={s.title}
                onClick={() => goToStep(model, columns[s.from]!.index)}
              >
                <span>{s.label}</span>
              </span>
            )),
          ];
        })}
      </div>
    </div>
  );
});

/** Objects that a step leaves alone are folded where there are more than these. */
const FEW = 20;

function ObjectsTable({ step }: { readonly step: Step }): ReactElement {
  const objects = [...step.objects.values()];
  if (objects.length === 0) return <p className="mw-empty">No objects at this step.</p>;
  if (objects.length <= FEW) return <Objects step={step} objects={objects} label="Objects at this step" />;
  const touched = objects.filter((o) => step.touched.has(o.id));
  const others = objects.filter((o) => !step.touched.has(o.id));
  return (
    <>
      {touched.length > 0 && <Objects step={step} objects={touched} label="Objects that this step changed" />}
      {others.length > 0 && (
        <details className="mw-rowsfold">
          <summary>
            {others.length} {touched.length > 0 ? "other objects" : "objects, none changed by this step"}
          </summary>
          <Objects step={step} objects={others} label="Objects that this step left alone" />
        </details>
      )}
    </>
  );
}

function Objects({
  step,
  objects,
  label,
}: {
  readonly step: Step;
  readonly objects: readonly ShownObject[];
  readonly label: string;
}): ReactElement {
  return (
    <div className="mw-tablewrap" tabIndex={0} role="group" aria-label={label}>
      <table className="mw-objects">
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">State</th>
            <th scope="col">Attributes</th>
          </tr>
        </thead>
        <tbody>
          {objects.map((o) => (
            <tr key={o.id} className={step.touched.has(o.id) ? "mw-touched" : undefined}>
              <th scope="row">
                {o.class} <span className="mw-life-key">{o.key ?? "new"}</span>
              </th>
              <td>
                <span className={`mw-statechip mw-state-${lookOf(o).look}`}>{o.state}</span>
                {isExpired(o) && o.state === "persistent" && <div className="mw-fact">expired</div>}
                {o.marked && o.state === "persistent" && <div className="mw-fact">to be deleted</div>}
                {o.session !== null && step.sessions.length > 1 && (
                  <div className="mw-fact">session {o.session}</div>
                )}
              </td>
              <td>
                <Attributes o={o} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Attributes({ o }: { readonly o: ShownObject }): ReactElement {
  const changed = new Map(o.changes.map((c) => [c.name, c]));
  const missing = o.changes.filter((c) => !o.values.some((v) => v.name === c.name));
  return (
    <>
      <dl className="mw-attributes">
        {o.values.map(({ name, value }) => {
          const c = changed.get(name);
          return (
            <div key={name} className={c ? "mw-attribute-changed" : undefined}>
              <dt>{name}</dt>
              <dd>
                {c && c.old !== "" && value.kind !== "other" && (
                  <>
                    <del>{c.old}</del>
                    <span aria-hidden="true"> → </span>
                  </>
                )}
                <span className={`mw-v-${value.kind}`}>{value.text}</span>
              </dd>
            </div>
          );
        })}
        {missing.map((c) => (
          <div key={c.name} className="mw-attribute-changed">
            <dt>{c.name}</dt>
            <dd>
              {c.old && <del>{c.old}</del>}
              {c.old && c.new ? <span aria-hidden="true"> → </span> : ""}
              {c.new && <ins>{c.new}</ins>}
            </dd>
          </div>
        ))}
      </dl>
      {o.expired.length > 0 && <p className="mw-fact">expired: {o.expired.join(", ")}</p>}
      {o.unloaded.length > 0 && (
        <p className="mw-fact">
          {o.state === "transient" || o.state === "pending" ? "not set" : "not loaded"}:{" "}
          {o.unloaded.join(", ")}
        </p>
      )}
    </>
  );
}

function Story({ t, model }: { readonly t: Timeline; readonly model: PanelModel }): ReactElement {
  return (
    <ol className="mw-story">
      {columnsOf(t).map((s) => (
        <li key={s.index}>
          <button type="button" className="mw-linklike" onClick={() => goToStep(model, s.index)}>
            Step {s.index + 1}, {s.label}
          </button>
          <ul>
            {happeningsTogether(t, s).map((h, i) => (
              <li key={i}>
                {h.title}: {h.what}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
