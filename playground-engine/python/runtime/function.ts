// Functions written in Python: the code object, the function, the bound method.
//
// PyFunction.fn takes one JavaScript argument a parameter, in the binder's order, `undefined` for what is left to its
// default; it is called as a method of the function (`this` is the PyFunction), so its prologue can read the defaults.
// Within min..max positional arguments it may be called without binding.
import { bareType } from "./base-types.ts";
import { DICT, type Namespace, PyTuple, type PyType, TYPE, type Value } from "./object.ts";
import { type Callee, type Params } from "./signature.ts";
import { late } from "./late.ts";

export const functionType = bareType("function");
export const codeType = bareType("code");
export const methodType = bareType("method");
export const cellType = bareType("cell");
functionType.hasDict = true;
for (const t of [functionType, codeType, cellType]) t.final = true;

export type CompiledFn = (this: unknown, ...args: unknown[]) => Value;

/** Bits of `co_flags`. */
export const CO = {
  OPTIMIZED: 1,
  NEWLOCALS: 2,
  VARARGS: 4,
  VARKEYWORDS: 8,
  NESTED: 16,
  GENERATOR: 32,
  COROUTINE: 128,
  ITERABLE_COROUTINE: 256,
  ASYNC_GENERATOR: 512,
  FUTURE_ANNOTATIONS: 0x1000000,
} as const;

/** Start line, start column, end line, end column of each position, columns in UTF-8 bytes; shared by the code objects of a source. */
export type Positions = Int32Array | readonly number[];

export interface CodeSpec {
  readonly name: string;
  readonly qualname: string;
  readonly filename: string;
  readonly firstlineno: number;
  readonly params: Params;
  readonly flags: number;
  readonly varnames: readonly string[];
  readonly freevars: readonly string[];
  readonly cellvars: readonly string[];
  readonly names: readonly string[];
  readonly consts: readonly Value[];
  readonly doc: Value;
}

export class PyCode {
  declare [TYPE]: PyType;
  readonly spec: CodeSpec;
  readonly name: string;
  readonly filename: string;
  readonly params: Params;
  readonly flags: number;
  qualname: string;
  positions: Positions = [];
  /** Code objects that stand inside, outermost first: part of co_consts. */
  readonly inner: PyCode[] = [];
  /** What exec and eval run: given a namespace, see compile/. Only on code of whole sources. */
  run: unknown = undefined;
  /** It stands for what is no Python code in CPython: no traceback tells of it. */
  unseen = false;
  constructor(spec: CodeSpec) {
    this.spec = spec;
    this.name = spec.name;
    this.qualname = spec.qualname;
    this.filename = spec.filename;
    this.params = spec.params;
    this.flags = spec.flags;
  }
  /** Line of a position index, the first line where there is none. */
  line(pos: number): number {
    return pos > 0 ? (this.positions[pos * 4] ?? this.spec.firstlineno) : this.spec.firstlineno;
  }
}
Object.defineProperty(PyCode.prototype, TYPE, { value: codeType, writable: true, configurable: true });

export class PyFunction implements Callee {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  fn: CompiledFn;
  min = 0;
  max = -1;
  code: PyCode;
  name: string;
  qualname: string;
  /** Defaults of the last positional parameters. */
  defaults: readonly Value[];
  kwDefaults: ReadonlyMap<string, Value> | null;
  /** The module namespace, as a Python dict or what stands for it. */
  globals: Value;
  module: Value;
  doc: Value;
  /** A dict, or undefined until asked for; or a function that makes the entries. */
  annotations: Value | (() => Value) | undefined;
  /** Cells of the free variables, made on demand. */
  closure: (() => readonly Cell[]) | undefined;

  constructor(
    fn: CompiledFn,
    code: PyCode,
    globals: Value,
    module: Value,
    defaults: readonly Value[],
    kwDefaults: ReadonlyMap<string, Value> | null,
  ) {
    this.fn = fn;
    this.code = code;
    this.name = code.name;
    this.qualname = code.qualname;
    this.globals = globals;
    this.module = module;
    this.doc = code.spec.doc;
    this.defaults = defaults;
    this.kwDefaults = kwDefaults;
    this.annotations = undefined;
    this.closure = undefined;
    const p = code.params;
    const n = p.names.length;
    if (p.kwOnly.length === 0 || p.kwOnly.every((k) => kwDefaults?.has(k))) {
      this.max = n;
      this.min = n - defaults.length;
    }
  }

  /** After defaults or code changed. */
  refit(): void {
    const p = this.code.params;
    const direct = p.kwOnly.every((k) => this.kwDefaults?.has(k));
    this.max = direct ? p.names.length : -1;
    this.min = direct ? Math.max(0, p.names.length - this.defaults.length) : 0;
  }
  get params(): Params {
    return this.code.params;
  }
  get displayName(): string {
    return this.qualname;
  }
  get defaultCount(): number {
    return this.defaults.length;
  }
  hasKwDefault(name: string): boolean {
    return this.kwDefaults?.has(name) ?? false;
  }
  makeVarArgs(items: Value[]): PyTuple {
    return new PyTuple(items);
  }
  makeVarKw(entries: Map<string, Value>): Value {
    return late.dict(entries);
  }
}
Object.defineProperty(PyFunction.prototype, TYPE, {
  value: functionType,
  writable: true,
  configurable: true,
});

/** A variable shared with an inner function, seen through `__closure__`. */
export class Cell {
  declare [TYPE]: PyType;
  readonly get: () => Value | undefined;
  readonly set: (v: Value | undefined) => void;
  constructor(get: () => Value | undefined, set: (v: Value | undefined) => void) {
    this.get = get;
    this.set = set;
  }
}
Object.defineProperty(Cell.prototype, TYPE, { value: cellType, writable: true, configurable: true });

/** A function (or any callable) bound to an object. */
export class PyBoundMethod {
  declare [TYPE]: PyType;
  readonly func: Value;
  readonly self: Value;
  constructor(func: Value, self: Value) {
    this.func = func;
    this.self = self;
  }
}
Object.defineProperty(PyBoundMethod.prototype, TYPE, {
  value: methodType,
  writable: true,
  configurable: true,
});
