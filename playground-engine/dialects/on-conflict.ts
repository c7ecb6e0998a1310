// ON CONFLICT of INSERT, as SQLite and PostgreSQL have it: what of it both say alike.
//
// Dialects derive clauses and Insert from these. Behaviour: SQLAlchemy dialects/sqlite/dml.py, dialects/postgresql/dml.py.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { expect, isLiteral } from "../sql/coercions.ts";
import { ColumnCollection } from "../sql/column-collection.ts";
import { Insert as StandardInsert } from "../sql/dml.ts";
import { BindParameter } from "../sql/elements/bind.ts";
import { ClauseElement } from "../sql/elements/clause.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import * as roles from "../sql/roles.ts";
import { Alias } from "../sql/selectable/alias.ts";
import type { RenderOptions } from "../compiler/render-options.ts";
import type { SQLCompiler } from "../compiler/sql-compiler.ts";

/** Columns or names that a unique index is inferred from. */
export function targetElements(given: Value): (string | ColumnElement)[] {
  const items = host.iterate(given) ?? (typeof given === "string" ? [...given] : undefined);
  if (!items) throw host.error("TypeError", `'${host.typeName(given)}' object is not iterable`);
  return [...items].map((c) => expect(roles.DDLConstraintColumnRole, c) as string | ColumnElement);
}

export function whereClause(given: Value): ColumnElement | null {
  return given === null || given === undefined ? null : expect(roles.WhereHavingRole, given);
}

/** Pairs of column (or its name) and new value. Throws the host's ValueError. */
export function setPairs(given: Value): (readonly [string | ColumnElement, Value])[] {
  let pairs: Iterable<readonly [Value, Value]>;
  if (given instanceof ColumnCollection)
    pairs = given.items() as unknown as Iterable<readonly [Value, Value]>;
  else {
    const entries = host.kindOf(given) === "dict" || given instanceof Map ? host.entries(given) : undefined;
    if (!entries)
      throw host.error(
        "ValueError",
        "set parameter must be a non-empty dictionary or a ColumnCollection such as the `.c.` collection of a Table object",
      );
    pairs = [...entries];
    if (!(pairs as unknown[]).length)
      throw host.error("ValueError", "set parameter dictionary must not be empty");
  }
  return [...pairs].map(([key, value]) => [
    expect(roles.DMLColumnRole, key) as string | ColumnElement,
    value,
  ]);
}

export abstract class OnConflictClause extends ClauseElement {
  declare inferredTargetElements: readonly (string | ColumnElement)[] | null;
  declare inferredTargetWhereclause: ColumnElement | null;
}

/** INSERT with `excluded`, the row that could not be inserted. */
export abstract class InsertOnConflict extends StandardInsert {
  static override readonly inheritCache: boolean = false;

  get excluded(): ColumnCollection {
    const memos = this._memos;
    return (memos["excluded"] ??= Alias._construct(this.table, { name: "excluded" }).c) as ColumnCollection;
  }

  /** A copy with the clause. Throws InvalidRequestError where there is one already. */
  protected withClause(clause: ClauseElement): this {
    if (this._postValuesClause)
      throw new InvalidRequestError("This Insert construct already has an ON CONFLICT clause established");
    const made = this._generate();
    made._postValuesClause = clause;
    return made;
  }
}

/** "a = excluded.a, …" of DO UPDATE SET. */
export function assignments(
  compiler: SQLCompiler,
  pairs: readonly (readonly [string | ColumnElement, Value])[],
  options: RenderOptions,
): string {
  const insert = compiler.stack.at(-1)?.selectable as StandardInsert;
  const left = [...pairs];
  const texts: string[] = [];
  const inner: RenderOptions = { ...options, useSchema: false, isUpsertSet: true };
  for (const c of insert.table.c as Iterable<ColumnElement>) {
    let at = left.findIndex(([key]) => key === c.key);
    if (at < 0)
      at = left.findIndex(([key]) => typeof key !== "string" && (key as ColumnElement).hash === c.hash);
    if (at < 0) continue;
    const [, given] = left.splice(at, 1)[0] as (typeof left)[number];
    let value: ColumnElement;
    if (isLiteral(given)) value = new BindParameter(null, given, { type: c.type });
    else {
      value = expectExpression(given);
      if (value instanceof BindParameter && value.type.isNullType) {
        value = value._clone();
        value.type = c.type;
      }
    }
    texts.push(
      `${compiler.preparer.quote(c.name as string, c.quote)} = ${compiler.process(value.selfGroup(), inner)}`,
    );
  }
  if (left.length) {
    const names = left.map(([key]) => `'${typeof key === "string" ? key : host.str(key)}'`).join(", ");
    host.warn(
      "SAWarning",
      `Additional column names not matching any column keys in table '${(insert.table as { name?: string }).name}': ${names}`,
    );
    for (const [key, given] of left) {
      const name =
        typeof key === "string"
          ? compiler.preparer.quote(key)
          : compiler.process(key, { ...options, useSchema: false });
      texts.push(`${name} = ${compiler.process(expect(roles.ExpressionElementRole, given), inner)}`);
    }
  }
  return texts.join(", ");
}

function expectExpression(given: Value): ColumnElement {
  const element = given as { clauseElement?(): unknown };
  return (element.clauseElement ? element.clauseElement() : given) as ColumnElement;
}

/** "(a, b) WHERE …", or "" where nothing is inferred. */
export function inferredTarget(
  compiler: SQLCompiler,
  clause: OnConflictClause,
  options: RenderOptions,
  where: RenderOptions,
): string {
  if (clause.inferredTargetElements === null) return "";
  const elements = clause.inferredTargetElements.map((e) =>
    typeof e === "string"
      ? compiler.preparer.quote(e)
      : compiler.process(e, { includeTable: false, useSchema: false }),
  );
  const target = `(${elements.join(", ")})`;
  if (clause.inferredTargetWhereclause === null) return target;
  return `${target} WHERE ${compiler.process(clause.inferredTargetWhereclause, { ...options, includeTable: false, useSchema: false, ...where })}`;
}
