// The service worker: what was visited once, and the engine, work without a network. It asks nobody but this site.
//
// Files below _astro/ carry their content in their names: from the cache if they are there. Pages and the rest come from the
// network, and from the cache where that fails. A new version waits until no page of the old one is open, so that no page
// looks for files that are gone.
interface Precache {
  /** Changes with every build that changes a file. */
  readonly version: string;
  /** Relative to the site's root: the engine and what pages load on demand. */
  readonly files: readonly string[];
}

/** Put in when the site is built (site/offline/integration.ts). */
declare const PRECACHE: Precache;

interface WorkerEvent {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchLike extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface MessageLike extends WorkerEvent {
  readonly data: { readonly type?: string; readonly urls?: readonly string[] } | null;
}
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listener: (e: WorkerEvent) => void): void;
  addEventListener(type: "fetch", listener: (e: FetchLike) => void): void;
  addEventListener(type: "message", listener: (e: MessageLike) => void): void;
}

const scope = self as unknown as Scope;
const root = scope.registration.scope;
/** Files whose names say their content: kept from version to version. */
const ASSETS = "mapped-assets";
const PAGES = "mapped-pages";

const isAsset = (url: string): boolean => url.startsWith(`${root}_astro/`);

async function keep(name: string, url: string): Promise<void> {
  const cache = await caches.open(name);
  if (isAsset(url) && (await cache.match(url))) return;
  const response = await fetch(url);
  if (response.ok && !response.redirected) await cache.put(url, response);
}

scope.addEventListener("install", (e) => {
  e.waitUntil(
    (async () => {
      for (const file of PRECACHE.files) await keep(ASSETS, root + file);
    })(),
  );
});

scope.addEventListener("activate", (e) => {
  e.waitUntil(
    (async () => {
      const cache = await caches.open(ASSETS);
      const wanted = new Set(PRECACHE.files.map((f) => root + f));
      // of another version: what this one needs it has fetched, the rest comes when it is asked for
      for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
      await scope.clients.claim();
    })(),
  );
});

// what a page had loaded before this worker was there to see it
scope.addEventListener("message", (e) => {
  const { type, urls } = e.data ?? {};
  if (type !== "visited" || !urls) return;
  e.waitUntil(
    Promise.all(
      urls
        .filter((url) => url.startsWith(root))
        .map((url) => keep(isAsset(url) ? ASSETS : PAGES, url.replace(/[?#].*$/, "")).catch(() => undefined)),
    ),
  );
});

scope.addEventListener("fetch", (e) => {
  const { request } = e;
  if (request.method !== "GET" || !request.url.startsWith(root)) return;
  e.respondWith(isAsset(request.url) ? asset(request) : page(request));
});

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(PAGES);
  const address = request.url.replace(/[?#].*$/, "");
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await cache.put(address, response.clone());
    return response;
  } catch (e) {
    const kept = await cache.match(address);
    if (kept) return kept;
    if (request.mode !== "navigate") throw e;
    return absent(cache);
  }
}

/** A page that was never visited: says so, and what is there. */
async function absent(cache: Cache): Promise<Response> {
  const pages = (await cache.keys()).map((r) => r.url).filter((url) => url.endsWith("/"));
  const links = pages.map(
    (url) => `<li><a href="${url}">${escaped(url.slice(root.length) || "Home")}</a></li>`,
  );
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Offline · Mapped</title><style>body{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}</style>
<main><h1>There is no connection</h1><p>This page was not visited before, so it is not here. These are:</p><ul>${links.join("")}</ul></main></html>`;
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

function escaped(text: string): string {
  return decodeURIComponent(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
