// Statements as JavaScript statements.
//
// Each method writes lines into the function at hand and gives whether control can go on after the statement. The set
// of variables that certainly have a value (fn.sure) is kept along the way, so that most reads need no check.
import type * as ast from "../syntax/ast.ts";
import { text } from "./emit.ts";
import { Patterns } from "./patterns.ts";

/** What break and continue mean at some place. */
interface Loop {
  readonly label: string;
  readonly brk: string;
}

/** Statements of a module after which it is looked whether objects are gone that somebody waits for. */
const ENDS_OBJECTS: ReadonlySet<string> = new Set([
  "Expr",
  "Assign",
  "AugAssign",
  "AnnAssign",
  "Delete",
  "For",
  "With",
  "Try",
]);

export abstract class Statements extends Patterns {
  private loops: Loop[] = [];

  protected abstract functionDef(s: ast.FunctionDef | ast.AsyncFunctionDef): void;
  protected abstract classDef(s: ast.ClassDef): void;
  protected abstract annotation(e: ast.Expr): string;

  /** Loops of the function around are none of the inner one's. */
  protected withoutLoops<T>(inside: () => T): T {
    const outer = this.loops;
    this.loops = [];
    const r = inside();
    this.loops = outer;
    return r;
  }

  /** Statements in order; false where control never reaches the end. What follows such a point is left out. */
  body(stmts: readonly ast.Stmt[]): boolean {
    for (const s of stmts) {
      const mark = this.fn.mark();
      const on = this.stmt(s);
      this.fn.release(mark);
      const used = this.fn.usedSince(mark);
      if (!on) return false;
      // What a frame tells that it holds must be what it holds.
      if (this.unit.locals && used.length > 0) this.put(`${used.join("=")}=undefined;`);
      if (this.fn.scope.kind === "module" && ENDS_OBJECTS.has(s._type))
        this.put(`if(${this.h("watching")}.count>0)${this.h("swept")}(${this.at(s)});`);
    }
    return true;
  }

  private stmt(s: ast.Stmt): boolean {
    switch (s._type) {
      case "Expr":
        this.expression(s);
        return true;
      case "Assign":
        this.assignment(s);
        return true;
      case "AugAssign":
        this.augmented(s);
        return true;
      case "AnnAssign":
        this.annotated(s);
        return true;
      case "Return":
        this.return_(s.value === null ? "null" : this.expr(s.value));
        return false;
      case "If":
        return this.if_(s);
      case "For":
        return this.for_(s);
      case "AsyncFor":
        return this.asyncFor(s);
      case "While":
        return this.while_(s);
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.functionDef(s);
        return true;
      case "ClassDef":
        this.classDef(s);
        return true;
      case "Delete":
        for (const t of s.targets) this.del(t);
        return true;
      case "With":
      case "AsyncWith":
        return this.with_(s, 0);
      case "Match":
        return this.match(s);
      case "Raise":
        this.raise(s);
        return false;
      case "Try":
        return this.try_(s);
      case "TryStar":
        return this.tryStar(s);
      case "Assert":
        this.assert(s);
        return true;
      case "Import":
        this.import_(s);
        return true;
      case "ImportFrom":
        this.importFrom(s);
        return true;
      case "Break":
        this.put(`break ${this.loops.at(-1)!.brk};`);
        return false;
      case "Continue":
        this.put(`continue ${this.loops.at(-1)!.label};`);
        return false;
      default:
        return true; // Pass, Global, Nonlocal
    }
  }

  protected expression(s: ast.ExprStatement): void {
    if (s.value._type === "Constant") return;
    if (s.value._type === "YieldFrom") {
      this.yieldFrom(s.value);
      return;
    }
    this.put(`${this.expr(s.value)};`);
  }

  /** `yield from` another generator as a loop of its own, which is less than delegating to a third. */
  private yieldFrom(e: ast.YieldFrom): void {
    const [it, v, sent] = [this.fn.temp(), this.fn.temp(), this.fn.temp()];
    const x = this.fn.fresh("e");
    this.put(
      `${it}=${this.h("yieldFromIter")}(${this.expr(e.value)},${this.at(e)});if(${it} instanceof ${this.h("Resumable")}){${v}=${it}.next();while(${v}!==undefined){`,
    );
    this.put(`try{${sent}=yield ${v};}catch(${x}){${v}=${this.h("throwInto")}(${it},${x});continue;}`);
    this.put(
      `${v}=${sent}===null?${it}.next():${it}.sendRaw(${sent});}}else yield* ${this.h("delegate")}(${it});`,
    );
  }

