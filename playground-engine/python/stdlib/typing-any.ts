// Annotated and Any, which are classes.
// Behaviour: docs.python.org/3.11/library/typing.html.
import { getAttr } from "../runtime/attributes.ts";
import { typeType } from "../runtime/base-types.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { asStr, PyTuple, type PyType, typeOf, type Value } from "../runtime/object.ts";
import { isUnpackedVariables } from "../builtins/generic-alias.ts";
import { makeClass } from "./make-class.ts";
import { once } from "./typing-cache.ts";
import { annotated, checkType, late } from "./typing-forms.ts";

const module = "typing";

export const annotatedClass = makeClass({
  name: "Annotated",
  module,
  hasDict: false,
  doc: "A type with other data beside it.",
  new: ["(cls, /, *args, **kwargs)", () => raise(E.TypeError, "Type Annotated cannot be instantiated.")],
  classMethods: {
    __class_getitem__: [
      "(cls, params)",
      (cls: PyType, params: Value) => {
        if (!(params instanceof PyTuple) || params.items.length < 2)
          raise(
            E.TypeError,
            "Annotated[...] should be used with at least two arguments (a type and an annotation).",
          );
        if (isUnpackedVariables(params.items[0]))
          raise(E.TypeError, "Annotated[...] should not be used with an unpacked TypeVarTuple");
        const [type, ...metadata] = params.items;
        const make = (): Value =>
          annotated(checkType(type, "Annotated[t, ...]: t must be a type.", true), metadata);
        return once(cls, params, make, true);
      },
    ],
    __init_subclass__: [
      "(cls, /, *args, **kwargs)",
      (cls: PyType) => raise(E.TypeError, `Cannot subclass ${asStr(getAttr(cls, "__module__"))}.Annotated`),
    ],
  },
});

late.annotated = annotatedClass;

const anyMeta = makeClass({
  name: "_AnyMeta",
  module,
  bases: [typeType],
  methods: {
    __instancecheck__: [
      "(self, obj)",
      (cls: PyType, v: Value) => {
        if (cls === anyClass) raise(E.TypeError, "typing.Any cannot be used with isinstance()");
        return typeOf(v).isSubtypeOf(cls);
      },
    ],
    __repr__: [
      "(self)",
      (cls: PyType) => (cls === anyClass ? "typing.Any" : `<class '${cls.module}.${cls.qualname}'>`),
    ],
  },
});
anyMeta.dict.delete("__dict__");
export const anyClass: PyType = makeClass({
  name: "Any",
  module,
  metaclass: anyMeta,
  doc: "A type that every other is compatible with.",
  new: [
    "(cls, /, *args, **kwargs)",
    (cls: PyType) => {
      if (cls === anyClass) raise(E.TypeError, "Any cannot be instantiated");
      return cls.allocator!(cls);
    },
  ],
});
