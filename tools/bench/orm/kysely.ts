// Kysely: a query builder; the unit of work is ordered by hand.
import { Kysely, type Generated, SqliteDialect } from "kysely";
import type { SqlJsStatic } from "sql.js";
import { author, AUTHORS, book, BOOKS, type Candidate, SCHEMA, sqlJsDatabase } from "./work.ts";

interface Tables {
  author: { id: Generated<number>; name: string };
  book: { id: Generated<number>; title: string; author_id: number };
}

export const kysely = (SQL: SqlJsStatic): Candidate => ({
  name: "Kysely",
  open: () => {
    const database = sqlJsDatabase(SQL);
    database.exec(SCHEMA);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: database as never }) });
    return Promise.resolve({
      close: () => db.destroy(),
      works: {
        insert: async () => {
          await db.transaction().execute(async (t) => {
            for (let i = 0; i < AUTHORS; i++) {
              const { insertId } = await t
                .insertInto("author")
                .values({ name: author(i) })
                .executeTakeFirstOrThrow();
              await t
                .insertInto("book")
                .values(
                  Array.from({ length: BOOKS }, (_, j) => ({
                    title: book(i, j),
                    author_id: Number(insertId),
                  })),
                )
                .execute();
            }
          });
          return AUTHORS * (1 + BOOKS);
        },
        load: async () => {
          const rows = await db
            .selectFrom("author")
            .leftJoin("book", "book.author_id", "author.id")
            .select(["author.id", "author.name", "book.id as book_id", "book.title"])
            .execute();
          const authors = new Map<number, { name: string; books: unknown[] }>();
          for (const r of rows) {
            let a = authors.get(r.id);
            if (!a) authors.set(r.id, (a = { name: r.name, books: [] }));
            a.books.push({ id: r.book_id, title: r.title });
          }
          return [...authors.values()].reduce((n, a) => n + a.books.length, 0);
        },
        change: async () => {
          const rows = await db.selectFrom("author").selectAll().execute();
          await db.transaction().execute(async (t) => {
            for (const r of rows)
              await t
                .updateTable("author")
                .set({ name: `${r.name}!` })
                .where("id", "=", r.id)
                .execute();
          });
          return rows.length;
        },
        get: async () => {
          let found = 0;
          for (let i = 1; i <= AUTHORS; i++)
            if (await db.selectFrom("author").selectAll().where("id", "=", i).executeTakeFirst()) found++;
          return found;
        },
        compile: () => {
          let built = 0;
          for (let i = 0; i < 1000; i++) {
            const s = db
              .selectFrom("author")
              .innerJoin("book", "book.author_id", "author.id")
              .select(["author.name", "book.title"])
              .where("author.id", ">", i)
              .where("book.title", "like", "b%")
              .orderBy("author.name")
              .orderBy("book.id", "desc")
              .limit(10)
              .compile();
            if (s.sql.startsWith("select")) built++;
          }
          return built;
        },
        bulk: async () => {
          const rows = Array.from({ length: 3000 }, (_, i) => ({ title: `bulk ${i}`, author_id: 1 }));
          for (let i = 0; i < rows.length; i += 1000)
            await db
              .insertInto("book")
              .values(rows.slice(i, i + 1000))
              .execute();
          return 3000;
        },
      },
    });
  },
});
