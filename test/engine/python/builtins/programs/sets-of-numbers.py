"""The order of sets of numbers, which is that of CPython's table: after adding, removing, copying and all operations."""


def numbers(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        yield seed >> 33


draw = numbers(3)


def some(limit):
    return [next(draw) % 60 - 10 for _ in range(next(draw) % limit)]


for limit in (4, 8, 12, 20, 40) * 10:
    a, b = some(limit), some(limit)
    s, t = set(a), set(b)
    print(s, t, s | t, s & t, s - t, s ^ t, s.union(b, [100]), frozenset(a))
    c = s.copy()
    c.update(b)
    for n in b[::2]:
        c.discard(n)
    c.add(70)
    c -= {1, 2, 3}
    c ^= {5, 6}
    print(c, [c.pop() for _ in range(min(3, len(c)))], c)
    d, e = dict.fromkeys(a), dict.fromkeys(b)
    print(d.keys() & e.keys(), d.keys() - e.keys(), d.keys() | b, d.keys() ^ e.keys(), set(d), {x * 1000003 for x in a}, {x / 4 for x in b})
