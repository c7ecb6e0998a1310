// Programs of models, sessions and queries, made at random from a number: the same number, the same program.
//
// A program maps a few classes (columns with and without defaults, relationships of every shape, inheritance, cascades, loading),
// then takes steps on a session (adds, changes, moves between collections, deletes, flushes, savepoints, merges, queries). Each step
// prints its statements and what came of it, an exception too, so that two runs are held against each other by what they print.

/** Numbers that look random and follow from the first one (mulberry32). */
class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = seed >>> 0;
  }
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  /** 0 … n−1 */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
}

interface Relation {
  readonly key: string;
  readonly target: string;
  readonly many: boolean;
  readonly plain: boolean;
}

interface Model {
  readonly name: string;
  readonly table: string;
  readonly base: string | null;
  /** Beside id; of the class itself. */
  readonly columns: string[];
  readonly relations: Relation[];
  readonly lines: string[];
}

const PROLOGUE = `import warnings
from sqlalchemy import Column, ForeignKey, Integer, String, Table, and_, create_engine, delete, event, func, insert, inspect, or_, select, update
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (DeclarativeBase, Mapped, Session, aliased, column_property, contains_eager, defer, immediateload, joinedload,
    lazyload, load_only, mapped_column, raiseload, relationship, selectinload, subqueryload, synonym, undefer, validates, with_loader_criteria,
    with_polymorphic)

warnings.simplefilter("always")
warnings.showwarning = lambda m, c, *a: print("  warning", c.__name__, m)


class Base(DeclarativeBase):
    def __repr__(self):
        return f"{type(self).__name__}#{self.__dict__.get('id')}"

`;

const RUNNING = `
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)


@event.listens_for(engine, "before_cursor_execute")
def told(conn, cursor, statement, parameters, context, executemany):
    print("  sql", " ".join(statement.split()), parameters)


for name in ("begin", "commit", "rollback", "savepoint", "rollback_savepoint", "release_savepoint"):
    event.listen(engine, name, lambda *a, name=name: print("  ", name))

s = Session(engine)


def shown(v):
    if isinstance(v, (set, frozenset)):
        return sorted(map(str, v))
    return list(map(shown, v)) if isinstance(v, (list, tuple)) else v


def state(o):
    i = inspect(o)
    kind = [k for k in ("transient", "pending", "persistent", "deleted", "detached") if getattr(i, k)]
    return kind, sorted(i.unloaded), {k: shown(v) for k, v in sorted(o.__dict__.items()) if k[0] != "_"}


def step(text, fn):
    print(text)
    try:
        v = fn()
        if v is not None:
            print("  ->", shown(v))
    except Exception as e:
        print("  !", type(e).__name__, str(e).split(" (Background")[0])
        if not s.is_active:
            s.rollback()

`;

const LAZY = ['"select"', '"joined"', '"selectin"', '"subquery"', '"immediate"'];
const LOADERS = ["joinedload", "selectinload", "subqueryload", "lazyload", "immediateload", "raiseload"];
const CASCADES = [
  '"all, delete-orphan"',
  '"all"',
  '"save-update, merge, expunge"',
  '"save-update"',
  '"merge"',
];

class Writer {
  private readonly dice: Dice;
  private readonly models: Model[] = [];
  private readonly tables: string[] = [];
  private objects = 0;
  private readonly classOf = new Map<string, Model>();
  /** Classes whose mapper has options of its own. */
  private readonly versioned = new Set<string>();

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  program(steps: number): string {
    this.makeModels();
    const out = [PROLOGUE];
    out.push(...this.tables.map((t) => `${t}\n\n`));
    for (const m of this.models)
      out.push(`\nclass ${m.name}(${m.base ?? "Base"}):\n${m.lines.map((l) => `    ${l}\n`).join("")}\n`);
    out.push(RUNNING);
    for (let i = 0; i < 3; i++) out.push(this.create());
    for (let i = 0; i < steps; i++) out.push(this.step());
    out.push(`step("end", lambda: s.commit())\n`);
    for (const m of this.models.filter((m) => m.base === null))
      out.push(
        `step("left of ${m.name}", lambda: s.execute(select(${m.name}.__table__).order_by(${m.name}.id)).all())\n`,
      );
    return out.join("");
  }

  // -- models

  private makeModels(): void {
    const { dice } = this;
    const count = 2 + dice.below(3);
    for (let i = 0; i < count; i++) this.makeModel("ABCDE"[i]!);
    const pairs = 1 + dice.below(count + 1);
    for (let i = 0; i < pairs; i++) this.relate(i);
    const plain = this.models.filter((m) => !this.versioned.has(m.name));
    if (plain.length && dice.chance(0.5)) this.makeSubclasses(dice.one(plain));
  }

