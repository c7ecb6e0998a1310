// The built-in functions but for those that deal with files (io/) or come with the runtime (super, __import__ …).
// Behaviour: docs.python.org/3.11/library/functions.html.
import { delAttr, getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { PyRange } from "./range-type.ts";
import { call0, call1, callN, callSpecial } from "../runtime/call.ts";
import { gt, ltTruth } from "../runtime/comparison.ts";
import { derivedOf } from "../runtime/derived.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { currentGlobals, currentLocals } from "../runtime/frames.ts";
import { hash, id } from "../runtime/hash.ts";
import { asIter, getIter, iter, toArray } from "../runtime/iteration.ts";
import { late } from "../runtime/late.ts";
import type { NativeMethod } from "../runtime/native.ts";
import {
  asStr,
  type Namespace,
  NotImplemented,
  PyBytes,
  PyList,
  PyTuple,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { add, divmod, pow } from "../runtime/operators.ts";
import { ascii, repr } from "../runtime/repr.ts";
import { isTrue, length } from "../runtime/truth.ts";
import { bytesOf, PyByteArray } from "./buffer.ts";
import { isInstanceCheck, isSubclassCheck } from "./class-checks.ts";
import { codeHook } from "./code-hook.ts";
import { toIndex } from "./convert.ts";
import { PyDict } from "./dict.ts";
import { decode } from "./format-error.ts";
import { formatValue } from "./format-value.ts";
import { withPrefix } from "./int-text.ts";
import { CallableIterator } from "./iterators.ts";
import { strLen } from "./str-index.ts";
import { sortItems } from "./sorting.ts";
import { runPython } from "../stdlib/python-source.ts";

/** An attribute name argument. @throws TypeError */
function attributeName(v: Value): string {
  const s = asStr(v);
  if (s === undefined) raise(E.TypeError, `attribute name must be string, not '${typeOf(v).name}'`);
  return s;
}

// numbers

function abs(v: Value): Value {
  if (typeof v === "number") return Math.abs(v);
  const r = callSpecial(v, "__abs__", []);
  if (r === undefined) raise(E.TypeError, `bad operand type for abs(): '${typeOf(v).name}'`);
  return r;
}

function round(v: Value, digits: Value): Value {
  const r = callSpecial(v, "__round__", digits === null ? [] : [digits]);
  if (r === undefined) raise(E.TypeError, `type ${typeOf(v).name} doesn't define __round__ method`);
  return r;
}

function pow3(base: Value, exponent: Value, modulus: Value): Value {
  if (modulus === null) return pow(base, exponent);
  const r = callSpecial(base, "__pow__", [exponent, modulus]);
  if (r === undefined || r === NotImplemented) {
    const [a, b, c] = [base, exponent, modulus].map((v) => typeOf(v).name);
    raise(E.TypeError, `unsupported operand type(s) for ** or pow(): '${a}', '${b}', '${c}'`);
  }
  return r;
}

function sum(source: Value, start: Value): Value {
  if (asStr(start) !== undefined) raise(E.TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (start instanceof PyBytes) raise(E.TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (start instanceof PyByteArray)
    raise(E.TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  const it = iter(source);
  let total = start;
  for (let v = it.next(); v !== undefined; v = it.next()) total = add(total, v);
  return total;
}

/** min() and max(): `better(a, b)` says whether a wins over b. */
function extreme(
  name: "min" | "max",
  args: readonly Value[],
  key: Value,
  fallback: Value | undefined,
): Value {
  if (args.length === 0) raise(E.TypeError, `${name} expected at least 1 argument, got 0`);
  let source: Value;
  if (args.length === 1) source = args[0];
  else {
    if (fallback !== undefined)
      raise(E.TypeError, `Cannot specify a default for ${name}() with multiple positional arguments`);
    source = new PyTuple(args);
  }
  const better = name === "max" ? (a: Value, b: Value): boolean => isTrue(gt(a, b)) : ltTruth;
  const it = iter(source);
  let best = it.next();
  if (best === undefined) {
    if (fallback === undefined) raise(E.ValueError, `${name}() arg is an empty sequence`);
    return fallback;
  }
  let bestKey = key === null ? best : call1(key, best);
  for (let v = it.next(); v !== undefined; v = it.next()) {
    const k = key === null ? v : call1(key, v);
    if (better(k, bestKey)) {
      best = v;
      bestKey = k;
    }
  }
  return best;
}

// characters

function chr(v: Value): string {
  const n = toIndex(v);
  if (n > 0x7fffffff || n < -0x80000000) raise(E.OverflowError, "Python int too large to convert to C int");
  if (n < 0 || n > 0x10ffff) raise(E.ValueError, "chr() arg not in range(0x110000)");
  return String.fromCodePoint(Number(n));
}

function ord(v: Value): number {
  const s = asStr(v);
  if (s !== undefined) {
    const n = strLen(s);
    if (n !== 1) raise(E.TypeError, `ord() expected a character, but string of length ${n} found`);
    return s.codePointAt(0)!;
  }
  const b = bytesOf(v);
  if (b === undefined) raise(E.TypeError, `ord() expected string of length 1, but ${typeOf(v).name} found`);
  if (b.length !== 1)
    raise(E.TypeError, `ord() expected a character, but string of length ${b.length} found`);
  return b[0]!;
}

function format(v: Value, spec: Value): string {
  const s = asStr(spec);
  if (s === undefined) raise(E.TypeError, `format() argument 2 must be str, not ${typeOf(spec).name}`);
  return formatValue(v, s);
}

const inBase =
  (base: 2 | 8 | 16) =>
  (v: Value): string =>
    withPrefix(toIndex(v), base);

// iteration

function next(it: Value, fallback: Value | undefined): Value {
  const native = asIter(it);
  if (native === undefined) raise(E.TypeError, `'${typeOf(it).name}' object is not an iterator`);
  if (fallback !== undefined) {
    const v = native.next();
    return v === undefined ? fallback : v;
  }
  // Through `__next__`, whose StopIteration carries the value of a generator's return.
  return callSpecial(it, "__next__", [])!;
}

function iterFunction(source: Value, sentinel: Value | undefined): Value {
  if (sentinel === undefined) return getIter(source);
  if (!callable(source)) raise(E.TypeError, "iter(v, w): v must be callable");
  return new CallableIterator(source, sentinel);
}

function all(source: Value): boolean {
  const it = iter(source);
  for (let v = it.next(); v !== undefined; v = it.next()) if (!isTrue(v)) return false;
  return true;
}

function any(source: Value): boolean {
  const it = iter(source);
  for (let v = it.next(); v !== undefined; v = it.next()) if (isTrue(v)) return true;
  return false;
}

/** `sorted(iterable, key=…, reverse=…)` as an array. */
export function sortedArray(source: Value, key: Value, reverse: boolean): Value[] {
  const items = toArray(source);
  const keys = key === null ? null : items.map((v) => call1(key, v));
  if (items.length > 1) sortItems(items, keys, reverse);
  return items;
}

function aiter(source: Value): Value {
  const r = callSpecial(source, "__aiter__", []);
  if (r === undefined) raise(E.TypeError, `'${typeOf(source).name}' object is not an async iterable`);
  return r;
}

/** Awaits the next item, or gives the default at the end. */
let nextOrDefault: Value;
const NEXT_OR_DEFAULT = `
async def anext(step, default):
    try:
        return await step
    except StopAsyncIteration:
        return default
`;

function anext(it: Value, fallback: Value | undefined): Value {
  const r = callSpecial(it, "__anext__", []);
  if (r === undefined) raise(E.TypeError, `'${typeOf(it).name}' object is not an async iterator`);
  if (fallback === undefined) return r;
  nextOrDefault ??= runPython("builtins", NEXT_OR_DEFAULT).get("anext")!;
  return callN(nextOrDefault, [r, fallback]);
}

// attributes and namespaces

export function callable(v: Value): boolean {
  const c = derivedOf(typeOf(v)).call;
  return c !== undefined && c !== null;
}

function getattr(o: Value, name: Value, fallback: Value | undefined): Value {
  const n = attributeName(name);
  if (fallback === undefined) return getAttr(o, n);
  const found = getAttrOrUndefined(o, n);
  return found === undefined ? fallback : found;
}

/** The names and values in sight of the running frame. */
function localNames(): Value {
  const l = currentLocals();
  if (l === undefined) return globals();
  return l instanceof Map ? late.dict(l as Namespace) : l;
}

function globals(): Value {
  const g = currentGlobals();
  if (g === undefined) raise(E.SystemError, "globals(): no frame");
  return g;
}

function vars(o: Value | undefined): Value {
  if (o === undefined) return localNames();
  const d = getAttrOrUndefined(o, "__dict__");
  if (d === undefined) raise(E.TypeError, "vars() argument must have __dict__ attribute");
  return d;
}

function dir(o: Value | undefined): Value {
  let names: Value[];
  if (o === undefined) {
    const l = localNames();
    names = l instanceof PyDict ? l.keys() : toArray(call0(getAttr(l, "keys")));
  } else {
    const r = callSpecial(o, "__dir__", []);
    if (r === undefined) raise(E.TypeError, "object does not provide __dir__");
    names = toArray(r);
  }
  sortItems(names, null, false);
  return new PyList(names);
}

// code

function hook(): NonNullable<typeof codeHook.current> {
  if (!codeHook.current) throw err(E.SystemError, "no compiler is loaded");
  return codeHook.current;
}

/** Source text of a str or of bytes. @throws TypeError, SyntaxError */
function sourceText(v: Value, what: string): string {
  const s = asStr(v);
  if (s !== undefined) {
    if (s.includes("\0")) raise(E.ValueError, "source code string cannot contain null bytes");
    return s;
  }
  const b = bytesOf(v);
  if (b === undefined) raise(E.TypeError, what);
  const marked = b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf;
  return decode(marked ? b.subarray(3) : b, "utf-8");
}

function namespaces(name: string, globalsGiven: Value, localsGiven: Value): [Value, Value] {
  if (globalsGiven !== null && !(globalsGiven instanceof PyDict)) {
    raise(
      E.TypeError,
      name === "eval"
        ? typeOf(globalsGiven).lookup("__getitem__")
          ? "globals must be a real dict; try eval(code, {}, mapping)"
          : "globals must be a dict"
        : `exec() globals must be a dict, not ${typeOf(globalsGiven).name}`,
    );
  }
  if (localsGiven !== null && typeOf(localsGiven).lookup("__getitem__") === undefined) {
    raise(
      E.TypeError,
      name === "eval"
        ? "locals must be a mapping"
        : `locals must be a mapping or None, not ${typeOf(localsGiven).name}`,
    );
  }
  if (globalsGiven === null) return [globals(), localsGiven === null ? localNames() : localsGiven];
  return [globalsGiven, localsGiven === null ? globalsGiven : localsGiven];
}

function evalFunction(source: Value, globalsGiven: Value, localsGiven: Value): Value {
  const [g, l] = namespaces("eval", globalsGiven, localsGiven);
  const code = hook().isCode(source)
    ? source
    : hook().compile(
        sourceText(source, "eval() arg 1 must be a string, bytes or code object").replace(/^[ \t]+/, ""),
        "<string>",
        "eval",
        true,
      );
  return hook().run(code, g, l);
}

function execFunction(source: Value, globalsGiven: Value, localsGiven: Value): null {
  const [g, l] = namespaces("exec", globalsGiven, localsGiven);
  const code = hook().isCode(source)
    ? source
    : hook().compile(
        sourceText(source, "exec() arg 1 must be a string, bytes or code object"),
        "<string>",
        "exec",
        true,
      );
  hook().run(code, g, l);
  return null;
}

function compile(source: Value, filename: Value, mode: Value, _flags: Value, dontInherit: Value): Value {
  const m = asStr(mode);
  if (m === undefined) raise(E.TypeError, `compile() argument 'mode' must be str, not ${typeOf(mode).name}`);
  if (m !== "exec" && m !== "eval" && m !== "single")
    raise(E.ValueError, "compile() mode must be 'exec', 'eval' or 'single'");
  if (hook().isCode(source)) return source;
  const file = asStr(filename) ?? (bytesOf(filename) ? decode(bytesOf(filename)!) : undefined);
  if (file === undefined)
    raise(E.TypeError, `expected str, bytes or os.PathLike object, not ${typeOf(filename).name}`);
  return hook().compile(
    sourceText(source, "compile() arg 1 must be a string, bytes or AST object"),
    file,
    m,
    !isTrue(dontInherit),
  );
}

export const builtinFunctions: Readonly<Record<string, NativeMethod>> = {
  abs: ["(x, /)", abs, "The absolute value of a number."],
  aiter: ["(async_iterable, /)", aiter, "The asynchronous iterator of an asynchronous iterable."],
  all: ["(iterable, /)", all, "Whether every item is true."],
  anext: [
    "(aiterator, default=..., /)",
    anext,
    "An awaitable for the next item of an asynchronous iterator.",
  ],
  any: ["(iterable, /)", any, "Whether some item is true."],
  ascii: ["(obj, /)", ascii, "repr() with all but ASCII escaped."],
  bin: ["(number, /)", inBase(2), "An int in binary, with 0b before it."],
  breakpoint: [
    "(*args, **kws)",
    () => null,
    "Here a debugger would stop; the playground has none, so nothing happens.",
  ],
  callable: ["(obj, /)", callable, "Whether the object can be called."],
  chr: ["(i, /)", chr, "The character of a code point."],
  compile: [
    "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
    compile,
    "Source text as a code object for exec() or eval().",
  ],
  delattr: [
    "(obj, name, /)",
    (o: Value, n: Value) => delAttr(o, attributeName(n)),
    "delattr(x, 'y') is del x.y.",
  ],
  dir: ["(object=..., /)", dir, "The names that an object, or the current scope, has."],
  divmod: ["(x, y, /)", divmod, "Quotient and remainder."],
  eval: [
    "(source, globals=None, locals=None, /)",
    evalFunction,
    "The value of an expression given as text or code.",
  ],
  exec: ["(source, globals=None, locals=None, /)", execFunction, "Run statements given as text or code."],
  format: ["(value, format_spec='', /)", format, "The value as text by a format specification."],
  getattr: [
    "(object, name, default=..., /)",
    getattr,
    "getattr(x, 'y') is x.y; the default is for a missing attribute.",
  ],
  globals: ["()", globals, "The global names of the current module, as a dict."],
  hasattr: [
    "(obj, name, /)",
    (o: Value, n: Value) => getAttrOrUndefined(o, attributeName(n)) !== undefined,
    "Whether the object has an attribute of that name.",
  ],
  hash: ["(obj, /)", hash, "An int that is the same for equal objects."],
  hex: ["(number, /)", inBase(16), "An int in hexadecimal, with 0x before it."],
  id: ["(obj, /)", id, "A number that belongs to this object while it lives."],
  isinstance: [
    "(obj, class_or_tuple, /)",
    isInstanceCheck,
    "Whether an object is an instance of a class or of one of several.",
  ],
  issubclass: [
    "(cls, class_or_tuple, /)",
    isSubclassCheck,
    "Whether a class derives from another, or from one of several.",
  ],
  iter: [
    "(object, sentinel=..., /)",
    iterFunction,
    "An iterator over an iterable, or over what a function gives until the sentinel.",
  ],
  len: [
    "(obj, /)",
    (v: Value) => (v instanceof PyRange ? callSpecial(v, "__len__", []) : length(v)),
    "How many items a container has.",
  ],
  locals: ["()", localNames, "The names of the current scope, as a dict."],
  max: [
    "(*args, key=None, default=...)",
    (a: readonly Value[], k: Value, d: Value | undefined) => extreme("max", a, k, d),
    "The largest item, or the largest of the arguments.",
  ],
  min: [
    "(*args, key=None, default=...)",
    (a: readonly Value[], k: Value, d: Value | undefined) => extreme("min", a, k, d),
    "The smallest item, or the smallest of the arguments.",
  ],
  next: ["(iterator, default=..., /)", next, "The next item of an iterator; the default is for its end."],
  oct: ["(number, /)", inBase(8), "An int in octal, with 0o before it."],
  ord: ["(c, /)", ord, "The code point of a character."],
  pow: ["(base, exp, mod=None)", pow3, "base ** exp, or that modulo mod."],
  repr: ["(obj, /)", repr, "The object as a programmer would write it."],
  round: ["(number, ndigits=None)", round, "The number rounded to so many decimals, or to an int."],
  setattr: [
    "(obj, name, value, /)",
    (o: Value, n: Value, v: Value) => setAttr(o, attributeName(n), v),
    "setattr(x, 'y', v) is x.y = v.",
  ],
  sorted: [
    "(iterable, /, *, key=None, reverse=False)",
    (s: Value, k: Value, r: Value) => new PyList(sortedArray(s, k, isTrue(r))),
    "A new list of all items in ascending order.",
  ],
  sum: ["(iterable, /, start=0)", sum, "The start value plus all items."],
  vars: ["(object=..., /)", vars, "The __dict__ of an object, or the local names."],
};
