"""ast: dump, unparse, literal_eval, visitors."""
import ast
src = '''"""mod doc"""
import a.b as c, d
from ..x import y as z
@dec(1)
def f(a, /, b: int=1, *args, c, d=2, **kw) -> int:
    """doc"""
    global q
    x = y = a + b * (c - d) ** -2 // (not e)
    x += 1; z: int = 3
    if a < b <= c and not d or e: return [i async for i in x if i if j] if f else {**a, 'b': 1}
    elif z: pass
    else: del a, b[1:2, ::3]
    for i, j in enumerate(x): continue
    else: break
    while True: yield (yield x)
    with a as b, c(): raise X from Y
    try: assert a, "m"
    except (A, B) as e: pass
    except: pass
    else: 1
    finally: 2
    lambda x, *y, z=1: (x, y)
    return f"a{b!r:>{w}}c{{}}", *x
class K(A, metaclass=M):
    x: int
    async def g(self): await x.y; (yield); a = yield 1
match x:
    case [1, *r] | {"k": v, **rest} | C(a, b=2) if g: pass
    case None | (1 as q): pass
    case _: pass
(a := 3); x[1]; x[a, b]; {1, 2}; {a for a in b}; {a: b for a in b}; (a for a in b); f(*a, **k); f(x for x in y); -1 ** 2; (-1) ** 2; a.b; 1 .real; b"x"; 1.5j; ...; (1,); a if b else c; not a; ~a; a @ b; a or (b and c); (a or b) and c; a < (b < c)
'''
t = ast.parse(src)
print(ast.dump(t)); print(ast.dump(t, indent=2)[:1500]); print(ast.dump(ast.parse("x=1"), include_attributes=True)); print(ast.dump(ast.parse("1+2", mode="eval"), annotate_fields=False))
print(ast.unparse(t))
for s in ["1","-1.5","[1,(2,),{'a':{3}},None,True]","1+2j","'x' 'y'","set()","b'x'"]: print(ast.literal_eval(s))
for s in ["f()","1+1","a","[","__import__('os')","{1:x}"]:
    try: print(ast.literal_eval(s))
    except Exception as e: print(type(e).__name__, str(e).split(" at 0x")[0])
class V(ast.NodeVisitor):
    def visit_Name(self, n): print(n.id, end=" ")
V().visit(t); print()
class T(ast.NodeTransformer):
    def visit_Name(self, n): return ast.copy_location(ast.Name(id=n.id.upper(), ctx=n.ctx), n)
print(ast.unparse(T().visit(ast.parse("a = b + c(d)"))))
print(ast.get_docstring(t), len(list(ast.walk(t))), ast.get_source_segment("a = b+c", ast.parse("a = b+c").body[0].value), ast.BinOp._fields, isinstance(ast.parse("1").body[0], ast.stmt))
n=ast.Constant(3); print(n.value, n.kind, ast.dump(n), ast.unparse(ast.BinOp(ast.Name("x"),ast.Add(),n)))
try: ast.parse("x =")
except SyntaxError as e: print(e, e.filename)
