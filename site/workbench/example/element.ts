// <mapped-example>: the small part that every page loads. Tabs of the static result work at once; pressing Run or
// entering the code brings the live example, and hovering over it begins to load the engine.
import type { ExampleData } from "./example-data.ts";
import { isKept } from "./kept.ts";
import type { LiveExample } from "./live.tsx";
import { client } from "./page-engine.ts";

let loading: Promise<typeof import("./live.tsx")> | undefined;

/** Load the live example, and the engine beside it. */
function load(): Promise<typeof import("./live.tsx")> {
  client().warm();
  return (loading ??= import("./live.tsx"));
}

class MappedExample extends HTMLElement {
  private live: Promise<LiveExample> | undefined;
  private mounted: LiveExample | undefined;

  connectedCallback(): void {
    if (this.dataset.ready !== undefined) return;
    this.dataset.ready = "";
    // what the reader typed before the page was left is shown again
    if (isKept([...document.querySelectorAll("mapped-example")].indexOf(this))) void this.mount();
    const warm = (): void => void load();
    this.addEventListener("pointerenter", warm, { once: true });
    this.addEventListener("focusin", warm, { once: true });
    this.addEventListener("click", (e) => this.clicked(e));
    // the address holds the program, so it is written when it is about to be followed
    const link = this.querySelector<HTMLAnchorElement>("a[data-action=open]");
    for (const about of ["pointerenter", "focus", "click", "auxclick"])
      link?.addEventListener(about, () => (link.href = this.address(link.href)));
    this.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        void this.run();
      } else if (e.key === "Enter" && (e.target as Element).matches("figure pre")) {
        e.preventDefault();
        void this.edit();
      }
    });
  }

  private clicked(e: MouseEvent): void {
    const target = e.target as Element;
    if (target.closest("[data-action=run]")) void this.run();
    else if (target.closest("[data-action=edit]")) void this.edit();
    else if (target.closest("figure pre") && !target.closest(".copy") && String(getSelection()) === "")
      void this.edit();
    else if (this.live === undefined) this.switchTab(target.closest<HTMLElement>("[role=tab]"));
  }

  /** Tabs of the static markup; the live example has its own. */
  private switchTab(tab: HTMLElement | null): void {
    if (!tab) return;
    for (const t of this.querySelectorAll<HTMLElement>("[role=tab]")) {
      const on = t === tab;
      t.setAttribute("aria-selected", String(on));
      t.tabIndex = on ? 0 : -1;
      this.querySelector<HTMLElement>(`[data-panel=${t.dataset.tab}]`)!.hidden = !on;
    }
  }

  private mount(): Promise<LiveExample> {
    this.live ??= load().then((m) => {
      for (const e of this.cells()) {
        e.mounted = m.mount(e);
        e.live ??= Promise.resolve(e.mounted);
      }
      return this.mounted!;
    });
    return this.live;
  }

  /** The earlier cells of its session, which run before it, and itself: in the page's order. */
  private cells(): MappedExample[] {
    const { session } = this.data();
    const all = [...document.querySelectorAll<MappedExample>("mapped-example")];
    return all
      .slice(0, all.indexOf(this) + 1)
      .filter((e) => e === this || (session !== null && e.data().session === session));
  }

  private data(): ExampleData {
    return JSON.parse(this.querySelector("script[data-example]")!.textContent) as ExampleData;
  }

  /** Address of the playground with this program in it, after the earlier cells of its session. */
  private address(href: string): string {
    const own = this.data();
    const cells = this.cells().map((e) => ({ data: e.data(), text: e.mounted?.source() }));
    const source =
      cells.length === 1
        ? (cells[0]!.text ?? own.source)
        : cells.map(({ data, text }) => `# -- ${data.name}\n${(text ?? data.source).trimEnd()}\n`).join("\n");
    const address = new URL(href);
    address.search = new URLSearchParams({ name: own.name }).toString();
    address.hash = `r${encodeURIComponent(source)}`;
    return address.href;
  }

  async run(): Promise<void> {
    this.querySelector<HTMLElement>("[data-action=run]")?.setAttribute("aria-busy", "true");
    await (await this.mount()).run();
  }

  async edit(): Promise<void> {
    await (await this.mount()).edit();
  }
}

customElements.define("mapped-example", MappedExample);
