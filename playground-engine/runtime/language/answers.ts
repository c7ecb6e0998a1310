// What an editor asks about a program's text: what could stand here, what is this, how is it called, where is it defined, and which
// places change with a name. Nothing of the reader's runs.
import { builtinsModule, nativeModuleNames, PyModule } from "../../python/runtime/modules.ts";
import { PyBuiltin } from "../../python/runtime/native-function.ts";
import { PyFunction } from "../../python/runtime/function.ts";
import { PyType, type Value } from "../../python/runtime/object.ts";
import type { LanguageAnswers, LanguageCandidate, LanguageQuestion, TextPlace } from "../protocol.ts";
import { boundName, type Found, Inference, type Place, selfAssignments } from "./infer.ts";
import type { OwnModules } from "./modules.ts";
import { renamedPlaces } from "./rename.ts";
import { docstring, homeOf, signatureOf } from "./signatures.ts";
import { type SourceFile, sourceFile } from "./source.ts";
import { callAt, expressionStart, marks, placeOf, wordEnd, wordStart } from "./text.ts";
import type { Type } from "./types.ts";

const KEYWORDS =
  "and as assert async await break class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return True try while with yield".split(
    " ",
  );

type Kind = LanguageCandidate["kind"];

const candidate = (text: string, kind: Kind, detail: string | null = null): LanguageCandidate => ({
  text,
  kind,
  detail,
});

/** @param modules of the workspace */
export function answerLanguage<Q extends LanguageQuestion>(
  question: Q,
  modules: OwnModules,
): LanguageAnswers[Q["what"]] {
  const { source, offset, path } = question;
  const file = sourceFile(path, source, offset);
  const place: Place = { file, line: placeOf(source, offset).line };
  const desk = new Desk(new Inference(modules), modules, place, source, offset);
  switch (question.what) {
    case "complete":
      return desk.complete() as LanguageAnswers[Q["what"]];
    case "hover":
      return desk.hover() as LanguageAnswers[Q["what"]];
    case "signature":
      return desk.signature() as LanguageAnswers[Q["what"]];
    case "definition":
      return desk.definition() as LanguageAnswers[Q["what"]];
    case "rename":
      return desk.rename(question.name) as LanguageAnswers[Q["what"]];
  }
}

class Desk {
  private readonly inference: Inference;
  private readonly own: OwnModules;
  private readonly place: Place;
  private readonly text: string;
  private readonly offset: number;

  constructor(inference: Inference, own: OwnModules, place: Place, text: string, offset: number) {
    this.inference = inference;
    this.own = own;
    this.place = place;
    this.text = text;
    this.offset = offset;
  }

  // ---- completion

  complete(): LanguageAnswers["complete"] {
    const { text, offset } = this;
    const from = wordStart(text, offset);
    const none = { from, to: offset, candidates: [] };
    const mark = marks(text.slice(0, offset));
    if (offset > 0 && mark[offset - 1] !== " " && mark[from - 1] !== " ") return none;
    if (mark[from - 1] === "c" || mark[from - 1] === "s") return none;
    return { from, to: offset, candidates: this.candidates(from) };
  }

