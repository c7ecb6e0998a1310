"""What CPython warns of when it compiles."""
import warnings
def probe(src):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        compile(src, "<s>", "exec")
    print(src, [(str(x.message), x.category.__name__, x.lineno, x.filename) for x in w if x.category is SyntaxWarning])
for s in ["x is 1", "x is not 'a'", "x is -1", "x is ()", "x is None", "x is (1,2)", "x is (y,)", "x == 1 is True", "1 is x is 2", "x is True", "x is ...", "x is 1.5", "assert (x, 'm')", "assert ()", "assert x, 'm'", "1()", "'a'(1)", "(1,2)(3)", "[1](2)", "[x for x in y](1)", "{}()", "{1}()", "(x for x in y)()", "f'{x}'()", "(lambda: 1)()", "None()", "1[0]", "None[0]", "{1}[0]", "(lambda: 1)[0]", "'a'['b']", "[1]['b']", "(1,2)[1.5]", "[1][1,2]", "[1][True]", "[1][None]", "[1][1:2]", "'a'[[1]]", "{}['a']", "f'{x}'['a']", "[1][-1]", "[1][()]", "def f():\n  return x is 1\nclass C:\n  y = 1()", "[1]['a'] = 2", "del (1,2)['a']", "x[1]", "...[1]", "True[0]", "b'a'['x']", "x is b'a'", "x is f'{y}'", "x is []", "x is not 1 is 2", "if x is 1 or x is 2: pass"]:
    probe(s)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try: compile("a = 1\nb = a is 2\n", "<s>", "exec")
    except SyntaxError as e: print(type(e), e.msg, e.lineno, e.offset, e.text, e.filename)


