// Indexes, unique constraints, foreign keys, CHECKs by name, and comments of a table.
//
// A constraint is the database's or the model's by its signature (ddl/signatures.ts). Behaviour:
// alembic.autogenerate.compare.constraints, .check_constraints, .comments.
import {
  CheckConstraint,
  Column,
  ForeignKeyConstraint,
  Index,
  Table,
  tableKey,
  UniqueConstraint,
} from "../../../sql/schema/index.ts";
import { text } from "../../../sql/index.ts";
import { asc, desc, nullsFirst, nullsLast } from "../../../sql/constructors.ts";
import type { Reflected } from "../../../dialects/dialect.ts";
import { host, type Value } from "../../../util/host.ts";
import {
  type Compared,
  finalName,
  ForeignKeySignature,
  IndexSignature,
  type Signature,
  signatureOf,
  signatures,
} from "../../ddl/signatures.ts";
import type { DefaultImpl } from "../../ddl/impl.ts";
import { STOP } from "../../dispatch.ts";
import { AddConstraintOp, CreateForeignKeyOp, DropConstraintOp } from "../../operations/ops/constraints.ts";
import { CreateIndexOp, DropIndexOp } from "../../operations/ops/indexes.ts";
import type { ModifyTableOps } from "../../operations/ops/operation.ts";
import { CreateTableCommentOp, DropTableCommentOp } from "../../operations/ops/tables.ts";
import type { AutogenContext } from "../autogen-context.ts";
import { Plugin } from "../plugins.ts";
import { columnComment, nullable, setUpDefaults } from "./columns.ts";
import { listed, plain } from "./reflected.ts";

type Compare = (
  context: AutogenContext,
  ops: ModifyTableOps,
  schema: string | null,
  table: string,
  conn: Table | null,
  model: Table | null,
) => Value;

const names = (v: Value): (string | null)[] => [...(host.iterate(v ?? []) ?? [])] as (string | null)[];
const sorted = (of: Iterable<string>): string[] => [...new Set(of)].sort((a, b) => (a < b ? -1 : 1));
const byName = <S extends Signature>(of: Iterable<S>): Map<string, S> =>
  new Map([...of].filter((s) => s.name !== null).map((s) => [s.name!, s]));

// -- indexes and unique constraints ---------------------------------------------------------------

const ORDERS: Readonly<Record<string, (e: never) => Value>> = {
  asc,
  desc,
  nulls_first: nullsFirst,
  nulls_last: nullsLast,
  nullsfirst: nullsFirst,
  nullslast: nullsLast,
};

function madeIndex(impl: DefaultImpl, facts: Reflected, conn: Table): Index {
  const sorting = new Map(host.entries(facts.get("column_sorting") ?? new Map()));
  const expressions = names(facts.get("expressions"));
  const items = names(facts.get("column_names")).map((column, i) => {
    const name = column ?? expressions[i]!;
    let item: Value = column === null ? text(name) : conn.c.get(column);
    for (const order of names(sorting.get(name))) item = ORDERS[order!]?.(item as never) ?? item;
    return item;
  });
  const index = new Index(
    facts.get("name") as string,
    items,
    { unique: (facts.get("unique") ?? false) as boolean, _table: conn },
    impl.adjustReflectedDialectOptions(facts, "index"),
  );
  if (facts.has("duplicates_constraint"))
    index.info = host.makeDict([["duplicates_constraint", facts.get("duplicates_constraint")]]);
  return index;
}
function madeUnique(impl: DefaultImpl, facts: Reflected, conn: Table): UniqueConstraint {
  const unique = new UniqueConstraint(
    names(facts.get("column_names")).map((c) => conn.c.get(c!)),
    { name: facts.get("name") as string },
    impl.adjustReflectedDialectOptions(facts, "unique_constraint"),
  );
  if (facts.has("duplicates_index"))
    unique.info = host.makeDict([["duplicates_index", facts.get("duplicates_index")]]);
  return unique;
}

