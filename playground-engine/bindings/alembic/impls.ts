// What a program's subclass of an impl means: with `__dialect__` it serves that dialect from then on.
import * as room from "../../migrations/index.ts";
import { method } from "../../python/runtime/native.ts";
import { PyType, type Value } from "../../python/runtime/object.ts";
import { onReset } from "../../util/reset.ts";
import { extend } from "../define.ts";
import { hostFor } from "../derive.ts";
import { toPython } from "../values.ts";

const OWN = {
  default: "impl.DefaultImpl",
  sqlite: "sqlite.SQLiteImpl",
  postgresql: "postgresql.PostgresqlImpl",
  mysql: "mysql.MySQLImpl",
  mssql: "mssql.MSSQLImpl",
  oracle: "oracle.OracleImpl",
};

export function bindImpls(): void {
  for (const [dialect, cls] of Object.entries(OWN))
    extend(`alembic.ddl.${cls}`, { members: { __dialect__: dialect } });
  extend("alembic.ddl.impl.DefaultImpl", {
    classMethods: {
      __init_subclass__: method("(cls)", (cls: PyType) => {
        const dialect = cls.dict.get("__dialect__");
        if (typeof dialect === "string") room.registerImpl(dialect, hostFor(cls) as never);
      }),
      get_by_dialect: method("(cls, dialect)", (_cls: Value, dialect: { name: string }) =>
        toPython(room.implFor(dialect.name)),
      ),
    },
  });
  onReset(room.rememberImpls());
}
