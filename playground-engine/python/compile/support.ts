// What compiled code calls: the `R` of every compiled source.
//
// Each helper takes its operands in order; a position store may stand behind them as a surplus argument.
import { asIter, iter, toArray } from "../runtime/iteration.ts";
import { delAttr, getAttr, getAttrOrUndefined } from "../runtime/attributes.ts";
import * as ops from "../runtime/operators.ts";
import * as call from "../runtime/call.ts";
import * as caches from "./attr-cache.ts";
import * as methods from "./method-calls.ts";
import * as matching from "./matching.ts";
import * as raising from "./raising.ts";
import { E, err, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { Activation, caught, enter, lines, link2, rethrow, state, thunks } from "../runtime/frames.ts";
import { Cell, PyFunction, type CompiledFn } from "../runtime/function.ts";
import {
  asyncIter,
  AsyncYield,
  asyncNext,
  awaitIter,
  delegate,
  Resumable,
  throwInto,
  PyAsyncGenerator,
  PyCoroutine,
  PyGenerator,
  yieldFromIter,
} from "../runtime/generator.ts";
import { type GlobalCell, GlobalNamespace, nameError } from "../runtime/globals.ts";
import { late } from "../runtime/late.ts";
import { fuel, tick } from "../runtime/limits.ts";
import { builtinsModule, dunderImport, importFrom, importName, importStar } from "../runtime/modules.ts";
import { asStr, type Namespace, PyList, PyTuple, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { repr, str, ascii } from "../runtime/repr.ts";
import { zeroSuper, superType, type PySuper } from "../runtime/super.ts";
import { buildClass, type ClassBody } from "../runtime/type-type.ts";
import { dropped, letGo, swept, watching } from "../runtime/weak.ts";
import { dictOver, PyDict } from "../builtins/dict.ts";
import { dictType } from "../builtins/dict-type.ts";
import { PySet } from "../builtins/set.ts";
import { formatValue } from "../builtins/format-value.ts";
import { PySlice } from "../builtins/slice-type.ts";

// ---- names

function unboundLocal(name: string): never {
  throw err(
    E.UnboundLocalError,
    `cannot access local variable '${name}' where it is not associated with a value`,
  );
}

function unboundFree(name: string): never {
  throw err(
    E.NameError,
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  ).setMember("name", name);
}

/** A global variable that is None, unbound or built in. */
function global(c: GlobalCell): Value {
  if (c.v !== undefined) return c.v;
  const b = (c.builtin ??= builtinCell(c));
  if (b.v !== undefined) return b.v;
  throw nameError(c.name);
}

/** The variable in builtins; a program may give exec() globals with `__builtins__` of their own. */
function builtinCell(c: GlobalCell): GlobalCell {
  const own = c.ns.get("__builtins__");
  if (!(own instanceof PyDict) || own.map === (builtinsModule.dict as Map<unknown, Value>))
    return builtinsModule.dict.cell(c.name);
  return globalNamespaceOf(own).cell(c.name);
}

/** The cells behind a dict that serves as globals. */
export function globalNamespaceOf(d: PyDict): GlobalNamespace {
  if (d.map instanceof GlobalNamespace) return d.map;
  const ns = new GlobalNamespace();
  for (const [k, v] of d.map) ns.set(k as string, v);
  d.map = ns as Map<unknown, Value>;
  return ns;
}

function setGlobal(c: GlobalCell, v: Value): void {
  const old = c.v;
  if (old === undefined) {
    c.ns.bind(c, v);
    return;
  }
  c.v = v;
  if (watching.count > 0) dropped(old);
}

function deleteGlobal(c: GlobalCell, strict: boolean): void {
  const v = c.v;
  if (!c.ns.unbind(c) && strict) throw nameError(c.name);
  if (watching.count > 0) dropped(v);
}

/** Where a class body, or exec with locals, keeps its names. */
export interface NameTable {
  get(name: string): Value | undefined;
  set(name: string, v: Value): unknown;
  delete(name: string): boolean;
}

/** The names of any mapping: a plain dict's own Map, anything else by its methods. */
export function namespace(ns: Value): NameTable {
  if (ns instanceof PyDict && ns[TYPE] === PyDict.prototype[TYPE]) return ns.map as Namespace;
  return {
    get(name) {
      try {
        return ops.getItem(ns, name);
      } catch (e) {
        if (isInstanceOf(e, E.KeyError)) return undefined;
        throw e;
      }
    },
    set: (name, v) => ops.setItem(ns, name, v),
    delete(name) {
      try {
        ops.delItem(ns, name);
        return true;
      } catch (e) {
        if (isInstanceOf(e, E.KeyError)) return false;
        throw e;
      }
    },
  };
}

function deleteName(ns: NameTable, name: string, strict: boolean): void {
  if (!ns.delete(name) && strict) throw nameError(name);
}

/** The dict of a frame's variables: one a frame, brought up to date. What exec() put there stays. */
function locals(
  of: { dict?: PyDict },
  names: readonly string[],
  values: readonly (Value | undefined)[],
): PyDict {
  const d = (of.dict ??= new PyDict());
  for (let i = 0; i < names.length; i++) {
    if (values[i] === undefined) d.delete(names[i]!);
    else d.set(names[i]!, values[i]);
  }
  return d;
}

// ---- annotations

function setUpAnnotations(ns: NameTable): void {
  if (ns.get("__annotations__") === undefined) ns.set("__annotations__", new PyDict());
}
function setUpAnnotationsIn(g: GlobalNamespace): void {
  setUpAnnotations(g);
}
function annotateName(ns: NameTable): (name: string, v: Value) => void {
  return (name, v) =>
    ops.setItem(
      ns.get("__annotations__") ?? raise(E.NameError, "name '__annotations__' is not defined"),
      name,
      v,
    );
}
function annotateGlobal(c: GlobalCell): (name: string, v: Value) => void {
  return (name, v) => ops.setItem(global(c), name, v);
}
/** Annotations of a function: the dict is made when asked for. */
function annotationsOf(pairs: Value[]): () => Value {
  return () => makeDict(pairs);
}
function starAnnotation(v: Value): Value {
  return unpack(v, 1)[0];
}

// ---- making things

function makeFunction(
  fn: CompiledFn,
  act: Activation,
  module: Value | undefined,
  defaults: readonly Value[],
  kwDefaults: ReadonlyMap<string, Value> | null,
  annotations?: () => Value,
  closure?: () => readonly Cell[],
): PyFunction {
  const f = new PyFunction(fn, act.code, act.globals, module ?? null, defaults, kwDefaults);
  if (annotations !== undefined) f.annotations = annotations;
  if (closure !== undefined) f.closure = closure;
  return f;
}

function cell(get: () => Value | undefined, set: (v: Value | undefined) => void): Cell {
  return new Cell(get, set);
}

function kwMap(pairs: Value[]): Map<string, Value> {
  const m = new Map<string, Value>();
  for (let i = 0; i < pairs.length; i += 2) m.set(pairs[i] as string, pairs[i + 1]);
  return m;
}

function lateDefault(f: PyFunction, i: number, name: string): Value | undefined {
  if (i >= 0) {
    const at = i - f.code.params.names.length + f.defaults.length;
    return at >= 0 ? f.defaults[at] : undefined;
  }
  return f.kwDefaults?.get(name);
}

function makeDict(pairs: readonly Value[]): PyDict {
  const d = new PyDict();
  for (let i = 0; i < pairs.length; i += 2) d.set(pairs[i], pairs[i + 1]);
  return d;
}

const unpackMark = Symbol("**");
/** A dict display with `**mapping` among its items: the mark, then the mapping. */
function makeDictMixed(pairs: readonly Value[]): PyDict {
  const d = new PyDict();
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] === unpackMark) for (const [k, v] of pairs[i + 1] as Iterable<[Value, Value]>) d.set(k, v);
    else d.set(pairs[i], pairs[i + 1]);
  }
  return d;
}
function mapping(v: Value): Iterable<readonly [Value, Value]> {
  const entries = late.entries(v);
  if (entries === undefined) raise(E.TypeError, `'${typeOf(v).name}' object is not a mapping`);
  return entries;
}

