// npm run bench -- python [NAME…]: our interpreter beside the python3 of this machine, program by program, in one run.
//
// Each program defines run(). It is timed by its own clock in a process of its own, ROUNDS calls; then the same text in
// python3. Shown are the best of the calls, as timeit does it (other programs keep the machine busy), the first call
// (cold, before the JavaScript engine knows it), and the ratio of each to CPython's. Frames keep their variables
// (frameLocals), as they do in the playground. Goal: the geometric mean of the ratios at most 1.5, none above 5.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { against, type Figure, type Part } from "./report.ts";

const ROUNDS = 7;

const PROGRAMS: Readonly<Record<string, string>> = {
  "int loop": `
def run():
    total = 0
    for i in range(1000000):
        if i % 3 == 0:
            total += i * 2
        else:
            total -= i & 7
    return total
`,
  "function calls": `
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def add(a, b=2, *, c=3):
    return a + b + c

def run():
    x = fib(22)
    for i in range(100000):
        x += add(i) + add(i, 1) + add(i, b=4, c=2)
    return x
`,
  "attribute access": `
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return self.x * self.x + self.y * self.y

    def move(self, dx, dy):
        self.x += dx
        self.y += dy

    @property
    def total(self):
        return self.x + self.y

def run():
    p = Point(1, 2)
    s = 0
    for i in range(150000):
        p.move(1 if i % 2 else -1, -1 if i % 2 else 1)
        s += p.norm() + p.total
    return s
`,
  "dict and list": `
def run():
    counts = {}
    for i in range(100000):
        k = i % 5000
        counts[k] = counts.get(k, 0) + 1
    words = ["alpha", "beta", "gamma", "delta"] * 20000
    seen = {}
    for w in words:
        if w in seen:
            seen[w] += 1
        else:
            seen[w] = 1
    numbers = []
    for i in range(100000):
        numbers.append(i)
    s = 0
    for i in range(len(numbers)):
        s += numbers[i]
    numbers[:] = numbers[::2]
    numbers.reverse()
    pairs = {(i, i + 1): i for i in range(20000)}
    for i in range(20000):
        s += pairs[(i, i + 1)]
    return s
`,
  "string building": `
def run():
    out = []
    for i in range(60000):
        out.append(f"item {i}: {i * 2:>8}")
    text = "\\n".join(out)
    n = 0
    for line in text.split("\\n"):
        if line.startswith("item 1"):
            n += len(line.strip().upper())
    acc = ""
    for i in range(60000):
        acc += "x"
    parts = []
    for word in ("the quick brown fox " * 10000).split():
        parts.append(word.capitalize() + "!")
    return n, len(acc), len("".join(parts))
`,
  comprehension: `
def run():
    for _ in range(4):
        a = [i * i for i in range(60000) if i % 2]
        b = {x: x + 1 for x in a}
        c = {x % 100 for x in a}
        s = sum(x for x in a)
        m = max([x % 17 for x in a])
    return s, m, len(b), len(c)
`,
  generator: `
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1

def even(numbers):
    for x in numbers:
        if x % 2 == 0:
            yield x

def tree(n):
    if n == 0:
        yield 0
    else:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)

def run():
    s = 0
    for x in even(count(300000)):
        s += x
    for x in tree(13):
        s += x
    return s
`,
  "exception handling": `
class Odd(Exception):
    pass

def check(i):
    if i % 2:
        raise Odd("odd", i)
    return i

def run():
    n = 0
    for i in range(100000):
        try:
            n += check(i)
        except Odd as e:
            n -= e.args[1]
    empty = {}
    for i in range(60000):
        try:
            empty[i]
        except KeyError:
            n += 1
    return n
`,
  "class instantiation": `
class Base:
    def __init__(self, a):
        self.a = a

    def value(self):
        return self.a

class Child(Base):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b

    def value(self):
        return super().value() + self.b

class Vector:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Vector(self.x + other.x)

def run():
    s = 0
    for i in range(100000):
        s += Child(i, 2).value()
    v = Vector(0)
    one = Vector(1)
    for i in range(100000):
        v = v + one
    return s, v.x
`,
  sorting: `
class Record:
    def __init__(self, key, name):
        self.key = key
        self.name = name

def run():
    x = 12345
    numbers = []
    for i in range(60000):
        x = (x * 1103515245 + 12345) % 2147483648
        numbers.append(x)
    numbers.sort()
    records = [Record(n % 1000, str(n)) for n in numbers]
    records.sort(key=lambda r: (r.key, r.name))
    names = sorted((r.name for r in records), reverse=True)
    return len(names)
`,
  json: `
import json

def run():
    rows = [{"id": i, "name": f"user {i}", "score": i / 7, "tags": ["a", "b"], "ok": i % 2 == 0} for i in range(6000)]
    n = 0
    for _ in range(3):
        text = json.dumps(rows)
        n += len(text) + len(json.loads(text))
    return n + len(json.dumps(rows[:1500], indent=2, sort_keys=True))
`,
  floats: `
def run():
    x = 0.0
    for i in range(300000):
        x = x * 0.5 + i / 3.0
        if x > 1e6:
            x -= 1e5
    return x
`,
  closures: `
def make(n):
    total = 0
    def add(x):
        nonlocal total
        total = (total + x + n) % 1000003
        return total
    return add

def passed_on(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper

@passed_on
def plus(a, b=1):
    return a + b

def run():
    f = make(3)
    s = 0
    for i in range(150000):
        s = (s + f(i)) % 1000003
    for i in range(80000):
        s += plus(i, b=2)
    return s
`,
};

