// The engine's worker, spawned in one place: a second `new Worker` of the same script would be a second bundle.
import wasmUrl from "sql.js/dist/sql-wasm.wasm?url";
import type { Request } from "../../../playground-engine/runtime/protocol.ts";

let sqlite: Promise<WebAssembly.Module | undefined> | undefined;

/**
 * SQLite, fetched and compiled while the worker still reads its script, once for all workers of the page. Undefined where the
 * page could not have it: the worker then tries for itself, and says what is wrong.
 */
const compiled = (): Promise<WebAssembly.Module | undefined> =>
  (sqlite ??= WebAssembly.compileStreaming(fetch(wasmUrl)).catch(() => (sqlite = undefined)));

/** A worker that runs playground-engine/runtime/worker.ts and is booting, to be spoken to by an EngineClient. */
export function spawnEngine(): Worker {
  const worker = new Worker(new URL("../../../playground-engine/runtime/worker.ts", import.meta.url), {
    type: "module",
  });
  void compiled().then((wasm) => worker.postMessage({ type: "boot", wasm } satisfies Request));
  return worker;
}
