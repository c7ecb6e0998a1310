// The question "check": the syntax error of a text, where an editor can mark it.
import { check, parse, PySyntaxError } from "../../python/syntax/index.ts";
import { analyse } from "../../python/compile/scopes.ts";
import type { CheckAnswer, Question } from "../protocol.ts";

/** A column in code points as one in UTF-16 units, both from 1. */
function column(line: string, points: number): number {
  return [...line].slice(0, Math.max(0, points - 1)).join("").length + 1;
}

export function checkAnswer({ path, source }: Extract<Question, { kind: "check" }>): CheckAnswer {
  try {
    const tree = parse(source, path, "exec");
    check(tree);
    analyse(tree);
    return { problems: [] };
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    const lines = source.split("\n");
    const line = Math.min(Math.max(1, e.lineno ?? 1), Math.max(1, lines.length));
    const text = (lines[line - 1] ?? "").replace(/\r$/, "");
    const from = column(text, Math.max(1, e.offset ?? 1));
    const endLine = Math.max(line, e.endLineno ?? line);
    const endText = lines[endLine - 1] ?? text;
    const end = (e.endOffset ?? 0) > 0 ? column(endText, e.endOffset!) : from + 1;
    return {
      problems: [
        {
          message: e.message,
          line,
          column: from,
          endLine,
          endColumn: endLine === line ? Math.max(from + 1, end) : end,
        },
      ],
    };
  }
}
