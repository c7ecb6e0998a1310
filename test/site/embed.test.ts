// A shared workspace in a page of somebody else's.
import { expect, test } from "vitest";
import { axe, useSite } from "./site.ts";
import { openPlayground } from "./desk.ts";
import { toFragment } from "../../site/playground/model/share.ts";

const site = useSite();

const files = new Map([
  ["main.py", "from text import greeting\n\nprint(greeting)\n"],
  ["text.py", 'greeting = "from a link"\n'],
]);

test("a share link's workspace runs in an iframe, is kept nowhere, and goes on in the playground", async () => {
  const fragment = await toFragment({ name: "Greetings", files, open: "main.py", panel: "output" });
  const { page, complaints } = await site.open("about/speed/", { width: 900 });
  await page.evaluate(
    (address) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      frame.title = "Greetings";
      frame.style.cssText = "width: 820px; height: 520px";
      document.querySelector("main")!.prepend(frame);
    },
    site.url(`embed/#${fragment}`),
  );
  const frame = page.frameLocator("iframe");
  // nothing of a link runs before its reader wants it
  await frame.getByRole("tab", { name: "text.py" }).waitFor();
  expect(await frame.locator(".pg-panelbody").innerText()).not.toContain("from a link");
  await frame.getByRole("button", { name: "Run" }).click();
  await frame.locator(".pg-panelbody", { hasText: "from a link" }).waitFor();
  expect(await page.evaluate(() => localStorage.getItem("mapped:workspace"))).toBeNull();
  const [playground] = await Promise.all([
    page.context().waitForEvent("page"),
    frame.getByRole("link", { name: "Open in the playground" }).click(),
  ]);
  await playground.getByRole("button", { name: /^Workspace Greetings/ }).waitFor();
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("a damaged link says so", async () => {
  const { page } = await site.open("embed/#aXXXXXXnothing-of-this-can-be-read");
  await page.getByRole("alert").filter({ hasText: "The link is damaged" }).waitFor();
  await page.context().close();
});

test("the share dialog gives the code for a page, which shows the workspace", async () => {
  const desk = await openPlayground(site);
  await desk.page.locator("[data-action=more]").click();
  await desk.page.getByRole("button", { name: "Share by link…" }).click();
  const code = await desk.page.locator("[data-embed]").inputValue();
  const address = /^<iframe src="([^"]+)" title="Library"/.exec(code)?.[1];
  await desk.page.goto(address!);
  await desk.page.getByRole("tab", { name: "models.py" }).waitFor();
  expect(await axe(desk.page)).toEqual([]);
  await desk.close();
});
