// The terminal: a log that a screen reader reads as it grows, and a line to type in.
//
// Not a drawn screen of cells: nothing here moves a cursor, text can be selected and found, and phones keep their keyboard.
import { memo, type ReactElement, useId, useLayoutEffect, useRef } from "react";
import { ansiPieces } from "../model/ansi.ts";
import { HOME, type TerminalEntry } from "../model/state.ts";
import type { Desk } from "../model/desk.ts";
import { useDesk, useDeskState } from "./use-desk.ts";
import { useTerminalLine } from "./use-terminal-line.ts";

export function Terminal(): ReactElement {
  const desk = useDesk();
  const { terminal, terminalState, run, mine } = useDeskState("terminal", "terminalState", "run", "mine");
  const line = useTerminalLine();
  const { candidates } = line;
  const log = useRef<HTMLDivElement>(null);
  const hint = useId();

  useLayoutEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [terminal, candidates]);

  return (
    <section
      className="pg-terminal"
      aria-label="Terminal"
      onMouseUp={(e) => {
        // a click anywhere in it means the line, unless text was selected
        if (String(getSelection()) === "" && !(e.target as Element).closest("button, input"))
          line.input.current?.focus();
      }}
    >
      <div ref={log} role="log" aria-label="Terminal output" tabIndex={0} className="pg-log">
        {terminal.length === 0 && <p className="pg-loghint">{hintFor(desk)}</p>}
        {terminal.map((e) => (
          <Entry key={e.id} entry={e} />
        ))}
        {candidates && candidates.items.length > 0 && (
          <ul className="pg-candidates" aria-label="Completions">
            {candidates.items.slice(0, 60).map((c) => (
              <li key={c.label}>
                {c.label}
                {c.detail !== null && <span> {c.detail}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
      <form
        className="pg-prompt"
        onSubmit={(e) => {
          e.preventDefault();
          line.send();
        }}
      >
        <label>
          <span className="pg-cwd">{shortened(terminalState.cwd)}</span>
          <span className="sr-only"> command line</span>
          <span aria-hidden="true" className={terminalState.status === 0 ? undefined : "pg-bad"}>
            {" $"}
          </span>
          <input
            ref={line.input}
            value={line.text}
            disabled={!mine}
            aria-describedby={hint}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="send"
            data-terminal
            onChange={(e) => line.type(e.currentTarget.value)}
            onKeyDown={line.onKey}
          />
        </label>
        <span id={hint} className="sr-only">
          Enter sends, up and down arrows walk the history, Tab completes and a second Tab moves on, Control C
          stops, Control L clears.
        </span>
        {run.status === "running" && (
          <button type="button" className="mw-button mw-stop" onClick={() => desk.runner.stop()}>
            Stop
          </button>
        )}
      </form>
    </section>
  );
}

const Entry = memo(function Entry({ entry }: { readonly entry: TerminalEntry }): ReactElement {
  return (
    <div className="pg-entry" data-running={entry.exit === null ? "" : undefined}>
      <p className="pg-command">
        <span className="pg-cwd">{shortened(entry.cwd)}</span> <span aria-hidden="true">$</span> {entry.line}
      </p>
      {entry.pieces.length > 0 && (
        <pre>
          {entry.pieces.map((p, i) => (
            <span key={i} className={p.stream === "stdout" ? undefined : `pg-${p.stream}`}>
              {ansiPieces(p.text).map((a, j) =>
                a.style === "" ? (
                  a.text
                ) : (
                  <span key={j} className={a.style}>
                    {a.text}
                  </span>
                ),
              )}
            </span>
          ))}
        </pre>
      )}
      {entry.exit !== null && entry.exit !== 0 && <p className="pg-exit">exit status {entry.exit}</p>}
    </div>
  );
});

function hintFor(desk: Desk): string {
  const { files } = desk.state;
  const program = desk.runner.target(desk.state);
  const database = [...files.keys()].find((p) => /\.(db|sqlite3?)$/.test(p));
  const lines = ["help", "ls"];
  if (files.has("alembic.ini")) lines.push("alembic history", "alembic upgrade head");
  else if (program !== null) lines.push(`python ${program}`);
  if (database !== undefined) lines.push(`sqlite3 ${database} .tables`);
  return `Try: ${lines.join(" · ")}`;
}

function shortened(cwd: string): string {
  return cwd === HOME ? "~" : cwd.startsWith(`${HOME}/`) ? `~${cwd.slice(HOME.length)}` : cwd;
}
