// Programs made at random, and what must hold for each: it ends, with a result or a Python exception, never with a fault
// of ours (a JavaScript error) and never later than its limit of time.
//
// Four kinds: words of the language in any order; programs of our tests with pieces deleted, doubled, swapped, replaced;
// source nested deeper than anybody writes; and calls of whatever a module holds with arguments it does not expect.
import fc from "fast-check";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  createInterpreter, installFileSystem, limits, MemoryFileSystem, runScript, writeFile,
} from "../../playground-engine/python/index.ts"; // prettier-ignore
import { isException, onFault } from "../../playground-engine/python/runtime/exceptions.ts";
import "../../playground-engine/python/stdlib/index.ts";
import type { Fault } from "./fault.ts";

const TESTS = fileURLToPath(new URL("../../test/engine/python", import.meta.url));

const WORDS = (
  "if else elif for in while def class return yield lambda not and or is import from as with try except finally pass " +
  "break continue del raise assert global nonlocal async await None True False x y foo print len range match case _ 0 1 " +
  "2.5 1j 0x1f 'a' \"b\" f'{x}' f'{x!r:>{y}}' b'c' '''d ( ) [ ] { } , : ; . = == := + - * ** / // % @ -> += |= ... ~ ! $ \\ # ? é 10**9 " +
  "self __init__ super int str list dict set tuple Exception ValueError"
).split(" ");
const LAYOUT = ["\n", "\n    ", "\n        ", "\n\t", " ", " "];

/** All Python files of our tests. */
function programs(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return programs(path);
    return name.endsWith(".py") && statSync(path).size < 20_000 ? [readFileSync(path, "utf8")] : [];
  });
}

const TOKEN =
  /[A-Za-z_]\w*|\d[\w.]*|'[^'\n]*'|"[^"\n]*"|\n[ \t]*|[ \t]+|\*\*=?|\/\/=?|[-+*/%@&|^<>=!:]=|->|<<|>>|./gsu;

const soup = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...LAYOUT)), { maxLength: 60 })
  .map((words) => words.join(" "));

const edit = fc.record({
  kind: fc.constantFrom("delete", "double", "swap", "replace", "insert"),
  at: fc.nat(),
  length: fc.integer({ min: 1, max: 4 }),
  other: fc.nat(),
  word: fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...LAYOUT)),
});

const mutated = (sources: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      source: fc.constantFrom(...sources),
      from: fc.nat(),
      edits: fc.array(edit, { minLength: 1, maxLength: 6 }),
    })
    .map(({ source, from, edits }) => {
      // some of its statements, so that a mistake is met early
      const lines = source.split("\n");
      const begin = from % Math.max(1, lines.length);
      const tokens = lines
        .slice(begin, begin + 40)
        .join("\n")
        .match(TOKEN) ?? [""];
      for (const e of edits) {
        const i = e.at % tokens.length;
        if (e.kind === "delete") tokens.splice(i, e.length);
        else if (e.kind === "double") tokens.splice(i, 0, ...tokens.slice(i, i + e.length));
        else if (e.kind === "replace") tokens[i] = e.word;
        else if (e.kind === "insert") tokens.splice(i, 0, e.word);
        else {
          const j = e.other % tokens.length;
          [tokens[i], tokens[j]] = [tokens[j]!, tokens[i]!];
        }
        if (tokens.length === 0) tokens.push("pass");
      }
      return tokens.join("");
    });

