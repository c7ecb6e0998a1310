// What functions of the library give, where completion cannot know it otherwise: their signatures do not say.
//
// "self" is the object itself (generative methods), "of" what it holds, "list of", and "first" the first argument: an object of it.
// Behaviour: docs.sqlalchemy.org/en/20/core and /orm, each method's "Returns".
const SELECT =
  "where filter filter_by having order_by group_by limit offset distinct join outerjoin join_from outerjoin_from select_from options execution_options with_for_update correlate add_columns params with_only_columns";

const every = (cls: string, methods: string, returns: string): [string, string][] =>
  methods.split(" ").map((m) => [`${cls}.${m}`, returns]);

const S = "sqlalchemy.sql.selectable";
const E = "sqlalchemy.engine";

/** By the qualified name of a function, or a class's and a method's. */
export const RETURNS: ReadonlyMap<string, string> = new Map([
  ["sqlalchemy.create_engine", `${E}.base.Engine`],
  ["sqlalchemy.select", `${S}.Select first`],
  ["sqlalchemy.insert", "sqlalchemy.sql.dml.Insert"],
  ["sqlalchemy.update", "sqlalchemy.sql.dml.Update"],
  ["sqlalchemy.delete", "sqlalchemy.sql.dml.Delete"],
  ["sqlalchemy.text", "sqlalchemy.sql.elements.TextClause"],
  ["sqlalchemy.inspect", "sqlalchemy.engine.reflection.Inspector"],
  ["sqlalchemy.and_", "sqlalchemy.sql.elements.ColumnElement"],
  ["sqlalchemy.or_", "sqlalchemy.sql.elements.ColumnElement"],
  ["sqlalchemy.not_", "sqlalchemy.sql.elements.ColumnElement"],
  ["sqlalchemy.case", "sqlalchemy.sql.elements.Case"],
  ["sqlalchemy.cast", "sqlalchemy.sql.elements.Cast"],
  ["sqlalchemy.literal", "sqlalchemy.sql.elements.BindParameter"],
  ["sqlalchemy.orm.aliased", "first class"],
  ["sqlalchemy.orm.sessionmaker", "sqlalchemy.orm.session.sessionmaker"],
  [`${E}.base.Engine.connect`, `${E}.base.Connection`],
  [`${E}.base.Engine.begin`, `${E}.base.Connection`],
  [`${E}.base.Connection.execute`, `${E}.cursor.CursorResult`],
  [`${E}.base.Connection.scalars`, `${E}.result.ScalarResult`],
  [`${E}.base.Connection.begin`, `${E}.base.RootTransaction`],
  [`${E}.base.Connection.begin_nested`, `${E}.base.NestedTransaction`],
  ["sqlalchemy.orm.session.Session.execute", `${E}.result.Result first`],
  ["sqlalchemy.orm.session.Session.scalars", `${E}.result.ScalarResult first`],
  ["sqlalchemy.orm.session.Session.scalar", "of first"],
  ["sqlalchemy.orm.session.Session.get", "first"],
  ["sqlalchemy.orm.session.Session.get_one", "first"],
  ["sqlalchemy.orm.session.Session.merge", "first object"],
  ["sqlalchemy.orm.session.Session.query", "sqlalchemy.orm.query.Query first"],
  ["sqlalchemy.orm.session.Session.begin", "sqlalchemy.orm.session.SessionTransaction"],
  ["sqlalchemy.orm.session.Session.begin_nested", "sqlalchemy.orm.session.SessionTransaction"],
  ["sqlalchemy.orm.session.Session.connection", `${E}.base.Connection`],
  ["sqlalchemy.orm.session.sessionmaker.__call__", "sqlalchemy.orm.session.Session"],
  ["sqlalchemy.orm.session.sessionmaker.begin", "sqlalchemy.orm.session.Session"],
  ...every(`${S}.Select`, SELECT, "self"),
  [`${S}.SelectBase.subquery`, `${S}.Subquery`],
  [`${S}.SelectBase.cte`, `${S}.CTE`],
  [`${S}.HasCTE.cte`, `${S}.CTE`],
  [`${S}.SelectBase.scalar_subquery`, `${S}.ScalarSelect`],
  ...every("sqlalchemy.orm.query.Query", SELECT, "self"),
  ["sqlalchemy.orm.query.Query.all", "list of"],
  ...every("sqlalchemy.orm.query.Query", "first one one_or_none get", "of"),
  ...every(
    "sqlalchemy.sql.dml.Insert",
    "values returning from_select on_conflict_do_update on_conflict_do_nothing",
    "self",
  ),
  ...every("sqlalchemy.sql.dml.Update", "where values returning", "self"),
  ...every("sqlalchemy.sql.dml.Delete", "where returning", "self"),
  ...every(`${E}.result.ScalarResult`, "unique columns yield_per", "self"),
  ...every(`${E}.result.ScalarResult`, "all fetchall fetchmany", "list of"),
  ...every(`${E}.result.ScalarResult`, "first one one_or_none", "of"),
  [`${E}.result.Result.scalars`, `${E}.result.ScalarResult of`],
  [`${E}.result.Result.mappings`, `${E}.result.MappingResult`],
  ...every(`${E}.result.Result`, "unique columns yield_per", "self"),
  ...every(`${E}.result.Result`, "first one one_or_none fetchone", `${E}.row.Row`),
  ...every(`${E}.result.Result`, "scalar scalar_one scalar_one_or_none", "of"),
]);
