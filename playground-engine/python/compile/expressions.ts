// Expressions as JavaScript expressions.
//
// Operands are evaluated in Python's order. Everything that can raise first notes its position: `L[s] = n` stands as a
// surplus last argument of the helper, so it is evaluated after the operands and before the operation. (It is written
// `L[L[0]=s] = n`, which makes the depth right too: what an operation left standing is forgotten by the next one.)
import type * as ast from "../syntax/ast.ts";
import { mangle } from "../runtime/mangle.ts";
import { PyTuple, type Value } from "../runtime/object.ts";
import { constantValue, type Fn, jsName, text, type Unit } from "./emit.ts";
import type { Access, Scope } from "./scopes.ts";

export const BINARY: Readonly<Record<ast.BinaryOperator, string>> = {
  Add: "add",
  Sub: "sub",
  Mult: "mul",
  MatMult: "matmul",
  Div: "truediv",
  Mod: "mod",
  Pow: "pow",
  LShift: "lshift",
  RShift: "rshift",
  BitOr: "bitor",
  BitXor: "bitxor",
  BitAnd: "bitand",
  FloorDiv: "floordiv",
};
export const INPLACE: Readonly<Record<ast.BinaryOperator, string>> = {
  Add: "iadd",
  Sub: "isub",
  Mult: "imul",
  MatMult: "imatmul",
  Div: "itruediv",
  Mod: "imod",
  Pow: "ipow",
  LShift: "ilshift",
  RShift: "irshift",
  BitOr: "ior",
  BitXor: "ixor",
  BitAnd: "iand",
  FloorDiv: "ifloordiv",
};
const COMPARE: Readonly<Record<string, string>> = {
  Eq: "eq",
  NotEq: "ne",
  Lt: "lt",
  LtE: "le",
  Gt: "gt",
  GtE: "ge",
};

/** Whether evaluating has no effect of its own that could be told from a later attribute lookup. */
function quiet(e: ast.Expr): boolean {
  switch (e._type) {
    case "Constant":
    case "Name":
    case "Lambda":
      return true;
    case "Attribute":
    case "Starred":
      return quiet(e.value);
    case "BinOp":
      return quiet(e.left) && quiet(e.right);
    case "UnaryOp":
      return quiet(e.operand);
    case "Compare":
      return quiet(e.left) && e.comparators.every(quiet);
    case "Subscript":
      return quiet(e.value) && quiet(e.slice);
    case "Slice":
      return [e.lower, e.upper, e.step].every((x) => x === null || quiet(x));
    case "Tuple":
    case "List":
    case "Set":
      return e.elts.every(quiet);
    case "Dict":
      return e.keys.every((k) => k === null || quiet(k)) && e.values.every(quiet);
    case "JoinedStr":
      return e.values.every(quiet);
    case "FormattedValue":
      return quiet(e.value) && (e.format_spec === null || quiet(e.format_spec));
    case "BoolOp":
      return e.values.every(quiet);
    case "IfExp":
      return quiet(e.test) && quiet(e.body) && quiet(e.orelse);
    default:
      return false;
  }
}

/** Whether evaluating may make an object or run other code. */
function active(e: ast.Expr): boolean {
  return e._type !== "Name" && e._type !== "Constant" && e._type !== "Lambda";
}

function fromName(n: ast.Located, attr: ast.Attribute): ast.Located {
  const width = new TextEncoder().encode(attr.attr).length;
  return {
    lineno: attr.end_lineno,
    col_offset: Math.max(0, attr.end_col_offset - width),
    end_lineno: n.end_lineno,
    end_col_offset: n.end_col_offset,
  };
}

export abstract class Expressions {
  readonly unit: Unit;
  fn!: Fn;

  constructor(unit: Unit) {
    this.unit = unit;
  }

  protected h(name: string): string {
    return this.unit.h(name);
  }

  /** Notes where we are: an expression to stand last among a helper's arguments. */
  protected at(n: ast.Located): string {
    const p = this.unit.position(n);
    return `L[L[0]=${this.fn.s}]=${p}`;
  }

  /** As at, for an attribute or a method call that begins on an earlier line than its name stands on: that counts from the name. */
  protected atName(n: ast.Located, attr: ast.Attribute): string {
    return this.at(n.lineno === attr.end_lineno ? n : fromName(n, attr));
  }

  protected mangled(name: string): string {
    const p = this.fn.scope.privateName;
    return p === undefined ? name : mangle(p, name);
  }

