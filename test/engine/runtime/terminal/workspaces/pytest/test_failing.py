import pytest

from shop import Basket, reserve


def double(x):
    return x * 2


def test_number():
    assert double(2) == 5


def test_text():
    assert "spam and eggs" == "spam and ham"


def test_list():
    assert [1, 2, 3] == [1, 5, 3, 4]


def test_dict():
    assert {"a": 1, "b": 2, "c": 3} == {"a": 1, "b": 4, "d": 3}


def test_in():
    assert "x" in ["a", "b"]


def test_truth():
    basket = Basket()
    assert basket.items


def test_message():
    assert not double(1), "doubled is not nothing"


def test_deep():
    prices = {"tea": 1}
    basket = Basket()
    basket.add("milk")
    basket.total(prices)


def test_raises():
    with pytest.raises(ValueError):
        reserve({"tea": 1}, "tea")


def test_prints():
    print("about to fail")
    raise RuntimeError("gone wrong")


def test_missing(nothing):
    pass


@pytest.fixture
def broken():
    raise KeyError("setup")


def test_setup(broken):
    pass


def test_compare():
    a = 3
    assert 1 < a < 2


def test_none():
    value = None
    assert value is not None


def test_approx():
    assert 0.1 + 0.2 == pytest.approx(0.4)


def test_fail():
    pytest.fail("on purpose")


def test_length():
    items = [1, 2]
    assert len(items) == 3


def test_set():
    assert {1, 2} == {2, 3}
