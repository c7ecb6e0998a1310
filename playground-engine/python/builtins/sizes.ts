// Bytes that CPython 3.11 takes for an object, on 64 bits: what `sys.getsizeof` says and lessons on memory show.
//
// A list counts as just made, without room to grow; JavaScript's own memory is another thing.
// Behaviour: docs.python.org/3.11/library/sys.html#sys.getsizeof.
import {
  asInt,
  asStr,
  PyBytes,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from "../runtime/object.ts";
import { PyByteArray } from "./buffer.ts";
import { PyDict } from "./dict.ts";
import { PySet } from "./set.ts";
import { strLen } from "./str-index.ts";

/** Types of one size, by name; those that the collector tracks have its header of 16 in it. */
const FIXED: Readonly<Record<string, number>> = {
  NoneType: 16,
  ellipsis: 16,
  NotImplementedType: 16,
  object: 16,
  bool: 28,
  float: 24,
  complex: 32,
  range: 48,
  slice: 56,
  function: 152,
  method: 64,
  builtin_function_or_method: 72,
  module: 72,
  generator: 200,
  coroutine: 200,
  list_iterator: 48,
  tuple_iterator: 48,
  range_iterator: 32,
  enumerate: 72,
  zip: 64,
  map: 48,
  filter: 48,
  reversed: 48,
  dict_keys: 40,
  dict_values: 40,
  dict_items: 40,
  memoryview: 184,
};

function textSize(s: string): number {
  const n = strLen(s);
  let most = 0;
  for (let i = 0; i < s.length; i++) most = Math.max(most, s.charCodeAt(i));
  if (most < 0x80) return 49 + n;
  return most < 0x100 ? 73 + n : n === s.length ? 74 + 2 * n : 76 + 4 * n;
}

function dictSize(d: PyDict): number {
  if (d.size === 0) return 64;
  let log = 3;
  while (Math.floor((2 ** log * 2) / 3) < d.size) log++;
  const index = 2 ** log * (log < 8 ? 1 : log < 16 ? 2 : 4);
  return 96 + index + Math.floor((2 ** log * 2) / 3) * (d.asNamespace() ? 16 : 24);
}

function setSize(n: number): number {
  let slots = 8;
  while (n * 5 >= slots * 3) slots *= 4;
  return 200 + (slots === 8 ? 16 : slots * 16 + 16);
}

/** `sys.getsizeof(v)` where its class says nothing else. */
export function sizeOf(v: Value): number {
  const t = typeOf(v);
  const native = t.mro.find((c) => !c.heap)!;
  const own = t.heap ? 16 : 0;
  const s = asStr(v);
  if (s !== undefined) return textSize(s) + own;
  if (typeof v !== "boolean") {
    const n = asInt(v);
    if (n !== undefined) {
      const bits = (n < 0 ? -BigInt(n) : BigInt(n)).toString(2).length;
      return 24 + 4 * Math.max(1, Math.ceil(bits / 30)) + own;
    }
  }
  if (v instanceof PyList) return 56 + 8 * v.items.length + own;
  if (v instanceof PyTuple) return 40 + 8 * v.items.length + own;
  if (v instanceof PyDict) return dictSize(v) + own;
  if (v instanceof PySet) return setSize(v.size) + own;
  if (v instanceof PyBytes) return 33 + v.data.length + own;
  if (v instanceof PyByteArray) return 56 + (v.data.length > 0 ? v.data.length + 1 : 0) + own;
  if (v instanceof PyFloat) return 24 + own;
  const fixed = FIXED[native.name];
  if (!t.heap && fixed !== undefined) return fixed;
  if (v instanceof PyObject && t.heap) {
    const slots = t.mro.reduce((n, c) => n + (c.slotNames?.length ?? 0), 0);
    return t.hasDict ? 56 + 8 * slots : 32 + 8 * slots;
  }
  return fixed ?? 56;
}
