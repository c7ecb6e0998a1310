// PostgreSQL's EXCLUDE. Behaviour: alembic.ddl.postgresql.
import { ExcludeConstraint } from "../../../dialects/postgresql/ext.ts";
import { Column, type Constraint } from "../../../sql/schema/index.ts";
import { NullType } from "../../../sql/index.ts";
import { host, type Kwargs, type Value } from "../../../util/host.ts";
import type { MigrationContext } from "../../runtime/migration-context.ts";
import { SchemaObjects } from "../schema-objects.ts";
import { AddConstraintOp } from "./constraints.ts";
import { nameOf, tableOf } from "./names.ts";
import { type Invoker, items, keep, kept, schemaOf } from "./operation.ts";
import { tableName } from "./tables.ts";

export class CreateExcludeConstraintOp extends AddConstraintOp {
  constraintName: Value;
  tableName: string;
  elements: Value;
  where: Value;
  schema: string | null;
  kw: Value;
  private readonly original: ExcludeConstraint | null;
  constructor(
    name: Value,
    tableName: string,
    elements: Value,
    where: Value = null,
    schema: string | null = null,
    original: Value = null,
    given: Kwargs = new Map(),
  ) {
    super();
    const kw = new Map(given);
    this.constraintName = name;
    this.tableName = tableName;
    this.elements = host.makeTuple(items(elements));
    this.where = where ?? kw.get("where") ?? null;
    this.schema = schema ?? schemaOf({ schema: kw.get("schema") });
    for (const n of ["where", "schema"]) kw.delete(n);
    this.kw = keep(kw);
    this.original = original as ExcludeConstraint | null;
  }
  override get constraintType(): string {
    return "exclude";
  }
  static createExcludeConstraint(
    operations: Invoker,
    name: Value,
    tableName: string,
    elements: readonly Value[],
    kw: Kwargs = new Map(),
  ): Value {
    return operations.invoke(new this(name, tableName, elements, null, null, null, kw));
  }
  static batchCreateExcludeConstraint(
    operations: Invoker,
    name: Value,
    elements: readonly Value[],
    kw: Kwargs = new Map(),
  ): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(name, tableName!, elements, null, schema ?? null, null, kw));
  }
  static override fromConstraint(constraint: Constraint): CreateExcludeConstraintOp {
    const exclude = constraint as ExcludeConstraint;
    const table = tableOf(constraint);
    return new this(
      nameOf(constraint),
      tableName(table),
      exclude._renderExprs.map(([e, , operator]) => host.makeTuple([e, operator])),
      exclude.where,
      table.schema,
      exclude,
      new Map<string, Value>([
        ["deferrable", exclude.deferrable],
        ["initially", exclude.initially],
        ["using", exclude.using],
      ]),
    );
  }
  override toConstraint(context: MigrationContext | null = null): Constraint {
    if (this.original) return this.original;
    const t = new SchemaObjects(context).table(this.tableName, [], new Map([["schema", this.schema]]));
    const made = new ExcludeConstraint(
      items(this.elements),
      new Map<string, Value>([["name", this.constraintName], ["where", this.where], ...kept(this.kw)]),
    );
    for (const [, name] of made._renderExprs) t.appendColumn(new Column(name, new NullType()));
    t.appendConstraint(made);
    return made;
  }
}
AddConstraintOp.registerAddConstraint("exclude_constraint")(CreateExcludeConstraintOp);