  private makeModel(name: string): void {
    const { dice } = this;
    const lines = [
      `__tablename__ = "${name.toLowerCase()}"`,
      `id: Mapped[int] = mapped_column(primary_key=True)`,
    ];
    const columns: string[] = [];
    const column = (key: string, type: string, options: readonly string[]): void => {
      columns.push(key);
      lines.push(`${key}: Mapped[${type}] = mapped_column(${options.join(", ")})`);
    };
    column("name", "str | None", dice.chance(0.15) ? ["String(20)", "unique=True"] : ["String(20)"]);
    if (dice.chance(0.7))
      column(
        "n",
        dice.chance(0.3) ? "int" : "int | None",
        dice.one([[], ["default=5"], ["server_default='7'"], ["default=lambda: 3"], ["onupdate=9"]]),
      );
    if (dice.chance(0.3))
      column("extra", "str | None", [dice.one(["deferred=True", 'default="x"', "index=True"])]);
    this.models.push({ name, table: name.toLowerCase(), base: null, columns, relations: [], lines });
  }

  private makeSubclasses(parent: Model): void {
    const { dice } = this;
    parent.lines.push(`kind: Mapped[str] = mapped_column(default="${parent.table}")`);
    parent.lines.push(
      `__mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "${parent.table}"${dice.chance(0.25) ? ', "with_polymorphic": "*"' : ""}}`,
    );
    const count = 1 + dice.below(2);
    for (let i = 1; i <= count; i++) {
      const name = `${parent.name}${i}`;
      const joined = dice.chance(0.6);
      const load = dice.chance(0.4) ? `, "polymorphic_load": "${dice.one(["inline", "selectin"])}"` : "";
      const lines = joined
        ? [
            `__tablename__ = "${name.toLowerCase()}"`,
            `id: Mapped[int] = mapped_column(ForeignKey("${parent.table}.id"), primary_key=True)`,
          ]
        : [];
      lines.push(`own${i}: Mapped[str | None] = mapped_column(${dice.one(["", 'default="o"'])})`);
      lines.push(`__mapper_args__ = {"polymorphic_identity": "${name.toLowerCase()}"${load}}`);
      this.models.push({
        name, table: joined ? name.toLowerCase() : parent.table, base: parent.name,
        columns: [...parent.columns, `own${i}`], relations: parent.relations, lines,
      }); // prettier-ignore
    }
  }

  /** A pair of relationships between two classes, or one alone, or between objects of one class. */
  private relate(i: number): void {
    const { dice } = this;
    const one = dice.one(this.models);
    const other = dice.one(this.models);
    const [down, up] = [`many${i}`, `one${i}`];
    const lazy = (): string[] => (dice.chance(0.3) ? [`lazy=${dice.one(LAZY)}`] : []);
    if (dice.chance(0.25)) {
      const t = `link${i}`;
      this.tables.push(
        `${t} = Table("${t}", Base.metadata, Column("l", ForeignKey("${one.table}.id"), primary_key=True), Column("r", ForeignKey("${other.table}.id"), primary_key=True))`,
      );
      const self = one === other;
      const side = (from: "l" | "r"): string[] =>
        self
          ? [
              `primaryjoin=lambda: ${one.name}.id == ${t}.c.${from}`,
              `secondaryjoin=lambda: ${one.name}.id == ${t}.c.${from === "l" ? "r" : "l"}`,
            ]
          : [];
      const both = dice.chance(0.7);
      const collection = dice.chance(0.3) ? "set" : "list";
      this.relation(one, down, other, true, collection, [
        `secondary=${t}`,
        ...side("l"),
        ...(both ? [`back_populates="${up}"`] : []),
        ...(collection === "list" ? [`order_by="${other.name}.id"`] : []),
        ...lazy(),
      ]);
      if (both)
        this.relation(other, up, one, true, "list", [
          `secondary=${t}`,
          ...side("r"),
          `back_populates="${down}"`,
          `order_by="${one.name}.id"`,
          ...lazy(),
        ]);
      return;
    }
    // the foreign key is on `other`
    const fk = `${up}_id`;
    const required = one !== other && dice.chance(0.25);
    const ondelete = dice.chance(0.2) ? `, ondelete="CASCADE"` : "";
    other.lines.push(
      `${fk}: Mapped[int${required ? "" : " | None"}] = mapped_column(ForeignKey("${one.table}.id"${ondelete}))`,
    );
    const keys = `foreign_keys="${other.name}.${fk}"`;
    const shape = dice.below(5);
    const parents = shape !== 1;
    const children = shape !== 0;
    const both = parents && children;
    const single = dice.chance(0.2);
    const collection = dice.chance(0.2) ? "set" : "list";
    const cascade = dice.chance(0.5) ? [`cascade=${dice.one(CASCADES)}`] : [];
    if (children)
      this.relation(one, down, other, !single, collection, [
        keys, ...(both ? [`back_populates="${up}"`] : []), ...cascade,
        ...(!single && collection === "list" ? [`order_by="${other.name}.id"`] : []),
        ...(dice.chance(0.15) ? ["passive_deletes=True"] : []), ...lazy(),
      ]); // prettier-ignore
    if (parents)
      this.relation(other, up, one, false, collection, [
        keys, ...(one === other ? [`remote_side="${one.name}.id"`] : []), ...(both ? [`back_populates="${down}"`] : []),
        ...(dice.chance(0.15) ? ['cascade="all"'] : []), ...lazy(),
      ]); // prettier-ignore
  }

