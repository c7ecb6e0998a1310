// The migration panel: the revision graph and where each database stands, what a revision changes, and commands for the terminal.
import { lazy, type ReactElement, Suspense, useEffect, useState } from "react";
import type {
  Failure,
  RevisionGraph,
  SchemaAnswer,
  ShownRevision,
} from "../../../../playground-engine/runtime/protocol.ts";
import { TableText } from "../database/Schema.tsx";
import type { PanelModel, PanelProps } from "../registry.ts";
import { differenceTexts, schemaDifferences } from "./differences.ts";
import "../database/database.css";
import "./migrations.css";

const RevisionsDiagram = lazy(() =>
  import("./RevisionsDiagram.tsx").then((m) => ({ default: m.RevisionsDiagram })),
);
const TablesDiagram = lazy(() =>
  import("../diagram/TablesDiagram.tsx").then((m) => ({ default: m.TablesDiagram })),
);

function useGraph(model: PanelModel, config: string | undefined): RevisionGraph | Failure | undefined {
  const [answer, setAnswer] = useState<RevisionGraph | Failure | undefined>();
  const { revision } = model;
  const { status } = model.run;
  useEffect(() => {
    if (config === undefined || status === "running") return undefined;
    let current = true;
    void model.ask({ kind: "revisions", config }).then((a) => {
      if (current) setAnswer(a ?? { error: "The engine ended before it answered." });
    });
    return () => {
      current = false;
    };
  }, [config, revision, status]);
  return answer;
}

export function MigrationsPanel({ model }: PanelProps): ReactElement {
  const configs = [...model.files.keys()].filter((p) => /(?:^|\/)alembic\.ini$/.test(p)).sort();
  const [config, setConfig] = useState<string | null>(null);
  const [view, setView] = useState<"graph" | "list">("graph");
  const [selected, setSelected] = useState<string | null>(null);
  const chosen = config !== null && configs.includes(config) ? config : configs[0];
  const graph = useGraph(model, chosen);
  if (chosen === undefined)
    return (
      <div className="mw-migrations">
        <p className="mw-empty">This workspace has no migrations yet. Begin them with</p>
        <Commands model={model} commands={["alembic init migrations"]} />
      </div>
    );
  const alembic = chosen === "alembic.ini" ? "alembic" : `alembic -c ${chosen}`;
  if (!graph) return <p className="mw-empty">Reading the revisions…</p>;
  if ("error" in graph) return <p className="mw-error-title">{graph.error}</p>;
  const revision = graph.revisions.find((r) => r.id === selected);
  const behind = graph.databases.filter((d) => d.unapplied.length > 0);
  return (
    <div className="mw-migrations">
      <div className="mw-dbbar">
        {configs.length > 1 && (
          <select
            className="mw-field"
            aria-label="Configuration"
            value={chosen}
            onChange={(e) => setConfig(e.currentTarget.value)}
          >
            {configs.map((c) => (
              <option key={c}>{c}</option>
            ))}
          </select>
        )}
        <div role="group" aria-label="How to show the revisions" className="mw-segments">
          {(["graph", "list"] as const).map((v) => (
            <button key={v} type="button" aria-pressed={view === v} data-view={v} onClick={() => setView(v)}>
              {v === "graph" ? "Graph" : "List"}
            </button>
          ))}
        </div>
        <ul className="mw-standing">
          {graph.databases.map((d) => (
            <li key={d.path}>
              <code>{d.path}</code>{" "}
              {d.at.length === 0
                ? "stands at no revision"
                : `at ${d.at.map((x) => x.slice(0, 12)).join(", ")}`}
              {d.unapplied.length > 0 &&
                `, ${d.unapplied.length} ${d.unapplied.length === 1 ? "revision" : "revisions"} behind`}
              {d.unknown.length > 0 && `; ${d.unknown.join(", ")} is in no file`}
            </li>
          ))}
        </ul>
      </div>
      {graph.revisions.length === 0 ? (
        <p className="mw-empty">No revisions yet.</p>
      ) : view === "graph" ? (
        <Suspense fallback={<p className="mw-empty">Loading the graph…</p>}>
          <RevisionsDiagram graph={graph} selected={selected} onSelect={setSelected} />
        </Suspense>
      ) : (
        <RevisionList graph={graph} selected={selected} onSelect={setSelected} />
      )}
      {graph.problems.map((p) => (
        <p key={p.file} className="mw-notice">
          <button type="button" className="mw-linklike" onClick={() => model.open(p.file)}>
            {p.file}
          </button>
          {p.message}
        </p>
      ))}
      {revision ? (
        <Revision key={revision.id} model={model} config={chosen} revision={revision} alembic={alembic} />
      ) : (
        <p className="mw-fact">Choose a revision to see its file, what it changes and what to do with it.</p>
      )}
      <p className="mw-dbtitle">For the terminal</p>
      <Commands
        model={model}
        commands={[
          ...(behind.length > 0 || graph.databases.length === 0
            ? [`${alembic} upgrade ${graph.heads.length > 1 ? "heads" : "head"}`]
            : []),
          ...(graph.databases.some((d) => d.at.length > 0) ? [`${alembic} downgrade -1`] : []),
          `${alembic} revision --autogenerate -m "describe the change"`,
          ...(graph.heads.length > 1 ? [`${alembic} merge heads -m "merge"`] : []),
          `${alembic} check`,
          `${alembic} history`,
          `${alembic} current`,
        ]}
      />
    </div>
  );
}

