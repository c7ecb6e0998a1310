import sys
class A:
    def __repr__(self):
        print("[inner", B(), "]")
        return "A!"
class B:
    def __str__(self): return "b"
class C:
    def __str__(self): raise ValueError("no text")
print("x", A(), "y", sep="-")
for f in (lambda: print("before", C(), "after"), lambda: print(C()), lambda: print("a", "b", C(), file=sys.stdout), lambda: print(1, sep=5), lambda: print("p", A(), C())):
    try: f()
    except Exception as e: print("|", type(e).__name__, e)
print("done", end="!\n")
print()
print(*[], end="")
