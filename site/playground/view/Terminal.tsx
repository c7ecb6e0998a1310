// The terminal: a log that a screen reader reads as it grows, and a line to type in.
//
// Not a drawn screen of cells: nothing here moves a cursor, text can be selected and found, and phones keep their keyboard.
// Up and Down walk the history, Tab completes (twice without effect it moves on), Ctrl+C stops, Ctrl+L clears.
import {
  type KeyboardEvent,
  memo,
  type ReactElement,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { ansiPieces } from "../model/ansi.ts";
import { HOME, type TerminalEntry } from "../model/state.ts";
import type { Desk } from "../model/desk.ts";
import { useDesk, useDeskState } from "./use-desk.ts";

interface Candidates {
  /** The line that they are for. */
  readonly line: string;
  readonly items: readonly { readonly label: string; readonly detail: string | null }[];
}

export function Terminal(): ReactElement {
  const desk = useDesk();
  const { terminal, terminalState, run, record, typed, mine } = useDeskState(
    "terminal",
    "terminalState",
    "run",
    "record",
    "typed",
    "mine",
  );
  const [line, setLine] = useState("");
  const [back, setBack] = useState(0);
  const [draft, setDraft] = useState("");
  const [candidates, setCandidates] = useState<Candidates | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const hint = useId();
  const history = record?.history ?? [];
  const busy = run.status === "running";

  useEffect(() => {
    if (!typed) return;
    setLine(typed.line);
    input.current?.focus();
  }, [typed]);

  useLayoutEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [terminal, candidates]);

  /** The cursor goes there once the line is drawn, unless something else was typed meanwhile. */
  const moveTo = (text: string, end: number): void => {
    requestAnimationFrame(() => {
      if (input.current?.value === text) input.current.setSelectionRange(end, end);
    });
  };
  const put = (text: string): void => {
    setLine(text);
    moveTo(text, text.length);
  };
  const send = (): void => {
    if (busy) return;
    setCandidates(null);
    setBack(0);
    setLine("");
    void desk.runner.command(line);
  };
  const walk = (to: number): void => {
    if (to < 0 || to > history.length) return;
    if (back === 0) setDraft(line);
    setBack(to);
    put(to === 0 ? draft : history[history.length - to]!);
  };
  const complete = async (): Promise<void> => {
    const at = input.current?.selectionStart ?? line.length;
    desk.tellEngine();
    const answer = await desk.client.ask({ kind: "complete", line, cursor: at, state: terminalState });
    if (!answer || input.current?.value !== line) return;
    const only = answer.candidates.length === 1 ? answer.candidates[0]! : null;
    const text = only ? only.text + (only.done ? " " : "") : answer.common;
    const before = line.slice(0, answer.from);
    if (text !== "" && text.length >= answer.to - answer.from) {
      const whole = before + text + line.slice(answer.to);
      setLine(whole);
      moveTo(whole, (before + text).length);
    }
    setCandidates({
      line: text === "" ? line : before + text + line.slice(answer.to),
      items: only ? [] : answer.candidates,
    });
  };
  const onKey = (e: KeyboardEvent<HTMLInputElement>): void => {
    const field = e.currentTarget;
    if (e.ctrlKey && e.key === "c" && field.selectionStart === field.selectionEnd) {
      e.preventDefault();
      if (busy) desk.runner.stop();
      else {
        desk.runner.abandon(line);
        setLine("");
        setBack(0);
      }
    } else if (e.ctrlKey && e.key === "l") {
      e.preventDefault();
      desk.runner.clear();
    } else if (e.key === "ArrowUp") {
      e.preventDefault();
      walk(back + 1);
    } else if (e.key === "ArrowDown") {
      e.preventDefault();
      walk(back - 1);
    } else if (e.key === "Tab" && !e.shiftKey && line.trim() !== "" && candidates?.line !== line) {
      e.preventDefault();
      void complete();
    } else if (e.key === "Escape") {
      // the next Tab leaves
      setCandidates({ line, items: [] });
    }
  };
  return (
    <section
      className="pg-terminal"
      aria-label="Terminal"
      onMouseUp={(e) => {
        // a click anywhere in it means the line, unless text was selected
        if (String(getSelection()) === "" && !(e.target as Element).closest("button, input"))
          input.current?.focus();
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
          send();
        }}
      >
        <label>
          <span className="pg-cwd">{shortened(terminalState.cwd)}</span>
          <span className="sr-only"> command line</span>
          <span aria-hidden="true" className={terminalState.status === 0 ? undefined : "pg-bad"}>
            {" $"}
          </span>
          <input
            ref={input}
            value={line}
            disabled={!mine}
            aria-describedby={hint}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="send"
            data-terminal
            onChange={(e) => {
              setLine(e.currentTarget.value);
              setCandidates(null);
            }}
            onKeyDown={onKey}
          />
        </label>
        <span id={hint} className="sr-only">
          Enter sends, up and down arrows walk the history, Tab completes and a second Tab moves on, Control C
          stops, Control L clears.
        </span>
        {busy && (
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
