// Which names a program binds in which scope, as far as mistakes depend on it: global and nonlocal declarations,
// parameters named twice, walrus targets in comprehensions, yield where it cannot be.
//
// As CPython's symbol table does, the whole program is read once, and mistakes that need the bindings of enclosing
// scopes are found after that. Message places are byte columns.
import type {
  Alias, AnnAssign, Arg, Arguments, AsyncFunctionDef, ClassDef, Comprehension, DictComp, Expr, FunctionDef,
  GeneratorExp, Global, Lambda, ListComp, Located, Mod, NamedExpr, Node, Nonlocal, Pattern, SetComp,
} from "../ast.ts"; // prettier-ignore
import { PySyntaxError } from "../errors.ts";
import { eachChild } from "../walk.ts";

const GLOBAL = 1;
const LOCAL = 2;
const PARAMETER = 4;
const NONLOCAL = 8;
const USED = 16;
const IMPORTED = 32;
const ANNOTATED = 64;
/** An iteration variable of a comprehension. */
const ITERATED = 128;
const BOUND = LOCAL | PARAMETER | IMPORTED;

type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp;
const COMPREHENSIONS: Record<AnyComprehension["_type"], string> = {
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  GeneratorExp: "generator expression",
};

class Scope {
  readonly kind: "module" | "function" | "class" | "annotation";
  /** How messages call it, if it is that of a comprehension. */
  readonly comprehension: string | undefined;
  readonly names: Map<string, number> = new Map();
  readonly children: Scope[] = [];
  /** Where each name was first declared global or nonlocal. */
  readonly directives: Map<string, Located> = new Map();
  isGenerator = false;
  isCoroutine = false;
  inTarget = false;
  iterableDepth = 0;

  constructor(kind: Scope["kind"], comprehension?: string) {
    this.kind = kind;
    this.comprehension = comprehension;
  }
}

/** The scopes of functions, lambdas, classes and comprehensions by their nodes. */
export type Scopes = ReadonlyMap<Node, Scope>;

/** A mistake at a node. CPython reads its line from the file, which is for the runtime to add. */
export function mistakeAt(message: string, at: Located): PySyntaxError {
  const { lineno, col_offset, end_lineno, end_col_offset } = at;
  return new PySyntaxError(
    "SyntaxError",
    message,
    lineno,
    col_offset + 1,
    end_lineno,
    end_col_offset + 1,
    null,
  );
}

/**
 * @param stringAnnotations are annotations left unevaluated (`from __future__ import annotations`)?
 * @throws PySyntaxError
 */
export function checkScopes(module: Mod, stringAnnotations: boolean): Scopes {
  const reader = new ScopeReader(stringAnnotations);
  const scope = reader.readModule(module);
  resolve(scope, undefined);
  return reader.scopes;
}

/** Finds what declarations refer to. `bound` are the names of enclosing functions, undefined for the module itself. */
function resolve(scope: Scope, bound: Set<string> | undefined): void {
  const local = new Set<string>();
  const enclosing = new Set(bound);
  for (const [name, flags] of scope.names) {
    const at = scope.directives.get(name) as Located;
    if ((flags & GLOBAL) !== 0) {
      if ((flags & NONLOCAL) !== 0) throw mistakeAt(`name '${name}' is nonlocal and global`, at);
      enclosing.delete(name);
    } else if ((flags & NONLOCAL) !== 0) {
      if (bound === undefined) throw mistakeAt("nonlocal declaration not allowed at module level", at);
      if (!bound.has(name)) throw mistakeAt(`no binding for nonlocal '${name}' found`, at);
    } else if ((flags & BOUND) !== 0) {
      local.add(name);
    }
  }
  if (scope.kind === "function") for (const name of local) enclosing.add(name);
  if (scope.kind === "class") enclosing.add("__class__");
  for (const child of scope.children) resolve(child, enclosing);
}

class ScopeReader {
  readonly scopes: Map<Node, Scope> = new Map();
  private readonly stack: Scope[] = [];
  private readonly stringAnnotations: boolean;
  private className: string | undefined;

  constructor(stringAnnotations: boolean) {
    this.stringAnnotations = stringAnnotations;
  }

  readModule(module: Mod): Scope {
    const scope = new Scope("module");
    this.stack.push(scope);
    eachChild(module, this.visit);
    return scope;
  }

  private get current(): Scope {
    return this.stack.at(-1) as Scope;
  }

  private within(node: Node, scope: Scope, body: () => void): void {
    this.current.children.push(scope);
    this.scopes.set(node, scope);
    this.stack.push(scope);
    body();
    this.stack.pop();
  }

  /** Names with two leading underscores belong to their class. */
  private mangle(name: string): string {
    if (this.className === undefined || !name.startsWith("__") || name.endsWith("__") || name.includes("."))
      return name;
    const owner = this.className.replace(/^_+/, "");
    return owner === "" ? name : `_${owner}${name}`;
  }

