// A learner's program reaches no JavaScript: no object, global, prototype or function of the host, by any road that Python has.
import { expect, test } from "vitest";
import { runProgram } from "../../../playground-engine/runtime/node.ts";

async function run(source: string): Promise<{ out: string; error: string | null }> {
  const { events } = await runProgram(
    { kind: "script", file: "probe.py" },
    { files: [{ path: "probe.py", content: source }], limits: { milliseconds: 20_000 } },
  );
  let out = "";
  let error: string | null = null;
  for (const e of events) {
    if (e.kind === "output" && e.stream === "stdout") out += e.text;
    if (e.kind === "error") error = `${e.error.type}: ${e.error.message}`;
  }
  return { out, error };
}

const NAMES = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "__lookupGetter__",
  "arguments",
  "caller",
  "apply",
  "call",
];

const OBJECTS = [
  "1",
  "1.5",
  "'text'",
  "None",
  "True",
  "[]",
  "{}",
  "set()",
  "()",
  "b''",
  "object()",
  "int",
  "type",
  "print",
  "len",
  "lambda: 0",
  "(i for i in [])",
  "ValueError()",
  "range(3)",
  "slice(1)",
  "C",
  "C()",
  "C.m",
  "C().m",
  "sys",
  "sqlalchemy",
  "engine",
  "engine.connect",
  "column",
  "column == 1",
  "sqlalchemy.select(column)",
  "Session",
  "Session()",
  "Mapped",
];

const PRELUDE = `
import sys, sqlalchemy
from sqlalchemy import create_engine, Column, Integer
from sqlalchemy.orm import Session, DeclarativeBase, Mapped, mapped_column
class C:
    def m(self): pass
engine = create_engine("sqlite://")
column = Column("x", Integer)
`;

test("no object of Python's or the engine's has an attribute of JavaScript's", async () => {
  const { out, error } = await run(`${PRELUDE}
for obj in [${OBJECTS.join(", ")}]:
    for name in ${JSON.stringify(NAMES)}:
        if hasattr(obj, name):
            print(type(obj), name, getattr(obj, name))
        if name in dir(obj):
            print("dir", type(obj), name)
print("done")
`);
  expect(error).toBeNull();
  expect(out).toBe("done\n");
});

test("the classes that lead to CPython's escapes lead to Python alone", async () => {
  const { out, error } = await run(`
names = sorted({c.__name__ for c in ().__class__.__base__.__subclasses__()})
print("Function" in names, "Window" in names, "Worker" in names, "Object" in names)
def f(): pass
print(sorted(k for k in f.__globals__ if not k.startswith("__")))
for c in ().__class__.__base__.__subclasses__():
    g = getattr(getattr(c, "__init__", None), "__globals__", None)
    if g:
        for name in ["globalThis", "self", "window", "process", "require", "Function", "fetch", "postMessage"]:
            if name in g: print(c, name)
import builtins
for name in ["globalThis", "process", "require", "Function", "fetch", "postMessage", "XMLHttpRequest", "window"]:
    if hasattr(builtins, name): print(name)
print("done")
`);
  expect(error).toBeNull();
  expect(out).toBe("False False False False\n['f', 'names']\ndone\n");
});

test.each([
  ["eval", "eval('globalThis')", "NameError: name 'globalThis' is not defined"],
  ["eval of JavaScript", "eval('(function(){return this})()')", "SyntaxError: invalid syntax"],
  ["exec", "exec('x = process')", "NameError: name 'process' is not defined"],
  ["compile", "eval(compile('require', '<x>', 'eval'))", "NameError: name 'require' is not defined"],
  ["a name", "globalThis", "NameError: name 'globalThis' is not defined"],
  [
    "a keyword of JavaScript's as a name",
    "this = 1; new = 2; print(this + new + typeof)",
    "NameError: name 'typeof' is not defined",
  ],
  ["an unknown module", "import js", "ModuleNotFoundError: No module named 'js'"],
  ["an unknown module, by name", "__import__('node:fs')", "ModuleNotFoundError: No module named 'node:fs'"],
  [
    "a module beside a package",
    "import sqlalchemy.nothing",
    "ModuleNotFoundError: No module named 'sqlalchemy.nothing'",
  ],
  [
    "a constructor by getattr",
    "getattr(getattr((lambda: 0), 'constructor'), 'constructor')",
    "AttributeError: 'function' object has no attribute 'constructor'",
  ],
])("%s", async (_what, source, message) => {
  expect((await run(source)).error).toMatch(message);
});

test("names that JavaScript keeps for itself are ordinary keys and attributes", async () => {
  const { out, error } = await run(`
d = {"__proto__": 1, "constructor": 2}
d["prototype"] = 3
class C: pass
c = C()
c.constructor = 4
setattr(c, "__proto__", 5)
print(d, len(d), c.constructor, c.__proto__, vars(c), {}.get("__proto__"), {}.get("constructor"))
var = let = const = function = undefined = null = NaN = 6
print(var, let, const, function, undefined, null, NaN)
from sqlalchemy import column, select, table
t = table("__proto__", column("constructor"), column("__proto__"))
print(select(t.c["constructor"], t.c["__proto__"]))
`);
  expect(error).toBeNull();
  expect(out).toBe(
    "{'__proto__': 1, 'constructor': 2, 'prototype': 3} 3 4 5 {'constructor': 4, '__proto__': 5} None None\n6 6 6 6 6 6 6\nSELECT __proto__.constructor, __proto__.__proto__ \nFROM __proto__\n",
  );
});

test("format strings reach attributes of Python alone", async () => {
  expect((await run("print('{0.constructor}'.format(1))")).error).toContain(
    "AttributeError: 'int' object has no attribute 'constructor'",
  );
  expect((await run("print('{0.__class__.__mro__[1].constructor}'.format(1))")).error).toContain(
    "AttributeError",
  );
});
