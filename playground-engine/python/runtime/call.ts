// Calling anything: functions, methods, classes, objects with `__call__`.
//
// A Python function whose arity fits is called as a JavaScript function. raw0 … rawVec are for compiled code, call0 …
// callVec for everybody else. Keyword arguments travel as CPython's vectorcall does: values after the positional ones, names beside them.
// Behaviour: docs.python.org/3.11/reference/expressions.html#calls, datamodel.html#object.__new__.
import { objectType, typeType } from "./base-types.ts";
import { derivedOf, isAbstract } from "./derived.ts";
import { E, PyException, raise } from "./exceptions.ts";
import { lines, settle } from "./frames.ts";
import { PyBoundMethod, PyFunction } from "./function.ts";
import { PyBuiltin, PyBuiltinMethod } from "./native-function.ts";
import { isInstance, type Kwargs, PyObject, PyType, TYPE, type Typed, typeOf, type Value } from "./object.ts";
import { held } from "./holding.ts";
import { bindArguments, NO_NAMES } from "./signature.ts";

/** Call with positional arguments and, where given, keyword arguments. */
export function call(f: Value, args: readonly Value[], kwargs?: Kwargs): Value {
  if (kwargs === undefined || kwargs.size === 0) return callN(f, args);
  return callVec(f, [...args, ...kwargs.values()], [...kwargs.keys()]);
}

// For native code: an exception that comes out has its traceback, and the depth is what it was. (What a native function
// calls in turn goes through here again, so a native function itself needs no care.)

export function call0(f: Value): Value {
  if (f instanceof PyBuiltin) return raw0(f);
  const d = lines[0]!;
  try {
    return held(raw0(f));
  } catch (e) {
    throw settle(e, d);
  }
}

export function call1(f: Value, a: Value): Value {
  if (f instanceof PyBuiltin) return raw1(f, a);
  const d = lines[0]!;
  try {
    return held(raw1(f, a));
  } catch (e) {
    throw settle(e, d);
  }
}

export function call2(f: Value, a: Value, b: Value): Value {
  if (f instanceof PyBuiltin) return raw2(f, a, b);
  const d = lines[0]!;
  try {
    return held(raw2(f, a, b));
  } catch (e) {
    throw settle(e, d);
  }
}

export function call3(f: Value, a: Value, b: Value, c: Value): Value {
  if (f instanceof PyBuiltin) return raw3(f, a, b, c);
  const d = lines[0]!;
  try {
    return held(raw3(f, a, b, c));
  } catch (e) {
    throw settle(e, d);
  }
}

/** Call with any number of positional arguments. */
export function callN(f: Value, args: readonly Value[]): Value {
  if (f instanceof PyBuiltin) return f.apply(args, NO_NAMES);
  const d = lines[0]!;
  try {
    return held(rawN(f, args));
  } catch (e) {
    throw settle(e, d);
  }
}

/** Call with keyword values at the end of args, named by kwnames. */
export function callVec(f: Value, args: readonly Value[], kwnames: readonly string[]): Value {
  if (f instanceof PyBuiltin) return f.apply(args, kwnames);
  const d = lines[0]!;
  try {
    return held(rawVec(f, args, kwnames));
  } catch (e) {
    throw settle(e, d);
  }
}

/** Call f with positional values and a Map of keyword ones. */
export function callWith(f: Value, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
  return kwargs.size === 0 ? callN(f, args) : callVec(f, [...args, ...kwargs.values()], [...kwargs.keys()]);
}

// For compiled code, whose handlers settle what passes through them.

export function raw0(f: Value): Value {
  if (f instanceof PyFunction) {
    if (f.min <= 0 && 0 <= f.max) return f.fn();
  } else if (f instanceof PyBuiltin) {
    if (f.min <= 0 && 0 <= f.max && f.selfType === undefined) return f.direct0();
  } else if (f instanceof PyBoundMethod) {
    return raw1(f.func, f.self);
  } else if (f instanceof PyBuiltinMethod) {
    return raw1(f.func, f.self);
  } else if (f instanceof PyType && f[TYPE] === typeType) {
    const d = derivedOf(f);
    if (d.bare) return new PyObject(f);
    const init = d.fastInit;
    if (init !== undefined && init.min <= 1 && 1 <= init.max) {
      const o = new PyObject(f);
      checkInit(init.fn(o));
      return o;
    }
  }
  return rawVec(f, [], NO_NAMES);
}