const CONSTRAINTS = "alembic.autogenerate.compare.constraints";
const said = (logger: string, message: string, args: readonly Value[]): void =>
  host.logger(logger).log(20, message, args);

class IndexesAndUniques {
  private readonly context: AutogenContext;
  private readonly ops: ModifyTableOps;
  private readonly table: string;
  /** The table itself comes or goes, and its unique constraints with it. */
  private readonly whole: boolean;
  private readonly uniquesKnown: boolean;
  constructor(
    context: AutogenContext,
    ops: ModifyTableOps,
    table: string,
    whole: boolean,
    uniquesKnown: boolean,
  ) {
    this.context = context;
    this.ops = ops;
    this.table = table;
    this.whole = whole;
    this.uniquesKnown = uniquesKnown;
  }
  private wanted(s: Signature, reflected: boolean, compareTo: Value): boolean {
    const type = s.kind === "index" ? "index" : "unique_constraint";
    return this.context.runObjectFilters(s.const, s.name, type, reflected, compareTo);
  }
  private drop(s: Signature): void {
    this.ops.add(
      s.const instanceof Index ? DropIndexOp.fromIndex(s.const) : DropConstraintOp.fromConstraint(s.const),
    );
  }
  private create(s: Signature): void {
    this.ops.add(
      s.const instanceof Index ? CreateIndexOp.fromIndex(s.const) : AddConstraintOp.fromConstraint(s.const),
    );
  }
  private word(s: Signature): string {
    return s.kind === "index" ? "index" : "unique constraint";
  }
  added(s: Signature): void {
    if (s.kind !== "index" && (!this.uniquesKnown || this.whole)) return;
    if (!this.wanted(s, false, null)) return;
    this.create(s);
    said(CONSTRAINTS, `Detected added ${this.word(s)} %r on '%s'`, [s.name, s.columnNames]);
  }
  removed(s: Signature): void {
    if (s instanceof IndexSignature ? s.isUnique && !this.uniquesKnown : this.whole) return;
    if (!this.wanted(s, true, null)) return;
    this.drop(s);
    said(CONSTRAINTS, `Detected removed ${this.word(s)} %r on %r`, [s.name, this.table]);
  }
  compared(model: Signature, conn: Signature): void {
    if (model.kind !== conn.kind) {
      this.removed(conn);
      this.added(model);
      return;
    }
    const result = model.compareToReflected(conn);
    if (result.isSkip)
      said(CONSTRAINTS, "Cannot compare %s %r, assuming equal and skipping. %s", [
        this.word(conn),
        conn.name,
        result.message,
      ]);
    if (!result.isDifferent || !this.wanted(model, false, conn.const)) return;
    said(CONSTRAINTS, `Detected changed ${this.word(conn)} %r on %r: %s`, [
      conn.name,
      this.table,
      result.message,
    ]);
    this.drop(conn);
    this.create(model);
  }
}