  private relation(
    on: Model,
    key: string,
    target: Model,
    many: boolean,
    collection: string,
    options: readonly string[],
  ): void {
    const type = many ? `${collection}["${target.name}"]` : `"${target.name} | None"`;
    on.lines.push(`${key}: Mapped[${type}] = relationship(${options.join(", ")})`);
    on.relations.push({ key, target: target.name, many, plain: collection === "list" });
  }

  // -- steps

  private step(): string {
    const { dice } = this;
    const kinds: (() => string)[] = [
      () => this.create(), () => this.create(), () => this.change(), () => this.change(), () => this.connect(), () => this.connect(),
      () => this.connect(), () => this.read(), () => this.query(), () => this.query(), () => this.query(), () => this.query(),
      () => this.bulk(), () => this.simple(), () => this.simple(), () => this.simple(), () => this.onObject(), () => this.onObject(),
      () => this.savepoint(), () => this.unit(),
    ]; // prettier-ignore
    return dice.one(kinds)();
  }

  private line(text: string, code = text): string {
    return `step(${JSON.stringify(text)}, lambda: ${code})\n`;
  }

  private object(of?: string): string | undefined {
    const fits = [...this.classOf].filter(([, m]) => of === undefined || m.name === of || m.base === of);
    return fits.length ? this.dice.one(fits)[0] : undefined;
  }

  private create(): string {
    const { dice } = this;
    const m = dice.one(this.models);
    const o = `o${this.objects++}`;
    const given = [`name="${dice.one(["x", "y", "z"])}${this.objects}"`];
    if (m.columns.includes("n") && dice.chance(0.5)) given.push(`n=${dice.one(["1", "2", "None"])}`);
    for (const r of m.relations)
      if (dice.chance(0.3)) {
        const v = this.object(r.target);
        if (v) given.push(`${r.key}=${r.many ? (r.plain ? `[${v}]` : `{${v}}`) : v}`);
      }
    this.classOf.set(o, m);
    return `${o} = ${m.name}(${given.join(", ")})\n${dice.chance(0.8) ? this.line(`s.add(${o})`) : ""}`;
  }

  private change(): string {
    const { dice } = this;
    const o = this.object()!;
    const c = dice.one(this.classOf.get(o)!.columns);
    const value =
      c === "n"
        ? dice.one(["10", "20", "None", `${this.classOf.get(o)!.name}.id + 1`])
        : dice.one(['"p"', '"q"', "None", '"x1"']);
    return this.line(`${o}.${c} = ${value}`, `setattr(${o}, "${c}", ${value})`);
  }

  private connect(): string {
    const { dice } = this;
    const o = this.object()!;
    const relations = this.classOf.get(o)!.relations;
    if (!relations.length) return this.change();
    const r = dice.one(relations);
    const v = this.object(r.target);
    if (!r.many) {
      const value = dice.chance(0.25) || !v ? "None" : v;
      return this.line(`${o}.${r.key} = ${value}`, `setattr(${o}, "${r.key}", ${value})`);
    }
    if (!v) return this.read();
    const how = dice.below(5);
    if (how < 2) return this.line(`${o}.${r.key}.${r.plain ? "append" : "add"}(${v})`);
    if (how === 2) return this.line(`${o}.${r.key}.${r.plain ? "remove" : "discard"}(${v})`);
    if (how === 3)
      return this.line(`${o}.${r.key} = one`, `setattr(${o}, "${r.key}", ${r.plain ? `[${v}]` : `{${v}}`})`);
    return this.line(`${o}.${r.key} = none`, `setattr(${o}, "${r.key}", ${r.plain ? "[]" : "set()"})`);
  }

