// Columns of tables and entities as TypeScript describes them: each builder says which type of value the column holds.
//
// A column is NOT NULL unless it is nullable(), as `Mapped[str]` is. Values are JavaScript's: Date for DateTime, and the small
// classes of util/plain-types.ts for what JavaScript has none of.
import * as sql from "../sql/index.ts";
import type { Decimal, PlainDate, PlainTime, Uuid } from "../util/plain-types.ts";
import type { Value } from "../util/host.ts";

interface Settings {
  readonly primaryKey?: boolean;
  readonly nullable?: boolean;
  readonly unique?: boolean;
  readonly index?: boolean;
  readonly default?: Value;
  readonly serverDefault?: Value;
  readonly references?: { readonly column: string; readonly ondelete?: string };
  readonly name?: string;
}

/**
 * A column to be.
 * @typeParam T what its values are
 * @typeParam Optional whether an INSERT may leave it out
 */
export class ColumnSpec<T, Optional extends boolean = false> {
  declare readonly value: T;
  declare readonly optional: Optional;
  private readonly type: sql.TypeEngine;
  private readonly settings: Settings;

  constructor(type: sql.TypeEngine, settings: Settings = {}) {
    this.type = type;
    this.settings = settings;
  }

  private with<U, O extends boolean>(more: Settings): ColumnSpec<U, O> {
    return new ColumnSpec(this.type, { ...this.settings, ...more });
  }

  /** Part of the primary key; an integer alone is given by the database. */
  primaryKey(): ColumnSpec<T, true> {
    return this.with({ primaryKey: true });
  }
  nullable(): ColumnSpec<T | null, true> {
    return this.with({ nullable: true });
  }
  unique(): ColumnSpec<T, Optional> {
    return this.with({ unique: true });
  }
  index(): ColumnSpec<T, Optional> {
    return this.with({ index: true });
  }
  /** A value, or a function that makes one, for INSERTs that leave the column out. */
  default(value: T | (() => T)): ColumnSpec<T, true> {
    return this.with({ default: value });
  }
  /** SQL text of the column's DEFAULT clause. */
  serverDefault(text: string): ColumnSpec<T, true> {
    return this.with({ serverDefault: sql.text(text) });
  }
  /** A foreign key to "table.column"; a flush fills it in from a relationship, so that an object may come without it. */
  references(column: string, options: { readonly ondelete?: string } = {}): ColumnSpec<T, true> {
    return this.with({ references: { column, ...options } });
  }
  /** The column's name in the database, where the attribute's is another. */
  named(name: string): ColumnSpec<T, Optional> {
    return this.with({ name });
  }

  /** @internal */
  _column(key: string): sql.Column {
    const { references, name = key, primaryKey = false, nullable = false, ...rest } = this.settings;
    const args = references
      ? [new sql.ForeignKey(references.column, references.ondelete ? { ondelete: references.ondelete } : {})]
      : [];
    return new sql.Column(name, this.type, args, {
      ...rest,
      key,
      primaryKey,
      nullable: nullable && !primaryKey,
    });
  }
}

const of =
  <T>(type: () => sql.TypeEngine) =>
  (): ColumnSpec<T> =>
    new ColumnSpec<T>(type());

export const integer = of<number>(() => new sql.Integer());
export const bigInteger = of<number>(() => new sql.BigInteger());
export const text = of<string>(() => new sql.Text());
export const boolean = of<boolean>(() => new sql.Boolean());
export const float = of<number>(() => new sql.Float());
export const date = of<PlainDate>(() => new sql.Date());
export const time = of<PlainTime>(() => new sql.Time());
export const dateTime = of<Date>(() => new sql.DateTime());
export const blob = of<Uint8Array>(() => new sql.LargeBinary());
export const uuid = of<Uuid>(() => new sql.Uuid());
/** @typeParam T what the JSON holds; nothing checks it */
export const json = <T = unknown>(): ColumnSpec<T> => new ColumnSpec<T>(new sql.JSON());
/** @param length characters; without a limit where left out */
export const string = (length?: number): ColumnSpec<string> => new ColumnSpec<string>(new sql.String(length));
/** @param precision digits in all @param scale digits after the point */
export const numeric = (precision?: number, scale?: number): ColumnSpec<Decimal> =>
  new ColumnSpec<Decimal>(new sql.Numeric(precision, scale));

export type Columns = Readonly<Record<string, ColumnSpec<unknown, boolean>>>;

/** The values of a whole row, by column. */
export type RowOf<C extends Columns> = { -readonly [K in keyof C]: C[K]["value"] };

type OptionalKeys<C extends Columns> = { [K in keyof C]: C[K]["optional"] extends true ? K : never }[keyof C];

/** What an INSERT is given: all columns but those that may be left out. */
export type Given<C extends Columns> = { [K in Exclude<keyof C, OptionalKeys<C>>]: C[K]["value"] } & {
  [K in OptionalKeys<C>]?: C[K]["value"];
};
