// Progress as a file: read in where it is one, refused with a reason where it is not.
import { describe, expect, test } from "vitest";
import { parseProgress } from "../../site/kit/progress.ts";
import { errorIn, pagesFor } from "../../site/workbench/errors/find-page.ts";

describe("a file of progress", () => {
  test("is read as it was written", () => {
    const written = {
      version: 1,
      done: {
        "exercise:l13-two-statements": "2026-11-20T12:00:00.000Z",
        "page:learn/loading": "2026-11-20T12:30:00.000Z",
      },
      last: { path: "learn/loading/", title: "Loading" },
    };
    expect(parseProgress(JSON.stringify(written))).toEqual(written);
  });

  test.each([
    ["hello", "holds no JSON"],
    ["[]", "not a file of progress"],
    ['{"version":2}', "not a file of progress"],
  ])("%s is refused", (text, reason) => {
    expect(() => parseProgress(text)).toThrow(reason);
  });

  test("loses what does not belong in it", () => {
    const p = parseProgress(
      '{"version":1,"done":{"exercise:a":"2026","<b>":"2026","page:x":3},"last":{"path":"https://elsewhere","title":"x"}}',
    );
    expect(p).toEqual({ version: 1, done: { "exercise:a": "2026" }, last: null });
  });
});

describe("an exception's pages", () => {
  const pages = [
    { id: "lazy", title: "Lazy", class: "DetachedInstanceError", match: "lazy load operation" },
    { id: "refresh", title: "Refresh", class: "DetachedInstanceError", match: "attribute refresh operation" },
    { id: "broken", title: "Broken pattern", class: "DetachedInstanceError", match: "(" },
  ];
  test("are those whose pattern knows the message", () => {
    const error = {
      type: "DetachedInstanceError",
      message:
        "Instance <User at 0x1> is not bound to a Session;\n attribute refresh operation cannot proceed",
    };
    expect(pagesFor(error, pages).map((p) => p.id)).toEqual(["refresh"]);
  });
  test("are none for a message that no page knows", () => {
    expect(pagesFor({ type: "ValueError", message: "no" }, pages)).toEqual([]);
  });
  test("are found without the driver's name before the message", () => {
    const unique = [
      {
        id: "u",
        title: "U",
        class: "IntegrityError",
        match: "\\(sqlite3\\.IntegrityError\\) UNIQUE constraint failed: \\S+",
      },
    ];
    expect(pagesFor(errorIn("UNIQUE constraint failed: member.email"), unique).map((p) => p.id)).toEqual([
      "u",
    ]);
  });
});

test.each([
  [
    "sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: a.b",
    "IntegrityError",
    "(sqlite3.IntegrityError) UNIQUE constraint failed: a.b",
  ],
  [
    "MissingGreenlet: greenlet_spawn\n has not been called",
    "MissingGreenlet",
    "greenlet_spawn has not been called",
  ],
  ["This result object is closed.", "", "This result object is closed."],
])("%s is read as an error", (text, type, message) => {
  expect(errorIn(text)).toEqual({ type, message });
});
