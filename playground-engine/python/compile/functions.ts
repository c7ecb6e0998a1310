// Functions, lambdas, comprehensions and classes, and the source as a whole.
import type * as ast from "../syntax/ast.ts";
import { unparse } from "../syntax/unparse.ts";
import { E, err } from "../runtime/exceptions.ts";
import { CO } from "../runtime/function.ts";
import { Params } from "../runtime/signature.ts";
import { Fn, jsName, NO_PARAMS, paramsOf, text } from "./emit.ts";
import type { Scope, ScopeNode } from "./scopes.ts";
import { Statements } from "./statements.ts";

type Def = ast.FunctionDef | ast.AsyncFunctionDef;
type Comp = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp;

export class Compiler extends Statements {
  /** The function whose expression statements are shown: the prompt's. */
  private shows: Fn | undefined = undefined;

  protected override expression(s: ast.ExprStatement): void {
    if (this.shows === this.fn) this.put(`${this.h("display")}(${this.expr(s.value)},${this.at(s)});`);
    else super.expression(s);
  }

  private scopeOf(n: ScopeNode): Scope {
    return this.unit.scopes.get(n)!;
  }

  /** Write a function of its own; gives its lines, temporaries and variables declared. */
  private inside(fn: Fn, write: () => void): string {
    const outer = this.fn;
    this.fn = fn;
    this.withoutLoops(write);
    this.fn = outer;
    return fn.lines.join("\n");
  }

  private declarations(fn: Fn): string {
    const params = new Set(fn.scope.params);
    const vars = [...fn.scope.bound]
      .filter((n) => !params.has(n) && fn.scope.access.get(n) === "local")
      .map(jsName);
    const all = [...vars, ...fn.tempNames()];
    return all.length > 0 ? `let ${all.join(",")};` : "";
  }

  private qualname(scope: Scope): string {
    const outer = this.fn;
    if (outer.scope.kind === "module" || outer.scope.globals.has(scope.name)) return scope.name;
    // Functions within functions: names grow with every level.
    if (outer.qualname.length > 16_000)
      throw err(E.RecursionError, "maximum recursion depth exceeded during compilation");
    return outer.scope.kind === "class"
      ? `${outer.qualname}.${scope.name}`
      : `${outer.qualname}.<locals>.${scope.name}`;
  }

  /** `thunks[s] = …`: how the frame tells its variables, and (asked with true) all that it holds. */
  private thunk(fn: Fn): string {
    const s = fn.scope;
    if (!s.isFunction || !(s.wantsLocals || this.unit.locals)) return "";
    const names = [
      ...new Set([
        ...s.params.filter((p) => p !== ".0"),
        ...[...s.bound].filter((n) => s.access.get(n) === "local"),
        ...[...s.frees].filter((n) => n !== "__class__"),
      ]),
    ];
    const values = names.map(jsName).join(",");
    const locals = `${this.h("locals")}(th,${this.unit.names(names)},[${values}])`;
    const temps = [
      values,
      ...fn.tempNames(),
      ...(s.kind === "comprehension" ? [fn.isGenerator ? "it" : "it,r"] : []),
    ].filter((x) => x !== "");
    return `const th=${this.h("thunks")}[${fn.s}]=(h)=>h?[${temps.join(",")}]:${locals};`;
  }

  /** The same for a module or class, whose variables are in `table`. */
  private tableThunk(fn: Fn, table: string): string {
    if (!this.unit.locals) return `${this.h("thunks")}[s]=()=>${table};`;
    return `${this.h("thunks")}[s]=(h)=>h?[${[table, ...fn.tempNames()].join(",")}]:${table};`;
  }

  /** The body of a JavaScript function around lines: the frame is entered; `return` leaves it. */
  private frame(fn: Fn, act: string, prologue: string, lines: string, falls: boolean): string {
    return `${prologue}const s=${this.h("enter")}(${act});${this.declarations(fn)}${this.thunk(fn)}${lines}\n${falls ? `return ${this.h("leave")}(s,null);` : ""}`;
  }

