class A:
    def __repr__(self): print("hi")
class B:
    def __str__(self): return 5
class C:
    def __repr__(self): return 5
class D(list):
    def __repr__(self): return None
class X(Exception):
    def __repr__(self): return 1
for f in (lambda: print(A()), lambda: repr(A()), lambda: str(A()), lambda: f"{A()}", lambda: "%s" % A(), lambda: f"{A()!r}", lambda: str(B()), lambda: f"{B()}", lambda: print([C()]), lambda: str(C()), lambda: str(D()), lambda: repr(D()), lambda: str(X("a")), lambda: format(C()), lambda: "{}".format(C()), lambda: "%r" % C(), lambda: ascii(C()), lambda: object.__str__(A()), lambda: object.__repr__(C())[:20], lambda: str(object())[:10]):
    try: print(f())
    except TypeError as e: print(type(e).__name__, e)