  private add(name: string, flag: number, at: Located, scope = this.current): void {
    const mangled = this.mangle(name);
    let flags = scope.names.get(mangled) ?? 0;
    if ((flag & PARAMETER) !== 0 && (flags & PARAMETER) !== 0) {
      throw mistakeAt(`duplicate argument '${name}' in function definition`, at);
    }
    flags |= flag;
    if (this.current.inTarget) {
      if ((flags & (GLOBAL | NONLOCAL)) !== 0) {
        const message = `comprehension inner loop cannot rebind assignment expression target '${name}'`;
        throw mistakeAt(message, at);
      }
      flags |= ITERATED;
    }
    scope.names.set(mangled, flags);
  }

  private all(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) if (node !== null) this.visit(node);
  }

  private readonly visit = (node: Node): void => {
    switch (node._type) {
      case "Constant":
        return;
      case "Name":
        this.add(node.id, node.ctx === "Load" ? USED : LOCAL, node);
        return;
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.functionDefinition(node);
        return;
      case "Lambda":
        this.lambda(node);
        return;
      case "ClassDef":
        this.classDefinition(node);
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(node);
        return;
      case "NamedExpr":
        this.namedExpression(node);
        return;
      case "Global":
      case "Nonlocal":
        this.declaration(node);
        return;
      case "AnnAssign":
        this.annotated(node);
        return;
      case "Yield":
      case "YieldFrom":
        this.refuseInAnnotation("yield expression", node);
        eachChild(node, this.visit);
        this.current.isGenerator = true;
        if (this.current.comprehension !== undefined) {
          throw mistakeAt(`'yield' inside ${this.current.comprehension}`, node);
        }
        return;
      case "Await":
        this.refuseInAnnotation("await expression", node);
        this.visit(node.value);
        this.current.isCoroutine = true;
        return;
      case "Try":
      case "TryStar":
        this.all(node.body);
        this.all(node.orelse);
        this.all(node.handlers);
        this.all(node.finalbody);
        return;
      case "ExceptHandler":
        if (node.type !== null) this.visit(node.type);
        if (node.name !== null) this.add(node.name, LOCAL, node);
        this.all(node.body);
        return;
      case "alias":
        this.alias(node);
        return;
      case "MatchStar":
      case "MatchAs":
      case "MatchMapping":
        this.pattern(node);
        return;
      case "IfExp":
        this.all([node.test, node.body, node.orelse]);
        return;
      default:
        eachChild(node, this.visit);
    }
  };

  private refuseInAnnotation(what: string, at: Located): void {
    if (this.current.kind === "annotation")
      throw mistakeAt(`'${what}' can not be used within an annotation`, at);
  }

  // ---- functions and classes

  private functionDefinition(node: FunctionDef | AsyncFunctionDef): void {
    this.add(node.name, LOCAL, node);
    this.all(node.args.defaults);
    this.all(node.args.kw_defaults);
    this.annotations(node.args, node.returns);
    this.all(node.decorator_list);
    const scope = new Scope("function");
    scope.isCoroutine = node._type === "AsyncFunctionDef";
    this.within(node, scope, () => {
      this.parameters(node.args);
      this.all(node.body);
    });
  }

  private lambda(node: Lambda): void {
    this.all(node.args.defaults);
    this.all(node.args.kw_defaults);
    this.within(node, new Scope("function"), () => {
      this.parameters(node.args);
      this.visit(node.body);
    });
  }

  private parameters(args: Arguments): void {
    const one = (arg: Arg | null): void => {
      if (arg !== null) this.add(arg.arg, PARAMETER, arg);
    };
    [...args.posonlyargs, ...args.args, ...args.kwonlyargs].forEach(one);
    one(args.vararg);
    one(args.kwarg);
  }

  private annotations(args: Arguments, returns: Expr | null): void {
    for (const arg of [...args.posonlyargs, ...args.args, args.vararg, args.kwarg, ...args.kwonlyargs]) {
      if (arg?.annotation != null) this.annotation(arg.annotation);
    }
    if (returns !== null) this.annotation(returns);
  }

  private annotation(node: Expr): void {
    if (this.stringAnnotations) this.within(node, new Scope("annotation"), () => this.visit(node));
    else this.visit(node);
  }

  private classDefinition(node: ClassDef): void {
    this.add(node.name, LOCAL, node);
    this.all(node.bases);
    this.all(node.keywords);
    this.all(node.decorator_list);
    const outer = this.className;
    this.within(node, new Scope("class"), () => {
      this.className = node.name;
      this.all(node.body);
    });
    this.className = outer;
  }

  // ---- bindings

  private declaration(node: Global | Nonlocal): void {
    const word = node._type === "Global" ? "global" : "nonlocal";
    for (const name of node.names) {
      const flags = this.current.names.get(this.mangle(name)) ?? 0;
      let message: string | undefined;
      if ((flags & PARAMETER) !== 0) message = `name '${name}' is parameter and ${word}`;
      else if ((flags & USED) !== 0) message = `name '${name}' is used prior to ${word} declaration`;
      else if ((flags & ANNOTATED) !== 0) message = `annotated name '${name}' can't be ${word}`;
      else if ((flags & LOCAL) !== 0) message = `name '${name}' is assigned to before ${word} declaration`;
      if (message !== undefined) throw mistakeAt(message, node);
      this.recordDirective(name, word === "global" ? GLOBAL : NONLOCAL, node);
    }
  }

  private recordDirective(name: string, flag: number, at: Located): void {
    this.add(name, flag, at);
    const { directives } = this.current;
    if (!directives.has(this.mangle(name))) directives.set(this.mangle(name), at);
  }

  private annotated(node: AnnAssign): void {
    const { target } = node;
    if (target._type === "Name") {
      const flags = this.current.names.get(this.mangle(target.id)) ?? 0;
      if (node.simple === 1 && (flags & (GLOBAL | NONLOCAL)) !== 0 && this.current.kind !== "module") {
        const word = (flags & GLOBAL) !== 0 ? "global" : "nonlocal";
        throw mistakeAt(`annotated name '${target.id}' can't be ${word}`, node);
      }
      if (node.simple === 1) this.add(target.id, ANNOTATED | LOCAL, target);
      else if (node.value !== null) this.add(target.id, LOCAL, target);
    } else {
      this.visit(target);
    }
    this.annotation(node.annotation);
    if (node.value !== null) this.visit(node.value);
  }

  private alias(node: Alias): void {
    if (node.name !== "*") {
      this.add(node.asname ?? (node.name.split(".")[0] as string), IMPORTED, node);
    } else if (this.current.kind !== "module") {
      throw mistakeAt("import * only allowed at module level", node);
    }
  }

  private pattern(node: Extract<Pattern, { _type: "MatchStar" | "MatchAs" | "MatchMapping" }>): void {
    eachChild(node, this.visit);
    const name = node._type === "MatchMapping" ? node.rest : node.name;
    if (name !== null) this.add(name, LOCAL, node);
  }

  // ---- comprehensions

  private comprehension(node: AnyComprehension): void {
    const [outermost, ...inner] = node.generators as [Comprehension, ...Comprehension[]];
    this.iterable(outermost.iter);
    const scope = new Scope("function", COMPREHENSIONS[node._type]);
    this.within(node, scope, () => {
      if (outermost.is_async === 1) scope.isCoroutine = true;
      this.iterationTarget(outermost.target);
      this.all(outermost.ifs);
      for (const part of inner) {
        this.iterationTarget(part.target);
        this.iterable(part.iter);
        this.all(part.ifs);
        if (part.is_async === 1) scope.isCoroutine = true;
      }
      if (node._type === "DictComp") this.all([node.value, node.key]);
      else this.visit(node.elt);
      scope.isGenerator = node._type === "GeneratorExp";
    });
    if (scope.isCoroutine && node._type !== "GeneratorExp") this.current.isCoroutine = true;
  }

  private iterable(node: Expr): void {
    this.current.iterableDepth++;
    this.visit(node);
    this.current.iterableDepth--;
  }

  private iterationTarget(node: Expr): void {
    this.current.inTarget = true;
    this.visit(node);
    this.current.inTarget = false;
  }

  private namedExpression(node: NamedExpr): void {
    this.refuseInAnnotation("named expression", node);
    if (this.current.iterableDepth > 0) {
      throw mistakeAt("assignment expression cannot be used in a comprehension iterable expression", node);
    }
    if (this.current.comprehension !== undefined) this.bindOutside(node);
    this.visit(node.value);
    this.visit(node.target);
  }

  /** A walrus in a comprehension binds in the scope around it. */
  private bindOutside(node: NamedExpr): void {
    const { target } = node;
    const name = this.mangle(target.id);
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const scope = this.stack[i] as Scope;
      const flags = scope.names.get(name) ?? 0;
      if (scope.comprehension !== undefined) {
        if ((flags & ITERATED) !== 0 && (flags & (LOCAL | GLOBAL)) !== 0) {
          const message = `assignment expression cannot rebind comprehension iteration variable '${target.id}'`;
          throw mistakeAt(message, target);
        }
      } else if (scope.kind === "function") {
        this.recordDirective(target.id, (flags & GLOBAL) !== 0 ? GLOBAL : NONLOCAL, target);
        this.add(target.id, LOCAL, target, scope);
        return;
      } else if (scope.kind === "module") {
        this.recordDirective(target.id, GLOBAL, target);
        this.add(target.id, GLOBAL, target, scope);
        return;
      } else if (scope.kind === "class") {
        const message = "assignment expression within a comprehension cannot be used in a class body";
        throw mistakeAt(message, target);
      }
    }
  }
}
