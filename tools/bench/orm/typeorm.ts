// TypeORM with its own driver for sql.js.
import type { SqlJsStatic } from "sql.js";
import { DataSource, EntitySchema } from "typeorm";
import { author, AUTHORS, book, BOOKS, type Candidate } from "./work.ts";

interface Author {
  id: number;
  name: string;
  books: Book[];
}
interface Book {
  id: number;
  title: string;
  author: Author;
}
const Authors = new EntitySchema<Author>({
  name: "author",
  columns: { id: { type: Number, primary: true, generated: true }, name: { type: String } },
  relations: { books: { type: "one-to-many", target: "book", inverseSide: "author", cascade: true } },
});
const Books = new EntitySchema<Book>({
  name: "book",
  columns: { id: { type: Number, primary: true, generated: true }, title: { type: String } },
  relations: {
    author: {
      type: "many-to-one",
      target: "author",
      inverseSide: "books",
      joinColumn: { name: "author_id" },
    },
  },
  indices: [{ columns: ["author"] }],
});

export const typeorm = (SQL: SqlJsStatic): Candidate => ({
  name: "TypeORM",
  open: async () => {
    const db = await new DataSource({
      type: "sqljs",
      driver: SQL,
      synchronize: true,
      entities: [Authors, Books],
    }).initialize();
    return {
      close: () => db.destroy(),
      works: {
        insert: async () => {
          await db.transaction(async (m) => {
            await m.save(
              Authors,
              Array.from({ length: AUTHORS }, (_, i) => ({
                name: author(i),
                books: Array.from({ length: BOOKS }, (_x, j) => ({ title: book(i, j) })),
              })),
            );
          });
          return AUTHORS * (1 + BOOKS);
        },
        load: async () => {
          const authors = await db.getRepository(Authors).find({ relations: { books: true } });
          return authors.reduce((n, a) => n + a.books.length, 0);
        },
        change: async () => {
          const authors = await db.getRepository(Authors).find();
          for (const a of authors) a.name = `${a.name}!`;
          await db.transaction((m) => m.save(Authors, authors));
          return authors.length;
        },
        get: async () => {
          const repository = db.getRepository(Authors);
          let found = 0;
          for (let i = 1; i <= AUTHORS; i++) if (await repository.findOneBy({ id: i })) found++;
          return found;
        },
        compile: () => {
          let built = 0;
          for (let i = 0; i < 1000; i++) {
            // text and parameters, as all the others give them
            const [s] = db
              .createQueryBuilder(Authors, "author")
              .select(["author.name", "book.title"])
              .innerJoin("author.books", "book")
              .where("author.id > :id", { id: i })
              .andWhere("book.title LIKE :like", { like: "b%" })
              .orderBy("author.name")
              .addOrderBy("book.id", "DESC")
              .limit(10)
              .getQueryAndParameters();
            if (s.startsWith("SELECT")) built++;
          }
          return built;
        },
        bulk: async () => {
          const rows = Array.from({ length: 3000 }, (_, i) => ({ title: `bulk ${i}`, author: { id: 1 } }));
          for (let i = 0; i < rows.length; i += 1000)
            await db
              .createQueryBuilder()
              .insert()
              .into(Books)
              .values(rows.slice(i, i + 1000))
              .updateEntity(false)
              .execute();
          return 3000;
        },
      },
    };
  },
});
