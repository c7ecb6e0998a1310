// Mistakes in a program that parses: what CPython's compiler reports before any of it runs.
import type { Mod } from "../ast.ts";
import type { Future } from "./future.ts";
import { futureOf } from "./future.ts";
import { checkPlacement } from "./placement.ts";
import { checkScopes } from "./scopes.ts";

/**
 * Finds the first mistake the compiler would report, if any. Lines of text are not quoted: CPython takes them from the
 * file, so the runtime has to fill them in where there is one.
 * @param inherited features the compiling program had switched on itself (exec and compile pass them on)
 * @throws PySyntaxError
 */
export function check(module: Mod, inherited: { annotations?: boolean } = {}): Future {
  const future = futureOf(module);
  if (inherited.annotations === true) future.annotations = true;
  const scopes = checkScopes(module, future.annotations);
  checkPlacement(module, scopes, future);
  return future;
}
