# The class of each database, without a driver: made and used as programs do that compile alone.
from sqlalchemy import *
import warnings
from sqlalchemy.dialects.oracle import base as oracle, cx_oracle, oracledb
from sqlalchemy.dialects.mysql import base as mysql
from sqlalchemy.dialects.postgresql import base as pg
from sqlalchemy.dialects.mssql import base as ms
from sqlalchemy.dialects.sqlite import base as sq
import sqlalchemy.dialects.oracle as o
t = Table("t1", MetaData(), Column("id", Integer, primary_key=True), Column("d", String))
t2 = Table("t2", MetaData(), Column("id", Integer, primary_key=True), Column("d", String))
for number, make in enumerate((lambda: oracle.OracleDialect(), lambda: oracle.OracleDialect(False), lambda: oracle.OracleDialect(enable_offset_fetch=False), lambda: cx_oracle.dialect(), lambda: cx_oracle.OracleDialect_cx_oracle(use_ansi=False), lambda: oracledb.dialect(),lambda: o.dialect(),
    lambda: mysql.MySQLDialect(), lambda: pg.PGDialect(), lambda: ms.MSDialect(), lambda: sq.SQLiteDialect())):
    try:
        d = make()
        print(f"== {number}: {type(d).__name__}")
        print(type(d), d.name, [c.__name__ for c in type(d).__mro__][:3])
        print(t.insert().values(d="x").return_defaults().compile(dialect=d))
        print(t.join(t2, t.c.id == t2.c.id).select().limit(3).compile(dialect=d))
        print(d.paramstyle)
    except Exception as e: print(type(e), e)
print('== what a server would say')
from sqlalchemy.schema import CreateSequence
print(CreateSequence(Sequence("s", nominvalue=True, nomaxvalue=True, cycle=False)).compile(dialect=oracle.OracleDialect()))
d = ms.MSDialect(); d._supports_offset_fetch = True
print(t.select().order_by(t.c.id).limit(3).offset(4).compile(dialect=d))
d = pg.PGDialect(); print(d._supports_create_index_concurrently, d._supports_drop_index_concurrently); d._supports_create_index_concurrently = False
from sqlalchemy.schema import CreateIndex
print(CreateIndex(Index("i", t.c.d, postgresql_concurrently=True)).compile(dialect=d))
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    oracle.OracleDialect(use_binds_for_limits=True)
print([str(w.message) for w in seen])
print('== types of a base module')
from sqlalchemy.dialects.postgresql.base import UUID, BYTEA, PGMacAddr, INET, TIMESTAMP
from sqlalchemy.dialects.mysql.base import LONGTEXT, MSInteger, MSEnum, BIGINT, VARCHAR, MSNumeric
from sqlalchemy.dialects.mssql.base import NVARCHAR, MSText, MSDateTime2, UNIQUEIDENTIFIER, BIT
from sqlalchemy.dialects.oracle.base import NUMBER, CLOB, VARCHAR2
from sqlalchemy.dialects.sqlite.base import JSON, INTEGER, DATETIME, SQLiteDialect
from sqlalchemy.dialects import mysql, postgresql, mssql, sqlite
import sqlalchemy.dialects.mysql.base as mb
print(MSInteger is mysql.INTEGER, MSInteger, MSEnum, PGMacAddr is postgresql.MACADDR, UUID is postgresql.UUID, MSText, MSDateTime2 is mssql.DATETIME2, JSON is sqlite.JSON)
print(mb.MSNumeric(3, 2), mb.dialect, mysql.base is mb)
print('== MariaDB by an argument, and what its version allows')
from sqlalchemy import *
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.mysql.base import MySQLDialect
t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("d", String(5)))
for d in (mysql.dialect(is_mariadb=True), mysql.dialect(), mysql.dialect(is_mariadb=False), MySQLDialect(None, None, True)):
    print(d.is_mariadb, d.insert_returning, d.name, type(d.identifier_preparer).__name__, t.insert().values(d="x").return_defaults().compile(dialect=d))
d = mysql.dialect(); d.is_mariadb = True; d.server_version_info = (10, 4, 5)
print(cast(t.c.id, Float).compile(dialect=d))
d = mysql.dialect(); d._requires_alias_for_on_duplicate_key = True
s = mysql.insert(t).values(id=1, d="x"); s = s.on_duplicate_key_update(d=s.inserted.d)
print(s.compile(dialect=d)); print(s.compile(dialect=mysql.dialect()))
d._backslash_escapes = False
print(column("foo").like("x", escape="\\").compile(dialect=d, compile_kwargs={"literal_binds": True}))
for v in ("not an int", "5", 7.9, True):
    try: print(t.update().with_dialect_options(mysql_limit=v).compile(dialect=mysql.dialect()))
    except ValueError as e: print(e)
