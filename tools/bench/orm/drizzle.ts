// Drizzle: a query builder over sql.js; the unit of work is ordered and collections are gathered by hand.
import { and, asc, desc, eq, gt, like } from "drizzle-orm";
import { drizzle as open } from "drizzle-orm/sql-js";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { SqlJsStatic } from "sql.js";
import { author, AUTHORS, book, BOOKS, type Candidate, SCHEMA } from "./work.ts";

const authors = sqliteTable("author", { id: integer().primaryKey(), name: text().notNull() });
const books = sqliteTable("book", {
  id: integer().primaryKey(),
  title: text().notNull(),
  authorId: integer("author_id").notNull(),
});

export const drizzle = (SQL: SqlJsStatic): Candidate => ({
  name: "Drizzle",
  open: () => {
    const database = new SQL.Database();
    database.run(SCHEMA);
    const db = open(database);
    return Promise.resolve({
      close: () => database.close(),
      works: {
        insert: () => {
          db.transaction((t) => {
            for (let i = 0; i < AUTHORS; i++) {
              const row = t
                .insert(authors)
                .values({ name: author(i) })
                .returning({ id: authors.id })
                .get();
              t.insert(books)
                .values(Array.from({ length: BOOKS }, (_, j) => ({ title: book(i, j), authorId: row.id })))
                .run();
            }
          });
          return AUTHORS * (1 + BOOKS);
        },
        load: () => {
          const found = new Map(
            db
              .select()
              .from(authors)
              .all()
              .map((a) => [a.id, { ...a, books: [] as unknown[] }]),
          );
          for (const b of db.select().from(books).all()) found.get(b.authorId)!.books.push(b);
          return [...found.values()].reduce((n, a) => n + a.books.length, 0);
        },
        change: () => {
          const rows = db.select().from(authors).all();
          db.transaction((t) => {
            for (const r of rows)
              t.update(authors)
                .set({ name: `${r.name}!` })
                .where(eq(authors.id, r.id))
                .run();
          });
          return rows.length;
        },
        get: () => {
          let found = 0;
          for (let i = 1; i <= AUTHORS; i++)
            if (db.select().from(authors).where(eq(authors.id, i)).get()) found++;
          return found;
        },
        compile: () => {
          let built = 0;
          for (let i = 0; i < 1000; i++) {
            const s = db
              .select({ name: authors.name, title: books.title })
              .from(authors)
              .innerJoin(books, eq(books.authorId, authors.id))
              .where(and(gt(authors.id, i), like(books.title, "b%")))
              .orderBy(asc(authors.name), desc(books.id))
              .limit(10)
              .toSQL();
            if (s.sql.startsWith("select")) built++;
          }
          return built;
        },
        bulk: () => {
          const rows = Array.from({ length: 3000 }, (_, i) => ({ title: `bulk ${i}`, authorId: 1 }));
          for (let i = 0; i < rows.length; i += 1000)
            db.insert(books)
              .values(rows.slice(i, i + 1000))
              .run();
          return 3000;
        },
      },
    });
  },
});
