// Constructors whose real signature says less than the class takes: `Table(*args, **kw)` and the like, spelled out.
//
// `...` leaves a parameter out where the program does.
const KEY =
  "name=None, deferrable=None, initially=None, info=None, _autoattach=True, _column_flag=False, **dialect_kw";

const POOL =
  "recycle=..., echo=..., logging_name=..., reset_on_return=..., events=..., dialect=..., pre_ping=..., _dispatch=...";

const FUNCTION = "(*args, type_=..., packagenames=..., _parsed_args=...)";

export const constructorSignatures: Readonly<Record<string, string>> = {
  "sqlalchemy.orm.decl_api.declared_attr": "(fn, *, cascading=False, quiet=False)",
  "sqlalchemy.sql.schema.Table":
    "(name=..., metadata=..., /, *args, schema=..., quote=..., quote_schema=..., autoload_with=..., autoload_replace=..., keep_existing=False, extend_existing=False, must_exist=..., " +
    "resolve_fks=..., include_columns=..., implicit_returning=..., comment=..., info=..., listeners=..., prefixes=..., _extend_on=..., _no_init=..., **kw)",
  ...Object.fromEntries(
    ["GenericFunction", "aggregate_strings", "array_agg", "char_length", "count", "next_value"].map(
      (name) => [`sqlalchemy.sql.functions.${name}`, FUNCTION],
    ),
  ),
  "sqlalchemy.pool.impl.QueuePool": `(creator, pool_size=5, max_overflow=10, timeout=30.0, use_lifo=False, ${POOL})`,
  "sqlalchemy.pool.impl.SingletonThreadPool": `(creator, pool_size=5, ${POOL})`,
  "sqlalchemy.pool.impl.AssertionPool": `(creator, store_traceback=True, ${POOL})`,
  "sqlalchemy.pool.base.Pool": `(creator, ${POOL})`,
  "sqlalchemy.pool.base.PoolResetState": "(transaction_was_reset, terminate_only, asyncio_safe)",
  "sqlalchemy.sql.elements.conv": "(value, quote=None)",
  "sqlalchemy.sql.schema.UniqueConstraint": `(*columns, ${KEY})`,
  "sqlalchemy.sql.sqltypes.Enum":
    "(*enums, name=..., metadata=..., create_constraint=False, native_enum=True, length=..., schema=..., quote=..., inherit_schema=..., validate_strings=False, values_callable=..., sort_key_function=..., omit_aliases=True, _adapted_from=..., _create_events=True, **kw)",
};

/** Functions, likewise. */
export const functionSignatures: Readonly<Record<string, string>> = {
  "sqlalchemy.event.api.listen": "(target, identifier, fn, **kw)",
  "sqlalchemy.event.api.listens_for": "(target, identifier, **kw)",
};
