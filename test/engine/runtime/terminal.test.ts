// The terminal held to what a real shell, CPython, SQLAlchemy and Alembic print (terminal/record.py recorded it).
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeEngine } from "../../../playground-engine/runtime/node.ts";
import type { Engine } from "../../../playground-engine/runtime/program.ts";
import type { TerminalState, WorkspaceFile } from "../../../playground-engine/runtime/protocol.ts";

const HERE = join(import.meta.dirname, "terminal");
const WORKSPACES = join(import.meta.dirname, "../../../content/workspaces");

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine();
});

function filesBelow(dir: string, prefix = ""): WorkspaceFile[] {
  return readdirSync(join(dir, prefix)).flatMap((name) => {
    const path = prefix ? `${prefix}/${name}` : name;
    if (statSync(join(dir, path)).isDirectory()) return name === "__pycache__" ? [] : filesBelow(dir, path);
    return [{ path, content: readFileSync(join(dir, path), "utf8") }];
  });
}

/** What differs with every run, as record.py masks it. */
function masked(text: string): string {
  return text
    .replace(/Create Date: .*/g, "Create Date: *")
    .replace(/in \d+\.\d+s/g, "in *s")
    .replace(/0x[0-9a-f]{6,}/g, "0x*");
}

/** Lines that this terminal adds to what a shell says. */
const HINT = /^(?:Did you mean '|'help' lists |Run it with: ).*\n/gm;

function transcript(lines: readonly string[]): string {
  let state: TerminalState | undefined;
  return lines
    .map((line) => {
      let text = "";
      const { exit } = engine.run(
        { kind: "command", line, ...(state ? { terminal: { state } } : {}) },
        {
          event: (e) => {
            if (e.kind === "output") text += e.text;
            else if (e.kind === "terminal") state = e.state;
            else if (e.kind === "limit") text += `LIMIT: ${e.message}\n`;
          },
        },
      );
      return `$ ${line}\n${masked(text).replace(HINT, "")}[${exit}]\n`;
    })
    .join("");
}

describe.each(
  readdirSync(HERE)
    .filter((f) => f.endsWith(".commands.txt"))
    .map((f) => f.replace(".commands.txt", "")),
)("%s", (name) => {
  const all = readFileSync(join(HERE, `${name}.commands.txt`), "utf8").split("\n");
  const workspace = /^# workspace: (\S+)/m.exec(all.join("\n"))?.[1];
  const lines = all.filter((l) => l.trim() !== "" && !l.startsWith("#"));

  test("prints what the real programs print", () => {
    engine.forget();
    const own = join(HERE, "workspaces", workspace ?? "none");
    const folder = existsSync(own) ? own : join(WORKSPACES, workspace ?? "none");
    engine.workspace.replace(workspace ? filesBelow(folder) : []);
    expect(transcript(lines)).toBe(readFileSync(join(HERE, `${name}.expected.txt`), "utf8"));
  });
});
