// Naming conventions: what a constraint or index is called that was given no name, or only part of one.
//
// A template is filled in when the item joins its table: `fk_%(table_name)s_%(column_0_name)s`. Loading this file makes
// conventions work. Behaviour: SQLAlchemy sql/naming.py.
import { InvalidRequestError } from "../errors/index.ts";
import { listenInternal } from "../event/index.ts";
import { host, type Value } from "../util/host.ts";
import { ConvName } from "./names.ts";
import { NONE_NAME } from "./schema/constants.ts";
import { Constraint } from "./schema/constraint.ts";
import type { Column } from "./schema/column.ts";
import { ForeignKeyConstraint } from "./schema/foreign-key-constraint.ts";
import type { ForeignKey } from "./schema/foreign-key.ts";
import { Index } from "./schema/indexes.ts";
import { CheckConstraint, PrimaryKeyConstraint, UniqueConstraint } from "./schema/keys.ts";
import { isColumn, isTable } from "./schema/late.ts";
import type { NamingConvention } from "./schema/metadata.ts";
import { percentFormat } from "./schema/percent.ts";
import type { Table } from "./schema/table.ts";

type NamedItem = Constraint | Index;

const PREFIXES = new Map<unknown, string>([
  [Index, "ix"],
  [PrimaryKeyConstraint, "pk"],
  [CheckConstraint, "ck"],
  [UniqueConstraint, "uq"],
  [ForeignKeyConstraint, "fk"],
]);

function conventionFor(item: NamedItem, conventions: NamingConvention): Value {
  for (let cls: unknown = item.constructor; typeof cls === "function"; cls = Object.getPrototypeOf(cls)) {
    const prefix = PREFIXES.get(cls);
    if (prefix !== undefined && conventions.has(prefix)) return conventions.get(prefix);
    if (conventions.has(cls)) return conventions.get(cls);
  }
  return null;
}

/** The name by the table's convention (always a conv name), the item's own conv name, or null. */
export function constraintNameForTable(item: NamedItem, table: Table): ConvName | null {
  if (item._isConv) return new ConvName(item._name as string, item.nameQuote);
  const { namingConvention } = table.metadata;
  const template = conventionFor(item, namingConvention);
  if (template === null || template === NONE_NAME) return null;
  if (item._name !== null && !(template as string).includes("constraint_name")) return null;
  const tokens = new Tokens(item, table, namingConvention);
  return new ConvName(percentFormat(template as string, (name) => tokens.get(name)));
}

/** Values of the tokens that a template can name. */
class Tokens {
  private readonly item: NamedItem;
  private readonly table: Table;
  private readonly conventions: NamingConvention;
  private readonly givenName: string | null;

  constructor(item: NamedItem, table: Table, conventions: NamingConvention) {
    this.item = item;
    this.table = table;
    this.conventions = conventions;
    this.givenName = item._name;
  }

  /** Throws the host's KeyError for a token that does not exist. */
  get(key: string): Value {
    if (this.conventions.has(key)) return host.call(this.conventions.get(key), [this.item, this.table]);
    if (key === "table_name") return this.table.name;
    if (key === "constraint_name") return this.constraintName();
    if (key === "referred_table_name") return this.referredTable();
    const parsed = /^.*_?column_(\d+)(_?N)?_.+/s.exec(key);
    if (parsed) {
      const [, index, many] = parsed as unknown as [string, string, string | undefined];
      const kind = key.replace(many === undefined ? index : `0${many}`, "X");
      if (many === undefined) {
        const token = this.columnToken(kind, Number(index));
        if (token !== undefined) return token;
      } else {
        const tokens = this.members().map((_, i) => this.columnToken(kind, i));
        if (!tokens.includes(undefined)) return tokens.join(many.startsWith("_") ? "_" : "");
      }
    }
    throw host.error("KeyError", key);
  }

  private members(): readonly (Column | ForeignKey)[] {
    return this.item instanceof ForeignKeyConstraint
      ? this.item.elements
      : [...(this.item as unknown as { readonly columns: Iterable<Column> }).columns];
  }

  private columnAt(index: number): Column | undefined {
    const member = this.members()[index];
    return member && this.item instanceof ForeignKeyConstraint
      ? ((member as ForeignKey).parent as Column)
      : (member as Column | undefined);
  }

  private columnToken(kind: string, index: number): string | undefined {
    switch (kind) {
      case "column_X_key":
        return this.columnAt(index)?.key ?? "";
      case "column_X_name":
        return this.columnAt(index)?.name ?? "";
      case "column_X_label":
        return this.columnAt(index)?._ddlLabel ?? "";
      case "referred_column_X_name":
        return (this.members()[index] as ForeignKey).column.name;
      default:
        return undefined;
    }
  }

  private constraintName(): string {
    if (this.givenName === null)
      throw new InvalidRequestError(
        "Naming convention including %(constraint_name)s token requires that constraint is explicitly named.",
      );
    if (!this.item._isConv) this.item.name = null;
    return this.givenName;
  }

  private referredTable(): string {
    const parts = ((this.item as ForeignKeyConstraint).elements[0] as ForeignKey).targetFullname.split(".");
    if (parts.length === 3) return parts[1] as string;
    if (parts.length === 2) return parts[0] as string;
    throw host.error(
      "ValueError",
      parts.length < 2
        ? `not enough values to unpack (expected 2, got ${parts.length})`
        : "too many values to unpack (expected 2)",
    );
  }
}

function nameByConvention(item: NamedItem, parent: unknown): void {
  if (isColumn(parent)) {
    // A CHECK of a column: it is named when the column joins its table.
    listenInternal(parent, "after_parent_attach", (_, table) => nameByConvention(item, table));
    return;
  }
  if (!isTable(parent) || item._isConv || item._isNoneName) return;
  const name = constraintNameForTable(item, parent);
  if (name) item.name = name;
}

for (const cls of [Constraint, Index])
  listenInternal(cls, "after_parent_attach", (item, parent) => nameByConvention(item as NamedItem, parent));

listenInternal(PrimaryKeyConstraint, "sa_event_column_added_to_pk_constraint", (given) => {
  // The key that a table makes itself is named anew with every column that joins it.
  const key = given as PrimaryKeyConstraint;
  if (!key._implicitGenerated) return;
  key.name = null;
  const name = constraintNameForTable(key, key.table);
  if (name) key.name = name;
});