type Nest = (n: number) => string;
const r = (s: string, n: number): string => s.repeat(n);
const NESTS: readonly Nest[] = [
  (n) => `x = ${r("(", n)}1${r(")", n)}`,
  (n) => `x = ${r("[", n)}1${r("]", n)}`,
  (n) => `x = ${r("{", n)}1${r("}", n)}`,
  (n) => `x = ${r("(", n)}`,
  (n) => `x = ${r("{1: [", n)}`,
  (n) => `x = ${r("-", n)}1`,
  (n) => `x = ${r("not ", n)}1`,
  (n) => `x = ${r("1 + ", n)}1`,
  (n) => `x = ${r("1 ** ", n)}1`,
  (n) => `x = ${r("1 < ", n)}1`,
  (n) => `x = ${r("1 and ", n)}1`,
  (n) => `x = ${r("1 if 1 else ", n)}1`,
  (n) => `x = ${r("lambda: ", n)}1`,
  (n) => `x = ${r("'a' ", n)}`,
  (n) => `x = ''${r(".upper()", n)}`,
  (n) => `x = [0]${r("[0]", n)}`,
  (n) => `x = f${r("(", n)}${r(")", n)}`,
  (n) => `x = ${r("[y for y in ", n)}[]${r("]", n)}`,
  (n) => `x = ${r("f'{", 1)}${r("(", n)}1${r(")", n)}}'`,
  (n) => `${r("x = ", n)}1`,
  (n) => `x = ${r("1, ", n)}`,
  (n) => `${Array.from({ length: n }, (_, i) => `${" ".repeat(i)}if 1:`).join("\n")}\n${" ".repeat(n)}pass`,
  (n) =>
    `${Array.from({ length: n }, (_, i) => `${" ".repeat(i)}def f():`).join("\n")}\n${" ".repeat(n)}pass`,
  (n) => `${Array.from({ length: n }, (_, i) => `${" ".repeat(i)}try:`).join("\n")}\n${" ".repeat(n)}pass`,
  (n) => `if 0: pass\n${r("elif 0: pass\n", n)}else: pass`,
  (n) => `match 1:\n case ${r("[", n)}1${r("]", n)}: pass`,
  (n) => `match 1:\n case ${r("1 | ", n)}1: pass`,
  (n) => `${r("@f\n", n)}def f(): pass`,
  (n) => `def f(${Array.from({ length: n }, (_, i) => `a${i}`).join(", ")}): pass\nf(${r("1, ", n)})`,
  (n) => `x = ${r("9", n)}`,
  (n) => `x: ${r("list[", n)}int${r("]", n)}`,
  (n) => `global ${r("x, ", n)}x`,
  (n) => `import ${r("a.", n)}a`,
  (n) => `x = []\nfor _ in range(${n}): x = [x]\nrepr(x); x == [x]; str(x)\nhash(str(x))`,
  (n) => `x = ()\nfor _ in range(${n}): x = (x,)\nhash(x); x < (x,)\nimport copy, json\ncopy.deepcopy(x)`,
  (n) => `def f(n): return n and 1 + f(n - 1)\nf(${n})`,
  (n) => `class A:\n def __getattr__(self, n): return getattr(self, n + 'x')\nA().a${n}`,
  (n) => `class A:\n def __repr__(self): return repr(self)\nrepr(A())\n${n}`,
  (n) =>
    `class A:\n def __eq__(self, o): return o == self\n __hash__ = None\nA() == A(); [A()] == [A()]\n${n}`,
  (n) => `import re\nre.compile('${r("(", n)}a${r(")", n)}')`,
  (n) =>
    `import re\nre.match('${r("a?", Math.min(n, 25))}${r("a", Math.min(n, 25))}', '${r("a", Math.min(n, 25))}')`,
  (n) => `import json\njson.loads('${r("[", n)}')`,
  (n) => `eval('${r("(", n)}1${r(")", n)}')`,
  (n) => `def g(n):\n if n: yield from g(n - 1)\n yield n\nlist(g(${n}))`,
  (n) => `import functools\nf = int\nfor _ in range(${n}): f = functools.partial(f)\nf()`,
  (n) =>
    `e = ValueError()\nfor _ in range(${n}):\n try:\n  raise KeyError from e\n except KeyError as x: e = x\nraise e`,
];

const nested = fc
  .record({ nest: fc.constantFrom(...NESTS), depth: fc.constantFrom(1, 3, 20, 90, 101, 199, 201, 900, 1100, 5000, 20000) })
  .map(({ nest, depth }) => nest(depth)); // prettier-ignore

const MODULES =
  ("builtins abc argparse ast asyncio atexit base64 binascii bisect calendar collections collections.abc configparser " +
    "contextlib contextvars copy csv dataclasses datetime decimal difflib enum errno fnmatch fractions functools gc glob " +
    "graphlib hashlib heapq hmac html inspect io ipaddress itertools json keyword linecache locale logging math cmath numbers operator " +
    "os os.path pathlib pickle platform pprint queue random re reprlib secrets shlex shutil statistics string struct " +
    "sys tempfile textwrap threading time timeit traceback types typing unicodedata unittest urllib.parse uuid warnings " +
    "weakref zlib zoneinfo codecs importlib concurrent.futures unittest.mock").split(" "); // prettier-ignore

