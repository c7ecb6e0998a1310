from sqlalchemy import text


def test_select(session):
    assert session.scalar(text("SELECT 1 + 1")) == 2


def test_same_engine(session, engine):
    assert session.get_bind() is engine
