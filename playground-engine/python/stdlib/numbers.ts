// The module numbers: the tower of abstract number classes.
// Behaviour: docs.python.org/3.11/library/numbers.html.
import { callMethod, getAttr } from "../runtime/attributes.ts";
import { call1 } from "../runtime/call.ts";
import { defineModule } from "../runtime/modules.ts";
import type { NativeGetter, NativeMethod } from "../runtime/native.ts";
import { type PyType, PyTuple, type Value } from "../runtime/object.ts";
import { add, floordiv, mod, ne, neg, pos, truediv } from "../runtime/operators.ts";
import { complexType, floatType } from "../builtins/float-type.ts";
import { intType } from "../builtins/int-type.ts";
import { makeAbc, register } from "./abc.ts";

function level(
  name: string,
  doc: string,
  base: PyType | undefined,
  abstract: string,
  methods: Record<string, NativeMethod> = {},
  getters: Record<string, NativeGetter> = {},
): PyType {
  return makeAbc({
    name,
    module: "numbers",
    doc,
    ...(base && { bases: [base] }),
    abstract: abstract.split(" ").filter(Boolean),
    methods,
    getters,
    hasDict: false,
  });
}
const both = (names: string): string =>
  names
    .split(" ")
    .map((n) => `__${n}__ __r${n}__`)
    .join(" ");

export const numberAbc = level("Number", "All numbers.", undefined, "");
numberAbc.setAttr("__hash__", null);

const complexAbc = level(
  "Complex",
  "What complex numbers can do.",
  numberAbc,
  `__complex__ real imag ${both("add mul truediv pow")} __neg__ __pos__ __abs__ conjugate __eq__`,
  {
    __bool__: ["(self)", (v: Value) => ne(v, 0)],
    __sub__: ["(self, other)", (a: Value, b: Value) => add(a, neg(b))],
    __rsub__: ["(self, other)", (a: Value, b: Value) => add(neg(a), b)],
  },
);
const realAbc = level(
  "Real",
  "What real numbers can do.",
  complexAbc,
  `__float__ __trunc__ __floor__ __ceil__ __round__ ${both("floordiv mod")} __lt__ __le__`,
  {
    __divmod__: ["(self, other)", (a: Value, b: Value) => new PyTuple([floordiv(a, b), mod(a, b)])],
    __rdivmod__: ["(self, other)", (a: Value, b: Value) => new PyTuple([floordiv(b, a), mod(b, a)])],
    __complex__: ["(self)", (v: Value) => call1(complexType, call1(floatType, v))],
    conjugate: ["(self)", (v: Value) => pos(v)],
  },
  { real: (v: Value) => pos(v), imag: () => 0 },
);
export const rationalAbc = level(
  "Rational",
  "A ratio of two ints, in lowest terms.",
  realAbc,
  "numerator denominator",
  {
    __float__: [
      "(self)",
      (v: Value) =>
        truediv(call1(intType, getAttr(v, "numerator")), call1(intType, getAttr(v, "denominator"))),
    ],
  },
);
const integralAbc = level(
  "Integral",
  "What ints can do.",
  rationalAbc,
  `__int__ __pow__ ${both("lshift rshift and xor or")} __invert__`,
  {
    __index__: ["(self)", (v: Value) => callMethod(v, "__int__")],
    __float__: ["(self)", (v: Value) => call1(floatType, callMethod(v, "__int__"))],
  },
  { numerator: (v: Value) => pos(v), denominator: () => 1 },
);
register(complexAbc, complexType);
register(realAbc, floatType);
register(integralAbc, intType);

defineModule("numbers", () => ({
  name: "numbers",
  doc: "Abstract classes of numbers.",
  members: {
    Number: numberAbc,
    Complex: complexAbc,
    Real: realAbc,
    Rational: rationalAbc,
    Integral: integralAbc,
  },
}));
