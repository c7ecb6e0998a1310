// sqlalchemy.dialects.mysql.insert: INSERT … ON DUPLICATE KEY UPDATE. Behaviour: SQLAlchemy dialects/mysql/dml.py.
import { ArgumentError, InvalidRequestError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { ColumnCollection } from "../../sql/column-collection.ts";
import { Insert as StandardInsert } from "../../sql/dml.ts";
import { ClauseElement } from "../../sql/elements/clause.ts";
import { defaults } from "../../sql/mixin.ts";
import { Alias } from "../../sql/selectable/alias.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";

export class Insert extends StandardInsert {
  static override readonly pyModule: string = "sqlalchemy.dialects.mysql.dml";
  static override readonly inheritCache: boolean = false;

  declare private _insertedAlias: FromClause | undefined;

  /** The row that was to be inserted: its columns print as VALUES(column). */
  get inserted(): ColumnCollection {
    return this.insertedAlias.c;
  }

  /** One for a statement and what is generated from it: the clause finds its columns by it. */
  get insertedAlias(): FromClause {
    return (this._insertedAlias ??= Alias._construct(this.table, { name: "inserted" }) as FromClause);
  }

  /** Values as a mapping or a list of pairs, or by keyword. Throws ArgumentError or InvalidRequestError. */
  onDuplicateKeyUpdate(args: readonly Value[] = [], kw: Kwargs = new Map()): this {
    if (this._postValuesClause)
      throw new InvalidRequestError("This Insert construct already has an ON DUPLICATE KEY clause present");
    if (args.length && kw.size)
      throw new ArgumentError("Can't pass kwargs and positional arguments simultaneously");
    if (args.length > 1)
      throw new ArgumentError("Only a single dictionary or list of tuples is accepted positionally.");
    const made = this._generate();
    made._postValuesClause = new OnDuplicateClause(this.insertedAlias, args.length ? args[0] : kw);
    return made;
  }
}
defaults(Insert, { stringifyDialect: "mysql" });

export class OnDuplicateClause extends ClauseElement {
  static override readonly visitName: string = "on_duplicate_key_update";
  static override readonly pyModule: string = "sqlalchemy.dialects.mysql.dml";
  readonly insertedAlias: FromClause;
  /** Keys in the order of a list of pairs; null where a mapping was given. */
  readonly parameterOrdering: readonly Value[] | null;
  readonly update: readonly (readonly [Value, Value])[];

  constructor(insertedAlias: FromClause, update: Value) {
    super();
    this.insertedAlias = insertedAlias;
    const pairs = pairsOf(update);
    this.parameterOrdering = pairs?.map(([key]) => key) ?? null;
    if (pairs) this.update = pairs;
    else if (update instanceof ColumnCollection)
      this.update = update.items() as unknown as readonly (readonly [Value, Value])[];
    else {
      const entries =
        host.kindOf(update) === "dict" || update instanceof Map ? host.entries(update) : undefined;
      if (!entries)
        throw host.error(
          "ValueError",
          "update parameter must be a non-empty dictionary or a ColumnCollection such as the `.c.` collection of a Table object",
        );
      this.update = [...entries];
      if (!this.update.length)
        throw host.error("ValueError", "update parameter dictionary must not be empty");
    }
  }
}
defaults(OnDuplicateClause, { stringifyDialect: "mysql" });

/** A list whose first element is a tuple. */
function pairsOf(update: Value): [Value, Value][] | undefined {
  if (host.kindOf(update) !== "list") return undefined;
  const items = [...(host.iterate(update) ?? [])];
  return items.length && host.kindOf(items[0]) === "tuple"
    ? items.map((i) => [...(host.iterate(i) ?? [])] as [Value, Value])
    : undefined;
}

export function insert(table: Value): Insert {
  return new Insert(table);
}
