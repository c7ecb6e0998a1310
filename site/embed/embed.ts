// The embed page: one example of a page, or a shared workspace, for use in an iframe.
//
//   /embed/?page=learn/flush&example=2&theme=dark
//   /embed/#a…             what a share link of the playground holds
//
// The example is taken out of its built page, with the styles it needs; cells of its session before it are there, unseen.
// The frame's height is posted to the page around it: { type: "mapped:height", height }.
const params = new URLSearchParams(location.search);
const root = new URL(import.meta.env.BASE_URL.replace(/\/?$/, "/"), location.href);

interface Found {
  readonly title: string;
  readonly page: URL;
  readonly doc: Document;
  /** Earlier cells of the session, then the example itself. */
  readonly examples: readonly Element[];
}

async function find(): Promise<Found | string> {
  const path = params.get("page");
  if (path === null)
    return "This address names no example. It wants a page and a number, ?page=learn/three-ways&example=1, or what a share link holds.";
  const page = new URL(path === "" ? "" : `${path.replace(/\/$/, "")}/`, root);
  if (!page.href.startsWith(root.href)) return "Only examples of this site can be embedded.";
  const response = await fetch(page).catch(() => undefined);
  if (!response) return "The page of the example could not be loaded. Check the connection and reload.";
  if (!response.ok) return `There is no page ${path} on this site.`;
  const doc = new DOMParser().parseFromString(own.createHTML(await response.text()), "text/html");
  const all = [...doc.querySelectorAll("mapped-example")];
  const number = Number(params.get("example") ?? "1");
  const example = all[number - 1];
  if (!example) return `The page ${path} has ${all.length} examples, and no number ${params.get("example")}.`;
  const session = sessionOf(example);
  const examples = all
    .slice(0, number)
    .filter((e) => e === example || (session !== null && sessionOf(e) === session));
  const title = doc.querySelector("h1")?.textContent.trim() ?? doc.title;
  return { title, page, doc, examples };
}

interface Policy {
  createHTML(html: string): string;
  createScript(text: string): string;
}

/** What a page of this site holds may be taken as the markup and the data that it is (security/policy.ts). */
const asBuilt = { createHTML: (html: string) => html, createScript: (text: string) => text };
const own: Policy =
  (
    window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
  ).trustedTypes?.createPolicy("mapped-page", asBuilt) ?? asBuilt;

/** A block of data made here: one that came with a page parsed from text counts as a script that was tampered with. */
function remade(data: HTMLScriptElement): HTMLScriptElement {
  const script = document.createElement("script");
  script.type = data.type;
  script.dataset.example = "";
  script.text = own.createScript(data.text);
  return script;
}

function sessionOf(example: Element): string | null {
  const data = JSON.parse(example.querySelector("script[data-example]")!.textContent) as {
    session: string | null;
  };
  return data.session;
}

function show({ title, page, doc, examples }: Found, place: HTMLElement): void {
  // styles of static code that this page has not
  for (const link of doc.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]"))
    if (!document.head.querySelector(`link[href="${link.getAttribute("href")}"]`))
      document.head.append(document.importNode(link));
  const shown = examples.map((e) => document.importNode(e, true) as HTMLElement);
  for (const e of shown) {
    const data = e.querySelector<HTMLScriptElement>("script[data-example]")!;
    data.replaceWith(remade(data));
  }
  for (const e of shown.slice(0, -1)) e.hidden = true;
  for (const a of shown.at(-1)!.querySelectorAll<HTMLAnchorElement>(".mw-foot a")) {
    if (a.dataset.action === "open") a.target = "_blank";
    else {
      a.href = page.href;
      a.target = "_blank";
      a.textContent = `From “${title}”`;
    }
  }
  document.title = `${title} · Mapped`;
  // the styles of static code hold below its wrapper
  const wrapper = examples.at(-1)!.closest(".expressive-code")?.cloneNode() as HTMLElement | undefined;
  (wrapper ?? place).append(...shown);
  place.replaceChildren(...(wrapper ? [wrapper] : shown));
  if (window === window.parent) place.after(howTo(title));
}

/** Opened by itself, the page says how to embed it. */
function howTo(title: string): HTMLElement {
  const code = `<iframe src="${location.href}" title="${title.replaceAll('"', "&quot;")}" width="100%" height="640" style="border:0" loading="lazy"></iframe>`;
  const box = document.createElement("label");
  box.className = "mp-embed-code";
  box.append("To put this example into a page of yours:");
  const field = document.createElement("textarea");
  field.readOnly = true;
  field.rows = 3;
  field.value = code;
  field.addEventListener("focus", () => field.select());
  box.append(field);
  return box;
}

function tellHeight(of: HTMLElement): void {
  if (window === window.parent) return;
  new ResizeObserver(() =>
    window.parent.postMessage(
      { type: "mapped:height", height: Math.ceil(of.getBoundingClientRect().height) },
      "*",
    ),
  ).observe(of);
}

const theme = params.get("theme");
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
const place = document.getElementById("embed")!;
const shared = params.has("page") ? "" : location.hash.slice(1);
if (shared !== "") await showWorkspace();
else await showExample();

async function showWorkspace(): Promise<void> {
  const { showShared } = await import("../playground/view/Embedded.tsx");
  const shown = await showShared(shared, place);
  if ("wrong" in shown) complain(shown.wrong);
  else document.title = `${shown.name} · Mapped`;
}

async function showExample(): Promise<void> {
  const found = await find();
  if (typeof found === "string") complain(found);
  else show(found, place);
  tellHeight(place);
}

function complain(text: string): void {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = text;
  place.replaceChildren(message);
}
