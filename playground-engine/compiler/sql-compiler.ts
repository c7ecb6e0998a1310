// SQLCompiler: the end of the chain, from which dialects derive their compilers.
//
// binds → post-compile → expression → operator-expressions → from-clause → cte → columns-clause → select → dml → this.
// Here: how the new primary key is read after an INSERT. Behaviour: sqlalchemy/sql/compiler.py, SQLCompiler.
import type { Value } from "../util/host.ts";
import { ElementMap } from "../sql/element-set.ts";
import type { Insert } from "../sql/dml.ts";
import type { Column } from "../sql/schema/column.ts";
import type { Table } from "../sql/schema/table.ts";
import { DmlCompiler } from "./dml.ts";

/** What belongs to a compiler's own dialect and is not taken over from the one it helps. */
const OWN = new Set([
  "state",
  "dialect",
  "preparer",
  "positional",
  "compilationBindtemplate",
  "bindtemplate",
  "options",
]);

type Parameters = ReadonlyMap<string, Value>;

export class SQLCompiler extends DmlCompiler {
  static override readonly pyModule: string = "sqlalchemy.sql.compiler";
  override readonly isSql: boolean = true;

  override compile(): this {
    super.compile();
    const helped = this.options.supportingAgainst;
    if (helped)
      Object.assign(this, Object.fromEntries(Object.entries(helped).filter(([name]) => !OWN.has(name))));
    return this;
  }

  /** Keys of the primary key's columns, in order: names of the row that the getters' values make. */
  get insertedPrimaryKeyNames(): string[] {
    return [...this.#insertTable().primaryKey].map((c) => c.key);
  }

  #insertTable(): Table {
    return (this.compileState!.statement as Insert).table as Table;
  }

  /**
   * The new primary key from lastrowid (null: unknown) and the row's parameters by name.
   * A key that the program gave wins over lastrowid, which SQLite does not set for ON CONFLICT.
   */
  get insertedPrimaryKeyFromLastrowidGetter(): (lastrowid: Value, parameters: Parameters) => Value[] {
    return (this.#fromLastrowid ??= this.#makeFromLastrowid());
  }
  #fromLastrowid: ((lastrowid: Value, parameters: Parameters) => Value[]) | undefined;

  #makeFromLastrowid(): (lastrowid: Value, parameters: Parameters) => Value[] {
    const table = this.#insertTable();
    const keys = [...table.primaryKey].map((column) => ({ column, name: this.getBindNameForCol(column) }));
    const auto = table._autoincrementColumn;
    const processor = auto?.type.cachedResultProcessor(this.dialect, null) ?? null;
    const given = !!auto && this.binds.has(this.getBindNameForCol(auto));
    return (lastrowid, parameters) => {
      const id = processor ? processor(lastrowid) : lastrowid;
      return keys.map(({ column, name }) => {
        const parameter = parameters.get(name) ?? null;
        if (id === null || column !== auto) return parameter;
        return given && parameter !== null ? parameter : id;
      });
    };
  }

  /** The new primary key from the row that RETURNING gave and the row's parameters by name. */
  get insertedPrimaryKeyFromReturningGetter(): (row: readonly Value[], parameters: Parameters) => Value[] {
    return (this.#fromReturning ??= this.#makeFromReturning());
  }
  #fromReturning: ((row: readonly Value[], parameters: Parameters) => Value[]) | undefined;

  #makeFromReturning(): (row: readonly Value[], parameters: Parameters) => Value[] {
    const position = new ElementMap(this.implicitReturning!.map((c, i) => [c, i] as const));
    const keys = [...this.#insertTable().primaryKey].map((column: Column) => ({
      at: position.get(column),
      name: this.getBindNameForCol(column),
    }));
    return (row, parameters) =>
      keys.map(({ at, name }) => (at === undefined ? (parameters.get(name) ?? null) : (row[at] ?? null)));
  }
}
