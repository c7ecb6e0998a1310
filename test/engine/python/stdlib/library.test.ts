// What the library does beside CPython's standard output: standard error, modules that are absent, our own pytest, the clock.
import { describe, expect, test } from "vitest";
import {
  createInterpreter,
  installFileSystem,
  MemoryFileSystem,
  runModuleAsMain,
  writeFile,
} from "../../../../playground-engine/python/index.ts";
import { run } from "../run.ts";

describe("standard error", () => {
  test("a warning names file, line and category, quotes the line, and comes once a place", () => {
    const { out, err } = run(`import warnings\nfor _ in range(3):\n    warnings.warn("mind the gap")\n`);
    expect(out).toBe("");
    expect(err).toBe(`/workspace/program.py:3: UserWarning: mind the gap\n  warnings.warn("mind the gap")\n`);
  });

  test("a deprecation is heard in the program itself, not in what it imports", () => {
    const files = { "old.py": `import warnings\ndef f():\n    warnings.warn("old", DeprecationWarning)\n` };
    expect(run(`import old\nold.f()\n`, "program.py", { files }).err).toBe("");
  });

  test("a logger without handlers writes warnings, and no less, as they are", () => {
    expect(
      run(`import logging\nlog = logging.getLogger("a.b")\nlog.info("no")\nlog.warning("%d %s", 3, "yes")\n`)
        .err,
    ).toBe("3 yes\n");
  });

  test("a record that cannot be formatted is told about, and the program goes on", () => {
    const { out, err, outcome } = run(
      `import logging\nlogging.basicConfig()\nlogging.error("%d", "x")\nprint("on")\n`,
    );
    expect(outcome.exit).toBe(0);
    expect(out).toBe("on\n");
    expect(err).toMatch(
      /^--- Logging error ---\nTraceback[^]*TypeError: %d format: a real number is required, not str\nCall stack:\n {2}File "\/workspace\/program\.py", line 3/,
    );
    expect(err).toMatch(/Message: '%d'\nArguments: \('x',\)\n$/);
  });
});

describe("modules that are absent", () => {
  test.each(["socket", "subprocess", "tkinter", "zipfile"])(
    "%s raises ModuleNotFoundError with CPython's message",
    (name) => {
      expect(
        run(
          `try:\n    import ${name}\nexcept ModuleNotFoundError as e:\n    print(e, e.name, len(e.__notes__))\n`,
        ).out,
      ).toBe(`No module named '${name}' ${name} 1\n`);
    },
  );

  test("the traceback says why", () => {
    expect(run("import socket\n").err).toMatch(
      /ModuleNotFoundError: No module named 'socket'\nThe playground does not have socket: it has no network\.\n$/,
    );
  });
});

describe("the clock", () => {
  test("sleeping takes no time and is measured all the same", () => {
    const began = performance.now();
    const { out } = run(
      `import time\nt = time.monotonic(); w = time.time()\ntime.sleep(3600)\nprint(round(time.monotonic() - t), round(time.time() - w))\n`,
    );
    expect(out).toBe("3600 3600\n");
    expect(performance.now() - began).toBeLessThan(60_000);
  });

  test("tasks that sleep side by side take as long as the longest", () => {
    const program = `import asyncio, time\nasync def main():\n    t = time.monotonic()\n    await asyncio.gather(*(asyncio.sleep(n) for n in (1, 5, 3)))\n    print(round(time.monotonic() - t))\nasyncio.run(main())\n`;
    expect(run(program).out).toBe("5\n");
  });

  test("a wait that nothing can end is an error", () => {
    expect(
      run(`import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())\n`).err,
    ).toContain("nothing is left to run");
    expect(run(`import queue\nqueue.Queue().get()\n`).err).toContain("RuntimeError: the queue is empty");
  });
});

