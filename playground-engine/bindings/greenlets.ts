// greenlet_spawn() as programs name it: a function that runs where an asynchronous driver may be used (engine/greenlet.ts).
import { greenletSpawn } from "../engine/greenlet.ts";
import { call } from "../python/runtime/call.ts";
import { nativeFunction } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import type { Kwargs, Value } from "../python/runtime/object.ts";

export const spawn = nativeFunction(
  "greenlet_spawn",
  [
    "(fn, /, *args, **kwargs)",
    ((fn: Value, args: Value[], kwargs: Kwargs) =>
      greenletSpawn(() => call(fn, args, kwargs.size ? kwargs : undefined))) as NativeMethod[1],
  ],
  "sqlalchemy.util.concurrency",
);