function makeSet(items: readonly Value[]): PySet {
  const s = new PySet();
  for (const x of items) s.add(x);
  return s;
}
function addTo(s: PySet, v: Value): void {
  s.add(v);
}
function putIn(d: PyDict, k: Value, v: Value): void {
  d.set(k, v);
}

function slice(a: Value, b: Value, c: Value): Value {
  return new PySlice(a, b, c);
}

function awaitable(v: Value): Value {
  return awaitIter(v);
}

function first(v: Value): Value {
  return v;
}

// ---- formatting

function formatPlain(v: Value): string {
  return typeof v === "string" ? v : formatValue(v, "");
}
function format(v: Value, conversion: number, spec: string): string {
  const shown = conversion === 114 ? repr(v) : conversion === 115 ? str(v) : conversion === 97 ? ascii(v) : v;
  return formatValue(shown, spec);
}

// ---- unpacking

function notIterable(v: Value): never {
  raise(E.TypeError, `cannot unpack non-iterable ${typeOf(v).name} object`);
}

function unpackIter(v: Value): { next(): Value | undefined } {
  const t = typeOf(v);
  const m = t.lookup("__iter__");
  if ((m === undefined || m === null) && t.lookup("__getitem__") === undefined) notIterable(v);
  return iter(v);
}

