# The command API, the configuration, the script directory and the contexts, in a folder of their own.
import contextlib
import io
import logging
import os
import pathlib
import re
import warnings

import sqlalchemy as sa
from alembic import command, context, op, util
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

warnings.simplefilter("ignore")
here = os.getcwd()


def section(title):
    print(f"== {title}")


def clean(text):
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", "WHEN", str(text))
    return text.replace(here, "/workspace").rstrip()


def run(what, *args, **kw):
    """One command: what it prints, or how it fails."""
    out = io.StringIO()
    cfg = args[0]
    cfg.stdout = out
    cfg.output_buffer = out
    with contextlib.redirect_stdout(out):
        try:
            back = getattr(command, what)(*args, **kw)
        except Exception as e:
            back = None
            print(f"!! {type(e).__name__}: {e}")
    print(f"-- {what} {list(args[1:])} { {k: v if not callable(v) else '...' for k, v in kw.items()} }".replace(here, "/workspace"))
    text = clean(out.getvalue())
    if what == "current":  # the order of a set
        text = "\n".join(sorted(text.split("\n")))
    if what in ("init", "list_templates"):  # the order of a folder's files
        text = "\n".join(sorted(text.splitlines()))
        text = re.sub(r"No such template .*/", "No such template ", text)
    print(text)
    return back


def write(path, text):
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_text(text)


def tree(folder):
    return sorted(p.relative_to(folder).as_posix() for p in pathlib.Path(folder).rglob("*") if p.is_file() and "__pycache__" not in str(p))


section("templates and init")
run("list_templates", Config())
for template in ("generic", "async", "multidb", "pyproject", "pyproject_async"):
    cfg = Config(f"{template}.ini", toml_file=f"{template}.toml")
    run("init", cfg, template, template=template, package=template == "multidb")
    print(tree(template), os.path.exists(f"{template}.ini"), os.path.exists(f"{template}.toml"))
run("init", Config("other.ini"), "generic")
run("init", Config("other.ini"), "nothing", template="no-such")
run("init", Config(), "nothing")

section("a project")
DB = "sqlite:///project.db"
cfg = Config("project.ini")
run("init", cfg, "project")
cfg = Config("project.ini")
cfg.set_main_option("sqlalchemy.url", DB)
print(cfg.get_main_option("script_location").replace(here, "/workspace"), cfg.get_main_option("nothing"), cfg.get_main_option("nothing", "else"))
write(
    "project/env.py",
    """
from alembic import context
from sqlalchemy import MetaData, engine_from_config, pool

config = context.config
target_metadata = config.attributes.get("metadata", MetaData())
seen = config.attributes.setdefault("seen", [])
options = config.attributes.get("options", {})

if context.is_offline_mode():
    context.configure(url=config.get_main_option("sqlalchemy.url"), target_metadata=target_metadata, literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = engine_from_config(config.get_section(config.config_ini_section, {}), prefix="sqlalchemy.", poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata, **options)
        with context.begin_transaction():
            context.run_migrations()
""",
)
run("current", cfg)
run("heads", cfg)
run("history", cfg)
run("check", cfg)

section("revisions by hand")
first = run("revision", cfg, "create people", rev_id="a1")
print(type(first).__name__, first.revision, first.down_revision, os.path.basename(first.path), first.doc, first.is_head, first.is_base)
run("revision", cfg, message="Add: odd 'name'/with $ signs, and a very long title that goes on and on", rev_id="a2")
run("revision", cfg, "from base", rev_id="b1", head="base", branch_label="side")
run("revision", cfg, "splice", rev_id="a3", head="a1")
run("revision", cfg, "splice", rev_id="a3", head="a1", splice=True)
run("revision", cfg, "no head", rev_id="n1")
run("revision", cfg, "depends", rev_id="b2", head="side@head", depends_on="a2")
run("revision", cfg, "bad name", rev_id="no-dash", head="a2")
run("revision", cfg, "unknown", rev_id="n2", head="zzz")
run("revision", cfg, "bad location", rev_id="n3", head="a2", version_path="elsewhere")
print(tree("project/versions"))
body = pathlib.Path("project/versions/b2_depends.py").read_text()
print(re.sub(r"Create Date: .*", "Create Date: WHEN", body))
for verbose in (False, True):
    run("heads", cfg, verbose=verbose)
    run("branches", cfg, verbose=verbose)
