// The module unittest: cases, suites, runner and main. Mocks are in unittest-mock.ts.
// Behaviour: docs.python.org/3.11/library/unittest.html.
import { ASSERTING } from "./unittest/asserting.ts";
import { CASE } from "./unittest/case.ts";
import { RUNNING } from "./unittest/running.ts";
import { definePythonModule } from "./python-source.ts";

definePythonModule("unittest", ASSERTING + CASE + RUNNING);

for (const part of ["case", "loader", "main", "result", "runner", "suite", "util"])
  definePythonModule(
    `unittest.${part}`,
    "import unittest\nglobals().update({k: v for k, v in vars(unittest).items() if not k.startswith('__')})\n",
  );
