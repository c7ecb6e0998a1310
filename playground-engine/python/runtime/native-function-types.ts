// What programs see of functions and methods that are written in TypeScript.
//
// Behaviour: docs.python.org/3.11/reference/datamodel.html#the-standard-type-hierarchy, library/inspect.html#types-and-members.
import { callVec } from "./call.ts";
import { E, raise } from "./exceptions.ts";
import { builtinGetattr, identity } from "./function-types.ts";
import { address } from "./hash.ts";
import {
  builtinFunctionType,
  classMethodDescriptorType,
  methodDescriptorType,
  methodWrapperType,
  PyBuiltin,
  PyBuiltinMethod,
  wrapperDescriptorType,
} from "./native-function.ts";
import { fillType, getSetType, PyGetSet } from "./native-type.ts";
import type { NativeGetter } from "./native.ts";
import { NotImplemented, PyTuple, PyType, typeOf, type Kwargs, type Value } from "./object.ts";
import { memberType, PyMember } from "./slots.ts";

const builtinName: Readonly<Record<string, NativeGetter>> = {
  __name__: (f: PyBuiltin) => f.name,
  __qualname__: (f: PyBuiltin) => f.qualname,
  __doc__: (f: PyBuiltin) => f.doc,
  __text_signature__: (f: PyBuiltin) => textSignature(f),
};
/** The signature string as CPython's `__text_signature__` has it. */
function textSignature(f: PyBuiltin): string {
  if (f.kind !== "function") return f.text.replace(/^\((self|cls)\b/, "($self");
  const parameters = f.text.slice(1, -1);
  const own = parameters === "" ? "/" : parameters.includes("/") ? parameters : `/, ${parameters}`;
  return `($module, ${own})`;
}
const described = {
  ...builtinName,
  __objclass__: (f: PyBuiltin) => f.owner ?? null,
};

function bindBuiltin(f: PyBuiltin, o: Value, owner: PyType | null): Value {
  if (f.kind === "classmethod") return new PyBuiltinMethod(f, owner ?? typeOf(o));
  if (o === null && owner?.name !== "NoneType") return f;
  if (f.owner && !typeOf(o).isSubtypeOf(f.owner))
    raise(
      E.TypeError,
      `descriptor '${f.name}' for '${f.owner.name}' objects doesn't apply to a '${typeOf(o).name}' object`,
    );
  return new PyBuiltinMethod(f, o);
}

for (const [t, word] of [
  [methodDescriptorType, "method"],
  [wrapperDescriptorType, "slot wrapper"],
  [classMethodDescriptorType, "method"],
] as const) {
  fillType(t, {
    descriptor: { get: bindBuiltin },
    methods: {
      __call__: ["(self, /, *args, **kwargs)", callBuiltin],
      __repr__: ["(self, /)", (f: PyBuiltin) => `<${word} '${f.name}' of '${f.owner!.name}' objects>`],
    },
    getters: described,
  });
}
function callBuiltin(f: PyBuiltin, args: Value[], kwargs: Kwargs): Value {
  return callVec(f, [...args, ...kwargs.values()], [...kwargs.keys()]);
}

/** A built-in method as `[].append` is one; a plain built-in function has None for `__self__`'s place: its module. */
fillType(builtinFunctionType, {
  methods: {
    __call__: ["(self, /, *args, **kwargs)", callBuiltin as never],
    __repr__: [
      "(self, /)",
      (f: PyBuiltin | PyBuiltinMethod) => {
        if (f instanceof PyBuiltinMethod)
          return `<built-in method ${f.func.name} of ${f.self instanceof PyType ? `type object` : `${typeOf(f.self).name} object`} at ${address(f.self)}>`;
        if (f.owner && f.kind !== "function")
          return `<built-in method ${f.name} of type object at ${address(f.owner)}>`;
        return `<built-in function ${f.name}>`;
      },
    ],
    __eq__: [
      "(self, value, /)",
      (a: Value, b: Value) =>
        a === b
          ? true
          : a instanceof PyBuiltinMethod && b instanceof PyBuiltinMethod
            ? a.func === b.func && a.self === b.self
            : NotImplemented,
    ],
    __hash__: [
      "(self, /)",
      (f: Value) => (f instanceof PyBuiltinMethod ? identity(f.func) * 31 + identity(f.self) : identity(f)),
    ],
    __reduce__: [
      "(self, /)",
      (f: PyBuiltin | PyBuiltinMethod) =>
        f instanceof PyBuiltinMethod
          ? new PyTuple([builtinGetattr(), new PyTuple([f.self, f.func.name])])
          : f.name,
    ],
  },
  getters: {
    __name__: (f: PyBuiltin | PyBuiltinMethod) => plain(f).name,
    __qualname__: (f: PyBuiltin | PyBuiltinMethod) =>
      f instanceof PyBuiltinMethod
        ? `${(f.self instanceof PyType ? f.self : typeOf(f.self)).qualname}.${f.func.name}`
        : f.qualname,
    __doc__: (f: PyBuiltin | PyBuiltinMethod) => plain(f).doc,
    __module__: (f: PyBuiltin | PyBuiltinMethod) => (f instanceof PyBuiltinMethod ? null : f.module),
    __self__: (f: PyBuiltin | PyBuiltinMethod) => (f instanceof PyBuiltinMethod ? f.self : (f.owner ?? null)),
    __text_signature__: (f: PyBuiltin | PyBuiltinMethod) => textSignature(plain(f)),
  },
});
function plain(f: PyBuiltin | PyBuiltinMethod): PyBuiltin {
  return f instanceof PyBuiltinMethod ? f.func : f;
}
fillType(methodWrapperType, {
  methods: {
    __call__: ["(self, /, *args, **kwargs)", callBuiltin as never],
    __repr__: [
      "(self, /)",
      (f: PyBuiltinMethod) =>
        `<method-wrapper '${f.func.name}' of ${typeOf(f.self).name} object at ${address(f.self)}>`,
    ],
    __eq__: [
      "(self, value, /)",
      (a: PyBuiltinMethod, b: Value) =>
        b instanceof PyBuiltinMethod ? a.func === b.func && a.self === b.self : NotImplemented,
    ],
    __hash__: ["(self, /)", (f: PyBuiltinMethod) => identity(f.func) * 31 + identity(f.self)],
  },
  getters: {
    __name__: (f: PyBuiltinMethod) => f.func.name,
    __qualname__: (f: PyBuiltinMethod) => f.func.qualname,
    __doc__: (f: PyBuiltinMethod) => f.func.doc,
    __self__: (f: PyBuiltinMethod) => f.self,
    __objclass__: (f: PyBuiltinMethod) => f.func.owner ?? null,
    __text_signature__: (f: PyBuiltinMethod) => textSignature(f.func),
  },
});

for (const [t, word] of [
  [getSetType, "attribute"],
  [memberType, "member"],
] as const) {
  fillType(t, {
    methods: {
      __repr__: [
        "(self, /)",
        (d: PyGetSet | PyMember) => `<${word} '${d.name}' of '${d.owner.name}' objects>`,
      ],
    },
    getters: {
      __name__: (d: PyGetSet | PyMember) => d.name,
      __qualname__: (d: PyGetSet | PyMember) => `${d.owner.qualname}.${d.name}`,
      __objclass__: (d: PyGetSet | PyMember) => d.owner,
      __doc__: (d: PyGetSet | PyMember) => (d instanceof PyGetSet ? d.doc : null),
    },
    ...(t.descriptor ? { descriptor: t.descriptor } : {}),
  });
}
