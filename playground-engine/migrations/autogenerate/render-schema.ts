// Columns, types, defaults and constraints as the Python that makes them. Behaviour: alembic.autogenerate.render.
import {
  CheckConstraint,
  Column,
  Computed,
  type Constraint,
  DefaultClause,
  FetchedValue,
  ForeignKeyConstraint,
  COUNTING_RULES,
  Identity,
  type Index,
  type MetaData,
  PrimaryKeyConstraint,
  UniqueConstraint,
} from "../../sql/schema/index.ts";
import { ExcludeConstraint } from "../../dialects/postgresql/ext.ts";
import {
  ClauseElement,
  ColumnClause,
  ConvName,
  FunctionElement,
  Label,
  QuotedName,
  TextClause,
  type TypeEngine,
} from "../../sql/index.ts";
import { reprOf } from "../../sql/repr.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { RenderExpression } from "../ddl/impl.ts";
import { nameOf } from "../operations/ops/names.ts";
import { AutogenContext } from "./autogen-context.ts";

/** `repr()` of a name or any other value. */
export const quoted = (v: Value): string => host.repr(v instanceof QuotedName ? v.value : v);

export function alembicPrefix(context: AutogenContext): string {
  return context.hasBatch ? "batch_op." : ((context.option("alembic_module_prefix") as string | null) ?? "");
}
export function sqlalchemyPrefix(context: AutogenContext): string {
  return (context.option("sqlalchemy_module_prefix") as string | null | undefined) ?? "";
}

/** The prefix of a class of the program: said by an option, or the class's module. */
export function userPrefix(context: AutogenContext, target: Value): string {
  const prefix = context.option("user_module_prefix");
  return prefix === null ? `${host.typeModule(target)}.` : host.str(prefix);
}

/** What the program's own renderer says; undefined where it leaves the thing to us. */
function byUser(type: string, object: Value, context: AutogenContext): Value | undefined {
  const render = context.hook("render_item");
  if (render === null) return undefined;
  const said = host.call(render, [type, object, context]);
  return said === false ? undefined : said;
}

/** A constraint's name as an argument: `op.f('…')` where no naming convention is to apply to it. */
export function name(context: AutogenContext, given: Value): string {
  return given instanceof ConvName ? `${alembicPrefix(context)}f(${quoted(given)})` : quoted(given);
}
export const nameIn = (context: AutogenContext, item: Constraint | Index): string =>
  name(context, nameOf(item));

export interface Wrapping extends RenderExpression {
  /** As `sa.text(…)`, not as the text alone. */
  readonly wrap?: boolean;
}
export function expression(value: Value, context: AutogenContext, options: Wrapping = {}): string {
  const kind = host.kindOf(value);
  if (kind === "list" || kind === "tuple") {
    const all = [...host.iterate(value)!].map((v) => expression(v, context));
    return kind === "list" ? `[${all.join(", ")}]` : `(${all.join(", ")}${all.length === 1 ? "," : ""})`;
  }
  if (value instanceof Column) return quoted(value.name);
  if (!(value instanceof ClauseElement)) return reprOf(value);
  const text = quoted(context.impl.renderDdlSqlExpr(value, options));
  if (options.wrap === false) return text;
  const made = `${sqlalchemyPrefix(context)}${options.isIndex ? "literal_column" : "text"}(${text})`;
  return options.isIndex && value instanceof Label && typeof value.name === "string"
    ? `${made}.label(${quoted(value.name)})`
    : made;
}
export function dialectItems(kwargs: Kwargs, context: AutogenContext): string[] {
  return [...kwargs].map(([k, v]) => `${k}=${expression(v, context)}`);
}

// -- columns --------------------------------------------------------------------------------------

export function column(c: Column, context: AutogenContext): Value {
  const said = byUser("column", c, context);
  if (said !== undefined) return said;
  const args: string[] = [];
  const options: string[] = [];
  const { serverDefault } = c;
  if (serverDefault) {
    const text = defaultOf(serverDefault, context);
    const positional = serverDefault instanceof Computed || serverDefault instanceof Identity;
    if (host.isTrue(text))
      (positional ? args : options).push(positional ? host.str(text) : `server_default=${host.str(text)}`);
  }
  if (c.autoincrement !== "auto") options.push(`autoincrement=${host.str(c.autoincrement)}`);
  options.push(`nullable=${host.str(c.nullable)}`);
  if (c.system) options.push("system=True");
  if (c.comment) options.push(`comment=${quoted(c.comment)}`);
  options.push(...dialectItems(c.kwargs, context));
  const positional = args.length > 0 ? `${args.join(", ")}, ` : "";
  return `${sqlalchemyPrefix(context)}Column(${quoted(c.name)}, ${host.str(type(c.type, context))}, ${positional}${options.join(", ")})`;
}

