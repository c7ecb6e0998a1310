"""Record what the real library makes of the statements in statements.txt: record.py [other statements] > recorded.json

Each line is evaluated over proxies that note every attribute, call and operator; replay.ts does the
same steps with the engine. Arguments are noted as the engine takes them: `*args` as one list, keyword-only ones and
`**kwargs` as one mapping each, by inspect.signature of what is called. Needs sqlalchemy importable.
"""
import inspect, json, operator, pathlib, re, sys, warnings

import sqlalchemy as sa
from sqlalchemy import sql, types
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, sqlite
from sqlalchemy.sql import base, compiler, crud, functions
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.engine.default import DefaultDialect, StrCompileDialect

warnings.simplefilter("ignore")
nodes = []


def add(node):
    nodes.append(node)
    return len(nodes) - 1


def plain(v):
    """A value as JSON: proxies by number, the rest with its kind."""
    if isinstance(v, P):
        return {"node": v.node}
    if v is None or isinstance(v, (bool, str)):
        return v
    if isinstance(v, int):
        return v
    if isinstance(v, float):
        return {"float": v}
    if isinstance(v, (list, tuple)):
        return {type(v).__name__: [plain(x) for x in v]}
    if isinstance(v, dict):
        return {"dict": [[plain(k), plain(x)] for k, x in v.items()]}
    if isinstance(v, type) and issubclass(v, (types.TypeEngine,)):
        return {"name": v.__name__}
    if isinstance(v, type):
        return {"pytype": v.__name__}
    raise TypeError(f"no JSON for {v!r}")


def real(v):
    if isinstance(v, P):
        return v.real
    if isinstance(v, (list, tuple)):
        return type(v)(real(x) for x in v)
    if isinstance(v, dict):
        return {real(k): real(x) for k, x in v.items()}
    return v


def arguments(fn, args, kw):
    """Arguments in the engine's order; None: not knowable, take them as they come."""
    raw = isinstance(fn, functions._FunctionGenerator) or fn in (sa.Table, sa.Sequence) or (inspect.isclass(fn) and issubclass(fn, types.TypeEngine))
    if raw:
        return {"args": [plain(a) for a in args], "kwargs": [[k, plain(v)] for k, v in kw.items()]}
    try:
        sig = inspect.signature(fn)
    except (ValueError, TypeError):
        return {"args": [plain(a) for a in args], "kwargs": [[k, plain(v)] for k, v in kw.items()]}
    bound = sig.bind(*args, **kw)
    if "first" in next(iter(sig.parameters), ""):  # order_by(__first, *clauses)
        return {"in": [{"list": [plain(a) for a in args]}]}
    out, options, rest, has_options, has_rest = [], {}, [], False, False
    missing = {"missing": True}
    for name, p in sig.parameters.items():
        given = name in bound.arguments
        value = bound.arguments.get(name)
        if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD):
            out.append(plain(value) if given else missing)
        elif p.kind is p.VAR_POSITIONAL:
            out.append({"list": [plain(x) for x in value or ()]})
        elif p.kind is p.KEYWORD_ONLY:
            has_options = True
            if given:
                options[name] = plain(value)
        else:
            has_rest = True
            rest = [[k, plain(v)] for k, v in (value or {}).items()]
    if has_options:
        out.append({"options": list(options.items())})
    if has_rest:
        out.append({"dict": rest})
    while out and out[-1] == missing:
        out.pop()
    return {"in": out}


OPS = "eq ne lt le gt ge add sub mul truediv floordiv mod lshift rshift".split()


