# The map of revisions: ranges, heads and bases, labels, dependencies, relative and partial names; made-up histories.
import warnings

from alembic.script.revision import Revision, RevisionError, RevisionMap


warnings.simplefilter("ignore")


def section(title):
    print(f"== {title}")


def shown(x):
    if isinstance(x, (list, tuple)):
        return [shown(i) for i in x]
    return x.revision if isinstance(x, Revision) else x


def ask(title, fn):
    try:
        print(title, "->", shown(fn()))
    except Exception as e:
        print(title, "!!", type(e).__name__, e)


def history(*revisions):
    return RevisionMap(lambda: [Revision(*r) if isinstance(r, tuple) else Revision(**r) for r in revisions])


def between(m, upper, lower, **kw):
    return [r.revision for r in m.iterate_revisions(upper, lower, **kw)]


section("a line")
line = history(("aaaa1111", ()), ("aabb2222", "aaaa1111"), ("cccc3333", "aabb2222"), ("dddd4444", "cccc3333"))
print(line.heads, line.bases, line.get_current_head())
for upper, lower, kw in (
    ("head", "base", {}),
    ("heads", None, {}),
    ("dddd4444", "aabb2222", {}),
    ("dddd4444", "aabb2222", {"inclusive": True}),
    ("dddd", "aaaa", {}),
    ("+2", "base", {}),
    ("aaaa1111+2", "aaaa1111", {}),
    ("head", "-2", {}),
    ("head", "-9", {}),
    ("+9", "base", {}),
    ("head", "head-1", {}),
    ("aabb2222", "dddd4444", {}),
    ("nope", "base", {}),
    ("aa", "base", {}),
    ("head", "base", {"select_for_downgrade": True}),
    ("head", "-1", {"select_for_downgrade": True}),
    ("dddd4444", "aabb", {"select_for_downgrade": True}),
):
    ask(f"{upper} {lower} {kw}", lambda: between(line, upper, lower, **kw))
for name in ("head", "heads", "base", "aaaa1111", "aabb", "aa", "cccc3333", "zzzz", None, ("aaaa1111", "cccc3333"), ["dddd"], "head@x", "aaaa1111@head"):
    ask(f"get {name!r}", lambda: line.get_revisions(name))
    ask(f"one {name!r}", lambda: line.get_revision(name))
ask("bytes", lambda: line.get_revision(b"aaaa1111"))
r = line.get_revision("aabb2222")
print(r, r.is_head, r.is_base, r.is_branch_point, r.is_merge_point, r.nextrev, r.down_revision, r.dependencies, r.branch_labels)

section("branches")
tree = history(
    ("root", ()),
    ("a", "root"),
    dict(revision="b1", down_revision="a", branch_labels="blue"),
    ("b2", "b1"),
    dict(revision="c1", down_revision="a", branch_labels=("green", "grass")),
    ("c2", "c1"),
    ("c3", "c2"),
    dict(revision="other", down_revision=None, branch_labels=["lone"]),
)
print(sorted(tree.heads), sorted(tree.bases))
for upper, lower, kw in (
    ("heads", "base", {}), ("head", "base", {}), ("blue@head", "base", {}), ("green@head", "base", {}), ("grass@c2", "base", {}), ("c3", "b1", {}),
    ("heads", "b2", {"implicit_base": True}), (("b2", "c3"), "a", {}), ("blue@head", "blue@base", {}), ("lone@head", "base", {}),
    ("green@+2", "a", {}), ("c3", "green@-1", {"select_for_downgrade": True}), ("heads", "blue@base", {"select_for_downgrade": True}),
    ("green@head", "lone@base", {"select_for_downgrade": True}), (("b2", "c3"), "-1", {"select_for_downgrade": True}), ("nowhere@head", "base", {}),
):
    ask(f"{upper} {lower} {kw}", lambda: sorted(between(tree, upper, lower, **kw)) if "heads" in str(upper) else between(tree, upper, lower, **kw))
ask("head of none", lambda: tree.get_current_head())
ask("head of blue", lambda: tree.get_current_head("blue"))
ask("one head", lambda: tree.get_revision("head"))
print({r.revision: sorted(r.branch_labels) for r in tree.get_revisions(["root", "a", "b1", "b2", "c3", "other"])})
print(shown(tree.filter_for_lineage(tree.get_revisions("heads"), "blue")))

