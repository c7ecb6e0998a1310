// What a page and the engine's worker may load and run: the Content-Security-Policy of each.
//
// A page runs the site's own scripts, and inline ones only if they were there when the site was built (by hash); it speaks to
// nobody but the host it came from. The worker compiles Python to JavaScript and so may evaluate text; it is told by a header of
// its own, which a page's policy does not touch, and may do nothing else beyond fetching the engine's parts.
//
// Where the browser knows Trusted Types, text becomes markup or a script's address only by a policy with a name: Monaco's own, the
// embed page's, and the default one, which lets through what the search writes and addresses of this site.
import { createHash } from "node:crypto";

/** Inline scripts of a page; data blocks are none. */
const INLINE = /<script(?![^>]*\bsrc=)(?![^>]*\btype="application\/)[^>]*>([^]*?)<\/script>/g;

/** The hashes of a page's inline scripts as script-src takes them, each once, in the order of the page. */
export function inlineHashes(html: string): string[] {
  const hashes = [...html.matchAll(INLINE)].map(
    ([, text]) => `'sha256-${createHash("sha256").update(text!).digest("base64")}'`,
  );
  return [...new Set(hashes)];
}

const join = (policy: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");

/** Monaco's policies (its source: createTrustedTypesPolicy), and the site's own (embed/embed.ts). */
const POLICIES = [
  "default",
  "mapped-page",
  "defaultWorkerFactory",
  "diffEditorWidget",
  "diffReview",
  "domLineBreaksComputer",
  "editorGhostText",
  "editorViewLayer",
  "richScreenReaderContent",
  "standaloneColorizer",
  "stickyScrollViewLayer",
  "tokenizeToString",
];

/**
 * The first script of every page. The search writes words of the site's pages with the found ones marked; whatever else is written
 * as markup without a policy of its own is shown as the text it is.
 */
const defaultPolicy =
  'self.trustedTypes&&trustedTypes.createPolicy("default",{createHTML:function(t){return t.replace(/<(?!\\/?mark>)/g,"&lt;")},' +
  "createScriptURL:function(t){if(new URL(t,document.baseURI).origin===location.origin)return t;throw new TypeError(t)}})";

/** @param scripts hashes of the page's inline scripts */
const pagePolicy = (scripts: readonly string[]): string =>
  join({
    // what no line below names is the fetching of linked pages ahead (Firefox goes by this line)
    "default-src": ["'self'"],
    // the search and the engine are WebAssembly
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...scripts],
    // highlighted code and the editor carry their colours in style attributes and sheets made as one types
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
    "frame-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'self'"],
    "object-src": ["'none'"],
    "media-src": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [...POLICIES, "'allow-duplicates'"],
  });

export const workerPolicy = join({
  "default-src": ["'none'"],
  "script-src": ["'self'", "'unsafe-eval'", "'wasm-unsafe-eval'"],
  "connect-src": ["'self'"],
});

/** Whether a path of the site is the script of the engine's worker. */
export const isEngineWorker = (path: string): boolean => /\/_astro\/worker-[\w-]+\.js$/.test(path);

/** The page with its policy, after the mark of its character set, which has to come first. */
export function withPolicy(html: string): string {
  const script = `<script>${defaultPolicy}</script>`;
  const meta = `<meta http-equiv="Content-Security-Policy" content="${pagePolicy(inlineHashes(script + html))}">${script}`;
  const charset = /<meta charset="[^"]+"\s*\/?>/i.exec(html);
  const at = charset ? charset.index + charset[0].length : html.indexOf("<head>") + 6;
  return html.slice(0, at) + meta + html.slice(at);
}
