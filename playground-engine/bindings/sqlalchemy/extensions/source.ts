// How an extension is bound: classes that programs derive from are written in Python, with a few functions of the engine (orm/ext).
import { nativeFunction } from "../../../python/runtime/native-function.ts";
import type { NativeMethod } from "../../../python/runtime/native.ts";
import type { Namespace, Value } from "../../../python/runtime/object.ts";
import { runPython } from "../../../python/stdlib/python-source.ts";
import { give } from "../../modules.ts";
import { toPython } from "../../values.ts";

/** A method that gives what the engine's function gives. */
export const engineMethod = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  ((...args: never[]) => toPython(fn(...args))) as NativeMethod[1],
];
export const functions = (
  table: Readonly<Record<string, NativeMethod>>,
  module?: string,
): Record<string, Value> =>
  Object.fromEntries(Object.entries(table).map(([name, m]) => [name, nativeFunction(name, m, module)]));

/** Names of a module that a piece of Python source defines. */
export function giveSource(
  module: string,
  source: string,
  names: readonly string[],
  given: () => Record<string, Value>,
): void {
  let ns: Namespace | undefined;
  for (const name of names)
    give(`${module}.${name}`, () => (ns ??= runPython(module, source, given())).get(name)!);
}
