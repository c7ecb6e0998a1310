// Statements and expressions where they cannot be: return outside a function, two stars in a target, unreachable
// patterns. These are what CPython's compiler finds, in the order in which it goes through a program.
import type {
  AnnAssign, Arguments, AsyncFunctionDef, ClassDef, DictComp, Expr, FunctionDef, GeneratorExp, Keyword, ListComp, Located, Mod,
  Node, SetComp, Stmt, Try, TryStar,
} from "../ast.ts"; // prettier-ignore
import { eachChild } from "../walk.ts";
import type { Future } from "./future.ts";
import { PatternCheck } from "./patterns.ts";
import { mistakeAt } from "./scopes.ts";
import type { Scopes } from "./scopes.ts";

const MAX_BLOCKS = 20;
/** What a statement is inside of, within its function, for break, continue and return. */
type Block = "loop" | "except*" | "other";

type Kind = "module" | "class" | "function" | "async function" | "lambda" | "comprehension";

interface Frame {
  kind: Kind;
  /** Has it parts that await? (By its scope.) */
  isCoroutine: boolean;
  isGenerator: boolean;
  blocks: Block[];
}

export function checkPlacement(module: Mod, scopes: Scopes, future: Future): void {
  new PlacementCheck(scopes, future).module(module);
}

class PlacementCheck {
  private readonly scopes: Scopes;
  private readonly future: Future;
  private frame: Frame = { kind: "module", isCoroutine: false, isGenerator: false, blocks: [] };

  constructor(scopes: Scopes, future: Future) {
    this.scopes = scopes;
    this.future = future;
  }

  module(module: Mod): void {
    eachChild(module, this.visit);
  }