const indexesAndUniques: Compare = (context, ops, schema, table, conn, model) => {
  const { impl, inspector } = context;
  const metadataUniques = new Set(
    [...(model?._sortedConstraints ?? [])].filter((c) => c instanceof UniqueConstraint),
  );
  const metadataIndexes = new Set(model?.indexes ?? []);
  const ofTable = { table_name: table, schema_name: schema };
  let connUniques = new Set<UniqueConstraint>();
  let connIndexes = new Set<Index>();
  let uniquesKnown = false;
  let duplicated = false;
  if (conn) {
    const uniques = listed(inspector, "uniqueConstraints", table, schema)?.filter((f) =>
      context.includesName(plain(f.get("name")), "unique_constraint", { ...ofTable }),
    );
    uniquesKnown = uniques !== undefined;
    duplicated = uniques?.some((f) => host.isTrue(f.get("duplicates_index") ?? null)) === true;
    const indexes = listed(inspector, "indexes", table, schema)?.filter((f) =>
      context.includesName(plain(f.get("name")), "index", { ...ofTable }),
    );
    if (model) connUniques = new Set(uniques?.map((f) => madeUnique(impl, f, conn)));
    connIndexes = new Set(indexes?.map((f) => madeIndex(impl, f, conn)));
  }
  if (duplicated) withoutDuplicates(impl, connUniques, connIndexes, metadataUniques, metadataIndexes);
  impl.correctForAutogenConstraints(connUniques, connIndexes, metadataUniques, metadataIndexes);

  const mineUnique = signatures(impl, metadataUniques);
  const mineIndex = signatures(impl, metadataIndexes);
  const theirUnique = signatures(impl, connUniques);
  const theirIndex = signatures(impl, connIndexes);
  const mine = new Map(
    [...mineUnique, ...mineIndex].filter((s) => s.isNamed).map((s) => [finalName(s.const, impl)!, s]),
  );
  const theirs = byName([...theirUnique, ...theirIndex]);
  const uniqueByName = byName(theirUnique);
  const indexByName = byName(theirIndex);
  const doubled = (name: string): boolean => uniqueByName.has(name) && indexByName.has(name);
  const unnamed = new Map(
    mineUnique.filter((s) => finalName(s.const, impl) === null).map((s) => [s.unnamed, s]),
  );
  const over = new IndexesAndUniques(context, ops, table, !conn || !model, uniquesKnown);

  for (const name of sorted([...theirs.keys()].filter((n) => !mine.has(n)))) {
    const s = theirs.get(name)!;
    if (s.kind === "unique" && unnamed.has(s.unnamed)) continue;
    if (!doubled(name)) {
      over.removed(s);
      continue;
    }
    const [u, i] = [uniqueByName.get(name)!, indexByName.get(name)!];
    if (mineIndex.every((m) => m.unnamed !== i.unnamed) && mineUnique.every((m) => m.unnamed !== u.unnamed)) {
      over.removed(u);
      over.removed(i);
    }
  }
  for (const name of sorted([...mine.keys()].filter((n) => theirs.has(n)))) {
    const s = mine.get(name)!;
    const other = doubled(name)
      ? (s.kind === "index" ? indexByName : uniqueByName).get(name)!
      : theirs.get(name)!;
    over.compared(s, other);
  }
  for (const name of sorted([...mine.keys()].filter((n) => !theirs.has(n)))) over.added(mine.get(name)!);
  const theirUnnamed = new Set(theirUnique.map((s) => s.unnamed));
  for (const [sig, s] of unnamed) if (!theirUnnamed.has(sig)) over.added(s);
  return null;
};

/** Databases that reflect a unique constraint as an index too, and the other way. */
function withoutDuplicates(
  impl: DefaultImpl,
  connUniques: Set<UniqueConstraint>,
  connIndexes: Set<Index>,
  metadataUniques: Set<UniqueConstraint>,
  metadataIndexes: Set<Index>,
): void {
  const uniqueNames = new Map([...metadataUniques].map((u) => [u, finalName(u, impl)] as const));
  const unnamed = new Set(
    [...uniqueNames].filter(([, n]) => n === null).map(([u]) => signatureOf(impl, u).unnamed),
  );
  const indexNames = new Set([...metadataIndexes].filter((i) => i.unique).map((i) => finalName(i, impl)));
  const known = new Set(uniqueNames.values());
  for (const u of [...connUniques]) {
    if (!host.isTrue(new Map(host.entries(u.info)).get("duplicates_index") ?? null)) continue;
    if (!known.has(u.name)) {
      if (!unnamed.has(signatureOf(impl, u).unnamed)) connUniques.delete(u);
    } else if (!indexNames.has(u.name))
      for (const i of [...connIndexes]) if (i.unique && i.name === u.name) connIndexes.delete(i);
  }
}

