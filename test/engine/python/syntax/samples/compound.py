# if, while, for, with, try.
if a: pass
if a: b; c
if a: b; c;
if a:
    b
elif c:
    d
elif e: f
else:
    g
if (a := b): pass
if a:
    if b:
        c
    else:
        d
else: e
while a: break
while a:
    continue
else:
    b
for a in b: pass
for a, b in c: pass
for a, in b: pass
for (a, b) in c: pass
for [a, *b] in c: pass
for *a, b in c: pass
for a.b in c: pass
for a[0], b.c in d, e: pass
for a in *b, c: pass
for a in b:
    c
else:
    d
with a: pass
with a as b: pass
with a, b as c: pass
with a as (b, c): pass
with a as b.c, d as e[0]: pass
with (a): pass
with (a, b): pass
with (a, b,): pass
with (a as b): pass
with (a as b, c as d,): pass
with (a, b) as c: pass
with (a).b as c: pass
with (a) as b, (c): pass
with (a, b), c: pass
with (a if b else c): pass
with (yield_): pass
with (a
      as b,
      c): d
with a as [b, *c]: pass
with (a for b in c): pass
with (): pass
with (a, b)(c): pass
with (lambda: a)() as b: pass
try:
    a
except: b
try: a
except A: b
except (A, B) as c: d
except A.b(c) as d:
    e
else: f
finally: g
try: a
finally:
    b
try: a
except* A: b
except *B as c: d
else: e
try:
    raise
except A:
    raise a
except B: raise a from b
assert a
assert a, b
global x, y
def f():
    def g():
        nonlocal x, y
pass; pass
