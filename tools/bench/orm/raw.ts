// The floor: sql.js with prepared statements, written by hand.
import type { SqlJsStatic } from "sql.js";
import { author, AUTHORS, book, BOOKS, type Candidate, SCHEMA } from "./work.ts";

export const raw = (SQL: SqlJsStatic): Candidate => ({
  name: "raw sql.js",
  open: () => {
    const db = new SQL.Database();
    db.run(SCHEMA);
    const insert = (): number => {
      db.run("BEGIN");
      const a = db.prepare("INSERT INTO author (id, name) VALUES (?, ?)");
      const b = db.prepare("INSERT INTO book (title, author_id) VALUES (?, ?)");
      for (let i = 0; i < AUTHORS; i++) {
        a.run([i + 1, author(i)]);
        for (let j = 0; j < BOOKS; j++) b.run([book(i, j), i + 1]);
      }
      a.free();
      b.free();
      db.run("COMMIT");
      return AUTHORS * (1 + BOOKS);
    };
    return Promise.resolve({
      close: () => db.close(),
      works: {
        insert,
        load: () => {
          const authors = new Map<number, { id: number; name: string; books: unknown[] }>();
          const a = db.prepare("SELECT id, name FROM author");
          while (a.step()) {
            const [id, name] = a.get() as [number, string];
            authors.set(id, { id, name, books: [] });
          }
          a.free();
          const b = db.prepare("SELECT id, title, author_id FROM book");
          while (b.step()) {
            const [id, title, of] = b.get() as [number, string, number];
            authors.get(of)!.books.push({ id, title });
          }
          b.free();
          return [...authors.values()].reduce((n, x) => n + x.books.length, 0);
        },
        change: () => {
          db.run("BEGIN");
          const rows: [number, string][] = [];
          const s = db.prepare("SELECT id, name FROM author");
          while (s.step()) rows.push(s.get() as [number, string]);
          s.free();
          const u = db.prepare("UPDATE author SET name = ? WHERE id = ?");
          for (const [id, name] of rows) u.run([`${name}!`, id]);
          u.free();
          db.run("COMMIT");
          return rows.length;
        },
        get: () => {
          let found = 0;
          const s = db.prepare("SELECT id, name FROM author WHERE id = ?");
          for (let i = 1; i <= AUTHORS; i++) {
            s.bind([i]);
            if (s.step()) found += s.get().length / 2;
            s.reset();
          }
          s.free();
          return found;
        },
        bulk: () => {
          db.run("BEGIN");
          const b = db.prepare("INSERT INTO book (title, author_id) VALUES (?, ?)");
          for (let i = 0; i < 3000; i++) b.run([`bulk ${i}`, 1]);
          b.free();
          db.run("COMMIT");
          return 3000;
        },
      },
    });
  },
});
