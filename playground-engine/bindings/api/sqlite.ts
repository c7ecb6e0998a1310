// Made by tools/trim-api.ts from what the real packages have: not written by hand. Area: sqlite.

/** [qualified name, constructor's signature or "", bases, own members] */
export const classes: readonly (readonly [string, string, string, readonly string[]])[] = [
  ["sqlalchemy.dialects.sqlite.aiosqlite.AsyncAdaptFallback_aiosqlite_connection","","sqlalchemy.dialects.sqlite.aiosqlite.AsyncAdapt_aiosqlite_connection",[]],
  ["sqlalchemy.dialects.sqlite.aiosqlite.AsyncAdapt_aiosqlite_connection","","sqlalchemy.connectors.asyncio.AsyncAdapt_terminate,sqlalchemy.engine.interfaces.AdaptedConnection",[]],
  ["sqlalchemy.dialects.sqlite.aiosqlite.AsyncAdapt_aiosqlite_cursor","","",[]],
  ["sqlalchemy.dialects.sqlite.aiosqlite.AsyncAdapt_aiosqlite_dbapi","","sqlalchemy.connectors.asyncio.AsyncAdapt_dbapi_module",[]],
  ["sqlalchemy.dialects.sqlite.aiosqlite.AsyncAdapt_aiosqlite_ss_cursor","","sqlalchemy.dialects.sqlite.aiosqlite.AsyncAdapt_aiosqlite_cursor",[]],
  ["sqlalchemy.dialects.sqlite.aiosqlite.SQLiteDialect_aiosqlite","(**kwargs)","sqlalchemy.dialects.sqlite.pysqlite.SQLiteDialect_pysqlite",[".dbapi",".driver",".has_terminate",".is_async",".supports_server_side_cursors",".supports_statement_cache","@classmethod get_pool_class(cls, url)","is_disconnect(self, e, connection, cursor)"]],
  ["sqlalchemy.dialects.sqlite.aiosqlite.SQLiteExecutionContext_aiosqlite","","sqlalchemy.dialects.sqlite.base.SQLiteExecutionContext",[]],
  ["sqlalchemy.dialects.sqlite.base.DATE","","sqlalchemy.dialects.sqlite.base._DateTimeMixin,sqlalchemy.sql.sqltypes.Date",["bind_processor(self, dialect)","result_processor(self, dialect, coltype)"]],
  ["sqlalchemy.dialects.sqlite.base.DATETIME","(*args, **kwargs)","sqlalchemy.dialects.sqlite.base._DateTimeMixin,sqlalchemy.sql.sqltypes.DateTime",["bind_processor(self, dialect)","result_processor(self, dialect, coltype)"]],
  ["sqlalchemy.dialects.sqlite.base.SQLiteCompiler","","sqlalchemy.sql.compiler.SQLCompiler",[]],
  ["sqlalchemy.dialects.sqlite.base.SQLiteDDLCompiler","","sqlalchemy.sql.compiler.DDLCompiler",[]],
  ["sqlalchemy.dialects.sqlite.base.SQLiteDialect","(native_datetime=False, json_serializer=None, json_deserializer=None, _json_serializer=None, _json_deserializer=None, **kwargs)","sqlalchemy.engine.default.DefaultDialect",[".colspecs",".construct_arguments",".default_metavalue_token",".default_paramstyle",".delete_returning",".insert_null_pk_still_autoincrements",".insert_returning",".insertmanyvalues_max_parameters",".ischema_names",".name",".native_datetime",".supports_alter",".supports_cast",".supports_default_metavalue",".supports_default_values",".supports_empty_insert",".supports_multivalues_insert",".supports_sane_rowcount_returning",".supports_statement_cache",".tuple_in_values",".update_returning",".update_returning_multifrom",".use_insertmanyvalues","get_check_constraints(self, connection, table_name, schema=None, **kw)","get_columns(self, connection, table_name, schema=None, **kw)","get_foreign_keys(self, connection, table_name, schema=None, **kw)","get_indexes(self, connection, table_name, schema=None, **kw)","get_isolation_level(self, dbapi_connection)","get_isolation_level_values(self, dbapi_connection)","get_pk_constraint(self, connection, table_name, schema=None, **kw)","get_schema_names(self, connection, **kw)","get_table_names(self, connection, schema=None, sqlite_include_internal=False, **kw)","get_temp_table_names(self, connection, sqlite_include_internal=False, **kw)","get_temp_view_names(self, connection, sqlite_include_internal=False, **kw)","get_unique_constraints(self, connection, table_name, schema=None, **kw)","get_view_definition(self, connection, view_name, schema=None, **kw)","get_view_names(self, connection, schema=None, sqlite_include_internal=False, **kw)","has_table(self, connection, table_name, schema=None, **kw)","set_isolation_level(self, dbapi_connection, level)"]],
  ["sqlalchemy.dialects.sqlite.base.SQLiteExecutionContext","","sqlalchemy.engine.default.DefaultExecutionContext",[]],
  ["sqlalchemy.dialects.sqlite.base.SQLiteIdentifierPreparer","","sqlalchemy.sql.compiler.IdentifierPreparer",[]],
  ["sqlalchemy.dialects.sqlite.base.SQLiteTypeCompiler","","sqlalchemy.sql.compiler.GenericTypeCompiler",[]],
  ["sqlalchemy.dialects.sqlite.base.TIME","(*args, **kwargs)","sqlalchemy.dialects.sqlite.base._DateTimeMixin,sqlalchemy.sql.sqltypes.Time",["bind_processor(self, dialect)","result_processor(self, dialect, coltype)"]],
  ["sqlalchemy.dialects.sqlite.base._DateTimeMixin","(storage_format=None, regexp=None, **kw)","",[".format_is_text_affinity","adapt(self, cls, **kw)","literal_processor(self, dialect)"]],
  ["sqlalchemy.dialects.sqlite.dml.Insert","","sqlalchemy.sql.dml.Insert",[".excluded",".inherit_cache",".stringify_dialect","on_conflict_do_nothing(self, index_elements=None, index_where=None)","on_conflict_do_update(self, index_elements=None, index_where=None, set_=None, where=None)"]],
  ["sqlalchemy.dialects.sqlite.dml.OnConflictClause","(index_elements=None, index_where=None)","sqlalchemy.sql.elements.ClauseElement",[".inferred_target_elements",".inferred_target_whereclause",".stringify_dialect"]],
  ["sqlalchemy.dialects.sqlite.dml.OnConflictDoNothing","","sqlalchemy.dialects.sqlite.dml.OnConflictClause",[]],
  ["sqlalchemy.dialects.sqlite.dml.OnConflictDoUpdate","(index_elements=None, index_where=None, set_=None, where=None)","sqlalchemy.dialects.sqlite.dml.OnConflictClause",[".update_values_to_set",".update_whereclause"]],
  ["sqlalchemy.dialects.sqlite.json.JSON","","sqlalchemy.sql.sqltypes.JSON",[]],
  ["sqlalchemy.dialects.sqlite.json.JSONIndexType","","sqlalchemy.dialects.sqlite.json._FormatTypeMixin,sqlalchemy.sql.sqltypes.JSON.JSONIndexType",[]],
  ["sqlalchemy.dialects.sqlite.json.JSONPathType","","sqlalchemy.dialects.sqlite.json._FormatTypeMixin,sqlalchemy.sql.sqltypes.JSON.JSONPathType",[]],
  ["sqlalchemy.dialects.sqlite.json._FormatTypeMixin","","",[]],
  ["sqlalchemy.dialects.sqlite.pysqlcipher.SQLiteDialect_pysqlcipher","","sqlalchemy.dialects.sqlite.pysqlite.SQLiteDialect_pysqlite",[]],
  ["sqlalchemy.dialects.sqlite.pysqlite.SQLiteDialect_pysqlite","","sqlalchemy.dialects.sqlite.base.SQLiteDialect",[".colspecs",".dbapi",".default_paramstyle",".description_encoding",".driver",".returns_native_bytes",".supports_statement_cache","@classmethod get_pool_class(cls, url)","create_connect_args(self, url)","detect_autocommit_setting(self, dbapi_conn)","is_disconnect(self, e, connection, cursor)","on_connect(self)","set_isolation_level(self, dbapi_connection, level)"]],
];

/** [qualified name, signature] */
export const functions: readonly (readonly [string, string])[] = [
  ["sqlalchemy.dialects.sqlite.dml.insert","(table)"],
];
