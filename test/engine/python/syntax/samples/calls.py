# Calls, subscripts, slices.
f(), f(a), f(a,), f(a, b), f(a=1), f(a, b=1,), f(*a), f(**a), f(*a, *b, **c, **d)
f(a, *b, c, *d), f(a=1, *b), f(a, *b, c=1, *d, **e, g=2, **h), f(*a, b=1), f(**a, b=1)
f(x for x in y), f(x for x in y if z)(w), f((x for x in y), 1), f(a, (x for x in y)), f(*(x for x in y))
f(lambda: 1, *a or b, **c if d else e), f(a if b else c), f(not a), f(await_), f(a := 1, b)
f(
    a,  # first
    b=[1,
       2],
)
x[1], x[1, 2], x[1,], x[:], x[1:], x[:1], x[1:2], x[::], x[1:2:3], x[::3], x[1::], x[:2:], x[:, 1], x[1:2, ...]
x[*a], x[*a, b], x[a, *b], x[*a,], x[a:b, *c], x[lambda: 1], x[a if b else c : d], x[()], x[(a, b)], x[a := 1]
x[-1], x[a][b:c][d], x[f(a)[b]:c.d]