run("heads", cfg, resolve_dependencies=True)
run("history", cfg)
run("history", cfg, verbose=True)
for range_ in ("a1:a2", ":a1", "a1:", "side@base:side@head", "-2:", "a2:+1", "a1", "nope:a1", "base:heads", "a1:current"):
    run("history", cfg, range_)
run("history", cfg, indicate_current=True)
run("show", cfg, "b2")
run("show", cfg, "a")
run("show", cfg, "heads")
run("show", cfg, "nope")
run("merge", cfg, "heads", message="together", rev_id="m1")
run("show", cfg, "side")
run("heads", cfg)

section("up and down")


def fill(name, up, down):
    path = next(pathlib.Path("project/versions").glob(f"{name}_*.py"))
    text = path.read_text().replace("def upgrade() -> None:\n    \"\"\"Upgrade schema.\"\"\"\n    pass", f"def upgrade() -> None:\n    {up}")
    path.write_text(text.replace("def downgrade() -> None:\n    \"\"\"Downgrade schema.\"\"\"\n    pass", f"def downgrade() -> None:\n    {down}"))


fill("a1", "op.create_table('people', sa.Column('id', sa.Integer, primary_key=True))", "op.drop_table('people')")
fill("a2", "op.add_column('people', sa.Column('name', sa.String(20)))", "op.drop_column('people', 'name')")
fill("b1", "op.execute(\"create table side (id integer)\")", "op.drop_table('side')")
fill("b2", "op.bulk_insert(sa.table('people', sa.column('id', sa.Integer), sa.column('name', sa.String)), [{'id': 1, 'name': \"o'hara\"}])", "op.execute('delete from people')")


def look():
    with sa.create_engine(DB).connect() as connection:
        rows = connection.exec_driver_sql("select sql from sqlite_master where sql is not null order by name").all()
        stamps = sorted(connection.exec_driver_sql("select version_num from alembic_version").scalars())
        print(stamps, [" ".join(r[0].split()) for r in rows])


for what, to in (
    ("upgrade", "a1"), ("upgrade", "+1"), ("upgrade", "side@b1"), ("current", None), ("upgrade", "heads"), ("current", True), ("downgrade", "-1"),
    ("downgrade", "side@base"), ("downgrade", "nope"), ("upgrade", "nope"), ("upgrade", "+9"), ("upgrade", "a"), ("downgrade", "a1"), ("upgrade", "head"),
    ("downgrade", "base"), ("stamp", "a2"), ("stamp", ["a2", "b1"]), ("stamp", "heads"), ("stamp", "nope"), ("stamp", "base"), ("downgrade", "-1"),
):
    if what == "current":
        run("current", cfg, verbose=bool(to))
    else:
        run(what, cfg, to)
    look()
run("stamp", cfg, "a1", purge=True)
run("current", cfg, check_heads=True)
run("upgrade", cfg, "heads")
run("current", cfg, check_heads=True)
with sa.create_engine(DB).begin() as connection:
    connection.exec_driver_sql("delete from alembic_version")
    connection.exec_driver_sql("insert into alembic_version values ('ghost')")
run("upgrade", cfg, "heads")
run("current", cfg)
run("stamp", cfg, "heads")
run("stamp", cfg, "heads", purge=True)
look()

