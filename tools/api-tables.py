#!/usr/bin/env python3
"""Record the signatures of all classes and functions of the real packages; tools/trim-api.ts makes the tables of bindings/ from them.

    tools/api-tables.py tools/api        (needs sqlalchemy and alembic importable; then: node tools/trim-api.ts)

One file an area. A class is one line: its qualified name, its bases, its own members: "name(signature)" for methods,
"@classmethod name(...)", "@staticmethod name(...)", ".name" for properties and attributes. Defaults that are not
literals are written "...". Run it again when the versions answered to change; never edit the output by hand.
"""
import ast, importlib, inspect, pkgutil, re, sys, textwrap, types, warnings
from pathlib import Path

warnings.simplefilter("ignore")
AREAS = {
    "core": ["sqlalchemy.sql", "sqlalchemy.schema", "sqlalchemy.types", "sqlalchemy.inspection"],
    "engine": ["sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.event", "sqlalchemy.exc", "sqlalchemy.util"],
    "orm": ["sqlalchemy.orm"],
    "ext": ["sqlalchemy.ext"],
    "dialects": ["sqlalchemy.dialects"],
    "alembic": ["alembic"],
}
SKIP = re.compile(r"\.(testing|mypy|baked|provision|_typing|_py_|base_provision|templates|tests?)(\.|$)")
EXTRA = {"_asdict", "_mapping", "_fields", "_tuple", "_t", "_data", "_replace", "_sa_class_manager", "_execution_options", "_annotations", "_where_criteria", "_statement_20"}

class Other:
    def __repr__(self):
        return "..."

def signature(o):
    try:
        sig = inspect.signature(o)
    except (ValueError, TypeError):
        return "(*args, **kwargs)"
    empty = inspect.Parameter.empty
    plain = lambda d: d if d is empty or (isinstance(d, (int, str, bool, type(None))) and not isinstance(d, type) and type(d) in (int, str, bool, type(None))) or d == () else Other()
    ps = [p.replace(annotation=empty, default=plain(p.default)) for p in sig.parameters.values()]
    return str(sig.replace(parameters=ps, return_annotation=inspect.Signature.empty))

def member(name, v):
    if isinstance(v, classmethod):
        return f"@classmethod {name}{signature(v.__func__)}"
    if isinstance(v, staticmethod):
        return f"@staticmethod {name}{signature(v.__func__)}"
    if isinstance(v, types.FunctionType):
        return f"{name}{signature(v)}"
    if inspect.isclass(v):
        return None
    if callable(v) and not hasattr(v, "__get__"):
        return None
    if callable(v) and hasattr(v, "__wrapped__"):
        return f"{name}{signature(v)}"
    return f".{name}"

