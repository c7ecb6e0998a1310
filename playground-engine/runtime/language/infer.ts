// Which type an expression has at a place of a file, as far as its text tells: assignments, imports, annotations, and what the
// library's functions are known to give. Nothing of the reader's runs; modules of the library are imported as programs import them.
import { getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { PyBoundMethod, PyFunction } from "../../python/runtime/function.ts";
import { importModule, isNativeModule, moduleMember, PyModule } from "../../python/runtime/modules.ts";
import { PyBuiltin } from "../../python/runtime/native-function.ts";
import { PyType, typeOf as pythonType, type Value } from "../../python/runtime/object.ts";
import { builtinsModule } from "../../python/runtime/modules.ts";
import { eachChild, parse } from "../../python/syntax/index.ts";
import type * as ast from "../../python/syntax/ast.ts";
import type { OwnModules } from "./modules.ts";
import { RETURNS } from "./returns.ts";
import type { SourceFile } from "./source.ts";
import type { Type } from "./types.ts";

/** Where an expression stands. */
export interface Place {
  readonly file: SourceFile;
  readonly line: number;
  /** Variables of comprehensions around it. */
  readonly locals?: ReadonlyMap<string, Type>;
}

type FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef;
type Binding =
  | { readonly what: "import"; readonly node: ast.Import | ast.ImportFrom; readonly alias: ast.Alias }
  | { readonly what: "function"; readonly node: FunctionNode }
  | { readonly what: "class"; readonly node: ast.ClassDef }
  | {
      readonly what: "value";
      readonly node: ast.Expr;
      readonly value: ast.Expr | null;
      readonly annotation: ast.Expr | null;
    }
  | { readonly what: "item"; readonly node: ast.Expr; readonly of: ast.Expr }
  | { readonly what: "entered"; readonly node: ast.Expr; readonly manager: ast.Expr }
  | { readonly what: "exception"; readonly node: ast.ExceptHandler }
  | {
      readonly what: "parameter";
      readonly node: ast.Arg;
      readonly of: FunctionNode;
      readonly owner: ast.ClassDef | undefined;
    };

export interface Found {
  readonly binding: Binding;
  readonly file: SourceFile;
  readonly line: number;
}

const DEPTH = 12;

export class Inference {
  private readonly own: OwnModules;
  private depth = 0;
  constructor(own: OwnModules) {
    this.own = own;
  }

  /** The type of an expression's text. */
  typeOfText(text: string, place: Place): Type | undefined {
    try {
      return this.typeOf(parse(text.trim().replace(/\s*\n\s*/g, " "), place.file.path, "eval").body, place);
    } catch {
      return undefined;
    }
  }

  typeOf(e: ast.Expr, place: Place): Type | undefined {
    if (this.depth >= DEPTH) return undefined;
    this.depth++;
    try {
      return this.infer(e, place);
    } finally {
      this.depth--;
    }
  }

  private infer(e: ast.Expr, place: Place): Type | undefined {
    switch (e._type) {
      case "Name":
        return place.locals?.get(e.id) ?? this.nameType(e.id, place);
      case "Attribute": {
        const of = this.typeOf(e.value, place);
        return of && this.member(of, e.attr);
      }
      case "Call":
        return this.called(e, place);
      case "Await":
      case "Starred":
        return this.typeOf(e.value, place);
      case "Subscript": {
        const of = this.typeOf(e.value, place);
        return of?.kind === "object" ? of.of : undefined;
      }
      case "IfExp":
        return this.typeOf(e.body, place) ?? this.typeOf(e.orelse, place);
      case "BoolOp":
        return this.typeOf(e.values[0]!, place);
      case "NamedExpr":
        return this.typeOf(e.value, place);
      case "Compare":
      case "BinOp": {
        // an expression of columns is one; of two objects of the reader's own nobody knows
        const left = this.typeOf(e.left, place);
        return left?.kind === "object" ? left : undefined;
      }
      case "Constant":
        return typeof e.value === "string"
          ? builtin("str")
          : typeof e.value === "number"
            ? builtin("int")
            : undefined;
      case "JoinedStr":
        return builtin("str");
      case "List":
      case "Set":
      case "Tuple":
        return builtin(e._type.toLowerCase(), e.elts[0] && this.typeOf(e.elts[0], place));
      case "Dict":
        return builtin("dict");
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
        return builtin(
          e._type === "SetComp" ? "set" : "list",
          this.typeOf(e.elt, { ...place, locals: this.comprehension(e.generators, place) }),
        );
      default:
        return undefined;
    }
  }

  private comprehension(generators: readonly ast.Comprehension[], place: Place): ReadonlyMap<string, Type> {
    const locals = new Map(place.locals);
    for (const g of generators) {
      const of = this.itemOf(this.typeOf(g.iter, { ...place, locals }));
      if (of && g.target._type === "Name") locals.set(g.target.id, of);
    }
    return locals;
  }

  itemOf(t: Type | undefined): Type | undefined {
    if (t?.kind !== "object") return undefined;
    return (
      t.of ??
      (/\.(Result|CursorResult)$/.test(qualified(t.cls))
        ? libraryObject("sqlalchemy.engine.row.Row")
        : undefined)
    );
  }

  // ---- names

  nameType(name: string, place: Place): Type | undefined {
    const found = this.lookUp(name, place);
    if (found) return this.bindingType(found);
    const v = moduleMember(builtinsModule as PyModule, name);
    return v === undefined ? undefined : valueType(v);
  }

  /** What a name is bound by: the last binding before the place, in the innermost scope that has one. */
  lookUp(name: string, { file, line }: Place): Found | undefined {
    const g = comprehensionFor(name, file.tree, line);
    if (g) return { binding: { what: "item", node: g.target, of: g.iter }, file, line };
    for (const scope of scopesAt(file.tree, line)) {
      let best: Binding | undefined;
      for (const b of scope.bindings()) {
        if (boundName(b) !== name) continue;
        if (best && lineOf(b) > line) continue;
        best = b;
      }
      if (best) return { binding: best, file, line: lineOf(best) };
    }
    for (const node of file.tree.body)
      if (node._type === "ImportFrom" && node.names[0]?.name === "*") {
        const from = this.moduleOf(node.module ?? "");
        if (from && this.member(from, name))
          return {
            binding: { what: "import", node, alias: { ...node.names[0], name, asname: null } },
            file,
            line: node.lineno,
          };
      }
    return undefined;
  }

  /** All names that can be used at a place, the innermost scope's first. */
  names(place: Place): Map<string, Found> {
    const out = new Map<string, Found>();
    for (const scope of scopesAt(place.file.tree, place.line))
      for (const b of scope.bindings()) {
        const name = boundName(b);
        if (name !== undefined && !out.has(name))
          out.set(name, { binding: b, file: place.file, line: lineOf(b) });
      }
    return out;
  }

  bindingType({ binding: b, file, line }: Found): Type | undefined {
    const place: Place = { file, line };
    switch (b.what) {
      case "class":
        return { kind: "own class", file, node: b.node };
      case "function":
        return { kind: "own function", file, node: b.node };
      case "import": {
        if (b.node._type === "Import")
          return this.moduleOf(b.alias.asname ? b.alias.name : b.alias.name.split(".")[0]!);
        const from = this.moduleOf(absolute(b.node, file));
        return (
          (from && this.member(from, b.alias.name)) ?? this.moduleOf(`${b.node.module ?? ""}.${b.alias.name}`)
        );
      }
      case "value":
        return (
          (b.annotation && this.annotated(b.annotation, place)) ??
          (b.value ? this.typeOf(b.value, place) : undefined)
        );
      case "item":
        return this.itemOf(this.typeOf(b.of, place));
      case "entered":
        return this.typeOf(b.manager, place);
      case "exception":
        return b.node.type ? instanceOf(this.typeOf(b.node.type, place)) : undefined;
      case "parameter":
        if (b.node.annotation) return this.annotated(b.node.annotation, place);
        return b.owner && b.of.args.args[0] === b.node
          ? { kind: "own object", file, node: b.owner }
          : undefined;
    }
  }

  moduleOf(name: string): Type | undefined {
    const file = this.own.find(name);
    if (file) return { kind: "file", file };
    if (!isNativeModule(name)) return undefined;
    try {
      const module = importModule(name);
      return module instanceof PyModule ? { kind: "module", module } : undefined;
    } catch {
      return undefined;
    }
  }

  /** What an annotation says of a value: `Mapped[list["Address"]]` is a list of Address. */
  annotated(a: ast.Expr, place: Place): Type | undefined {
    if (a._type === "Constant")
      return typeof a.value === "string" ? this.annotatedText(a.value, place) : undefined;
    if (a._type === "BinOp") return this.annotated(isNone(a.left) ? a.right : a.left, place);
    if (a._type === "Subscript") {
      const name = a.value._type === "Name" ? a.value.id : a.value._type === "Attribute" ? a.value.attr : "";
      const inner =
        a.slice._type === "Tuple" ? a.slice.elts.at(name === "dict" || name === "Dict" ? -1 : 0)! : a.slice;
      if (/^(Mapped|Optional|Annotated|ClassVar|Final|Required|WriteOnlyMapped|DynamicMapped)$/.test(name))
        return this.annotated(inner, place);
      if (
        /^(list|List|Sequence|Iterable|Iterator|Generator|set|Set|frozenset|tuple|Tuple|Collection)$/.test(
          name,
        )
      )
        return builtin(
          /^[sS]et|frozenset/.test(name) ? "set" : /^[tT]uple/.test(name) ? "tuple" : "list",
          this.annotated(inner, place),
        );
      return instanceOf(this.typeOf(a.value, place));
    }
    return instanceOf(this.typeOf(a, place));
  }

  private annotatedText(text: string, place: Place): Type | undefined {
    try {
      return this.annotated(parse(text, "<annotation>", "eval").body, place);
    } catch {
      return undefined;
    }
  }

  // ---- members

  member(of: Type, name: string): Type | undefined {
    switch (of.kind) {
      case "module": {
        const v = moduleMember(of.module, name) ?? getAttrSafely(of.module, name);
        return v === undefined ? undefined : valueType(v);
      }
      case "file": {
        const found = this.lookUp(name, { file: of.file, line: Infinity });
        return found && this.bindingType(found);
      }
      case "class":
      case "object": {
        const v = of.cls.lookup(name);
        return v instanceof PyBuiltin || v instanceof PyFunction
          ? { kind: "function", fn: v, self: of }
          : undefined;
      }
      case "own class":
      case "own object":
        return this.ownMember(of, name);
      default:
        return undefined;
    }
  }

  private ownMember(of: Extract<Type, { kind: "own class" | "own object" }>, name: string): Type | undefined {
    for (const owner of this.lineage(of)) {
      if (owner.kind === "class") {
        const found = this.member(
          of.kind === "own object" ? { kind: "object", cls: owner.cls } : owner,
          name,
        );
        if (found) return found;
        continue;
      }
      const place: Place = { file: owner.file, line: owner.node.end_lineno };
      for (const s of owner.node.body) {
        if ((s._type === "FunctionDef" || s._type === "AsyncFunctionDef") && s.name === name) {
          if (s.decorator_list.some(isProperty))
            return s.returns ? this.annotated(s.returns, place) : this.returned(s, owner.file);
          return { kind: "own function", file: owner.file, node: s, self: of };
        }
        if (s._type === "AnnAssign" && s.target._type === "Name" && s.target.id === name) {
          if (of.kind === "own class" && isMapped(s.annotation)) return attribute();
          return this.annotated(s.annotation, place);
        }
        if (s._type === "Assign" && s.targets.some((t) => t._type === "Name" && t.id === name)) {
          const made = s.value._type === "Call" && s.value.func._type === "Name" ? s.value.func.id : "";
          if (/^(mapped_column|Column|relationship|column_property|synonym|deferred)$/.test(made))
            return of.kind === "own class" ? attribute() : undefined;
          return this.typeOf(s.value, place);
        }
      }
      if (of.kind === "own object")
        for (const [attr, value, line] of selfAssignments(owner.node))
          if (attr === name) return this.typeOf(value, { file: owner.file, line });
    }
    return undefined;
  }

  /** A class of the reader's and those it derives from, its own first. */
  lineage(
    of: Extract<Type, { kind: "own class" | "own object" }>,
  ): (Extract<Type, { kind: "class" }> | Extract<Type, { kind: "own class" }>)[] {
    const out: ReturnType<Inference["lineage"]> = [];
    const add = (t: Type | undefined): void => {
      if (t?.kind === "class") {
        out.push(t);
        return;
      }
      if (t?.kind !== "own class" || out.some((o) => o.kind === "own class" && o.node === t.node)) return;
      out.push(t);
      for (const b of t.node.bases) add(this.typeOf(b, { file: t.file, line: t.node.lineno - 1 }));
    };
    add({ kind: "own class", file: of.file, node: of.node });
    return out;
  }

  // ---- calls

  private called(e: ast.Call, place: Place): Type | undefined {
    const f = this.typeOf(e.func, place);
    if (!f) return undefined;
    const first = (): Type | undefined => (e.args[0] ? this.typeOf(e.args[0], place) : undefined);
    switch (f.kind) {
      case "class": {
        if (f.cls.module === "builtins" && /^(list|set|tuple|sorted)$/.test(f.cls.name))
          return { kind: "object", cls: f.cls, ...of(this.itemOf(first())) };
        return { kind: "object", cls: f.cls };
      }
      case "own class":
        return { kind: "own object", file: f.file, node: f.node };
      case "own function":
        return f.node.returns
          ? this.annotated(f.node.returns, { file: f.file, line: f.node.lineno })
          : this.returned(f.node, f.file);
      case "object":
        return this.given(RETURNS.get(`${qualified(f.cls)}.__call__`), f, first());
      case "function":
        return this.given(returnsOf(f), f.self, first());
      default:
        return undefined;
    }
  }

  private returned(node: FunctionNode, file: SourceFile): Type | undefined {
    for (const s of statements(node.body))
      if (s._type === "Return" && s.value) {
        const t = this.typeOf(s.value, { file, line: s.lineno });
        if (t) return t;
      }
    return undefined;
  }

  private given(spec: string | undefined, self: Type | undefined, first: Type | undefined): Type | undefined {
    if (spec === undefined) return undefined;
    const held = self?.kind === "object" ? self.of : undefined;
    const instance = first?.kind === "object" ? (first.of ?? undefined) : instanceOf(first);
    switch (spec) {
      case "self":
        return self;
      case "of":
        return held;
      case "list of":
        return builtin("list", held);
      case "first":
        return instance;
      case "of first":
        return instance;
      case "first object":
      case "first class":
        return first;
    }
    const [name, holds] = spec.split(" ");
    return libraryObject(name!, holds === "first" ? instance : holds === "of" ? held : undefined);
  }
}

// ---- scopes

/** The `for` of a comprehension on this line that binds a name. */
function comprehensionFor(name: string, tree: ast.Module, line: number): ast.Comprehension | undefined {
  let found: ast.Comprehension | undefined;
  const walk = (node: ast.Node): void => {
    const n = node as unknown as { lineno?: number; end_lineno?: number };
    if (found || (n.lineno !== undefined && (n.lineno > line || n.end_lineno! < line))) return;
    if ("generators" in node)
      for (const g of node.generators) if (g.target._type === "Name" && g.target.id === name) found = g;
    eachChild(node, walk);
  };
  for (const s of tree.body) walk(s);
  return found;
}

interface Scope {
  bindings(): Iterable<Binding>;
}

/** The scopes around a line, the innermost first; a class's own names are seen in its body only. */
function scopesAt(tree: ast.Module, line: number): Scope[] {
  const out: Scope[] = [{ bindings: () => bindingsIn(tree.body) }];
  const enter = (body: readonly ast.Stmt[], owner: ast.ClassDef | undefined): void => {
    for (const s of statements(body)) {
      if (s.lineno > line || s.end_lineno < line) continue;
      if (s._type === "ClassDef") {
        if (!s.body.some((m) => isFunction(m) && m.lineno <= line && line <= m.end_lineno))
          out.unshift({ bindings: () => bindingsIn(s.body) });
        enter(s.body, s);
      } else if (isFunction(s)) {
        out.unshift({
          *bindings() {
            for (const node of parametersOf(s)) yield { what: "parameter", node, of: s, owner } as const;
            yield* bindingsIn(s.body);
          },
        });
        enter(s.body, undefined);
      }
    }
  };
  enter(tree.body, undefined);
  return out;
}

const isFunction = (s: ast.Stmt): s is FunctionNode =>
  s._type === "FunctionDef" || s._type === "AsyncFunctionDef";

export function parametersOf(f: FunctionNode): ast.Arg[] {
  const a = f.args;
  return [
    ...a.posonlyargs,
    ...a.args,
    ...(a.vararg ? [a.vararg] : []),
    ...a.kwonlyargs,
    ...(a.kwarg ? [a.kwarg] : []),
  ];
}

/** Statements of a body and of the blocks in it, not those of functions and classes in it. */
function* statements(body: readonly ast.Stmt[]): Iterable<ast.Stmt> {
  for (const s of body) {
    yield s;
    if (isFunction(s) || s._type === "ClassDef") continue;
    for (const block of ["body", "orelse", "finalbody"] as const) {
      const inner = (s as unknown as Record<string, unknown>)[block];
      if (Array.isArray(inner)) yield* statements(inner as ast.Stmt[]);
    }
    if (s._type === "Try" || s._type === "TryStar") for (const h of s.handlers) yield* statements(h.body);
    if (s._type === "Match") for (const c of s.cases) yield* statements(c.body);
  }
}

function* bindingsIn(body: readonly ast.Stmt[]): Iterable<Binding> {
  for (const s of statements(body))
    switch (s._type) {
      case "Import":
      case "ImportFrom":
        for (const alias of s.names) if (alias.name !== "*") yield { what: "import", node: s, alias };
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
        yield { what: "function", node: s };
        break;
      case "ClassDef":
        yield { what: "class", node: s };
        break;
      case "Assign":
        for (const t of s.targets)
          yield* targets(t, (node, whole) => ({
            what: "value",
            node,
            value: whole ? s.value : null,
            annotation: null,
          }));
        break;
      case "AnnAssign":
        yield { what: "value", node: s.target, value: s.value, annotation: s.annotation };
        break;
      case "For":
      case "AsyncFor":
        yield* targets(s.target, (node, whole) =>
          whole ? { what: "item", node, of: s.iter } : { what: "value", node, value: null, annotation: null },
        );
        break;
      case "With":
      case "AsyncWith":
        for (const item of s.items)
          if (item.optional_vars)
            yield* targets(item.optional_vars, (node) => ({
              what: "entered",
              node,
              manager: item.context_expr,
            }));
        break;
      case "Try":
      case "TryStar":
        for (const h of s.handlers) if (h.name !== null) yield { what: "exception", node: h };
        break;
      default:
    }
}

function* targets(
  t: ast.Expr,
  make: (node: ast.Expr, whole: boolean) => Binding,
  whole = true,
): Iterable<Binding> {
  if (t._type === "Name") yield make(t, whole);
  else if (t._type === "Tuple" || t._type === "List") for (const e of t.elts) yield* targets(e, make, false);
  else if (t._type === "Starred") yield* targets(t.value, make, false);
}

export function boundName(b: Binding): string | undefined {
  switch (b.what) {
    case "import":
      return b.alias.asname ?? b.alias.name.split(".")[0];
    case "function":
    case "class":
      return b.node.name;
    case "exception":
      return b.node.name ?? undefined;
    case "parameter":
      return b.node.arg;
    default:
      return b.node._type === "Name" ? b.node.id : undefined;
  }
}

const lineOf = (b: Binding): number => b.node.lineno;

/** `self.name = value` in a class's methods. */
export function* selfAssignments(cls: ast.ClassDef): Iterable<readonly [string, ast.Expr, number]> {
  for (const f of cls.body) {
    if (!isFunction(f)) continue;
    const self = f.args.args[0]?.arg;
    for (const s of statements(f.body)) {
      const made = s._type === "Assign" ? s.targets : s._type === "AnnAssign" && s.value ? [s.target] : [];
      for (const t of made)
        if (t._type === "Attribute" && t.value._type === "Name" && t.value.id === self)
          yield [t.attr, (s as ast.Assign).value, s.lineno];
    }
  }
}

// ---- small things

const isNone = (e: ast.Expr): boolean => e._type === "Constant" && e.value === null;

/** `@property`, `@functools.cached_property`, `@hybrid_property`, `@name.setter` */
const isProperty = (d: ast.Expr): boolean =>
  (d._type === "Name" && /property$/.test(d.id)) ||
  (d._type === "Attribute" && (/property$/.test(d.attr) || /^(setter|getter|deleter)$/.test(d.attr)));

const isMapped = (a: ast.Expr): boolean =>
  a._type === "Subscript" && a.value._type === "Name" && /Mapped$/.test(a.value.id);

function absolute(node: ast.ImportFrom, file: SourceFile): string {
  if (!node.level) return node.module ?? "";
  const folders = file.path.split("/").slice(0, -node.level);
  return [...folders, ...(node.module ? [node.module] : [])].join(".");
}

const of = (t: Type | undefined): { of?: Type } => (t ? { of: t } : {});

export const qualified = (cls: PyType): string => `${cls.module}.${cls.name}`;

export function instanceOf(t: Type | undefined): Type | undefined {
  if (t?.kind === "class") return { kind: "object", cls: t.cls };
  if (t?.kind === "own class") return { kind: "own object", file: t.file, node: t.node };
  return undefined;
}

function builtin(name: string, holds?: Type): Type | undefined {
  const cls = moduleMember(builtinsModule as PyModule, name);
  return cls instanceof PyType ? { kind: "object", cls, ...of(holds) } : undefined;
}

function libraryObject(name: string, holds?: Type): Type | undefined {
  const dot = name.lastIndexOf(".");
  try {
    const cls = getAttrSafely(importModule(name.slice(0, dot)), name.slice(dot + 1));
    return cls instanceof PyType ? { kind: "object", cls, ...of(holds) } : undefined;
  } catch {
    return undefined;
  }
}

const attribute = (): Type | undefined => libraryObject("sqlalchemy.orm.attributes.InstrumentedAttribute");

function getAttrSafely(v: Value, name: string): Value | undefined {
  try {
    return getAttrOrUndefined(v, name);
  } catch {
    return undefined;
  }
}

export function valueType(v: Value): Type | undefined {
  if (v instanceof PyModule) return { kind: "module", module: v };
  if (v instanceof PyType) return { kind: "class", cls: v };
  if (v instanceof PyBuiltin || v instanceof PyFunction || v instanceof PyBoundMethod)
    return { kind: "function", fn: v };
  return v === null ? undefined : { kind: "object", cls: pythonType(v) };
}

/** What a function of the library is known to give. */
function returnsOf(f: Extract<Type, { kind: "function" }>): string | undefined {
  const name = nameOfFunction(f.fn);
  if (f.self?.kind === "object" || f.self?.kind === "class") {
    for (const cls of f.self.cls.mro) {
      const found = RETURNS.get(`${qualified(cls)}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return RETURNS.get(`sqlalchemy.${name}`) ?? RETURNS.get(`sqlalchemy.orm.${name}`);
}

export function nameOfFunction(fn: Value): string {
  if (fn instanceof PyBuiltin) return fn.name;
  if (fn instanceof PyBoundMethod) return nameOfFunction(fn.func as Value);
  return fn instanceof PyFunction ? fn.name : "";
}
