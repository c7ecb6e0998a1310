# match statements, and match, case and _ as names.
match a:
    case 1: b
    case -1 | 1.5 | -1j | 1 + 2j | -1 - 2.5j: b
    case "a" 'b' | b"c" | r"d": b
    case None | True | False: b
    case a: b
match a, b:
    case 1, 2: c
    case 1,: c
    case a, *b: c
    case *_, a: c
    case *a, : c
match a,:
    case (): b
    case (1,): b
    case (1): b
    case (1, 2): b
    case (1 | 2) as x: b
    case []: b
    case [1]: b
    case [1, [2, *_]]: b
    case [*a, _]: b
    case (*a,): b
match *a, b:
    case {}: c
    case {1: a}: c
    case {1: a,}: c
    case {"a": 1, -1: b, None: c, a.b: d, 1 + 2j: e, **rest}: c
    case {**rest}: c
    case {**rest,}: c
match (a):
    case A(): b
    case A.B(): b
    case A(1): b
    case A(1,): b
    case A(1, x, y=2, z=B()): b
    case A(x=1,): b
    case a.b: c
    case a.b.c: c
match a.b(c)[d]:
    case _: e
match -a:
    case b if c: d
    case b if (c := d): e
    case {"x": [1, A(y=2) as z]} as w if w: v
    case (a | b) | c as d: e
match not a:
    case _ if f(): pass
match (a := b):
    case 1:
        match c:
            case 2:
                d
        e
    case _:
        pass
match = 1
match.a = 2
match[0] = 3
match(a)
match(a).b
match (a, b)
match [a]
match * a
match - a
match: int
match, case = 1, 2
match += 1
match or a
match if a else b
match in a
match == a
match(a)[b] = c
print(match, case, _)
case = match
case(a)
_ = 1
match x: # comment

    # another
    case 1: # third

        pass
match lambda: a:
    case b: c
match a if b else c:
    case _: d
match [a, b]:
    case _: d
match {1: 2}:
    case _: d
match "a" "b":
    case _: d
match f"{x}":
    case _: d
match await_:
    case _: d