class P:
    """Stands for an object of the real library and remembers where it came from."""

    def __init__(self, node, real):
        self.__dict__.update(node=node, real=real)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self.real, name)
        kind = "item" if isinstance(self.real, base.ReadOnlyColumnCollection) and not callable(value) else "attr"
        if isinstance(self.real, functions._FunctionGenerator):
            kind = "func"
        return P(add([kind, self.node, name]), value)

    def __call__(self, *args, **kw):
        given = arguments(self.real, args, kw)
        return P(add(["call", self.node, given]), self.real(*real(args), **real(kw)))

    def __getitem__(self, key):
        k = key if not isinstance(key, slice) else slice(real(key.start), real(key.stop))
        j = plain(key) if not isinstance(key, slice) else {"slice": [plain(key.start), plain(key.stop)]}
        return P(add(["getitem", self.node, j]), self.real[real(k)])

    def __invert__(self):
        return P(add(["op", "inv", self.node, None]), ~self.real)

    def __neg__(self):
        return P(add(["op", "neg", self.node, None]), -self.real)

    def __and__(self, other):
        return P(add(["and", self.node, plain(other)]), self.real & real(other))

    def __or__(self, other):
        return P(add(["or", self.node, plain(other)]), self.real | real(other))

    def __hash__(self):
        return id(self)

    def __bool__(self):
        return bool(self.real)

    def __iter__(self):
        return (P(add(["nth", self.node, i]), x) for i, x in enumerate(self.real))


def install(name):
    fn = getattr(operator, name)

    def forward(self, other):
        return P(add(["op", name, self.node, plain(other)]), fn(self.real, real(other)))

    def backward(self, other):
        return P(add(["rop", name, self.node, plain(other)]), fn(real(other), self.real))

    setattr(P, f"__{name}__", forward)
    if name not in ("eq", "ne", "lt", "le", "gt", "ge"):
        setattr(P, f"__r{name}__", backward)


for name in OPS:
    install(name)


class Names(dict):
    def __missing__(self, name):
        for place, mod in (("sa", sa), ("sql", sql), ("elements", sql.elements), ("selectable", sql.selectable), ("functions", functions)):
            if hasattr(mod, name):
                value = getattr(mod, name)
                break
        else:
            raise KeyError(name)
        made = self[name] = P(add(["name", name]), value)
        return made


def module(name, mod):
    class Module:
        def __getattr__(self, attr):
            return P(add(["name", f"{name}.{attr}"]), getattr(mod, attr))

    return Module()


DIALECTS = {
    "str": StrCompileDialect,
    "default": DefaultDialect,
    "sqlite": sqlite.dialect,
    "postgresql": postgresql.dialect,
    "mysql": mysql.dialect,
    "mssql": mssql.dialect,
    "oracle": oracle.dialect,
    "numeric": lambda: sqlite.dialect(paramstyle="numeric"),
    "named": lambda: sqlite.dialect(paramstyle="named"),
    "format": lambda: DefaultDialect(paramstyle="format"),
}


def jsonable(v):
    if isinstance(v, (list, tuple)):
        return [jsonable(x) for x in v]
    if isinstance(v, dict):
        return [[k, jsonable(x)] for k, x in v.items()]
    if v is crud.REQUIRED:
        return None
    return v if v is None or isinstance(v, (str, int, float, bool)) else repr(v)


def anonymous(name):
    return name and re.sub(r"%\(\d+ (.*?)\)s", r"<\1>", name)


def target(o):
    """What finds a column in a row: a string, or an element by its kind."""
    return o if o is None else anonymous(o) if isinstance(o, str) else ["element", o.__visit_name__]


def batches(c):
    """Five rows in batches of two."""
    compiled = [c.construct_params({name: f"{name}{i}" for name in c.bind_names.values()}, escape_names=not c.positional) for i in range(5)]
    ordered = lambda p: sorted(jsonable(p)) if isinstance(p, dict) else jsonable(p)  # the real one goes through a set
    rows = [tuple(p[k] for k in c.positiontup) if c.positional else p for p in compiled]
    imv = c._insertmanyvalues
    return [
        [b.replaced_statement, ordered(b.replaced_parameters), len(b.batch), jsonable(b.sentinel_values), b.current_batch_size, b.batchnum, b.total_batches, b.rows_sorted, b.is_downgraded]
        for b in c._deliver_insertmanyvalues_batches(c.string, rows, compiled, None, 2, imv.sort_by_parameter_order, None)
    ]


