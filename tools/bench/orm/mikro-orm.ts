// MikroORM 7 on its SQLite driver, over sql.js behind Kysely's dialect.
import { EntitySchema } from "@mikro-orm/core";
import { MikroORM, SqliteDriver } from "@mikro-orm/sql";
import { SqliteDialect } from "kysely";
import type { SqlJsStatic } from "sql.js";
import { author, AUTHORS, book, BOOKS, type Candidate, SCHEMA, sqlJsDatabase } from "./work.ts";

interface Author {
  id: number;
  name: string;
  books: { length: number; add(b: Book): void } & Iterable<Book>;
}
interface Book {
  id: number;
  title: string;
  author: Author;
}
const Authors = new EntitySchema<Author>({
  name: "Author",
  tableName: "author",
  properties: {
    id: { type: "integer", primary: true, autoincrement: true },
    name: { type: "string" },
    books: { kind: "1:m", entity: () => "Book", mappedBy: "author" } as never,
  },
});
const Books = new EntitySchema<Book>({
  name: "Book",
  tableName: "book",
  properties: {
    id: { type: "integer", primary: true, autoincrement: true },
    title: { type: "string" },
    author: { kind: "m:1", entity: () => "Author", fieldName: "author_id" } as never,
  },
});

export const mikroOrm = (SQL: SqlJsStatic): Candidate => ({
  name: "MikroORM",
  open: async () => {
    const database = sqlJsDatabase(SQL);
    database.exec(SCHEMA);
    const orm = await MikroORM.init({
      driver: SqliteDriver,
      dbName: ":memory:",
      driverOptions: new SqliteDialect({ database: database as never }) as never,
      entities: [Authors, Books],
    });
    return {
      close: () => orm.close(),
      works: {
        insert: async () => {
          const em = orm.em.fork();
          for (let i = 0; i < AUTHORS; i++) {
            const a = em.create(Authors, { name: author(i) } as never) as Author;
            for (let j = 0; j < BOOKS; j++) em.create(Books, { title: book(i, j), author: a } as never);
          }
          await em.flush();
          return AUTHORS * (1 + BOOKS);
        },
        load: async () => {
          const authors = (await orm.em
            .fork()
            .find(Authors, {}, { populate: ["books"] as never })) as Author[];
          return authors.reduce((n, a) => n + a.books.length, 0);
        },
        change: async () => {
          const em = orm.em.fork();
          const authors = (await em.find(Authors, {})) as Author[];
          for (const a of authors) a.name = `${a.name}!`;
          await em.flush();
          return authors.length;
        },
        get: async () => {
          const em = orm.em.fork();
          let found = 0;
          for (let i = 1; i <= AUTHORS; i++) if (await em.findOne(Authors, i as never)) found++;
          return found;
        },
        bulk: async () => {
          const rows = Array.from({ length: 3000 }, (_, i) => ({ title: `bulk ${i}`, author: 1 }));
          for (let i = 0; i < rows.length; i += 1000)
            await orm.em.fork().insertMany(Books, rows.slice(i, i + 1000) as never);
          return 3000;
        },
      },
    };
  },
});
