// Share links: what goes in comes out, whatever the texts and bytes; every format once given out is read.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { badPath } from "../../site/playground/model/paths.ts";
import { DamagedLink, fromFragment, toFragment, toPlainFragment } from "../../site/playground/model/share.ts";

/** Made on the day that the format was given out. */
const FIRST_A =
  "a7auvv0q1bKU7JSCs7IL1DSUUpTsoqOVkosKNBLSVLSUXJ09IhX0jGM1YlWyk3MzNMrqFTSUSooyswr0VDPOLxSXTMmTyk2VkcpX8kKWYGSlVJxYY5SLQA";

test("a workspace comes out of its link as it went in", async () => {
  const name = fc.string({ minLength: 1, maxLength: 30 }).filter((n) => badPath(n) === null);
  const content = fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array());
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, content, { noNullPrototype: false }), async (entries) => {
      const files = new Map(
        Object.entries(entries).filter(
          ([p], i, all) =>
            badPath(
              p,
              all.slice(0, i).map(([q]) => q),
            ) === null,
        ),
      );
      const open = [...files.keys()][0] ?? null;
      const fragment = await toFragment({ name: "Shop", files, open, panel: "sql" });
      expect(fragment).toMatch(/^a[\w-]+$/);
      const back = await fromFragment(fragment);
      expect(new Map([...back!.files].sort())).toEqual(new Map([...files].sort()));
      expect(back).toMatchObject({ name: "Shop", open, panel: "sql" });
    }),
    { numRuns: 60, seed: 7 },
  );
});

describe("links that were given out are read for ever", () => {
  test("a: the whole workspace", async () => {
    const shared = await fromFragment(FIRST_A);
    expect(shared).toEqual({
      name: "Shop",
      files: new Map<string, unknown>([
        ["app.db", new Uint8Array([0, 1, 255])],
        ["main.py", "print('hé')\n"],
      ]),
      open: "main.py",
      panel: "sql",
    });
  });

  test("r: one program", async () => {
    const shared = await fromFragment(toPlainFragment("print('50 %')\n"));
    expect(shared!.files).toEqual(new Map([["main.py", "print('50 %')\n"]]));
  });
});

test("any change of a link is noticed", async () => {
  const fragment = await toFragment({
    name: "Shop",
    files: new Map([["main.py", "print('a program of some length')\n".repeat(5)]]),
    open: "main.py",
    panel: null,
  });
  for (let i = 1; i < fragment.length; i++) {
    const other = fragment[i] === "A" ? "B" : "A";
    // the last character may hold bits that mean nothing
    if (i === fragment.length - 1) continue;
    await expect(
      fromFragment(fragment.slice(0, i) + other + fragment.slice(i + 1)),
      `at ${i}`,
    ).rejects.toThrow(DamagedLink);
  }
  for (let length = 8; length < fragment.length - 1; length += 7)
    await expect(fromFragment(fragment.slice(0, length))).rejects.toThrow(DamagedLink);
});

test("a link that names files outside of the workspace is refused", async () => {
  for (const path of ["../x.py", "/etc/passwd", "a//b", "C:x"]) {
    const fragment = await toFragment({ name: "x", files: new Map([[path, ""]]), open: null, panel: null });
    await expect(fromFragment(fragment)).rejects.toThrow(DamagedLink);
  }
});

test("fragments of headings are no share links", async () => {
  for (const fragment of ["", "_top", "how-it-works", "a", "r"])
    expect(await fromFragment(fragment)).toBeNull();
});