  protected return_(value: string): void {
    if (this.fn.isAsyncGenerator) this.put("return;");
    else if (this.fn.isGenerator) this.put(`return ${value};`);
    else this.put(`return ${this.h("leave")}(s,${value});`);
  }

  private annotated(s: ast.AnnAssign): void {
    const inFunction = this.fn.scope.isFunction;
    if (s.value !== null) this.assign(s.target, this.expr(s.value));
    if (s.target._type === "Name" && s.simple === 1) {
      if (!inFunction)
        this.put(
          `${this.annotationTable()}(${text(this.mangled(s.target.id))},${this.annotation(s.annotation)});`,
        );
    } else if (!inFunction && !this.unit.futureAnnotations) this.put(`${this.expr(s.annotation)};`);
    if (inFunction && s.value === null && s.target._type === "Attribute")
      this.put(`${this.expr(s.target.value)};`);
  }

  /** The function that notes an annotation of the class or module. */
  private annotationTable(): string {
    return this.fn.scope.kind === "class" || this.unit.nameMode
      ? `${this.h("annotateName")}(N)`
      : `${this.h("annotateGlobal")}(${this.unit.cell("__annotations__")})`;
  }

  // ---- branches

  /** Write a branch; the variables sure at its end, or undefined where control does not get there. */
  private branch(write: () => boolean, sure: ReadonlySet<string>): Set<string> | undefined {
    this.fn.sure = new Set(sure);
    return write() ? this.fn.sure : undefined;
  }

  /** After branches: what is sure in all that get there. False where none does. */
  private join(ends: readonly (Set<string> | undefined)[]): boolean {
    const open = ends.filter((e) => e !== undefined);
    if (open.length === 0) {
      this.fn.sure = new Set();
      return false;
    }
    this.fn.sure = new Set([...open[0]!].filter((n) => open.every((o) => o.has(n))));
    return true;
  }

  private if_(s: ast.If): boolean {
    this.put(`if(${this.cond(s.test, s)}){`);
    const sure = this.fn.sure;
    const a = this.branch(() => this.body(s.body), sure);
    let b: Set<string> | undefined = sure;
    if (s.orelse.length > 0) {
      this.put("}else{");
      b = this.branch(() => this.body(s.orelse), sure);
    }
    this.put("}");
    return this.join([a, b]);
  }

  // ---- loops

  private fuel(): string {
    return `if(--${this.h("fuel")}.left<0)${this.h("tick")}();`;
  }

  /** `head` opens the JavaScript loop. Gives whether control can get past the loop. */
  private loop(
    head: string,
    prologue: () => void,
    body: readonly ast.Stmt[],
    orelse: readonly ast.Stmt[],
    endless: boolean,
  ): boolean {
    const label = this.fn.fresh("L");
    const brk = orelse.length > 0 ? this.fn.fresh("B") : label;
    if (orelse.length > 0) this.put(`${brk}:{`);
    const sure = this.fn.sure;
    this.fn.sure = new Set(sure);
    this.put(`${label}:${head}{${this.fuel()}`);
    prologue();
    this.loops.push({ label, brk });
    this.body(body);
    this.loops.pop();
    this.put("}");
    this.fn.sure = new Set(sure);
    if (orelse.length > 0) {
      const on = this.body(orelse);
      this.put("}");
      this.fn.sure = new Set(sure);
      return on || hasBreak(body);
    }
    return !endless || hasBreak(body);
  }

  private while_(s: ast.While): boolean {
    // The test is written where the loop's variables are not sure yet.
    const test = this.cond(s.test, s);
    return this.loop(`while(${test})`, () => undefined, s.body, s.orelse, test === "true");
  }