/** The programs that the goal names; the others only inform. */
const NAMED = 11;

const TIMED = `
if __name__ == "__main__":
    from time import perf_counter
    for _ in range(${ROUNDS}):
        _started = perf_counter()
        run()
        print((perf_counter() - _started) * 1000)
`;

const runner = fileURLToPath(new URL("../../test/engine/python/run-file.ts", import.meta.url));

function times(command: string, args: readonly string[]): number[] {
  const env = { ...process.env, FRAME_LOCALS: "1" };
  const out = execFileSync(command, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "inherit"] });
  const found = out.trim().split("\n").map(Number);
  if (found.length !== ROUNDS || found.some(Number.isNaN)) throw new Error(`no times: ${out.slice(0, 200)}`);
  return found;
}

const mean = (v: readonly number[]): number => Math.exp(v.reduce((s, x) => s + Math.log(x), 0) / v.length);

/** 1,000 lines of the programs above, compiled by ours in this process; milliseconds, the best of the rounds. */
async function compileTime(): Promise<number> {
  await import("../../playground-engine/python/index.ts");
  const { compileSource } = await import("../../playground-engine/python/compile/compile.ts");
  let text = "";
  for (let n = 0; text.split("\n").length <= 1000; n++) {
    const all = Object.values(PROGRAMS).join("\n");
    text += all.replaceAll(/def run\(/g, `def run_${n}(`);
  }
  const source = `${text.split("\n").slice(0, 1000).join("\n")}\n`.replace(/\n[^\n]*\n$/, "\n    pass\n");
  const taken: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now();
    compileSource(i % 2 ? source : `${source}\n`, "lines.py", "exec", { locals: true });
    taken.push(performance.now() - started);
  }
  return Math.min(...taken);
}

/** Program by program; @param only those with these words in their names */
export async function benchPython(only: readonly string[]): Promise<Part> {
  const figures: Figure[] = [];
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const ratios: number[] = [];
  const firsts: number[] = [];
  try {
    for (const [index, [name, source]] of Object.entries(PROGRAMS).entries()) {
      if (only.length > 0 && !only.some((o) => name.includes(o))) continue;
      const file = join(folder, `bench_${name.replaceAll(" ", "_")}.py`);
      writeFileSync(file, source + TIMED);
      const ours = times(process.execPath, [runner, file]);
      const theirs = times("python3", [file]);
      const ratio = Math.min(...ours) / Math.min(...theirs);
      const first = ours[0]! / theirs[0]!;
      if (index < NAMED) {
        ratios.push(ratio);
        firsts.push(first);
      }
      figures.push(
        against(name, Math.min(...ours), "CPython", Math.min(...theirs)),
        against(`${name}, first call`, ours[0]!, "CPython", theirs[0]!),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const compiled = await compileTime();
  figures.push({ what: "compiling 1,000 lines", ours: compiled });
  if (ratios.length > 0)
    figures.push(
      { what: "geometric mean of the ratios", ours: mean(ratios), unit: "×" },
      { what: "geometric mean of the ratios of first calls", ours: mean(firsts), unit: "×" },
    );
  return {
    name: "Python",
    figures,
    goal: "geometric mean at most 1.5 times CPython's time, none above 5; 1,000 lines compiled in 50 ms",
    passed: compiled <= 50 && (ratios.length === 0 || (mean(ratios) <= 1.5 && Math.max(...ratios) <= 5)),
  };
}