  private all(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) if (node !== null) this.visit(node);
  }

  private enter(kind: Kind, node: Node, body: () => void): void {
    const outer = this.frame;
    const scope = this.scopes.get(node);
    this.frame = {
      kind,
      isCoroutine: scope?.isCoroutine ?? false,
      isGenerator: scope?.isGenerator ?? false,
      blocks: [],
    };
    body();
    this.frame = outer;
  }

  private block(kind: Block, at: Located, body: () => void): void {
    const { blocks } = this.frame;
    if (blocks.length >= MAX_BLOCKS) throw mistakeAt("too many statically nested blocks", at);
    blocks.push(kind);
    body();
    blocks.pop();
  }

  private get inFunction(): boolean {
    return this.frame.kind !== "module" && this.frame.kind !== "class";
  }

  private readonly visit = (node: Node): void => {
    switch (node._type) {
      case "Constant":
      case "Pass":
        return;
      case "Name":
        if (node.ctx !== "Load") forbid(node.id, node.ctx === "Del", node);
        return;
      case "Attribute":
        this.visit(node.value);
        if (node.ctx === "Store") forbid(node.attr, false, node);
        return;
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.functionDefinition(node);
        return;
      case "ClassDef":
        this.classDefinition(node);
        return;
      case "Lambda":
        forbidParameters(node.args, node);
        this.all(node.args.defaults);
        this.all(node.args.kw_defaults);
        this.enter("lambda", node, () => this.visit(node.body));
        return;
      case "Return":
        if (!this.inFunction) throw mistakeAt("'return' outside function", node);
        if (node.value !== null && this.frame.isCoroutine && this.frame.isGenerator) {
          throw mistakeAt("'return' with value in async generator", node);
        }
        if (node.value !== null) this.visit(node.value);
        this.leaveBlocks(
          node.value?._type === "Constant" && node.value.lineno === node.lineno ? node.value : node,
          false,
        );
        return;
      case "Break":
        if (!this.leaveBlocks(node, true)) throw mistakeAt("'break' outside loop", node);
        return;
      case "Continue":
        if (!this.leaveBlocks(node, true)) throw mistakeAt("'continue' not properly in loop", node);
        return;
      case "Yield":
      case "YieldFrom":
        if (!this.inFunction) throw mistakeAt("'yield' outside function", node);
        if (node._type === "YieldFrom" && this.frame.kind === "async function") {
          throw mistakeAt("'yield from' inside async function", node);
        }
        if (node.value !== null) this.visit(node.value);
        return;
      case "Await":
        if (!this.inFunction) throw mistakeAt("'await' outside function", node);
        if (this.frame.kind !== "async function" && this.frame.kind !== "comprehension") {
          throw mistakeAt("'await' outside async function", node);
        }
        this.visit(node.value);
        return;
      case "Assign":
        this.visit(node.value);
        this.all(node.targets);
        return;
      case "AnnAssign":
        this.annotatedAssignment(node);
        return;
      case "For":
      case "AsyncFor":
        if (node._type === "AsyncFor" && this.frame.kind !== "async function") {
          throw mistakeAt("'async for' outside async function", node);
        }
        this.block("loop", node, () => {
          this.visit(node.iter);
          this.visit(node.target);
          this.all(node.body);
        });
        this.all(node.orelse);
        return;
      case "While":
        this.block("loop", node, () => {
          this.visit(node.test);
          this.all(node.body);
        });
        this.all(node.orelse);
        return;
      case "With":
      case "AsyncWith":
        if (node._type === "AsyncWith" && this.frame.kind !== "async function") {
          throw mistakeAt("'async with' outside async function", node);
        }
        this.withItems(node, 0);
        return;
      case "Try":
      case "TryStar":
        this.tryStatement(node);
        return;
      case "Import":
      case "ImportFrom":
        for (const { name, asname } of node.names)
          forbid(asname ?? (name.split(".")[0] as string), false, node);
        if (node._type === "ImportFrom" && node.module === "__future__" && node.lineno > this.future.line) {
          throw mistakeAt("from __future__ imports must occur at the beginning of the file", node);
        }
        return;
      case "Match":
        this.visit(node.subject);
        new PatternCheck(this.visit).cases(node);
        return;
      case "Tuple":
      case "List":
        this.sequence(node.elts, node.ctx === "Store", node);
        return;
      case "Set":
        this.elements(node.elts);
        return;
      case "Starred":
        if (node.ctx === "Store")
          throw mistakeAt("starred assignment target must be in a list or tuple", node);
        throw mistakeAt("can't use starred expression here", node);
      case "Subscript":
        this.visit(node.value);
        this.visit(node.slice);
        return;
      case "Call":
        this.keywordNames(node.keywords, node);
        this.visit(node.func);
        this.elements(node.args);
        for (const keyword of node.keywords) this.visit(keyword.value);
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(node);
        return;
      default:
        eachChild(node, this.visit);
    }
  };

  /** @returns whether a loop was found on the way out, where one is looked for */
  private leaveBlocks(node: Located, toLoop: boolean): boolean {
    const { blocks } = this.frame;
    for (let i = blocks.length - 1; i >= 0; i--) {
      if (blocks[i] === "except*") {
        throw mistakeAt("'break', 'continue' and 'return' cannot appear in an except* block", node);
      }
      if (toLoop && blocks[i] === "loop") return true;
    }
    return false;
  }

  private annotatedAssignment(node: AnnAssign): void {
    const { target, value } = node;
    if (value !== null) this.all([value, target]);
    if (target._type === "Name") forbid(target.id, false, node);
    else if (target._type === "Attribute") forbid(target.attr, false, node);
    // Without a value the target is not assigned, only its parts are evaluated.
    if (value === null && target._type === "Attribute") this.visit(target.value);
    if (value === null && target._type === "Subscript") {
      this.visit(target.value);
      if (target.slice._type === "Tuple") this.all(target.slice.elts);
      else this.visit(target.slice);
    }
    if (!this.inFunction) this.annotation(node.annotation);
  }

  private annotation(node: Expr): void {
    if (!this.future.annotations) this.visit(node._type === "Starred" ? node.value : node);
  }

  private functionDefinition(node: FunctionDef | AsyncFunctionDef): void {
    forbidParameters(node.args, node);
    this.all(node.decorator_list);
    this.all(node.args.defaults);
    this.all(node.args.kw_defaults);
    const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
    for (const arg of [...args, ...posonlyargs, vararg, ...kwonlyargs, kwarg]) {
      if (arg?.annotation != null) this.annotation(arg.annotation);
    }
    if (node.returns !== null) this.annotation(node.returns);
    const kind = node._type === "AsyncFunctionDef" ? "async function" : "function";
    this.enter(kind, node, () => this.all(node.body));
    forbid(node.name, false, node);
  }

  private classDefinition(node: ClassDef): void {
    this.all(node.decorator_list);
    this.enter("class", node, () => this.all(node.body));
    this.keywordNames(node.keywords, node);
    this.elements(node.bases);
    for (const keyword of node.keywords) this.visit(keyword.value);
    forbid(node.name, false, node);
  }

  private keywordNames(keywords: Keyword[], at: Located): void {
    for (const [index, keyword] of keywords.entries()) {
      if (keyword.arg === null) continue;
      forbid(keyword.arg, false, at);
      const again = keywords.slice(index + 1).find((other) => other.arg === keyword.arg);
      if (again !== undefined) throw mistakeAt(`keyword argument repeated: ${keyword.arg}`, again);
    }
  }

  private withItems(node: Extract<Stmt, { _type: "With" | "AsyncWith" }>, index: number): void {
    const item = node.items[index];
    if (item === undefined) {
      this.all(node.body);
      return;
    }
    this.visit(item.context_expr);
    this.block("other", node, () => {
      if (item.optional_vars !== null) this.visit(item.optional_vars);
      this.withItems(node, index + 1);
    });
  }

  private tryStatement(node: Try | TryStar): void {
    const { handlers, finalbody } = node;
    const guarded = (): void => {
      if (handlers.length === 0) {
        this.all(node.body);
        return;
      }
      this.block("other", node, () => this.all(node.body));
      this.all(node.orelse);
      this.block(node._type === "TryStar" ? "except*" : "other", node, () => {
        for (const [index, handler] of handlers.entries()) {
          if (handler.type === null && index < handlers.length - 1) {
            throw mistakeAt("default 'except:' must be last", handler);
          }
          if (handler.type !== null) this.visit(handler.type);
          if (handler.name !== null) forbid(handler.name, false, handler);
          this.block("other", handler, () => this.all(handler.body));
        }
      });
    };
    if (finalbody.length === 0) {
      guarded();
      return;
    }
    this.block("other", node, guarded);
    this.all(finalbody);
  }

  /** Elements of a display, a target, or positional arguments: stars are in their place. */
  private elements(elts: Expr[]): void {
    for (const element of elts) this.visit(element._type === "Starred" ? element.value : element);
  }

  private sequence(elts: Expr[], target: boolean, at: Located): void {
    if (target && elts.filter((element) => element._type === "Starred").length > 1) {
      throw mistakeAt("multiple starred expressions in assignment", at);
    }
    if (target && elts.findIndex((element) => element._type === "Starred") >= 256) {
      throw mistakeAt("too many expressions in star-unpacking assignment", at);
    }
    this.elements(elts);
  }

  private comprehension(node: ListComp | SetComp | DictComp | GeneratorExp): void {
    const outer = this.frame.kind;
    const awaits = this.scopes.get(node)?.isCoroutine ?? false;
    if (awaits && node._type !== "GeneratorExp" && outer !== "async function" && outer !== "comprehension") {
      throw mistakeAt("asynchronous comprehension outside of an asynchronous function", node);
    }
    const [outermost] = node.generators;
    this.enter("comprehension", node, () => {
      for (const part of node.generators) {
        if (part !== outermost) this.visit(part.iter);
        this.visit(part.target);
        this.all(part.ifs);
      }
      if (node._type === "DictComp") this.all([node.key, node.value]);
      else this.visit(node.elt);
    });
    if (outermost !== undefined) this.visit(outermost.iter);
  }
}

/** `__debug__` is a constant. */
function forbid(name: string, deleted: boolean, at: Located): void {
  if (name === "__debug__") throw mistakeAt(`cannot ${deleted ? "delete" : "assign to"} __debug__`, at);
}

function forbidParameters(args: Arguments, at: Located): void {
  for (const arg of [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg]) {
    if (arg !== null) forbid(arg.arg, false, at);
  }
}
