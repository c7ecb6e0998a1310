// The panels: what the last run printed and did. One model for all of them; one that fails does not take the others with it.
import { Component, type ReactElement, type ReactNode, Suspense, useMemo } from "react";
import { type PanelModel, panels } from "../../workbench/panels/registry.ts";
import type { Desk } from "../model/desk.ts";
import { Tabs } from "./Tabs.tsx";
import { useDesk, useDeskState } from "./use-desk.ts";

/** What panels may do, the same for all of a desk's models. */
function actionsOf(desk: Desk): Omit<PanelModel, "run" | "place" | "files" | "revision"> {
  return {
    workspace: true,
    light: (place) => desk.set({ lit: place }),
    goto: (place) => desk.goto(place),
    open: (path) => desk.openFile(path),
    write: (files, open) => {
      desk.change(new Map(files.map((f) => [f.path, f.content])));
      if (open !== undefined) desk.openFile(open);
    },
    ask: async (question) => {
      desk.tellEngine();
      const answer = await desk.client.ask(question);
      if (question.kind === "query" && answer !== null && typeof answer === "object" && "changed" in answer) {
        const { changed } = answer;
        if (changed.length > 0) desk.change(new Map(changed.map((c) => [c.path, c.content])), true);
      }
      return answer;
    },
    read: (paths) => {
      desk.tellEngine();
      return desk.client.read(paths);
    },
    type: (line) => desk.set({ typed: { id: (desk.state.typed?.id ?? 0) + 1, line }, pane: "terminal" }),
    rerun: (looks) => desk.runner.rerun(looks),
    compare: (looks) => desk.runner.compare(looks),
  };
}

export function PanelsPane(): ReactElement {
  const desk = useDesk();
  const { run, place, files, revision, panel } = useDeskState("run", "place", "files", "revision", "panel");
  const actions = useMemo(() => actionsOf(desk), [desk]);
  const model = useMemo<PanelModel>(
    () => ({ ...actions, run, place, files, revision }),
    [actions, run, place, files, revision],
  );
  const there = panels.filter((p) => p.shown?.(model) ?? true);
  const front = there.find((p) => p.id === panel) ?? there[0]!;
  return (
    <section className="pg-panels" aria-label="What the run showed">
      <Tabs
        label="Panels"
        prefix="pg-panel"
        items={there.map((p) => {
          const count = p.count?.(model) ?? null;
          return {
            id: p.id,
            label: (
              <>
                {p.title}
                {count !== null && count > 0 && <span className="pg-count">{count}</span>}
                {p.id === "output" && run.error && <span className="pg-count pg-count-bad">error</span>}
              </>
            ),
          };
        })}
        selected={front.id}
        onSelect={(id) => desk.set({ panel: id })}
      />
      <div
        role="tabpanel"
        id="pg-panel-panel"
        aria-labelledby={`pg-panel-tab-${front.id}`}
        className="pg-panelbody"
        data-panel={front.id}
        tabIndex={0}
      >
        {run.status === "none" && front.id === "output" ? (
          <Welcome />
        ) : (
          <Guard key={front.id}>
            <Suspense fallback={<p className="mw-empty">Loading…</p>}>
              <front.Panel model={model} />
            </Suspense>
          </Guard>
        )}
      </div>
    </section>
  );
}

function Welcome(): ReactElement {
  const desk = useDesk();
  const state = useDeskState("active", "files", "program");
  const target = desk.runner.target({ ...desk.state, ...state });
  const migrations = [...state.files.keys()].some((p) => p.endsWith("alembic.ini"));
  return (
    <div className="pg-welcome">
      <p>
        {target === null ? "Open a Python file and press " : `Press Run, or Ctrl+Enter in the editor, for `}
        <strong>{target ?? "Run"}</strong>. Output appears here; every statement it sends to the database is
        under SQL, with the line that caused it.
      </p>
      <p>
        {migrations
          ? "The terminal understands alembic: try alembic history, or alembic upgrade head."
          : "The terminal below understands python, alembic, sqlite3, pytest, ls and more: type help."}
      </p>
    </div>
  );
}

interface GuardState {
  readonly failed: string | null;
}

class Guard extends Component<{ readonly children: ReactNode }, GuardState> {
  override state: GuardState = { failed: null };

  static getDerivedStateFromError(error: unknown): GuardState {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.failed === null) return this.props.children;
    return (
      <div role="alert" className="mw-notice">
        <p>This panel failed: {this.state.failed}. Your files are not touched by it.</p>
        <button type="button" className="mw-button" onClick={() => this.setState({ failed: null })}>
          Show it again
        </button>
      </div>
    );
  }
}
