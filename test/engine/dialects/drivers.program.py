# Every driver's dialect: its class, its style of parameters, what it casts.
from sqlalchemy import *
from sqlalchemy.dialects import postgresql, mysql, oracle, mssql, sqlite
t=table("t",column("a"),column("b"))
q=select(t).where(t.c.a==5).where(t.c.b=="x").limit(3)
print("== drivers")
mods=["postgresql.psycopg2","postgresql.psycopg","postgresql.asyncpg","postgresql.pg8000","mysql.mysqldb","mysql.pymysql","mysql.aiomysql","mysql.asyncmy","mysql.mariadbconnector","mysql.mysqlconnector","mysql.cymysql","mysql.pyodbc","mssql.pyodbc","mssql.pymssql","mssql.aioodbc","oracle.cx_oracle","oracle.oracledb","sqlite.pysqlite","sqlite.aiosqlite","mysql.mariadb", "postgresql.psycopg2cffi"]
import importlib
for m in mods:
    try:
        mod=importlib.import_module("sqlalchemy.dialects."+m)
        d=getattr(mod,"dialect",None)
        print(m, d)
        if d:
            d=d()
            print(d.name,d.driver,d.paramstyle,d.is_async,d.positional)
            print(q.compile(dialect=d))
            print(q.compile(dialect=d).params)
            print(select(cast(t.c.a,String) + "%s").where(t.c.b.like("a%b")).compile(dialect=d))
    except Exception as e: print(m,type(e).__name__,e)
print("== modules")
for f in ["postgresql","mysql","oracle","mssql","sqlite"]:
    m=getattr(importlib.import_module("sqlalchemy.dialects."+f),"dialect")
    print(f, m, m().driver)
for n in ["asyncpg","psycopg","psycopg2","pg8000"]:
    print(n, hasattr(postgresql,n))
for n in ["pymysql","mysqldb","aiomysql"]: print(n, hasattr(mysql,n))
print("== future")
from sqlalchemy.future import Connection, Engine, select as future_select

print(future_select is select, Engine, Connection)