def outcome(stmt, dialect, kw):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        out = compiled(stmt, dialect, kw)
    if seen:
        out["warnings"] = [warned(w) for w in seen]
    return out


def warned(w):
    text = str(w.message)
    if "cartesian product" in text:  # which names it gives is chance
        text = "cartesian product"
    return [w.category.__name__, text.split(" at 0x")[0]]


def compiled(stmt, dialect, kw):
    try:
        c = stmt.compile(dialect=DIALECTS[dialect](), linting=compiler.FROM_LINTING, **kw)
        out = {"text": str(c), "params": jsonable(c.construct_params(_check=False)) if c.is_sql else None}
        if c.is_sql:
            out["positiontup"] = c.positiontup
            out["columns"] = [[r.keyname, anonymous(r.name), [target(o) for o in r.objects], str(r.type)] for r in c._result_columns]
            if c.isinsert or c.isupdate or c.isdelete:
                out["dml"] = {
                    "prefetch": [x.key for x in c.prefetch],
                    "postfetch": [x.key for x in c.postfetch or ()],
                    "returning": [str(x) for x in c.implicit_returning or ()],
                    "lastrowid": c.postfetch_lastrowid,
                    "inline": c.inline,
                    "imv": None if c._insertmanyvalues is None else c._insertmanyvalues.single_values_expr,
                }
            if c._insertmanyvalues is not None:
                out["batches"] = batches(c)
            if c.post_compile_params or c.literal_execute_params:
                e = c.construct_expanded_state(None) if not any(b.required for b in c.bind_names) else None
                if e:
                    out["expanded"] = [e.statement, jsonable(e.parameters), jsonable(e.positiontup)]
        return out
    except Exception as e:
        # how the compiler itself is shown is the language's affair
        message = "Compiler" if isinstance(e, sa.exc.UnsupportedCompilationError) else str(e).split(" at 0x")[0]
        return {"error": type(e).__name__, "message": message}


def main():
    names = Names()
    for name, mod in (("sqlite", sqlite), ("postgresql", postgresql), ("mysql", mysql), ("mssql", mssql), ("oracle", oracle)):
        names[name] = module(name, mod)
    here = pathlib.Path(__file__).parent
    exec(compile((here / "tables.py").read_text(), "tables.py", "exec"), names)
    names = Names(names)
    setup = nodes[:]
    cases = []
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "statements.txt"
    for line in source.read_text().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        source, _, how = line.partition("  ## ")
        dialects, _, options = how.partition(" ")
        kw = eval("dict(" + options + ")") if options else {}
        del nodes[len(setup):]
        fresh = Names(names)
        try:
            with warnings.catch_warnings(record=True) as seen:
                warnings.simplefilter("always")
                stmt = eval(source, fresh)
            if not isinstance(stmt, P):
                raise TypeError("not a statement: " + source)
            target = stmt.node
            cached = stmt.real._generate_cache_key() is not None if isinstance(stmt.real, ClauseElement) else None
            results = {d: outcome(stmt.real, d, kw) for d in (dialects or "str,sqlite").split(",")}
        except SyntaxError:
            raise
        except Exception as e:
            target, cached, results = None, None, {"build": {"error": type(e).__name__, "message": str(e).split(" at 0x")[0]}}
            if isinstance(e, (NameError, KeyError)) or "no JSON for" in str(e):
                print("cannot record", source, repr(e), file=sys.stderr)
                continue
        if seen and target is not None:
            results["building"] = {"warnings": [warned(w) for w in seen]}
        first = None
        for name, result in results.items():
            # what is the same as in the first dialect is left out
            if first is not None:
                results[name] = {k: v for k, v in result.items() if k not in first or first[k] != v}
                gone = [k for k in first if k not in result]
                if gone:
                    results[name]["without"] = gone
            else:
                first = result
        cases.append({"source": source, "nodes": nodes[len(setup):], "target": target, "cached": cached, "options": plain(kw)["dict"], "results": results})
    json.dump({"setup": setup, "cases": cases}, sys.stdout, indent=None, separators=(",", ":"))


main()
