// Functions of the reader's own that print a class of elements.
import { afterEach, describe, expect, it } from "vitest";
import * as sql from "../../../playground-engine/sql/index.ts";
import { compiles, deregister } from "../../../playground-engine/compiler/compiles.ts";
import {
  OpaqueOption,
  optionsFromKwargs,
  optionsToKwargs,
} from "../../../playground-engine/compiler/render-options.ts";
import type { SQLCompiler } from "../../../playground-engine/compiler/sql-compiler.ts";
import { c, lite, named, users } from "./fixtures.ts";

class Greatest extends sql.FunctionElement {
  static {
    sql.defaults(this, { name: "greatest" });
  }
}
class Mine extends sql.ColumnElement {}

const text = (e: sql.ClauseElement, dialect = lite as typeof named): string =>
  (dialect.statementCompiler(e) as SQLCompiler).string;

describe("@compiles", () => {
  afterEach(() => {
    for (const cls of [Greatest, Mine, sql.Select]) deregister(cls);
  });

  it("prints by the function of the dialect, else by the default", () => {
    compiles(Greatest, (e, compiler, options) =>
      (compiler as SQLCompiler).visitFunction(e as Greatest, options),
    );
    compiles(Greatest, (e, compiler) => `max${(compiler as SQLCompiler).functionArgspec(e as Greatest)}`, [
      "sqlite",
    ]);
    const e = new Greatest([c(users, "id"), 5]);
    expect(text(e, named)).toBe("greatest(users.id, :greatest_1)");
    expect(text(sql.select([e]).where([e.gt(3)]))).toBe(
      "SELECT max(users.id, ?) AS greatest_1 \nFROM users \nWHERE max(users.id, ?) > ?",
    );
  });

  it("says so where a class has a function for other dialects only", () => {
    compiles(Mine, () => "mine", ["postgresql"]);
    expect(() => text(new Mine())).toThrow(
      /can't render element of type .*: .*construct has no default compilation handler\./,
    );
  });

  it("changes what the library prints, and gives it back", () => {
    const statement = sql.select([c(users, "id")]);
    const before = text(statement);
    compiles(
      sql.Select,
      (e, compiler, options) =>
        `${(compiler as SQLCompiler).visitSelect(e as sql.Select, options)} /* traced */`,
    );
    expect(text(statement)).toBe(`${before} /* traced */`);
    deregister(sql.Select);
    expect(text(statement)).toBe(before);
  });

  it("makes the element itself the key of its result column", () => {
    compiles(Mine, () => "mine");
    const e = new Mine();
    const compiled = lite.statementCompiler(sql.select([e])) as SQLCompiler;
    expect(compiled.string).toBe("SELECT mine AS anon_1");
    expect(compiled.resultColumns[0]!.objects).toContain(e);
  });
});

it("options survive the way through keyword arguments", () => {
  const add = (): void => undefined;
  const kwargs = optionsToKwargs({
    literalBinds: true,
    addToResultMap: add,
    inOperatorExpression: true,
    extra: new Map([["mine", 1]]),
  });
  expect([...kwargs.keys()].sort()).toEqual([
    "_in_operator_expression",
    "add_to_result_map",
    "literal_binds",
    "mine",
  ]);
  expect(kwargs.get("add_to_result_map")).toBeInstanceOf(OpaqueOption);
  const back = optionsFromKwargs(kwargs);
  expect(back).toMatchObject({ literalBinds: true, addToResultMap: add, inOperatorExpression: true });
  expect(back.extra).toEqual(new Map([["mine", 1]]));
  expect(optionsFromKwargs([["literal_binds", null]]).literalBinds).toBeUndefined();
});
