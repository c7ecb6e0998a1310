// Engine, Connection and Session with the types of what they give.
import { compileWithCache } from "../engine/compile-cache.ts";
import * as engine from "../engine/index.ts";
import { Session as OrmSession } from "../orm/session/session.ts";
import "../orm/index.ts";
import type { MetaData } from "../sql/index.ts";
import type { Columns, Given } from "./columns.ts";
import type { Entity } from "./instance.ts";
import { Delete, Insert, Select, Update } from "./statements.ts";

/** Rows of a statement, read once. */
export class Result<Row extends readonly unknown[]> implements Iterable<Row> {
  private readonly result: engine.Result;
  constructor(result: engine.Result) {
    this.result = result;
  }
  get rowcount(): number {
    return (this.result as engine.CursorResult).rowcount;
  }
  *[Symbol.iterator](): Generator<Row> {
    for (const row of this.result) yield [...row] as unknown as Row;
  }
  all(): Row[] {
    return this.result.all().map((row) => [...row] as unknown as Row);
  }
  first(): Row | null {
    const row = this.result.first();
    return row === null ? null : ([...row] as unknown as Row);
  }
  /** @throws NoResultFound, MultipleResultsFound */
  one(): Row {
    return [...this.result.one()] as unknown as Row;
  }
}

/** The first values of rows: of `select(User)`, the objects. */
export class Scalars<T> implements Iterable<T> {
  private readonly result: engine.ScalarResult;
  constructor(result: engine.ScalarResult) {
    this.result = result;
  }
  [Symbol.iterator](): Iterator<T> {
    return this.result[Symbol.iterator]() as Iterator<T>;
  }
  all(): T[] {
    return this.result.all() as T[];
  }
  first(): T | null {
    return this.result.first() as T | null;
  }
  /** @throws NoResultFound, MultipleResultsFound */
  one(): T {
    return this.result.one() as T;
  }
  oneOrNone(): T | null {
    return this.result.oneOrNone() as T | null;
  }
  /** Without repetitions: for joined eager loads of collections. */
  unique(): Scalars<T> {
    return new Scalars(this.result.unique());
  }
}

type Dml<C extends Columns> = Insert<C> | Update<C> | Delete;

export class Connection {
  readonly connection: engine.Connection;
  constructor(connection: engine.Connection) {
    this.connection = connection;
  }
  execute<Row extends readonly unknown[]>(statement: Select<Row>): Result<Row>;
  /** @param rows the first one says which columns are inserted */
  execute<C extends Columns>(statement: Insert<C>, rows: readonly Given<C>[]): Result<[]>;
  execute<C extends Columns>(statement: Dml<C>): Result<[]>;
  execute(
    statement: Select<readonly unknown[]> | Dml<Columns>,
    rows?: readonly object[],
  ): Result<readonly unknown[]> {
    const params = rows?.map((r) => new Map(Object.entries(r))) ?? null;
    return new Result(this.connection.execute(statement.element, params));
  }
  commit(): void {
    this.connection.commit();
  }
  rollback(): void {
    this.connection.rollback();
  }
  close(): void {
    this.connection.close();
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

export class Database {
  readonly engine: engine.Engine;

  /** @param url of SQLAlchemy's kind: "sqlite://" is a database in memory */
  constructor(url = "sqlite://", options: Readonly<Record<string, unknown>> = {}) {
    this.engine = engine.createEngine(url, new Map(Object.entries(options)));
  }
  connect(): Connection {
    return new Connection(this.engine.connect());
  }
  /**
   * The text of a statement in this database's dialect, and the values of its parameters by name: by way of the statement cache, as
   * an execution gets them.
   */
  compile(statement: Select<readonly unknown[]>): { readonly text: string; readonly parameters: unknown } {
    const { compiled, extracted } = compileWithCache(statement.element, {
      dialect: this.engine.dialect,
      cache: this.engine._compiledCache,
      columnKeys: [],
      forExecutemany: false,
      schemaTranslateMap: null,
      linting: 0,
    });
    return {
      text: compiled.toString(),
      parameters: compiled.constructParams(null, extracted, false),
    };
  }
  createAll(metadata: MetaData): void {
    metadata.createAll(this.engine);
  }
  dispose(): void {
    this.engine.dispose();
  }
}

type EntityClass<T extends Entity> = abstract new (...args: never[]) => T;

/** A Session: SQLAlchemy's, over mapped classes of entity.ts. */
export class Session {
  readonly session: OrmSession;

  constructor(
    database: Database,
    options: { readonly autoflush?: boolean; readonly expireOnCommit?: boolean } = {},
  ) {
    this.session = new OrmSession(database.engine, options);
  }
  add(obj: Entity): void {
    this.session.add(obj);
  }
  addAll(objs: readonly Entity[]): void {
    this.session.addAll(objs);
  }
  delete(obj: Entity): void {
    this.session.delete(obj);
  }
  /** The object of this primary key: from the identity map, or loaded. A composite key is an array. */
  get<T extends Entity>(cls: EntityClass<T>, key: unknown): T | null {
    return this.session.get(cls, key) as T | null;
  }
  scalars<T>(statement: Select<readonly [T, ...unknown[]]>): Scalars<T> {
    return new Scalars(this.session.scalars(statement.element) as engine.ScalarResult);
  }
  scalar<T>(statement: Select<readonly [T, ...unknown[]]>): T | null {
    return this.session.scalar(statement.element) as T | null;
  }
  execute<Row extends readonly unknown[]>(statement: Select<Row>): Result<Row>;
  execute<C extends Columns>(statement: Insert<C>, rows: readonly Given<C>[]): Result<[]>;
  execute<C extends Columns>(statement: Dml<C>): Result<[]>;
  execute(
    statement: Select<readonly unknown[]> | Dml<Columns>,
    rows?: readonly object[],
  ): Result<readonly unknown[]> {
    const params = rows?.map((r) => new Map(Object.entries(r))) ?? null;
    return new Result(this.session.execute(statement.element, params) as engine.Result);
  }
  flush(): void {
    this.session.flush();
  }
  commit(): void {
    this.session.commit();
  }
  rollback(): void {
    this.session.rollback();
  }
  refresh(obj: Entity): void {
    this.session.refresh(obj);
  }
  expire(obj: Entity): void {
    this.session.expire(obj);
  }
  merge<T extends Entity>(obj: T): T {
    return this.session.merge(obj) as T;
  }
  contains(obj: Entity): boolean {
    return this.session.contains(obj);
  }
  close(): void {
    this.session.close();
  }
  [Symbol.dispose](): void {
    this.close();
  }
}