function unpack(v: Value, n: number): readonly Value[] {
  if ((v instanceof PyTuple || v instanceof PyList) && !v[TYPE].heap) {
    const items = v.items;
    if (items.length === n) return v instanceof PyList ? items.slice() : items;
    if (items.length > n) raise(E.ValueError, `too many values to unpack (expected ${n})`);
    raise(E.ValueError, `not enough values to unpack (expected ${n}, got ${items.length})`);
  }
  const it = unpackIter(v);
  const out: Value[] = [];
  for (let i = 0; i < n; i++) {
    const x = it.next();
    if (x === undefined) raise(E.ValueError, `not enough values to unpack (expected ${n}, got ${i})`);
    out.push(x);
  }
  if (it.next() !== undefined) raise(E.ValueError, `too many values to unpack (expected ${n})`);
  return out;
}

function unpackStar(v: Value, before: number, after: number): readonly Value[] {
  const it = unpackIter(v);
  const all: Value[] = [];
  for (let x = it.next(); x !== undefined; x = it.next()) all.push(x);
  if (all.length < before + after)
    raise(
      E.ValueError,
      `not enough values to unpack (expected at least ${before + after}, got ${all.length})`,
    );
  const end = all.length - after;
  return [...all.slice(0, before), new PyList(all.slice(before, end)), ...all.slice(end)];
}

/** `*v` in a list or tuple. */
function spread(v: Value): readonly Value[] {
  const t = typeOf(v);
  const m = t.lookup("__iter__");
  if ((m === undefined || m === null) && t.lookup("__getitem__") === undefined)
    raise(E.TypeError, `Value after * must be an iterable, not ${t.name}`);
  return toArray(v);
}

/** `*v` in a set. */
function spreadSet(v: Value): readonly Value[] {
  return toArray(v);
}

/** How a callable is named when its arguments do not fit together. */
function calleeText(f: Value): string {
  if (f === null) return "__build_class__()";
  const q = asStr(getAttrOrUndefined(f, "__qualname__") ?? null);
  if (q === undefined) return str(f);
  const m = asStr(getAttrOrUndefined(f, "__module__") ?? null);
  return m === undefined || m === "builtins" ? `${q}()` : `${m}.${q}()`;
}

/** `*v` in a call. */
function spreadArgs(f: Value, v: Value): readonly Value[] {
  const t = typeOf(v);
  const m = t.lookup("__iter__");
  if ((m === undefined || m === null) && t.lookup("__getitem__") === undefined)
    raise(E.TypeError, `${calleeText(f)} argument after * must be an iterable, not ${t.name}`);
  return toArray(v);
}

/** Keyword arguments of a call with `**mapping` among them: names and values, the name null before a mapping. */
function gatherKeywords(f: Value, pairs: readonly Value[]): Map<string, Value> {
  if (pairs.length === 2 && pairs[0] === null && pairs[1] instanceof PyDict && !pairs[1][TYPE].heap) {
    const own = pairs[1].asNamespace();
    if (own !== undefined) return new Map(own);
  }
  const m = new Map<string, Value>();
  let strange: PyDict | undefined;
  const put = (k: string, v: Value): void => {
    if (m.has(k)) raise(E.TypeError, `${calleeText(f)} got multiple values for keyword argument '${k}'`);
    m.set(k, v);
  };
  for (let i = 0; i < pairs.length; i += 2) {
    const k = pairs[i];
    if (k !== null) {
      put(k as string, pairs[i + 1]);
      continue;
    }
    const entries = late.entries(pairs[i + 1]);
    if (entries === undefined)
      raise(
        E.TypeError,
        `${calleeText(f)} argument after ** must be a mapping, not ${typeOf(pairs[i + 1]).name}`,
      );
    for (const [key, v] of entries) {
      const s = asStr(key);
      if (s !== undefined) put(s, v);
      else if (strange?.has(key))
        raise(E.TypeError, `${calleeText(f)} got multiple values for keyword argument '${str(key)}'`);
      else (strange ??= new PyDict()).set(key, v);
    }
  }
  if (strange !== undefined) raise(E.TypeError, "keywords must be strings");
  return m;
}

function callSpread(f: Value, args: readonly Value[], kw: Map<string, Value>): Value {
  return kw.size === 0 ? call.rawN(f, args) : call.rawVec(f, [...args, ...kw.values()], [...kw.keys()]);
}

// ---- conditions

const { isTrue } = ops;
function truth(v: Value): boolean {
  return v === true || (v !== false && isTrue(v));
}
function eqCond(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a === b : truth(ops.eq(a, b));
}
function neCond(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a !== b : truth(ops.ne(a, b));
}
function ltCond(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a < b : truth(ops.lt(a, b));
}
function leCond(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a <= b : truth(ops.le(a, b));
}
function gtCond(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a > b : truth(ops.gt(a, b));
}
function geCond(a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? a >= b : truth(ops.ge(a, b));
}
/** `a in b`, operands in their order of evaluation. */
function contains(a: Value, b: Value): boolean {
  return ops.contains(b, a);
}

