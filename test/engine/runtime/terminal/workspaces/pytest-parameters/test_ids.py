import pytest

@pytest.mark.parametrize("x", [1, 1, "a", "a", "a0", None, None])
def test_x(x):
    pass

@pytest.mark.parametrize("x, y", [(1, "b"), (1, "b"), (2, "c")], ids=["same", "same", "other"])
@pytest.mark.parametrize("z", ["", ""])
def test_two(x, y, z):
    pass

@pytest.fixture(params=["p", "p", pytest.param(3, id="p")])
def f(request):
    return request.param

def test_f(f):
    pass


@pytest.mark.parametrize("c", ["C", "D"])
class TestIt:
    @pytest.mark.parametrize("x", [0, 1])
    @pytest.mark.parametrize("y", [2, 3])
    def test_m(self, c, x, y, f):
        pass
