// Keys and constraints: add, drop. Behaviour: alembic.operations.ops.
import type {
  CheckConstraint,
  Column,
  Constraint,
  ForeignKeyConstraint,
  Table,
} from "../../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../../util/host.ts";
import { Dispatcher, invoke } from "../../dispatch.ts";
import type { MigrationContext } from "../../runtime/migration-context.ts";
import { SchemaObjects } from "../schema-objects.ts";
import { nameOf, tableOf } from "./names.ts";
import { type Invoker, items, keep, kept, MigrateOperation, type Options, schemaOf } from "./operation.ts";
import { tableName } from "./tables.ts";

const visitNameOf = (c: Constraint): string => (c.constructor as typeof Constraint).visitName;

export abstract class AddConstraintOp extends MigrateOperation {
  /** Makes the operation of a constraint, by the constraint's visit name. */
  static readonly addConstraintOps = new Dispatcher();
  abstract constraintName: Value;
  abstract kw: Value;

  get constraintType(): string {
    throw host.error("NotImplementedError", "");
  }
  static registerAddConstraint(type: string): <C>(cls: C) => C {
    return (cls) => {
      AddConstraintOp.addConstraintOps.dispatchFor(type)((c: Constraint) =>
        (cls as unknown as typeof CreateUniqueConstraintOp).fromConstraint(c),
      );
      return cls;
    };
  }
  static fromConstraint(constraint: Constraint): AddConstraintOp {
    return invoke(AddConstraintOp.addConstraintOps.dispatch(visitNameOf(constraint)), [
      constraint,
    ]) as AddConstraintOp;
  }
  abstract toConstraint(context?: MigrationContext | null): Constraint;
  override reverse(): MigrateOperation {
    return DropConstraintOp.fromConstraint(this.toConstraint());
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["add_constraint", this.toConstraint()]);
  }
}

const DROPPED: Readonly<Record<string, string>> = {
  unique_constraint: "unique",
  foreign_key_constraint: "foreignkey",
  primary_key_constraint: "primary",
  check_constraint: "check",
  column_check_constraint: "check",
  table_or_column_check_constraint: "check",
};

export class DropConstraintOp extends MigrateOperation {
  constraintName: Value;
  tableName: string;
  constraintType: string | null;
  schema: string | null;
  ifExists: Value;
  private readonly original: AddConstraintOp | null;
  constructor(name: Value, tableName: string, type: string | null = null, options: Options = {}) {
    super();
    this.constraintName = name;
    this.tableName = tableName;
    this.constraintType = type;
    this.schema = schemaOf(options);
    this.ifExists = options.ifExists ?? null;
    this.original = (options.reverse as AddConstraintOp | undefined) ?? null;
  }
  static dropConstraint(
    operations: Invoker,
    name: Value,
    tableName: string,
    type: string | null = null,
    options: Options = {},
  ): Value {
    return operations.invoke(new this(name, tableName, type, options));
  }
  static batchDropConstraint(operations: Invoker, name: Value, type: string | null = null): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(name, tableName!, type, { schema }));
  }
  static fromConstraint(constraint: Constraint): DropConstraintOp {
    const table = tableOf(constraint);
    return new this(nameOf(constraint), tableName(table), DROPPED[visitNameOf(constraint)] ?? null, {
      schema: table.schema,
      reverse: AddConstraintOp.fromConstraint(constraint),
    });
  }
  override reverse(): MigrateOperation {
    return AddConstraintOp.fromConstraint(this.toConstraint());
  }
  override toDiffTuple(): Value {
    return host.makeTuple([
      this.constraintType === "foreignkey" ? "remove_fk" : "remove_constraint",
      this.toConstraint(),
    ]);
  }
  toConstraint(): Constraint {
    if (!this.original)
      throw host.error("ValueError", "constraint cannot be produced; original constraint is not present");
    const constraint = this.original.toConstraint();
    constraint.name = this.constraintName as string;
    const table = tableOf(constraint);
    table.name = this.tableName;
    table.schema = this.schema;
    return constraint;
  }
}

/** Constraints over columns of one table, by name. */
abstract class KeyOp extends AddConstraintOp {
  constraintName: Value;
  tableName: string;
  columns: Value;
  schema: string | null;
  kw: Value;
  constructor(name: Value, tableName: string, columns: Value, options: Options = {}, kw: Kwargs = new Map()) {
    super();
    this.constraintName = name;
    this.tableName = tableName;
    this.columns = Array.isArray(columns) ? host.makeList(columns) : columns;
    this.schema = schemaOf(options);
    this.kw = keep(kw);
  }
  protected names(): string[] {
    return namesIn(this.columns);
  }
}