  private for_(s: ast.For): boolean {
    const it = this.fn.temp();
    const v = this.fn.temp();
    this.put(`${it}=${this.h("iter")}(${this.expr(s.iter)},${this.at(s)});`);
    const ends = this.endsWithLoop(s.iter);
    if (ends) this.put("try{");
    const on = this.loop(
      `while((${v}=${it}.next(${this.at(s)}))!==undefined)`,
      () => this.each(s.target, v),
      s.body,
      s.orelse,
      false,
    );
    if (ends) this.put(`}finally{${this.h("letGo")}(${it});}`);
    return on;
  }

  /** Whether it makes a generator that nobody but the loop holds, and that has something left to do at its end. */
  private endsWithLoop(iter: ast.Expr): boolean {
    if (iter._type !== "Call") return false;
    const { func } = iter;
    const name = func._type === "Name" ? func.id : func._type === "Attribute" ? func.attr : undefined;
    return name !== undefined && this.fn.scope.cleaning.has(name);
  }

  /** Assign what an iterator gave, which is then nobody's but the target's. */
  private each(target: ast.Expr, v: string): void {
    this.assign(target, v);
    if (this.unit.locals) this.put(`${v}=undefined;`);
  }

  private asyncFor(s: ast.AsyncFor): boolean {
    const it = this.fn.temp();
    const v = this.fn.temp();
    this.put(`${it}=${this.h("asyncIter")}(${this.expr(s.iter)},${this.at(s)});`);
    return this.loop(
      `while((${v}=yield* ${this.h("asyncNext")}(${it},${this.at(s)}))!==undefined)`,
      () => this.each(s.target, v),
      s.body,
      s.orelse,
      false,
    );
  }

  // ---- with

  private with_(s: ast.With | ast.AsyncWith, i: number): boolean {
    const item = s.items[i];
    if (item === undefined) return this.body(s.body);
    const isAsync = s._type === "AsyncWith";
    const [manager, normal, exc, outer] = [this.fn.temp(), this.fn.temp(), this.fn.temp(), this.fn.temp()];
    const awaited = (call: string): string =>
      isAsync ? `yield* ${this.h("delegate")}(${this.h("awaitable")}(${call}))` : call;
    const here = s;
    this.put(
      `${manager}=${this.h(isAsync ? "asyncWithEnter" : "withEnter")}(${this.expr(item.context_expr)},${this.at(here)});`,
    );
    if (isAsync) this.put(`${manager}.value=${awaited(`${manager}.value`)};`);
    this.put(`${normal}=true;${outer}=${this.h("state")}.exc;`);
    const e = this.fn.fresh("e");
    this.put("try{try{");
    const sure = this.fn.sure;
    const end = this.branch(() => {
      if (item.optional_vars) this.assign(item.optional_vars, `${manager}.value`);
      return this.with_(s, i + 1);
    }, sure);
    this.put(
      `}catch(${e}){${normal}=false;${exc}=${this.h("caught")}(${e},${this.fn.s});${this.h("state")}.exc=${exc};`,
    );
    const leave = (e: string): string =>
      isAsync
        ? `yield* ${this.h("delegate")}(${this.h("asyncWithExit")}(${manager},${e},${this.at(here)}))`
        : `${this.h("withExit")}(${manager},${e},${this.at(here)})`;
    this.put(
      `try{if(!${this.h("isTrue")}(${leave(exc)}))throw ${this.h("rethrow")}(${exc});}catch(${e}){throw ${this.h("link2")}(${e});}finally{${this.h("state")}.exc=${outer};}}`,
    );
    this.put(`}finally{if(${normal}){${leave("null")};}}`);
    this.join([end, sure]); // the manager may swallow an exception
    return true;
  }

  // ---- match

  private match(s: ast.Match): boolean {
    const subject = this.fn.temp();
    const label = this.fn.fresh("M");
    this.put(`${subject}=${this.expr(s.subject)};${label}:{`);
    const sure = this.fn.sure;
    const ends: (Set<string> | undefined)[] = [];
    let open = true;
    for (const c of s.cases) {
      const caught = new Map<string, string>();
      this.fn.sure = new Set(sure);
      const test = this.pattern(c.pattern, subject, caught);
      this.put(`if(${test}){`);
      this.bindCaptures(caught);
      if (c.guard) this.put(`if(${this.cond(c.guard, c.guard)}){`);
      const on = this.body(c.body);
      if (on) {
        ends.push(this.fn.sure);
        this.put(`break ${label};`);
      }
      this.put(c.guard ? "}}" : "}");
      if (test === "true" && c.guard === null) {
        open = false;
        break;
      }
    }
    this.put("}");
    if (open) ends.push(new Set(sure));
    return this.join(ends);
  }

