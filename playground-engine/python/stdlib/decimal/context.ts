// Contexts of decimal arithmetic: their settings, the signals and their exceptions, and which context is current.
import { E, err, raise } from "../../runtime/exceptions.ts";
import { TupleIterator } from "../../builtins/list-type.ts";
import { toArray } from "../../runtime/iteration.ts";
import { nativeType } from "../../runtime/native-type.ts";
import {
  asInt,
  asStr,
  DICT,
  type Namespace,
  normInt,
  PyList,
  PyTuple,
  type PyType,
  TYPE,
  typeOf,
  type Value,
} from "../../runtime/object.ts";
import { getItem, isTrue } from "../../runtime/operators.ts";
import { repr } from "../../runtime/repr.ts";
import { PyDict } from "../../builtins/dict.ts";
import { makeClass } from "../make-class.ts";
import { mutableMapping } from "../collections-abc.ts";
import { type Arithmetic, INVALID, type Rounding, S } from "./number.ts";

const exception = (name: string, ...bases: PyType[]): PyType => makeClass({ name, module: "decimal", bases });
const decimalException = exception("DecimalException", E.ArithmeticError);
const clamped = exception("Clamped", decimalException);
const rounded = exception("Rounded", decimalException);
const inexact = exception("Inexact", decimalException);
const subnormal = exception("Subnormal", decimalException);
const invalidOperation = exception("InvalidOperation", decimalException);
const divisionByZero = exception("DivisionByZero", decimalException, E.ZeroDivisionError);
const overflow = exception("Overflow", inexact, rounded);
const underflow = exception("Underflow", inexact, rounded, subnormal);
const floatOperation = exception("FloatOperation", decimalException, E.TypeError);
const conversionSyntax = exception("ConversionSyntax", invalidOperation);
const divisionImpossible = exception("DivisionImpossible", invalidOperation);
const divisionUndefined = exception("DivisionUndefined", invalidOperation, E.ZeroDivisionError);
const invalidContext = exception("InvalidContext", invalidOperation);

/** The signals in CPython's order, with the bits of each. */
const SIGNALS: readonly (readonly [PyType, number])[] = [
  [invalidOperation, INVALID],
  [floatOperation, S.FloatOperation],
  [divisionByZero, S.DivisionByZero],
  [overflow, S.Overflow],
  [underflow, S.Underflow],
  [subnormal, S.Subnormal],
  [inexact, S.Inexact],
  [rounded, S.Rounded],
  [clamped, S.Clamped],
];
/** What an exception lists: of InvalidOperation the exact condition. */
const CONDITIONS: readonly (readonly [PyType, number])[] = [
  [invalidOperation, S.InvalidOperation],
  [conversionSyntax, S.ConversionSyntax],
  [divisionImpossible, S.DivisionImpossible],
  [divisionUndefined, S.DivisionUndefined],
  [invalidContext, S.InvalidContext],
  ...SIGNALS.slice(1),
];
export const exceptions: readonly PyType[] = [
  decimalException,
  ...SIGNALS.map(([t]) => t),
  conversionSyntax,
  divisionImpossible,
  divisionUndefined,
  invalidContext,
];

export const ROUNDINGS: readonly Rounding[] = [
  "ROUND_CEILING",
  "ROUND_FLOOR",
  "ROUND_UP",
  "ROUND_DOWN",
  "ROUND_HALF_UP",
  "ROUND_HALF_DOWN",
  "ROUND_HALF_EVEN",
  "ROUND_05UP",
];

export function toRounding(v: Value): Rounding {
  const s = asStr(v);
  if (s === undefined || !(ROUNDINGS as readonly string[]).includes(s)) {
    raise(
      E.TypeError,
      "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
    );
  }
  return s as Rounding;
}

export class PyContext implements Arithmetic {
  declare [TYPE]: PyType;
  declare [DICT]?: Namespace;
  prec = 28;
  rounding: Rounding = "ROUND_HALF_EVEN";
  Emin = -999999;
  Emax = 999999;
  capitals = 1;
  clamp = 0;
  traps: number = INVALID | S.DivisionByZero | S.Overflow;
  flags = 0;
  status = 0;
  copy(): PyContext {
    return Object.assign(new PyContext(), { ...this, status: 0 });
  }
}