  private read(): string {
    const o = this.object()!;
    const m = this.classOf.get(o)!;
    const key = this.dice.one([...m.columns, ...m.relations.map((r) => r.key), "id"]);
    return this.line(`${o}.${key}`);
  }

  private simple(): string {
    return this.line(
      this.dice.one([
        "s.flush()",
        "s.flush()",
        "s.commit()",
        "s.commit()",
        "s.rollback()",
        "s.expire_all()",
        "s.expunge_all()",
        "sorted(map(str, s.new))",
        "sorted(map(str, s.dirty))",
        "sorted(map(str, s.deleted))",
      ]),
    );
  }

  private onObject(): string {
    const o = this.object()!;
    const m = this.classOf.get(o)!;
    const key = this.dice.one([...m.columns, ...m.relations.map((r) => r.key)]);
    return this.line(
      this.dice.one([
        `s.delete(${o})`, `s.delete(${o})`, `s.expire(${o})`, `s.expire(${o}, ["${key}"])`, `s.refresh(${o})`, `s.refresh(${o}, ["${key}"])`,
        `s.expunge(${o})`, `s.add(${o})`, `s.merge(${o})`, `state(${o})`, `state(${o})`, `s.get(${m.name}, ${o}.id)`,
        `s.get(${m.name}, ${1 + this.dice.below(4)})`, `s.is_modified(${o})`, `inspect(${o}).attrs.${key}.history`, `state(s.merge(${m.name}(id=${1 + this.dice.below(3)}, name="m")))`,
      ]),
    ); // prettier-ignore
  }

  private savepoint(): string {
    const inner = [this.change(), this.connect(), this.line("s.flush()")].map((l) => `    ${l}`).join("");
    const end = this.dice.one(["sp.rollback()", "sp.commit()"]);
    return `try:\n    sp = s.begin_nested()\n${inner}    print("${end}")\n    ${end}\nexcept Exception as e:\n    print("  !", type(e).__name__, str(e).split(" (Background")[0])\n    s.rollback()\n`;
  }

  /** Reading what is unsaved without saving it; objects brought over from another session. */
  private unit(): string {
    const o = this.object()!;
    const m = this.classOf.get(o)!;
    return this.dice.one([
      `with s.no_autoflush:\n    ${this.query()}`,
      this.line(
        "union",
        `s.execute(select(${m.name}.id).where(${m.name}.id < 3).union(select(${m.name}.id).where(${m.name}.name.like("%1%"))).order_by("id")).all()`,
      ),
      this.line(
        "exists",
        `s.scalars(select(${m.name}.id).where(select(${m.name}.id).where(${m.name}.id > 1).exists())).all()`,
      ),
      this.line(
        "subquery",
        `(lambda q: s.execute(select(q.c.id, func.count()).group_by(q.c.id).order_by(q.c.id)).all())(select(${m.name}).where(${m.name}.id < 4).subquery())`,
      ),
      this.line(
        "entity of a subquery",
        `s.scalars(select(aliased(${m.name}, select(${m.name}).where(${m.name}.id < 4).subquery()))).all()`,
      ),
      this.line(
        "cte",
        `(lambda q: s.execute(select(q.c.name).order_by(q.c.id)).all())(select(${m.name}).cte("some"))`,
      ),
      this.line(
        "insert many",
        `s.scalars(insert(${m.name}).returning(${m.name}.id, sort_by_parameter_order=True), [{"name": "i1"}, {"name": "i2"}]).all()`,
      ),
      this.line(
        "insert one",
        `state(s.scalars(insert(${m.name}).values(name="v").returning(${m.name})).one())`,
      ),
      this.line(
        "partitions",
        `[shown(list(p)) for p in s.scalars(select(${m.name}).order_by(${m.name}.id)).partitions(2)]`,
      ),
      this.line(
        "two sessions",
        `(lambda t: (t.merge(${o}, load=True), shown(sorted(map(str, t.new))), t.close())[1])(Session(engine))`,
      ),
    ]);
  }