// -- foreign keys ---------------------------------------------------------------------------------

function madeForeignKey(facts: Reflected, conn: Table): ForeignKeyConstraint {
  const schema = (facts.get("referred_schema") as string | null | undefined) ?? null;
  const table = facts.get("referred_table") as string;
  const local = names(facts.get("constrained_columns")) as string[];
  const remote = names(facts.get("referred_columns")) as string[];
  const options = new Map(host.entries(facts.get("options") ?? new Map()));
  const said = (k: string): string | null => (options.get(k) as string | null | undefined) ?? null;
  const made = new ForeignKeyConstraint(
    local.map((c) => conn.c.get(c)),
    remote.map((c) => (schema ? `${schema}.${table}.${c}` : `${table}.${c}`)),
    {
      onupdate: said("onupdate"),
      ondelete: said("ondelete"),
      deferrable: (options.get("deferrable") as boolean | null | undefined) ?? null,
      initially: said("initially"),
      name: facts.get("name") as string,
    },
  );
  // the other end, as far as it is known
  const known = conn.metadata.tables.get(tableKey(table, schema));
  const other = known ?? new Table(table, conn.metadata, [], { schema });
  if (!known || placeholders.has(known)) {
    placeholders.add(other);
    remote.forEach((c, i) => {
      if (!other.c.has(c)) other.appendColumn(new Column(c, (conn.c.get(local[i]!) as Column).type));
    });
  }
  conn.appendConstraint(made);
  return made;
}
const placeholders = new WeakSet<Table>();

const foreignKeys: Compare = (context, ops, schema, table, conn, model) => {
  if (!conn || !model) return null;
  const { impl, inspector } = context;
  const facts = (listed(inspector, "foreignKeys", table, schema) ?? []).filter((f) =>
    context.includesName(plain(f.get("name")), "foreign_key_constraint", {
      table_name: table,
      schema_name: schema,
    }),
  );
  const metadataKeys = new Set(model._sortedConstraints.filter((c) => c instanceof ForeignKeyConstraint));
  const connKeys = new Set(facts.map((f) => madeForeignKey(f, conn)));
  impl.correctForAutogenForeignkeys(connKeys, metadataKeys);
  const mine = signatures(impl, metadataKeys) as ForeignKeySignature[];
  const theirs = signatures(impl, connKeys) as ForeignKeySignature[];
  const withOptions = facts[0]?.has("options") === true;
  const key = (s: ForeignKeySignature): string => (withOptions ? s.unnamed : s.unnamedNoOptions);
  const [mineBy, theirsBy] = [mine, theirs].map((all) => new Map(all.map((s) => [key(s), s])));
  const other = (s: Signature, all: readonly Signature[]): Compared | null =>
    (s.name ? all.findLast((o) => o.name === s.name)?.const : undefined) ?? null;
  const change = (s: ForeignKeySignature, was: boolean): void => {
    if (
      !context.runObjectFilters(s.const, s.name, "foreign_key_constraint", was, other(s, was ? mine : theirs))
    )
      return;
    const fk = s.const as ForeignKeyConstraint;
    ops.add(was ? DropConstraintOp.fromConstraint(fk) : CreateForeignKeyOp.fromConstraint(fk));
    const { sourceColumns, targetColumns, sourceSchema, sourceTable } = s.spec;
    said(CONSTRAINTS, `Detected ${was ? "removed" : "added"} foreign key (%s)(%s) on table %s%s`, [
      sourceColumns.join(", "),
      targetColumns.join(", "),
      sourceSchema ? `${sourceSchema}.` : "",
      sourceTable,
    ]);
  };
  for (const [k, s] of theirsBy!) if (!mineBy!.has(k)) change(s, true);
  for (const [k, s] of mineBy!) if (!theirsBy!.has(k)) change(s, false);
  return null;
};