  // ---- exceptions

  private raise(s: ast.Raise): void {
    if (s.exc === null) this.put(`throw ${this.h("reraise")}(${this.at(s)});`);
    else if (s.cause === null) this.put(`throw ${this.h("raising")}(${this.expr(s.exc)},${this.at(s)});`);
    else this.put(`throw ${this.h("raisingFrom")}(${this.expr(s.exc)},${this.expr(s.cause)},${this.at(s)});`);
  }

  private assert(s: ast.Assert): void {
    this.put(
      `if(!${this.cond(s.test, s)})throw ${this.h("assertion")}(${s.msg === null ? "undefined" : this.expr(s.msg)},${this.at(lastCompare(s.test) ?? s)});`,
    );
  }

  private try_(s: ast.Try): boolean {
    if (s.finalbody.length === 0) return this.tryExcept(s);
    return this.tryFinally(
      () => (s.handlers.length > 0 ? this.tryExcept(s) : this.body(s.body) && this.body(s.orelse)),
      s.finalbody,
    );
  }

  private tryFinally(inner: () => boolean, finalbody: readonly ast.Stmt[]): boolean {
    const [exc, outer] = [this.fn.temp(), this.fn.temp()];
    const e = this.fn.fresh("e");
    const state = this.h("state");
    const sure = this.fn.sure;
    this.put(`${exc}=undefined;${outer}=${state}.exc;try{`);
    const end = this.branch(inner, sure);
    this.put(
      `}catch(${e}){${exc}=${this.h("caught")}(${e},${this.fn.s});throw ${this.h("rethrow")}(${exc});}finally{if(${exc}!==undefined)${state}.exc=${exc};try{`,
    );
    this.fn.sure = new Set(sure);
    const on = this.body(finalbody);
    // The exception goes on its way: it has this frame's entry already, whatever was done with it meanwhile.
    if (on) this.put(`if(${exc}!==undefined)${this.h("rethrow")}(${exc});`);
    this.put(`}catch(${e}){throw ${this.h("link2")}(${e});}finally{${state}.exc=${outer};}}`);
    const added = [...this.fn.sure];
    this.fn.sure = new Set(end ?? sure);
    for (const n of added) this.fn.sure.add(n);
    return on && end !== undefined;
  }

  private tryExcept(s: ast.Try): boolean {
    const [exc, outer] = [this.fn.temp(), this.fn.temp()];
    const e = this.fn.fresh("e");
    const state = this.h("state");
    const done = this.fn.fresh("T");
    const before = this.fn.sure;
    const hasElse = s.orelse.length > 0;
    if (hasElse) this.put(`${done}:{`);
    this.put("try{");
    let end = this.branch(() => this.body(s.body), before);
    this.put(
      `}catch(${e}){${exc}=${this.h("caught")}(${e},${this.fn.s});${outer}=${state}.exc;${state}.exc=${exc};try{`,
    );
    const ends: (Set<string> | undefined)[] = [];
    let bare = false;
    for (const h of s.handlers) {
      if (h.type !== null) {
        this.fn.sure = new Set(before);
        this.put(`if(${this.h("matches")}(${exc},${this.expr(h.type)},${this.at(h.type)})){`);
      } else {
        this.put("{");
        bare = true;
      }
      ends.push(this.branch(() => this.handler(h, exc), before));
      this.put(bare ? "}" : "}else ");
    }
    if (!bare) this.put(`throw ${this.h("rethrow")}(${exc});`);
    this.put(`}catch(${e}){throw ${this.h("link2")}(${e});}finally{${state}.exc=${outer};}`);
    if (hasElse) this.put(`break ${done};`);
    this.put("}");
    if (hasElse) {
      if (end !== undefined) end = this.branch(() => this.body(s.orelse), end);
      this.put("}");
    }
    return this.join([end, ...ends]);
  }