  private criterion(m: string, columns: readonly string[], relations: readonly Relation[]): string {
    const { dice } = this;
    const simple = dice.one([
      `${m}.id > ${dice.below(3)}`,
      `${m}.name.like("%1%")`,
      `${m}.name == None`,
      `${m}.id.in_([1, 2, 3])`,
      ...(columns.includes("n") ? [`${m}.n < 9`, `${m}.n.is_not(None)`] : []),
    ]);
    const r = relations.length && dice.chance(0.35) ? dice.one(relations) : undefined;
    if (!r) return dice.chance(0.2) ? `or_(${simple}, ${m}.id == 1)` : simple;
    const v = this.object(r.target);
    const about = r.many
      ? dice.one([
          `${m}.${r.key}.any()`,
          `${m}.${r.key}.any(${r.target}.id > 1)`,
          `~${m}.${r.key}.any()`,
          ...(v ? [`${m}.${r.key}.contains(${v})`] : []),
        ])
      : dice.one([
          `${m}.${r.key} == None`,
          `${m}.${r.key}.has()`,
          `${m}.${r.key} != None`,
          ...(v ? [`${m}.${r.key} == ${v}`] : []),
        ]);
    return dice.chance(0.4) ? `and_(${simple}, ${about})` : about;
  }

  private query(): string {
    const { dice } = this;
    const m = dice.one(this.models);
    const { name, relations, columns } = m;
    const where = dice.chance(0.6) ? `.where(${this.criterion(name, columns, relations)})` : "";
    const r = relations.length ? dice.one(relations) : undefined;
    const kind = dice.below(10);
    if (kind < 5) {
      const options: string[] = [];
      for (const rel of relations)
        if (dice.chance(0.4)) {
          const inner = this.models.find((x) => x.name === rel.target)!.relations;
          const deeper =
            inner.length && dice.chance(0.3)
              ? `.${dice.one(LOADERS)}(${rel.target}.${dice.one(inner).key})`
              : "";
          options.push(`${dice.one(LOADERS)}(${name}.${rel.key})${deeper}`);
        }
      if (dice.chance(0.15))
        options.push(
          dice.one([`defer(${name}.name)`, `load_only(${name}.name)`, `undefer(${name}.${columns[0]!})`]),
        );
      const limited = dice.chance(0.2) ? ".limit(2)" : "";
      const stmt = `select(${name})${options.length ? `.options(${options.join(", ")})` : ""}${where}.order_by(${name}.id)${limited}`;
      return dice.chance(0.4)
        ? this.line(`load ${name}`, `[state(x) for x in s.scalars(${stmt}).unique().all()]`)
        : this.line(`load ${name}`, `s.scalars(${stmt}).unique().all()`);
    }
    if (kind === 5)
      return this.line(`count ${name}`, `s.scalar(select(func.count()).select_from(${name})${where})`);
    if (kind === 6)
      return this.line(
        `legacy ${name}`,
        `s.query(${name})${where.replace(".where", ".filter")}.order_by(${name}.id).${dice.one(["all()", "first()", "count()", "limit(1).all()"])}`,
      );
    if (!r)
      return this.line(
        `columns of ${name}`,
        `s.execute(select(${name}.id, ${name}.name)${where}.order_by(${name}.id)).all()`,
      );
    if (kind === 7)
      return this.line(
        `join ${name}.${r.key}`,
        `s.execute(select(${name}.id, ${r.target === name ? "func.count()" : `func.count(${r.target}.id)`}).${r.target === name ? "join" : dice.one(["join", "outerjoin"])}(${r.target === name ? `${name}.${r.key}.of_type(aliased(${name}))` : `${name}.${r.key}`})${where}.group_by(${name}.id).order_by(${name}.id)).all()`,
      );
    if (kind === 8 && r.target !== name)
      return this.line(
        `contains_eager ${name}.${r.key}`,
        `[state(x) for x in s.scalars(select(${name}).join(${name}.${r.key}).options(contains_eager(${name}.${r.key}))${where}.order_by(${name}.id, ${r.target}.id)).unique()]`,
      );
    return this.line(
      `alias of ${name}`,
      `(lambda a: s.execute(select(a, ${name}.id).join(${name}, ${name}.id == a.id)${where}.order_by(a.id)).all())(aliased(${name}))`,
    );
  }

  private bulk(): string {
    const { dice } = this;
    const m = dice.one(this.models.filter((x) => x.base === null));
    const where = dice.chance(0.8) ? `.where(${this.criterion(m.name, m.columns, [])})` : "";
    const how = dice.one([
      "",
      "",
      '.execution_options(synchronize_session="fetch")',
      '.execution_options(synchronize_session="evaluate")',
      ".execution_options(synchronize_session=False)",
    ]);
    return dice.chance(0.65)
      ? this.line(
          `update ${m.name}`,
          `s.execute(update(${m.name})${where}.values(name="bulk")${how}).rowcount`,
        )
      : this.line(`delete ${m.name}`, `s.execute(delete(${m.name})${where}${how}).rowcount`);
  }
}

/** The program of a number, with so many steps beside the first and last ones. */
export function ormProgram(seed: number, steps = 25): string {
  return new Writer(seed).program(steps);
}
