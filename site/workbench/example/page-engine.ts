// The one engine of a page's examples and exercises. It comes with the page's first script, so that the worker starts with the
// click that wants it, beside the examples' own views and not after them.
import { EngineClient } from "../../../playground-engine/runtime/client/engine-client.ts";
import { spawnEngine } from "../model/engine-worker.ts";

let engine: EngineClient | undefined;

export function client(): EngineClient {
  return (engine ??= new EngineClient(spawnEngine));
}
