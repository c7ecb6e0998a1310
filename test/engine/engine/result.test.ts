// Results and rows: each expectation is what SQLAlchemy 2.0.52 printed for the same program.
import { describe, it } from "vitest";
import type { Connection, CursorResult, Row } from "../../../playground-engine/engine/index.ts";
import { insert, select, text, update } from "../../../playground-engine/sql/index.ts";
import { host } from "../../../playground-engine/util/host.ts";
import { expectOutcomes, kw, tuple, world } from "./world.ts";

function setUp(): { c: Connection; ex: () => CursorResult; w: ReturnType<typeof world>; first: () => Row } {
  const w = world();
  const c = w.engine.connect();
  const ex = (): CursorResult => c.execute(select([w.t]).orderBy([w.id]));
  return { c, ex, w, first: () => ex().first() as Row };
}

describe("fetching", () => {
  it("gives rows one by one, all at once, in parts", () => {
    const { c, ex, w } = setUp();
    expectOutcomes([
      ["first", () => ex().first(), "(1, 'a')"],
      [
        "one",
        () => ex().one(),
        "MultipleResultsFound: Multiple rows were found when exactly one was required",
      ],
      [
        "one_or_none",
        () => ex().oneOrNone(),
        "MultipleResultsFound: Multiple rows were found when one or none was required",
      ],
      [
        "one of none",
        () => c.execute(select([w.t]).where([w.id.eq(99)])).one(),
        "NoResultFound: No row was found when one was required",
      ],
      [
        "scalar_one",
        () => ex().scalarOne(),
        "MultipleResultsFound: Multiple rows were found when exactly one was required",
      ],
      ["fetchmany", () => ex().columns(["name", "id"]).fetchmany(2), "[('a', 1), ('b', 2)]"],
      ["partitions", () => [...ex().partitions(3)], "[[(1, 'a'), (2, 'b'), (3, 'c')], [(4, 'd')]]"],
      ["yield_per", () => [...ex().yieldPer(3).partitions()].map((p) => p.length), "[3, 1]"],
      ["merge", () => ex().merge([ex()]).all().length, "8"],
      [
        "freeze",
        () => ((f) => [f.call().all().length, f.call().scalars().all()])(ex().freeze()),
        "[4, [1, 2, 3, 4]]",
      ],
    ]);
  });

  it("shows the same rows as scalars and mappings", () => {
    const { ex, w } = setUp();
    expectOutcomes([
      ["scalars", () => ex().scalars().all(), "[1, 2, 3, 4]"],
      ["by name", () => ex().scalars("name").all(), "['a', 'b', 'c', 'd']"],
      ["by position", () => ex().scalars(1).all(), "['a', 'b', 'c', 'd']"],
      ["by column", () => ex().scalars(w.name).first(), "a"],
      [
        "unknown",
        () => ex().scalars("zzz").all(),
        "NoSuchColumnError: Could not locate column in row for column 'zzz'",
      ],
      ["beyond", () => ex().scalars(5).all(), "IndexError: list index out of range"],
      ["mappings", () => ex().mappings().first(), "{'id': 1, 'name': 'a'}"],
      [
        "columns of mappings",
        () => ex().mappings().columns(["name"]).all(),
        "[{'name': 'a'}, {'name': 'b'}, {'name': 'c'}, {'name': 'd'}]",
      ],
      ["keys", () => ex().keys(), "RMKeyView(['id', 'name'])"],
    ]);
  });

  it("leaves out repeated rows", () => {
    const { c, ex, w } = setUp();
    expectOutcomes([
      [
        "by equality",
        () =>
          c
            .execute(select([w.id.mod(2)]))
            .unique()
            .all(),
        "[(1,), (0,)]",
      ],
      [
        "by strategy",
        () =>
          ex()
            .unique((r: Row) => (r.getAttr("id") as number) % 2)
            .all(),
        "[(1, 'a'), (2, 'b')]",
      ],
    ]);
  });

  it("knows an exhausted result from a closed one", () => {
    const { c, ex, w } = setUp();
    const closed = "ResourceClosedError: This result object is closed.";
    const noRows =
      "ResourceClosedError: This result object does not return rows. It has been closed automatically.";
    const change = () => c.execute(update(w.t).values([kw({ name: "e" })]));
    expectOutcomes([
      ["after first", () => ((r) => [r.first(), r.fetchone()])(ex()), closed],
      [
        "after all",
        () => ((r) => [r.all().length, r.closed, r.all(), r.fetchone(), r.first()])(ex()),
        "[4, False, [], None, None]",
      ],
      ["after close", () => ((r) => [r.close(), r.fetchall()])(ex()), closed],
      ["rows of an update", () => change().all(), noRows],
      ["keys of an update", () => change().keys(), noRows],
      ["rowcount of an update", () => change().rowcount, "4"],
    ]);
  });
});

