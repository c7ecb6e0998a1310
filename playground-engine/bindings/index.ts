// The bindings: what a Python program can import of the engine. The one room that sees both worlds.
import * as compilerRoom from "../compiler/index.ts";
import * as dialectsRoom from "../dialects/index.ts";
import * as engineRoom from "../engine/index.ts";
import { installDriver, simulateDialects } from "../engine/index.ts";
import * as eventRoom from "../event/index.ts";
import * as sqlRoom from "../sql/index.ts";
import type { SqlJsDriver } from "../driver/index.ts";
import { installHost } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { ormRooms } from "./orm-rooms.ts";
import { bindDeclarative } from "./sqlalchemy/declarative.ts";
import { bindExtensions } from "./sqlalchemy/extensions.ts";
import { bindRelationships } from "./sqlalchemy/relationships.ts";
import { bindInspection } from "./sqlalchemy/inspection.ts";
import { bindIdentitySet } from "./sqlalchemy/identity-set.ts";
import { bindSessions } from "./sqlalchemy/session.ts";
import { bindOrm } from "./sqlalchemy/orm.ts";
import { inspect, registerInspector } from "../orm/inspection.ts";
import { nativeFunction } from "../python/runtime/native-function.ts";
import type { NativeMethod } from "../python/runtime/native.ts";
import type { Value } from "../python/runtime/object.ts";
import * as coreApi from "./api/core.ts";
import * as sqliteApi from "./api/sqlite.ts";
import * as engineApi from "./api/engine.ts";
import * as extApi from "./api/ext.ts";
import { modules } from "./api/modules.ts";
import * as ormApi from "./api/orm.ts";
import { attachRoom } from "./attach.ts";
import { bindDialect, defineBase, know } from "./know.ts";
import { bindErrors } from "./errors.ts";
import { pythonHost } from "./host.ts";
import { absent } from "../python/runtime/absent.ts";
import { defineModules, give, giveEach, isAbsent, offer } from "./modules.ts";
import { operatorFunction, toPython } from "./values.ts";
import { bindSqlite3 } from "./sqlite3.ts";
import { bindCompilerExtension } from "./sqlalchemy/compiler-ext.ts";
import { bindCompilation } from "./sqlalchemy/compilation.ts";
import { bindEngine } from "./sqlalchemy/engine.ts";
import { bindRows } from "./sqlalchemy/rows.ts";
import { bindDialectOptions } from "./sqlalchemy/dialect-options.ts";
import { bindDictionaries } from "./sqlalchemy/dictionaries.ts";
import { bindNames } from "./sqlalchemy/names.ts";
import { bindTypes } from "./sqlalchemy/types.ts";
import { bindCore } from "./sqlalchemy/core.ts";
import { bindRegexp } from "./sqlalchemy/regexp.ts";
import { bindOperators } from "./sqlalchemy/operators.ts";
import { bindCopying } from "./sqlalchemy/copying.ts";
import { bindDialectClasses } from "./sqlalchemy/dialect-classes.ts";
import { bindRecipes } from "./sqlalchemy/recipes.ts";

let bound = false;