section("as SQL")
run("upgrade", cfg, "heads", sql=True)
run("upgrade", cfg, "a1:a2", sql=True)
run("downgrade", cfg, "a2:a1", sql=True)
run("downgrade", cfg, "a1", sql=True)
run("stamp", cfg, "a2", sql=True)
run("stamp", cfg, "a1:a2", sql=True)
for url in ("postgresql://x/y", "mysql://x/y", "mssql+pyodbc://x/y", "oracle://x/y"):
    cfg.set_main_option("sqlalchemy.url", url)
    run("upgrade", cfg, "a2", sql=True)
    run("downgrade", cfg, "a2:base", sql=True)
cfg.set_main_option("sqlalchemy.url", DB)

section("options of configure")
for options in (
    {"version_table": "stamps", "version_table_schema": "main", "version_table_pk": False},
    {"transaction_per_migration": True},
    {"transactional_ddl": False},
    {"output_encoding": "utf-8", "tag": "mine"},
    {"on_version_apply": [lambda ctx, step, heads, run_args, **kw: print("applied", type(step).__name__, sorted(heads), step.is_upgrade, step.is_stamp, run_args)]},
):
    cfg.attributes["options"] = options
    print({k: v if k != "on_version_apply" else "..." for k, v in options.items()})
    run("upgrade", cfg, "a2", sql=True)
    run("upgrade", cfg, "heads")
cfg.attributes["options"] = {}

section("autogenerate")
metadata = sa.MetaData()
sa.Table("people", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)), sa.Column("age", sa.Integer, server_default="3"))
sa.Table("houses", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("owner", sa.ForeignKey("people.id"), nullable=False, index=True))
cfg.attributes["metadata"] = metadata
with sa.create_engine(DB).begin() as connection:
    connection.exec_driver_sql("drop table stamps")
run("check", cfg)
run("stamp", cfg, "base", purge=True)
run("revision", cfg, "too early", autogenerate=True, rev_id="g0")
run("stamp", cfg, "heads", purge=True)


def process(ctx, revision, directives):
    script = directives[0]
    print("process", revision if isinstance(revision, str) else sorted(revision), script.message, [type(o).__name__ for o in script.upgrade_ops.ops])
    script.message = script.message + " (edited)"


cfg.attributes["options"] = {"process_revision_directives": process}
made = run("revision", cfg, "houses", autogenerate=True, rev_id="g1", head="m1")
print(re.sub(r"Create Date: .*", "Create Date: WHEN", pathlib.Path(made.path).read_text()))
cfg.attributes["options"] = {"process_revision_directives": lambda ctx, rev, directives: directives.__setitem__(slice(None), [])}
print(run("revision", cfg, "nothing", autogenerate=True, rev_id="g2", head="g1"))
cfg.attributes["options"] = {}
run("upgrade", cfg, "heads")
look()
run("check", cfg)
run("downgrade", cfg, "g1@-1")
run("upgrade", cfg, "heads")
other = []
print(run("revision", cfg, "by hand", rev_id="g3", head="g1", process_revision_directives=lambda ctx, rev, ds: other.extend(ds)).revision, [type(d).__name__ for d in other])

section("hooks after writing")
write(
    "hooks.py",
    """
from alembic.script import write_hooks


@write_hooks.register("shout")
def shout(path, options):
    print("hook", path.rsplit("/", 1)[-1], sorted(k for k in options if not k.startswith("_")), options["loudness"])
    text = open(path).read()
    open(path, "w").write("# shouted\\n" + text)
""",
)
import sys

sys.path.insert(0, here)
import hooks

cfg.set_section_option("post_write_hooks", "hooks", "one, two")
cfg.set_section_option("post_write_hooks", "one.type", "shout")
cfg.set_section_option("post_write_hooks", "one.loudness", "high")
cfg.set_section_option("post_write_hooks", "two.type", "shout")
cfg.set_section_option("post_write_hooks", "two.loudness", "low %(here)s" if False else "low")
made = run("revision", cfg, "hooked", rev_id="h1", head="g3")
print(pathlib.Path(made.path).read_text().splitlines()[:3])
cfg.set_section_option("post_write_hooks", "two.type", "whisper")
run("revision", cfg, "hooked", rev_id="h2", head="h1")
cfg.set_section_option("post_write_hooks", "hooks", "three")
run("revision", cfg, "hooked", rev_id="h3", head="h2")
cfg.set_section_option("post_write_hooks", "hooks", "")