/** Note what an operation reported, and raise what the context traps. */
function settle(c: PyContext): void {
  const status = c.status;
  if (status === 0) return;
  c.status = 0;
  c.flags |= status;
  const trapped = status & c.traps;
  if (trapped === 0) return;
  const [type] = SIGNALS.find(([, bits]) => trapped & bits)!;
  throw err(type, new PyList(CONDITIONS.filter(([, bits]) => trapped & bits).map(([t]) => t)));
}

/** Do an operation in a context. */
export function within<T>(c: PyContext, operation: (c: PyContext) => T): T {
  c.status = 0;
  const r = operation(c);
  if (c.status !== 0) settle(c);
  return r;
}

/** The context that a program starts with and templates of others. */
export const templates: Record<"DefaultContext" | "BasicContext" | "ExtendedContext", PyContext> =
  freshTemplates();
let current: PyContext | undefined;

function freshTemplates(): typeof templates {
  const traps = INVALID | S.DivisionByZero | S.Overflow | S.Underflow | S.Clamped;
  return {
    DefaultContext: new PyContext(),
    BasicContext: Object.assign(new PyContext(), { prec: 9, rounding: "ROUND_HALF_UP", traps }),
    ExtendedContext: Object.assign(new PyContext(), { prec: 9, traps: 0 }),
  };
}
/** As a new program finds them. */
export function resetContexts(): void {
  Object.assign(templates, freshTemplates());
  current = undefined;
}

export function getContext(): PyContext {
  return (current ??= templates.DefaultContext.copy());
}
export function setContext(v: Value): void {
  if (!(v instanceof PyContext)) raise(E.TypeError, "argument must be a context");
  current = Object.values(templates).includes(v) ? v.copy() : v;
  if (current !== v) current.flags = 0;
}

/** An optional context argument. */
export function contextOf(v: Value): PyContext {
  if (v === null || v === undefined) return getContext();
  if (!(v instanceof PyContext)) raise(E.TypeError, "optional argument must be a context");
  return v;
}

// The mappings `flags` and `traps`

class PySignals {
  declare [TYPE]: PyType;
  readonly owner: PyContext;
  readonly field: "flags" | "traps";
  constructor(owner: PyContext, field: "flags" | "traps") {
    this.owner = owner;
    this.field = field;
  }
  get bits(): number {
    return this.owner[this.field];
  }
}

function bitsOf(signal: Value): number {
  const found = SIGNALS.find(([t]) => t === signal);
  if (!found) {
    throw err(
      E.KeyError,
      "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]",
    );
  }
  return found[1];
}

nativeType({
  name: "SignalDict",
  module: "abc",
  bases: [mutableMapping],
  metaclass: typeOf(mutableMapping),
  host: PySignals,
  methods: {
    __getitem__: ["(self, key, /)", (d: PySignals, k: Value) => (d.bits & bitsOf(k)) !== 0],
    __setitem__: [
      "(self, key, value, /)",
      (d: PySignals, k: Value, v: Value) => {
        const bits = bitsOf(k);
        d.owner[d.field] = isTrue(v) ? d.bits | bits : d.bits & ~bits;
      },
    ],
    __delitem__: ["(self, key, /)", () => raise(E.ValueError, "signal keys cannot be deleted")],
    __len__: ["(self, /)", () => SIGNALS.length],
    __iter__: ["(self, /)", () => new TupleIterator(SIGNALS.map(([t]) => t))],
    __repr__: [
      "(self, /)",
      (d: PySignals) =>
        `{${SIGNALS.map(([t, bits]) => `${repr(t)}:${d.bits & bits ? "True" : "False"}`).join(", ")}}`,
    ],
    copy: [
      "(self, /)",
      (d: PySignals) => PyDict.from(SIGNALS.map(([t, bits]) => [t, (d.bits & bits) !== 0] as const)),
    ],
  },
});

/** Bits of a mapping or list of signals. */
function signalBits(v: Value, what: string): number {
  if (v instanceof PySignals) return v.bits;
  if (v instanceof PyDict) {
    let bits = 0;
    if (toArray(v).length !== SIGNALS.length) raise(E.KeyError, "invalid signal dict");
    for (const [t, b] of SIGNALS) if (isTrue(getItem(v, t))) bits |= b;
    return bits;
  }
  if (!(v instanceof PyList)) raise(E.TypeError, `${what} must be a list of signals or a dict`);
  return toArray(v).reduce((bits: number, s) => bits | bitsOf(s), 0);
}

// The type

