// `alembic.op` and `alembic.context`: proxies of what stands behind them while env.py runs.
import * as room from "../../migrations/index.ts";
import * as api from "../api/alembic.ts";
import { getAttr, getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { E, raise } from "../../python/runtime/exceptions.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import type { Kwargs, Value } from "../../python/runtime/object.ts";
import { give } from "../modules.ts";

/** A name of `alembic.op` or `alembic.context`: the attribute of what stands behind it. */
function proxy(module: "op" | "context", name: string): Value {
  return nativeFunction(
    name,
    [
      "(*args, **kw)",
      ((args: Value[], kw: Kwargs) => {
        const behind = module === "op" ? room.current.operations : room.current.environment;
        if (behind === null) {
          if (room.current.seen[module === "op" ? "operations" : "environment"])
            raise(E.AttributeError, `'NoneType' object has no attribute '${name}'`);
          const which = module === "op" ? "Operations" : "EnvironmentContext";
          raise(
            E.NameError,
            `Can't invoke function '${name}', as the proxy object has not yet been established for the Alembic '${which}' class.  Try placing this code inside a callable.`,
          );
        }
        return call(getAttr(behind as Value, name), args, kw);
      }) as NativeMethod[1],
    ],
    `alembic.${module}`,
  );
}

export function bindProxies(): void {
  for (const [qualified] of api.functions) {
    const m = /^alembic\.(op|context)\.(\w+)$/.exec(qualified);
    if (m) give(qualified, () => proxy(m[1] as "op" | "context", m[2]!));
  }
  // context.config, and operations that a program registered
  for (const module of ["op", "context"] as const)
    give(`alembic.${module}.__getattr__`, () =>
      nativeFunction(
        "__getattr__",
        method("(name)", (name: string) => {
          const behind = (module === "op" ? room.current.operations : room.current.environment) as Value;
          const found =
            behind === null || name.startsWith("__") ? undefined : getAttrOrUndefined(behind, name);
          return found ?? raise(E.AttributeError, `module 'alembic.${module}' has no attribute '${name}'`);
        }),
      ),
    );
}
