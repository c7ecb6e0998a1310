// `python -m NAME` for modules of the library that are programs, too: pytest, unittest and doctest.
//
// A program's own module of the same name comes first; imports never get here, since they find the native module.
// Behaviour: docs.python.org/3.11/library/unittest.html#command-line-interface, doctest.html, docs.pytest.org.
import { finders } from "../runtime/modules.ts";
import { runPython } from "./python-source.ts";

const MAINS: Readonly<Record<string, string>> = {
  pytest: "import sys, pytest\nsys.exit(pytest.main(sys.argv[1:]))\n",
  unittest: String.raw`
import sys
import unittest

args = sys.argv[1:]
names = [a for i, a in enumerate(args) if not a.startswith("-") and args[i - 1:i] != ["-k"]]
options = [a for a in args if a not in names]
if not names or names[0] == "discover":
    start = names[1] if len(names) > 1 else "."
    suite = unittest.defaultTestLoader.discover(start)
else:
    suite = unittest.defaultTestLoader.loadTestsFromNames([n[:-3].replace("/", ".") if n.endswith(".py") else n for n in names])
runner = unittest.TextTestRunner(verbosity=2 if "-v" in options or "--verbose" in options else 1, failfast="-f" in options)
sys.exit(not runner.run(suite).wasSuccessful())
`,
  doctest: String.raw`
import doctest
import importlib
import os
import sys

for name in [a for a in sys.argv[1:] if not a.startswith("-")]:
    if name.endswith(".py"):
        sys.path.insert(0, os.path.dirname(name))
        failed, _ = doctest.testmod(importlib.import_module(os.path.basename(name)[:-3]))
    else:
        failed, _ = doctest.testfile(name)
    if failed:
        sys.exit(1)
`,
};

finders.push((name) => {
  const source = Object.hasOwn(MAINS, name) ? MAINS[name] : undefined;
  if (source === undefined) return undefined;
  return { file: undefined, isPackage: false, path: [], run: () => void runPython("__main__", source) };
});
