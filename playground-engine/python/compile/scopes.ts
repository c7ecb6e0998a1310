// Which scope each name of a source belongs to: CPython's symbol table, as much of it as code generation needs.
//
// A scope is a module, class, function, lambda or comprehension. First every scope's bindings and uses are noted, then
// free names are resolved outwards: through functions (never classes) to a binding, else global.
// Behaviour: docs.python.org/3.11/reference/executionmodel.html#naming-and-binding.
import type * as ast from "../syntax/ast.ts";
import { mangle } from "../runtime/mangle.ts";

/** local: a JavaScript variable here; free: one of an enclosing function; name: looked up in a namespace, then globally; global: a global cell. */
export type Access = "local" | "free" | "global" | "name";
export type ScopeKind = "module" | "class" | "function" | "lambda" | "comprehension";
export type ScopeNode =
  | ast.Mod
  | ast.ClassDef
  | ast.FunctionDef
  | ast.AsyncFunctionDef
  | ast.Lambda
  | ast.ListComp
  | ast.SetComp
  | ast.DictComp
  | ast.GeneratorExp;

let count = 0;

export class Scope {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly parent: Scope | undefined;
  readonly children: Scope[] = [];
  /** Class name for mangling private names; undefined outside classes. */
  readonly privateName: string | undefined;
  readonly bound = new Set<string>();
  readonly used = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  readonly params: string[] = [];
  /** Names that a `del` or the end of an except clause may unbind, here or in an inner function. */
  readonly deleted = new Set<string>();
  /** Resolved: how each name met here is reached. */
  readonly access = new Map<string, Access>();
  /** Own variables that inner scopes use. */
  readonly cells = new Set<string>();
  /** Variables of enclosing functions, used here or only within. */
  readonly frees = new Set<string>();
  /** Those that are used here itself. */
  readonly ownFrees = new Set<string>();
  isGenerator = false;
  isAsync = false;
  /** Contains `await` or asynchronous iteration: makes a comprehension asynchronous. */
  hasAwait = false;
  /** Calls `locals`, `vars`, `dir`, `eval` or `exec` by name: the frame must be able to tell its variables. */
  wantsLocals = false;
  /** A class whose methods use `super()` or `__class__`. */
  needsClassCell = false;
  hasAnnotations = false;
  /** How many `try` and `with` statements, and loops over what a call gave, are around what is being read. */
  guards = 0;
  /** Yields inside one of them. */
  leftToDo = false;
  /** Generator functions of the source, by name, that have something left to do when they end before their end. */
  readonly cleaning: Set<string>;
  /** Tells scopes of one source apart. */
  readonly id: number;

  constructor(kind: ScopeKind, name: string, parent: Scope | undefined, privateName: string | undefined) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.privateName = privateName;
    parent?.children.push(this);
    this.cleaning = parent?.cleaning ?? new Set();
    this.id = ++count;
  }

  get isFunction(): boolean {
    return this.kind !== "module" && this.kind !== "class";
  }
}

const LOCALS_READERS = new Set(["locals", "vars", "dir", "eval", "exec"]);

/** Scopes of a source, by the node that opens them. */
export function analyse(tree: ast.Mod): Map<ScopeNode, Scope> {
  const a = new Analyser();
  a.module(tree);
  return a.scopes;
}

class Analyser {
  readonly scopes = new Map<ScopeNode, Scope>();
  private scope!: Scope;
  private root!: Scope;

  module(tree: ast.Mod): void {
    this.root = this.scope = new Scope("module", "<module>", undefined, undefined);
    this.scopes.set(tree, this.scope);
    if (tree._type === "Expression") this.expr(tree.body);
    else this.body(tree.body);
    resolve(this.scope, new Map());
  }

  private open(
    kind: ScopeKind,
    name: string,
    node: ScopeNode,
    inside: () => void,
    privateName = this.scope.privateName,
  ): Scope {
    const outer = this.scope;
    const s = (this.scope = new Scope(kind, name, outer, privateName));
    this.scopes.set(node, s);
    inside();
    this.scope = outer;
    return s;
  }

