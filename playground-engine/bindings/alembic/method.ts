// How the bindings of Alembic write a method.
import type { NativeMethod } from "../../python/runtime/native.ts";

/** A method by its signature and what it does. */
export const method = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  fn as NativeMethod[1],
];
