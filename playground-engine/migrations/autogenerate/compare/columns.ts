// A column that stays: its type, whether it may be NULL, its server default, its comment.
//
// Behaviour: alembic.autogenerate.compare.types, .constraints (nullable), .server_defaults, .comments.
import {
  type Column,
  Computed,
  DefaultClause,
  type FetchedValue,
  Identity,
  NULL_UNSPECIFIED,
  type Table,
} from "../../../sql/schema/index.ts";
import { type ClauseElement, NullType } from "../../../sql/index.ts";
import { compile } from "../../../compiler/index.ts";
import { host, type Value } from "../../../util/host.ts";
import { PRIORITY, STOP } from "../../dispatch.ts";
import type { AlterColumnOp } from "../../operations/ops/columns.ts";
import { keep, kept } from "../../operations/ops/operation.ts";
import type { AutogenContext } from "../autogen-context.ts";
import { Plugin } from "../plugins.ts";

type Compare = (
  context: AutogenContext,
  op: AlterColumnOp,
  schema: string | null,
  table: string,
  column: string,
  conn: Column,
  model: Column,
) => Value;

const log =
  (module: string) =>
  (message: string, args: readonly Value[]): void =>
    host.logger(`alembic.autogenerate.compare.${module}`).log(20, message, args);

// -- type -----------------------------------------------------------------------------------------

const types = log("types");

function comparable(op: AlterColumnOp, table: string, column: string, conn: Column, model: Column): boolean {
  op.existingType = conn.type;
  if (conn.type.typeAffinity === NullType) {
    types("Couldn't determine database type for column '%s.%s'", [table, column]);
    return false;
  }
  if (model.type.typeAffinity === NullType) {
    types("Column '%s.%s' has no type within the model; can't compare", [table, column]);
    return false;
  }
  return true;
}
function typeChanged(op: AlterColumnOp, table: string, column: string, conn: Column, model: Column): Value {
  op.modifyType = model.type;
  types("Detected type change from %r to %r on '%s.%s'", [conn.type, model.type, table, column]);
  return STOP;
}
const userType: Compare = (context, op, _schema, table, column, conn, model) => {
  const { migrationContext } = context;
  const user = context.migrationContext.opts.get("compare_type") ?? true;
  if (user === false) return STOP;
  if (!comparable(op, table, column, conn, model) || !host.isCallable(user)) return null;
  const differs = host.call(user, [migrationContext, conn, model, conn.type, model.type]);
  if (host.isTrue(differs)) return typeChanged(op, table, column, conn, model);
  return differs === false ? STOP : null;
};
const dialectType: Compare = (context, op, _schema, table, column, conn, model) =>
  comparable(op, table, column, conn, model) && context.impl.compareType(conn, model)
    ? typeChanged(op, table, column, conn, model)
    : null;

Plugin.own("alembic.autogenerate.types", (p) => {
  p.addAutogenerateComparator(userType, "column", "types", { priority: PRIORITY.FIRST });
  p.addAutogenerateComparator(dialectType, "column", "types", { priority: PRIORITY.LAST });
});

// -- NULL -----------------------------------------------------------------------------------------

const constraints = log("constraints");

export const nullable: Compare = (_context, op, _schema, table, column, conn, model) => {
  op.existingNullable = conn.nullable;
  if (conn.nullable === model.nullable) return null;
  const either = [model.serverDefault, conn.serverDefault];
  const implied =
    (either.some((d) => d instanceof Computed) && model._userDefinedNullable === NULL_UNSPECIFIED) ||
    either.some((d) => d instanceof Identity);
  if (implied) {
    constraints("Ignoring nullable change on identity column '%s.%s'", [table, column]);
    return null;
  }
  op.modifyNullable = model.nullable;
  constraints("Detected %s on column '%s.%s'", [model.nullable ? "NULL" : "NOT NULL", table, column]);
  return STOP;
};

// -- server default -------------------------------------------------------------------------------

const defaults = log("server_defaults");

function literalText(e: ClauseElement, context: AutogenContext): string {
  return String(
    compile(e, context.dialect as never, { compileKwargs: new Map([["literal_binds", true]]) } as never),
  );
}
function defaultText(d: FetchedValue | null, context: AutogenContext): string | null {
  if (!(d instanceof DefaultClause)) return null;
  return typeof d.arg === "string" ? d.arg : literalText(d.arg, context);
}
/** The text that a reflected default stands for. */
function reflectedText(d: FetchedValue | null): string | null {
  if (!d) return null;
  const { arg } = d as { readonly arg?: { readonly text?: string } };
  if (arg?.text === undefined) throw host.noAttribute(d, "arg");
  return arg.text;
}
const neither = (conn: Column, model: Column): boolean =>
  conn.serverDefault === null && model.serverDefault === null;

