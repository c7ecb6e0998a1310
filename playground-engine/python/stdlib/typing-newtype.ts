// NewType: a name for a type that a type checker keeps apart.
// Behaviour: docs.python.org/3.11/library/typing.html#typing.NewType.
import { E, raise } from "../runtime/exceptions.ts";
import { nativeType } from "../runtime/native-type.ts";
import { asStr, type DICT, type Namespace, type PyType, type TYPE, type Value } from "../runtime/object.ts";
import { or, ror } from "./typing-forms.ts";
import { caller } from "./typing-variables.ts";

const module = "typing";

class PyNewType {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  readonly name: string;
  readonly supertype: Value;
  readonly module: Value;
  constructor(name: string, supertype: Value, module: Value) {
    this.name = name;
    this.supertype = supertype;
    this.module = module;
  }
}
export const newTypeType = nativeType({
  name: "NewType",
  module,
  doc: "A type that is another at run time, and its own for a type checker.",
  host: PyNewType,
  hasDict: true,
  new: ["(cls, name, tp)", (_cls: PyType, name: string, tp: Value) => new PyNewType(name, tp, caller())],
  methods: {
    __call__: ["(self, x, /)", (_n: PyNewType, v: Value) => v],
    __repr__: ["(self)", (n: PyNewType) => `${asStr(n.module) ?? ""}.${n.name}`],
    __or__: or,
    __ror__: ror,
    __mro_entries__: [
      "(self, bases)",
      (n: PyNewType) =>
        raise(
          E.TypeError,
          `Cannot subclass an instance of NewType. Perhaps you were looking for: \`${n.name}Sub = NewType('${n.name}Sub', ${n.name})\``,
        ),
    ],
    __reduce__: ["(self)", (n: PyNewType) => n.name],
  },
  getters: {
    __supertype__: (n: PyNewType) => n.supertype,
    __name__: (n: PyNewType) => n.name.slice(n.name.lastIndexOf(".") + 1),
    __qualname__: (n: PyNewType) => n.name,
    __module__: (n: PyNewType) => n.module,
  },
});
