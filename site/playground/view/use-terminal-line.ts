// The line that is typed in the terminal: its history, its completions, and what its keys do.
//
// Up and Down walk the history, Tab completes (twice without effect it moves on), Ctrl+C stops, Ctrl+L clears.
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useDesk, useDeskState } from "./use-desk.ts";

interface Candidates {
  /** The line that they are for. */
  readonly line: string;
  readonly items: readonly { readonly label: string; readonly detail: string | null }[];
}

export interface TerminalLine {
  readonly text: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly candidates: Candidates | null;
  readonly type: (text: string) => void;
  readonly send: () => void;
  readonly onKey: (e: KeyboardEvent<HTMLInputElement>) => void;
}

export function useTerminalLine(): TerminalLine {
  const desk = useDesk();
  const { terminalState, run, record, typed } = useDeskState("terminalState", "run", "record", "typed");
  const [line, setLine] = useState("");
  const [back, setBack] = useState(0);
  const [draft, setDraft] = useState("");
  const [candidates, setCandidates] = useState<Candidates | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const history = record?.history ?? [];
  const busy = run.status === "running";

  useEffect(() => {
    if (!typed) return;
    setLine(typed.line);
    input.current?.focus();
  }, [typed]);

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
  const type = (text: string): void => {
    setLine(text);
    setCandidates(null);
  };
  return { text: line, input, candidates, type, send, onKey };
}
