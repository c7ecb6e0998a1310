// That axe, as the tests of pages ask it, does find what is wrong.
import { expect, test } from "vitest";
import { axe, useSite } from "./site.ts";

const site = useSite();

test("a picture without a text and pale letters are found, each by the half that looks for it", async () => {
  const { page } = await site.open("learn/your-first-session/");
  await page.evaluate(() => {
    const pale = document.createElement("p");
    pale.textContent = "pale letters";
    pale.style.cssText = "color: #ccc; background: #fff";
    document.querySelector("main")!.prepend(document.createElement("img"), pale);
    document.querySelector("main img")!.setAttribute("src", "/favicon.svg");
  });
  expect((await axe(page, "not")).map((v) => v.split(":")[0])).toEqual(["image-alt"]);
  expect((await axe(page, "only")).map((v) => v.split(":")[0])).toEqual(["color-contrast"]);
  expect(await axe(page)).toHaveLength(2);
  await page.context().close();
});
