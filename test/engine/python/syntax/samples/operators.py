# Precedence, grouping and the positions that parentheses give.
a + b - c * d / e // f % g @ h
a ** b ** c, -a ** -b, (-a) ** b, a ** -b ** c, not a ** b
a << b >> c & d | e ^ f
a | b ^ c & d << e + f * -g ** h
(a + b) * c, a * (b + c), ((a)), (((a + b))) + c, (a), (a,), (), ((),)
a < b <= c == d != e > f >= g, a in b, a not in b, a is b, a is not b, a is not not_b
a in b is c not in d, not a in b, not (a in b), not not a
a or b and not c, (a or b) and c, a and b and c or d or e
a if b else c, a if b else c if d else e, (a if b else c) if d else e, a or b if c and d else e
lambda: a if b else c, lambda x: lambda y: x + y
(a := 1), [b := 2, c := 3], f(d := 4), x[e := 5], {g := 6}, (h := i, j), (k := lambda: 1)
~a, +-~b, - - c, await_ + d
a.b.c, a.b(c).d[e].f, a[b][c](d)(e), (a).b, (a + b).c, "s".join(t), 1 .real, 1.0.real, [].append, {}.get
... , Ellipsis, a[...], None is True is False
