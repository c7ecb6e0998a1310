import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from shop import Basket


@pytest.fixture(scope="session")
def engine():
    engine = create_engine("sqlite://")
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    with Session(engine) as session:
        yield session


@pytest.fixture
def basket():
    """An empty basket."""
    return Basket()