export function defaultOf(given: Value, context: AutogenContext): Value {
  const said = byUser("server_default", given, context);
  if (said !== undefined) return said;
  const prefix = sqlalchemyPrefix(context);
  if (given instanceof Computed) {
    const text = expression(given.sqltext, context, { wrap: false });
    return `${prefix}Computed(${text}, ${given.persisted === null ? "" : `persisted=${host.str(given.persisted)}`})`;
  }
  if (given instanceof Identity) return `${prefix}Identity(${identityArguments(given)})`;
  let text = given;
  if (given instanceof DefaultClause) {
    if (typeof given.arg !== "string") return expression(given.arg, context, { isServerDefault: true });
    text = given.arg;
  } else if (given instanceof FetchedValue) return `${prefix}FetchedValue()`;
  return typeof text === "string" ? quoted(text.replace(/^'|'$/g, "")) : text;
}
function identityArguments(identity: Identity): string {
  const rest = COUNTING_RULES.filter((k) => identity[k] !== null).map((k) => [k, identity[k]] as const);
  const all: (readonly [string, Value])[] = [["always", identity.always]];
  if (identity.onNull !== null) all.push(["on_null", identity.onNull]);
  return [...all, ...rest].map(([k, v]) => `${k}=${host.str(v)}`).join(", ");
}

// -- types ----------------------------------------------------------------------------------------

export function type(given: Value, context: AutogenContext, skipVariants = false): Value {
  const said = byUser("type", given, context);
  if (said !== undefined) return said;
  const t = (typeof given === "function" ? new (given as new () => TypeEngine)() : given) as TypeEngine;
  // a program's impl says False or an empty text where it leaves the type to us
  const byImpl = context.impl.renderType(t, context) || null;
  const module = host.typeModule(t);
  if (!skipVariants && t.variantMapping.size > 0) {
    const variants = [...t.variantMapping].sort(([a], [b]) => (a < b ? -1 : 1));
    return variants.reduce(
      (text, [dialect, variant]) =>
        `${text}.with_variant(${host.str(type(variant, context, true))}, ${quoted(dialect)})`,
      host.str(type(t, context, true)),
    );
  }
  const dialect = /^sqlalchemy\.dialects\.(\w+)/.exec(module)?.[1];
  if (dialect !== undefined) {
    context.import(`from sqlalchemy.dialects import ${dialect}`);
    return byImpl ?? `${dialect}.${host.repr(t)}`;
  }
  if (byImpl !== null) return byImpl;
  if (module.startsWith("sqlalchemy.")) {
    if ((t.constructor as unknown as { readonly visitName: string }).visitName === "ARRAY")
      return withSubtype(t, "item_type", "(.+?\\()", context);
    return `${sqlalchemyPrefix(context)}${host.repr(t)}`;
  }
  return `${userPrefix(context, t)}${host.repr(t)}`;
}

/** A type whose repr holds another type's: that one is written as a type of its own. */
export function withSubtype(
  t: TypeEngine,
  attribute: string,
  before: string,
  context: AutogenContext,
  prefix: string | null = null,
): string | null {
  const inner = host.getAttribute(t, attribute);
  if (inner === undefined || inner === null) return null;
  const escaped = host.repr(inner).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const rendered = host.str(type(inner, context));
  const outer = host
    .repr(t)
    .replace(new RegExp(before + escaped), (_, start: string) => `${start}${rendered}`);
  if (prefix) return `${prefix}${outer}`;
  const module = host.typeModule(t);
  const dialect = /^sqlalchemy\.dialects\.(\w+)/.exec(module)?.[1];
  if (dialect !== undefined) return `${dialect}.${outer}`;
  return module.startsWith("sqlalchemy") ? `${sqlalchemyPrefix(context)}${outer}` : null;
}

AutogenContext.renderSubtype = withSubtype;

// -- constraints within a table -------------------------------------------------------------------

/** @returns None where the constraint is not written */
export function constraint(c: Constraint, context: AutogenContext, namespace: MetaData | null): Value {
  if (c instanceof PrimaryKeyConstraint) return primaryKey(c, context);
  if (c instanceof ForeignKeyConstraint) return foreignKey(c, context, namespace);
  if (c instanceof UniqueConstraint) return byUser("unique", c, context) ?? unique(c, context, false);
  if (c instanceof CheckConstraint) return check(c, context);
  if (c instanceof ExcludeConstraint) return byUser("exclude", c, context) ?? exclude(c, context, false);
  host.warn("UserWarning", `No renderer is established for object ${host.repr(c)}`);
  return `[Unknown Python object ${host.repr(c)}]`;
}
const hasName = (c: Constraint): boolean => c.name !== null && c.name !== "";

