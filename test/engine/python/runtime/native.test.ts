// Declaring native types and functions by table, and how arguments meet their signatures.
import { beforeAll, describe, expect, test } from "vitest";
import { createInterpreter } from "../../../../playground-engine/python/index.ts";
import { callMethod, getAttr } from "../../../../playground-engine/python/runtime/attributes.ts";
import { call } from "../../../../playground-engine/python/runtime/call.ts";
import { defineModule, modules, nativeModule } from "../../../../playground-engine/python/runtime/modules.ts";
import { nativeFunction } from "../../../../playground-engine/python/runtime/native-function.ts";
import { nativeType } from "../../../../playground-engine/python/runtime/native-type.ts";
import { PyTuple, type Value } from "../../../../playground-engine/python/runtime/object.ts";
import { repr, str } from "../../../../playground-engine/python/runtime/repr.ts";
import { parseSignature } from "../../../../playground-engine/python/runtime/signature.ts";
import { run } from "../run.ts";

beforeAll(() => createInterpreter());

/** The message of what a call raises. */
function failure(f: () => unknown): string {
  try {
    f();
  } catch (e) {
    return `${getAttr(getAttr(e, "__class__"), "__name__") as string}: ${str(e)}`;
  }
  return "nothing raised";
}

const kw = (o: Record<string, Value>): Map<string, Value> => new Map(Object.entries(o));

describe("the namespace of a native type", () => {
  test("is filled when somebody first looks into it, in the order in which it was said", () => {
    const said: string[] = [];
    const t = nativeType({ name: "Late" });
    const sub = nativeType({ name: "Later", bases: [t] });
    t.whenLookedInto(() => void (said.push("first"), t.dict.set("a", 1)));
    t.whenLookedInto(() => void (said.push("second"), t.dict.set("b", t.lookup("a")), t.lookup("c")));
    t.whenLookedInto(() => void t.dict.set("c", 3));
    expect(said).toEqual([]);
    expect(sub.lookup("b")).toBe(1);
    expect(said).toEqual(["first", "second"]);
    expect(sub.lookup("c")).toBe(3);
  });

  test("takes more at once afterwards, and the classes below see it", () => {
    const t = nativeType({ name: "Open" });
    const sub = nativeType({ name: "Below", bases: [t] });
    expect(sub.lookup("more")).toBeUndefined();
    t.whenLookedInto(() => void t.dict.set("more", 5));
    expect(sub.lookup("more")).toBe(5);
  });
});

describe("signature strings", () => {
  test("are taken apart into parameters and literal defaults", () => {
    const s = parseSignature(
      "(self, a, /, b: Mapped[int, str] = 'x, y', *args, c=None, d=..., **kwargs) -> None",
    );
    expect(s.params).toMatchObject({
      names: ["self", "a", "b"],
      posOnly: 2,
      varArgs: "args",
      kwOnly: ["c", "d"],
      varKw: "kwargs",
    });
    expect(s.defaults).toEqual([undefined, undefined, "x, y", undefined, null, undefined, undefined]);
    expect(s.defaultCount).toBe(1);
  });

  test("give a native function its arguments in order: positional, *args, keyword-only, **kwargs", () => {
    const f = nativeFunction(
      "f",
      [
        "(a, b=2, *args, c=3, **kw)",
        (...all: Value[]) =>
          new PyTuple(
            all.map((x) =>
              Array.isArray(x) ? new PyTuple(x) : x instanceof Map ? new PyTuple([...x.keys()]) : x,
            ),
          ),
      ],
      "m",
    );
    expect(repr(call(f, [1]))).toBe("(1, 2, (), 3, ())");
    expect(repr(call(f, [1, 5, 6, 7], kw({ c: 8, z: 9 })))).toBe("(1, 5, (6, 7), 8, ('z',))");
  });
});