// ---- attributes and items, the value first

function storeItem(v: Value, o: Value, k: Value): void {
  if (o instanceof PyDict && o[TYPE] === dictType) o.set(k, v);
  else ops.setItem(o, k, v);
}

/** `o[k]`, a plain dict's found entries without a method call. */
function getItem(o: Value, k: Value): Value {
  if (o instanceof PyDict && o[TYPE] === dictType) {
    const v = o.get(k);
    if (v !== undefined) return v;
    throw err(E.KeyError, k); // thrown from here: the fewer JavaScript frames, the cheaper
  }
  return ops.getItem(o, k);
}

// ---- classes, imports, the prompt

function makeClass(name: string, bases: readonly Value[], kw: Map<string, Value>, body: ClassBody): Value {
  return buildClass(name, bases, kw, body);
}

/** `super()` as it stands in a method; another thing of that name is called as it is. */
function super0(f: Value, cls: Value | undefined, self: Value | undefined): PySuper | Value {
  if (f !== superType) return call.raw0(f);
  if (self === undefined) raise(E.RuntimeError, "super(): no arguments");
  return zeroSuper(cls, self);
}

/** The import that the program sees: `builtins.__import__`, if it put another there. */
function importBy(name: string, level: number, names: readonly string[] | null, g: GlobalNamespace): Value {
  const own = builtinsModule.dict.get("__import__");
  if (own === dunderImport) return importName(name, level, names, g);
  if (own === undefined) raise(E.ImportError, "__import__ not found");
  const ns = dictOver(g);
  return call.rawN(own, [name, ns, ns, names === null ? null : new PyTuple(names), level]);
}

function importTop(name: string, g: GlobalNamespace): Value {
  return importBy(name, 0, null, g);
}
/** `import a.b as x` */
function importAs(name: string, g: GlobalNamespace): Value {
  let m = importBy(name, 0, null, g);
  for (const part of name.split(".").slice(1)) m = importFrom(m, part);
  return m;
}
function importModuleFor(name: string, level: number, names: readonly string[], g: GlobalNamespace): Value {
  return importBy(name, level, names, g);
}
function importAll(m: Value, ns: NameTable): void {
  importStar(m, (name, v) => ns.set(name, v));
}

/** Shows the value of an expression typed at the prompt: sys.displayhook. Replaced by index.ts. */
export const prompt = { display: (_v: Value): void => undefined };

function leave(s: number, v: Value): Value {
  lines[0] = s - 1;
  return v;
}

/** The table itself. */
export const R = {
  ...ops,
  ...methods,
  ...matching,
  ...raising,
  lines,
  thunks,
  state,
  enter,
  caught,
  rethrow,
  link2,
  leave,
  fuel,
  tick,
  ...caches,
  watching,
  swept,
  dropped,
  letGo,
  iter,
  asIter,
  getAttr,
  delAttr,
  getItem,
  storeItem,
  contains,
  call0: call.raw0,
  call1: call.raw1,
  call2: call.raw2,
  call3: call.raw3,
  callN: call.rawN,
  callVec: call.rawVec,
  List: PyList,
  Tuple: PyTuple,
  Generator: PyGenerator,
  Coroutine: PyCoroutine,
  AsyncGenerator: PyAsyncGenerator,
  AsyncYield,
  delegate,
  Resumable,
  throwInto,
  yieldFromIter,
  awaitable,
  asyncIter,
  asyncNext,
  unboundLocal,
  unboundFree,
  global,
  setGlobal,
  deleteGlobal,
  deleteName,
  namespace,
  locals,
  setUpAnnotations,
  setUpAnnotationsIn,
  annotateName,
  annotateGlobal,
  annotationsOf,
  starAnnotation,
  makeFunction,
  cell,
  kwMap,
  lateDefault,
  makeDict,
  makeDictMixed,
  mapping,
  unpackMark,
  makeSet,
  addTo,
  putIn,
  slice,
  first,
  NONE: [] as readonly Value[],
  EMPTY: new PyTuple([]),
  formatPlain,
  format,
  unpack,
  unpackStar,
  spread,
  spreadSet,
  spreadArgs,
  gatherKeywords,
  callSpread,
  isTrue: truth,
  eqCond,
  neCond,
  ltCond,
  leCond,
  gtCond,
  geCond,
  buildClass: makeClass,
  super0,
  importTop,
  importAs,
  importModuleFor,
  importFrom,
  importStar: importAll,
  display: (v: Value): void => prompt.display(v),
} as const;