  private candidates(from: number): LanguageCandidate[] {
    const before = this.text.slice(this.text.lastIndexOf("\n", from - 1) + 1, from);
    const importing = /^\s*from\s+([\w.]+)\s+import\s+(?:\(?[\w\s,]*)$/.exec(before);
    if (importing) {
      const module = this.inference.moduleOf(importing[1]!);
      return module ? [...this.members(module), ...this.submodules(importing[1]!)] : [];
    }
    if (/^\s*(from|import)\s+[\w., ]*$/.test(before)) {
      const path = /([\w.]*)\.$/.exec(before)?.[1];
      return path === undefined ? this.modules() : this.submodules(path);
    }
    if (this.text[from - 1] === ".") {
      // a chain may go on in the next line
      const end = this.text.slice(0, from - 1).trimEnd().length;
      const start = expressionStart(this.text, end);
      const t = this.inference.typeOfText(this.text.slice(start, end), this.place);
      return t ? this.members(t) : [];
    }
    return this.names(from);
  }

  private names(from: number): LanguageCandidate[] {
    const out = new Map<string, LanguageCandidate>();
    const call = callAt(this.text, from);
    if (call && call.keyword === null) {
      const called = this.inference.typeOfText(call.callee, this.place);
      const s = called && signatureOf(called, this.inference);
      for (const p of s?.parameters ?? []) {
        const name = /^\w+/.exec(p)?.[0];
        if (name && !p.startsWith("*") && /[=:]|…/.test(p))
          out.set(`${name}=`, candidate(`${name}=`, "keyword argument", p));
      }
    }
    for (const [name, found] of this.inference.names(this.place))
      if (!out.has(name)) out.set(name, candidate(name, kindOfBinding(found), null));
    for (const name of (builtinsModule as PyModule).dict.keys())
      if (!out.has(name) && !name.startsWith("_"))
        out.set(name, candidate(name, kindOfValue((builtinsModule as PyModule).dict.get(name)!)));
    for (const k of KEYWORDS) if (!out.has(k)) out.set(k, candidate(k, "keyword"));
    return [...out.values()];
  }

  private modules(): LanguageCandidate[] {
    const names = nativeModuleNames().filter((n) => !n.startsWith("_") && !n.includes("."));
    return [...new Set([...names, ...this.own.names])].sort().map((n) => candidate(n, "module"));
  }

  private submodules(package_: string): LanguageCandidate[] {
    const below = `${package_}.`;
    return nativeModuleNames()
      .filter(
        (n) =>
          n.startsWith(below) &&
          !n.slice(below.length).includes(".") &&
          !n.slice(below.length).startsWith("_"),
      )
      .map((n) => candidate(n.slice(below.length), "module"));
  }

  private members(t: Type): LanguageCandidate[] {
    const out = new Map<string, LanguageCandidate>();
    const put = (name: string, kind: Kind, detail: string | null = null): void => {
      if (!out.has(name)) out.set(name, candidate(name, kind, detail));
    };
    switch (t.kind) {
      case "module":
        for (const name of [...t.module.dict.keys(), ...(t.module.lazy?.keys() ?? [])])
          if (!name.startsWith("_"))
            put(name, t.module.dict.has(name) ? kindOfValue(t.module.dict.get(name)!) : "value");
        break;
      case "file":
        for (const [name, found] of this.inference.names({ file: t.file, line: Infinity }))
          put(name, kindOfBinding(found));
        break;
      case "class":
      case "object":
        this.classMembers(t.cls, put);
        break;
      case "own class":
      case "own object":
        for (const c of this.inference.lineage(t)) {
          if (c.kind === "class") {
            this.classMembers(c.cls, put);
            continue;
          }
          for (const s of c.node.body)
            if (s._type === "FunctionDef" || s._type === "AsyncFunctionDef")
              put(s.name, "method", docstring(s)?.split("\n")[0] ?? null);
            else if (s._type === "AnnAssign" && s.target._type === "Name") put(s.target.id, "attribute");
            else if (s._type === "Assign")
              for (const target of s.targets) if (target._type === "Name") put(target.id, "attribute");
          if (t.kind === "own object") for (const [name] of selfAssignments(c.node)) put(name, "attribute");
        }
        break;
      default:
    }
    // what programs rarely want comes last, what they must not see not at all
    return [...out.values()].filter((c) => !/^__\w+__$/.test(c.text)).sort((a, b) => rank(a) - rank(b));
  }

  private classMembers(cls: PyType, put: (name: string, kind: Kind, detail?: string | null) => void): void {
    for (const c of cls.mro) {
      if (c.name === "object") continue;
      for (const [name, v] of c.dict)
        if (!name.startsWith("__"))
          put(name, v instanceof PyBuiltin || v instanceof PyFunction ? "method" : "attribute");
    }
  }

  // ---- what is at the cursor

  /** The name at the cursor, with the expression that it ends. */
  private at():
    { readonly from: number; readonly to: number; readonly text: string; readonly name: string } | undefined {
    const from = wordStart(this.text, this.offset);
    const to = wordEnd(this.text, this.offset);
    if (from === to || marks(this.text.slice(0, to))[from] !== " ") return undefined;
    const name = this.text.slice(from, to);
    if (/^\d/.test(name) || KEYWORDS.includes(name)) return undefined;
    const start = this.text[from - 1] === "." ? expressionStart(this.text, to) : from;
    return { from, to, text: this.text.slice(start, to), name };
  }

  private typeAt(at: NonNullable<ReturnType<Desk["at"]>>): Type | undefined {
    const before = this.text.slice(this.text.lastIndexOf("\n", at.from - 1) + 1, at.from);
    const importing = /^\s*from\s+([\w.]+)\s+import\s+(?:\(?[\w\s,]*)$/.exec(before);
    if (importing) {
      const module = this.inference.moduleOf(importing[1]!);
      return module && this.inference.member(module, at.name);
    }
    if (/^\s*(from|import)\s+[\w., ]*$/.test(before))
      return this.inference.moduleOf(/[\w.]*$/.exec(before)![0] + at.name);
    const call = callAt(this.text, at.from);
    if (call && /^\s*=(?!=)/.test(this.text.slice(at.to))) return undefined;
    return this.inference.typeOfText(at.text, this.place);
  }

  hover(): LanguageAnswers["hover"] {
    const at = this.at();
    const t = at && this.typeAt(at);
    if (!at || !t) return null;
    const s = signatureOf(t, this.inference);
    const title =
      t.kind === "module" || t.kind === "file"
        ? `module ${t.kind === "module" ? t.module.name : t.file.path}`
        : s
          ? `${t.kind === "class" || t.kind === "own class" ? "class " : ""}${s.label}`
          : `${at.name}: ${shownType(t)}`;
    return { from: at.from, to: at.to, title, home: homeOf(t), doc: s?.doc ?? null };
  }

  signature(): LanguageAnswers["signature"] {
    const call = callAt(this.text, this.offset);
    const t = call && this.inference.typeOfText(call.callee, this.place);
    const s = t && signatureOf(t, this.inference);
    if (!call || !s) return null;
    const named = call.keyword;
    let active =
      named === null ? call.index : s.parameters.findIndex((p) => new RegExp(`^${named}\\b`).test(p));
    const rest = s.parameters.findIndex((p) => p.startsWith("*") && !p.startsWith("**"));
    if (named === null && rest >= 0 && active > rest) active = rest;
    if (named !== null && active < 0) active = s.parameters.findIndex((p) => p.startsWith("**"));
    return { ...s, active };
  }

  definition(): LanguageAnswers["definition"] {
    const at = this.at();
    if (!at) return null;
    if (at.text === at.name) {
      const found = this.inference.lookUp(at.name, this.place);
      if (!found) return null;
      // an imported name leads to where it is defined, if that is a file of the workspace
      const t = found.binding.what === "import" ? this.inference.bindingType(found) : undefined;
      return (t && placeOfType(t)) ?? placeOfFound(found);
    }
    const owner = this.inference.typeOfText(at.text.slice(0, at.text.lastIndexOf(".")), this.place);
    if (owner?.kind === "file") {
      const found = this.inference.lookUp(at.name, { file: owner.file, line: Infinity });
      return found ? placeOfFound(found) : null;
    }
    if (owner?.kind !== "own class" && owner?.kind !== "own object") return null;
    for (const c of this.inference.lineage(owner)) {
      if (c.kind !== "own class") continue;
      for (const s of c.node.body) {
        const name =
          s._type === "FunctionDef" || s._type === "AsyncFunctionDef"
            ? s.name
            : s._type === "AnnAssign" && s.target._type === "Name"
              ? s.target.id
              : s._type === "Assign" && s.targets[0]?._type === "Name"
                ? s.targets[0].id
                : undefined;
        if (name === at.name) return placeAt(c.file, s.lineno, s.col_offset, at.name);
      }
      for (const [name, , line] of selfAssignments(c.node))
        if (name === at.name) return placeAt(c.file, line, 0, at.name);
    }
    return null;
  }

  // ---- renaming

  rename(name: string | undefined): LanguageAnswers["rename"] {
    const at = this.at();
    const refuse = (error: string): LanguageAnswers["rename"] => ({ error });
    if (!at || at.text !== at.name)
      return refuse("Only variables, functions and classes of this file can be renamed.");
    if (name !== undefined && (!/^[^\W\d]\w*$/u.test(name) || KEYWORDS.includes(name)))
      return refuse(`'${name}' is no name in Python.`);
    const { file } = this.place;
    if (file.text !== this.text || !this.inference.lookUp(at.name, this.place))
      return refuse(`'${at.name}' is not defined in this file.`);
    const found = renamedPlaces(file, at.name, this.offset);
    return "error" in found ? found : { from: at.from, to: at.to, places: found.places };
  }
}

// ---- small things

const RARE = /^_|^(c|d|e)$/;
const rank = (c: LanguageCandidate): number => (RARE.test(c.text) ? 1 : 0);

function kindOfValue(v: Value): Kind {
  if (v instanceof PyModule) return "module";
  if (v instanceof PyType) return "class";
  return v instanceof PyBuiltin || v instanceof PyFunction ? "function" : "value";
}

function kindOfBinding({ binding }: Found): Kind {
  switch (binding.what) {
    case "class":
    case "function":
      return binding.what;
    case "import":
      return binding.node._type === "Import"
        ? "module"
        : /^[A-Z]/.test(boundName(binding) ?? "")
          ? "class"
          : "function";
    default:
      return "variable";
  }
}

function shownType(t: Type): string {
  switch (t.kind) {
    case "object":
      return t.of ? `${t.cls.name}[${shownType(t.of)}]` : t.cls.name;
    case "own object":
    case "own class":
      return t.node.name;
    default:
      return t.kind;
  }
}

function placeAt(file: SourceFile, line: number, bytes: number, name: string): TextPlace {
  const from = file.text.indexOf(name, file.lines.offset(line, bytes));
  const { column } = placeOf(file.text, Math.max(0, from));
  return { path: file.path, line: placeOf(file.text, Math.max(0, from)).line, column };
}

function placeOfType(t: Type): TextPlace | null {
  switch (t.kind) {
    case "own class":
    case "own function":
      return placeAt(t.file, t.node.lineno, t.node.col_offset, t.node.name);
    case "file":
      return { path: t.file.path, line: 1, column: 1 };
    default:
      return null;
  }
}

function placeOfFound({ binding: b, file }: Found): TextPlace | null {
  const name = boundName(b);
  if (name === undefined) return null;
  return placeAt(file, b.node.lineno, b.node.col_offset, name);
}