describe("pytest", () => {
  const pytest = (source: string, args = ""): string =>
    run(`import pytest\npytest.main(["test_it.py"${args}])\n`, "program.py", {
      files: { "test_it.py": source },
    }).out;

  test("a failed comparison shows the values of its sides, at its line", () => {
    const out = pytest(
      `def double(x):\n    return x + x\n\ndef test_double():\n    assert double(2) == 5, "hm"\n`,
    );
    expect(out).toContain(
      '>       assert double(2) == 5, "hm"\nE       AssertionError: hm\nE       assert 4 == 5\nE        +  where 4 = double(2)\n\ntest_it.py:5: AssertionError\n',
    );
    expect(out).toContain("FAILED test_it.py::test_double - AssertionError: hm");
    expect(out).toMatch(/= 1 failed in [\d.]+s =/);
  });

  test("an assert over several lines keeps the lines after it", () => {
    const out = pytest(
      `def test_it():\n    assert [1,\n            2] == [1, 2]\n    assert not [\n        3\n    ]\n`,
    );
    expect(out).toContain("E       assert not [3]");
    expect(out).toContain("test_it.py:4: AssertionError");
  });

  test("fixtures are made when asked for and undone afterwards, once a scope", () => {
    const out = pytest(
      `import pytest\nlog = []\n@pytest.fixture(scope="module")\ndef db():\n    log.append("open")\n    yield log\n    log.append("close")\n@pytest.fixture\ndef row(db):\n    db.append("+")\n    yield\n    db.append("-")\ndef test_a(row): pass\ndef test_b(row, db):\n    assert db == ["open", "+", "-", "+"]\n`,
      `, "-v"`,
    );
    expect(out).toMatch(/test_it\.py::test_a PASSED +\[ 50%\]\ntest_it\.py::test_b PASSED +\[100%\]/);
  });

  test("parameters, marks and expected failures", () => {
    const out = pytest(
      `import pytest\n@pytest.mark.parametrize("a, b", [(1, 2), pytest.param(2, 3, id="two")])\ndef test_p(a, b):\n    assert a + 1 == b\n@pytest.mark.skip(reason="later")\ndef test_s(): pass\n@pytest.mark.xfail\ndef test_x():\n    assert 0.1 + 0.2 == 0.3\ndef test_near():\n    assert 0.1 + 0.2 == pytest.approx(0.3)\n`,
      `, "-v"`,
    );
    expect(out).toContain("test_it.py::test_p[1-2] PASSED");
    expect(out).toContain("test_it.py::test_p[two] PASSED");
    expect(out).toContain("test_it.py::test_s SKIPPED (later)");
    expect(out).toContain("test_it.py::test_x XFAIL");
    expect(out).toMatch(/= 3 passed, 1 skipped, 1 xfailed in/);
  });

  test("raises tells when nothing, or something else, was raised", () => {
    const out = pytest(
      `import pytest\ndef test_none():\n    with pytest.raises(KeyError):\n        pass\ndef test_match():\n    with pytest.raises(ValueError, match="nope"):\n        int("x")\n`,
    );
    expect(out).toContain("E       Failed: DID NOT RAISE <class 'KeyError'>");
    expect(out).toContain("Regex pattern did not match.");
  });
});

describe("python -m", () => {
  const main = (name: string, ...args: string[]): { text: string; exit: number } => {
    let text = "";
    const put = (t: string): void => void (text += t);
    installFileSystem(new MemoryFileSystem("/workspace"));
    const files = {
      "test_a.py": `import unittest\nclass TestA(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(1, 2)\n`,
      "mod.py": `"""\n>>> 1 + 1\n2\n"""\n`,
    };
    for (const [file, source] of Object.entries(files))
      writeFile(`/workspace/${file}`, new TextEncoder().encode(source));
    createInterpreter({ stdout: put, stderr: put, path: ["/workspace"] });
    return { exit: runModuleAsMain(name, args).exit, text };
  };

  test("pytest, unittest and doctest run what is in the workspace", () => {
    expect(main("pytest", "-q")).toMatchObject({
      exit: 1,
      text: expect.stringContaining("FAILED test_a.py::TestA::test_one") as string,
    });
    expect(main("unittest")).toMatchObject({
      exit: 1,
      text: expect.stringContaining("AssertionError: 1 != 2") as string,
    });
    expect(main("doctest", "mod.py")).toEqual({ exit: 0, text: "" });
  });
});