describe("rows", () => {
  it("compare as tuples and find values by name and column", () => {
    const { c, w, first } = setUp();
    const twice = () => c.execute(select([w.name.label("x"), w.id.label("x")])).first() as Row;
    expectOutcomes([
      [
        "equal",
        () => [
          first().equals(tuple(1, "a")),
          first().equals(first()),
          first().hashKey() === host.key(tuple(1, "a")),
        ],
        "[True, True, True]",
      ],
      ["order", () => first().compareTo(tuple(2)) < 0, "True"],
      [
        "fields",
        () => [first()._fields, first()._asdict(), first().count("a"), first().index("a")],
        "[('id', 'name'), {'id': 1, 'name': 'a'}, 1, 1]",
      ],
      ["by column", () => first()._mapping.getByKey(w.name), "a"],
      [
        "by another column",
        () => first()._mapping.getByKey(w.id.label("q")),
        "NoSuchColumnError: Could not locate column in row for column 't.id'",
      ],
      [
        "no attribute",
        () => first().getAttr("zzz"),
        "AttributeError: Could not locate column in row for column 'zzz'",
      ],
      [
        "no key",
        () => first()._mapping.getByKey("zzz"),
        "NoSuchColumnError: Could not locate column in row for column 'zzz'",
      ],
      ["no position", () => first().get(9), "IndexError: tuple index out of range"],
      [
        "ambiguous",
        () => twice().getAttr("x"),
        "InvalidRequestError: Ambiguous column name 'x' in result set column descriptions",
      ],
      [
        "raw SQL takes the last",
        () => (c.execute(text("select 1 as x, 2 as x")).first() as Row).getAttr("x"),
        "2",
      ],
      [
        "text with columns",
        () =>
          (
            c.execute(text("select id, name from t").columns([w.id, w.name])).first() as Row
          )._mapping.getByKey(w.name),
        "a",
      ],
    ]);
  });
});

describe("what an INSERT leaves behind", () => {
  it("tells the new primary key where it can", () => {
    const { c, ex, w } = setUp();
    const one = () => c.execute(insert(w.t).values([kw({ name: "e" })]));
    expectOutcomes([
      [
        "one row",
        () =>
          ((r) => [r.insertedPrimaryKey, r.insertedPrimaryKeyRows, r.lastrowid, r.isInsert, r.returnsRows])(
            one(),
          ),
        "[(5,), [(5,)], 5, True, False]",
      ],
      ["parameters", () => one().lastInsertedParams(), "{'name': 'e'}"],
      ["unknown parameter", () => c.execute(insert(w.t), kw({ zzz: 1 })).insertedPrimaryKey, "(7,)"],
      [
        "many",
        () => c.execute(insert(w.t), [kw({ name: "1" }), kw({ name: "2" })]).insertedPrimaryKey,
        "InvalidRequestError: This statement was an executemany call; if primary key returning is supported, please use .inserted_primary_key_rows.",
      ],
      [
        "with returning",
        () => c.execute(insert(w.t).returning([w.id]), kw({ name: "1" })).insertedPrimaryKey,
        "InvalidRequestError: Can't call inserted_primary_key when returning() is used.",
      ],
      [
        "of a select",
        () => ex().insertedPrimaryKey,
        "InvalidRequestError: Statement is not an insert() expression construct.",
      ],
      [
        "of driver SQL",
        () => c.execDriverSql("select 1").insertedPrimaryKey,
        "InvalidRequestError: Statement is not a compiled expression construct.",
      ],
      [
        "return_defaults",
        () => c.execute(insert(w.t).returnDefaults([w.name]), kw({ name: "rd" })).returnedDefaults,
        "(11,)",
      ],
    ]);
  });

  it("keeps rows in the order of their parameters", () => {
    const { c, w } = setUp();
    const rows = [0, 1, 2, 3, 4].map((i) => kw({ name: `p${i}` }));
    expectOutcomes([
      [
        "sorted",
        () =>
          c
            .execute(insert(w.t).returning([w.id, w.name], { sortByParameterOrder: true }), rows.slice(0, 2))
            .all(),
        "[(5, 'p0'), (6, 'p1')]",
      ],
      [
        "paged",
        () =>
          c
            .executionOptions(kw({ insertmanyvalues_page_size: 2 }))
            .execute(insert(w.t).returning([w.id]), rows)
            .all(),
        "[(7,), (8,), (9,), (10,), (11,)]",
      ],
    ]);
  });
});