Plugin.own("alembic.autogenerate.constraints", (p) => {
  p.addAutogenerateComparator(indexesAndUniques, "table", "indexes");
  p.addAutogenerateComparator(foreignKeys, "table", "foreignkeys");
  p.addAutogenerateComparator(nullable, "column", "nullable");
});
setUpDefaults();

// -- comments -------------------------------------------------------------------------------------

const tableComment: Compare = (context, ops, schema, table, conn, model) => {
  if (context.dialect.supportsComments !== true || !conn || !model) return null;
  const [was, is] = [conn.comment, model.comment];
  if (was === is) return null;
  ops.add(
    is === null
      ? new DropTableCommentOp(table, { existingComment: was, schema })
      : new CreateTableCommentOp(table, is, { existingComment: was, schema }),
  );
  return STOP;
};
Plugin.own("alembic.autogenerate.comments", (p) => {
  p.addAutogenerateComparator(columnComment, "column", "comments");
  p.addAutogenerateComparator(tableComment, "table", "comments");
});

// -- CHECKs, by name ------------------------------------------------------------------------------

const CHECKS = "alembic.autogenerate.compare.check_constraints";

const checks: Compare = (context, ops, schema, table, conn, model) => {
  if (!conn || !model) return null;
  const { impl, inspector } = context;
  const facts = listed(inspector, "checkConstraints", table, schema);
  if (!facts) return null;
  const theirs = byName(
    signatures(
      impl,
      facts
        .filter(
          (f) =>
            (f.get("name") ?? null) !== null &&
            context.includesName(plain(f.get("name")), "check_constraint", {
              table_name: table,
              schema_name: schema,
            }),
        )
        .map(
          (f) =>
            new CheckConstraint(
              f.get("sqltext"),
              { name: f.get("name") as string, table: conn },
              impl.adjustReflectedDialectOptions(f, "check_constraint"),
            ),
        ),
    ),
  );
  const ofModel = [...model._sortedConstraints, ...[...model.c].flatMap((c) => [...c.constraints])].filter(
    (c) => c instanceof CheckConstraint && !c._typeBound && finalName(c, impl) !== null,
  );
  const mine = byName(signatures(impl, ofModel));
  const wanted = (s: Signature, reflected: boolean, compareTo: Value): boolean =>
    context.runObjectFilters(s.const, s.name, "check_constraint", reflected, compareTo);
  for (const name of sorted([...theirs.keys()].filter((n) => !mine.has(n)))) {
    const s = theirs.get(name)!;
    if (!wanted(s, true, null)) continue;
    ops.add(DropConstraintOp.fromConstraint(s.const as CheckConstraint));
    said(CHECKS, "Detected removed check constraint %r on table %r", [name, table]);
  }
  for (const name of sorted([...mine.keys()].filter((n) => theirs.has(n)))) {
    const [m, t] = [mine.get(name)!, theirs.get(name)!];
    const result = m.compareToReflected(t);
    if (result.isSkip)
      said(CHECKS, "Cannot compare check constraint %r, assuming equal and skipping. %s", [
        name,
        result.message,
      ]);
    if (!result.isDifferent || !wanted(m, false, t.const)) continue;
    said(CHECKS, "Detected changed check constraint %r on table %r: %s", [name, table, result.message]);
    ops.add(
      DropConstraintOp.fromConstraint(t.const as CheckConstraint),
      AddConstraintOp.fromConstraint(m.const as CheckConstraint),
    );
  }
  for (const name of sorted([...mine.keys()].filter((n) => !theirs.has(n)))) {
    const s = mine.get(name)!;
    if (!wanted(s, false, null)) continue;
    ops.add(AddConstraintOp.fromConstraint(s.const as CheckConstraint));
    said(CHECKS, "Detected added check constraint %r on table %r", [name, table]);
  }
  return null;
};
Plugin.own("alembic.autogenerate.checkconstraint_byname", (p) =>
  p.addAutogenerateComparator(checks, "table", "checkconstraints"),
);