const VALUES = [
  "None", "0", "-1", "3", "10 ** 30", "True", "1.5", "float('nan')", "float('inf')", "1j", "''", "'abc'", "'%d {} {0}'",
  "'2024-02-30'", "'\\ud83d\\ude00x'", "b'ab'", "bytearray(b'q')", "[]", "[1, 'a', None]", "(1, 2)", "{}", "{'a': 1}", "{1, 2}",
  "frozenset()", "range(3)", "int", "type", "object()", "len", "lambda *a, **k: a", "iter([1, 2])", "(i for i in 'ab')",
  "slice(1)", "...", "NotImplemented", "ValueError('v')", "memoryview(b'xy')", "C()", "C", "S('sub')", "L([3])",
]; // prettier-ignore

/** Never called: they wait, end the program, or take long by their nature. */
const SKIPPED =
  "exit quit input breakpoint help sleep _exit abort kill main system exec eval license copyright credits";

const calls = fc
  .record({
    module: fc.constantFrom(...MODULES),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.array(fc.nat(VALUES.length - 1), { maxLength: 3 })), {
      minLength: 1,
      maxLength: 20,
      size: "max",
    }),
  })
  .map(
    ({ module, picks }) => `import ${module}
import sys
class C:
    def __init__(self, *a, **k): self.x = a
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        return self
    def __call__(self, *a): return self
class S(str): pass
class L(list): pass
values = [${VALUES.join(", ")}]
module = sys.modules['${module}']
names = [n for n in dir(module) if n not in '${SKIPPED}'.split() and not n.startswith('__')]
for pick, member, arguments in ${JSON.stringify(picks)}:
    name = names[pick % len(names)]
    target = getattr(module, name)
    try:
        if isinstance(target, type) and member % 3:
            inside = [n for n in dir(target) if n not in '${SKIPPED}'.split()]
            target = target(*[values[i] for i in arguments[:1]])
            name = inside[member % len(inside)]
            target = getattr(target, name)
        if callable(target):
            got = target(*[values[i] for i in arguments])
            repr(got); hash(got); iter(got)
    except BaseException as error:
        str(error)
`,
  );

export type Kind = "soup" | "mutated" | "nested" | "calls";

let sources: readonly string[] | undefined;

export function programsOf(kind: Kind): fc.Arbitrary<string> {
  if (kind === "soup") return soup;
  if (kind === "nested") return nested;
  if (kind === "calls") return calls;
  return mutated((sources ??= programs(TESTS)));
}

/**
 * Run one program; the problem, if it had one that a program must not have. `milliseconds` is its limit of time. In a
 * `careless` one, JavaScript's TypeErrors within native functions, which the program gets as Python's, count for none.
 */
export function problemOf(source: string, milliseconds = 1000, careless = false): string | undefined {
  let problem: string | undefined;
  onFault.current = (e) => {
    // The stack may end anywhere; the program gets its RecursionError the next time.
    if (e instanceof Error && e.message.includes("call stack")) return;
    // A native function with arguments of no use gives the TypeError it should.
    if (careless && e instanceof TypeError) return;
    problem ??= e instanceof Error ? (e.stack ?? e.message) : String(e);
  };
  const kept = { ...limits };
  Object.assign(limits, { time: milliseconds, size: 2_000_000, intBits: 1_000_000, recursion: 1000 });
  installFileSystem(new MemoryFileSystem("/workspace"));
  writeFile("/workspace/program.py", new TextEncoder().encode(source));
  createInterpreter({ frameLocals: true });
  const started = process.cpuUsage();
  try {
    const outcome = runScript("/workspace/program.py");
    if (outcome.exception !== undefined && !isException(outcome.exception))
      problem ??= `it ended with ${String(outcome.exception)}`;
  } catch (e) {
    problem ??= `it came out of the interpreter: ${e instanceof Error ? e.stack : String(e)}`;
  } finally {
    Object.assign(limits, kept);
    onFault.current = undefined;
  }
  // of the processor's time: other programs may keep it busy
  const took = process.cpuUsage(started).user / 1000;
  if (took > milliseconds * 3 + 2000)
    problem ??= `it took ${took.toFixed(0)} ms of the ${milliseconds} it may`;
  return problem;
}

/** Try so many programs of a kind; the smallest that fails, or undefined. `before` hears of each. */
export function fuzz(
  kind: Kind,
  seed: number,
  numRuns: number,
  before: (source: string) => void = () => undefined,
): Fault | undefined {
  let problem = "";
  const found = fc.check(
    fc.property(programsOf(kind), (source) => {
      before(source);
      const p = problemOf(source, 1000, kind === "calls");
      if (p !== undefined) problem = p;
      return p === undefined;
    }),
    { seed, numRuns },
  );
  return found.failed ? { source: found.counterexample![0], problem } : undefined;
}
