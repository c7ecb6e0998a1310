// A module pytest of our own: what tests of examples and exercises use, and a runner for test_*.py.
//
// Asserts of test modules are rewritten before they are compiled, in place, so that lines keep their numbers and every
// part is evaluated once (asserts.ts). The runner's output has pytest's form (report.ts).
// Behaviour: docs.pytest.org (reference). Plugins, configuration files and the cache are left out.
import { OUTCOMES } from "./pytest/outcomes.ts";
import { FIXTURES } from "./pytest/fixtures.ts";
import { ASSERTS } from "./pytest/asserts.ts";
import { REPORT } from "./pytest/report.ts";
import { SESSION } from "./pytest/session.ts";
import { definePythonModule } from "./python-source.ts";

definePythonModule("pytest", OUTCOMES + FIXTURES + ASSERTS + SESSION + REPORT);
