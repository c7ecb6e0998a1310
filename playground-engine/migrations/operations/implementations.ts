// How Alembic's own operations are carried out by a dialect's impl. Behaviour: alembic.operations.toimpl.
import {
  type Constraint,
  ForeignKeyConstraint,
  type Index,
  PrimaryKeyConstraint,
  type Table,
} from "../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { Operations } from "./operations.ts";
import { AddColumnOp, AlterColumnOp, DropColumnOp } from "./ops/columns.ts";
import { AddConstraintOp, DropConstraintOp } from "./ops/constraints.ts";
import { BulkInsertOp, ExecuteSQLOp } from "./ops/data.ts";
import { CreateIndexOp, DropIndexOp } from "./ops/indexes.ts";
import { kept, type MigrateOperation } from "./ops/operation.ts";
import {
  CreateTableCommentOp,
  CreateTableOp,
  DropTableCommentOp,
  DropTableOp,
  RenameTableOp,
} from "./ops/tables.ts";

type Carried<O> = (operations: Operations, operation: O) => Value | void;
/** Alembic's own functions by name: what a program that replaces one may still want to call. */
export const toimpl: Record<string, Value> = {};
function carriedOut<O extends MigrateOperation>(
  name: string,
  cls: abstract new (...args: never[]) => O,
  fn: Carried<O>,
): void {
  toimpl[name] = fn as Value;
  Operations.implementationFor(cls)(fn as Value);
}
const ifSaid = (name: string, v: Value): Kwargs => new Map(v === null ? [] : [[name, v]]);

carriedOut("createTable", CreateTableOp, (operations, op) => {
  const table = op.toTable(operations.migrationContext);
  operations.impl.createTable(table, ifSaid("if_not_exists", op.ifNotExists));
  return table;
});
carriedOut("dropTable", DropTableOp, (operations, op) =>
  operations.impl.dropTable(op.toTable(operations.migrationContext), ifSaid("if_exists", op.ifExists)),
);
carriedOut("renameTable", RenameTableOp, (operations, op) =>
  operations.impl.renameTable(op.tableName, op.newTableName, op.schema),
);
carriedOut("createTableComment", CreateTableCommentOp, (operations, op) =>
  operations.impl.createTableComment(op.toTable(operations.migrationContext)),
);
carriedOut("dropTableComment", DropTableCommentOp, (operations, op) =>
  operations.impl.dropTableComment(op.toTable(operations.migrationContext)),
);

carriedOut("addColumn", AddColumnOp, (operations, op) => {
  const { impl } = operations;
  const column = op.column.table ? op.column._copy() : op.column;
  const t = operations.schemaObj.table(op.tableName, [column], new Map([["schema", op.schema]]));
  const kw = kept(op.kw);
  impl.addColumn(op.tableName, column, {
    schema: op.schema,
    ifNotExists: op.ifNotExists as boolean | null,
    inlineReferences: op.inlineReferences as boolean | null,
    inlinePrimaryKey: op.inlinePrimaryKey as boolean | null,
    ...(kw.has("insert_before") ? { insertBefore: kw.get("insert_before") } : {}),
    ...(kw.has("insert_after") ? { insertAfter: kw.get("insert_after") } : {}),
  } as never);
  for (const constraint of t.constraints as Iterable<Constraint>) {
    if (constraint instanceof PrimaryKeyConstraint) continue;
    const inline =
      host.isTrue(op.inlineReferences) &&
      constraint instanceof ForeignKeyConstraint &&
      column.foreignKeys.size === 1 &&
      constraint.elements.length === 1;
    if (!inline) impl.addConstraint(constraint);
  }
  for (const index of t.indexes as Iterable<Index>) impl.createIndex(index);
  if (column.comment && impl.commentsApart) impl.createColumnComment(column);
});
carriedOut("dropColumn", DropColumnOp, (operations, op) =>
  operations.impl.dropColumn(
    op.tableName,
    op.toColumn(operations.migrationContext),
    { schema: op.schema, ifExists: op.ifExists as boolean | null },
    kept(op.kw),
  ),
);
carriedOut("alterColumn", AlterColumnOp, (operations, op) => {
  const { impl, schemaObj } = operations;
  // CHECKs that belong to a type go and come with it
  const typed = (type: Value): readonly Constraint[] => {
    const t: Table = schemaObj.table(
      op.tableName,
      [schemaObj.column(op.columnName, type)],
      new Map([["schema", op.schema]]),
    );
    return [...t.constraints].filter(
      (c) =>
        !(c instanceof PrimaryKeyConstraint) &&
        (!c._createRule || c._createRule(impl as { readonly dialect: { readonly name: string } })),
    );
  };
  const type = op.modifyType;
  if (op.existingType !== null && type !== null)
    for (const c of typed(op.existingType)) impl.dropConstraint(c);
  const kw = kept(op.kw);
  impl.alterColumn(
    op.tableName,
    op.columnName,
    {
      nullable: op.modifyNullable as boolean | null,
      serverDefault: op.modifyServerDefault,
      name: op.modifyName,
      type,
      comment: op.modifyComment,
      existingType: op.existingType,
      existingNullable: op.existingNullable,
      existingServerDefault: op.existingServerDefault,
      existingComment: op.existingComment,
      autoincrement: kw.get("autoincrement") ?? null,
      existingAutoincrement: kw.get("existing_autoincrement") ?? null,
    },
    op.schema,
    kw,
  );
  if (type !== null) for (const c of typed(type)) impl.addConstraint(c);
});

carriedOut("createIndex", CreateIndexOp, (operations, op) =>
  operations.impl.createIndex(
    op.toIndex(operations.migrationContext),
    ifSaid("if_not_exists", op.ifNotExists),
  ),
);
carriedOut("dropIndex", DropIndexOp, (operations, op) =>
  operations.impl.dropIndex(op.toIndex(operations.migrationContext), ifSaid("if_exists", op.ifExists)),
);
carriedOut("createConstraint", AddConstraintOp, (operations, op) =>
  operations.impl.addConstraint(op.toConstraint(operations.migrationContext)),
);
carriedOut("dropConstraint", DropConstraintOp, (operations, op) =>
  operations.impl.dropConstraint(
    operations.schemaObj.genericConstraint(
      op.constraintName as string,
      op.tableName,
      op.constraintType,
      op.schema,
    ),
    ifSaid("if_exists", op.ifExists),
  ),
);

carriedOut("bulkInsert", BulkInsertOp, (operations, op) =>
  operations.impl.bulkInsert(op.table, op.rows, op.multiinsert),
);
carriedOut("executeSql", ExecuteSQLOp, (operations, op) =>
  operations.migrationContext.impl.execute(op.sqltext, op.executionOptions),
);
