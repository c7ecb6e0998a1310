// Which objects a program still reaches at some moment: what CPython would not have freed yet.
import { expect, test } from "vitest";
import { watchObjects } from "../../../../playground-engine/python/runtime/holding.ts";
import { walkReachable } from "../../../../playground-engine/python/runtime/liveness.ts";
import { defineModule } from "../../../../playground-engine/python/runtime/modules.ts";
import { PyObject } from "../../../../playground-engine/python/runtime/object.ts";
import { run } from "../run.ts";

/** Runs a program in which `alive()` gives the labels of all Things that can be reached; they are gone over in order. */
function labels(program: string): string {
  defineModule("liveness_probe", () => ({
    name: "liveness_probe",
    functions: {
      alive: [
        "(*args)",
        () => {
          const found: string[] = [];
          walkReachable((o) => {
            if (o instanceof PyObject && o.dict?.has("label")) found.push(String(o.dict.get("label")));
          });
          return found.sort().join(" ");
        },
      ],
    },
  }));
  watchObjects(true);
  const head =
    "from liveness_probe import alive\nclass Thing:\n    def __init__(self, label): self.label = label\n    def same(self, *a): return self\n";
  return run(head + program, "program.py", { frameLocals: true }).out.trim();
}

test.each([
  ["a module's variables", "a = Thing('a')\nprint(alive())", "a"],
  [
    "what was deleted or replaced is gone",
    "a = Thing('a'); del a\nb = Thing('b'); b = 1\nThing('c')\nprint(alive())",
    "",
  ],
  ["a value used at once is gone", "n = Thing('a').label\nprint(alive())", ""],
  [
    "operands wait",
    "print(Thing('left') is None, Thing('first').same(alive()).label)\nprint(alive(), Thing('x') == alive())",
    "False first\n False",
  ],
  [
    "containers",
    "l = [Thing('in list'), {'k': (Thing('in tuple'),)}, {Thing('in set')}]\nprint(alive())",
    "in list in set in tuple",
  ],
  [
    "attributes and classes",
    "class K:\n    t = Thing('of class')\nk = K(); k.v = Thing('of instance')\nprint(alive())",
    "of class of instance",
  ],
  [
    "arguments and loop variables",
    "def f(x):\n    for y in [Thing('y')]: print(alive(x))\nf(Thing('x'))\nprint(alive() == '')",
    "x y\nTrue",
  ],
  [
    "closures and defaults",
    "def f(d=Thing('default')):\n    v = Thing('free')\n    return lambda: v\ng = f()\nprint(alive())",
    "default free",
  ],
  [
    "suspended generators",
    "def g():\n    v = Thing('in generator')\n    yield 1\n    yield 2\nit = g(); next(it)\nprint(alive())\nit.close()\nprint(alive() == '')",
    "in generator\nTrue",
  ],
  [
    "bound methods and iterators",
    "m = Thing('self').same\ni = iter([Thing('item')])\nprint(alive())",
    "item self",
  ],
  [
    "the exception being handled",
    "try:\n    raise ValueError(Thing('arg'))\nexcept ValueError: print(alive())\nprint(alive() == '')",
    "arg\nTrue",
  ],
  [
    "iterators of builtins and of itertools",
    "from itertools import chain, cycle, islice, tee\nt = lambda x: [Thing(x)]\nits = map(str, t('map')), zip(t('zip')), enumerate(t('enumerate')), reversed(t('reversed')), chain(t('chain')), cycle(t('cycle')), islice(t('islice'), 1), tee(t('tee'))\nprint(alive())",
    "chain cycle enumerate islice map reversed tee zip",
  ],
  [
    "what functools and collections keep",
    "import functools, collections\nf = functools.lru_cache(lambda x: Thing('cache')); f(1)\np = functools.partial(f, Thing('partial'))\nd = collections.deque([Thing('deque')]); c = collections.ChainMap({1: Thing('chainmap')})\nprint(alive())",
    "cache chainmap deque partial",
  ],
  [
    "what a native function is still collecting",
    "made = iter('ab')\ndef f(x):\n    print(x, alive())\n    return Thing(str(x))\nprint(len(list(map(f, [1, 2]))))\nprint(alive() == '')",
    "1 \n2 1\n2\nTrue",
  ],
  ["a list while it is built", "print(len([Thing('a'), Thing('b'), alive()][2]))", "3"],
])("%s", (_, program, want) => {
  expect(labels(program)).toBe(want);
});
