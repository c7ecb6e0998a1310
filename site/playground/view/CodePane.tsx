// Editor tabs and the editor. The text stands there as text until the editor has come, and if it never comes a text area does.
import { type ReactElement, useEffect, useRef, useState } from "react";
import {
  type WorkspaceEditor,
  type WorkspaceEditorOptions,
  workspaceEditor,
} from "../../workbench/editor/workspace-editor.ts";
import { plainWorkspaceEditor } from "../../workbench/editor/workspace-plain.ts";
import { isSqlite } from "../../../playground-engine/runtime/content.ts";
import { offer } from "../model/uploads.ts";
import { Icon } from "./icons.tsx";
import { Tabs } from "./Tabs.tsx";
import { useDesk, useDeskState } from "./use-desk.ts";

export function CodePane(): ReactElement {
  const desk = useDesk();
  const { tabs, active, files, record } = useDeskState("tabs", "active", "files", "record");
  const content = active === null ? undefined : files.get(active);
  const base = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  // two files of one name are told apart by their folders
  const double = (path: string): boolean => tabs.filter((t) => base(t) === base(path)).length > 1;
  return (
    <section className="pg-code" aria-label="Editor">
      <Tabs
        label="Open files"
        prefix="pg-file"
        className="pg-filetabs"
        items={tabs.map((path) => ({
          id: path,
          name: `${path}. Delete closes it.`,
          label: (
            <>
              <span>{double(path) ? path : base(path)}</span>
              <span className="pg-close" data-close title={`Close ${path}`}>
                <Icon name="close" />
              </span>
            </>
          ),
        }))}
        selected={active}
        onSelect={(path) => desk.openFile(path)}
        onClose={(path) => desk.closeTab(path)}
      />
      <div
        role="tabpanel"
        id="pg-file-panel"
        aria-labelledby={active === null ? undefined : `pg-file-tab-${active}`}
        aria-label={active === null ? "No file is open" : undefined}
        className="pg-codebody"
      >
        {active === null && <p className="mw-empty pg-pad">Open a file from the list, or make a new one.</p>}
        {active !== null && content instanceof Uint8Array && <Binary path={active} content={content} />}
        <div className="pg-editorhost" hidden={typeof content !== "string"}>
          <Editor key={record?.id} />
        </div>
      </div>
    </section>
  );
}

function Binary({ path, content }: { readonly path: string; readonly content: Uint8Array }): ReactElement {
  const desk = useDesk();
  const database = isSqlite(content);
  return (
    <div className="pg-binary">
      <p>
        <strong>{path}</strong> is {database ? "an SQLite database" : "not a text file"},{" "}
        {content.length.toLocaleString("en")} bytes.
      </p>
      <div className="pg-row">
        {database && (
          <button
            type="button"
            className="mw-button"
            onClick={() => desk.set({ panel: "database", pane: "panels" })}
          >
            Look into it
          </button>
        )}
        <button
          type="button"
          className="mw-button"
          onClick={() => offer(path.split("/").at(-1)!, content, "application/octet-stream")}
        >
          Download
        </button>
      </div>
    </div>
  );
}

/** Milliseconds of quiet after which a text is checked: what one types in one go is checked once. */
const CHECK_AFTER = 15;

function Editor(): ReactElement {
  const desk = useDesk();
  const { files, active, mine, lit, wanted, run, engine } = useDeskState(
    "files",
    "active",
    "mine",
    "lit",
    "wanted",
    "run",
    "engine",
  );
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<WorkspaceEditor | null>(null);
  const text = active === null ? undefined : files.get(active);

  useEffect(() => {
    let gone = false;
    let made: WorkspaceEditor | undefined;
    const options: WorkspaceEditorOptions = {
      container: host.current!,
      onChange: (path, now) => desk.edit(path, now),
      onLine: (file, line) => {
        const { place } = desk.state;
        if (place?.file !== file || place.line !== line) desk.set({ place: { file, line } });
      },
      onRun: () => void desk.runner.runFile(),
      help: {
        ask: async (about) => {
          // a question waits for a program that runs, and its answer would be old
          if (desk.client.state.state !== "ready") return undefined;
          desk.tellEngine();
          const answer = await desk.client.ask({ kind: "language", about });
          // answers are told apart by what was asked
          return answer as never;
        },
        open: ({ path, line }) => desk.goto({ file: path, line }),
      },
    };
    void workspaceEditor(options)
      .catch(() => {
        desk.notify(
          "plain",
          "The large editor could not be loaded; this is a plain one. Reload the page to try again.",
        );
        return plainWorkspaceEditor(options);
      })
      .then((e) => {
        if (gone) e.dispose();
        else {
          setEditor((made = e));
          desk.editor = e;
        }
      });
    return () => {
      gone = true;
      desk.editor = undefined;
      made?.dispose();
    };
  }, [desk]);

  useEffect(() => editor?.update(files), [editor, files]);
  useEffect(() => {
    if (editor && active !== null && typeof text === "string") editor.show(active, text);
  }, [editor, active, text]);
  useEffect(() => editor?.readOnly(!mine), [editor, mine]);
  useEffect(() => {
    if (editor && active !== null)
      editor.light(active, lit && (lit.file === "" || desk.pathOf(lit.file) === active) ? lit.line : null);
  }, [editor, lit, active, desk]);
  useEffect(() => {
    if (editor && wanted) editor.goto(wanted.file, wanted.line);
  }, [editor, wanted]);
  useEffect(() => {
    if (!editor) return;
    const at =
      run.status === "running" || !run.error ? null : (run.error.at ?? run.error.frames.at(-1) ?? null);
    const path = at && desk.pathOf(at.file);
    if (at && path !== undefined && path !== null) editor.mark(path, at);
    else editor.mark("", null);
  }, [editor, run.status, run.error, active, desk]);

  // faults underlined as one types, once the engine is there to find them
  const checks = useRef(0);
  useEffect(() => {
    if (!editor || active === null || !active.endsWith(".py") || typeof text !== "string") return;
    const mine = ++checks.current;
    const timer = setTimeout(() => {
      const { state } = desk.client.state;
      if (state !== "ready") return;
      void desk.client.ask({ kind: "check", path: active, source: text }).then((answer) => {
        if (answer && checks.current === mine) editor.problems(active, answer.problems);
      });
    }, CHECK_AFTER);
    return () => clearTimeout(timer);
  }, [editor, desk, active, text, engine.state]);

  return (
    <>
      {!editor && typeof text === "string" && (
        <pre className="pg-waiting" tabIndex={0} aria-label={`${active}, the editor is loading`}>
          {text}
        </pre>
      )}
      <div ref={host} className="pg-editor" data-editor={editor ? "ready" : "loading"} />
    </>
  );
}
