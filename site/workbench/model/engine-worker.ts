// The engine's worker, spawned in one place: a second `new Worker` of the same script would be a second bundle.

/** A worker that runs playground-engine/runtime/worker.ts, to be spoken to by an EngineClient. */
export const spawnEngine = (): Worker =>
  new Worker(new URL("../../../playground-engine/runtime/worker.ts", import.meta.url), { type: "module" });