function primaryKey(c: PrimaryKeyConstraint, context: AutogenContext): Value {
  const said = byUser("primary_key", c, context);
  if (said !== undefined) return said;
  const columns = [...c].map((x) => quoted(x.name));
  if (columns.length === 0) return null;
  const named = hasName(c) ? [`name=${nameIn(context, c)}`] : [];
  return `${sqlalchemyPrefix(context)}PrimaryKeyConstraint(${[...columns, ...named].join(", ")})`;
}

const RULES = ["onupdate", "ondelete", "initially", "deferrable", "useAlter", "match"] as const;
function foreignKey(c: ForeignKeyConstraint, context: AutogenContext, namespace: MetaData | null): Value {
  const said = byUser("foreign_key", c, context);
  if (said !== undefined) return said;
  const options = hasName(c) ? [`name=${nameIn(context, c)}`] : [];
  for (const rule of RULES)
    if (host.isTrue(c[rule] ?? null))
      options.push(`${rule === "useAlter" ? "use_alter" : rule}=${quoted(c[rule])}`);
  const local = c.elements.map((e) => quoted(e.parent!.name)).join(", ");
  const remote = c.elements.map((e) => {
    const spec = e._getColspec().split(".");
    let columnName = spec.pop()!;
    const schema = namespace?.schema ?? null;
    const table = schema !== null && spec.length === 1 ? `${schema}.${spec[0]!}` : spec.join(".");
    if (!(e as unknown as { readonly linkToName: boolean }).linkToName && e.parent?.table)
      columnName = namespace?.tables.get(table)?.c.get(columnName)?.name ?? columnName;
    return quoted(`${table}.${columnName}`);
  });
  return `${sqlalchemyPrefix(context)}ForeignKeyConstraint([${local}], [${remote.join(", ")}], ${options.join(", ")})`;
}

/** UniqueConstraint(…) within a table, or the operation that adds one. */
export function unique(c: UniqueConstraint, context: AutogenContext, alter: boolean): string {
  const options: string[] = [];
  if (c.deferrable) options.push(`deferrable=${quoted(c.deferrable)}`);
  if (c.initially) options.push(`initially=${quoted(c.initially)}`);
  if (alter && !context.hasBatch && c.table.schema) options.push(`schema=${quoted(c.table.schema)}`);
  if (!alter && hasName(c)) options.push(`name=${nameIn(context, c)}`);
  options.push(...dialectItems(c.dialectKwargs, context));
  const columns = [...c].map((x) => quoted(x.name));
  if (!alter) return `${sqlalchemyPrefix(context)}UniqueConstraint(${[...columns, ...options].join(", ")})`;
  const args = [nameIn(context, c)];
  if (!context.hasBatch) args.push(quoted(c.table.name));
  return `${alembicPrefix(context)}create_unique_constraint(${[...args, `[${columns.join(", ")}]`, ...options].join(", ")})`;
}

function check(c: CheckConstraint, context: AutogenContext): Value {
  const said = byUser("check", c, context);
  if (said !== undefined) return said;
  if (c._typeBound) return null;
  const named = hasName(c) ? `, name=${nameIn(context, c)}` : "";
  return `${sqlalchemyPrefix(context)}CheckConstraint(${expression(c.sqltext, context, { wrap: false })}${named})`;
}

/** ExcludeConstraint(…) within a table, or the operation that adds one. */
export function exclude(c: ExcludeConstraint, context: AutogenContext, alter: boolean): string {
  const args = c._renderExprs.map(([e, , operator]) => `(${excluded(e, context)}, ${quoted(operator)})`);
  if (c.where !== null) args.push(`where=${expression(c.where, context)}`);
  if (c.deferrable) args.push(`deferrable=${quoted(host.str(c.deferrable))}`);
  if (c.initially) args.push(`initially=${quoted(c.initially)}`);
  if (c.using) args.push(`using=${quoted(c.using)}`);
  if (alter && !context.hasBatch && c.table.schema) args.push(`schema=${quoted(c.table.schema)}`);
  if (!alter) {
    if (hasName(c)) args.push(`name=${nameIn(context, c)}`);
    context.import("from sqlalchemy.dialects import postgresql");
    return `postgresql.ExcludeConstraint(${args.join(", ")})`;
  }
  const table = context.hasBatch ? [] : [quoted(c.table.name)];
  return `${alembicPrefix(context)}create_exclude_constraint(${[nameIn(context, c), ...table, ...args].join(", ")})`;
}
function excluded(e: Value, context: AutogenContext): string {
  if (e instanceof ColumnClause)
    return `${sqlalchemyPrefix(context)}${e.isLiteral ? "literal_column" : "column"}(${quoted(e.name)})`;
  return expression(e, context, { wrap: e instanceof TextClause || e instanceof FunctionElement });
}