export function raw1(f: Value, a: Value): Value {
  if (f instanceof PyFunction) {
    if (f.min <= 1 && 1 <= f.max) return f.fn(a);
  } else if (f instanceof PyBuiltin) {
    if (f.min <= 1 && 1 <= f.max && (f.selfType === undefined || typeOf(a) === f.selfType))
      return f.direct1(a);
  } else if (f instanceof PyBoundMethod) {
    return raw2(f.func, f.self, a);
  } else if (f instanceof PyBuiltinMethod) {
    return raw2(f.func, f.self, a);
  } else if (f instanceof PyType && f[TYPE] === typeType) {
    if (f.make1 !== undefined) {
      const v = f.make1(a);
      if (v !== undefined) return v;
    }
    const init = derivedOf(f).fastInit;
    if (init !== undefined && init.min <= 2 && 2 <= init.max) {
      const o = new PyObject(f);
      checkInit(init.fn(o, a));
      return o;
    }
  }
  return rawVec(f, [a], NO_NAMES);
}

export function raw2(f: Value, a: Value, b: Value): Value {
  if (f instanceof PyFunction) {
    if (f.min <= 2 && 2 <= f.max) return f.fn(a, b);
  } else if (f instanceof PyBuiltin) {
    if (f.min <= 2 && 2 <= f.max && (f.selfType === undefined || typeOf(a) === f.selfType))
      return f.direct2(a, b);
  } else if (f instanceof PyBoundMethod) {
    return raw3(f.func, f.self, a, b);
  } else if (f instanceof PyBuiltinMethod) {
    return raw3(f.func, f.self, a, b);
  } else if (f instanceof PyType && f[TYPE] === typeType) {
    const init = derivedOf(f).fastInit;
    if (init !== undefined && init.min <= 3 && 3 <= init.max) {
      const o = new PyObject(f);
      checkInit(init.fn(o, a, b));
      return o;
    }
  }
  return rawVec(f, [a, b], NO_NAMES);
}

export function raw3(f: Value, a: Value, b: Value, c: Value): Value {
  if (f instanceof PyFunction) {
    if (f.min <= 3 && 3 <= f.max) return f.fn(a, b, c);
  } else if (f instanceof PyBuiltin) {
    if (f.min <= 3 && 3 <= f.max && (f.selfType === undefined || typeOf(a) === f.selfType))
      return f.direct3(a, b, c);
  } else if (f instanceof PyType && f[TYPE] === typeType) {
    const init = derivedOf(f).fastInit;
    if (init !== undefined && init.min <= 4 && 4 <= init.max) {
      const o = new PyObject(f);
      checkInit(init.fn(o, a, b, c));
      return o;
    }
  }
  return rawVec(f, [a, b, c], NO_NAMES);
}

export function rawN(f: Value, args: readonly Value[]): Value {
  if (f instanceof PyFunction && f.min <= args.length && args.length <= f.max) return spreadInto(f, args);
  return rawVec(f, args, NO_NAMES);
}

export function rawVec(f: Value, args: readonly Value[], kwnames: readonly string[]): Value {
  if (f instanceof PyFunction) {
    if (kwnames.length === 0 && f.min <= args.length && args.length <= f.max) return spreadInto(f, args);
    return spreadInto(f, bindArguments(f, args, kwnames));
  }
  if (f instanceof PyBuiltin) return f.apply(args, kwnames);
  if (f instanceof PyBoundMethod || f instanceof PyBuiltinMethod)
    return rawVec(f.func, [f.self, ...args], kwnames);
  if (f instanceof PyType) {
    const meta = f[TYPE];
    if (meta !== typeType) {
      const c = derivedOf(meta).call;
      if (c !== undefined && c !== typeType.dict.get("__call__"))
        return rawVec(bindCall(c, f), args, kwnames);
    }
    return rawConstruct(f, args, kwnames);
  }
  const t = f === undefined ? undefined : typeOf(f);
  const c = t === undefined ? undefined : derivedOf(t).call;
  if (c === undefined) raise(E.TypeError, `'${t?.name ?? "unbound"}' object is not callable`);
  if (c instanceof PyFunction || c instanceof PyBuiltin) return rawVec(c, [f, ...args], kwnames);
  return rawVec(bindCall(c, f), args, kwnames);
}

/** Call with the bound arguments: spreading a short array is dear. */
function spreadInto(f: PyFunction, a: readonly unknown[]): Value {
  switch (a.length) {
    case 1:
      return f.fn(a[0]);
    case 2:
      return f.fn(a[0], a[1]);
    case 3:
      return f.fn(a[0], a[1], a[2]);
    case 4:
      return f.fn(a[0], a[1], a[2], a[3]);
    case 5:
      return f.fn(a[0], a[1], a[2], a[3], a[4]);
    default:
      return f.fn(...a);
  }
}

