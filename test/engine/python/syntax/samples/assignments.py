# Assignment in all its forms, and del.
a = 1
a = b = c = 1
a, b = c, d = 1, 2
a, = b
(a) = 1
(a, b) = c
[a, b] = c
[a, [b, *c]] = d
*a, b = c
a, *b = c
(a, *b), *c = d
*(a, b), c = d
() = []
[] = ()
a.b = a[0] = a.b.c[0].d = f(a).b = f(a)[0] = 1
(a.b), (a[0]) = 1, 2
a = *b, c
a = *b,
a += 1; a -= 1; a *= 1; a /= 1; a //= 1; a %= 1; a @= 1; a **= 1; a <<= 1; a >>= 1; a &= 1; a |= 1; a ^= 1
a.b += 1
a[0] += 1, 2
(a) += *b, c
a: int
a: int = 1
a: int = 1, 2
a: int = *b, c
(a): int = 1
a.b: int
a[0]: str = "x"
(a.b): int
a: "list[int]" = []
a: lambda: 1 = 2
def g():
    a = yield
    a = yield 1
    a = b = yield 1, *c
    a += yield
    a: int = yield
    a = yield from b
    (yield)
    f((yield), (yield 1))
    yield
    yield 1, 2
    yield from a
del a
del a,
del a, b
del (a)
del (a, b), [c, d]
del a.b, a[0], a[1:2]
del ()
del (a), (b,)
