// Classes as a program would declare them, in TypeScript: what annotations, mixins and strings give. The same through Python,
// against the real library, is in test/conformance/cases/mapping.
import { beforeEach, describe, expect, test } from "vitest";
import "../../../../playground-engine/engine/index.ts";
import "../../../../playground-engine/dialects/index.ts";
import "../../../../playground-engine/orm/strategies/column.ts";
import "../../../../playground-engine/orm/strategies/lazy.ts";
import "../../../../playground-engine/orm/strategies/immediate.ts";
import {
  addAttribute,
  columnProperty,
  configureMappers,
  DeclaredAttr,
  identityKey,
  mappedColumn,
  Mapper,
  Registry,
  resetRegistries,
  synonym,
  type ColumnProperty,
} from "../../../../playground-engine/orm/index.ts";
import { relationship } from "../../../../playground-engine/orm/props/relationship.ts";
import {
  Column,
  ForeignKey,
  Integer,
  MetaData,
  String as Text,
  Table,
} from "../../../../playground-engine/sql/index.ts";
import {
  annotated,
  attr,
  BOOL,
  declare,
  DeclarativeBase,
  forward,
  INT,
  listOf,
  make,
  mapped,
  of,
  optional,
  STR,
  type TestClass,
} from "./declare.ts";

let Base: TestClass;
beforeEach(() => {
  resetRegistries();
  Base = declare("Base", [DeclarativeBase]);
});

const pk = () => mappedColumn(null, null, [], { primaryKey: true });
const mapperOf = (cls: TestClass): Mapper => attr(cls, "__mapper__") as unknown as Mapper;
const tableOf = (cls: TestClass): Table => mapperOf(cls).localTable as unknown as Table;
const columns = (cls: TestClass): string[] => [...tableOf(cls).c].map((c) => c.repr());

