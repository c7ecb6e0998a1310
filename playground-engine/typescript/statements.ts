// Statements with the types of their rows: SQLAlchemy's generative methods over the engine's statements.
import type { AbstractLoad } from "../orm/index.ts";
import * as orm from "../orm/index.ts";
import * as sql from "../sql/index.ts";
import type { Columns, Given, RowOf } from "./columns.ts";
import type { Condition, Expression, Order, SelectOf } from "./expressions.ts";
import type { Entity } from "./instance.ts";
import { plain, type Table } from "./table.ts";

/** What select() takes: an expression, or a mapped class, whose objects are then in the rows. */
export type Selectable =
  Expression<never> | Expression<unknown> | (abstract new (...args: never[]) => Entity);

type ValueOf<E> = E extends abstract new (...args: never[]) => infer I
  ? I
  : E extends Expression<infer T>
    ? T
    : never;
export type RowOfEntities<E extends readonly unknown[]> = { [I in keyof E]: ValueOf<E[I]> };

/** A relationship as loader options and joins name it: `User.r.addresses`. */
export interface RelationshipRef<Target> {
  readonly target?: Target;
}

interface JoinOptions {
  readonly isouter?: boolean;
  readonly full?: boolean;
}

export class Select<Row extends readonly unknown[]> implements SelectOf<Row> {
  readonly element: sql.Select;
  declare readonly row?: Row;

  constructor(element: sql.Select) {
    this.element = element;
  }
  private next(element: sql.Select): Select<Row> {
    return new Select(element);
  }

  where(...conditions: Condition[]): Select<Row> {
    return this.next(this.element.where(conditions));
  }
  having(...conditions: Condition[]): Select<Row> {
    return this.next(this.element.having(conditions));
  }
  join(
    target: Selectable | RelationshipRef<unknown> | Table<Columns>,
    onclause?: Condition,
    options: JoinOptions = {},
  ): Select<Row> {
    return this.next(this.element.join(plain(target), onclause ?? null, options));
  }
  outerjoin(
    target: Selectable | RelationshipRef<unknown> | Table<Columns>,
    onclause?: Condition,
  ): Select<Row> {
    return this.next(this.element.outerjoin(plain(target), onclause ?? null));
  }
  selectFrom(...froms: (Selectable | Table<Columns>)[]): Select<Row> {
    return this.next(this.element.selectFrom(froms.map(plain)));
  }
  orderBy(...by: (Order | Expression<never>)[]): Select<Row> {
    return this.next(this.element.orderBy(by));
  }
  groupBy(...by: Expression<never>[] | Expression<unknown>[]): Select<Row> {
    return this.next(this.element.groupBy(by));
  }
  distinct(): Select<Row> {
    return this.next(this.element.distinct());
  }
  limit(n: number): Select<Row> {
    return this.next(this.element.limit(n));
  }
  offset(n: number): Select<Row> {
    return this.next(this.element.offset(n));
  }
  options(...options: AbstractLoad[]): Select<Row> {
    return this.next(this.element.options(options));
  }
  executionOptions(options: Readonly<Record<string, unknown>>): Select<Row> {
    return this.next(this.element.executionOptions(new Map(Object.entries(options))));
  }
  /** The statement's text, with placeholders, as the default dialect writes it. */
  toString(): string {
    return this.element.toString();
  }
}

/** `select(User)`, `select(User.c.name, func.count())`: rows of the values of these. */
export function select<const E extends readonly Selectable[]>(...entities: E): Select<RowOfEntities<E>> {
  return new Select(sql.select(entities));
}

export class Insert<C extends Columns> {
  readonly element: sql.Insert;
  declare readonly columns?: C;
  constructor(element: sql.Insert) {
    this.element = element;
  }
  /** Of one row, or of several in one statement. To insert many rows fast, give them to execute() instead. */
  values(rows: Given<C> | readonly Given<C>[]): Insert<C> {
    const plain = Array.isArray(rows)
      ? rows.map((r) => new Map(Object.entries(r as object)))
      : new Map(Object.entries(rows));
    return new Insert(this.element.values([plain]));
  }
}

export class Update<C extends Columns> {
  readonly element: sql.Update;
  constructor(element: sql.Update) {
    this.element = element;
  }
  where(...conditions: Condition[]): Update<C> {
    return new Update(this.element.where(conditions));
  }
  values(values: { [K in keyof C]?: RowOf<C>[K] | Expression<RowOf<C>[K]> }): Update<C> {
    return new Update(this.element.values([new Map(Object.entries(values))]));
  }
}

export class Delete {
  readonly element: sql.Delete;
  constructor(element: sql.Delete) {
    this.element = element;
  }
  where(...conditions: Condition[]): Delete {
    return new Delete(this.element.where(conditions));
  }
}

/** What insert(), update() and delete_() take: a table, or a mapped class of these columns. */
export type Target<C extends Columns> = Table<C> | { readonly columns: C };

export const insert = <C extends Columns>(into: Target<C>): Insert<C> => new Insert(sql.insert(plain(into)));
export const update = <C extends Columns>(what: Target<C>): Update<C> => new Update(sql.update(plain(what)));
export const delete_ = <C extends Columns>(from: Target<C>): Delete => new Delete(sql.delete_(plain(from)));

// Loader options by relationship.
export const selectinload = (...path: RelationshipRef<unknown>[]): AbstractLoad => orm.selectinload(path);
export const joinedload = (...path: RelationshipRef<unknown>[]): AbstractLoad => orm.joinedload(path);
export const subqueryload = (...path: RelationshipRef<unknown>[]): AbstractLoad => orm.subqueryload(path);
export const lazyload = (...path: RelationshipRef<unknown>[]): AbstractLoad => orm.lazyload(path);
export const raiseload = (...path: RelationshipRef<unknown>[]): AbstractLoad => orm.raiseload(path);
