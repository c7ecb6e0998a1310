// Which places of a file change with a name: the uses of one variable, function or class in its scope, and for a parameter the
// calls that give it by keyword.
import { analyse, type Scope } from "../../python/compile/scopes.ts";
import type * as ast from "../../python/syntax/ast.ts";
import { eachChild } from "../../python/syntax/index.ts";
import type { LanguageAnswers } from "../protocol.ts";
import type { SourceFile } from "./source.ts";

type Places = Extract<LanguageAnswers["rename"], { places: unknown }>["places"];

interface Use {
  readonly from: number;
  readonly to: number;
  readonly scope: Scope;
  /** `from m import name`: what is imported keeps its name. */
  readonly imported: boolean;
  /** `import name.module` */
  readonly dotted: boolean;
}

/** `function(name=…)`, and the scope in which the function is called. */
interface KeywordUse {
  readonly from: number;
  readonly to: number;
  readonly function: string;
  /** Called as an attribute: a method, of whichever class. */
  readonly method: boolean;
  readonly scope: Scope;
}

/** @returns the places to change, or why they cannot be told */
export function renamedPlaces(
  file: SourceFile,
  name: string,
  offset: number,
): { readonly places: Places } | { readonly error: string } {
  const { uses, keywords } = usesOf(file, name);
  const here = uses.find((u) => u.from <= offset && offset <= u.to);
  if (!here) return { error: `'${name}' cannot be renamed here.` };
  const same = uses.filter((u) => u.scope === here.scope);
  if (same.some((u) => u.dotted)) return { error: `'${name}' is the package of a module imported with it.` };
  const places: Places[number][] = same.map(({ from, to, imported }) =>
    imported ? { from: to, to, before: " as " } : { from, to },
  );
  const { scope } = here;
  if (scope.kind === "function" && scope.params.includes(name)) {
    const owner = scope.parent?.kind === "class" ? scope.parent : undefined;
    // a class is called for its __init__; other methods are called as attributes, of whatever it may be
    const called = owner && scope.name === "__init__" ? owner : scope;
    const asMethod = owner !== undefined && called === scope;
    for (const k of keywords)
      if (
        k.function === called.name &&
        k.method === asMethod &&
        (asMethod || homeOf(k.scope, called.name) === called.parent)
      )
        places.push({ from: k.from, to: k.to });
  }
  return { places: places.sort((a, b) => a.from - b.from) };
}

/** The scope whose variable a name is that stands in `scope`. */
function homeOf(scope: Scope, name: string): Scope {
  let s = scope;
  if (s.globals.has(name)) while (s.parent) s = s.parent;
  else
    for (let first = true; s.parent; s = s.parent, first = false)
      if (
        (s.bound.has(name) || s.params.includes(name)) &&
        !s.nonlocals.has(name) &&
        (first || s.kind !== "class")
      )
        break;
  return s;
}

function usesOf(file: SourceFile, name: string): { uses: Use[]; keywords: KeywordUse[] } {
  const scopes = analyse(file.tree);
  const uses: Use[] = [];
  const keywords: KeywordUse[] = [];
  const startOf = (n: ast.Located): number => file.lines.offset(n.lineno, n.col_offset);
  const add = (from: number, scope: Scope, imported = false, dotted = false): void => {
    const at = file.text.indexOf(name, from);
    if (at >= 0) uses.push({ from: at, to: at + name.length, scope: homeOf(scope, name), imported, dotted });
  };
  const addKeywords = (call: ast.Call, scope: Scope): void => {
    const { func } = call;
    if (func._type !== "Name" && func._type !== "Attribute") return;
    for (const k of call.keywords) {
      if (k.arg !== name) continue;
      const from = startOf(k);
      const method = func._type === "Attribute";
      keywords.push({ from, to: from + name.length, function: method ? func.attr : func.id, method, scope });
    }
  };
  const walk = (node: ast.Node, scope: Scope): void => {
    const inner = scopes.get(node as never) ?? scope;
    switch (node._type) {
      case "Name":
        if (node.id === name) add(startOf(node), inner);
        break;
      case "arg":
        if (node.arg === name) add(startOf(node), inner);
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
        // past the word itself, which may hold the name
        if (node.name === name)
          add(file.text.indexOf(node._type === "ClassDef" ? "class" : "def", startOf(node)) + 4, scope);
        break;
      case "alias":
        if (node.asname === name) add(file.text.indexOf(" as ", startOf(node)) + 4, inner);
        else if (node.asname === null && node.name.split(".")[0] === name)
          add(startOf(node), inner, true, node.name.includes("."));
        break;
      case "ExceptHandler":
        if (node.name === name) add(file.text.indexOf(" as ", startOf(node)) + 4, inner);
        break;
      case "Global":
      case "Nonlocal":
        if (node.names.includes(name)) add(startOf(node) + node._type.length, inner);
        break;
      case "Call":
        addKeywords(node, inner);
        break;
    }
    eachChild(node, (child) => walk(child, inner));
  };
  const module = scopes.get(file.tree as never)!;
  for (const s of file.tree.body) walk(s, module);
  return { uses, keywords };
}