  private handler(h: ast.ExceptHandler, exc: string): boolean {
    if (h.name === null) return this.body(h.body);
    this.put(`${this.store(h.name, exc)};try{`);
    const on = this.body(h.body);
    this.put("}finally{");
    this.unbind(h.name, h, false);
    this.put("}");
    return on;
  }

  /** except*: each clause gets the part of the group that it matches; what is left and what was raised go on together. */
  private tryStar(s: ast.TryStar): boolean {
    const inner = (): boolean => {
      const [exc, outer, split] = [this.fn.temp(), this.fn.temp(), this.fn.temp()];
      const e = this.fn.fresh("e");
      const state = this.h("state");
      const done = this.fn.fresh("T");
      const before = this.fn.sure;
      this.put(`${done}:{try{`);
      let end = this.branch(() => this.body(s.body), before);
      this.put(
        `}catch(${e}){${exc}=${this.h("caught")}(${e},${this.fn.s});${outer}=${state}.exc;${state}.exc=${exc};try{${split}=${this.h("starBegin")}(${exc});`,
      );
      for (const h of s.handlers) {
        const part = this.fn.temp();
        const x = this.fn.fresh("e");
        this.fn.sure = new Set(before);
        this.put(
          `${part}=${this.h("starMatch")}(${split},${this.expr(h.type!)},${this.at(h.type!)});if(${part}!==null){${state}.exc=${part};try{`,
        );
        this.handler(h, part);
        this.put(
          `}catch(${x}){${this.h("starRaised")}(${split},${this.h("caught")}(${x},${this.fn.s}));}finally{${state}.exc=${exc};}}`,
        );
      }
      this.put(
        `${this.h("starEnd")}(${split});}catch(${e}){throw ${this.h("link2")}(${e});}finally{${state}.exc=${outer};}break ${done};}`,
      );
      if (end !== undefined) end = this.branch(() => this.body(s.orelse), end);
      this.put("}");
      this.join([end, before]);
      return true;
    };
    return s.finalbody.length === 0 ? inner() : this.tryFinally(inner, s.finalbody);
  }

  // ---- imports

  private import_(s: ast.Import): void {
    for (const a of s.names) {
      const top = a.name.split(".")[0]!;
      const helper = a.asname === null ? "importTop" : "importAs";
      this.put(`${this.store(a.asname ?? top, `${this.h(helper)}(${text(a.name)},G,${this.at(s)})`)};`);
    }
  }

  private importFrom(s: ast.ImportFrom): void {
    const m = this.fn.temp();
    this.put(
      `${m}=${this.h("importModuleFor")}(${text(s.module ?? "")},${s.level},${this.unit.names(s.names.map((a) => a.name))},G,${this.at(s)});`,
    );
    for (const a of s.names) {
      if (a.name === "*")
        this.put(
          `${this.h("importStar")}(${m},${this.fn.scope.kind === "class" || this.unit.nameMode ? "N" : "G"},${this.at(s)});`,
        );
      else
        this.put(
          `${this.store(a.asname ?? a.name, `${this.h("importFrom")}(${m},${text(a.name)},${this.at(s)})`)};`,
        );
    }
  }
}

/** The comparison that a test ends with: CPython places a failed assertion there. */
function lastCompare(e: ast.Expr): ast.Expr | undefined {
  if (e._type === "Compare") return e;
  if (e._type === "UnaryOp" && e.op === "Not") return lastCompare(e.operand);
  if (e._type === "BoolOp") return e.values.map(lastCompare).findLast((c) => c !== undefined);
  return undefined;
}

/** Whether a loop's body breaks out of it. */
function hasBreak(stmts: readonly ast.Stmt[]): boolean {
  return stmts.some((s) => {
    switch (s._type) {
      case "Break":
        return true;
      case "If":
        return hasBreak(s.body) || hasBreak(s.orelse);
      case "For":
      case "AsyncFor":
      case "While":
        return hasBreak(s.orelse);
      case "With":
      case "AsyncWith":
        return hasBreak(s.body);
      case "Try":
      case "TryStar":
        return (
          hasBreak(s.body) ||
          hasBreak(s.orelse) ||
          hasBreak(s.finalbody) ||
          s.handlers.some((h) => hasBreak(h.body))
        );
      case "Match":
        return s.cases.some((c) => hasBreak(c.body));
      default:
        return false;
    }
  });
}
