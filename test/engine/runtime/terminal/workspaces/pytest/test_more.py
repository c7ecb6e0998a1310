import logging
import sys
import warnings
from dataclasses import dataclass

import pytest

import shop


@dataclass
class Point:
    x: int
    y: int
    name: str = "p"


def add(a, b=0):
    return a + b


class Thing:
    size = 3

    def grow(self, by):
        return self.size + by

    def __repr__(self):
        return "<Thing>"


def test_dataclass():
    assert Point(1, 2) == Point(1, 3)


def test_nested_calls():
    thing = Thing()
    assert add(thing.grow(2), b=add(1)) == 7


def test_method():
    assert Thing().grow(1) > 10


def test_bool():
    a, b = 1, 0
    assert a and b


def test_or():
    a, b = [], 0
    assert a or b


def test_arithmetic():
    x = 3
    assert x + 1 == 5


def test_negative():
    x = 3
    assert -x > 0


def test_not_in_text():
    assert "ham" not in "spam, ham and eggs"


def test_isinstance():
    value = "text"
    assert isinstance(value, int)


def test_long_list():
    assert list(range(20)) == list(range(19)) + [30]


def test_lines():
    assert "a\nb\nc" == "a\nx\nc"


def test_long_text():
    a = "x" * 60 + "end"
    assert a == "x" * 60 + "and"


def test_any():
    names = ["a", "b"]
    assert any(n == "c" for n in names)


def test_all_list():
    names = ["a", "b"]
    assert [n for n in names if n == "c"]


def test_multi_line():
    assert (
        add(1, 2)
        == 4
    )


def test_message_two():
    count = 2
    assert count == 3, f"expected three, got {count}"


def test_module_function():
    assert shop.reserve({"tea": 2}, "tea") == 5


def test_subscript():
    d = {"a": 1}
    assert d["a"] == 2


def test_chained():
    try:
        {}["key"]
    except KeyError as e:
        raise ValueError("no such thing") from e


def test_during():
    try:
        int("x")
    except ValueError:
        raise RuntimeError("while handling")


def test_with():
    with open("nope.txt") as f:
        f.read()


def helper(x):
    __tracebackhide__ = True
    pytest.fail(f"helper says {x}")


def test_hidden():
    helper(3)


def middle(x):
    return lower(x)


def lower(x):
    assert x == 1, "must be one"


def test_helper_assert():
    middle(2)


def test_raises_match():
    with pytest.raises(ValueError, match="nothing like it"):
        raise ValueError("something else")


def test_log_and_streams():
    print("out")
    print("err", file=sys.stderr)
    logging.getLogger("shop").warning("low stock of %s", "tea")
    assert 0


def test_warns():
    warnings.warn("careful")


def test_warns_too():
    warnings.warn("old", DeprecationWarning)


@pytest.fixture
def half():
    print("setting up")
    yield 1
    print("tearing down")
    raise RuntimeError("teardown failed")


def test_teardown(half):
    pass


@pytest.mark.parametrize("n", [1, 2])
def test_param(n):
    assert n == 1


@pytest.mark.xfail(strict=True)
def test_strict():
    pass


@pytest.mark.xfail
def test_unexpectedly():
    pass


def test_approx_list():
    assert [1.0, 2.5] == pytest.approx([1.0, 2.0])


class TestGroup:
    @pytest.fixture(autouse=True)
    def each(self):
        self.value = 1

    def test_in_class(self):
        assert self.value == 2

    @pytest.mark.skipif(sys.version_info > (3, 0), reason="only for the old one")
    def test_old(self):
        pass
