// What an enumeration keeps of its members, under CPython's names in the class dictionary, as TypeScript reads it.
import { getAttr } from "../runtime/attributes.ts";
import { asInt, dictOf, PyList, type PyType, type Value } from "../runtime/object.ts";
import { PyDict } from "../builtins/dict.ts";
import { andInt, type Int, subInt } from "../builtins/int-math.ts";

export function mapOf(cls: PyType, name: "_member_map_" | "_value2member_map_"): PyDict | undefined {
  const m = cls.lookup(name);
  return m instanceof PyDict ? m : undefined;
}

/** Names of the members that are no aliases, in order. */
export function memberNames(cls: PyType): readonly string[] {
  const l = cls.lookup("_member_names_");
  return l instanceof PyList ? (l.items as string[]) : [];
}

/** The members that are no aliases, in order. */
export function canonicalMembers(cls: PyType): Value[] {
  const map = mapOf(cls, "_member_map_");
  return memberNames(cls).map((n) => map!.get(n)!);
}

export const valueOf = (member: Value): Value => dictOf(member)?.get("_value_") ?? getAttr(member, "_value_");
export const nameOf = (member: Value): Value => dictOf(member)?.get("_name_") ?? null;

/** A class attribute that is an int: the masks of a Flag. */
export function maskOf(cls: PyType, name: "_flag_mask_" | "_singles_mask_" | "_all_bits_"): Int {
  return asInt(cls.lookup(name) ?? 0) ?? 0;
}

export function isSingleBit(n: Int): boolean {
  return n > 0 && andInt(n, subInt(n, 1)) === 0;
}

/** Whether a Flag's boundary is the one of that name. */
export function isBoundary(cls: PyType, name: string): boolean {
  return nameOf(cls.lookup("_boundary_") ?? null) === name;
}
