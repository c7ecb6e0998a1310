"""Functions, modules and errors that programs make by hand; text in escapes; the device that holds nothing."""
import types, re, os, sys, gc
def ask(text):
    for e in text.strip().splitlines():
        try: print(e, "->", repr(eval(e, globals())))
        except Exception as x: print(e, "!!", type(x).__name__, x)
def f(a, b=2, *, c=3):
    "doc"
    return a, b, c
x = 1
def outer():
    y = 5
    def inner(): return y
    return inner
ask(r'''
types.FunctionType(f.__code__, {})(1)
types.FunctionType(f.__code__, globals(), "g", (7,))(1, c=2)
types.FunctionType(f.__code__, {"x": 1}).__globals__
types.FunctionType(f.__code__, {}, "nm").__name__
types.FunctionType(outer().__code__, {})
types.FunctionType(outer().__code__, {}, None, None, outer().__closure__)()
types.FunctionType(3, {})
types.FunctionType(f.__code__, 3)
types.FunctionType(f.__code__)
types.FunctionType(f.__code__, {}, 5)
types.FunctionType(f.__code__, {}, None, 5)
types.FunctionType(f.__code__, {}, closure=(1,))
types.ModuleType()
types.ModuleType(1)
types.ModuleType("a", "b", "c")
types.ModuleType("a", "d").__doc__
type(sys)("n")
types.MethodType(f)
types.MethodType(1, 2)
types.MethodType(f, 5)()
types.SimpleNamespace(a=1, b="x")
types.SimpleNamespace(1)
types.MappingProxyType([1])
types.MappingProxyType((1,2))
types.MappingProxyType({"a":1}) | {"b":2}
types.CellType(3).cell_contents
types.CellType().cell_contents
"a\u1234\U0001F600é\\".encode("raw_unicode_escape")
b"a\\u1234\\U0001F600\xe9\\x41\\n".decode("raw_unicode_escape")
b"\\u12".decode("raw_unicode_escape")
"é€".encode("ascii", "xmlcharrefreplace"), "é€".encode("ascii", "backslashreplace"), "é".encode("ascii", "replace"), "é".encode("ascii", "ignore")
"é".encode("ascii", "nosuch")
"é".encode("nosuch")
re.error("msg")
re.error("msg").pos, re.error("msg").msg, re.error("msg").lineno
re.error("msg", "a\nbc", 3).args, re.error("msg", "a\nbc", 3).lineno, re.error("msg", "a\nbc", 3).colno
str(re.error("msg", "abc", 1))
re.error("m", b"a\nb", 2).colno
re.error()
os.path.isfile("/dev/null"), os.path.exists("/dev/null"), os.path.isdir("/")
hash(""), hash(b"")
gc.collect() >= 0
gc.isenabled(), gc.get_threshold(), gc.get_count().__class__
''')
class C: __class_getitem__ = None
ask("C[int]\nint[3]\nf[3]\nC()[1]")
with open("/dev/null", "w") as n: print(n.write("abc"))
print(repr(open("/dev/null").read()))
