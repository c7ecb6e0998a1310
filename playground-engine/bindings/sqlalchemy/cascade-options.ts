// Cascades as programs see them: a frozen set of names that says each of them by an attribute, too.
import { CascadeOptions } from "../../orm/props/cascades.ts";
import { frozenSetType } from "../../python/builtins/set-type.ts";
import { PyFrozenSet } from "../../python/builtins/index.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { method, type NativeGetter } from "../../python/runtime/native.ts";
import { type PyType, TYPE, type Typed, type Value } from "../../python/runtime/object.ts";
import { repr } from "../../python/runtime/repr.ts";
import { give } from "../modules.ts";
import { ownForms } from "../values.ts";

const NAMES = ["save-update", "delete", "refresh-expire", "merge", "expunge", "delete-orphan"] as const;

/** One value for each of the engine's: `relationship.cascade is relationship.cascade`. */
const made = new WeakMap<CascadeOptions, Value>();

/** Bind what is said here. */
export function bindCascadeOptions(): void {
  const of = (options: CascadeOptions, cls: PyType): Value => {
    const set = new PyFrozenSet([...options]);
    (set as Typed)[TYPE] = cls;
    return set;
  };
  const type = nativeType({
    name: "CascadeOptions",
    module: "sqlalchemy.orm.util",
    bases: [frozenSetType],
    new: method("(cls, value_list)", (cls: PyType, given: Value) => of(new CascadeOptions(given), cls)),
    getters: Object.fromEntries(
      NAMES.map((name) => [
        name.replace("-", "_"),
        { get: (self: PyFrozenSet) => self.has(name) } as NativeGetter,
      ]),
    ),
    methods: {
      __repr__: method(
        "(self)",
        (self: PyFrozenSet) => `CascadeOptions(${repr((self.items() as string[]).sort().join(","))})`,
      ),
    },
    classMethods: {
      from_string: method("(cls, arg)", (cls: PyType, text: Value) => of(new CascadeOptions(text), cls)),
    },
  });
  give("sqlalchemy.orm.util.CascadeOptions", type);
  ownForms.cascades = (options) => {
    let value = made.get(options);
    if (value === undefined) made.set(options, (value = of(options, type)));
    return value;
  };
}
