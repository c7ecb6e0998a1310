// Terminals of pages show what bash, Alembic and Python show (content/recorded/…/PAGE.terminals.json, made by record_consoles.py).
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromFragment } from "../../site/playground/model/share.ts";
import { linkOf } from "../../site/expressive/console-plugin.ts";
import { consolesOf, patched } from "../../site/expressive/consoles.ts";
import { runConsoles, startOf } from "../../site/expressive/run-consoles.ts";
import { pageFiles, terminalsOf } from "../../tools/content.ts";
import { digest, recordingIn } from "./recordings.ts";

interface Recorded {
  readonly source: string;
  readonly session: string;
  readonly outputs: readonly string[];
}

/** Revisions numbered by appearance, the time of their making blotted out; what the page itself gives stays. */
function steady(outputs: readonly string[], given: string): string[] {
  const ids = new Map<string, string>();
  return outputs.map((text) =>
    text
      .replace(/\b[0-9a-f]{12}(?=\b|_)/g, (id) => {
        if (given.includes(id)) return id;
        if (!ids.has(id)) ids.set(id, `revision ${ids.size + 1}`);
        return ids.get(id)!;
      })
      .replace(/\bin \d+\.\d\ds\b/g, "in …s")
      .replace(/(Create Date: )[\d-]+ [\d:.]+/g, (all, says: string) =>
        given.includes(all) ? all : `${says}…`,
      ),
  );
}

const pages = pageFiles()
  .map((page) => ({ page, text: readFileSync(page, "utf8") }))
  .filter(({ text }) => consolesOf(text).length > 0);

let held = 0;

describe.each(pages)("$page", ({ page, text }) => {
  test("its terminals show what the real programs show", async () => {
    const recorded = recordingIn<Recorded>(terminalsOf(page));
    const ran = await runConsoles(page, text);
    expect(
      recorded.map((r) => r.source),
      `the page changed: run test/content/record.py ${page}`,
    ).toEqual(ran.map((r) => digest(r.source)));
    for (const [session, fences] of Map.groupBy(ran, (r) => r.session)) {
      const given = fences
        .flatMap((f) => [
          ...f.edits.map((e) => e.text),
          ...(f.start === null ? [] : startOf(f.start).map((file) => String(file.content))),
        ])
        .join("\n");
      const ours = fences.flatMap((f) => f.outputs);
      const real = recorded.filter((r) => r.session === session).flatMap((r) => r.outputs);
      const commands = fences.flatMap((f) => f.commands);
      const beside = (outputs: readonly string[]): string[] =>
        outputs.map((o, i) => `$ ${commands[i]!}\n${o}`);
      expect(beside(steady(ours, given)), session).toEqual(beside(real));
      held += commands.length;
    }
  });

  test("each opens in the playground with the files that its first command meets", async () => {
    for (const terminal of await runConsoles(page, text)) {
      const link = await linkOf(terminal);
      const shared = await fromFragment(link);
      expect([...shared!.files.keys()].sort()).toEqual(terminal.files.map(([path]) => path).sort());
    }
  });
});

test("at least 50 commands are held against a recording", () => {
  expect(held).toBeGreaterThanOrEqual(50);
});

describe("a terminal", () => {
  const page = (...fences: string[]): string => fences.map((f) => `\`\`\`${f}\n\`\`\`\n`).join("\n");
  const models = 'python session="a" file="models.py"\nx = 1';

  test("goes on where the session's last commands left its files, and has what the page writes", async () => {
    const [first, second] = await runConsoles(
      "page",
      page(
        models,
        'console run session="a"\n$ python -c "import models; print(models.x)"\n$ echo hello > made.txt',
        'diff session="a" file="models.py"\n-x = 1\n+x = 2',
        'console run session="a"\n$ cat made.txt models.py',
      ),
    );
    expect(first!.outputs).toEqual(["1\n", ""]);
    expect(second!.outputs).toEqual(["hello\nx = 2\n"]);
  });

  test("that fails, and does not say so, is told with its line", async () => {
    await expect(runConsoles("page", page('console run session="a"\n$ ls nowhere'))).rejects.toThrow(
      /^page:1: \$ ls nowhere\nfails with 2:\nls: cannot access 'nowhere'/,
    );
    await expect(
      runConsoles("page", page('console run session="a" expect-error="no such thing"\n$ ls nowhere')),
    ).rejects.toThrow('does not fail with "no such thing"');
  });

  test("holds commands only", () => {
    expect(() => consolesOf(page('console run session="a"\n$ ls\nmain.py'))).toThrow("main.py is no command");
    expect(() => consolesOf(page("console run\n$ ls"))).toThrow("line 1: a terminal that says no session");
  });

  test("new revisions have the same ids in each build", async () => {
    const made = page(
      'console run session="a"\n$ alembic init m',
      'console run session="a"\n$ alembic revision -m one\n$ alembic revision -m two\n$ alembic history -v',
    );
    const outputs = (await runConsoles("page", made))[1]!.outputs.join("");
    expect((await runConsoles("page", `\n${made}`))[1]!.outputs.join("")).toBe(outputs);
  });
});

describe("a patch", () => {
  test("replaces its old lines, between the lines that stay", () => {
    expect(patched("a\nb\nc\nb\n", " a\n-b\n+B")).toBe("a\nB\nc\nb\n");
  });
  test("is refused where its old lines are not there once", () => {
    expect(() => patched("a\na\n", "-a\n+b")).toThrow("these lines are there 2 times");
    expect(() => patched("a\n", "-x\n+b")).toThrow("these lines are there 0 times");
  });
});
