// The types of None, Ellipsis and NotImplemented.
import { E, raise } from "../runtime/exceptions.ts";
import { nativeType } from "../runtime/native-type.ts";
import {
  bare,
  Ellipsis,
  NotImplemented,
  PySingleton,
  type PyType,
  TYPE,
  type Value,
} from "../runtime/object.ts";

export const noneType: PyType = nativeType({
  name: "NoneType",
  doc: "The type of None.",
  final: true,
  new: [
    "(cls, /, *args, **kwargs)",
    (_cls: PyType, args: readonly Value[], kwargs: ReadonlyMap<string, Value>) => {
      if (args.length > 0 || kwargs.size > 0) raise(E.TypeError, "NoneType takes no arguments");
      return null;
    },
  ],
  methods: { __repr__: ["(self, /)", () => "None"], __bool__: ["(self, /)", () => false] },
});
bare.none = noneType;

function singleton(name: string, instance: PySingleton, shown: string): PyType {
  const t = nativeType({
    name,
    final: true,
    new: [
      "(cls, /, *args, **kwargs)",
      (_cls: PyType, args: readonly Value[], kwargs: ReadonlyMap<string, Value>) => {
        if (args.length > 0 || kwargs.size > 0) raise(E.TypeError, `${name} takes no arguments`);
        return instance;
      },
    ],
    methods: { __repr__: ["(self, /)", () => shown], __reduce__: ["(self, /)", () => shown] },
  });
  instance[TYPE] = t;
  return t;
}

export const ellipsisType = singleton("ellipsis", Ellipsis, "Ellipsis");
export const notImplementedType = singleton("NotImplementedType", NotImplemented, "NotImplemented");