describe("argument errors", () => {
  const python = nativeFunction(
    "join",
    ["(target, onclause=None, *, isouter=False)", () => null],
    "sqlalchemy.sql",
  );
  const c = (name: string, text: string): Value => nativeFunction(name, [text, () => null]);

  test.each([
    [[], {}, "TypeError: join() missing 1 required positional argument: 'target'"],
    [[1, 2, 3], {}, "TypeError: join() takes from 1 to 2 positional arguments but 3 were given"],
    [[1], { full: true }, "TypeError: join() got an unexpected keyword argument 'full'"],
    [[1], { target: 2 }, "TypeError: join() got multiple values for argument 'target'"],
  ])("of functions written in Python: join(*%j, **%j)", (args, kwargs, message) => {
    expect(failure(() => call(python, args, kw(kwargs)))).toBe(message);
  });

  test.each([
    ["len", "(obj, /)", [], "TypeError: len() takes exactly one argument (0 given)"],
    ["isinstance", "(obj, cls, /)", [1], "TypeError: isinstance expected 2 arguments, got 1"],
    [
      "getattr",
      "(object, name, default=..., /)",
      [1],
      "TypeError: getattr expected at least 2 arguments, got 1",
    ],
    ["globals", "()", [1], "TypeError: globals() takes no arguments (1 given)"],
    ["round", "(number, ndigits=None)", [], "TypeError: round() missing required argument 'number' (pos 1)"],
  ])("of functions written in C: %s%s", (name, text, args, message) => {
    expect(failure(() => call(c(name, text), args))).toBe(message);
  });
});

describe("a type by table", () => {
  class Counter {
    count = 0;
  }
  const counterType = nativeType({
    name: "Counter",
    module: "tests",
    host: Counter,
    allocator: () => new Counter(),
    new: ["(cls, start=0)", (_cls: Value, start: number) => Object.assign(new Counter(), { count: start })],
    methods: { step: ["(self, by=1)", (c: Counter, by: number) => (c.count += by), "Counts on."] },
    getters: {
      count: { get: (c: Counter) => c.count, set: (c: Counter, v: Value) => void (c.count = v as number) },
    },
    members: { unit: "turns" },
  });

  test("makes instances, methods, attributes and their errors", () => {
    const c = call(counterType, [5]);
    expect(callMethod(c, "step", 2)).toBe(7);
    expect(getAttr(c, "count")).toBe(7);
    expect(getAttr(c, "unit")).toBe("turns");
    expect(failure(() => callMethod(c, "step", 1, 2))).toBe(
      "TypeError: Counter.step() takes from 1 to 2 positional arguments but 3 were given",
    );
    expect(failure(() => getAttr(c, "nope"))).toBe(
      "AttributeError: 'Counter' object has no attribute 'nope'",
    );
  });

  test("is seen by programs like any class", () => {
    defineModule("tests_native", () => ({ name: "tests_native", members: { Counter: counterType } }));
    const { out } = run(
      [
        "from tests_native import Counter",
        "class Loud(Counter):",
        "    pass",
        "c = Counter(1); c.count = 4",
        "print(c.step(), Counter.__name__, Counter.__mro__, isinstance(c, Counter), Counter.step)",
        "for f in (lambda: setattr(c, 'x', 1), lambda: Counter(1, 2, 3), lambda: setattr(Counter, 'y', 1)):",
        "    try: f()",
        "    except Exception as e: print(type(e).__name__, e)",
      ].join("\n"),
    );
    expect(out.replace(/0x\w+/, "0x…").split("\n")).toEqual([
      "5 Counter (<class 'tests.Counter'>, <class 'object'>) True <function Counter.step at 0x…>",
      "AttributeError 'Counter' object has no attribute 'x'",
      "TypeError Counter.__new__() takes from 1 to 2 positional arguments but 4 were given",
      "TypeError cannot set 'y' attribute of immutable type 'Counter'",
      "",
    ]);
  });
});

test("lazy members of a native module are made on first access", () => {
  let made = 0;
  const m = nativeModule({ name: "lazy", members: { heavy: () => ++made } });
  modules.set("lazy", m);
  expect(made).toBe(0);
  expect([getAttr(m, "heavy"), getAttr(m, "heavy"), made]).toEqual([1, 1, 1]);
});