  // ---- functions

  protected functionDef(s: Def): void {
    const decorators = s.decorator_list.map((d) => {
      const t = this.fn.temp();
      this.put(`${t}=${this.expr(d)};`);
      return t;
    });
    const line = s.decorator_list[0]?.lineno ?? s.lineno;
    const annotations = this.annotations(s);
    let code = this.makeFunction(s, s.args, line, annotations, () => this.functionBody(s.body));
    s.decorator_list.toReversed().forEach((d, i) => {
      code = `${this.h("call1")}(${decorators[decorators.length - 1 - i]!},${code},${this.at(d)})`;
    });
    this.put(`${this.store(s.name, code)};`);
  }

  private functionBody(stmts: readonly ast.Stmt[]): boolean {
    return this.body(docstring(stmts) === null ? stmts : stmts.slice(1));
  }

  protected lambda(e: ast.Lambda): string {
    return this.makeFunction(e, e.args, e.lineno, "undefined", () => {
      this.return_(this.expr(e.body));
      return false;
    });
  }

  protected annotation(e: ast.Expr): string {
    return this.unit.futureAnnotations ? text(unparse(e)) : this.expr(e);
  }

  /** Annotations as an array of names and values, evaluated now; "undefined" where there are none. */
  private annotations(s: Def): string {
    const a = s.args;
    const all: string[] = [];
    for (const p of [...a.posonlyargs, ...a.args, a.vararg, ...a.kwonlyargs, a.kwarg]) {
      if (p?.annotation)
        all.push(
          text(this.mangled(p.arg)),
          p.annotation._type === "Starred" && !this.unit.futureAnnotations
            ? `${this.h("starAnnotation")}(${this.expr(p.annotation.value)})`
            : this.annotation(p.annotation),
        );
    }
    if (s.returns) all.push('"return"', this.annotation(s.returns));
    return all.length === 0 ? "undefined" : `${this.h("annotationsOf")}([${all.join(",")}])`;
  }

  private makeFunction(
    node: Def | ast.Lambda,
    args: ast.Arguments,
    line: number,
    annotations: string,
    write: () => boolean,
  ): string {
    const scope = this.scopeOf(node);
    const p = paramsOf(args, (n) => this.mangled(n));
    const defaults = args.defaults.map((d) => this.expr(d));
    const kwDefaults = args.kwonlyargs.flatMap((k, i) =>
      args.kw_defaults[i] ? [text(this.mangled(k.arg)), this.expr(args.kw_defaults[i]!)] : [],
    );
    const isAsync = scope.isAsync;
    const suspends = isAsync || scope.isGenerator;
    const fn = new Fn(scope, this.fn, suspends, isAsync && scope.isGenerator, this.qualname(scope));
    for (const n of scope.params) if (!scope.deleted.has(n)) fn.sure.add(n);
    const flags =
      (p.varArgs === null ? 0 : CO.VARARGS) |
      (p.varKw === null ? 0 : CO.VARKEYWORDS) |
      (isAsync && scope.isGenerator
        ? CO.ASYNC_GENERATOR
        : isAsync
          ? CO.COROUTINE
          : scope.isGenerator
            ? CO.GENERATOR
            : 0);
    const doc = node._type === "Lambda" ? null : docstring(node.body);
    const index = this.unit.code(scope, fn.qualname, line, p, flags, doc);
    fn.code = index;
    let falls = true;
    const lines = this.inside(fn, () => {
      falls = write();
    });
    const order = [
      ...p.names,
      ...(p.varArgs === null ? [] : [p.varArgs]),
      ...p.kwOnly,
      ...(p.varKw === null ? [] : [p.varKw]),
    ].map(jsName);
    const prologue = this.fillDefaults(p, defaults.length, kwDefaults.length > 0);
    let js: string;
    if (suspends) {
      const maker = isAsync ? (scope.isGenerator ? "AsyncGenerator" : "Coroutine") : "Generator";
      const body = `function*(){${this.declarations(fn)}${this.thunkInGenerator(fn)}${lines}\n${falls ? "return null;" : ""}}`;
      js = `function(${order.join(",")}){${prologue}return new ${this.h(maker)}(a${index},this.name,this.qualname,(${body})(),this.code);}`;
    } else {
      js = `function(${order.join(",")}){${this.frame(fn, `a${index}`, prologue, lines, falls)}}`;
    }
    const closure =
      scope.frees.size > 0
        ? `()=>[${[...scope.frees]
            .sort()
            .map((n) => this.cellOf(n, scope))
            .join(",")}]`
        : "undefined";
    const parts = [
      js,
      `a${index}`,
      `${this.unit.cell("__name__")}.v`,
      defaults.length > 0 ? `[${defaults.join(",")}]` : this.h("NONE"),
      kwDefaults.length > 0 ? `${this.h("kwMap")}([${kwDefaults.join(",")}])` : "null",
      annotations,
      closure,
    ];
    while (parts.at(-1) === "undefined") parts.pop();
    return `${this.h("makeFunction")}(${parts.join(",")})`;
  }

