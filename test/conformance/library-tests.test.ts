// tools/library-tests.ts, tried with a checkout of a few lines in place of the library's own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compare, outcomes } from "../../tools/library-tests/compare.ts";
import { layOut, ofTesting, ofTests } from "../../tools/library-tests/layout.ts";

const TESTING = "lib/sqlalchemy/testing";
const CHECKOUT: Readonly<Record<string, string>> = {
  [`${TESTING}/__init__.py`]: "from . import config\nfrom . import fixtures\n",
  [`${TESTING}/config.py`]:
    "_fixture_functions = db = _current = None\ndef fixture(*a, **k): return _fixture_functions.fixture(*a, **k)\n" +
    "def combinations(*a, **k): return _fixture_functions.combinations(*a, **k)\n",
  [`${TESTING}/fixtures/__init__.py`]:
    "from ... import create_engine\nclass TestBase: pass\ndef after_test(): pass\ndef stop_test_class_inside_fixtures(cls): pass\n",
  [`${TESTING}/fixtures/sql.py`]: "",
  [`${TESTING}/assertions.py`]: "",
  [`${TESTING}/asyncio.py`]: "",
  [`${TESTING}/exclusions.py`]:
    "class compound: pass\ndef db_spec(*names): return lambda config: 'sqlite' in names\n",
  [`${TESTING}/warnings.py`]: "def setup_filters(): pass\n",
  [`${TESTING}/engines.py`]:
    "class testing_reaper:\n    def __getattr__(self, name): return lambda *a: None\ntesting_reaper = testing_reaper()\n",
  [`${TESTING}/provision.py`]:
    "from .. import create_engine\nfrom . import config\nclass Config:\n    def set_as_current(self, c, namespace): config._current = c\n" +
    "    def reset(self, namespace): pass\ndef setup_config(url, *a):\n    config.db = create_engine(url)\n    return Config()\n" +
    "def stop_test_class_outside_fixtures(*a): pass\n",
  "lib/sqlalchemy/dialects/sqlite/provision.py":
    "from ...testing.provision import Config\nfrom ... import event\n",
  "test/__init__.py": "",
  "test/requirements.py": "class DefaultRequirements: pass\n",
  "test/binary_data_one.dat": "",
  "test/binary_data_two.dat": "",
  "test/perf/test_slow.py": "",
  "test/test_sample.py": `
import pytest
from sqlalchemy import testing
from sqlalchemy import text
from sqlalchemy.testing import config, fixtures

undone = []

class SampleTest(fixtures.TestBase):
    @config.fixture
    def number(self):
        yield 42
        undone.append("number")

    @config.fixture(params=[1, 2])
    def factor(self, request): return request.param

    def test_asks_the_database(self, number):
        with config.db.connect() as conn:
            assert conn.scalar(text("select 6 * 7")) == number

    def test_undone(self): assert undone == ["number"]
    def test_factor(self, factor): assert factor == 1
    @testing.config.combinations((1, "one"), (2, "two"), id_="as")
    def test_named(self, n, name): assert len(name) == 3
    def test_skipped(self): pytest.skip("not here")
    def test_fails(self): raise ValueError("said  so at 0x7f00")

class ElsewhereTest(fixtures.TestBase):
    __only_on__ = "postgresql"
    def test_not_run(self): assert False
`,
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "library-tests-"));
  for (const [path, text] of Object.entries(CHECKOUT)) {
    mkdirSync(dirname(join(root, "checkout", path)), { recursive: true });
    writeFileSync(join(root, "checkout", path), text);
  }
});
afterAll(() => rmSync(root, { recursive: true }));

test("the testing package is laid out as one that is not sqlalchemy's", () => {
  expect(ofTesting("from ... import orm\nfrom .. import config\nfrom .sql import x", 1)).toBe(
    "from sqlalchemy import orm\nfrom .. import config\nfrom .sql import x",
  );
  expect(ofTesting("from ..sql import x", 0)).toBe("from sqlalchemy.sql import x");
  expect(ofTests("from sqlalchemy import testing\nfrom sqlalchemy.testing import eq_")).toBe(
    "import satesting as testing\nfrom satesting import eq_",
  );
});

test("tests run on our engine with fixtures and parameters, and each says how it ended", () => {
  const folder = join(root, "laid-out");
  expect(layOut(join(root, "checkout"), folder)).toEqual(["test.test_sample"]);
  const ran = spawnSync(process.execPath, ["tools/library-tests/ours.ts", folder, "test.test_sample"], {
    encoding: "utf8",
  });
  expect(ran.stdout.split("\n")).toEqual([
    "PASS SampleTest.test_asks_the_database ",
    "PASS SampleTest.test_factor[factor0] ",
    "FAIL SampleTest.test_factor[factor1] AssertionError ",
    "FAIL SampleTest.test_fails ValueError said so at 0x",
    "PASS SampleTest.test_named[one] ",
    "PASS SampleTest.test_named[two] ",
    "PASS SampleTest.test_undone ",
    "COUNT 5 2 2",
    "",
  ]);
});

test("what only the real library passes is counted and named", () => {
  const real = outcomes(
    "PASS A.test_x \nPASS A.test_y[a b-1] \nFAIL A.test_z TypeError no\nPASS B.test_w \n",
  );
  const ours = outcomes("a line of a program\nPASS A.test_x \nFAIL A.test_y[a b-1] KeyError 'k' of it\n");
  expect(compare(real, ours)).toEqual({
    passed: 1,
    missed: [
      { name: "A.test_y[a b-1]", words: "KeyError 'k' of it" },
      { name: "B.test_w", words: "did not run" },
    ],
  });
});