describe("columns from annotations", () => {
  test("types, and NULL where None is allowed", () => {
    const User = declare("User", [Base], {
      annotations: { id: mapped(INT), name: mapped(STR), nick: mapped(optional(STR)), active: mapped(BOOL) },
      members: { __tablename__: "users", id: pk(), name: mappedColumn(new Text(30)) },
    });
    expect(columns(User)).toEqual([
      "Column('id', Integer(), table=<users>, primary_key=True, nullable=False)",
      "Column('name', String(length=30), table=<users>, nullable=False)",
      "Column('nick', String(), table=<users>)",
      "Column('active', Boolean(), table=<users>, nullable=False)",
    ]);
    expect([
      mapperOf(User).toString(),
      attr(User, "name").toString(),
      String(attr(User, "name").eq("x")),
    ]).toEqual(["Mapper[User(users)]", "User.name", "users.name = :name_1"]);
  });

  test("mapped_column() inside Annotated[], filled up by the attribute's own", () => {
    const intpk = annotated(INT, pk());
    const A = declare("A", [Base], {
      annotations: {
        id: mapped(intpk),
        b: mapped(annotated(STR, mappedColumn(new Text(9), null, [], { index: true }))),
      },
      members: { __tablename__: "a", b: mappedColumn("bee") },
    });
    expect(columns(A)).toEqual([
      "Column('id', Integer(), table=<a>, primary_key=True, nullable=False)",
      "Column('bee', String(length=9), table=<a>, nullable=False)",
    ]);
    expect([...tableOf(A).indexes].map((i) => i.name)).toEqual(["ix_a_bee"]);
  });

  test("a type without SQL type, and an annotation that is none", () => {
    const strange = (annotation: ReturnType<typeof mapped>) => () =>
      declare("S", [Base], {
        annotations: { id: mapped(INT), x: annotation },
        members: { __tablename__: "s", id: pk() },
      });
    expect(strange(mapped(of(Base)))).toThrow(
      /^Could not locate SQLAlchemy Core type when resolving for Python type indicated by .* inside the Mapped\[\] annotation for the 'x' attribute; the type object is not resolvable by the registry$/,
    );
    resetRegistries();
    expect(strange(INT)).toThrow(/^Type annotation for "S\.x" can't be correctly interpreted/);
  });
});

describe("mixins", () => {
  test("columns are copied, and sort by sort_order", () => {
    const Stamped = declare("Stamped", [], {
      annotations: { created: mapped(optional(INT)) },
      members: { created: mappedColumn(null, null, [], { sortOrder: 9 }) },
    });
    const [A, B] = ["a", "b"].map((name) =>
      declare(name.toUpperCase(), [Stamped, Base], {
        annotations: { id: mapped(INT) },
        members: { __tablename__: name, id: pk() },
      }),
    ) as [TestClass, TestClass];
    expect(tableOf(A).c.keys()).toEqual(["id", "created"]);
    expect(tableOf(A).c.get("created")).not.toBe(tableOf(B).c.get("created"));
  });

  test("declared_attr is computed for each class", () => {
    const Named = declare("Named", [], {
      members: { __tablename__: new DeclaredAttr((cls: TestClass) => `t_${cls.name.toLowerCase()}`) },
    });
    const A = declare("A", [Named, Base], { annotations: { id: mapped(INT) }, members: { id: pk() } });
    expect(tableOf(A).name).toBe("t_a");
  });

  test("a relationship on a mixin must be a declared_attr", () => {
    const Bad = declare("Bad", [], { members: { r: relationship("A") } });
    expect(() =>
      declare("A", [Bad, Base], {
        annotations: { id: mapped(INT) },
        members: { __tablename__: "a", id: pk() },
      }),
    ).toThrow(/must be declared as @declared_attr callables on declarative mixin classes/);
  });
});

describe("relationships", () => {
  const parentAndChild = (target: string): [TestClass, TestClass] => [
    declare("Parent", [Base], {
      annotations: { id: mapped(INT), children: mapped(listOf(forward(target))) },
      members: {
        __tablename__: "parent",
        id: pk(),
        children: relationship(null, null, { backPopulates: "parent" }),
      },
    }),
    declare("Child", [Base], {
      annotations: {
        id: mapped(INT),
        parent_id: mapped(optional(INT)),
        parent: mapped(optional(forward("Parent"))),
      },
      members: {
        __tablename__: "child",
        id: pk(),
        parent_id: mappedColumn(new ForeignKey("parent.id")),
        parent: relationship(null, null, { backPopulates: "children" }),
      },
    }),
  ];

  test("find their target by name when mappers are configured", () => {
    const [Parent, Child] = parentAndChild("Child");
    configureMappers();
    const r = mapperOf(Parent).relationships.getItem("children");
    expect([r.mapper === mapperOf(Child), r.uselist, String(r.primaryjoin)]).toEqual([
      true,
      true,
      "parent.id = child.parent_id",
    ]);
    const p = make(Parent);
    const c = make(Child, { parent: p });
    expect([...(p["children"] as Iterable<unknown>)]).toEqual([c]);
  });

  test("a name that is nowhere fails once, and poisons the registry until it is disposed of", () => {
    const [Parent] = parentAndChild("Nobody");
    expect(() => configureMappers()).toThrow(
      /^When initializing mapper Mapper\[Parent\(parent\)\], expression 'Nobody' failed to locate a name \('Nobody'\)\./,
    );
    expect(() => make(Parent)).toThrow(
      /^One or more mappers failed to initialize - can't proceed with initialization of other mappers\. Triggering mapper: 'Mapper\[Parent\(parent\)\]'\. Original exception was: When initializing/,
    );
    (attr(Base, "registry") as unknown as Registry).dispose();
    expect(() => configureMappers()).not.toThrow();
  });
});

describe("inheritance", () => {
  test("a subclass without table adds its columns to its parent's", () => {
    const Animal = declare("Animal", [Base], {
      annotations: { id: mapped(INT), kind: mapped(STR) },
      members: {
        __tablename__: "animal",
        id: pk(),
        __mapper_args__: new Map([
          ["polymorphic_on", "kind"],
          ["polymorphic_identity", "animal"],
        ]),
      },
    });
    const Cat = declare("Cat", [Animal], {
      annotations: { lives: mapped(optional(INT)) },
      members: { __mapper_args__: new Map([["polymorphic_identity", "cat"]]) },
    });
    expect([mapperOf(Cat).single, tableOf(Animal).c.keys()]).toEqual([true, ["id", "kind", "lives"]]);
    expect(mapperOf(Animal).columnAttrs.keys()).toEqual(["id", "kind"]);
    expect(String(mapperOf(Cat)._singleTableCriterion)).toBe("animal.kind IN (__[POSTCOMPILE_kind_1])");
    expect(make(Cat)["kind"]).toBe("cat");
    expect(identityKey(Cat, 7).cls).toBe(Animal);
  });

  test("joined tables are selected together and written parents first", () => {
    const A = declare("A", [Base], {
      annotations: { id: mapped(INT) },
      members: { __tablename__: "a", id: pk() },
    });
    const B = declare("B", [A], {
      annotations: { id: mapped(INT) },
      members: {
        __tablename__: "b",
        id: mappedColumn(new ForeignKey("a.id"), null, [], { primaryKey: true }),
      },
    });
    expect(String(mapperOf(B).persistSelectable)).toBe("a JOIN b ON a.id = b.id");
    expect((mapperOf(B).getProperty("id") as ColumnProperty).columns.map(String)).toEqual(["b.id", "a.id"]);
    expect([...mapperOf(B)._sortedTables.keys()].map((t) => (t as unknown as Table).name)).toEqual([
      "a",
      "b",
    ]);
  });
});

describe("other ways to map", () => {
  test("map_imperatively, with attributes of other names", () => {
    const registry = new Registry();
    const t = new Table("t", registry.metadata, [
      new Column("id", new Integer(), [], { primaryKey: true }),
      new Column("n", new Integer()),
      new Column("hidden", new Integer()),
    ]);
    const T = declare("T");
    const mapper = registry.mapImperatively(
      T,
      t,
      new Map<string, unknown>([
        [
          "properties",
          new Map<string, unknown>([
            ["number", t.c.get("n")],
            ["twice", columnProperty((t.c.get("n") as Column).mul(2))],
            ["alias", synonym("number")],
          ]),
        ],
        ["exclude_properties", ["hidden"]],
      ]),
    );
    expect(mapper.columnAttrs.keys()).toEqual(["twice", "id", "number"]);
    expect([String(attr(T, "alias").gt(1)), String(attr(T, "twice").clauseElement())]).toEqual([
      "t.n > :n_1",
      "t.n * :n_1",
    ]);
    expect(() => mapper.getProperty("hidden")).toThrow(
      "Mapper 'Mapper[T(t)]' has no property 'hidden'.  If this property was indicated from other mappers or configure events, ensure registry.configure() has been called.",
    );
  });

  test("without a primary key there is no mapper", () => {
    const registry = new Registry({ metadata: new MetaData() });
    const t = new Table("loose", registry.metadata, [new Column("x", new Integer())]);
    expect(() => registry.mapImperatively(declare("Loose"), t)).toThrow(
      "Mapper Mapper[Loose(loose)] could not assemble any primary key columns for mapped table 'loose'",
    );
  });

  test("columns added to a mapped class", () => {
    const A = declare("A", [Base], {
      annotations: { id: mapped(INT) },
      members: { __tablename__: "a", id: pk() },
    });
    addAttribute(A, "extra", mappedColumn(new Integer()));
    expect([tableOf(A).c.keys(), attr(A, "extra").toString()]).toEqual([["id", "extra"], "A.extra"]);
  });
});
