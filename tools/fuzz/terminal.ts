// Random lines of the terminal: whatever is typed, the answer is a program's, never a JavaScript error.
import { strict as assert } from "node:assert";
import fc from "fast-check";
import { nodeEngine } from "../../playground-engine/runtime/node.ts";
import type { Engine } from "../../playground-engine/runtime/program.ts";
import { completeAnswer } from "../../playground-engine/runtime/questions/index.ts";
import { trying } from "./fault.ts";

const WORDS = [
  ..."ls cat mkdir cp mv rm touch head tail grep wc sort cd pwd echo env export history help which clear rmdir".split(
    " ",
  ),
  ..."python python3 pytest alembic sqlite3 pip unset true false exit vim nosuch".split(" "),
  ..."-l -a -r -rf -n -n3 -5 -c -m -v --help --sql -x - -- --nope -1 -k -e -p -R".split(" "),
  ..."a.txt app.db app/ app/models.py nope ../.. / /workspace /tmp . .. ~ ~/x * *.py [a-z]* ?.txt {a,b} [z-a] [ ]] \\( ** */".split(
    " ",
  ),
  ..."upgrade downgrade head base +1 -1 heads history current revision init stamp merge show check aa1:head @head".split(
    " ",
  ),
  ..."&& || ; | > >> < 2>&1 2> &> >& & ( ) # $HOME ${X} $ $? ${ ' \" \\ ` $( X=1 =".split(" "),
  ...[
    ".tables",
    ".schema",
    ".mode",
    ".mode box",
    "box",
    ".dump",
    ".headers on",
    ".read a.txt",
    ".nope",
    ".width 3",
    ".import",
  ],
  ...[
    "'select 1'",
    '"select * from t"',
    "'select 1; select'",
    "'create table t(a)'",
    "'insert into t values (1)'",
    "print(1)",
    "'x = '",
  ],
  ...[
    "import sys",
    "os",
    "test_x.py",
    "é",
    "日本",
    "\u0000",
    "\t",
    "\n",
    "__proto__",
    "constructor",
    "toString",
  ],
];

const line = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  ),
  { minLength: 1, maxLength: 7 },
);

/** What a fault of ours looks like in a program's output. */
const FAULT =
  /internal error|SystemError|TypeError: (?:Cannot read|undefined|.* is not a function)|\[object |undefined/;

function begin(engine: Engine): void {
  engine.forget();
  engine.workspace.replace([
    { path: "a.txt", content: "one\ntwo\n" },
    { path: "app/models.py", content: "x = 1\n" },
    { path: "test_x.py", content: "def test_x():\n    assert 1\n" },
    { path: "empty/", content: "" },
  ]);
}

/** Lines one after the other in one workspace, which begins anew where a line removed its files. */
export const terminalLines = trying(
  fc.tuple(line, fc.boolean()),
  ([words]) => words.join(" "),
  async ([words, tty]) => {
    const engine = await nodeEngine();
    if (!engine.workspace.stat("/workspace/a.txt")) begin(engine);
    let out = "";
    const { exit } = engine.run(
      { kind: "command", line: words.join(" "), ...(tty ? { terminal: { columns: 60, color: true } } : {}) },
      {
        limits: { milliseconds: 3000, output: 20_000 },
        event: (e) => {
          if (e.kind === "output" && e.stream === "stderr") out += e.text;
        },
      },
    );
    assert.ok(Number.isInteger(exit) && exit >= 0 && exit < 256, `exit status ${exit}`);
    assert.doesNotMatch(out, FAULT);
    // the workspace can always be told of
    for (const f of engine.workspace.files()) f.bytes();
  },
);

/** Completing lines at any place of theirs. */
export const completions = trying(
  fc.tuple(line, fc.nat(40)),
  ([words, at]) => `${at}: ${words.join(" ")}`,
  async ([words, at]) => {
    const engine = await nodeEngine();
    if (!engine.workspace.stat("/workspace/a.txt")) begin(engine);
    const text = words.join(" ");
    const cursor = Math.min(at, text.length);
    const c = await completeAnswer(engine, { kind: "complete", line: text, cursor });
    assert.ok(c.from <= c.to && c.to === cursor);
    assert.ok(c.candidates.every((x) => x.text !== ""));
  },
);
