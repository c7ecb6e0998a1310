// The database panel: rows at the chosen step with what changed marked, the schema as text and as a diagram, a console for SQL of
// the reader's own, and the file itself, out and in.
import { lazy, type ReactElement, Suspense, useId, useRef, useState } from "react";
import { timeline } from "../../model/timeline.ts";
import type { PanelModel, PanelProps } from "../registry.ts";
import { StepBar, useShownStep } from "../steps/StepBar.tsx";
import { Console } from "./Console.tsx";
import { databaseName, databasesOf, titleOf } from "./names.ts";
import { RowsAt } from "./RowsAt.tsx";
import { Schema } from "./Schema.tsx";
import { useDatabase } from "./use-database.ts";
import { openDatabase } from "./open-file.ts";
import "./database.css";

const TablesDiagram = lazy(() =>
  import("../diagram/TablesDiagram.tsx").then((m) => ({ default: m.TablesDiagram })),
);

type View = "rows" | "schema" | "diagram" | "console";
const VIEWS: readonly (readonly [View, string])[] = [
  ["rows", "Rows"],
  ["schema", "Schema"],
  ["diagram", "Diagram"],
  ["console", "Console"],
];

export function DatabasePanel({ model }: PanelProps): ReactElement {
  const names = databasesOf(model);
  const [chosen, setChosen] = useState<string | null>(null);
  const [view, setView] = useState<View>("rows");
  const [written, setWritten] = useState(0);
  /** Rows as they are now, not as the run left them: of interest once the console has changed something. */
  const [current, setCurrent] = useState(false);
  const [message, setMessage] = useState("");
  const name = chosen !== null && names.includes(chosen) ? chosen : names[0];
  const now = useDatabase(model, name, written);
  const id = useId();
  return (
    <div className="mw-database">
      <div className="mw-dbbar">
        {names.length > 1 ? (
          <select
            className="mw-field"
            aria-label="Database"
            value={name}
            onChange={(e) => setChosen(e.currentTarget.value)}
          >
            {names.map((n) => (
              <option key={n} value={n}>
                {titleOf(n)}
              </option>
            ))}
          </select>
        ) : (
          <span className="mw-dbname">{name === undefined ? "" : titleOf(name)}</span>
        )}
        {name !== undefined && (
          <div role="group" aria-label="What to show of the database" className="mw-segments">
            {VIEWS.map(([v, label]) => (
              <button
                key={v}
                type="button"
                aria-pressed={view === v}
                data-view={v}
                onClick={() => setView(v)}
              >
                {label}
              </button>
            ))}
          </div>
        )}
        <span className="mw-dbactions">
          {name !== undefined && (
            <button
              type="button"
              className="mw-button mw-small"
              onClick={() => void download(model, name).then(setMessage)}
            >
              Download .sqlite
            </button>
          )}
          {model.workspace && <OpenFile model={model} onMessage={setMessage} />}
        </span>
      </div>
      <p role="status" className="mw-dbmessage">
        {message}
      </p>
      {name === undefined ? (
        <p className="mw-empty">
          {model.run.status === "running"
            ? "Running…"
            : "There is no database yet: run a program that writes one."}
        </p>
      ) : (
        <div id={`${id}-view`}>
          {view === "rows" && (
            <Rows
              model={model}
              database={name}
              now={now}
              written={written > 0}
              current={current}
              onCurrent={setCurrent}
            />
          )}
          {view === "schema" && <Schema answer={now} />}
          {view === "diagram" &&
            (now && "tables" in now ? (
              <Suspense fallback={<p className="mw-empty">Loading the diagram…</p>}>
                {now.tables.length > 0 ? (
                  <TablesDiagram tables={now.tables.map((table) => ({ table }))} />
                ) : (
                  <p className="mw-empty">No tables.</p>
                )}
              </Suspense>
            ) : (
              <Schema answer={now} />
            ))}
          {view === "console" && (
            <Console
              model={model}
              path={name}
              tables={now && "tables" in now ? now.tables.map((x) => x.name) : []}
              onWritten={() => setWritten((n) => n + 1)}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** Rows at the chosen step of the run, where it tells of this database; or as they are now. */
function Rows({
  model,
  database,
  now,
  written,
  current,
  onCurrent,
}: {
  readonly model: PanelModel;
  readonly database: string;
  readonly now: ReturnType<typeof useDatabase>;
  /** The console has changed something since. */
  readonly written: boolean;
  readonly current: boolean;
  readonly onCurrent: (current: boolean) => void;
}): ReactElement {
  const step = useShownStep(model);
  const followed = timeline(model.run).databases.some((d) => databaseName(d) === database);
  if (followed && step && !current)
    return (
      <>
        {written && (
          <p className="mw-moment">
            These are the rows as the run left them.{" "}
            <button type="button" className="mw-linklike" onClick={() => onCurrent(true)}>
              As they are now
            </button>
          </p>
        )}
        <StepBar model={model} />
        <RowsAt step={step} database={database} />
      </>
    );
  return (
    <>
      {followed && (
        <p className="mw-moment">
          These are the rows as they are now.{" "}
          <button type="button" className="mw-linklike" onClick={() => onCurrent(false)}>
            As the run left them
          </button>
        </p>
      )}
      <Schema answer={now} rows />
    </>
  );
}

/** Gives what to tell the reader. */
async function download(model: PanelModel, name: string): Promise<string> {
  const files = await model.read([name]);
  const content = files?.find((f) => f.path === name)?.content;
  if (content === undefined || typeof content === "string")
    return "The engine no longer has this database: run the program again.";
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type: "application/vnd.sqlite3" }));
  const a = document.createElement("a");
  a.href = url;
  a.download = name === ":memory:" ? "memory.sqlite" : name.split("/").at(-1)!.replace(/\.db$/, ".sqlite");
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return `${a.download}: ${Math.ceil(content.length / 1000)} KB.`;
}

function OpenFile({
  model,
  onMessage,
}: {
  readonly model: PanelModel;
  readonly onMessage: (text: string) => void;
}): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".sqlite,.sqlite3,.db,.db3,application/vnd.sqlite3"
        onChange={(e) => {
          const file = e.currentTarget.files?.[0];
          e.currentTarget.value = "";
          if (file) void openDatabase(model, file).then(onMessage);
        }}
      />
      <button type="button" className="mw-button mw-small" onClick={() => input.current?.click()}>
        Open a .sqlite file…
      </button>
    </>
  );
}
