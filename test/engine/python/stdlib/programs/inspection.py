"""inspect, threads that run in place, queues and executors."""
import inspect, functools, threading, queue, concurrent.futures as cf, time, types
def f(a, b:int=1, /, c="x", *args:str, d, e=3, **kw) -> list: "doc"
class A:
    """Class doc.

      more
    """
    x = 1
    def __init__(self, q, r=2): pass
    def m(self, x):
        # c
        return (x,
   1)
    @classmethod
    def c(cls, z): pass
    @staticmethod
    def s(z=1): pass
    @property
    def p(self): return 1
    async def co(self): pass
    def gen(self): yield
    def __call__(self, t): pass
class B(A): pass
print(inspect.signature(f), inspect.signature(A), inspect.signature(B), inspect.signature(A.m), inspect.signature(A(1).m), inspect.signature(A.c), inspect.signature(A.s), inspect.signature(A(1)), inspect.signature(lambda *, k: 0), inspect.signature(functools.partial(f, 1, d=2)), inspect.signature(functools.wraps(f)(lambda *a: 0)))
s=inspect.signature(f); print(list(s.parameters), s.parameters["b"], repr(s.parameters["args"]), s.parameters["c"].default, s.parameters["a"].kind, s.return_annotation, s.parameters["d"].default is inspect.Parameter.empty, s.parameters["a"].kind.description)
b=s.bind(1,2,3,4,d=5,z=6); print(b, b.args, b.kwargs); b=s.bind_partial(1); b.apply_defaults(); print(b.arguments)
for e in ["s.bind()","s.bind(1)","s.bind(1,2,3,d=1,c=3)","inspect.signature(lambda x:0).bind(1,2)","inspect.signature(lambda x:0).bind(y=2)","inspect.signature(3)","s.bind(a=1,d=2)"]:
    try: print(eval(e))
    except Exception as x: print(e, type(x).__name__, x)
print([n for n,_ in inspect.getmembers(A, inspect.isfunction)], inspect.getmembers(A(1), inspect.ismethod)[0][0], inspect.isclass(A), inspect.iscoroutinefunction(A.co), inspect.isgeneratorfunction(A.gen), inspect.isbuiltin(len), inspect.ismodule(inspect), inspect.isabstract(A), inspect.isroutine(len), inspect.isdatadescriptor(A.__dict__["p"]), inspect.ismethoddescriptor(str.join))
print(inspect.getdoc(A), inspect.getdoc(B), inspect.cleandoc("  a\n    b\n   c"), inspect.getfullargspec(f))
print(inspect.getsource(f), inspect.getsource(A.m), inspect.getsource(A)[:60], inspect.getsourcelines(A.m)[1], inspect.getmodule(f).__name__, inspect.getfile(f)[-5:])
print(inspect.currentframe().f_lineno, inspect.stack()[0].function, inspect.getframeinfo(inspect.currentframe()).lineno, inspect.getattr_static(A,"p"), inspect.get_annotations(f), inspect.signature(f)==inspect.signature(f), inspect.signature(sorted))
g=A(1).gen(); print(inspect.getgeneratorstate(g)); next(g); print(inspect.getgeneratorstate(g)); g.close(); print(inspect.getgeneratorstate(g))
try: inspect.getsource(len)
except TypeError as e: print(e)
try: inspect.Parameter("a b", 1)
except ValueError as e: print(e)
def work(n, out): out.append((n, threading.current_thread().name))
out=[]; ts=[threading.Thread(target=work,args=(i,out)) for i in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(sorted(out), ts[0].is_alive(), threading.active_count())
lk=threading.Lock()
with lk: print(lk.locked(), lk.acquire(False))
r=threading.RLock()
with r:
    with r: print("rl")
loc=threading.local(); loc.x=1; print(loc.x, hasattr(loc,"y"))
q=queue.Queue(1); q.put(1); print(q.get(), q.empty())
try: q.get_nowait()
except queue.Empty as e: print("Empty", repr(e))
pq=queue.PriorityQueue(); pq.put((2,"b")); pq.put((1,"a")); print(pq.get())
t0=time.perf_counter()
with cf.ThreadPoolExecutor(3) as ex:
    fs=[ex.submit(lambda n:(time.sleep(n/10),n)[1], n) for n in (3,1,2)]
    print([f.result() for f in cf.as_completed(fs)], list(ex.map(pow,[1,2],[2,3])))
    bad=ex.submit(lambda: 1/0)
    try: bad.result()
    except ZeroDivisionError as e: print(e, type(bad.exception()))
print(round(time.perf_counter()-t0,1))
d,n=cf.wait(fs); print(len(d),len(n))
tm=threading.Timer(0.05, lambda: print("tick")); tm.start(); tm.join()
class Documented:
    def method(self): "of the method"
    @property
    def attribute(self): "of the attribute"
class Silent(Documented):
    def method(self): pass
    @property
    def attribute(self): pass
print(inspect.getdoc(Silent.method), inspect.getdoc(Silent().method), inspect.getdoc(Silent.attribute), inspect.getdoc(Silent.attribute.fget), inspect.signature(print))
