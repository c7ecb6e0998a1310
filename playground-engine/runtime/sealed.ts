// Takes away from a worker what reaches beyond it, once all that it fetches by itself is there.
//
// A program has no road to these anyway (test/engine/runtime/no-way-out.test.ts), and the worker's Content-Security-Policy forbids
// most of what they do; but not every host sends that header. Parts of the engine come by import(), which stays.
const BEYOND = [
  "fetch",
  "fetchLater",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "EventSource",
  "WebTransport",
  "RTCPeerConnection",
  "BroadcastChannel",
  "Worker",
  "SharedWorker",
  "importScripts",
  "indexedDB",
  "caches",
  "Notification",
];

export function seal(scope: object): void {
  for (let at: object | null = scope; at !== null; at = Object.getPrototypeOf(at) as object | null)
    for (const name of BEYOND) if (Object.hasOwn(at, name)) Reflect.deleteProperty(at, name);
}
