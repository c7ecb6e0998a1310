// The engine's worker: loads SQLite, answers the page's requests (protocol.ts).
import { loadDriver } from "../driver/index.ts";
import wasmUrl from "sql.js/dist/sql-wasm.wasm?url";
import { loadModulesFor } from "./parts.ts";
import { Engine } from "./program.ts";
import type { Report, Request } from "./protocol.ts";
import { seal } from "./sealed.ts";
import { Service } from "./service.ts";

const scope = self as unknown as {
  postMessage(m: Report): void;
  onmessage: ((m: MessageEvent<Request>) => void) | null;
};
const tell = (r: Report): void => scope.postMessage(r);

/** There once SQLite runs; a worker that could not boot answers nothing more. */
const booting = Promise.withResolvers<Service>();
/** Requests are done one after the other: a question that waits for a part does not let a run overtake it. */
let last: Promise<unknown> = booting.promise;

async function boot(wasm: WebAssembly.Module | undefined): Promise<void> {
  const started = performance.now();
  try {
    tell({ type: "progress", stage: "sqlite", done: 0.5 });
    const driver = await loadDriver(wasm ?? wasmUrl);
    const service = new Service(new Engine(driver), tell);
    seal(self);
    tell({
      type: "ready",
      milliseconds: performance.now() - started,
      versions: { sqlite: driver.sqliteVersion, sqlalchemy: "2.0.52", alembic: "1.19.1", python: "3.11" },
    });
    booting.resolve(service);
  } catch (e) {
    tell({ type: "failed", stage: "sqlite", message: e instanceof Error ? e.message : String(e) });
  }
}

scope.onmessage = ({ data: request }) => {
  if (request.type === "boot") {
    void boot(request.wasm);
    return;
  }
  // fetched while SQLite starts, and again with the run where it fails
  if (request.type === "run" && request.program.kind === "cells")
    loadModulesFor(request.program.cells.map((c) => c.source)).catch(() => undefined);
  last = last.then(async () => (await booting.promise).handle(request));
};