function Commands({
  model,
  commands,
}: {
  readonly model: PanelModel;
  readonly commands: readonly string[];
}): ReactElement {
  return (
    <ul className="mw-commands">
      {commands.map((c) => (
        <li key={c}>
          <button
            type="button"
            className="mw-command"
            title="Put this into the terminal"
            onClick={() => model.type(c)}
          >
            {c}
          </button>
        </li>
      ))}
    </ul>
  );
}

function RevisionList({
  graph,
  selected,
  onSelect,
}: {
  readonly graph: RevisionGraph;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}): ReactElement {
  return (
    <div className="mw-tablewrap" tabIndex={0} role="group" aria-label="Revisions, newest first">
      <table className="mw-objects">
        <thead>
          <tr>
            <th scope="col">Revision</th>
            <th scope="col">Message</th>
            <th scope="col">Follows</th>
            <th scope="col">Marks</th>
          </tr>
        </thead>
        <tbody>
          {graph.revisions.map((r) => (
            <tr key={r.id} className={r.id === selected ? "mw-touched" : undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="mw-linklike"
                  aria-pressed={r.id === selected}
                  onClick={() => onSelect(r.id)}
                >
                  <code>{r.id.slice(0, 12)}</code>
                </button>
              </th>
              <td>{r.message}</td>
              <td>
                <code>{r.down.map((d) => d.slice(0, 12)).join(", ")}</code>
                {r.depends.length > 0 && ` depends on ${r.depends.map((d) => d.slice(0, 12)).join(", ")}`}
                {r.down.length === 0 && "the beginning"}
              </td>
              <td>
                {[
                  r.isHead ? "head" : "",
                  r.isMerge ? "merge" : "",
                  r.isBranchPoint ? "branch point" : "",
                  ...r.labels.map((l) => `label ${l}`),
                  ...graph.databases.filter((d) => d.at.includes(r.id)).map((d) => `${d.path} is here`),
                ]
                  .filter(Boolean)
                  .join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Revision({
  model,
  config,
  revision,
  alembic,
}: {
  readonly model: PanelModel;
  readonly config: string;
  readonly revision: ShownRevision;
  readonly alembic: string;
}): ReactElement {
  const [schema, setSchema] = useState<SchemaAnswer | Failure | "asking" | undefined>();
  const file = revision.file.replace(/^\/workspace\//, "");
  const show = async (): Promise<void> => {
    setSchema("asking");
    setSchema(
      (await model.ask({ kind: "schema", config, revision: revision.id })) ?? {
        error: "The engine ended before it answered.",
      },
    );
  };
  return (
    <section className="mw-revision" aria-label={`Revision ${revision.id}`}>
      <p className="mw-dbtitle">
        {revision.id.slice(0, 12)} <span className="mw-revision-message">{revision.message}</span>
      </p>
      <p className="mw-revision-facts">
        <button type="button" className="mw-linklike" onClick={() => model.open(file)}>
          {file}
        </button>
        {revision.date && <span className="mw-fact">{revision.date}</span>}
        <button
          type="button"
          className="mw-button mw-small"
          disabled={schema === "asking"}
          onClick={() => void show()}
        >
          {schema === "asking" ? "Running the migrations…" : "Show what it changes"}
        </button>
      </p>
      <div role="status">
        {typeof schema === "object" &&
          ("error" in schema ? (
            <p className="mw-error-title">{schema.error}</p>
          ) : (
            <Changes answer={schema} />
          ))}
      </div>
      <Commands
        model={model}
        commands={[
          `${alembic} upgrade ${revision.id}`,
          `${alembic} downgrade ${revision.id}`,
          `${alembic} upgrade ${revision.id} --sql`,
          `${alembic} show ${revision.id}`,
        ]}
      />
    </section>
  );
}

function Changes({ answer }: { readonly answer: SchemaAnswer }): ReactElement {
  const [view, setView] = useState<"diagram" | "text">("diagram");
  const tables = schemaDifferences(answer.before, answer.after);
  const texts = differenceTexts(tables, answer.before);
  return (
    <div className="mw-changes">
      {answer.failed && <p className="mw-error-title">{answer.failed}</p>}
      <ul className="mw-indexes">
        {texts.length === 0 ? <li>It changes no table.</li> : texts.map((t) => <li key={t}>{t}</li>)}
      </ul>
      {tables.length > 0 && (
        <>
          <div role="group" aria-label="How to show the schema" className="mw-segments">
            {(["diagram", "text"] as const).map((v) => (
              <button key={v} type="button" aria-pressed={view === v} onClick={() => setView(v)}>
                {v === "diagram" ? "Diagram" : "Tables"}
              </button>
            ))}
          </div>
          {view === "diagram" ? (
            <Suspense fallback={<p className="mw-empty">Loading the diagram…</p>}>
              <TablesDiagram tables={tables} />
            </Suspense>
          ) : (
            <div className="mw-dbtables">
              {tables.map((t) => (
                <TableText key={t.table.name} table={t.table} difference={t.difference} columns={t.columns} />
              ))}
            </div>
          )}
        </>
      )}
    </div>
  );
}
