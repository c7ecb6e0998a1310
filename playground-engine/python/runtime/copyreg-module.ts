// copyreg: how objects are taken apart for copy and pickle, and put together again.
//
// Behaviour: docs.python.org/3.11/library/copyreg.html and the pickle protocol's object.__reduce_ex__.
import { callMethod, getAttr } from "./attributes.ts";
import { objectType } from "./base-types.ts";
import { call, callN } from "./call.ts";
import { E, raise } from "./exceptions.ts";
import { late } from "./late.ts";
import { defineModule, importModule } from "./modules.ts";
import { PyTuple, PyType, typeOf, type Value } from "./object.ts";
import { toArray } from "./iteration.ts";

/** Protocols 0 and 1: the nearest base that is not written in Python, made anew from its own value. */
function reduceOld(self: Value, protocol: Value): Value {
  const cls = typeOf(self);
  const base = cls.mro.find((c) => !c.heap) ?? objectType;
  if (base !== objectType && cls === base) raise(E.TypeError, `cannot pickle '${cls.name}' object`);
  const state = base === objectType ? null : call(base, [self]);
  const reconstructor = getAttr(importModule("copyreg"), "_reconstructor");
  const args = new PyTuple([cls, base, state]);
  const getState = cls.lookup("__getstate__");
  if (
    getState === objectType.dict.get("__getstate__") &&
    cls.mro.some((c) => (c.slotNames ?? []).some((n) => n !== "__dict__"))
  ) {
    raise(
      E.TypeError,
      `a class that defines __slots__ without defining __getstate__ cannot be pickled with protocol ${String(protocol)}`,
    );
  }
  const dict = callMethod(self, "__getstate__");
  const filled = dict !== null && (late.namespaceOf(dict)?.size ?? 1) > 0;
  return new PyTuple(filled ? [reconstructor, args, dict] : [reconstructor, args]);
}

defineModule("copyreg", () => ({
  name: "copyreg",
  functions: {
    __newobj__: [
      "(cls, *args)",
      (cls: Value, args: Value[]) => callN(getAttr(cls, "__new__"), [cls, ...args]),
    ],
    __newobj_ex__: [
      "(cls, args, kwargs)",
      (cls: Value, args: Value, kwargs: Value) =>
        call(getAttr(cls, "__new__"), [cls, ...toArray(args)], new Map(late.namespaceOf(kwargs) ?? [])),
    ],
    _reduce_ex: ["(self, proto)", reduceOld],
    _reconstructor: [
      "(cls, base, state)",
      (cls: Value, base: Value, state: Value) => {
        if (base === objectType) return callN(getAttr(objectType, "__new__"), [cls]);
        const o = callN(getAttr(base, "__new__"), [cls, state]);
        if (base instanceof PyType && base.lookup("__init__") !== objectType.dict.get("__init__"))
          callN(getAttr(base, "__init__"), [o, state]);
        return o;
      },
    ],
    pickle: [
      "(ob_type, pickle_function, constructor_ob=None)",
      (type: Value, f: Value) =>
        void callMethod(getAttr(importModule("copyreg"), "dispatch_table"), "__setitem__", type, f),
    ],
    add_extension: ["(module, name, code)", () => null],
    remove_extension: ["(module, name, code)", () => null],
  },
  members: { dispatch_table: late.dict(new Map()) },
}));