  protected abstract lambda(e: ast.Lambda): string;
  protected abstract comprehension(e: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp): string;

  /**
   * Operands in order. Where frames tell what they hold, one that waits while a later one is evaluated is kept in a
   * temporary, as it would lie on CPython's stack: `session.get(A, 1) is session.get(A, 1)` finds one object.
   */
  protected operands(es: readonly ast.Expr[]): string[] {
    if (!this.unit.locals) return es.map((e) => this.expr(e));
    const last = es.findLastIndex(active);
    return es.map((e, i) => (i < last && active(e) ? this.hold(this.expr(e)) : this.expr(e)));
  }

  protected hold(code: string): string {
    return `(${this.fn.temp()}=${code})`;
  }

  // ---- names

  protected access(name: string): Access {
    const a = this.fn.scope.access.get(name) ?? "global";
    if (this.fn.scope.kind !== "module") return a;
    return this.unit.nameMode && !this.fn.scope.globals.has(name) ? "name" : "global";
  }

  /** The JavaScript variable of a name met here. `__class__` of methods is one of the class statement around them. */
  protected js(name: string, from: Scope = this.fn.scope): string {
    if (name !== "__class__") return jsName(name);
    let s: Scope | undefined = from.kind === "class" ? from.parent : from;
    for (; s; s = s.parent) {
      if (s.kind === "class") return `C${s.id}`;
      if (s.isFunction && s.access.get(name) === "local") break;
    }
    return jsName(name);
  }

  protected load(raw: string, node: ast.Located): string {
    const name = this.mangled(raw);
    switch (this.access(name)) {
      case "local":
        if (this.fn.sure.has(name)) return this.js(name);
        return `(${this.js(name)}===undefined?${this.h("unboundLocal")}(${text(name)},${this.at(node)}):${this.js(name)})`;
      case "free":
        if (this.certainOutside(name)) return this.js(name);
        return `(${this.js(name)}===undefined?${this.h("unboundFree")}(${text(name)},${this.at(node)}):${this.js(name)})`;
      case "global":
        return this.loadGlobal(name, node);
      default: {
        const t = this.fn.temp();
        const outer = this.fn.scope.ownFrees.has(name)
          ? `(${this.js(name)}===undefined?${this.h("unboundFree")}(${text(name)},${this.at(node)}):${this.js(name)})`
          : this.loadGlobal(name, node);
        return `((${t}=N.get(${text(name)}))!==undefined?${t}:${outer})`;
      }
    }
  }

  private loadGlobal(name: string, node: ast.Located): string {
    const c = this.unit.cell(name);
    return `(${c}.v??${this.h("global")}(${c},${this.at(node)}))`;
  }

  /** A variable of an enclosing function that is a parameter nobody unbinds. */
  private certainOutside(name: string): boolean {
    for (let f: Fn | undefined = this.fn.outer; f; f = f.outer) {
      const s: Scope = f.scope;
      if (s.isFunction && s.access.get(name) === "local")
        return s.params.includes(name) && !s.deleted.has(name);
    }
    return false;
  }

  /** A statement (without semicolon) or expression that stores a JavaScript expression in a variable. */
  protected store(raw: string, value: string): string {
    const name = this.mangled(raw);
    switch (this.access(name)) {
      case "local":
        if (!this.fn.scope.deleted.has(name)) this.fn.sure.add(name);
        return `${this.js(name)}=${value}`;
      case "free":
        return `${this.js(name)}=${value}`;
      case "global": {
        const c = this.unit.cell(name);
        return `${this.h("setGlobal")}(${c},${value})`;
      }
      default:
        return `N.set(${text(name)},${value})`;
    }
  }

  // ---- expressions

