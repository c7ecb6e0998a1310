// The elements of a value of the program that must be iterable, as a for loop of its language takes them: a text is its characters.
import { host, type Value } from "./host.ts";

/** @throws the host's TypeError: 'int' object is not iterable */
export function itemsOf(v: Value): Value[] {
  const items = typeof v === "string" ? v : host.iterate(v);
  if (items === undefined) throw host.error("TypeError", `'${host.typeName(v)}' object is not iterable`);
  return [...items];
}

/** Keys and values of a mapping or of pairs, as dict() takes them. @throws the host's TypeError or ValueError */
export function entriesOf(v: Value): Iterable<readonly [Value, Value]> {
  return (
    host.entries(v) ??
    itemsOf(v).map((pair, i): [Value, Value] => {
      const items = typeof pair === "string" ? pair : host.iterate(pair);
      if (!items)
        throw host.error(
          "TypeError",
          `cannot convert dictionary update sequence element #${i} to a sequence`,
        );
      const list = [...items];
      if (list.length !== 2)
        throw host.error(
          "ValueError",
          `dictionary update sequence element #${i} has length ${list.length}; 2 is required`,
        );
      return list as [Value, Value];
    })
  );
}

/** The two elements that `for a, b in …` takes apart. @throws the host's TypeError or ValueError where there are not two */
export function pairOf(v: Value): readonly [Value, Value] {
  const items = typeof v === "string" ? v : host.iterate(v);
  if (!items) throw host.error("TypeError", `cannot unpack non-iterable ${host.typeName(v)} object`);
  const list = [...items];
  if (list.length < 2)
    throw host.error("ValueError", `not enough values to unpack (expected 2, got ${list.length})`);
  if (list.length > 2) throw host.error("ValueError", "too many values to unpack (expected 2)");
  return [list[0], list[1]];
}