  private mangled(name: string): string {
    return this.scope.privateName === undefined ? name : mangle(this.scope.privateName, name);
  }

  private bind(name: string): void {
    this.scope.bound.add(this.mangled(name));
  }

  private use(name: string): void {
    const s = this.scope;
    s.used.add(this.mangled(name));
    if (LOCALS_READERS.has(name)) s.wantsLocals = true;
    if ((name === "super" || name === "__class__") && s.isFunction) {
      s.used.add("__class__");
    }
  }

  private body(stmts: readonly ast.Stmt[]): void {
    for (const s of stmts) this.stmt(s);
  }

  private exprs(list: readonly (ast.Expr | null)[]): void {
    for (const e of list) if (e !== null) this.expr(e);
  }

  private stmt(s: ast.Stmt): void {
    switch (s._type) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.exprs(s.decorator_list);
        this.defaults(s.args);
        this.annotations(s.args, s.returns);
        this.bind(s.name);
        this.open("function", s.name, s, () => {
          this.scope.isAsync = s._type === "AsyncFunctionDef";
          this.parameters(s.args);
          this.body(s.body);
          // A decorator gives the name to something else.
          if (this.scope.leftToDo && s.decorator_list.length === 0) this.scope.cleaning.add(s.name);
        });
        break;
      case "ClassDef":
        this.exprs(s.decorator_list);
        this.exprs(s.bases);
        for (const k of s.keywords) this.expr(k.value);
        this.bind(s.name);
        this.open(
          "class",
          s.name,
          s,
          () => {
            for (const n of ["__module__", "__qualname__"]) this.scope.bound.add(n);
            this.body(s.body);
          },
          s.name,
        );
        break;
      case "Return":
        if (s.value) this.expr(s.value);
        break;
      case "Delete":
        for (const t of s.targets) this.deletion(t);
        break;
      case "Assign":
        this.expr(s.value);
        this.exprs(s.targets);
        break;
      case "AugAssign":
        this.expr(s.value);
        if (s.target._type === "Name") this.use(s.target.id);
        this.expr(s.target);
        break;
      case "AnnAssign":
        this.scope.hasAnnotations = true;
        if (s.value) this.expr(s.value);
        if (!this.scope.isFunction || s.target._type !== "Name") this.expr(s.annotation);
        if (s.target._type !== "Name") this.expr(s.target);
        else if (s.simple === 1 || s.value !== null) this.bind(s.target.id);
        break;
      case "For":
      case "AsyncFor":
        if (s._type === "AsyncFor") this.scope.hasAwait = true;
        this.expr(s.iter);
        this.expr(s.target);
        // What is iterated over may be a generator that ends with the loop.
        if (s.iter._type === "Call") this.guarded(s.body);
        else this.body(s.body);
        this.body(s.orelse);
        break;
      case "While":
      case "If":
        this.expr(s.test);
        this.body(s.body);
        this.body(s.orelse);
        break;
      case "With":
      case "AsyncWith":
        for (const i of s.items) {
          this.expr(i.context_expr);
          if (i.optional_vars) this.expr(i.optional_vars);
        }
        this.guarded(s.body);
        break;
      case "Match":
        this.expr(s.subject);
        for (const c of s.cases) {
          this.pattern(c.pattern);
          if (c.guard) this.expr(c.guard);
          this.body(c.body);
        }
        break;
      case "Raise":
        this.exprs([s.exc, s.cause]);
        break;
      case "Try":
      case "TryStar":
        this.guarded(s.body);
        for (const h of s.handlers) {
          if (h.type) this.expr(h.type);
          if (h.name !== null) {
            this.bind(h.name);
            this.scope.deleted.add(this.mangled(h.name));
          }
          this.body(h.body);
        }
        this.body(s.orelse);
        this.body(s.finalbody);
        break;
      case "Assert":
        this.exprs([s.test, s.msg]);
        break;
      case "Import":
        for (const a of s.names) this.bind(a.asname ?? a.name.split(".")[0]!);
        break;
      case "ImportFrom":
        for (const a of s.names) if (a.name !== "*") this.bind(a.asname ?? a.name);
        break;
      case "Global":
        for (const n of s.names) {
          this.scope.globals.add(this.mangled(n));
          // A name declared global anywhere is a true global in the module too, also where exec gives it locals.
          this.root.globals.add(this.mangled(n));
        }
        break;
      case "Nonlocal":
        for (const n of s.names) this.scope.nonlocals.add(this.mangled(n));
        break;
      case "Expr":
        this.expr(s.value);
        break;
      default:
    }
  }

  private deletion(t: ast.Expr): void {
    if (t._type === "Name") {
      this.bind(t.id);
      this.scope.deleted.add(this.mangled(t.id));
    } else if (t._type === "Tuple" || t._type === "List") for (const e of t.elts) this.deletion(e);
    else this.expr(t);
  }

  private defaults(a: ast.Arguments): void {
    this.exprs(a.defaults);
    this.exprs(a.kw_defaults);
  }

  private annotations(a: ast.Arguments, returns: ast.Expr | null): void {
    for (const p of [...a.posonlyargs, ...a.args, a.vararg, ...a.kwonlyargs, a.kwarg])
      if (p?.annotation) this.expr(p.annotation);
    if (returns) this.expr(returns);
  }

  private parameters(a: ast.Arguments): void {
    for (const p of [...a.posonlyargs, ...a.args, ...a.kwonlyargs, a.vararg, a.kwarg]) {
      if (!p) continue;
      const n = this.mangled(p.arg);
      this.scope.params.push(n);
      this.scope.bound.add(n);
    }
  }

  private pattern(p: ast.Pattern): void {
    switch (p._type) {
      case "MatchValue":
        this.expr(p.value);
        break;
      case "MatchSequence":
      case "MatchOr":
        for (const q of p.patterns) this.pattern(q);
        break;
      case "MatchMapping":
        this.exprs(p.keys);
        for (const q of p.patterns) this.pattern(q);
        if (p.rest !== null) this.bind(p.rest);
        break;
      case "MatchClass":
        this.expr(p.cls);
        for (const q of [...p.patterns, ...p.kwd_patterns]) this.pattern(q);
        break;
      case "MatchStar":
        if (p.name !== null) this.bind(p.name);
        break;
      case "MatchAs":
        if (p.pattern) this.pattern(p.pattern);
        if (p.name !== null) this.bind(p.name);
        break;
      default:
    }
  }

  /** Statements that something follows however they end. */
  private guarded(stmts: readonly ast.Stmt[]): void {
    this.scope.guards++;
    this.body(stmts);
    this.scope.guards--;
  }

  private yields(): void {
    this.scope.isGenerator = true;
    if (this.scope.guards > 0) this.scope.leftToDo = true;
  }

  private expr(e: ast.Expr): void {
    switch (e._type) {
      case "BoolOp":
        this.exprs(e.values);
        break;
      case "NamedExpr":
        this.expr(e.value);
        this.walrus(e.target.id);
        break;
      case "BinOp":
        this.expr(e.left);
        this.expr(e.right);
        break;
      case "UnaryOp":
        this.expr(e.operand);
        break;
      case "Lambda":
        this.defaults(e.args);
        this.open("lambda", "<lambda>", e, () => {
          this.parameters(e.args);
          this.expr(e.body);
        });
        break;
      case "IfExp":
        this.expr(e.test);
        this.expr(e.body);
        this.expr(e.orelse);
        break;
      case "Dict":
        this.exprs(e.keys);
        this.exprs(e.values);
        break;
      case "Set":
      case "List":
      case "Tuple":
        this.exprs(e.elts);
        break;
      case "ListComp":
        this.comprehension(e, "<listcomp>", [e.elt]);
        break;
      case "SetComp":
        this.comprehension(e, "<setcomp>", [e.elt]);
        break;
      case "DictComp":
        this.comprehension(e, "<dictcomp>", [e.key, e.value]);
        break;
      case "GeneratorExp":
        this.comprehension(e, "<genexpr>", [e.elt]);
        break;
      case "Await":
        this.scope.hasAwait = true;
        this.expr(e.value);
        break;
      case "Yield":
        this.yields();
        if (e.value) this.expr(e.value);
        break;
      case "YieldFrom":
        this.yields();
        this.expr(e.value);
        break;
      case "Compare":
        this.expr(e.left);
        this.exprs(e.comparators);
        break;
      case "Call":
        this.expr(e.func);
        this.exprs(e.args);
        for (const k of e.keywords) this.expr(k.value);
        break;
      case "FormattedValue":
        this.expr(e.value);
        if (e.format_spec) this.expr(e.format_spec);
        break;
      case "JoinedStr":
        this.exprs(e.values);
        break;
      case "Attribute":
      case "Starred":
        this.expr(e.value);
        break;
      case "Subscript":
        this.expr(e.value);
        this.expr(e.slice);
        break;
      case "Name":
        if (e.ctx === "Load") this.use(e.id);
        else this.bind(e.id);
        break;
      case "Slice":
        this.exprs([e.lower, e.upper, e.step]);
        break;
      default:
    }
  }

  /** A walrus inside comprehensions binds in the scope around them. */
  private walrus(name: string): void {
    const n = this.mangled(name);
    let s = this.scope;
    while (s.kind === "comprehension") {
      // Reached from inside by the ordinary way outwards.
      s.used.add(n);
      s = s.parent!;
    }
    s.bound.add(n);
    if (s !== this.scope && s.globals.has(n))
      for (let c = this.scope; c !== s; c = c.parent!) c.globals.add(n);
  }

  private comprehension(
    e: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
    name: string,
    results: ast.Expr[],
  ): void {
    const [first, ...rest] = e.generators;
    this.expr(first!.iter);
    const s = this.open("comprehension", name, e, () => {
      this.scope.params.push(".0");
      if (first!.is_async) this.scope.hasAwait = true;
      this.expr(first!.target);
      this.exprs(first!.ifs);
      for (const g of rest) {
        if (g.is_async) this.scope.hasAwait = true;
        this.expr(g.iter);
        this.expr(g.target);
        this.exprs(g.ifs);
      }
      this.exprs(results);
    });
    // An asynchronous comprehension makes the one around it asynchronous; a generator expression does so only for its own first iterable.
    if (s.hasAwait && e._type !== "GeneratorExp") this.scope.hasAwait = true;
  }
}

