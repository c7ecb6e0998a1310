// Finds where the engine takes as options what Python may give by position, and writes it down for the bindings.
//
//   node tools/option-counts.ts        rewrites playground-engine/bindings/api/options.ts
//
// SQLAlchemy's `ForeignKey(column, _constraint=None, use_alter=False, …)` is `new ForeignKey(column, options)` here: one positional
// parameter, the rest in `options`. The names of parameters are gone from a minified bundle, so the counts are written down.
import { writeFileSync } from "node:fs";
import { loadNodeDriver } from "../playground-engine/driver/node.ts";
import { bindEverything } from "../playground-engine/bindings/index.ts";
import { attachedClasses } from "../playground-engine/bindings/class-table.ts";
import { offeredFunctions } from "../playground-engine/bindings/modules.ts";
import { parseSignature } from "../playground-engine/python/runtime/signature.ts";
import { camel } from "../playground-engine/bindings/values.ts";

/** Parameter names of a function or constructor, from its text. */
function parameters(source: string): string[] | undefined {
  const open = source.indexOf("(");
  if (open < 0) return undefined;
  let depth = 0;
  let part = "";
  const parts: string[] = [];
  for (let i = open; i < source.length; i++) {
    const c = source[i]!;
    if ("([{".includes(c)) depth++;
    if (")]}".includes(c)) depth--;
    if (depth === 0) break;
    if (depth === 1 && c === ",") {
      parts.push(part);
      part = "";
    } else if (i > open) part += c;
  }
  if (part.trim()) parts.push(part);
  return parts.map((p) =>
    p
      .split("=")[0]!
      .trim()
      .replace(/^\{.*/s, "options")
      .replace(/[?:\s].*$/s, ""),
  );
}

function constructorSource(cls: unknown): string | undefined {
  for (
    let at: unknown = cls;
    typeof at === "function" && at !== Function.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    const text = String(at);
    const m = /(^|[\s;}])constructor\s*\(/.exec(text);
    if (m) return text.slice(m.index + m[0].length - 1);
  }
  return undefined;
}

/** How many positional parameters there are before the options, where that is fewer than the signature has. */
function count(signature: string, source: string | undefined, skipSelf: boolean): number | undefined {
  const names = source === undefined ? undefined : parameters(source);
  const at = names?.findIndex((n) => n === "options" || n === "opts") ?? -1;
  if (!names || at < 0) return undefined;
  const p = parseSignature(signature).params;
  const positional = p.names.length - (skipSelf ? 1 : 0);
  const before = at - (p.varArgs === null ? 0 : 1);
  return before >= 0 && before < positional ? before : undefined;
}

bindEverything(await loadNodeDriver());
const lines: string[] = [];
for (const { name, init, members, host } of attachedClasses()) {
  const n = count(init || "()", constructorSource(host), false);
  if (n !== undefined) lines.push(`  ${JSON.stringify(name)}: ${n},`);
  for (const m of members) {
    if (m.startsWith(".")) continue;
    const plain = m.replace(/^@\w+ /, "");
    const open = plain.indexOf("(");
    const js = camel(plain.slice(0, open));
    const holder = m.startsWith("@") ? host : (host as { prototype: object }).prototype;
    const fn = (holder as Record<string, unknown>)[js];
    if (typeof fn !== "function") continue;
    const k = count(plain.slice(open), String(fn), !m.startsWith("@staticmethod"));
    if (k !== undefined) lines.push(`  ${JSON.stringify(`${name}.${plain.slice(0, open)}`)}: ${k},`);
  }
}
for (const { name, signature, fn } of offeredFunctions()) {
  const k = count(signature, String(fn), false);
  if (k !== undefined) lines.push(`  ${JSON.stringify(name)}: ${k},`);
}
writeFileSync(
  "playground-engine/bindings/api/options.ts",
  `// Made by tools/option-counts.ts from the engine's own parameters: not written by hand.\n\n/** Where options stand for positional parameters of the real library: how many stay positional. */\nexport const optionCounts: Readonly<Record<string, number>> = {\n${[...new Set(lines)].sort().join("\n")}\n};\n`,
);
console.log(lines.length, "entries");
process.exit(0);
