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
