// Attributes and items of the program's objects, as extensions use them: by the language's own protocol.
import { host, type Kwargs, type Value } from "../../util/host.ts";

/** `getattr(v, name)` @throws the host's AttributeError */
export function getAttribute(v: Value, name: string): Value {
  const found = host.getAttribute(v, name);
  if (found === undefined) throw host.noAttribute(v, name);
  return found;
}

/** `v.name(*args, **kwargs)` */
export function callMethod(v: Value, name: string, args: readonly Value[] = [], kwargs?: Kwargs): Value {
  return host.call(getAttribute(v, name), args, kwargs);
}

export const setItem = (v: Value, key: Value, value: Value): void =>
  void callMethod(v, "__setitem__", [key, value]);
export const deleteItem = (v: Value, key: Value): void => void callMethod(v, "__delitem__", [key]);
export const lengthOf = (v: Value): number => Number(callMethod(v, "__len__"));
export const containsItem = (v: Value, item: Value): boolean =>
  host.isTrue(callMethod(v, "__contains__", [item]));
export const deleteAttribute = (v: Value, name: string): void => void callMethod(v, "__delattr__", [name]);