  private thunkInGenerator(fn: Fn): string {
    // A generator's frame is set up by Resumable, which keeps the thunk from its first step on.
    return this.thunk(fn);
  }

  /** A free variable's cell: the class's own for `__class__`, so that it is the one that `__classcell__` was. */
  private cellOf(name: string, scope: Scope): string {
    const v = this.js(name, scope);
    return v.startsWith("C") ? `K${v.slice(1)}` : `${this.h("cell")}(()=>${v},(v)=>{${v}=v;})`;
  }

  /** Parameters left to their defaults, filled in from the function object (`this`). */
  private fillDefaults(p: Params, count: number, kw: boolean): string {
    let out = "";
    const n = p.names.length;
    for (let i = n - count; i < n; i++) {
      const v = jsName(p.names[i]!);
      out += `if(${v}===undefined)${v}=this.defaults[${i}-${n}+this.defaults.length];`;
    }
    if (p.varArgs !== null) {
      const v = jsName(p.varArgs);
      out += `if(${v}===undefined)${v}=${this.h("EMPTY")};`;
    }
    if (kw) {
      for (const k of p.kwOnly)
        out += `if(${jsName(k)}===undefined)${jsName(k)}=this.kwDefaults.get(${text(k)});`;
    }
    if (p.varKw !== null) {
      const v = jsName(p.varKw);
      out += `if(${v}===undefined)${v}=${this.h("makeDict")}([]);`;
    }
    // A program may give defaults later (`f.__defaults__ = …`): the checks for the rest are cheap, so they are always there.
    const rest = [...p.names.slice(0, n - count), ...(kw ? [] : p.kwOnly)];
    return out + (rest.length > 0 && p.names.length + p.kwOnly.length < 40 ? this.lateDefaults(p, rest) : "");
  }

  private lateDefaults(p: Params, rest: readonly string[]): string {
    return `if(${rest.map((r) => `${jsName(r)}===undefined`).join("||")}){${rest
      .map(
        (r) =>
          `if(${jsName(r)}===undefined)${jsName(r)}=${this.h("lateDefault")}(this,${p.names.indexOf(r)},${text(r)});`,
      )
      .join("")}}`;
  }

  // ---- comprehensions

