// Signatures as text, in parts: for hints while a call is typed, for keywords that it takes, and for hovering.
import { PyBoundMethod, PyFunction } from "../../python/runtime/function.ts";
import { PyBuiltin } from "../../python/runtime/native-function.ts";
import type { PyType, Value } from "../../python/runtime/object.ts";
import type * as ast from "../../python/syntax/ast.ts";
import { unparse } from "../../python/syntax/unparse.ts";
import { type Inference, nameOfFunction, qualified } from "./infer.ts";
import type { Type } from "./types.ts";

export interface Signature {
  /** "select(*entities)" */
  readonly label: string;
  /** Each parameter's text as it stands in the label: "*entities", "echo=False". */
  readonly parameters: readonly string[];
  readonly doc: string | null;
}

/** Parameters of a signature's text, `self`, `cls` and marks left out. */
function parametersIn(text: string, skipFirst: boolean): string[] {
  const inside = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let part = "";
  for (const c of inside) {
    if (quote) {
      if (c === quote) quote = "";
    } else if (c === "'" || c === '"') quote = c;
    else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
    if (c === "," && depth === 0 && !quote) {
      parts.push(part.trim());
      part = "";
    } else part += c;
  }
  if (part.trim()) parts.push(part.trim());
  if (skipFirst && /^(self|cls)\b/.test(parts[0] ?? "")) parts.shift();
  return parts.filter((p) => p !== "/");
}

const signature = (name: string, parameters: readonly string[], doc: string | null): Signature => ({
  label: `${name}(${parameters.join(", ")})`,
  parameters: parameters.filter((p) => p !== "*"),
  doc,
});

function ofPython(fn: PyFunction, name: string, method: boolean): Signature {
  const { names, varArgs, kwOnly, varKw } = fn.code.params;
  const plain = names.map((n, i) => (i >= names.length - fn.defaults.length ? `${n}=…` : n));
  if (method) plain.shift();
  const keyword = kwOnly.map((n) => (fn.kwDefaults?.has(n) ? `${n}=…` : n));
  const star = varArgs !== null ? [`*${varArgs}`] : keyword.length ? ["*"] : [];
  return signature(name, [...plain, ...star, ...keyword, ...(varKw !== null ? [`**${varKw}`] : [])], null);
}

function ofOwn(node: ast.FunctionDef | ast.AsyncFunctionDef, name: string, method: boolean): Signature {
  const a = node.args;
  const plain = [...a.posonlyargs, ...a.args];
  const text = (arg: ast.Arg, value: ast.Expr | null | undefined): string =>
    `${arg.arg}${arg.annotation ? `: ${unparse(arg.annotation)}` : ""}${value ? `${arg.annotation ? " = " : "="}${unparse(value)}` : ""}`;
  const parts = plain.map((arg, i) => text(arg, a.defaults[i - (plain.length - a.defaults.length)]));
  if (a.vararg) parts.push(`*${text(a.vararg, null)}`);
  else if (a.kwonlyargs.length) parts.push("*");
  a.kwonlyargs.forEach((arg, i) => parts.push(text(arg, a.kw_defaults[i])));
  if (a.kwarg) parts.push(`**${text(a.kwarg, null)}`);
  if (method && plain.length) parts.shift();
  return signature(name, parts, docstring(node));
}

export function docstring(node: { readonly body: readonly ast.Stmt[] }): string | null {
  const first = node.body[0];
  return first?._type === "Expr" && first.value._type === "Constant" && typeof first.value.value === "string"
    ? first.value.value.trim()
    : null;
}

function ofFunction(fn: Value, name: string, method: boolean): Signature | undefined {
  if (fn instanceof PyBoundMethod) return ofFunction(fn.func as Value, name, true);
  if (fn instanceof PyBuiltin)
    return signature(name, parametersIn(fn.text, method || fn.kind === "new"), fn.doc);
  return fn instanceof PyFunction ? ofPython(fn, name, method) : undefined;
}

function ofClass(cls: PyType): Signature | undefined {
  for (const name of ["__init__", "__new__"]) {
    const fn = cls.lookup(name);
    if (fn instanceof PyBuiltin && fn.owner?.name === "object" && cls.name !== "object") continue;
    const found = fn === undefined ? undefined : ofFunction(fn, cls.name, true);
    if (found) return found;
  }
  return signature(cls.name, [], null);
}

/** How something is called; undefined where it is not. */
export function signatureOf(t: Type, inference: Inference): Signature | undefined {
  switch (t.kind) {
    case "function":
      return ofFunction(t.fn, nameOfFunction(t.fn), t.self?.kind === "object");
    case "class":
      return ofClass(t.cls);
    case "own function":
      return ofOwn(t.node, t.node.name, t.self?.kind === "own object");
    case "own class": {
      const init = inference.member({ kind: "own object", file: t.file, node: t.node }, "__init__");
      if (init?.kind === "own function") return ofOwn(init.node, t.node.name, true);
      return signature(t.node.name, mappedKeywords(t, inference), docstring(t.node));
    }
    default:
      return undefined;
  }
}

/** The keywords of a mapped class's constructor: its attributes with annotations or columns. */
function mappedKeywords(t: Extract<Type, { kind: "own class" }>, inference: Inference): string[] {
  const out: string[] = [];
  for (const c of inference.lineage(t).reverse()) {
    if (c.kind !== "own class") continue;
    for (const s of c.node.body)
      if (s._type === "AnnAssign" && s.target._type === "Name") out.push(`${s.target.id}=…`);
      else if (
        s._type === "Assign" &&
        s.value._type === "Call" &&
        s.value.func._type === "Name" &&
        /^(mapped_column|Column|relationship|synonym|composite)$/.test(s.value.func.id)
      )
        for (const target of s.targets) if (target._type === "Name") out.push(`${target.id}=…`);
  }
  return out.length ? ["*", ...new Set(out)] : [];
}

/** Where a thing of the library is at home, for hovering. */
export function homeOf(t: Type): string | null {
  switch (t.kind) {
    case "module":
      return t.module.name;
    case "class":
      return qualified(t.cls);
    case "function":
      return t.fn instanceof PyBuiltin ? (t.fn.owner ? qualified(t.fn.owner) : t.fn.module) : null;
    default:
      return null;
  }
}
