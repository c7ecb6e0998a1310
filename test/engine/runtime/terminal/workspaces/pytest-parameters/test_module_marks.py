import pytest

pytestmark = pytest.mark.parametrize("m", ["m1", "m2"])

@pytest.mark.parametrize("y", [2, 3])
def test_m(m, y):
    pass

@pytest.fixture(params=[7, 8])
def g(request):
    return request.param


def test_g(m, g):
    pass