function namesIn(columns: Value): string[] {
  return (typeof columns === "string" ? [...columns] : items(columns)) as string[];
}
function columnsOf(constraint: Constraint): Column[] {
  return [...(constraint as unknown as { readonly columns: Iterable<Column> }).columns];
}
/** Options that are there, of those a constraint may have. */
function given(of: object, names: readonly string[]): Map<string, Value> {
  return new Map(
    names
      .map(
        (n) =>
          [
            n,
            (of as Readonly<Record<string, Value>>)[n.replace(/_(\w)/g, (_, c: string) => c.toUpperCase())],
          ] as const,
      )
      .filter(([, v]) => v !== null && v !== undefined && v !== false && v !== ""),
  );
}

export class CreatePrimaryKeyOp extends KeyOp {
  override get constraintType(): string {
    return "primarykey";
  }
  static createPrimaryKey(
    operations: Invoker,
    name: Value,
    tableName: string,
    columns: Value,
    options: Options = {},
  ): Value {
    return operations.invoke(new this(name, tableName, columns, options));
  }
  static batchCreatePrimaryKey(operations: Invoker, name: Value, columns: Value): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(name, tableName!, columns, { schema }));
  }
  static override fromConstraint(constraint: Constraint): CreatePrimaryKeyOp {
    const table = tableOf(constraint);
    return new this(
      nameOf(constraint),
      tableName(table),
      columnsOf(constraint).map((c) => c.key),
      { schema: table.schema },
      constraint.dialectKwargs,
    );
  }
  override toConstraint(context: MigrationContext | null = null): Constraint {
    return new SchemaObjects(context).primaryKeyConstraint(
      this.constraintName as string,
      this.tableName,
      this.names(),
      this.schema,
      kept(this.kw),
    );
  }
}

export class CreateUniqueConstraintOp extends KeyOp {
  override get constraintType(): string {
    return "unique";
  }
  static createUniqueConstraint(
    operations: Invoker,
    name: Value,
    tableName: string,
    columns: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Value {
    return operations.invoke(new this(name, tableName, columns, options, kw));
  }
  static batchCreateUniqueConstraint(
    operations: Invoker,
    name: Value,
    columns: Value,
    kw: Kwargs = new Map(),
  ): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(name, tableName!, columns, { schema }, kw));
  }
  static override fromConstraint(constraint: Constraint): CreateUniqueConstraintOp {
    const table = tableOf(constraint);
    return new this(
      nameOf(constraint),
      tableName(table),
      columnsOf(constraint).map((c) => c.name),
      { schema: table.schema },
      new Map([...given(constraint, ["deferrable", "initially"]), ...constraint.dialectKwargs]),
    );
  }
  override toConstraint(context: MigrationContext | null = null): Constraint {
    return new SchemaObjects(context).uniqueConstraint(
      this.constraintName as string,
      this.tableName,
      this.names(),
      this.schema,
      kept(this.kw),
    );
  }
}

const REFERENCE = ["onupdate", "ondelete", "deferrable", "initially", "match"];

/** A foreign key by its names. */
export interface ForeignKeySpec {
  readonly sourceSchema: string | null;
  readonly sourceTable: string;
  readonly sourceColumns: readonly string[];
  readonly targetSchema: string | null;
  readonly targetTable: string;
  readonly targetColumns: readonly string[];
}
export function foreignKeySpec(constraint: ForeignKeyConstraint): ForeignKeySpec {
  const table = constraint.parent as Table;
  const first = constraint.elements[0]!;
  return {
    sourceSchema: table.schema,
    sourceTable: table.name,
    sourceColumns: [...constraint].map((c) => c.name),
    targetSchema: first.column.table ? ((first.column.table as Table).schema ?? null) : null,
    targetTable: (first.column.table as Table).name,
    targetColumns: constraint.elements.map((e) => (e.column as Column).name),
  };
}