section("the configuration")
write(
    "odd.ini",
    """[alembic]
script_location = %(here)s/odd
file_template = %%(year)d_%%(rev)s_%%(slug)s
truncate_slug_length = 10
version_locations = %(here)s/odd/one:%(here)s/odd/two
path_separator = :
sqlalchemy.url = driver://%%40x
timezone = nowhere
revision_environment = yes
[extra]
a = 1
b = %(a)s2
""",
)
odd = Config("odd.ini")
print(clean(odd.get_section("extra")), clean(odd.get_main_option("version_locations")), odd.get_main_option("sqlalchemy.url"), odd.get_section("gone"), odd.get_section("gone", {"x": 1}))
print(odd.get_section_option("extra", "a"), odd.get_section_option("extra", "z", "d"))
print(odd.get_alembic_boolean_option("revision_environment"), odd.config_file_name, odd.config_ini_section, odd.cmd_opts, odd.attributes)
odd.set_main_option("new", "value")
odd.remove_main_option("timezone")
print(odd.get_main_option("new"), odd.get_main_option("timezone"), clean(odd.get_template_directory())[-10:])
odd.print_stdout("%s and %s", "this", "that")
try:
    odd.set_main_option("bad", "50%")
    print(odd.get_main_option("bad"))
except Exception as e:
    print(type(e).__name__, e)
os.makedirs("odd/one")
os.makedirs("odd/two")
odd = Config("odd.ini")
odd.remove_main_option("timezone")
odd.remove_main_option("revision_environment")
write("odd/env.py", "")
write("odd/script.py.mako", '"""${message}"""\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n% if branch_labels:\nbranch_labels = ${repr(branch_labels)}\n% endif\n## a comment\ndef upgrade(): ${upgrades if upgrades else "pass"}\n')
run("revision", odd, "A Very Long Message", rev_id="o1", version_path="odd/two")
run("revision", odd, "inherits", rev_id="o2", head="o1")
run("revision", odd, "other", rev_id="o3", head="base", version_path="odd/one", branch_label="lab")
print([re.sub(r"\d{4}", "YEAR", n) for n in tree("odd")])
run("history", odd)
script = ScriptDirectory.from_config(odd)
print(clean(script.dir), [clean(v) for v in script.version_locations], sorted(script.get_heads()), sorted(script.get_bases()), [s.revision for s in script.walk_revisions("base", "o2")])
try:
    script.get_current_head()
except Exception as e:
    print(type(e).__name__, e)
for text in ("[alembic]\n", "[alembic]\nscript_location = gone\n", "[alembic]\nscript_location = odd\nversion_path_separator = sideways\n", "[other]\n", ""):
    write("bad.ini", text)
    run("heads", Config("bad.ini"))
run("heads", Config())
run("heads", Config("no-such.ini"))

section("pyproject")
write("pp/pyproject.toml", '[project]\nname = "x"\n[tool.alembic]\nscript_location = "%(here)s/scripts"\nprepend_sys_path = ["."]\nfile_template = "%%(rev)s"\nsourceless = false\n[[tool.alembic.post_write_hooks]]\nname = "one"\ntype = "shout"\nloudness = "quiet"\n')
write("pp/scripts/script.py.mako", "revision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n")
write("pp/scripts/env.py", "")
os.makedirs("pp/scripts/versions")
pp = Config(toml_file="pp/pyproject.toml")
print(clean(pp.get_alembic_option("script_location")), pp.get_alembic_option("file_template"), pp.get_alembic_boolean_option("sourceless"), clean(pp.get_prepend_sys_paths_list()), pp.get_alembic_option("zip"))
run("revision", pp, "x", rev_id="p1")
run("heads", pp)
print(tree("pp"))
for text in ("[tool.alembic]\nscript_location = 3\n", "[tool]\n", "[tool.alembic\n"):
    write("pp/bad.toml", text)
    run("heads", Config(toml_file="pp/bad.toml"))