  expr(e: ast.Expr): string {
    switch (e._type) {
      case "Constant":
        return this.constant(e);
      case "Name":
        return this.load(e.id, e);
      case "BoolOp":
        return this.boolOp(e);
      case "NamedExpr":
        return this.named(e);
      case "BinOp":
        return `${this.h(BINARY[e.op])}(${this.operands([e.left, e.right]).join(",")},${this.at(e)})`;
      case "UnaryOp":
        return this.unary(e);
      case "Lambda":
        return this.lambda(e);
      case "IfExp":
        return `(${this.cond(e.test, e)}?${this.expr(e.body)}:${this.expr(e.orelse)})`;
      case "Dict":
        return this.dict(e);
      case "Set":
        return `${this.h("makeSet")}(${this.elements(e.elts, e, "spreadSet")},${this.at(e)})`;
      case "List":
        return `new ${this.h("List")}(${this.elements(e.elts, e)})`;
      case "Tuple":
        return this.tuple(e);
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        return this.comprehension(e);
      case "Await":
        return `(yield* ${this.h("delegate")}(${this.h("awaitable")}(${this.expr(e.value)},${this.at(e)})))`;
      case "Yield":
        return this.yielded(e.value === null ? "null" : this.expr(e.value), e);
      case "YieldFrom":
        return `(yield* ${this.h("delegate")}(${this.h("yieldFromIter")}(${this.expr(e.value)},${this.at(e)})))`;
      case "Compare":
        return this.compare(e);
      case "Call":
        return this.call(e);
      case "JoinedStr":
        return this.joined(e);
      case "FormattedValue":
        return this.formatted(e);
      case "Attribute":
        return `${this.h("loadAttr")}(${this.expr(e.value)},${text(this.mangled(e.attr))},${this.unit.cache()},${this.atName(e, e)})`;
      case "Subscript":
        return this.subscript(e);
      case "Slice":
        return this.slice(e);
      case "Starred":
        throw new Error("a starred expression out of place");
    }
  }

  private yielded(value: string, e: ast.Yield): string {
    const v = this.fn.isAsyncGenerator ? `new ${this.h("AsyncYield")}(${value})` : value;
    return `(yield ${this.h("first")}(${v},${this.at(e)}))`;
  }

  protected constant(e: ast.Constant): string {
    const v = e.value;
    switch (typeof v) {
      case "string":
        return text(v);
      case "number":
        return v < 0 || Object.is(v, -0) ? `(${v})` : String(v);
      case "boolean":
        return String(v);
      case "bigint":
        return `${v}n`;
      default:
        return v === null ? "null" : this.unit.konst(constantValue(v), v);
    }
  }

  private named(e: ast.NamedExpr): string {
    const t = this.fn.temp();
    const sure = new Set(this.fn.sure);
    const code = `(${t}=${this.expr(e.value)},${this.store(e.target.id, t)},${t})`;
    this.fn.sure = sure; // it may stand where it is not always evaluated
    return code;
  }

  private unary(e: ast.UnaryOp): string {
    if (e.op === "Not") return `(!${this.cond(e.operand, e)})`;
    if (
      e.op === "USub" &&
      e.operand._type === "Constant" &&
      typeof e.operand.value === "number" &&
      e.operand.value !== 0
    )
      return `(-${e.operand.value})`;
    const name = e.op === "USub" ? "neg" : e.op === "UAdd" ? "pos" : "invert";
    return `${this.h(name)}(${this.expr(e.operand)},${this.at(e)})`;
  }

  private boolOp(e: ast.BoolOp): string {
    let code = this.expr(e.values.at(-1)!);
    for (let i = e.values.length - 2; i >= 0; i--) {
      const v = e.values[i]!;
      const t = this.fn.temp();
      const test = `${this.h("isTrue")}(${t}=${this.expr(v)},${this.at(e)})`;
      code = e.op === "And" ? `(${test}?${code}:${t})` : `(${test}?${t}:${code})`;
    }
    return code;
  }

  /** The expression as a JavaScript boolean; `whole` is what tests it, where an error of the truth test is placed. */
  cond(e: ast.Expr, whole: ast.Located): string {
    switch (e._type) {
      case "Constant":
        if (typeof e.value === "boolean") return String(e.value);
        if (e.value === null) return "false";
        break;
      case "UnaryOp":
        if (e.op === "Not") return `(!${this.cond(e.operand, whole)})`;
        break;
      case "BoolOp":
        return `(${e.values.map((v) => this.cond(v, whole)).join(e.op === "And" ? "&&" : "||")})`;
      case "Compare":
        if (e.ops.length === 1) return this.compareCond(e);
        return `${this.h("isTrue")}(${this.compare(e)},${this.at(e)})`;
      default:
    }
    return `${this.h("isTrue")}(${this.expr(e)},${this.at(whole)})`;
  }

  private compareCond(e: ast.Compare): string {
    const op = e.ops[0]!;
    const name = COMPARE[op];
    if (name === undefined) return this.compare(e);
    return `${this.h(`${name}Cond`)}(${this.operands([e.left, e.comparators[0]!]).join(",")},${this.at(e)})`;
  }

