# Steps of a run, and what stands in alembic.util: asked by scripts that look into migrations before they run.
import io
from unittest import mock
from sqlalchemy import *
from alembic import command, util
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.migration import HeadMaintainer, StampStep
from alembic.script import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap

def tried(f):
    try: return f()
    except BaseException as e: return f"{type(e).__name__}: {e}"

print("== what a stamp changes")
def of(step, heads):
    print(step, step.from_revisions, step.to_revisions, step.from_revisions_no_deps, step.is_upgrade)
    if bool(step.should_delete_branch(heads)): print("  delete", step.delete_version_num)
    elif bool(step.should_create_branch(heads)): print("  create", step.insert_version_num)
    elif bool(step.should_merge_branches(heads)): print("  merge", step.merge_branch_idents(heads))
    elif bool(step.should_unmerge_branches(heads)): print("  unmerge", step.unmerge_branch_idents(heads))
    else: print("  update", step.update_version_num(heads))
of(StampStep(None, "a", True, True), set())
of(StampStep("a", "b", True, False), {"a"})
of(StampStep(("a", "b"), "c", True, False), {"a", "b"})
of(StampStep("c", ("a", "b"), False, False), {"c"})
of(StampStep("c", None, False, True), {"c", "d"})
print(StampStep("a", "b", True, False) == StampStep("a", "b", True, False), StampStep("a", "b", True, False) == StampStep("a", "b", False, False))
print(tried(lambda: StampStep(("a", "b"), "c", True, False).delete_version_num))

print("== what the scripts say of themselves")
cfg = Config("alembic.ini", stdout=io.StringIO())
cfg.set_main_option("script_location", "m")
cfg.set_main_option("sqlalchemy.url", "sqlite://")
with mock.patch("sys.stdout", io.StringIO()):
    command.init(cfg, "m")
    cfg = Config("alembic.ini", stdout=io.StringIO())
    cfg.set_main_option("sqlalchemy.url", "sqlite://")
    command.revision(cfg, "one", rev_id="one")
    command.revision(cfg, "two", rev_id="two")
    command.revision(cfg, "three", rev_id="three", head="one", splice=True)
    command.merge(cfg, ["two", "three"], "four", rev_id="four")
script = ScriptDirectory.from_config(cfg)
heads = set()
for step in script._upgrade_revs("heads", ()):
    of(step, heads)
    HeadMaintainer(MigrationContext.configure(dialect_name="sqlite", opts={"as_sql": True, "output_buffer": io.StringIO()}), heads)
    heads = (heads - set(step.from_revisions)) | set(step.to_revisions) if not step.should_create_branch(heads) else heads | set(step.to_revisions)
print(sorted(heads))
map_ = RevisionMap(lambda: [Revision("a", ()), Revision("b", ("a",)), Revision("c", ("a",)), Revision("d", ("b", "c")), Revision("e", ("b",), dependencies="c")])
print([r._normalized_down_revisions for r in map(map_.get_revision, "abcde")])
print(sorted(r.revision for r in map_._get_ancestor_nodes([map_.get_revision("e")])), sorted(r.revision for r in map_._get_descendant_nodes([map_.get_revision("c")])))
print(sorted(r.revision for r in map_._get_ancestor_nodes([map_.get_revision("e")], include_dependencies=False)))

print("== a run_env of one's own")
def run_env(self):
    print("ran", self.dir.rsplit("/", 1)[-1])
with mock.patch.object(ScriptDirectory, "run_env", run_env):
    command.upgrade(cfg, "head")

print("== alembic.util")
with util.status("doing it"): pass
with util.status("on a line", newline=True): pass
print(tried(lambda: util.err("no good")))
def failing():
    with util.status("trying"):
        raise ValueError("x")
print(tried(failing))
print(util.obfuscate_url_pw("postgresql://scott:tiger@localhost/test"))
print(util.dedupe_tuple(("b", "a", "b")), util.unique_list([3, 1, 3]), util.not_none(3), dict(util.EMPTY_DICT), tried(lambda: util.not_none(None)))
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    util.warn("careful")
    util.warn_deprecated("old")
print([(w.category.__name__, str(w.message)) for w in seen])
with open("x.txt", "w", encoding="locale") as f: f.write("é")
print(f.encoding, open("x.txt", encoding="locale").read())

print("== templates of one's own")
import os
os.makedirs("my/t1/sub")
os.makedirs("my/t2")
for t in ("t1", "t2"):
    for name, text_ in (("README", f"About {t}\nmore\n"), ("alembic.ini.mako", "[alembic]\nscript_location = ${script_location}\n"), ("env.py", "print('hi')\n")):
        with open(f"my/{t}/{name}", "w") as f: f.write(text_)
class Mine(Config):
    def get_template_directory(self): return os.path.abspath("my")
cfg = Mine("mine.ini", stdout=io.StringIO())
command.list_templates(cfg)
print(sorted(cfg.stdout.getvalue().splitlines()))
with mock.patch("sys.stdout", io.StringIO()):
    command.init(cfg, "scripts", template="t2")
print(sorted(os.listdir("scripts")), open("mine.ini").read(), open("scripts/env.py").read())
try: command.init(cfg, "other", template="nope")
except util.CommandError as e: print(str(e).replace(os.getcwd(), ""))

print("== a dispatcher")
from alembic.util import DispatchPriority, PriorityDispatcher, PriorityDispatchResult
d = PriorityDispatcher()
go = d.dispatch("t", qualifier="sqlite")
@d.dispatch_for("t", subgroup="g")
def general(*args, **kw): print("general", args, kw)
@d.dispatch_for("t", subgroup="g", qualifier="sqlite", priority=DispatchPriority.FIRST)
def special(*args, **kw):
    print("special", args, kw)
    return PriorityDispatchResult.STOP
@d.dispatch_for("t", priority=DispatchPriority.LAST)
def last(*args, **kw): print("last", args, kw)
go(1, a=2)
d.dispatch("t")(b=3)