section("cycles")
write("cyc/env.py", "")
for name, down in (("c1", "c2"), ("c2", "c1"), ("c3", None)):
    write(f"cyc/versions/{name}_.py", f"revision = {name!r}\ndown_revision = {down!r}\n")
cyc = Config()
cyc.set_main_option("script_location", "cyc")
for what in ("heads", "history", "branches"):
    run(what, cyc)
run("show", cyc, "c1")

section("contexts")
engine = sa.create_engine("sqlite://")
with engine.connect() as connection:
    mc = MigrationContext.configure(connection)
    print(mc.get_current_revision(), mc.get_current_heads(), mc.dialect.name, mc.as_sql, mc.bind is connection, mc.connection is connection)
    # names with an underscore that people's tests use
    print(mc._has_version_table(), mc._version.name, mc._ensure_version_table(), mc._has_version_table())
    mc._version.drop(connection)
    mc.stamp(ScriptDirectory.from_config(cfg), "a2")
    print(mc.get_current_revision(), mc.get_current_heads())
    op_ = Operations(mc)
    op_.create_table("t", sa.Column("id", sa.Integer, primary_key=True))
    print(op_.get_bind() is connection, op_.get_context() is mc, sa.inspect(connection).get_table_names())
    op_.rename_table("t", "u")
    print(sorted(sa.inspect(connection).get_table_names()))
    with Operations.context(mc) as o:
        op.add_column("u", sa.Column("x", sa.Integer))
        print(op.get_context() is mc, [c["name"] for c in sa.inspect(connection).get_columns("u")])
    code = render_python_code(produce_migrations(mc, metadata).upgrade_ops)
    print(code)
for call in (lambda: op.add_column("u", sa.Column("y", sa.Integer)), lambda: context.run_migrations(), lambda: context.config, lambda: op.get_bind()):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
script = ScriptDirectory.from_config(cfg)
steps = []


def mine(rev, ctx):
    steps.append(rev)
    return script._upgrade_revs("a2", rev)


with engine.connect() as connection:
    with EnvironmentContext(cfg, script, fn=mine, destination_rev="a2", tag="t", as_sql=False) as env:
        print(env.get_revision_argument(), env.get_head_revisions() == tuple(script.get_heads()), env.get_tag_argument(), env.is_offline_mode(), env.get_x_argument(), env.get_x_argument(as_dictionary=True))
        connection.exec_driver_sql("drop table alembic_version") if sa.inspect(connection).has_table("alembic_version") else None
        connection.exec_driver_sql("drop table u") if sa.inspect(connection).has_table("u") else None
        env.configure(connection=connection, target_metadata=metadata, compare_type=False)
        with env.begin_transaction():
            env.run_migrations()
        print(steps, env.get_context().get_current_revision(), sorted(sa.inspect(connection).get_table_names()))
buffer = io.StringIO()
mc = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": buffer})
with mc.begin_transaction():
    Operations(mc).create_table("p", sa.Column("id", sa.Integer, primary_key=True), sa.Column("data", sa.JSON()))
    with mc.autocommit_block():
        Operations(mc).execute("VACUUM p")
print(buffer.getvalue())
try:
    MigrationContext.configure(dialect_name="nope")
except Exception as e:
    print(type(e).__name__, e)
print(util.rev_id() != util.rev_id(), len(util.rev_id()), util.to_tuple("a"), util.to_list(None), util.CommandError.__mro__[1].__name__)

section("the log")
records = []


class Keep(logging.Handler):
    def emit(self, record):
        records.append(f"{record.levelname} {record.name} {record.getMessage()}")


logging.getLogger("alembic").addHandler(Keep())
logging.getLogger("alembic").setLevel(logging.INFO)
run("downgrade", cfg, "base")
run("upgrade", cfg, "heads")
run("check", cfg)
for line in records:
    print(clean(line))
