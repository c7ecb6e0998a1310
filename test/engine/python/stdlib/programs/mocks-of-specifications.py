"""Mocks: specifications, signatures, sealing, awaiting, files, resetting."""
import asyncio
import inspect
import re
from unittest import mock
from unittest.mock import *


def ask(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, re.sub("id='[0-9]+'", "id", str(e)).replace("\n", " / "))


class Repo:
    kind = "repo"
    def find(self, key, default=None): ...
    async def load(self, key): ...
    @staticmethod
    def make(a): ...
    @classmethod
    async def build(cls): ...


def area(width, height=1, *, unit="m"): ...


m = Mock(spec=area)
m(1, height=2)
m.assert_called_with(1, 2)
m.assert_called_once_with(width=1, height=2)
m.assert_any_call(width=1, height=2)
m.assert_has_calls([call(1, 2)])
ask(lambda: m.assert_called_with(1, 3))
ask(lambda: m.assert_has_calls([call(9)], any_order=True))

r = MagicMock(spec=Repo)
print(type(r.load).__name__, type(r.find).__name__, type(r.build).__name__, isinstance(r, Repo), r.__class__.__name__, asyncio.iscoroutinefunction(r.load))
ask(lambda: r.save)
ask(lambda: setattr(Mock(spec_set=Repo), "other", 1))
r.load.return_value = {"a": 1}
print(asyncio.run(r.load("k")), r.load.await_count, r.load.await_args, r.mock_calls)
a = AsyncMock(side_effect=[1, ValueError("two")])


async def use():
    print(await a(1, x=2))
    try:
        await a(3)
    except ValueError as e:
        print(e)
    try:
        await a()
    except StopAsyncIteration:
        print("no more")
    a.assert_awaited()
    a.assert_any_await(3)
    a.assert_has_awaits([call(1, x=2), call(3)])
    ask(lambda: a.assert_has_awaits([call(7)]))
    ask(lambda: a.assert_any_await(7))
    ask(lambda: a.assert_awaited_once())
    a.reset_mock()
    print(a.await_count, a.await_args_list)
    many = MagicMock()
    many.__aiter__.return_value = [1, 2]
    print([x async for x in many], [x async for x in MagicMock()])
    async with MagicMock() as inside:
        print(type(inside).__name__)


asyncio.run(use())

s = Mock(name="s")
s.inner.value = 3
seal(s)
print(s.inner.value)
for f in (lambda: s.other, lambda: s(), lambda: s.inner.more, lambda: setattr(s, "new", 1), lambda: s.inner.call()):
    ask(f)

d = Mock()
del d.gone
ask(lambda: d.gone)
ask(lambda: delattr(d, "gone"))
d.gone = 2
print(d.gone, "gone" in dir(d), "find" in dir(r), "save" in dir(r))
d.side_effect = sentinel.nothing
ask(d)
d.configure_mock(side_effect=None, return_value=5, **{"child.method.return_value": 3})
print(d(), d.child.method())
d.reset_mock(return_value=True, side_effect=True)
print(d.called, d.child.method.called, type(d()).__name__)

n = Mock()
n.__int__ = Mock(return_value=3)
n.__len__ = lambda self: 7
print(int(n), len(n), n.mock_calls, n.method_calls)
ask(lambda: create_autospec(Mock()))
ask(lambda: Mock(spec=Mock()))
ask(lambda: create_autospec(area, auto_spec=True))
ask(lambda: patch("os.getcwd", autospect=True))
f = create_autospec(area)
f(1)
ask(lambda: f())
ask(lambda: f.assert_called_once_with(2))
auto = create_autospec(Repo)
ask(lambda: auto().find())
auto().find("k")
print(auto.mock_calls, inspect.iscoroutinefunction(Repo.load))

with patch("builtins.open", mock_open(read_data="one\ntwo\n")) as o:
    with open("f") as handle:
        print(next(handle), handle.read())
    print([line for line in open("f")], open("f").readlines(), o.mock_calls[0], o.call_count)
o = mock_open(read_data="data")
o.return_value.read.return_value = "other"
print(o().read(), o().readline())


class Own(MagicMock):
    def _get_child_mock(self, /, **kw):
        return Mock(**kw)


own = Own()
print(type(own.child).__name__, type(own()).__name__)


@patch.object(Repo, "make", autospec=True)
@patch.object(Repo, "build")
@patch.dict("os.environ", {"A": "1"})
def patched(build, make):
    import os
    make(3)
    print(type(build).__name__, make.call_args, os.environ["A"])
    ask(lambda: make())


patched()
ask(lambda: patch.object("Repo", "x"))
ask(lambda: patch("nothing"))
ask(lambda: patch.object(Repo, "nothing").start())
with patch.multiple(Repo, kind="other", find=DEFAULT) as given:
    print(Repo.kind, list(given), given["find"] is Repo.find)
print(call.a.b(1).c(x=2), call(1) == call(1), call.a == call.b, call.a(1).call_list(), call.__int__(), (1,) == call(1))