  private compareOne(op: ast.CompareOperator, a: string, b: string, e: ast.Compare): string {
    switch (op) {
      case "Is":
        return `(${a}===${b})`;
      case "IsNot":
        return `(${a}!==${b})`;
      case "In":
        return `${this.h("contains")}(${a},${b},${this.at(e)})`;
      case "NotIn":
        return `(!${this.h("contains")}(${a},${b},${this.at(e)}))`;
      default:
        return `${this.h(COMPARE[op]!)}(${a},${b},${this.at(e)})`;
    }
  }

  private compare(e: ast.Compare): string {
    if (e.ops.length === 1) {
      const [a, b] = this.operands([e.left, e.comparators[0]!]);
      return this.compareOne(e.ops[0]!, a!, b!, e);
    }
    // a < b < c: b is evaluated once, c only where a < b holds.
    const link = (i: number, left: string): string => {
      const right = this.expr(e.comparators[i]!);
      if (i === e.ops.length - 1) return this.compareOne(e.ops[i]!, left, right, e);
      const kept = this.fn.temp();
      const result = this.fn.temp();
      const test = this.compareOne(e.ops[i]!, left, `(${kept}=${right})`, e);
      return `(${this.h("isTrue")}(${result}=${test},${this.at(e)})?${link(i + 1, kept)}:${result})`;
    };
    return link(0, this.expr(e.left));
  }

  private tuple(e: ast.Tuple): string {
    const k = constantTuple(e);
    if (k !== undefined) return this.unit.konst(k, e);
    return `new ${this.h("Tuple")}(${this.elements(e.elts, e)})`;
  }

  /** A JavaScript array of elements, starred ones spread. */
  protected elements(elts: readonly ast.Expr[], e: ast.Located, spread = "spread"): string {
    const values = this.operands(elts.map((x) => (x._type === "Starred" ? x.value : x)));
    return `[${elts.map((x, i) => (x._type === "Starred" ? `...${this.h(spread)}(${values[i]!},${this.at(e)})` : values[i]!)).join(",")}]`;
  }

  private dict(e: ast.Dict): string {
    const parts: string[] = [];
    let starred = false;
    const codes = this.operands(e.keys.flatMap((k, i) => (k === null ? [e.values[i]!] : [k, e.values[i]!])));
    for (const k of e.keys) {
      if (k === null) {
        starred = true;
        parts.push(this.h("unpackMark"), `${this.h("mapping")}(${codes.shift()!},${this.at(e)})`);
      } else parts.push(codes.shift()!, codes.shift()!);
    }
    return `${this.h(starred ? "makeDictMixed" : "makeDict")}([${parts.join(",")}],${this.at(e)})`;
  }

  private subscript(e: ast.Subscript): string {
    return `${this.h("getItem")}(${this.operands([e.value, e.slice]).join(",")},${this.at(e)})`;
  }

  private slice(e: ast.Slice): string {
    const part = (x: ast.Expr | null): string => (x === null ? "null" : this.expr(x));
    return `${this.h("slice")}(${part(e.lower)},${part(e.upper)},${part(e.step)})`;
  }

  // ---- f-strings

  private joined(e: ast.JoinedStr): string {
    if (e.values.length === 0) return '""';
    const parts = e.values.map((v) => (v._type === "Constant" ? text(v.value as string) : this.expr(v)));
    if (parts[0]!.startsWith('"')) return `(${parts.join("+")})`;
    return `(""+${parts.join("+")})`;
  }

  private formatted(e: ast.FormattedValue): string {
    const v = this.expr(e.value);
    const spec = e.format_spec;
    if (spec === null && e.conversion === -1) return `${this.h("formatPlain")}(${v},${this.at(e)})`;
    return `${this.h("format")}(${v},${e.conversion},${spec === null ? '""' : this.expr(spec)},${this.at(e)})`;
  }

  // ---- calls

  private call(e: ast.Call): string {
    const f = e.func;
    if (
      f._type === "Name" &&
      f.id === "super" &&
      e.args.length === 0 &&
      e.keywords.length === 0 &&
      this.fn.scope.access.get("__class__") === "free"
    ) {
      const first =
        this.fn.scope.kind === "function" || this.fn.scope.kind === "lambda"
          ? this.fn.scope.params[0]
          : undefined;
      return `${this.h("super0")}(${this.load("super", f)},${this.js("__class__")},${first === undefined ? "undefined" : jsName(first)},${this.at(e)})`;
    }
    const plain = e.args.every((a) => a._type !== "Starred") && e.keywords.every((k) => k.arg !== null);
    if (!plain) return this.callSpread(e);
    if (f._type === "Attribute") return this.callMethod(e, f);
    const [fn, ...args] = this.operands([f, ...e.args, ...e.keywords.map((k) => k.value)]);
    if (e.keywords.length === 0) {
      if (args.length <= 3) return `${this.h(`call${args.length}`)}(${[fn, ...args, this.at(e)].join(",")})`;
      return `${this.h("callN")}(${fn},[${args.join(",")}],${this.at(e)})`;
    }
    return `${this.h("callVec")}(${fn},[${args.join(",")}],${this.unit.names(e.keywords.map((k) => this.mangled(k.arg!)))},${this.at(e)})`;
  }

