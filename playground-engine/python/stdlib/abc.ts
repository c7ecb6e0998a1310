// The module abc: abstract base classes.
// Behaviour: docs.python.org/3.11/library/abc.html.
import { getAttr, getAttrOrUndefined, setAttr } from "../runtime/attributes.ts";
import { typeType } from "../runtime/base-types.ts";
import { callN } from "../runtime/call.ts";
import { PyClassMethod, propertyType, PyStaticMethod } from "../runtime/descriptors.ts";
import { E, raise } from "../runtime/exceptions.ts";
import { PyFunction } from "../runtime/function.ts";
import { toArray } from "../runtime/iteration.ts";
import { defineModule } from "../runtime/modules.ts";
import { PyBuiltin } from "../runtime/native-function.ts";
import {
  asStr,
  dictOf,
  type Kwargs,
  type Namespace,
  NotImplemented,
  PyType,
  TYPE,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { newType } from "../runtime/type-type.ts";
import { late } from "../runtime/late.ts";
import { isSubclassCheck } from "../builtins/class-checks.ts";
import { PyFrozenSet } from "../builtins/set.ts";
import { makeClass } from "./make-class.ts";

/** Native methods that only stand for what a subclass must define. */
const abstractBuiltins = new WeakSet<PyBuiltin>();

function isAbstractMember(v: Value): boolean {
  if (typeof v !== "object" || v === null) return false;
  if (v instanceof PyBuiltin) return abstractBuiltins.has(v);
  if (v instanceof PyFunction) return dictOf(v)?.get("__isabstractmethod__") === true;
  if (v instanceof PyType) return false;
  const mark = getAttrOrUndefined(v, "__isabstractmethod__");
  return mark !== undefined && isTrue(mark);
}

/** Names of methods that the class still has to define. */
function abstractNames(cls: PyType): string[] {
  const names = new Set<string>();
  for (const [n, v] of cls.dict) if (isAbstractMember(v)) names.add(n);
  for (const b of cls.bases) {
    const inherited = b.lookup("__abstractmethods__");
    if (inherited === undefined) continue;
    for (const n of toArray(inherited)) {
      const v = cls.lookup(asStr(n)!);
      if (v !== undefined && isAbstractMember(v)) names.add(asStr(n)!);
    }
  }
  return [...names];
}

export function updateAbstract(cls: PyType): PyType {
  cls.setAttr("__abstractmethods__", new PyFrozenSet(abstractNames(cls)));
  return cls;
}

interface Registry {
  readonly classes: Set<PyType>;
  /** Answers of issubclass, good until something is registered anywhere. */
  readonly known: Map<PyType, boolean>;
  token: number;
}
const registries = new WeakMap<PyType, Registry>();
let token = 0;

/** Changes with every registration: answers that were kept by it are good no more. */
export const registrations = (): number => token;

function registryOf(cls: PyType): Registry {
  let r = registries.get(cls);
  if (!r) registries.set(cls, (r = { classes: new Set(), known: new Map(), token }));
  return r;
}

/** Set while a class asks others to answer for it: a protocol then declines where it would else refuse to be asked. */
export const within = { abc: false };

export function asking<T>(ask: () => T): T {
  const before = within.abc;
  within.abc = true;
  try {
    return ask();
  } finally {
    within.abc = before;
  }
}

export function register(cls: PyType, sub: Value): Value {
  if (!(sub instanceof PyType)) raise(E.TypeError, "Can only register classes");
  if (asking(() => isSubclassCheck(sub, cls))) return sub;
  if (asking(() => isSubclassCheck(cls, sub)))
    raise(E.RuntimeError, "Refusing to create an inheritance cycle");
  registryOf(cls).classes.add(sub);
  token++;
  return sub;
}

function abcSubclass(cls: PyType, sub: Value): boolean {
  if (!(sub instanceof PyType)) raise(E.TypeError, "issubclass() arg 1 must be a class");
  const r = registryOf(cls);
  if (r.token !== token) {
    for (const [t, yes] of r.known) if (!yes) r.known.delete(t);
    r.token = token;
  }
  const known = r.known.get(sub);
  if (known !== undefined) return known;
  const answer = ask(cls, sub, r);
  r.known.set(sub, answer);
  return answer;
}

function ask(cls: PyType, sub: PyType, r: Registry): boolean {
  const hook = callN(getAttr(cls, "__subclasshook__"), [sub]);
  if (hook !== NotImplemented) return isTrue(hook);
  if (sub.mro.includes(cls)) return true;
  return asking(() => [...r.classes, ...cls.subclasses].some((c) => isSubclassCheck(sub, c)));
}

export const abcMeta: PyType = makeClass({
  name: "ABCMeta",
  module: "abc",
  doc: "The metaclass of abstract base classes.",
  bases: [typeType],
  new: [
    "(mcls, name, bases, namespace, /, **kwargs)",
    (meta: PyType, name: Value, bases: Value, ns: Value, kwargs: Kwargs) =>
      updateAbstract(
        newType(
          meta,
          asStr(name)!,
          toArray(bases),
          new Map(late.namespaceOf(ns) ?? new Map<string, Value>()),
          kwargs,
        ),
      ),
  ],
  init: ["(cls, /, *args, **kwargs)", () => undefined],
  methods: {
    register: ["(cls, subclass)", register, "Count a class as a subclass of this one."],
    __instancecheck__: [
      "(cls, instance)",
      (cls: PyType, v: Value) => {
        if (abcSubclass(cls, typeOf(v))) return true;
        const c = getAttrOrUndefined(v, "__class__");
        return c instanceof PyType && c !== typeOf(v) && isSubclassCheck(c, cls);
      },
    ],
    __subclasscheck__: ["(cls, subclass)", abcSubclass],
    _dump_registry: ["(cls, file=None)", () => undefined],
  },
});
abcMeta.dict.delete("__dict__");

const abcClass = makeAbc({
  name: "ABC",
  module: "abc",
  doc: "A base class whose metaclass is ABCMeta.",
  hasDict: false,
});

/** An abstract base class made of a table. `abstract` are the names a subclass must define. */
export function makeAbc(
  spec: Parameters<typeof makeClass>[0] & { readonly abstract?: readonly string[] },
): PyType {
  const { abstract, ...rest } = spec;
  const cls = makeClass({ ...rest, metaclass: spec.metaclass ?? abcMeta });
  for (const n of abstract ?? []) {
    if (cls.dict.has(n)) {
      abstractBuiltins.add(cls.dict.get(n) as PyBuiltin);
      continue;
    }
    const f = new PyBuiltin(n, ["(self, /, *args, **kwargs)", () => null], "method", cls, null, "python");
    abstractBuiltins.add(f);
    cls.dict.set(n, f);
  }
  return updateAbstract(cls);
}

function abstractmethod(f: Value): Value {
  setAttr(f, "__isabstractmethod__", true);
  return f;
}

/** A deprecated decorator that marks what it makes. */
function marked(name: string, base: PyType): PyType {
  const ns: Namespace = new Map<string, Value>([
    ["__module__", "abc"],
    ["__isabstractmethod__", true],
  ]);
  return newType(typeType, name, [base], ns, new Map());
}

defineModule("abc", () => ({
  name: "abc",
  doc: "Abstract base classes.",
  functions: {
    abstractmethod: ["(funcobj)", abstractmethod, "Decorator: a subclass must define this method."],
    get_cache_token: ["()", registrations],
    update_abstractmethods: [
      "(cls)",
      (cls: Value) =>
        cls instanceof PyType && cls.lookup("__abstractmethods__") !== undefined ? updateAbstract(cls) : cls,
      "Count again what is abstract in a class.",
    ],
  },
  members: {
    ABCMeta: abcMeta,
    ABC: abcClass,
    abstractproperty: () => marked("abstractproperty", propertyType),
    abstractclassmethod: () => marked("abstractclassmethod", PyClassMethod.prototype[TYPE]),
    abstractstaticmethod: () => marked("abstractstaticmethod", PyStaticMethod.prototype[TYPE]),
  },
}));