section("merges and dependencies")
net = history(
    ("a1", ()), ("a2", "a1"), ("b1", ()), ("b2", "b1"),
    ("m", ("a2", "b2")), ("m2", "m"),
    dict(revision="d1", down_revision=None, dependencies="a2"), dict(revision="d2", down_revision="d1", dependencies=("b1", "a1")),
)
print(sorted(net.heads), sorted(net._real_heads) if hasattr(net, "_real_heads") else ["d2", "m2"])
for upper, lower, kw in (("m2", "base", {}), ("d1", "base", {}), ("d2", ("a1", "b1"), {}), ("m2", ("a2", "b1"), {}), ("m2", "a1", {}), ("m2", "a2", {"select_for_downgrade": True}), (("m2", "d2"), "a1", {"select_for_downgrade": True})):
    ask(f"{upper} {lower} {kw}", lambda: between(net, upper, lower, **kw))
print({r.revision: (r.is_merge_point, r.is_head, r.is_base) for r in net.get_revisions(["m", "m2", "a1", "d1", "d2"])})

section("mistakes")
for revisions in (
    [("a", "a")],
    [("a", "b"), ("b", "a")],
    [("x", ()), ("a", ("x", "c")), ("b", "a"), ("c", "b")],
    [dict(revision="a", down_revision=None, dependencies="a")],
    [dict(revision="a", down_revision=None, dependencies="b"), ("b", "a")],
    [("a-b", ())],
    [("a@b", ())],
    [("a:b+c", ())],
):
    ask(f"{revisions}", lambda: history(*revisions).heads)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    ask("missing", lambda: history(("b", "gone")).heads)
    ask("twice", lambda: history(("b", ()), ("b", ())).heads)
    ask("twice, and in a circle", lambda: history(("a", ()), ("b", "a"), ("c", "b"), ("a", "c")).heads)
    print(sorted(str(w.message) for w in seen))

try:
    history(dict(revision="a", down_revision=None, branch_labels="l"), dict(revision="b", down_revision=None, branch_labels="l")).heads
except RevisionError as e:
    print(sorted(str(e).split()))  # which of the two comes first is chance

section("revisions that come later")
grow = history(("a", ()),)
grow.add_revision(Revision("b", "a"))
grow.add_revision(Revision("c", "a", branch_labels="side"))
print(sorted(grow.heads), sorted(grow.get_revision("c").branch_labels), sorted(grow.get_revision("a").nextrev))

# histories of a made-up kind: the same numbers, the same histories
state = [7]


def random(n):
    state[0] = (state[0] * 1103515245 + 12345) % 2**31
    return (state[0] >> 8) % n


for case in range(24):
    section(f"made-up history {case}")
    names, revisions = [], []
    for i in range(3 + random(10)):
        name = f"r{case:02}{i:02}"
        heads = [n for n in names if not any(n in (r["down_revision"] or ()) for r in revisions)]
        kind = random(10)
        if not names or kind == 0:
            down = None
        elif kind < 3 and len(heads) > 1:
            down = tuple(sorted(heads)[:2])
        elif kind < 6:
            down = (names[random(len(names))],)
        else:
            down = (names[-1],)
        depends = None
        if names and kind == 9:
            depends = names[random(len(names))]
            if down and depends in down:
                depends = None
        label = f"label{i}" if kind == 8 else None
        revisions.append(dict(revision=name, down_revision=down, dependencies=depends, branch_labels=label))
        names.append(name)
    m = history(*revisions)
    print(sorted(m.heads), sorted(m.bases))
    whole = between(m, "heads", "base")
    place = {n: i for i, n in enumerate(whole)}
    print(sorted(whole), all(place[n] < place[d] for r in revisions for n in [r["revision"]] for d in (r["down_revision"] or ())))
    for _ in range(6):
        upper, lower = names[random(len(names))], names[random(len(names))]
        ask(f"{upper} {lower}", lambda: between(m, upper, lower))
        ask(f"{upper} {lower} down", lambda: between(m, upper, lower, select_for_downgrade=True))
        steps = 1 + random(3)
        ask(f"{upper} +{steps}", lambda: between(m, f"{lower}+{steps}", lower))
        ask(f"{upper} -{steps}", lambda: between(m, upper, f"{upper}-{steps}", select_for_downgrade=True))
    print({r.revision: (r.is_branch_point, r.is_merge_point, sorted(r.branch_labels)) for r in m.get_revisions(names) if r.is_branch_point or r.is_merge_point or r.branch_labels})

m = history(dict(revision="a", down_revision=None), dict(revision="b", down_revision="a"), dict(revision="c", down_revision="a", dependencies=("b",)))
print(m._real_heads, [(r.revision, r._versioned_down_revisions, r._all_down_revisions, r._resolved_dependencies) for r in map(m.get_revision, "abc")])
