// Wrong programs: our error against CPython's, recorded by dump_ast.py --record from mistakes.txt.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check, parse, PySyntaxError } from "../../../../playground-engine/python/syntax/index.ts";
import { jsonLines } from "./compact.ts";

type Outcome = (string | number | null)[];

/** As CPython's exception has it: type, message, line, column, end line, end column, text. None for a right program. */
function outcome(source: string, mode: "exec" | "eval" | "single" = "exec"): Outcome {
  try {
    check(parse(source, "<snippet>", mode));
    return [];
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    const { kind, message, lineno, offset, endLineno, endOffset, text } = error;
    return [kind, message, lineno, offset, endLineno, endOffset, text];
  }
}

const recorded = jsonLines(readFileSync(new URL("recorded/mistakes.jsonl", import.meta.url), "utf8"));

test(`${recorded.length} mistakes get CPython's type, message and place`, () => {
  const wrong = (recorded as [string, ...Outcome][]).flatMap(([line, ...cpython]) => {
    const source = line.replaceAll("\\n", "\n").replaceAll("\\t", "\t") + "\n";
    const ours = outcome(source);
    return JSON.stringify(ours) === JSON.stringify(cpython) ? [] : [{ source, cpython, ours }];
  });
  expect(wrong).toEqual([]);
});

test("a mistake further on in the tokens outranks one of the grammar", () => {
  expect(outcome("f(a b)\nx = 'never ends\n")[1]).toBe("unterminated string literal (detected at line 2)");
  expect(outcome("f(a b)\nx = 1\n")[1]).toBe("invalid syntax. Perhaps you forgot a comma?");
});

test("an unclosed bracket is blamed once the reader has gone to the next line", () => {
  expect(outcome("total = (1 +\nprint(total)\n").slice(0, 4)).toEqual([
    "SyntaxError",
    "'(' was never closed",
    1,
    9,
  ]);
  expect(outcome("total = (1 + 2 3\n").slice(0, 4)).toEqual(["SyntaxError", "'(' was never closed", 1, 9]);
});

test("an expression and a prompt's statement have their own rules", () => {
  expect(outcome("2 +", "eval")).toEqual(["SyntaxError", "invalid syntax", 1, 0, 1, 0, "2 +"]);
  expect(outcome("x = 1", "eval").slice(0, 4)).toEqual(["SyntaxError", "invalid syntax", 1, 3]);
  expect(outcome("x\ny", "single")[1]).toBe("multiple statements found while compiling a single statement");
  expect(outcome("if x:\n  y\n", "single")).toEqual([]);
});

test("columns count characters, positions of nodes count bytes", () => {
  expect(outcome("é = 'ü'; é é\n").slice(0, 6)).toEqual(["SyntaxError", "invalid syntax", 1, 12, 1, 13]);
  const [, second] = parse("é = 1; é\n", "x", "exec").body;
  expect(second).toMatchObject({ col_offset: 8, end_col_offset: 10 });
});

test("a null byte is refused", () => {
  expect(outcome("x\0y")).toEqual([
    "SyntaxError",
    "source code string cannot contain null bytes",
    null,
    null,
    null,
    null,
    null,
  ]);
});
