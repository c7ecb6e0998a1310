// An expression back to text, as `from __future__ import annotations` shows it.
import { expect, test } from "vitest";
import { floatRepr, parse, unparse } from "../../../../playground-engine/python/syntax/index.ts";

const back = (source: string): string => unparse(parse(source, "x", "eval").body);

test.each([
  "list[int]", "dict[str, tuple[int, ...]]", "int | None", "Callable[[int], str]", "Literal['a', \"it's\"]",
  "Mapped[list['Address']]", "a.b.c[d](e, *f, g=h, **i)", "(yield)", "1 .real", "x[1:2, ::3]", "x[1,]", "()", "(1,)",
  "a if b else c", "(a if b else c) if d else e", "not a and (b or c)", "a < b <= c is not d not in e",
  "-a ** (-b)", "(-a) ** b", "(a ** b) ** c", "a - (b - c)", "a @ b // c % d", "~(a | b) & c ^ d << 2",
  "{**a, 1: 2}", "{1, *b}", "[x async for x in y if z if w]", "{k: v for k, v in d.items()}", "sum(x for x in y)",
  "(await x).y", "lambda x, /, y=1, *z, k, **w: x", "lambda: 0", "f(a, (b for c in d))",
  "b'\\x00\\'\"'", "1e+16", "1e-05", "2.5j", "...", "u'x'", "12345678901234567890", "f'{x!r:>{w}}{{}}'", "f'{ {1: 2}}'",
])("%s stays as it is", (source) => {
  expect(back(source)).toBe(source);
}); // prettier-ignore

test.each([
  ["((a))", "a"],
  ["'a' 'b'", "'ab'"],
  ["0x10", "16"],
  ["1e400", "1e309"],
  ["a   +b", "a + b"],
  ["(a, b)", "(a, b)"],
  ["x[(a, b)]", "x[a, b]"],
  ["lambda *a: 0", "lambda*a: 0"],
  ["'\\u2028\\x07é🐍'", "'\\u2028\\x07é🐍'"],
  ["(x := 1)", "(x := 1)"],
  ["f\"{x['a']}\"", "f\"{x['a']}\""],
])("%s becomes %s", (source, text) => {
  expect(back(source)).toBe(text);
});

test.each([
  [0.1, "0.1"],
  [1, "1.0"],
  [1e16, "1e+16"],
  [123456789012345680, "1.2345678901234568e+17"],
  [1e15, "1000000000000000.0"],
  [0.0001, "0.0001"],
  [0.00001234, "1.234e-05"],
  [-0, "-0.0"],
  [-2.5, "-2.5"],
  [5e-324, "5e-324"],
  [9007199254740993, "9007199254740992.0"],
  [Infinity, "inf"],
])("%d has the repr %s", (value, repr) => {
  expect(floatRepr(value)).toBe(repr);
});
