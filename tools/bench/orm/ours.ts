// Ours, through its typed face.
import {
  Base,
  type Collection,
  Database,
  insert,
  integer,
  relationship,
  relationships,
  select,
  selectinload,
  Session,
  text,
} from "../../../playground-engine/typescript/index.ts";
import { author, AUTHORS, book, BOOKS, type Candidate } from "./work.ts";

const base = new Base();
class Author extends base.entity("author", { id: integer().primaryKey(), name: text() }) {
  declare books: Collection<Book>;
}
class Book extends base.entity("book", {
  id: integer().primaryKey(),
  title: text(),
  authorId: integer().references("author.id").index().named("author_id"),
}) {
  declare author: Author | null;
}
base.map(Author, { books: relationship(() => Book, { backPopulates: "author" }) });
base.map(Book, { author: relationship(() => Author, { backPopulates: "books" }) });

export const ours: Candidate = {
  name: "Mapped",
  open: () => {
    const db = new Database("sqlite://");
    db.createAll(base.metadata);
    return Promise.resolve({
      close: () => db.dispose(),
      works: {
        insert: () => {
          using session = new Session(db);
          for (let i = 0; i < AUTHORS; i++) {
            const a = new Author({ name: author(i) });
            for (let j = 0; j < BOOKS; j++) a.books.push(new Book({ title: book(i, j) }));
            session.add(a);
          }
          session.commit();
          return AUTHORS * (1 + BOOKS);
        },
        load: () => {
          using session = new Session(db);
          const authors = session
            .scalars(select(Author).options(selectinload(relationships(Author).books)))
            .all();
          return authors.reduce((n, a) => n + a.books.length, 0);
        },
        change: () => {
          using session = new Session(db);
          const authors = session.scalars(select(Author)).all();
          for (const a of authors) a.name = `${a.name}!`;
          session.commit();
          return authors.length;
        },
        get: () => {
          using session = new Session(db);
          let found = 0;
          for (let i = 1; i <= AUTHORS; i++) if (session.get(Author, i)?.name) found++;
          return found;
        },
        compile: () => {
          let built = 0;
          for (let i = 0; i < 1000; i++) {
            const s = select(Author.c.name, Book.c.title)
              .join(relationships(Author).books)
              .where(Author.c.id.gt(i))
              .where(Book.c.title.like("b%"))
              .orderBy(Author.c.name, Book.c.id.desc())
              .limit(10);
            if (db.compile(s).text.startsWith("SELECT")) built++;
          }
          return built;
        },
        bulk: () => {
          using c = db.connect();
          c.execute(
            insert(Book),
            Array.from({ length: 3000 }, (_, i) => ({ title: `bulk ${i}`, authorId: 1 })),
          );
          c.commit();
          return 3000;
        },
      },
    });
  },
};