function wholeIn(v: Value, low: number, high: number, message: string): number {
  const n = asInt(v);
  if (n === undefined) raise(E.TypeError, "an integer is required");
  if (n < low || n > high) raise(E.ValueError, message);
  return Number(n);
}

const LIMIT = 999999999999999999;
const setters: Readonly<Record<string, (c: PyContext, v: Value) => void>> = {
  prec: (c, v) => void (c.prec = wholeIn(v, 1, LIMIT, "valid range for prec is [1, MAX_PREC]")),
  rounding: (c, v) => void (c.rounding = toRounding(v)),
  Emin: (c, v) => void (c.Emin = wholeIn(v, -LIMIT, 0, "valid range for Emin is [MIN_EMIN, 0]")),
  Emax: (c, v) => void (c.Emax = wholeIn(v, 0, LIMIT, "valid range for Emax is [0, MAX_EMAX]")),
  capitals: (c, v) => void (c.capitals = wholeIn(v, 0, 1, "valid values for capitals are 0 or 1")),
  clamp: (c, v) => void (c.clamp = wholeIn(v, 0, 1, "valid values for clamp are 0 or 1")),
  flags: (c, v) => void (c.flags = signalBits(v, "flags")),
  traps: (c, v) => void (c.traps = signalBits(v, "traps")),
};
const FIELDS = Object.keys(setters);

/** Set what is given of prec, rounding, Emin … */
export function configure(c: PyContext, values: readonly Value[]): PyContext {
  FIELDS.forEach((f, i) => {
    const v = values[i];
    if (v !== null && v !== undefined) setters[f]!(c, v);
  });
  return c;
}

const shown = (n: number): Value =>
  Number.isSafeInteger(n)
    ? n
    : Math.abs(n) === LIMIT
      ? BigInt(Math.sign(n)) * 999999999999999999n
      : normInt(BigInt(n));
const getters: Readonly<Record<string, (c: PyContext) => Value>> = {
  prec: (c) => shown(c.prec),
  rounding: (c) => c.rounding,
  Emin: (c) => shown(c.Emin),
  Emax: (c) => shown(c.Emax),
  capitals: (c) => c.capitals,
  clamp: (c) => c.clamp,
  flags: (c) => new PySignals(c, "flags"),
  traps: (c) => new PySignals(c, "traps"),
};
export const contextGetters = Object.fromEntries(
  FIELDS.map((f) => [
    f,
    {
      get: getters[f]! as (self: never) => Value,
      set: setters[f]! as (self: never, v: Value) => void,
      delete: () => raise(E.AttributeError, "context attributes cannot be deleted"),
    },
  ]),
);

const signalList = (bits: number): PyType[] => SIGNALS.filter(([, b]) => bits & b).map(([t]) => t);
/** repr shows them in another order. */
const SHOWN: readonly string[] = [
  "Clamped",
  "InvalidOperation",
  "DivisionByZero",
  "Inexact",
  "FloatOperation",
  "Overflow",
  "Rounded",
  "Subnormal",
  "Underflow",
];
const names = (bits: number): string => {
  const set = signalList(bits).map((t) => t.name);
  return SHOWN.filter((n) => set.includes(n)).join(", ");
};
export const contextRepr = (c: PyContext): string =>
  `Context(prec=${repr(shown(c.prec))}, rounding=${c.rounding}, Emin=${repr(shown(c.Emin))}, Emax=${repr(shown(c.Emax))}, capitals=${c.capitals}, clamp=${c.clamp}, flags=[${names(c.flags)}], traps=[${names(c.traps)}])`;
export const contextState = (c: PyContext): PyTuple =>
  new PyTuple([
    shown(c.prec),
    c.rounding,
    shown(c.Emin),
    shown(c.Emax),
    c.capitals,
    c.clamp,
    new PyList(signalList(c.flags)),
    new PyList(signalList(c.traps)),
  ]);

/** `with localcontext() as c:` */
export class PyContextManager {
  declare [TYPE]: PyType;
  readonly inner: PyContext;
  saved: PyContext | undefined;
  constructor(inner: PyContext) {
    this.inner = inner;
  }
}
nativeType({
  name: "ContextManager",
  module: "decimal",
  host: PyContextManager,
  methods: {
    __enter__: [
      "(self, /)",
      (m: PyContextManager) => {
        m.saved = getContext();
        current = m.inner;
        return m.inner;
      },
    ],
    __exit__: [
      "(self, /, *args)",
      (m: PyContextManager) => {
        current = m.saved;
        return false;
      },
    ],
  },
});
