// What reaches the playground from elsewhere, damaged or made with intent: share links, zips, kept workspaces, SQLite files.
//
// Each is taken, or refused with a sentence for the reader; what is taken is sound, and the engine goes on.
import { strict as assert } from "node:assert";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { nodeEngine } from "../../playground-engine/runtime/node.ts";
import { databaseAnswer } from "../../playground-engine/runtime/questions/index.ts";
import { packWorkspace, unpackWorkspace } from "../../playground-engine/runtime/workspace-zip.ts";
import { badPath, treeOf } from "../../site/playground/model/paths.ts";
import { checksum, DamagedLink, fromFragment } from "../../site/playground/model/share.ts";
import { isContent, soundFiles, soundJournal, soundRecord } from "../../site/playground/model/sound.ts";
import { damaged, trying } from "./fault.ts";

const hex = (bytes: Uint8Array): string => `${bytes.length} bytes: ${Buffer.from(bytes).toString("base64")}`;

// -- links ---------------------------------------------------------------------------------------------------------------

/** A fragment with a checksum that fits, whatever the text. */
function sealed(text: string): string {
  return `a${checksum(text)}${deflateRawSync(Buffer.from(text)).toString("base64url")}`;
}

const path = fc.oneof(
  fc.constantFrom("main.py", "a/b.py", "a", "../x", "/etc/passwd", "", ".", "a/", "__proto__", "constructor", "C:x", "a\\b"),
  fc.string({ maxLength: 8 }),
); // prettier-ignore
const likeLink = fc.record(
  {
    n: fc.oneof(fc.string(), fc.jsonValue()),
    f: fc.oneof(
      fc.array(fc.oneof(fc.tuple(path, fc.string()), fc.tuple(path, fc.base64String(), fc.constant(1)), fc.jsonValue())),
      fc.jsonValue(),
    ),
    o: fc.oneof(path, fc.jsonValue()),
    p: fc.oneof(fc.string(), fc.jsonValue()),
  },
  { requiredKeys: [] },
); // prettier-ignore
const link = fc.oneof(
  likeLink.map((x) => sealed(JSON.stringify(x))),
  fc.jsonValue().map((x) => sealed(JSON.stringify(x))),
  fc.string().map(sealed),
  damaged(fc.constant(strToU8(sealed('{"n":"Shop","f":[["main.py","print(1)"]],"o":"main.py"}')))).map((b) =>
    Buffer.from(b).toString("latin1"),
  ),
  fc.string().map((s) => `r${s}`),
  fc.string({ maxLength: 60 }),
);

export const links = trying(link, JSON.stringify, async (fragment) => {
  const shared = await fromFragment(fragment).catch((e: unknown) => {
    if (e instanceof DamagedLink && e.message.includes(" ")) return null;
    throw e;
  });
  if (shared === null) return;
  assert.equal(typeof shared.name, "string");
  assert.ok(shared.panel === null || typeof shared.panel === "string");
  assert.ok(shared.open === null || shared.files.has(shared.open));
  for (const [p, content] of shared.files) {
    assert.equal(badPath(p), null);
    assert.ok(isContent(content));
  }
  await takes([...shared.files].map(([p, content]) => ({ path: p, content })));
});

// -- zips ----------------------------------------------------------------------------------------------------------------

/** fflate packs plain objects, in which "__proto__" is no name like others: it is put in afterwards. */
const PROTO = ["@@proto@@", "__proto__"] as const;
const someZip = fc
  .array(fc.tuple(path, fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map(strToU8))), {
    maxLength: 6,
  })
  .map((entries) => {
    const packed = zipSync(
      Object.fromEntries(entries.map(([name, bytes]) => [name.replaceAll(PROTO[1], PROTO[0]) || "x", bytes])),
    );
    return Uint8Array.from(
      Buffer.from(
        Buffer.from(packed)
          .toString("latin1")
          .replaceAll(...PROTO),
        "latin1",
      ),
    );
  });
const zip = fc.oneof(
  someZip,
  damaged(someZip),
  damaged(
    fc.constant(packWorkspace([{ path: "main.py", content: "print(1)\n".repeat(50) }], "Shop", new Date(0))),
  ),
);

export const zips = trying(zip, hex, async (bytes) => {
  const unpacked = unpackWorkspace(bytes);
  if ("error" in unpacked) {
    assert.match(unpacked.error, /\.$/);
    return;
  }
  for (const f of unpacked.files) {
    assert.ok(!f.path.startsWith("/") && !f.path.split("/").includes(".."), f.path);
    assert.ok(isContent(f.content));
  }
  treeOf(unpacked.files.map((f) => f.path));
  await takes(unpacked.files);
});

/** The engine takes these files, and can tell of them again. */
async function takes(files: readonly { path: string; content: string | Uint8Array }[]): Promise<void> {
  const engine = await nodeEngine();
  engine.forget();
  engine.workspace.replace(files);
  for (const f of engine.workspace.files()) f.bytes();
}

// -- kept workspaces -----------------------------------------------------------------------------------------------------

