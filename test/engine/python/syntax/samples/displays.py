# Lists, tuples, sets, dicts and comprehensions.
[], [1], [1,], [1, 2, 3], [*a], [*a, b, *c], (1,), (1, 2), (*a,), (*a, *b), {1}, {1, 2,}, {*a}, {*a, b}
{}, {1: 2}, {1: 2,}, {1: 2, 3: 4}, {**a}, {**a, 1: 2, **b}, {1: 2, **a | b}, {(a := 1): 2}, {lambda: 1: lambda: 2}
[x for x in y], [x for x in y if a], [x for x in y if a if b], [x for x in y for z in x], [(x, y) for x, y in z]
{x for x in y}, {x: y for x, y in z}, {**a, **{k: v for k, v in b}}, (x for x in y), (x for x, in y), (x for (x) in y)
[x for x.a in y], [x for x[0] in y], [x for *x, y in z], [x for [x, y] in z], [x for (x, (y, *z)) in w]
[x if a else b for x in y or z], [lambda: x for x in (lambda: y, 1)], [a := x for x in y], [[x for x in y] for y in z]
[x for x in y if z or w for w in v if u], {f(x): [g(x) for g in h] for x in y}
1, 2
1,
*a, b
*a,
(yield_), [(a, b), c]
