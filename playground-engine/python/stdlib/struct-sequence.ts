// Tuples with named positions, as the library's C modules return them: time.struct_time, os.stat_result.
// Behaviour: docs.python.org/3.11/library/time.html#time.struct_time, os.html#os.stat_result.
import { E, raise } from "../runtime/exceptions.ts";
import { toArray } from "../runtime/iteration.ts";
import { nativeType } from "../runtime/native-type.ts";
import { PyTuple, type PyType, TYPE, type Value } from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { tupleType } from "../builtins/list-type.ts";

export interface StructSequence {
  readonly type: PyType;
  /** An instance with these values: first the positions, then the fields that have a name only. */
  make(values: readonly Value[]): PyTuple;
}

const hidden = new WeakMap<PyTuple, readonly Value[]>();

/** `fields` are positions; `extra` can be read by name only. */
export function structSequence(
  module: string,
  name: string,
  fields: readonly string[],
  extra: readonly string[] = [],
): StructSequence {
  const getters = Object.fromEntries([
    ...fields.map((f, i) => [f, (self: PyTuple): Value => self.items[i] ?? null] as const),
    ...extra.map((f, i) => [f, (self: PyTuple): Value => hidden.get(self)?.[i] ?? null] as const),
  ]);
  const make = (values: readonly Value[]): PyTuple => {
    const t = new PyTuple(values.slice(0, fields.length));
    t[TYPE] = type;
    if (values.length > fields.length) hidden.set(t, values.slice(fields.length));
    return t;
  };
  const type: PyType = nativeType({
    name,
    module,
    dotted: true,
    bases: [tupleType],
    final: true,
    getters,
    members: {
      n_fields: fields.length + extra.length,
      n_sequence_fields: fields.length,
      n_unnamed_fields: 0,
      __match_args__: new PyTuple(fields),
    },
    new: [
      "(cls, sequence, dict=None, /)",
      (_cls: PyType, sequence: Value) => {
        const items = toArray(sequence);
        if (items.length < fields.length)
          raise(
            E.TypeError,
            `${module}.${name}() takes ${extra.length > 0 ? "an at least " : "a "}${fields.length}-sequence (${items.length}-sequence given)`,
          );
        if (items.length > fields.length + extra.length)
          raise(
            E.TypeError,
            `${module}.${name}() takes ${extra.length > 0 ? "an at most " : "a "}${fields.length + extra.length}-sequence (${items.length}-sequence given)`,
          );
        return make(items);
      },
    ],
    methods: {
      __repr__: [
        "(self, /)",
        (self: PyTuple) =>
          `${module}.${name}(${fields.map((f, i) => `${f}=${repr(self.items[i] ?? null)}`).join(", ")})`,
      ],
      __reduce__: [
        "(self, /)",
        (self: PyTuple) => new PyTuple([type, new PyTuple([new PyTuple(self.items)])]),
      ],
    },
  });
  return { type, make };
}
