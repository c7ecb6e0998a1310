// Attributes put on classes by hand: sqlalchemy.orm.attributes.register_attribute() and its kin, by which extensions instrument
// classes that no mapper knows. Behaviour: SQLAlchemy orm/attributes.py.
import type { ImplOptions } from "../../orm/attributes/impl.ts";
import {
  registerAttributeImpl,
  registerDescriptor,
  type DescriptorOptions,
  type RegisterOptions,
} from "../../orm/attributes/register.ts";
import type { ClassRef } from "../../orm/face.ts";
import { managerOfClass, optManagerOfClass } from "../../orm/state/access.ts";
import type { StateLoader } from "../../orm/state/state.ts";
import { call2 } from "../../python/runtime/call.ts";
import { E, raise } from "../../python/runtime/exceptions.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import type { NativeMethod } from "../../python/runtime/native.ts";
import type { Kwargs, Value } from "../../python/runtime/object.ts";
import { isTrue } from "../../python/runtime/truth.ts";
import { hostFor } from "../derive.ts";
import { give } from "../modules.ts";
import { camel, toPython } from "../values.ts";

const MODULE = "sqlalchemy.orm.attributes";

/** What the impls' constructors take by name. */
const FLAGS: ReadonlySet<string> = new Set([
  "trackparent",
  "active_history",
  "load_on_unexpire",
  "send_modified_events",
]);

function implOptions(kw: Kwargs): ImplOptions {
  const options: Record<string, unknown> = {};
  for (const [name, value] of kw) {
    if (FLAGS.has(name)) options[camel(name)] = isTrue(value);
    else if (value === null) continue;
    else if (name === "compare_function")
      options.compareFunction = (a: Value, b: Value) => isTrue(call2(value, a, b));
    else if (name === "accepts_scalar_loader") options.acceptsScalarLoader = isTrue(value);
    else if (name === "parent_token" || name === "typecallable") options[camel(name)] = value;
    else raise(E.TypeError, `AttributeImpl.__init__() got an unexpected keyword argument '${name}'`);
  }
  return options;
}

function impl(cls: Value, key: string, rest: readonly Value[], kw: Kwargs): Value {
  const [uselist = false, loader = null, useobject = false, implClass = null, backref = null] = rest;
  const options: RegisterOptions = {
    ...implOptions(kw),
    uselist: isTrue(uselist),
    useobject: isTrue(useobject),
    callable_:
      loader === null
        ? null
        : (...[state, passive]: Parameters<StateLoader>) => call2(loader, toPython(state), passive),
    ...(implClass === null ? {} : { implClass: hostFor(implClass as never) as never }),
    backref: backref as string | null,
  };
  return toPython(registerAttributeImpl(cls as ClassRef, key, options));
}

function descriptor(cls: Value, key: string, comparator: Value, parententity: Value, doc: Value): Value {
  const options = { comparator, parententity, doc } as unknown as DescriptorOptions;
  return toPython(registerDescriptor(cls as ClassRef, key, options));
}

const IMPL = ["uselist", "callable_", "useobject", "impl_class", "backref"] as const;

/** The same two functions under the names of three modules; one of them says None of a class that is no mapped one. */
function bindManagerGetters(): void {
  const base = "sqlalchemy.orm.base";
  const getters = {
    manager_of_class: managerOfClass,
    opt_manager_of_class: (cls: ClassRef) => optManagerOfClass(cls) ?? null,
  };
  for (const [name, get] of Object.entries(getters)) {
    const fn = nativeFunction(name, ["(cls)", (cls: Value) => toPython(get(cls as ClassRef))], base);
    for (const module of [base, MODULE, "sqlalchemy.orm.instrumentation"]) give(`${module}.${name}`, fn);
  }
}

/** Bind what is said here. */
export function bindInstrumentation(): void {
  bindManagerGetters();
  const functions: Record<string, NativeMethod> = {
    register_attribute: [
      "(class_, key, *, comparator, parententity, doc=None, **kw)",
      (cls: Value, key: string, comparator: Value, parententity: Value, doc: Value, kw: Kwargs): Value => {
        const made = descriptor(cls, key, comparator, parententity, doc);
        const others = new Map([...kw].filter(([name]) => !(IMPL as readonly string[]).includes(name)));
        impl(
          cls,
          key,
          IMPL.map((name) => kw.get(name) as Value),
          others,
        );
        return made;
      },
    ],
    register_attribute_impl: [
      "(class_, key, uselist=False, callable_=None, useobject=False, impl_class=None, backref=None, **kw)",
      (cls: Value, key: string, ...rest: Value[]): Value =>
        impl(cls, key, rest.slice(0, -1), rest.at(-1) as unknown as Kwargs),
    ],
    register_descriptor: ["(class_, key, *, comparator, parententity, doc=None)", descriptor as never],
    unregister_attribute: [
      "(class_, key)",
      (cls: Value, key: string): null => {
        managerOfClass(cls as ClassRef).uninstrumentAttribute(key);
        return null;
      },
    ],
  } as Record<string, NativeMethod>;
  for (const [name, fn] of Object.entries(functions))
    give(`${MODULE}.${name}`, () => nativeFunction(name, fn, MODULE));
}
