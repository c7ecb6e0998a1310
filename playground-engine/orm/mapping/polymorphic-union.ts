// polymorphic_union(): the tables of concrete classes as one, with a column that says which.
// Behaviour: SQLAlchemy orm/util.py (polymorphic_union).
import { InvalidRequestError } from "../../errors/index.ts";
import { expect } from "../../sql/coercions.ts";
import { cast, literalColumn, null_, select, typeCoerce, unionAll } from "../../sql/constructors.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import { reprOf } from "../../sql/repr.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import type { TypeEngine } from "../../sql/types/engine.ts";
import { host, type Value } from "../../util/host.ts";

/** @throws InvalidRequestError where a table has the discriminator's name already */
export function polymorphicUnion(
  tableMap: Value,
  typecolname: string | null,
  aliasname: string | null = "p_union",
  castNulls = true,
): FromClause {
  const names = new Set<string>();
  const types = new Map<string, TypeEngine>();
  const tables: [Value, FromClause, Map<string, ColumnElement>][] = [];
  const entries = host.entries(tableMap);
  if (!entries) throw host.error("TypeError", `'${host.typeName(tableMap)}' object is not iterable`);
  for (const [key, given] of entries) {
    const table = expect(roles.StrictFromClauseRole, given, { allowSelect: true }) as unknown as FromClause;
    const columns = new Map<string, ColumnElement>();
    for (const c of table.c as Iterable<ColumnElement>) {
      const name = c.key as string;
      if (name === typecolname)
        throw new InvalidRequestError(
          `Polymorphic union can't use '${typecolname}' as the discriminator column due to mapped column ${reprOf(c)}; please apply the 'typecolname' argument; this is available on ConcreteBase as '_concrete_discriminator_name'`,
        );
      names.add(name);
      columns.set(name, c);
      types.set(name, c.type);
    }
    tables.push([key, table, columns]);
  }
  const column = (name: string, columns: ReadonlyMap<string, ColumnElement>): ColumnElement => {
    const own = columns.get(name);
    if (own) return own;
    const type = types.get(name) as TypeEngine;
    return (castNulls ? cast(null_(), type) : typeCoerce(null_(), type)).label(
      name,
    ) as unknown as ColumnElement;
  };
  const selects = tables.map(([key, table, columns]) => {
    const all: ColumnElement[] = [...names].map((n) => column(n, columns));
    if (typecolname !== null)
      all.push(literalColumn(quoteDdl(key)).label(typecolname) as unknown as ColumnElement);
    return select(all).selectFrom([table]);
  });
  return unionAll(selects).alias(aliasname) as unknown as FromClause;
}

function quoteDdl(v: Value): string {
  return typeof v === "string" ? `'${v.replaceAll("'", "''")}'` : host.repr(v);
}
