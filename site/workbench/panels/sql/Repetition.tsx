// One line that emits the same statement again and again: how often, what it means, what mends it, and both ways side by side.
import { type ReactElement, useState } from "react";
import { type RunModel, statements as statementsOf } from "../../model/run-model.ts";
import type { Advice, Placed } from "../../model/statement-groups.ts";

/** Runs the program as written and with a relationship loaded eagerly. */
export type Compare = (
  subject: string,
) => Promise<{ readonly asWritten: RunModel; readonly eager: RunModel } | undefined>;

export function AdviceCard({
  advice,
  compare,
}: {
  readonly advice: Advice;
  readonly compare?: Compare | undefined;
}): ReactElement {
  const [state, setState] = useState<"idle" | "running" | "failed" | Awaited<ReturnType<Compare>>>("idle");
  const run = async (): Promise<void> => {
    setState("running");
    setState((await compare!(advice.subject!)) ?? "failed");
  };
  const [owner] = advice.subject?.split(".") ?? [];
  return (
    <div className="mw-advice">
      <p>{advice.text}</p>
      {advice.option && (
        <>
          <p>
            Load them together with the objects:{" "}
            <code>
              select({owner}).options({advice.option})
            </code>
          </p>
          {compare && (
            <p className="mw-advice-do">
              <button
                type="button"
                className="mw-button"
                disabled={state === "running"}
                onClick={() => void run()}
              >
                {state === "running" ? "Running both…" : "Run both ways"}
              </button>
            </p>
          )}
          <div role="status">
            {state === "failed" && <p>The engine stopped before both had run.</p>}
            {typeof state === "object" && <Both {...state} option={advice.option} />}
          </div>
        </>
      )}
    </div>
  );
}

function Both({
  asWritten,
  eager,
  option,
}: {
  readonly asWritten: RunModel;
  readonly eager: RunModel;
  readonly option: string;
}): ReactElement {
  const ways = [
    { name: "as written", run: asWritten },
    { name: `with ${option}`, run: eager },
  ].map((w) => ({ ...w, count: statementsOf(w.run).length }));
  const most = Math.max(1, ...ways.map((w) => w.count));
  const saved = ways[0]!.count - ways[1]!.count;
  return (
    <>
      <table className="mw-both">
        <caption className="sr-only">Statements of both runs</caption>
        <tbody>
          {ways.map((w) => (
            <tr key={w.name}>
              <th scope="row">{w.name}</th>
              <td className="mw-both-count">{w.count === 1 ? "1 statement" : `${w.count} statements`}</td>
              <td className="mw-both-bar" aria-hidden="true">
                <span style={{ inlineSize: `${(100 * w.count) / most}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mw-empty">
        {saved > 0
          ? `${saved === 1 ? "One statement" : `${saved} statements`} fewer. As written, their number grows with the rows; the other way it stays.`
          : "No fewer with these few rows. As written, their number grows with the rows; the other way it stays."}{" "}
        Here every query of the class was given the option, as lazy="selectin" on the relationship would.
      </p>
    </>
  );
}

/** All repetitions, one a line. */
export function Repetitions({
  statements,
  onGoto,
  active = true,
}: {
  readonly active?: boolean;
  readonly statements: readonly Placed[];
  readonly onGoto?: ((p: Placed) => void) | undefined;
}): ReactElement {
  const shown = statements.slice(0, 200);
  return (
    <details className="mw-rowsfold">
      <summary tabIndex={active ? 0 : -1}>All {statements.length}</summary>
      <ol className="mw-repeated">
        {shown.map((p) => (
          <li key={p.at}>
            {onGoto ? (
              <button type="button" className="mw-linklike" onClick={() => onGoto(p)}>
                <code className="mw-params">{p.entry.statement.params}</code>
              </button>
            ) : (
              <code className="mw-params">{p.entry.statement.params}</code>
            )}
            {p.entry.result && (
              <span className="mw-fact">
                {p.entry.result.columns
                  ? p.entry.result.fetched === 1
                    ? "1 row"
                    : `${p.entry.result.fetched} rows`
                  : ""}
              </span>
            )}
          </li>
        ))}
      </ol>
      {statements.length > shown.length && (
        <p className="mw-empty">
          The first {shown.length} of {statements.length}.
        </p>
      )}
    </details>
  );
}
