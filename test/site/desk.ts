// The playground as its reader sees it.
import type { Locator, Page } from "@playwright/test";
import type { Opening, Site } from "./site.ts";

export interface PlaygroundPage {
  readonly page: Page;
  readonly complaints: { readonly list: readonly string[] };
  /** The message of this kind: elsewhere, memory, unsaved, engine, notice. */
  message(kind: string): Locator;
  readonly panel: Locator;
  /** Wait until the panel in front has this text. */
  shows(text: string): Promise<void>;
  panelTab(id: string): Locator;
  pane(id: string): Locator;
  /** Replace the text of the file in front, on a touch screen. */
  write(text: string): Promise<void>;
  text(): Promise<string>;
  run(): Promise<void>;
  /** Send a line to the terminal and wait for its end. */
  command(line: string): Promise<string>;
  saved(): Promise<void>;
  close(): Promise<void>;
}

/** A phone with a text area for an editor, unless told otherwise: quick, and the same desk. */
export async function openPlayground(
  site: Site,
  address = "playground/",
  options: Opening = { touch: true, width: 390 },
): Promise<PlaygroundPage> {
  const { page, complaints } = await site.open(address, options);
  await page.locator(".pg-toolbar").waitFor({ timeout: 30_000 });
  return deskOf(page, complaints);
}

export function deskOf(
  page: Page,
  complaints: { readonly list: readonly string[] } = { list: [] },
): PlaygroundPage {
  const area = page.locator(".pg-editor textarea.mw-plain:not([hidden])");
  const said = page.locator("[data-said]");
  const pane = (id: string): Locator => page.locator(`#pg-pane-tab-${id}`);
  return {
    page,
    complaints,
    message: (kind) => page.locator(`[data-message=${kind}]`),
    panel: page.locator(".pg-panelbody"),
    shows: (text) => page.locator(".pg-panelbody", { hasText: text }).waitFor({ timeout: 30_000 }),
    panelTab: (id) => page.locator(`#pg-panel-tab-${id}`),
    pane,
    write: async (text) => {
      if (await pane("code").count()) await pane("code").click();
      await area.fill(text);
    },
    text: () => area.inputValue(),
    run: async () => {
      await page.locator("[data-action=run]").click();
      await said.filter({ hasText: /^Run / }).waitFor({ state: "attached", timeout: 30_000 });
    },
    command: async (line) => {
      if (await pane("terminal").count()) await pane("terminal").click();
      const before = await page.locator(".pg-entry").count();
      await page.locator("[data-terminal]").fill(line);
      await page.locator("[data-terminal]").press("Enter");
      const entry = page.locator(".pg-entry").nth(before);
      await entry.and(page.locator(":not([data-running])")).waitFor({ timeout: 30_000 });
      return entry.innerText();
    },
    saved: async () => {
      await page.locator("[data-saving=saved]").waitFor({ state: "attached", timeout: 30_000 });
    },
    close: () => page.context().close(),
  };
}
