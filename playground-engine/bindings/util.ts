// sqlalchemy.util for Python, beyond the collections that the tables have: a part that is loaded when a program names it (runtime/parts.ts).
import { awaitOnly, greenletSpawning } from "../engine/greenlet.ts";
import { importModule } from "../python/runtime/modules.ts";
import { nativeFunction } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import type { Namespace, Value } from "../python/runtime/object.ts";
import { runPython } from "../python/stdlib/python-source.ts";
import { spawn } from "./greenlets.ts";
import { defineModules, give, resolve } from "./modules.ts";
import { UTIL } from "./sqlalchemy/util-source.ts";

/** Where each name lives. All but those of topological are in sqlalchemy.util as well. */
const HOMES: Readonly<Record<string, string>> = {
  langhelpers:
    "generic_fn_descriptor memoized_property non_memoized_property memoized_instancemethod classproperty hybridproperty hybridmethod " +
    "asbool bool_or_str asint coerce_kw_type constructor_key counter duck_type_collection class_hierarchy walk_subclasses " +
    "method_is_overridden get_cls_kwargs safe_reraise warn warn_deprecated dictlike_iteritems generic_repr symbol NoneType",
  _collections:
    "OrderedSet EMPTY_DICT EMPTY_SET NONE_SET column_set column_dict ordered_column_set to_list to_set to_column_set has_intersection has_dupes " +
    "update_copy flatten_iterator unique_list coerce_generator_arg PopulateDict UniqueAppender LRUCache",
  topological: "sort sort_as_subsets find_cycles",
  concurrency: "greenlet_spawn await_only await_fallback in_greenlet have_greenlet",
};

const native = (name: string, signature: string, fn: (...args: never[]) => Value): Value =>
  nativeFunction(name, [signature, fn as NativeMethod[1]], "sqlalchemy.util.concurrency");

/** What the Python source takes from elsewhere. */
function given(): Record<string, Value> {
  const out: Record<string, Value> = {
    greenlet_spawn: spawn,
    may_wait: native("may_wait", "()", () => {
      awaitOnly();
      return null;
    }),
    in_greenlet: native("in_greenlet", "()", () => greenletSpawning()),
    exc: importModule("sqlalchemy.exc"),
    immutabledict: resolve("sqlalchemy.util._py_collections.immutabledict")!,
  };
  for (const name of ["collections", "functools", "inspect", "itertools", "sys", "types", "warnings"])
    out[name] = importModule(name);
  importModule("collections.abc");
  return out;
}

/** After bindEverything, once a realm. */
export function bindUtil(): void {
  let ns: Namespace | undefined;
  const read = (name: string): Value =>
    (ns ??= runPython("sqlalchemy.util.langhelpers", UTIL, given())).get(name)!;
  for (const [home, names] of Object.entries(HOMES)) {
    for (const name of names.split(" ")) {
      give(`sqlalchemy.util.${home}.${name}`, () => read(name));
      if (home !== "topological") give(`sqlalchemy.util.${name}`, () => read(name));
    }
    defineModules({ [`sqlalchemy.util.${home}`]: names });
  }
}
