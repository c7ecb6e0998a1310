// Migrations as a new reader does them: a ready workspace, a changed model, autogenerate, upgrade, downgrade, reload.
import { expect, test } from "vitest";
import { openPlayground } from "./desk.ts";
import { useSite } from "./site.ts";

const site = useSite();

test("change a model, autogenerate, read the file, upgrade, downgrade, and find everything as left after a reload", async () => {
  const desk = await openPlayground(site, "playground/?start=shop-autogenerate");
  const { page, complaints } = desk;
  expect(await desk.text()).toContain("# A model change waiting for autogenerate");
  expect(await desk.command("alembic upgrade head")).toContain(
    "Running upgrade 3f1c8a20b5d4 -> 8d0e52f7c913",
  );
  expect(await desk.command("alembic check")).toMatch(/New upgrade operations detected[^]*exit status 255/);

  // a column of one's own
  await desk.pane("files").click();
  await page.locator('[role=treeitem][data-path="shop/models.py"]').click();
  await desk.write(
    (await desk.text()).replace(
      "    # new\n    stock:",
      "    shelf: Mapped[str | None]\n    # new\n    stock:",
    ),
  );
  const made = await desk.command("alembic revision --autogenerate -m 'stock and tags'");
  expect(made).toContain("Detected added column 'product.shelf'");
  const file = /versions\/(\w+_stock_and_tags\.py)/.exec(made)![1]!;

  // the file is there, and says what was asked for
  await desk.pane("files").click();
  await page.locator(`[role=treeitem][data-path="migrations/versions/${file}"]`).click();
  expect(await desk.text()).toMatch(/add_column\('product'|batch_op.add_column\(sa.Column\('shelf'/);

  await desk.command("alembic upgrade head");
  expect(await desk.command("alembic check")).toContain("No new upgrade operations detected.");
  await desk.pane("panels").click();
  await desk.panelTab("migrations").click();
  await desk.panel.filter({ hasText: "stock and tags" }).waitFor();
  await desk.command("alembic downgrade -1");
  expect(await desk.command("alembic current")).toMatch(/^8d0e52f7c913$/m);
  await desk.saved();

  await page.reload();
  await page.locator(".pg-toolbar").waitFor();
  expect(await desk.text()).toContain("stock and tags");
  expect(await desk.command("alembic current")).toMatch(/^8d0e52f7c913$/m);
  expect(await desk.command("alembic heads")).toContain(`${file.slice(0, 12)} (head)`);
  expect(complaints.list).toEqual([]);
  await desk.close();
});
