from contextlib import contextmanager

from sqlalchemy import create_engine, select
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Event:
    """sqlalchemy.event, with a list of who listens."""

    listening = []

    def listen(self, target, name, fn, **options):
        self.listening.append(fn)
        sqlalchemy_event.listen(target, name, fn, **options)

    def remove(self, target, name, fn):
        self.listening.remove(fn)
        sqlalchemy_event.remove(target, name, fn)


event = Event()
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
results = {}


def attempt(what, allowed, work):
    try:
        with at_most(allowed), Session(engine) as session:
            work(session)
        results[what] = "passed"
    except AssertionError:
        results[what] = "failed"
    except Exception as error:
        results[what] = type(error).__name__
