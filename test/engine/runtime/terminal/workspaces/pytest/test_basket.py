import pytest

from shop import Basket, OutOfStock, reserve

PRICES = {"tea": 2.5, "cup": 6}


def test_add(basket):
    basket.add("tea")
    basket.add("tea", 2)
    assert basket.items == {"tea": 3}


def test_total(basket):
    basket.add("tea", 2)
    basket.add("cup")
    assert basket.total(PRICES) == pytest.approx(11)


@pytest.mark.parametrize("quantity", [0, -1])
def test_quantity(basket, quantity):
    with pytest.raises(ValueError, match="positive"):
        basket.add("tea", quantity)


@pytest.mark.parametrize(("name", "left"), [("tea", 1), pytest.param("cup", 0, id="last one")])
def test_reserve(name, left):
    assert reserve({"tea": 2, "cup": 1}, name) == left


def test_out_of_stock():
    with pytest.raises(OutOfStock) as info:
        reserve({"tea": 0}, "tea")
    assert info.value.args == ("tea",)


class TestTwoBaskets:
    def test_apart(self):
        a, b = Basket(), Basket()
        a.add("tea")
        assert b.items == {}

    def test_equal(self):
        assert Basket() == Basket()


def test_output(capsys):
    print("hello")
    assert capsys.readouterr().out == "hello\n"


def test_patched(monkeypatch, tmp_path):
    monkeypatch.setenv("SHOP", "x")
    import os
    assert os.environ["SHOP"] == "x"
    file = tmp_path / "a.txt"
    file.write_text("x")
    assert file.read_text() == "x"


@pytest.mark.skip(reason="not yet")
def test_later():
    assert False


@pytest.mark.xfail(reason="known")
def test_known():
    assert 1 == 2
