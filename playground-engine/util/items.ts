// The elements of a value of the program that must be iterable, as a for loop of its language takes them: a text is its characters.
import { host, type Value } from "./host.ts";

/** @throws the host's TypeError: 'int' object is not iterable */
export function itemsOf(v: Value): Value[] {
  const items = typeof v === "string" ? v : host.iterate(v);
  if (items === undefined) throw host.error("TypeError", `'${host.typeName(v)}' object is not iterable`);
  return [...items];
}

/** Keys and values of a mapping or of pairs. @throws the host's TypeError: 'int' object is not iterable */
export function entriesOf(v: Value): Iterable<readonly [Value, Value]> {
  return host.entries(v) ?? (itemsOf(v).map((pair) => itemsOf(pair)) as [Value, Value][]);
}
