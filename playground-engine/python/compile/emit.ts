// What a source becomes while it is compiled: its code objects, constants, global cells, positions; and the state of
// the function being written.
//
// Names in the JavaScript: `$x` a Python variable, `_x` a helper of support.ts, `t1` a temporary, `c1` a global cell,
// `k1` a constant, `i1` an attribute cache, `d1` a code object, `a1` its activation (with the globals), `N` the namespace of a class body, `s`
// the frame's depth. A program's names only ever appear behind `$` or inside string literals.
import type * as ast from "../syntax/ast.ts";
import { CO, PyCode } from "../runtime/function.ts";
import { PyBytes, PyComplex, PyFloat, Ellipsis, type Value } from "../runtime/object.ts";
import { Params } from "../runtime/signature.ts";
import { EllipsisConstant, FloatConstant, ImaginaryConstant } from "../syntax/ast.ts";
import type { Scope, ScopeNode } from "./scopes.ts";

/** One source being compiled. */
export class Unit {
  readonly filename: string;
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  readonly codes: PyCode[] = [];
  readonly consts: Value[] = [];
  readonly cells: string[] = [];
  readonly helpers = new Set<string>(["state"]);
  /** Four numbers a position; index 0 means none. */
  readonly positions: number[] = [0, 0, 0, 0];
  /** Names at module level are looked up in a separate mapping first: exec with locals. */
  readonly nameMode: boolean;
  /** `from __future__ import annotations` */
  futureAnnotations = false;
  /** Every frame offers its variables: for liveness and the variables panel. */
  readonly locals: boolean;
  private readonly cellAt = new Map<string, number>();
  private readonly constAt = new Map<unknown, number>();

  constructor(filename: string, scopes: ReadonlyMap<ScopeNode, Scope>, nameMode: boolean, locals: boolean) {
    this.filename = filename;
    this.scopes = scopes;
    this.nameMode = nameMode;
    this.locals = locals;
  }

  /** The JavaScript name of a helper. */
  h(name: string): string {
    this.helpers.add(name);
    return `_${name}`;
  }

  cell(name: string): string {
    let at = this.cellAt.get(name);
    if (at === undefined) {
      at = this.cells.length;
      this.cells.push(name);
      this.cellAt.set(name, at);
    }
    return `c${at}`;
  }

  /** A constant made once; `key` joins equal ones. */
  konst(v: Value, key: unknown = v): string {
    let at = this.constAt.get(key);
    if (at === undefined) {
      at = this.consts.length;
      this.consts.push(v);
      this.constAt.set(key, at);
    }
    return `k${at}`;
  }

  /** An attribute cache of its own. */
  cache(): string {
    return `i${this.caches++}`;
  }
  caches = 0;

  names(list: readonly string[]): string {
    return this.konst(list, `names ${list.join(" ")}`);
  }

  position(n: ast.Located): number {
    this.positions.push(n.lineno, n.col_offset, n.end_lineno, n.end_col_offset);
    return this.positions.length / 4 - 1;
  }

  code(scope: Scope, qualname: string, line: number, params: Params, flags: number, doc: Value): number {
    const locals = [
      ...scope.params.map((p) => p),
      ...[...scope.bound].filter(
        (n) => !scope.params.includes(n) && scope.access.get(n) === "local" && !scope.cells.has(n),
      ),
    ];
    const code = new PyCode({
      name: scope.name,
      qualname,
      filename: this.filename,
      firstlineno: line,
      params,
      flags:
        flags |
        (this.futureAnnotations ? CO.FUTURE_ANNOTATIONS : 0) |
        (scope.isFunction ? CO.OPTIMIZED | CO.NEWLOCALS : 0) |
        (scope.frees.size > 0 || scope.parent?.isFunction ? CO.NESTED : 0),
      varnames: scope.isFunction ? locals : [],
      freevars: [...scope.frees].sort(),
      cellvars: [...scope.cells].sort(),
      names: [...scope.access].filter(([, a]) => a === "global" || a === "name").map(([n]) => n),
      consts: [],
      doc,
    });
    this.codes.push(code);
    return this.codes.length - 1;
  }
}

/** The JavaScript variable of a Python name. */
export function jsName(name: string): string {
  if (/^[A-Za-z0-9_]+$/.test(name)) return `$${name}`;
  let out = "$";
  for (const c of name) out += /[A-Za-z0-9_]/.test(c) ? c : `$${c.codePointAt(0)!.toString(36)}$`;
  return out;
}

export const text = (s: string): string => JSON.stringify(s);

/** The function being written. */
export class Fn {
  readonly scope: Scope;
  readonly outer: Fn | undefined;
  /** Written as a JavaScript generator. */
  readonly isGenerator: boolean;
  readonly isAsyncGenerator: boolean;
  /** Variables that have a value here for certain. */
  sure = new Set<string>();
  readonly lines: string[] = [];
  /** Code object's index. */
  code = -1;
  qualname: string;
  private temps = 0;
  private most = 0;
  private catches = 0;

  constructor(
    scope: Scope,
    outer: Fn | undefined,
    isGenerator: boolean,
    isAsyncGenerator: boolean,
    qualname: string,
  ) {
    this.scope = scope;
    this.outer = outer;
    this.isGenerator = isGenerator;
    this.isAsyncGenerator = isAsyncGenerator;
    this.qualname = qualname;
  }

  /** The frame's depth, as an expression. A generator's changes between its resumptions. */
  get s(): string {
    return this.isGenerator ? "_state.generator" : "s";
  }
  temp(): string {
    if (++this.temps > this.most) this.most = this.temps;
    if (this.temps > this.peak) this.peak = this.temps;
    return `t${this.temps}`;
  }
  /** Temporaries handed out since a mark, at their most. */
  usedSince(mark: number): string[] {
    const names = Array.from({ length: Math.max(0, this.peak - mark) }, (_, i) => `t${mark + i + 1}`);
    this.peak = mark;
    return names;
  }
  private peak = 0;
  mark(): number {
    return this.temps;
  }
  release(mark: number): void {
    this.temps = mark;
  }
  /** A fresh name for a catch clause or label. */
  fresh(prefix: string): string {
    return `${prefix}${++this.catches}`;
  }
  tempNames(): string[] {
    return Array.from({ length: this.most }, (_, i) => `t${i + 1}`);
  }
  put(line: string): void {
    this.lines.push(line);
  }
}

/** A constant of the tree as a Python value; strings and small ints are written into the source instead. */
export function constantValue(v: ast.ConstantValue): Value {
  if (v instanceof FloatConstant) return new PyFloat(v.value);
  if (v instanceof ImaginaryConstant) return new PyComplex(0, v.imag);
  if (v instanceof EllipsisConstant) return Ellipsis;
  if (v instanceof Uint8Array) return new PyBytes(v);
  return v;
}

export function paramsOf(a: ast.Arguments, mangled: (n: string) => string): Params {
  return new Params(
    [...a.posonlyargs, ...a.args].map((p) => mangled(p.arg)),
    a.posonlyargs.length,
    a.vararg ? mangled(a.vararg.arg) : null,
    a.kwonlyargs.map((p) => mangled(p.arg)),
    a.kwarg ? mangled(a.kwarg.arg) : null,
  );
}

export const NO_PARAMS = new Params([]);
