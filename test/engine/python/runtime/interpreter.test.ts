// Running programs from outside: outcomes, limits, the place that is running, the console, live variables.
import { describe, expect, test } from "vitest";
import {
  callFunction,
  createInterpreter,
  runCell,
  runSource,
  stop,
  where,
} from "../../../../playground-engine/python/index.ts";
import { depth, frameRoots } from "../../../../playground-engine/python/runtime/frames.ts";
import { fuel } from "../../../../playground-engine/python/runtime/limits.ts";
import { defineModule, modules, PyModule } from "../../../../playground-engine/python/runtime/modules.ts";
import { PyObject, type Value } from "../../../../playground-engine/python/runtime/object.ts";
import { run } from "../run.ts";

/** A native function `probe` of a module `probe`, for looking at the interpreter while it runs. */
function probing(look: (v: Value) => Value): void {
  modules.delete("probe");
  defineModule("probe", () => ({
    name: "probe",
    functions: { probe: ["(value=None)", (v: Value) => look(v) ?? null] },
  }));
}

describe("how a program ends", () => {
  test("an uncaught exception is shown as Python shows it, with a suggestion", () => {
    const { err, outcome } = run("def greet(customers):\n    return custmers\ngreet(1)\n");
    expect(outcome.exit).toBe(1);
    expect(err).toBe(
      [
        "Traceback (most recent call last):",
        '  File "/workspace/program.py", line 3, in <module>',
        "    greet(1)",
        '  File "/workspace/program.py", line 2, in greet',
        "    return custmers",
        "           ^^^^^^^^",
        "NameError: name 'custmers' is not defined. Did you mean: 'customers'?",
        "",
      ].join("\n"),
    );
  });

  test("sys.exit gives the exit status, a message goes to stderr", () => {
    expect(run("import sys; sys.exit(3)").outcome.exit).toBe(3);
    expect(run("raise SystemExit").outcome.exit).toBe(0);
    expect(run("import sys; sys.exit('no such table')")).toMatchObject({
      err: "no such table\n",
      outcome: { exit: 1 },
    });
  });

  test("a mistake of the text is shown with its place", () => {
    expect(run("x = 1\ny = = 2\n").err).toBe(
      '  File "/workspace/program.py", line 2\n    y = = 2\n        ^\nSyntaxError: invalid syntax\n',
    );
  });

  test("no JavaScript error comes out of deep recursion", () => {
    const { out } = run(
      "def f(n): return f(n + 1)\ntry: f(0)\nexcept RecursionError as e: print(e)\nprint('goes on')",
    );
    expect(out).toBe("maximum recursion depth exceeded\ngoes on\n");
  });
});

describe("limits", () => {
  test("an endless loop ends at the time limit, and no handler of the program sees it", () => {
    const { outcome, out } = run(
      "try:\n    while True: pass\nexcept BaseException: print('caught')\nfinally: x = 1",
      "program.py",
      { time: 50 },
    );
    expect(outcome.stopped).toBe("time limit");
    expect(out).toBe("");
  });

  test("a running program is stopped from a callback", () => {
    createInterpreter({ stdout: () => stop("enough") });
    expect(runSource("while True: print('again')").stopped).toBe("enough");
    expect(fuel.stop).toBe("enough");
    expect(runSource("print(1)").stopped).toBe(undefined);
  });
});

describe("where()", () => {
  test("is the innermost Python line, also inside what natives call", () => {
    const seen: unknown[] = [];
    probing(() => {
      seen.push(where());
      return null;
    });
    run(
      "from probe import probe\ndef f(x):\n    probe()\n    return x\nsorted([2, 1], key=f)\nprobe()\n",
      "places.py",
    );
    expect(seen).toEqual([
      { file: "/workspace/places.py", line: 3, function: "f" },
      { file: "/workspace/places.py", line: 3, function: "f" },
      { file: "/workspace/places.py", line: 6, function: "<module>" },
    ]);
  });

  test("is right again after natives swallowed exceptions of Python functions", () => {
    const depths: number[] = [];
    probing(() => {
      depths.push(depth());
      return null;
    });
    run(
      [
        "from probe import probe",
        "class Odd:",
        "    def __getattr__(self, name): raise AttributeError(name)",
        "    @property",
        "    def bad(self): return self.missing",
        "o = Odd()",
        "print([hasattr(o, 'x'), getattr(o, 'bad', 5), list(map(lambda n: hasattr(o, n), 'abc'))])",
        "probe()",
        "def deep():",
        "    try: o.bad",
        "    except AttributeError: probe()",
        "deep()",
      ].join("\n"),
    );
    expect(depths).toEqual([1, 2]);
  });

  test("is nothing while no program runs", () => {
    run("1 / 0");
    expect(where()).toBe(undefined);
  });
});

describe("a console", () => {
  const session = (): { cell: (source: string) => string } => {
    let out = "";
    createInterpreter({ stdout: (t) => void (out += t), stderr: (t) => void (out += t) });
    return {
      cell(source) {
        out = "";
        runCell(source);
        return out;
      },
    };
  };

  test("shows values, keeps names, and survives exceptions", () => {
    const { cell } = session();
    expect(cell("x = 20\nx + 1\nNone\nfor i in range(2): i")).toBe("21\n0\n1\n");
    expect(cell("_ * 2")).toBe("2\n");
    expect(cell("print('before')\n1 / 0\nprint('after')")).toContain(
      "before\nTraceback (most recent call last):",
    );
    expect(cell("x")).toBe("20\n");
    expect(cell("if x:\n  'deep'\ndef f(): 'not shown'\nf()")).toBe("'deep'\n");
  });
});

test("functions of a program are called from outside, and raise as Python exceptions", () => {
  createInterpreter();
  runSource("def double(x, *, times=2): return x * times");
  const main = modules.get("__main__") as PyModule;
  const f = main.dict.get("double");
  expect(callFunction(f, [21])).toBe(42);
  expect(callFunction(f, ["ab"], new Map([["times", 3]]))).toBe("ababab");
  expect(() => callFunction(f, [])).toThrow(
    expect.objectContaining({
      args: expect.objectContaining({
        items: ["double() missing 1 required positional argument: 'x'"],
      }) as object,
    }),
  );
});

test("frames tell what they hold, where that is asked for", () => {
  const held: string[] = [];
  probing(() => {
    for (const v of frameRoots())
      if (v instanceof PyObject && v.dict?.has("label")) held.push(String(v.dict.get("label")));
    return null;
  });
  run(
    [
      "from probe import probe",
      "class Thing:",
      "    def __init__(self, label): self.label = label",
      "def outer():",
      "    kept = Thing('outer variable')",
      "    gone = Thing('deleted'); del gone",
      "    inner(Thing('argument'))",
      "def inner(arg):",
      "    for t in [Thing('loop variable')]: probe()",
      "outer()",
    ].join("\n"),
    "program.py",
    { frameLocals: true },
  );
  expect(held).toEqual(["argument", "loop variable", "outer variable"]);
});

test("globals() and the compiled program see the same variables", () => {
  const { out } = run(
    "x = 1\nglobals()['x'] = 2\nprint(x)\ng = globals()\ny = 3\nprint(g['y'], list(g)[-3:])\ndel g['y']\ntry: y\nexcept NameError as e: print(e)\nexec('z = x + 1')\nprint(z)",
  );
  expect(out).toBe("2\n3 ['x', 'g', 'y']\nname 'y' is not defined\n3\n");
});
