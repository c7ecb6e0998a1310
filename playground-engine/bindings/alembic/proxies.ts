// `alembic.op` and `alembic.context`: proxies of what stands behind them while env.py runs.
import * as room from "../../migrations/index.ts";
import * as api from "../api/alembic.ts";
import { getAttr, getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { E, raise } from "../../python/runtime/exceptions.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { importModule, type PyModule } from "../../python/runtime/modules.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import type { Kwargs, Namespace, Value } from "../../python/runtime/object.ts";
import { extend } from "../define.ts";
import { give } from "../modules.ts";

type Proxied = "op" | "context";
const ROLES = { op: "operations", context: "environment" } as const;

const namesOf = (module: Proxied): Namespace => (importModule(`alembic.${module}`) as PyModule).dict;

/** What stands behind the module: what a program set as its `_proxy`, else what runs; undefined where nothing ever did. */
function behindOf(module: Proxied): Value | undefined {
  const own = namesOf(module).get("_proxy");
  if (own !== undefined) return own;
  const running = room.current[ROLES[module]] as Value;
  return running !== null || room.current.seen[ROLES[module]] ? running : undefined;
}

/** A name of `alembic.op` or `alembic.context`: the attribute of what stands behind it. */
function proxy(module: Proxied, name: string): Value {
  return nativeFunction(
    name,
    [
      "(*args, **kw)",
      ((args: Value[], kw: Kwargs) => {
        const behind = behindOf(module);
        if (behind === undefined) {
          const which = module === "op" ? "Operations" : "EnvironmentContext";
          raise(
            E.NameError,
            `Can't invoke function '${name}', as the proxy object has not yet been established for the Alembic '${which}' class.  Try placing this code inside a callable.`,
          );
        }
        return call(getAttr(behind, name), args, kw);
      }) as NativeMethod[1],
    ],
    `alembic.${module}`,
  );
}

export function bindProxies(): void {
  for (const [qualified] of api.functions) {
    const m = /^alembic\.(op|context)\.(\w+)$/.exec(qualified);
    if (m) give(qualified, () => proxy(m[1] as Proxied, m[2]!));
  }
  // context.config, and operations that a program registered
  for (const module of ["op", "context"] as const)
    give(`alembic.${module}.__getattr__`, () =>
      nativeFunction(
        "__getattr__",
        method("(name)", (name: string) => {
          const behind = behindOf(module);
          const found =
            name === "_proxy"
              ? behind
              : behind === undefined || behind === null || name.startsWith("__")
                ? undefined
                : getAttrOrUndefined(behind, name);
          if (found === undefined)
            raise(E.AttributeError, `module 'alembic.${module}' has no attribute '${name}'`);
          return found;
        }),
      ),
    );
  room.current.onChange = (which) => {
    namesOf(which === "operations" ? "op" : "context").delete("_proxy");
  };
  const standBehind = (cls: string, module: Proxied): void => {
    extend(cls, {
      methods: {
        _install_proxy: method("(self)", (self: Value) => {
          room.current[ROLES[module]] = self as never;
        }),
        _remove_proxy: method("(self)", () => {
          room.current[ROLES[module]] = null;
        }),
      },
    });
  };
  standBehind("alembic.operations.base.AbstractOperations", "op");
  standBehind("alembic.runtime.environment.EnvironmentContext", "context");
}