const userDefault: Compare = (context, op, _schema, table, column, conn, model) => {
  if (neither(conn, model)) return null;
  op.existingServerDefault = conn.serverDefault;
  const user = context.migrationContext.opts.get("compare_server_default") ?? false;
  if (user === false) return STOP;
  if (!host.isCallable(user)) return null;
  const differs = host.call(user, [
    context.migrationContext,
    conn,
    model,
    reflectedText(conn.serverDefault),
    model.serverDefault,
    defaultText(model.serverDefault, context),
  ]);
  if (host.isTrue(differs)) {
    op.modifyServerDefault = model.serverDefault;
    defaults("User defined function %s detected server default on column '%s.%s'", [user, table, column]);
    return STOP;
  }
  return differs === false ? STOP : null;
};
const computed: Compare = (context, _op, _schema, table, column, conn, model) => {
  if (neither(conn, model)) return null;
  const warn = (): void =>
    host.warn("UserWarning", `Computed default on ${table}.${column} cannot be modified`);
  const [was, is] = [conn.serverDefault, model.serverDefault];
  if (was instanceof Computed && !(is instanceof Computed)) {
    warn();
    return STOP;
  }
  if (!(is instanceof Computed)) return null;
  const text = (c: Computed): string =>
    literalText(c.sqltext, context)
      .replace(/[ ()'"`[\]\t\r\n]/g, "")
      .toLowerCase();
  if (text(is) !== (was instanceof Computed ? text(was) : "")) warn();
  return STOP;
};
const identity: Compare = (context, op, _schema, table, column, conn, model) => {
  const [was, is] = [conn.serverDefault, model.serverDefault];
  if (!(was instanceof Identity || is instanceof Identity)) return null;
  const { differs, alters } = context.impl.compareIdentityDefault(
    is instanceof Identity ? is : null,
    was instanceof Identity ? was : null,
  );
  if (!alters) return null;
  op.modifyServerDefault = is;
  if (differs.length === 0) return null;
  defaults("Detected server default on column '%s.%s': identity options attributes %s", [
    table,
    column,
    host.makeList([...differs].sort()),
  ]);
  return STOP;
};
const autoincrement: Compare = (_context, op, _schema, _table, _column, _conn, model) => {
  const said =
    (model.table as Table)._autoincrementColumn === model || model.autoincrement === true
      ? true
      : model.autoincrement === false
        ? false
        : undefined;
  if (said !== undefined) op.kw = keep(new Map([...kept(op.kw), ["autoincrement", said]]));
  return null;
};
const dialectDefault: Compare = (context, op, _schema, table, column, conn, model) => {
  if (neither(conn, model)) return null;
  op.existingServerDefault = conn.serverDefault;
  const plain = (d: FetchedValue | null): boolean => d === null || d instanceof DefaultClause;
  if (!plain(conn.serverDefault) || !plain(model.serverDefault)) return null;
  const differs = context.impl.compareServerDefault(
    conn,
    model,
    defaultText(model.serverDefault, context),
    reflectedText(conn.serverDefault),
  );
  if (!differs) return null;
  op.modifyServerDefault = model.serverDefault;
  defaults("Dialect impl %s detected server default on column '%s.%s'", [context.impl, table, column]);
  return STOP;
};

export function setUpDefaults(): void {
  Plugin.own("alembic.autogenerate.defaults", (p) => {
    const add = (fn: Compare, priority: number = PRIORITY.MEDIUM): void =>
      p.addAutogenerateComparator(fn, "column", "server_default", { priority });
    add(userDefault, PRIORITY.FIRST);
    add(computed);
    add(identity);
    add(autoincrement);
    add(dialectDefault, PRIORITY.LAST);
  });
}

// -- comment --------------------------------------------------------------------------------------

export const columnComment: Compare = (context, op, _schema, table, column, conn, model) => {
  if (context.dialect.supportsComments !== true || (conn.comment === null && model.comment === null))
    return null;
  op.existingComment = conn.comment;
  if (conn.comment === model.comment) return null;
  op.modifyComment = model.comment;
  log("comments")("Detected column comment '%s.%s'", [table, column]);
  return STOP;
};
