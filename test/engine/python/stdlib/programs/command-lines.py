"""argparse: help, usage, values and errors."""
import argparse, contextlib, io
def run(p, line):
    err=io.StringIO()
    try:
        with contextlib.redirect_stderr(err): print(line, "->", p.parse_args(line.split()))
    except SystemExit as e: print(line, "exit", e.code, err.getvalue())
p=argparse.ArgumentParser(prog="x", description="A longish description that should be wrapped at some point because it is long, yes.", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
p.add_argument("src"); p.add_argument("dst", nargs="?", default="out", help="dest"); p.add_argument("rest", nargs="*")
p.add_argument("-n","--num",type=int,default=3,help="a number"); p.add_argument("-f",action="store_true"); p.add_argument("-v",action="count",default=0)
p.add_argument("--pair",nargs=2,metavar=("A","B")); p.add_argument("--list",nargs="+",type=float,help="xs"); p.add_argument("--opt",nargs="?",const="C"); p.add_argument("--a-very-long-option-name-indeed",help="help text for the long one which goes on and on and on until it wraps")
p.add_argument("--flag",action=argparse.BooleanOptionalAction,help="flag"); p.add_argument("--c",choices=["a","b"],action="append"); p.add_argument("--k",action="store_const",const=7); p.add_argument("--hidden",help=argparse.SUPPRESS); p.add_argument("--ext",action="extend",nargs="+")
g=p.add_argument_group("grp","group desc"); g.add_argument("--ing")
m=p.add_mutually_exclusive_group(required=True); m.add_argument("--m1",action="store_true"); m.add_argument("--m2")
print(p.format_help()); print(p.format_usage())
for l in ["a --m1","a b c d --m2 x -vvf -n5","--m1 a -fv -n 7 --pair 1 2 --list 1 2 --opt --flag --c a --c b --k","a","a --m1 --m2 x","a --m1 -n x","a --m1 --pair 1","a --m1 --c z","a --m1 --no-flag --ext 1 2 --ext 3","a --m1 --nu=4","a --m1 -- -x","a --m1 --zzz","a --m1 --list","a --m1 --h","-h","a --m1 -n -5","a --m1 --opt=q","a --m1 -fx","a --m1 --f"]: run(p,l)
q=argparse.ArgumentParser(prog="y"); s=q.add_subparsers(title="cmds",dest="cmd",help="sub help"); a=s.add_parser("add",aliases=["a"],help="adds"); a.add_argument("x",type=int); a.set_defaults(func="F"); b=s.add_parser("rm"); b.add_argument("--all",action="store_true")
q.print_help(); a.print_help()
for l in ["add 3","a 4","rm --all","","zz","add","add x","rm 5"]: run(q,l)
print(q.parse_known_args(["rm","--zz","1"]))
try: q.add_argument("-h")
except argparse.ArgumentError as e: print(e)
par=argparse.ArgumentParser(add_help=False); par.add_argument("--p",default=1); c=argparse.ArgumentParser(prog="c",parents=[par],usage="%(prog)s [x]",epilog="bye %(prog)s"); c.print_help(); print(vars(c.parse_args([])))
n=argparse.Namespace(a=1,b="x"); print(n, n==argparse.Namespace(a=1,b="x"), "a" in n, vars(n))
e=argparse.ArgumentParser(exit_on_error=False); e.add_argument("--i",type=int)
try: e.parse_args(["--i","x"])
except argparse.ArgumentError as x: print(x)
z=argparse.ArgumentParser(prog="z"); z.add_argument("args",nargs=argparse.REMAINDER); run(z,"a --b c")
w=argparse.ArgumentParser(prog="w"); w.add_argument("--one"); gm=w.add_mutually_exclusive_group(); gm.add_argument("-x",action="store_true"); gm.add_argument("-y",action="store_true"); w.add_argument("pos"); w.print_usage()
p = argparse.ArgumentParser(prog="mixed", usage=None); p.add_argument("--foo"); p.add_argument("--must", required=True); p.add_argument("cmd"); p.add_argument("rest", nargs="*", type=int)
for line in ("doit 1 --foo bar 2 3 --must m", "doit 1 --foo bar 2 x --must m", "--must m", "doit 1", "doit --zz --must m 5", "--must m doit"):
    for parse in (p.parse_intermixed_args, p.parse_known_intermixed_args):
        err = io.StringIO()
        try:
            with contextlib.redirect_stderr(err): print(line, "->", parse(line.split()))
        except SystemExit as e: print(line, "exit", e.code, err.getvalue())
p.add_argument("tail", nargs="...")
try: p.parse_intermixed_args(["x"])
except TypeError as e: print(e)

# usage of exclusive groups, metavars that do not match, positionals among the exclusive
p = argparse.ArgumentParser(prog="p")
p.add_argument("--bar", action=argparse.BooleanOptionalAction, default=True, help="bar")
g = p.add_mutually_exclusive_group(required=True)
g.add_argument("-x", help=argparse.SUPPRESS)
g.add_argument("-y", help="y")
print(p.format_help())
p = argparse.ArgumentParser(prog="p")
g = p.add_mutually_exclusive_group()
g.add_argument("-a")
g.add_argument("-b")
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    h = g.add_mutually_exclusive_group(required=True)
print(seen[0].message)
h.add_argument("-c")
h.add_argument("-d")
print(p.format_usage())
for kw in (dict(nargs=2, metavar=("A",)), dict(nargs=3, metavar="A"), dict(nargs="x"), dict(nargs="+", metavar=("A", "B", "C"))):
    try:
        print(p.add_argument("z", **kw).metavar)
    except ValueError as e:
        print(e)
p = argparse.ArgumentParser(prog="p")
p.add_mutually_exclusive_group().add_argument("z", nargs="?")
try:
    p.parse_intermixed_args([])
except TypeError as e:
    print(e)