def instance_attributes(cls):
    """Public names that the class body annotates or that its methods assign on self."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    except (OSError, TypeError, SyntaxError):
        return set()
    found = {n.target.id for n in tree.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)}
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, (ast.AnnAssign, ast.AugAssign)) else []
        for t in targets:
            if isinstance(t, ast.Attribute) and isinstance(t.value, ast.Name) and t.value.id == "self":
                found.add(t.attr)
    return {n for n in found if not n.startswith("_")}

def describe(cls):
    out = ["." + n for n in instance_attributes(cls) if n not in vars(cls)]
    for name, v in vars(cls).items():
        if (name.startswith("_") and name not in EXTRA) or name.startswith("visit_"):
            continue
        m = member(name, v)
        if m:
            out.append(m)
    init = signature(cls) if "__init__" in vars(cls) or "__new__" in vars(cls) else ""
    return init, list(dict.fromkeys(bases_of(cls))), sorted(out)

def bases_of(cls):
    """Bases by name; in place of a private one that brings nothing, which no table holds, its own without markers."""
    for b in cls.__bases__:
        if b.__module__.split(".")[0] in ("sqlalchemy", "alembic"):
            if b.__name__.startswith("_") and not any(describe(b)[i] for i in (0, 2)):
                yield from (n for n in bases_of(b) if not n.startswith(("sqlalchemy.util.", "builtins.")))
            else:
                yield f"{b.__module__}.{b.__qualname__}"
        elif b.__module__ == "builtins" and b is not object:
            yield f"builtins.{b.__qualname__}"

def modules(prefix):
    mod = importlib.import_module(prefix)
    yield mod
    if hasattr(mod, "__path__"):
        for info in pkgutil.iter_modules(mod.__path__, prefix + "."):
            if SKIP.search(info.name):
                continue
            try:
                yield from modules(info.name)
            except Exception as e:
                print("skipped", info.name, e, file=sys.stderr)

def quote(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for area, prefixes in AREAS.items():
    classes, functions, private = {}, {}, {}
    for prefix in prefixes:
        for mod in modules(prefix):
            for name, v in vars(mod).items():
                if name.startswith("__"):
                    continue
                if inspect.isclass(v):
                    q = f"{v.__module__}.{v.__qualname__}"
                    if any(v.__module__ == p or v.__module__.startswith(p + ".") for p in prefixes):
                        if name.startswith("_"):
                            private[q] = v
                        else:
                            classes.setdefault(q, v)
                elif isinstance(v, types.FunctionType) and not name.startswith("_"):
                    if any(v.__module__.startswith(p) for p in prefixes) and v.__module__ == mod.__name__:
                        functions.setdefault(f"{v.__module__}.{name}", signature(v))
    for v in list(classes.values()):  # classes inside classes: TypeEngine.Comparator
        for n, inner in vars(v).items():
            if inspect.isclass(inner) and not n.startswith("_") and inner.__module__ == v.__module__ and inner.__qualname__ == f"{v.__qualname__}.{n}":
                classes.setdefault(f"{inner.__module__}.{inner.__qualname__}", inner)
    for v in list(classes.values()):  # private bases, for the public members that they give
        for b in v.__mro__:
            q = f"{b.__module__}.{b.__qualname__}"
            if q in private and describe(b)[2]:
                classes.setdefault(q, b)
    lines = [f"// Made by tools/api-tables.py from the real packages: not written by hand. Area: {area}.", "", "/** [qualified name, constructor's signature or \"\", bases, own members] */",
             "export const classes: readonly (readonly [string, string, string, readonly string[]])[] = ["]
    for q in sorted(classes):
        init, bases, members = describe(classes[q])
        lines.append(f"  [{quote(q)}, {quote(init)}, {quote(','.join(bases))}, [{', '.join(quote(m) for m in members)}]],")
    lines += ["];", "", "/** [qualified name, signature] */", "export const functions: readonly (readonly [string, string])[] = ["]
    lines += [f"  [{quote(q)}, {quote(s)}]," for q, s in sorted(functions.items())]
    lines += ["];", ""]
    (out / f"{area}.ts").write_text("\n".join(lines))
    print(area, len(classes), "classes", len(functions), "functions", (out / f"{area}.ts").stat().st_size)

# Which names each public module offers, and where each is defined.
PUBLIC = """sqlalchemy sqlalchemy.future sqlalchemy.orm sqlalchemy.exc sqlalchemy.orm.exc sqlalchemy.types sqlalchemy.event sqlalchemy.engine sqlalchemy.engine.url sqlalchemy.engine.reflection sqlalchemy.engine.interfaces sqlalchemy.engine.result sqlalchemy.engine.row sqlalchemy.engine.cursor sqlalchemy.engine.base sqlalchemy.engine.default sqlalchemy.engine.create sqlalchemy.engine.mock
sqlalchemy.pool sqlalchemy.pool.base sqlalchemy.pool.impl sqlalchemy.schema sqlalchemy.sql sqlalchemy.sql.expression sqlalchemy.sql.functions sqlalchemy.sql.operators sqlalchemy.sql.visitors sqlalchemy.sql.ddl sqlalchemy.sql.elements sqlalchemy.sql.selectable sqlalchemy.sql.dml sqlalchemy.sql.base sqlalchemy.sql.schema sqlalchemy.sql.sqltypes sqlalchemy.sql.type_api sqlalchemy.sql.compiler sqlalchemy.sql.coercions sqlalchemy.sql.roles sqlalchemy.sql.naming sqlalchemy.sql.util sqlalchemy.inspection sqlalchemy.util sqlalchemy.sql.lambdas sqlalchemy.sql.cache_key sqlalchemy.engine.events sqlalchemy.engine.util sqlalchemy.pool.events sqlalchemy.event.api sqlalchemy.event.base sqlalchemy.log sqlalchemy.ext.asyncio.scoping sqlalchemy.ext.asyncio.result
sqlalchemy.orm.attributes sqlalchemy.orm.base sqlalchemy.orm.collections sqlalchemy.orm.session sqlalchemy.orm.query sqlalchemy.orm.strategy_options sqlalchemy.orm.instrumentation sqlalchemy.orm.state sqlalchemy.orm.mapper sqlalchemy.orm.util sqlalchemy.orm.interfaces sqlalchemy.orm.events sqlalchemy.orm.loading sqlalchemy.orm.context sqlalchemy.orm.dynamic sqlalchemy.orm.writeonly sqlalchemy.orm.scoping sqlalchemy.orm.identity sqlalchemy.orm.unitofwork sqlalchemy.orm.decl_base sqlalchemy.orm.clsregistry sqlalchemy.orm.descriptor_props sqlalchemy.orm.mapped_collection sqlalchemy.orm.persistence sqlalchemy.orm.bulk_persistence sqlalchemy.orm.evaluator sqlalchemy.orm.path_registry sqlalchemy.orm.strategies sqlalchemy.orm.dependency
sqlalchemy.orm.relationships sqlalchemy.orm.properties sqlalchemy.orm.decl_api sqlalchemy.ext.hybrid sqlalchemy.ext.associationproxy sqlalchemy.ext.orderinglist sqlalchemy.ext.mutable
sqlalchemy.ext.automap sqlalchemy.ext.asyncio sqlalchemy.ext.asyncio.session sqlalchemy.ext.asyncio.engine sqlalchemy.ext.compiler sqlalchemy.ext.declarative sqlalchemy.ext.declarative.extensions sqlalchemy.ext.indexable sqlalchemy.ext.horizontal_shard sqlalchemy.ext.serializer sqlalchemy.ext.instrumentation sqlalchemy.dialects sqlalchemy.dialects.sqlite sqlalchemy.dialects.sqlite.base sqlalchemy.dialects.postgresql sqlalchemy.dialects.postgresql.base
sqlalchemy.dialects.mysql sqlalchemy.dialects.mysql.base sqlalchemy.dialects.mariadb sqlalchemy.dialects.mssql sqlalchemy.dialects.mssql.base sqlalchemy.dialects.sqlite.pysqlite sqlalchemy.dialects.sqlite.aiosqlite sqlalchemy.dialects.sqlite.dml sqlalchemy.dialects.sqlite.json
sqlalchemy.dialects.postgresql.psycopg2 sqlalchemy.dialects.postgresql.psycopg sqlalchemy.dialects.postgresql.asyncpg sqlalchemy.dialects.postgresql.pg8000 sqlalchemy.dialects.postgresql.psycopg2cffi sqlalchemy.dialects.postgresql.operators sqlalchemy.dialects.postgresql.dml sqlalchemy.dialects.postgresql.array sqlalchemy.dialects.postgresql.json sqlalchemy.dialects.postgresql.hstore sqlalchemy.dialects.postgresql.ranges sqlalchemy.dialects.postgresql.ext sqlalchemy.dialects.postgresql.named_types sqlalchemy.dialects.postgresql.types
sqlalchemy.dialects.mysql.mysqldb sqlalchemy.dialects.mysql.pymysql sqlalchemy.dialects.mysql.aiomysql sqlalchemy.dialects.mysql.asyncmy sqlalchemy.dialects.mysql.mysqlconnector sqlalchemy.dialects.mysql.mariadbconnector sqlalchemy.dialects.mysql.cymysql sqlalchemy.dialects.mysql.pyodbc sqlalchemy.dialects.mysql.dml sqlalchemy.dialects.mysql.types sqlalchemy.dialects.mysql.enumerated sqlalchemy.dialects.mysql.expression sqlalchemy.dialects.mysql.mariadb sqlalchemy.dialects.mssql.pyodbc sqlalchemy.dialects.mssql.pymssql sqlalchemy.dialects.mssql.aioodbc sqlalchemy.dialects.oracle.cx_oracle sqlalchemy.dialects.oracle.oracledb sqlalchemy.dialects.oracle.types
sqlalchemy.dialects.oracle sqlalchemy.dialects.oracle.base alembic alembic.op alembic.context alembic.command alembic.config alembic.script alembic.script.base alembic.script.revision alembic.migration
alembic.operations alembic.operations.base alembic.operations.ops alembic.operations.batch alembic.runtime.migration alembic.runtime.environment alembic.autogenerate alembic.autogenerate.api alembic.autogenerate.render alembic.autogenerate.rewriter alembic.autogenerate.compare alembic.util alembic.util.exc alembic.ddl alembic.ddl.impl alembic.ddl.base
alembic.ddl.sqlite alembic.ddl.postgresql alembic.ddl.mysql alembic.ddl.mssql alembic.ddl.oracle alembic.environment alembic.runtime alembic.runtime.plugins alembic.script.write_hooks alembic.operations.schemaobj alembic.operations.toimpl alembic.util.messaging alembic.util.langhelpers alembic.util.sqla_compat
alembic.autogenerate.compare.tables alembic.autogenerate.compare.types alembic.autogenerate.compare.constraints alembic.autogenerate.compare.server_defaults alembic.autogenerate.compare.comments alembic.autogenerate.compare.check_constraints alembic.autogenerate.compare.schema""".split()
lines = ["// Made by tools/api-tables.py from the real packages: not written by hand.", "", "/** Public module → its names; a name defined elsewhere carries its home: \"select=sqlalchemy.sql._selectable_constructors.select\". */",
         "export const modules: Readonly<Record<string, string>> = {"]
for m in PUBLIC:
    try:
        mod = importlib.import_module(m)
    except ImportError as e:
        print("missing", m, e, file=sys.stderr)
        continue
    got = []
    for n, v in sorted(vars(mod).items()):
        if n.startswith("__") or (n.startswith("_") and m not in ("sqlalchemy.orm",)) or n in ("annotations", "TYPE_CHECKING"):
            continue
        if inspect.ismodule(v):
            if v.__name__.startswith(("sqlalchemy", "alembic")):
                got.append(f"{n}={v.__name__}:")
            continue
        home = getattr(v, "__module__", None)
        if not isinstance(home, str) or not home.startswith(("sqlalchemy", "alembic")):
            if inspect.isclass(v) or isinstance(v, types.FunctionType) or str(type(v)).startswith("<class 'typing"):
                continue
            home = None
        q = getattr(v, "__qualname__", n) if home and (inspect.isclass(v) or isinstance(v, types.FunctionType)) else n
        got.append(n if home in (None, m) and q == n else f"{n}={home}.{q}")
    lines.append(f"  {quote(m)}: {quote(' '.join(got))},")
lines += ["};", ""]
(out / "modules.ts").write_text("\n".join(lines))