const content = fc.oneof(fc.string(), fc.uint8Array(), fc.anything());
const filesLike = fc.oneof(
  fc.array(fc.tuple(fc.oneof(path, fc.anything()), content)).map((x) => new Map(x)),
  fc.anything(),
);
const record = fc.oneof(
  fc.anything(),
  fc.record(
    {
      id: fc.oneof(fc.string(), fc.anything()),
      name: fc.oneof(fc.string(), fc.anything()),
      created: fc.oneof(fc.nat(), fc.anything()),
      changed: fc.anything(),
      tabs: fc.oneof(fc.array(path), fc.anything()),
      active: fc.anything(),
      history: fc.oneof(fc.array(fc.string()), fc.anything()),
      origin: fc.oneof(
        fc.record({ kind: fc.anything(), id: fc.anything(), files: filesLike }),
        fc.anything(),
      ),
      before: filesLike,
      deleted: fc.anything(),
    },
    { requiredKeys: ["id"] },
  ),
);

const shown = (x: unknown): string => fc.stringify(x).slice(0, 2000);

export const records = trying(fc.tuple(record, filesLike, fc.anything()), shown, ([kept, files, journal]) => {
  const sound = files instanceof Map ? soundFiles(files) : new Map<string, string>();
  for (const p of sound.keys()) assert.ok(p !== "" && isContent(sound.get(p)));
  for (const [p, text] of soundJournal(journal)) assert.ok(typeof p === "string" && (text === null || typeof text === "string")); // prettier-ignore
  const r = soundRecord(kept, sound);
  if (!r) return;
  // what the workspace shows of it
  treeOf([...r.origin.files.keys(), ...(r.before?.keys() ?? [])]);
  assert.ok(r.name.trim() !== "" && [r.created, r.changed].every(Number.isFinite));
  assert.ok([...r.tabs, ...r.history].every((t) => typeof t === "string"));
  // and a sound one is left as it is
  assert.deepEqual(soundRecord(r, sound), r);
});

// -- databases -----------------------------------------------------------------------------------------------------------

const MADE = `
import sqlite3
c = sqlite3.connect("app.db")
c.executescript("""
create table author (id integer primary key, name text not null unique);
create table book (id integer primary key, title text, author_id references author (id), price numeric default 3.5);
create index ix_title on book (title); create view titles as select title from book;
create trigger t after insert on book begin update author set name = name; end;
insert into author (name) values ('a'), ('b'); insert into book (title, author_id) values ('x', 1), ('y', 2);
""")
c.execute("insert into book (title) values (?)", ["long " * 2000])
c.commit()
c.close()
`;
const READ = `
from sqlalchemy import MetaData, create_engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError
engine = create_engine("sqlite:///app.db")
metadata = MetaData()
try:
    print(inspect(engine).get_table_names())
    metadata.reflect(engine, views=True)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            print(table.name, len(connection.execute(select(table)).all()))
            connection.execute(table.delete())
except (SQLAlchemyError, UnicodeDecodeError) as error:
    print(type(error).__name__)
print("done")
`;

let made: Promise<Uint8Array> | undefined;

/** A database with all kinds of things in it. */
async function database(): Promise<Uint8Array> {
  const engine = await nodeEngine();
  engine.forget();
  engine.workspace.replace([{ path: "make.py", content: MADE }]);
  engine.run({ kind: "script", file: "make.py" }, { event: () => undefined });
  return engine.workspace.read("app.db") as Uint8Array;
}

const FAULT = /internal error|SystemError|TypeError|\[object /;

export const databases = trying(
  // what is damaged is chosen before the database is there: pages of it, the header, its end
  fc.record({ edits: fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(60)), { minLength: 1, maxLength: 12 }), end: fc.option(fc.nat()), head: fc.boolean() }),
  (x) => JSON.stringify(x),
  async ({ edits, end, head }) => {
    let bytes = Uint8Array.from(await (made ??= database()));
    for (const [at, value, length] of edits) {
      const from = head ? 16 + (at % 84) : 16 + (at % (bytes.length - 16));
      bytes.fill(value, from, from + 1 + (length >> 2));
    }
    if (end !== null) bytes = bytes.slice(0, 16 + (end % bytes.length));
    const engine = await nodeEngine();
    engine.forget();
    engine.workspace.replace([{ path: "app.db", content: bytes }, { path: "read.py", content: READ }]);
    databaseAnswer(engine, { kind: "database", path: "app.db", rows: 50 });
    for (const line of ["python read.py", "sqlite3 app.db .schema .dump", "sqlite3 app.db 'pragma integrity_check'"]) {
      let out = "";
      engine.run(
        { kind: "command", line },
        { limits: { milliseconds: 5000 }, event: (e) => void (e.kind === "output" && (out += e.text)) },
      );
      assert.doesNotMatch(out, FAULT, `${line} printed ${out}`);
      if (line.startsWith("python")) assert.match(out, /done\n$/, out);
    }
    for (const f of engine.workspace.files()) f.bytes();
  },
); // prettier-ignore