  protected comprehension(e: Comp): string {
    const scope = this.scopeOf(e);
    const first = e.generators[0]!;
    const isGen = e._type === "GeneratorExp";
    const isAsync = scope.hasAwait;
    const outerIter = first.is_async
      ? `${this.h("asyncIter")}(${this.expr(first.iter)},${this.at(e)})`
      : `${this.h("iter")}(${this.expr(first.iter)},${this.at(e)})`;
    const fn = new Fn(scope, this.fn, isGen || isAsync, isGen && isAsync, this.qualname(scope));
    const index = this.unit.code(
      scope,
      fn.qualname,
      e.lineno,
      new Params([".0"], 1),
      isGen ? (isAsync ? CO.ASYNC_GENERATOR : CO.GENERATOR) : isAsync ? CO.COROUTINE : 0,
      null,
    );
    fn.code = index;
    const lines = this.inside(fn, () => {
      if (!isGen)
        this.put(
          `const r=${e._type === "ListComp" ? "[]" : `${this.h(e._type === "SetComp" ? "makeSet" : "makeDict")}([])`};`,
        );
      this.generators(e, 0, "it", () => {
        if (e._type === "GeneratorExp")
          this.put(
            `yield ${isAsync ? `new ${this.h("AsyncYield")}(${this.expr(e.elt)})` : `${this.h("first")}(${this.expr(e.elt)},${this.at(e.elt)})`};`,
          );
        else if (e._type === "ListComp") this.put(`r.push(${this.expr(e.elt)});`);
        else if (e._type === "SetComp") this.put(`${this.h("addTo")}(r,${this.expr(e.elt)},${this.at(e)});`);
        else this.put(`${this.h("putIn")}(r,${this.expr(e.key)},${this.expr(e.value)},${this.at(e)});`);
      });
      if (isGen) this.put(isAsync ? "return;" : "return null;");
      else this.return_(e._type === "ListComp" ? `new ${this.h("List")}(r)` : "r");
    });
    if (isGen) {
      const maker = isAsync ? "AsyncGenerator" : "Generator";
      return `new ${this.h(maker)}(a${index},"<genexpr>",${text(fn.qualname)},(function*(it){${this.declarations(fn)}${this.thunkInGenerator(fn)}${lines}\n})(${outerIter}))`;
    }
    if (isAsync)
      return `(yield* ${this.h("delegate")}(${this.h("awaitable")}(new ${this.h("Coroutine")}(a${index},${text(scope.name)},${text(fn.qualname)},(function*(it){${this.declarations(fn)}${lines}\n})(${outerIter})),${this.at(e)})))`;
    return `((it)=>{${this.frame(fn, `a${index}`, "", lines, false)}})(${outerIter})`;
  }

  private generators(e: Comp, i: number, it: string, element: () => void): void {
    const g = e.generators[i];
    if (g === undefined) {
      element();
      return;
    }
    let iterator = it;
    if (i > 0) {
      iterator = this.fn.temp();
      this.put(
        `${iterator}=${this.h(g.is_async ? "asyncIter" : "iter")}(${this.expr(g.iter)},${this.at(e)});`,
      );
    }
    const v = this.fn.temp();
    const step = g.is_async
      ? `yield* ${this.h("asyncNext")}(${iterator},${this.at(e)})`
      : `${iterator}.next(${this.at(e)})`;
    this.put(`while((${v}=${step})!==undefined){if(--${this.h("fuel")}.left<0)${this.h("tick")}();`);
    this.assign(g.target, v);
    for (const test of g.ifs) this.put(`if(!${this.cond(test, e)})continue;`);
    this.generators(e, i + 1, "", element);
    this.put("}");
  }

  // ---- classes