/** A `__call__` found in a type, bound to the object. */
function bindCall(c: Value, self: Value): Value {
  return bindSpecial(c, self, typeOf(self));
}

/** `type.__call__(cls, …)`: `__new__`, then `__init__` if an instance came out. */
export function construct(cls: PyType, args: readonly Value[], kwnames: readonly string[]): Value {
  const d = lines[0]!;
  try {
    return rawConstruct(cls, args, kwnames);
  } catch (e) {
    throw settle(e, d);
  }
}

function rawConstruct(cls: PyType, args: readonly Value[], kwnames: readonly string[]): Value {
  if (cls === typeType && args.length === 1 && kwnames.length === 0) return typeOf(args[0]);
  const d = derivedOf(cls);
  const init = d.fastInit;
  if (init !== undefined) {
    const o = new PyObject(cls);
    checkInit(rawVec(init, [o, ...args], kwnames));
    return o;
  }
  if (d.plainException && kwnames.length === 0) return new PyException(cls, args);
  const make = d.new_;
  if (make === undefined || !isConstructible(cls))
    raise(E.TypeError, `cannot create '${typeLabel(cls)}' instances`);
  const withCls = [cls, ...args];
  const o =
    make instanceof PyBuiltin
      ? make.apply(withCls, kwnames)
      : rawVec(bindSpecial(make, null, cls), withCls, kwnames);
  if (!isInstance(o, cls)) return o;
  const i = derivedOf(typeOf(o)).init;
  if (i === undefined) return o;
  const r =
    i instanceof PyFunction || i instanceof PyBuiltin
      ? rawVec(i, [o, ...args], kwnames)
      : rawVec(bindSpecial(i, o, typeOf(o)), args, kwnames);
  checkInit(r);
  return o;
}

/** Native types without a way to make an instance: generator, frame and their like. */
export function isConstructible(cls: PyType): boolean {
  return (
    cls.heap ||
    cls === objectType ||
    cls.allocator !== objectType.allocator ||
    cls.mro.some((c) => c !== objectType && c.dict.has("__new__"))
  );
}

function checkInit(r: Value): void {
  if (r !== null) raise(E.TypeError, `__init__() should return None, not '${typeOf(r).name}'`);
}

/** A class's name as error messages have it: `module.name` for natives outside builtins. */
export function typeLabel(cls: PyType): string {
  return cls.heap || cls.module === "builtins" || cls.name.includes(".")
    ? cls.name
    : `${cls.module}.${cls.name}`;
}

/** A special method found in a type, bound as attribute access would bind it. obj is null for `__new__` and its like. */
export function bindSpecial(c: Value, obj: Value, owner: PyType): Value {
  if (c instanceof PyFunction) return obj === null ? c : new PyBoundMethod(c, obj);
  if (c instanceof PyBuiltin) {
    if (c.kind === "classmethod") return new PyBuiltinMethod(c, owner);
    return c.binds ? new PyBuiltinMethod(c, obj) : c;
  }
  const t = (c as Typed | null)?.[TYPE] ?? typeOf(c);
  const d = derivedOf(t);
  if (d.descriptor === 0) return c;
  if (d.get !== undefined) return callVec(d.get, [c, obj, owner], NO_NAMES);
  return t.descriptor?.get ? t.descriptor.get(c as never, obj, owner) : c;
}

/** Call a special method of an object's type if there is one; undefined where there is not. `null` (None) in the class blocks it. */
export function callSpecial(obj: Value, name: string, args: readonly Value[]): Value | undefined {
  const t = typeOf(obj);
  const c = t.lookup(name);
  if (c === undefined || c === null) return undefined;
  if (c instanceof PyFunction || (c instanceof PyBuiltin && c.binds)) {
    return args.length === 0
      ? call1(c, obj)
      : args.length === 1
        ? call2(c, obj, args[0])
        : callVec(c, [obj, ...args], NO_NAMES);
  }
  return callVec(bindSpecial(c, obj, t), args, NO_NAMES);
}

/** `object.__new__`'s check for abstract classes. @throws TypeError */
export function refuseAbstract(cls: PyType, names: readonly string[]): void {
  if (!isAbstract(cls) || names.length === 0) return;
  raise(
    E.TypeError,
    `Can't instantiate abstract class ${cls.name} with abstract method${names.length === 1 ? "" : "s"} ${names.join(", ")}`,
  );
}