  /** The position of a method call, followed by that of the method's lookup: method-calls.ts counts on it. */
  private atCall(e: ast.Call, f: ast.Attribute): string {
    const code = this.atName(e, f);
    this.unit.position(f.lineno === f.end_lineno ? f : fromName(f, f));
    return code;
  }

  private callMethod(e: ast.Call, f: ast.Attribute): string {
    const name = text(this.mangled(f.attr));
    const values = [...e.args, ...e.keywords.map((k) => k.value)];
    const names =
      e.keywords.length > 0 ? this.unit.names(e.keywords.map((k) => this.mangled(k.arg!))) : undefined;
    if (values.every(quiet)) {
      const [target, ...args] = this.operands([f.value, ...values]);
      const where = this.atCall(e, f);
      if (names !== undefined)
        return `${this.h("methodVec")}(${target},${name},[${args.join(",")}],${names},${where})`;
      if (args.length <= 2)
        return `${this.h(`method${args.length}`)}(${[target, name, ...args, this.unit.cache(), where].join(",")})`;
      if (args.length === 3) return `${this.h("method3")}(${[target, name, ...args, where].join(",")})`;
      return `${this.h("methodN")}(${target},${name},[${args.join(",")}],${where})`;
    }
    // The method is looked up before the arguments are evaluated, and that may show.
    const [o, m, b] = [this.fn.temp(), this.fn.temp(), this.fn.temp()];
    const found = `${o}=${this.expr(f.value)},${m}=${this.h("findMethod")}(${o},${name},${this.atName(f, f)}),${b}=${this.h("found")}.unbound`;
    const args = this.operands(values);
    if (names !== undefined)
      return `(${found},${this.h("callFoundVec")}(${m},${b},${o},[${args.join(",")}],${names},${this.atName(e, f)}))`;
    if (args.length === 1)
      return `(${found},${this.h("callFound1")}(${m},${b},${o},${args[0]!},${this.atName(e, f)}))`;
    if (args.length === 2)
      return `(${found},${this.h("callFound2")}(${m},${b},${o},${args[0]!},${args[1]!},${this.atName(e, f)}))`;
    return `(${found},${this.h("callFoundN")}(${m},${b},${o},[${args.join(",")}],${this.atName(e, f)}))`;
  }

  private callSpread(e: ast.Call): string {
    const f = this.fn.temp();
    const head = `${f}=${this.expr(e.func)}`;
    const codes = this.operands([
      ...e.args.map((a) => (a._type === "Starred" ? a.value : a)),
      ...e.keywords.map((k) => k.value),
    ]);
    const args = e.args.map((a, i) => {
      if (a._type !== "Starred") return codes[i]!;
      // A lone `*args` is the call's affair, among others it is a list display's.
      return e.args.length === 1
        ? `...${this.h("spreadArgs")}(${f},${codes[i]!},${this.at(e)})`
        : `...${this.h("spread")}(${codes[i]!},${this.at(e)})`;
    });
    const kw = e.keywords.map(
      (k, i) => `${k.arg === null ? "null" : text(this.mangled(k.arg))},${codes[e.args.length + i]!}`,
    );
    if (kw.length === 0) return `(${head},${this.h("callN")}(${f},[${args.join(",")}],${this.at(e)}))`;
    return `(${head},${this.h("callSpread")}(${f},[${args.join(",")}],${this.h("gatherKeywords")}(${f},[${kw.join(",")}],${this.at(e)}),${this.at(e)}))`;
  }
}

/** A tuple of constants, as CPython folds it. */
function constantTuple(e: ast.Tuple): PyTuple | undefined {
  const items: Value[] = [];
  for (const x of e.elts) {
    if (x._type === "Constant") items.push(constantValue(x.value));
    else if (x._type === "Tuple") {
      const inner = constantTuple(x);
      if (inner === undefined) return undefined;
      items.push(inner);
    } else return undefined;
  }
  return new PyTuple(items);
}