/** Make the engine importable from Python. Once a realm. */
export function bindEverything(driver: SqlJsDriver): void {
  installDriver(driver);
  if (bound) return;
  bound = true;
  installHost(pythonHost);
  for (const api of [coreApi, engineApi, ormApi, extApi, sqliteApi]) know(api);
  bindErrors();
  attachRoom(
    sqlRoom,
    [
      "sqlalchemy.sql.elements",
      "sqlalchemy.sql.selectable",
      "sqlalchemy.sql.sqltypes",
      "sqlalchemy.sql.schema",
      "sqlalchemy.sql.functions",
      "sqlalchemy.sql.ddl",
      "sqlalchemy.sql.dml",
      "sqlalchemy.sql.type_api",
      "sqlalchemy.sql.base",
      "sqlalchemy.sql.operators",
      "sqlalchemy.sql",
    ],
    {
      QuotedName: "sqlalchemy.sql.elements.quoted_name",
      TypeComparator: "sqlalchemy.sql.type_api.TypeEngine.Comparator",
      ConcatenableComparator: "sqlalchemy.sql.sqltypes.Concatenable.Comparator",
      IndexableComparator: "sqlalchemy.sql.sqltypes.Indexable.Comparator",
      NullComparator: "sqlalchemy.sql.sqltypes.NullType.Comparator",
      ArrayComparator: "sqlalchemy.sql.sqltypes.ARRAY.Comparator",
      JSONComparator: "sqlalchemy.sql.sqltypes.JSON.Comparator",
      IntervalComparator: "sqlalchemy.sql.sqltypes.Interval.Comparator",
      LookupComparator: "sqlalchemy.sql.sqltypes.HasExpressionLookup.Comparator",
      CustomOp: "sqlalchemy.sql.operators.custom_op",
      DDLIf: null,
    },
  );
  bindNames();
  attachRoom(compilerRoom, ["sqlalchemy.sql.compiler"]);
  attachRoom(dialectsRoom, ["sqlalchemy.dialects.sqlite.base", "sqlalchemy.engine.default"]);
  attachRoom(
    engineRoom,
    [
      "sqlalchemy.engine.base",
      "sqlalchemy.engine.result",
      "sqlalchemy.engine.cursor",
      "sqlalchemy.engine.row",
      "sqlalchemy.engine.url",
      "sqlalchemy.engine.reflection",
      "sqlalchemy.pool.impl",
      "sqlalchemy.pool.base",
      "sqlalchemy.engine",
    ],
    { ExecutionContext: "sqlalchemy.engine.default.DefaultExecutionContext", ExceptionContext: null },
  );
  bindDialect("sqlite", dialectsRoom.sqlite);
  bindOperators();
  for (const room of ormRooms) {
    attachRoom(room, ["sqlalchemy.orm", "sqlalchemy.ext"], {
      Registry: "sqlalchemy.orm.decl_api.registry",
      DeclaredAttr: "sqlalchemy.orm.decl_api.declared_attr",
      DeclaredDirective: null,
    });
    offer("sqlalchemy.orm", room);
    offer("sqlalchemy.ext", room);
  }
  bindOrm();
  bindDeclarative();
  bindIdentitySet();
  bindSessions();
  bindInspection();
  absent.has = isAbsent;
  bindExtensions();
  bindRelationships();
  bindSqlite3();
  bindRegexp();
  bindCompilerExtension();
  for (const op of Object.values(sqlRoom.operators))
    if (op instanceof sqlRoom.Operator)
      giveEach(`sqlalchemy.sql.operators.${op.name}`, () => operatorFunction(op));
  bindRecipes();
  bindDialectClasses();
  bindCopying();
  bindCompilation();
  bindEngine();
  bindRows();
  bindDictionaries();
  bindDialectOptions();
  bindTypes();
  bindCore();
  offer("sqlalchemy.sql", sqlRoom);
  offer("sqlalchemy.sql.operators", sqlRoom.operators);
  offer("sqlalchemy.engine", engineRoom);
  offer("sqlalchemy.event", eventRoom);
  offer("sqlalchemy.util.langhelpers", { CANCEL: eventRoom.CANCEL, NO_RETVAL: eventRoom.NO_RETVAL });
  offer("sqlalchemy.ext.compiler", compilerRoom);
  registerInspector((v) => {
    if (v instanceof sqlRoom.MetaData) return v;
    return v instanceof engineRoom.Engine || v instanceof engineRoom.Connection
      ? engineRoom.inspectEngine(v)
      : undefined;
  });
  give("sqlalchemy.inspection.inspect", () =>
    nativeFunction(
      "inspect",
      [
        "(subject, raiseerr=True)",
        ((subject: Value, raiseerr: Value) =>
          toPython(inspect(subject, { raiseerr: raiseerr !== false }))) as NativeMethod[1],
      ],
      "sqlalchemy.inspection",
    ),
  );
  give("sqlalchemy.__version__", "2.0.52");
  defineModules(modules);
  defineBase("sqlite", modules);
}

/** Before each program. */
export function prepareProgram(options: { readonly simulate: boolean }): void {
  simulateDialects(options.simulate);
}

onReset(eventRoom.forgetProgramListeners);
