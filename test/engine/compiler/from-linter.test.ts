import { describe, expect, it, vi } from "vitest";
import { FromLinter } from "../../../playground-engine/compiler/from-linter.ts";
import { host } from "../../../playground-engine/util/host.ts";

const table = (hash: number): { readonly hash: number } => ({ hash });

describe("FromLinter", () => {
  const [a, b, c, d] = [table(1), table(2), table(3), table(4)] as const;

  function linter(...names: readonly (readonly [{ readonly hash: number }, string])[]): FromLinter {
    const made = new FromLinter();
    for (const [from, name] of names) made.froms.set(from, name);
    return made;
  }

  it("is content when comparisons lead from each element to each other", () => {
    const l = linter([a, "a"], [b, "b"], [c, "c"]);
    l.connect([c], [b]);
    l.connect([a], [b]);
    expect(l.lint()).toBeUndefined();
  });

  it("finds islands, however they hang together themselves", () => {
    const l = linter([a, "a"], [b, "b"], [c, "c"], [d, "d"]);
    l.connect([a], [b]);
    l.connect([c], [d]);
    expect(l.lint()).toEqual({ rest: [c, d], start: a });
    expect(l.lint(c)).toEqual({ rest: [a, b], start: c });
  });

  it("takes an annotated element for its original: what counts is the hash", () => {
    const l = linter([a, "a"], [b, "b"]);
    l.connect([table(1)], [table(2)]);
    expect(l.lint()).toBeUndefined();
  });

  it("warns in the real library's words", () => {
    const warn = vi.spyOn(host, "warn").mockImplementation(() => undefined);
    linter([a, "a"], [b, "b"], [c, "c"]).warn();
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      "SAWarning",
      'SELECT statement has a cartesian product between FROM element(s) "b", "c" and FROM element "a".  Apply join condition(s) between each element to resolve.',
    );
    warn.mockRestore();
  });
});