/** Resolve the names of a scope and those within; `visible` maps the variables of enclosing functions to their scopes. */
function resolve(s: Scope, visible: ReadonlyMap<string, Scope>): void {
  const inner = new Map(visible);
  if (s.kind === "class") inner.delete("__class__");
  for (const n of new Set([...s.bound, ...s.used, ...s.globals, ...s.nonlocals])) {
    s.access.set(n, accessOf(s, n, visible));
  }
  if (s.isFunction) {
    for (const n of s.bound) if (s.access.get(n) === "local") inner.set(n, s);
    for (const n of s.globals) inner.delete(n);
  } else if (s.kind === "class") {
    // `__class__` of methods is a variable around the class body.
    inner.set("__class__", s);
  }
  for (const n of s.frees) s.ownFrees.add(n);
  for (const c of s.children) {
    resolve(c, inner);
    for (const n of c.frees) {
      const owner = inner.get(n);
      if (owner === s) {
        if (n === "__class__" && s.kind === "class") s.needsClassCell = true;
        else s.cells.add(n);
        if (c.deleted.has(n)) s.deleted.add(n);
      } else if (owner !== undefined) {
        s.frees.add(n);
        if (!s.access.has(n)) s.access.set(n, "free");
        if (c.deleted.has(n)) s.deleted.add(n);
      }
    }
  }
}

function accessOf(s: Scope, n: string, visible: ReadonlyMap<string, Scope>): Access {
  if (s.globals.has(n)) return "global";
  const outer = visible.get(n);
  if (s.nonlocals.has(n) && outer !== undefined) {
    s.frees.add(n);
    return "free";
  }
  if (s.bound.has(n)) return s.isFunction ? "local" : "name";
  if (outer !== undefined) {
    s.frees.add(n);
    return s.kind === "class" ? "name" : "free";
  }
  return s.kind === "class" ? "name" : "global";
}
