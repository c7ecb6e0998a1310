"""unittest.mock."""
from unittest.mock import *
from unittest import mock
import os, asyncio, sys
m=Mock(); m.a.b(1,x=2); print(m.mock_calls, m.a.b.call_args, m.a.b.called, m.a.b.call_count, m.method_calls)
m=Mock(return_value=3); print(m(1), m.call_args_list, m.call_args.args, m.call_args.kwargs)
m=Mock(side_effect=[1,ValueError("x"),3]); print(m());
try: m()
except ValueError as e: print(e)
print(m())
m=MagicMock(); m.__len__.return_value=5; print(len(m), bool(m), list(m), m[3] is m[4], int(m)); m.__getitem__.assert_called_with(4)
with m as f: print(f is m.__enter__.return_value)
m.__iter__.return_value=[1,2]; print(list(m), 3 in m)
f=Mock(name="fn")
for e in ["f.assert_called()","f.assert_called_once_with(1)","f.assert_called_with(2)"]:
    try: eval(e)
    except AssertionError as x: print(e,"->",x)
f(1,a=2)
for e in ["f.assert_called_with(2)","f.assert_not_called()","f.assert_any_call(3)","f.assert_has_calls([call(9)])","f.assert_called_once_with(1,a=2)","f.asert_x"]:
    try: print(eval(e))
    except (AssertionError,AttributeError) as x: print(e,"->",x)
class C:
    x=1
    def m(self,a): return a
s=Mock(spec=C); print(isinstance(s,C)); s.m(1)
try: s.zz
except AttributeError as e: print(e)
with patch("os.getcwd", return_value="/fake") as g: print(os.getcwd(), g.called)
print(os.getcwd()!="/fake")
with patch.object(C,"m",lambda s,a: "patched"): print(C().m(1))
print(C().m(1))
@patch("os.listdir")
@patch.object(C,"x",5)
def t(ld): ld.return_value=["q"]; return os.listdir(), C.x
print(t(), C.x)
with patch.dict(os.environ,{"ZZ":"1"}): print(os.environ["ZZ"])
print("ZZ" in os.environ)
am=AsyncMock(return_value=4); print(asyncio.run(am(1)), am.await_count); am.assert_awaited_once_with(1)
print(sentinel.foo, ANY==3, call(1,a=2), call.x.y(3), call(1)==call(1), [call(1)]==[call(1)])
mo=mock_open(read_data="l1\nl2\n")
with patch("builtins.open",mo):
    with open("z") as fh: print(fh.read())
mo.assert_called_once_with("z")
class D:
    @property
    def p(self): return 1
with patch.object(D,"p",new_callable=PropertyMock) as pm: pm.return_value=9; print(D().p)
print(D().p); w=Mock(wraps=C()); print(w.m(7)); m=Mock(); m.configure_mock(**{"a.b.return_value":3}); print(m.a.b())
p=patch("os.getpid",lambda:77); p.start(); print(os.getpid()); p.stop(); m.reset_mock(); print(m.mock_calls)
def fun(a,b=1): pass
af=create_autospec(fun); af(1)
try: af()
except TypeError as e: print(e)
af.assert_called_once_with(1)
from unittest.mock import *
class Svc:
    def __init__(self, host, port=1): pass
    def get(self, a, b=1): return a
    @staticmethod
    def st(x): pass
    @classmethod
    def cm(cls, y): pass
    @property
    def p(self): return 1
    async def co(self, z): return 1
    class Inner:
        def z(self): pass
class Callable_:
    def __call__(self, a): pass
import re, asyncio
r=lambda x: re.sub(r" id='\d+'","",repr(x))
def told(f):
    try: print(r(f()))
    except BaseException as e: print(type(e).__name__, e)
au=create_autospec(Svc); i=create_autospec(Svc, instance=True)
print(r(au), r(au("h")), r(au.get), r(au("h").get), r(i), r(i.get), r(i.get(1)), r(au("h").get(1)), r(i.st), r(i.st(1)), r(i.p), r(au.Inner), r(au.get(None, 1)))
c=create_autospec(Callable_, instance=True); print(r(c), r(c(1)))
for f in (lambda: c(1, 2), lambda: au(), lambda: au(1, 2, 3), lambda: i(), lambda: i.get(), lambda: i.get(1, 2, 3), lambda: i.get(q=1), lambda: i.st(), lambda: i.cm(1, 2), lambda: i.nope, lambda: au.get(1), lambda: isinstance(i, Svc), lambda: isinstance(au, type)): told(f)
i.get.reset_mock(); i.get.return_value = 42; told(lambda: i.get(7, b=8)); told(lambda: (i.get.called, i.get.call_count, i.get.call_args)); told(lambda: i.get.assert_called_once_with(7, b=8)); told(lambda: i.get.assert_called_once_with(7)); told(lambda: i.mock_calls[-1]); i.get.side_effect = ValueError("x"); told(lambda: i.get(1)); told(lambda: i.co.await_count)
def specified(a, *, b=2): "doc"
m=create_autospec(specified, return_value=3); print(r(m)[:12], m.__name__, m.__doc__, m(1), m.called, m.call_count, m.call_args, m.mock_calls); m.return_value = 9; told(lambda: m(1, b=3)); m.side_effect = [1, 2]; told(lambda: m(1)); told(lambda: m(1)); told(lambda: m(1)); told(lambda: m(1, 2)); told(lambda: m.call_count); told(lambda: m.assert_called_with(1)); m.reset_mock(); told(lambda: m.mock_calls)
with patch(f"{__name__}.specified", autospec=True) as pf: pf.return_value = "patched"; told(lambda: specified(1)); told(lambda: specified()); told(lambda: pf.call_args)
with patch.object(Svc, "get", autospec=True) as pg: pg.return_value = "g"; told(lambda: Svc("h").get(5)); told(lambda: len(pg.call_args.args))
