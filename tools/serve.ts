// A static server for the built site, as plain as a file host: right content types, text compressed, 404 page, nothing else.
import { createServer, type Server } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { isEngineWorker, workerPolicy } from "../site/security/policy.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

async function fileFor(root: string, path: string): Promise<string | undefined> {
  const full = join(root, normalize(decodeURIComponent(path)));
  if (!full.startsWith(normalize(root))) return undefined;
  for (const candidate of [full, join(full, "index.html"), `${full}.html`]) {
    const s = await stat(candidate).catch(() => undefined);
    if (s?.isFile()) return candidate;
  }
  return undefined;
}

const COMPRESSED = /^(text\/|application\/(json|wasm|xml|manifest)|image\/svg)/;

/**
 * Serve a folder on localhost.
 * @param port 0 takes a free one; a taken port tries the next ten
 * @param base the path that the folder is served below; there is nothing beside it
 */
export async function serveSite(
  root: string,
  port: number,
  base = "/",
): Promise<{ readonly url: string; readonly server: Server }> {
  const compressed = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      const file = path.startsWith(base) ? await fileFor(root, path.slice(base.length - 1)) : undefined;
      const type = file ? (TYPES[extname(file)] ?? "application/octet-stream") : "text/html; charset=utf-8";
      const zipped =
        file && COMPRESSED.test(type) && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
      const known = zipped ? compressed.get(file) : undefined;
      const plain =
        known ?? (await readFile(file ?? join(root, "404.html")).catch(() => Buffer.from("not found")));
      const body = zipped && !known ? gzipSync(plain) : plain;
      if (zipped) compressed.set(file, body);
      response.writeHead(file ? 200 : 404, {
        "content-type": type,
        ...(zipped ? { "content-encoding": "gzip", vary: "accept-encoding" } : {}),
        ...(isEngineWorker(path) ? { "content-security-policy": workerPolicy } : {}),
      });
      response.end(request.method === "HEAD" ? undefined : body);
    })();
  });
  for (let attempt = 0; ; attempt++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port === 0 ? 0 : port + attempt, "localhost", () => {
          server.off("error", reject);
          resolve();
        });
      });
      break;
    } catch (e) {
      if (attempt >= 10 || (e as NodeJS.ErrnoException).code !== "EADDRINUSE") throw e;
    }
  }
  const address = server.address();
  return {
    url: `http://localhost:${typeof address === "object" && address ? address.port : port}${base}`,
    server,
  };
}
