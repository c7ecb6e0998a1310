# configparser's interpolations: names in other sections, marks that stand for themselves, and what goes wrong.
import configparser
from configparser import *
def t(interp, text, *gets):
    p = ConfigParser(interpolation=interp)
    p.read_string(text)
    for s,o in gets:
        try: print(s,o,repr(p.get(s,o)))
        except Exception as e: print(s,o,type(e).__name__, e, e.args)
t(BasicInterpolation(), """
[DEFAULT]
home = /h
[a]
dir = %(home)s/x
deep = %(dir)s/%(DEEPER)s
deeper = %(dir)s!
pct = 100%%
pctname = %%(home)s
bad = %(home
bad2 = %x
bad3 = 50%
missing = %(nope)s
l1 = %(l2)s
l2 = %(l1)s
mixed = a%(home)sb%%c%(pct)s
""", *[("a",o) for o in "dir deep deeper pct pctname bad bad2 bad3 missing l1 mixed".split()])
t(ExtendedInterpolation(), """
[DEFAULT]
home = /h
[a]
dir = ${home}/x
other = ${b:name}-${B2:Name}
name2 = ${b:name}
cost = $$5
costname = $${home}
bad = ${home
bad2 = $x
bad3 = 50$
bad4 = ${a:b:c}
missing = ${nope}
missing2 = ${c:nope}
missing3 = ${b:nope}
l1 = ${l2}
l2 = ${l1}
[b]
name = ${first}/${a:cost}
first = F
""", *[("a",o) for o in "dir other name2 cost costname bad bad2 bad3 bad4 missing missing2 missing3 l1".split()])
for I,m in ((BasicInterpolation,"%"),(ExtendedInterpolation,"$")):
    p=ConfigParser(interpolation=I()); p["s"]={}
    for v in ("plain", m*2, m, m+"(x)s", m+"{x}", "a"+m+"b"):
        try: p["s"]["o"]=v; print(repr(v), "ok", repr(p.get("s","o",raw=True)))
        except Exception as e: print(repr(v), type(e).__name__, e)
    print(I.__name__, [c.__name__ for c in I.__mro__ if not c.__name__.startswith("_")], issubclass(I, Interpolation))