  protected classDef(s: ast.ClassDef): void {
    const decorators = s.decorator_list.map((d) => {
      const t = this.fn.temp();
      this.put(`${t}=${this.expr(d)};`);
      return t;
    });
    const scope = this.scopeOf(s);
    const bases = this.elements(s.bases, s);
    const keywords = s.keywords.map((k) =>
      k.arg === null ? `null,${this.expr(k.value)}` : `${text(this.mangled(k.arg))},${this.expr(k.value)}`,
    );
    const fn = new Fn(scope, this.fn, false, false, this.qualname(scope));
    const index = this.unit.code(
      scope,
      fn.qualname,
      s.decorator_list[0]?.lineno ?? s.lineno,
      NO_PARAMS,
      0,
      null,
    );
    fn.code = index;
    const lines = this.inside(fn, () => {
      this.put(
        `N.set("__module__",${this.unit.cell("__name__")}.v??"builtins");N.set("__qualname__",${text(fn.qualname)});`,
      );
      if (scope.hasAnnotations) this.put(`${this.h("setUpAnnotations")}(N);`);
      const doc = docstring(s.body);
      if (doc !== null) this.put(`N.set("__doc__",${text(doc)});`);
      this.body(doc === null ? s.body : s.body.slice(1));
      if (scope.needsClassCell)
        this.put(`N.set("__classcell__",K${scope.id});return ${this.h("leave")}(s,K${scope.id});`);
      else this.put(`return ${this.h("leave")}(s,undefined);`);
    });
    const body = `function(ns){${scope.needsClassCell ? `let C${scope.id};const K${scope.id}=${this.h("cell")}(()=>C${scope.id},(v)=>{C${scope.id}=v;});` : ""}const N=${this.h("namespace")}(ns);const s=${this.h("enter")}(a${index});${this.declarations(fn)}${this.tableThunk(fn, "ns")}${lines}\n}`;
    let code = `${this.h("buildClass")}(${text(s.name)},${bases},${this.h("gatherKeywords")}(null,[${keywords.join(",")}]),${body},${this.at(s)})`;
    s.decorator_list.toReversed().forEach((d, i) => {
      code = `${this.h("call1")}(${decorators[decorators.length - 1 - i]!},${code},${this.at(d)})`;
    });
    this.put(`${this.store(s.name, code)};`);
  }

  // ---- the source

  /** JavaScript of the whole source: a function of the runtime's helpers that gives one of cells, globals and locals. */
  source(tree: ast.Mod): string {
    const scope = this.scopeOf(tree);
    const fn = (this.fn = new Fn(scope, undefined, false, false, "<module>"));
    const first = tree._type === "Expression" ? tree.body.lineno : 1;
    const index = (fn.code = this.unit.code(scope, "<module>", first, NO_PARAMS, 0, null));
    if (tree._type === "Expression") this.return_(this.expr(tree.body));
    else {
      if (scope.hasAnnotations)
        this.put(
          this.unit.nameMode ? `${this.h("setUpAnnotations")}(N);` : `${this.h("setUpAnnotationsIn")}(G);`,
        );
      const doc = tree._type === "Module" ? docstring(tree.body) : null;
      if (doc !== null) this.put(`${this.store("__doc__", text(doc))};`);
      this.shows = tree._type === "Interactive" ? fn : undefined;
      this.body(doc === null ? tree.body : tree.body.slice(1));
      this.return_("null");
    }
    // Positions of functions written earlier than their code objects' activations are the source's own.
    const u = this.unit;
    const main = `const s=${u.h("enter")}(a${index});${this.declarations(fn)}${this.tableThunk(fn, "T()")}${fn.lines.join("\n")}`;
    const list = (prefix: string, n: number): string =>
      Array.from({ length: n }, (_, i) => `${prefix}${i}`).join(",");
    if (u.caches > 0) u.h("makeCache");
    const helpers = [...u.helpers].map((n) => `${n}:_${n}`).join(",");
    const lines = ['"use strict";', `const {${helpers}}=R;const L=R.lines;`];
    if (u.consts.length > 0) lines.push(`const [${list("k", u.consts.length)}]=K;`);
    for (let i = 0; i < u.caches; i += 500)
      lines.push(
        `const ${Array.from({ length: Math.min(500, u.caches - i) }, (_, k) => `i${i + k}=_makeCache()`).join(",")};`,
      );
    lines.push("return function(C,A,G,N,T){");
    if (u.cells.length > 0) lines.push(`const [${list("c", u.cells.length)}]=C;`);
    lines.push(`const [${list("a", u.codes.length)}]=A;`);
    lines.push(main, "};");
    return lines.join("\n");
  }
}

/** The docstring of a body, cleaned of nothing; null where there is none. */
function docstring(stmts: readonly ast.Stmt[]): string | null {
  const s = stmts[0];
  return s?._type === "Expr" && s.value._type === "Constant" && typeof s.value.value === "string"
    ? s.value.value
    : null;
}