export class CreateForeignKeyOp extends AddConstraintOp {
  constraintName: Value;
  sourceTable: string;
  referentTable: string;
  localCols: Value;
  remoteCols: Value;
  kw: Value;
  constructor(
    name: Value,
    sourceTable: string,
    referentTable: string,
    localCols: Value,
    remoteCols: Value,
    kw: Kwargs = new Map(),
  ) {
    super();
    this.constraintName = name;
    this.sourceTable = sourceTable;
    this.referentTable = referentTable;
    this.localCols = Array.isArray(localCols) ? host.makeList(localCols) : localCols;
    this.remoteCols = Array.isArray(remoteCols) ? host.makeList(remoteCols) : remoteCols;
    this.kw = keep(kw);
  }
  override get constraintType(): string {
    return "foreignkey";
  }
  static createForeignKey(
    operations: Invoker,
    name: Value,
    sourceTable: string,
    referentTable: string,
    localCols: Value,
    remoteCols: Value,
    options: Options = {},
    dialectKw: Kwargs = new Map(),
  ): Value {
    const kw = new Map<string, Value>([
      ...REFERENCE.map((n) => [n, options[n] ?? null] as const),
      ["source_schema", options.sourceSchema ?? null],
      ["referent_schema", options.referentSchema ?? null],
      ...dialectKw,
    ]);
    return operations.invoke(new this(name, sourceTable, referentTable, localCols, remoteCols, kw));
  }
  static batchCreateForeignKey(
    operations: Invoker,
    name: Value,
    referentTable: string,
    localCols: Value,
    remoteCols: Value,
    options: Options = {},
    dialectKw: Kwargs = new Map(),
  ): Value {
    const { tableName, schema } = operations.impl;
    return this.createForeignKey(
      operations,
      name,
      tableName!,
      referentTable,
      localCols,
      remoteCols,
      { ...options, sourceSchema: schema },
      dialectKw,
    );
  }
  static override fromConstraint(constraint: Constraint): CreateForeignKeyOp {
    const fk = constraint as ForeignKeyConstraint;
    const spec = foreignKeySpec(fk);
    return new this(
      nameOf(fk),
      spec.sourceTable,
      spec.targetTable,
      spec.sourceColumns,
      spec.targetColumns,
      new Map<string, Value>([
        ...given(fk, ["onupdate", "ondelete", "initially", "deferrable", "use_alter", "match"]),
        ["source_schema", spec.sourceSchema],
        ["referent_schema", spec.targetSchema],
        ...fk.dialectKwargs,
      ]),
    );
  }
  override toDiffTuple(): Value {
    return host.makeTuple(["add_fk", this.toConstraint()]);
  }
  override toConstraint(context: MigrationContext | null = null): Constraint {
    const kw = kept(this.kw);
    const take = (name: string): Value => {
      const v = kw.get(name) ?? null;
      kw.delete(name);
      return v;
    };
    return new SchemaObjects(context).foreignKeyConstraint(
      this.constraintName as string,
      this.sourceTable,
      this.referentTable,
      namesIn(this.localCols),
      namesIn(this.remoteCols),
      take("onupdate"),
      take("ondelete"),
      take("deferrable"),
      take("source_schema"),
      take("referent_schema"),
      take("initially"),
      take("match"),
      kw,
    );
  }
}

export class CreateCheckConstraintOp extends AddConstraintOp {
  constraintName: Value;
  tableName: string;
  condition: Value;
  schema: string | null;
  kw: Value;
  constructor(
    name: Value,
    tableName: string,
    condition: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ) {
    super();
    this.constraintName = name;
    this.tableName = tableName;
    this.condition = condition;
    this.schema = schemaOf(options);
    this.kw = keep(kw);
  }
  override get constraintType(): string {
    return "check";
  }
  static createCheckConstraint(
    operations: Invoker,
    name: Value,
    tableName: string,
    condition: Value,
    options: Options = {},
    kw: Kwargs = new Map(),
  ): Value {
    return operations.invoke(new this(name, tableName, condition, options, kw));
  }
  static batchCreateCheckConstraint(
    operations: Invoker,
    name: Value,
    condition: Value,
    kw: Kwargs = new Map(),
  ): Value {
    const { tableName, schema } = operations.impl;
    return operations.invoke(new this(name, tableName!, condition, { schema }, kw));
  }
  static override fromConstraint(constraint: Constraint): CreateCheckConstraintOp {
    const table = tableOf(constraint);
    return new this(
      nameOf(constraint),
      tableName(table),
      (constraint as CheckConstraint).sqltext,
      { schema: table.schema },
      constraint.dialectKwargs,
    );
  }
  override toConstraint(context: MigrationContext | null = null): Constraint {
    return new SchemaObjects(context).checkConstraint(
      this.constraintName as string,
      this.tableName,
      this.condition,
      this.schema,
      kept(this.kw),
    );
  }
}

AddConstraintOp.registerAddConstraint("primary_key_constraint")(CreatePrimaryKeyOp);
AddConstraintOp.registerAddConstraint("unique_constraint")(CreateUniqueConstraintOp);
AddConstraintOp.registerAddConstraint("foreign_key_constraint")(CreateForeignKeyOp);
for (const kind of ["check_constraint", "table_or_column_check_constraint", "column_check_constraint"])
  AddConstraintOp.registerAddConstraint(kind)(CreateCheckConstraintOp);
