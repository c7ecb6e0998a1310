"""A session through which many objects go, most of which the program lets go of at once."""
import weakref

from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Sensor(Base):
    __tablename__ = "sensor"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    readings: Mapped[list["Reading"]] = relationship(back_populates="sensor")


class Reading(Base):
    __tablename__ = "reading"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
    sensor_id: Mapped[int] = mapped_column(ForeignKey("sensor.id"))
    sensor: Mapped[Sensor] = relationship(back_populates="readings")


print("__weakref__" in DeclarativeBase.__dict__, "__weakref__" in Base.__dict__)
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)


def known(session):
    return sorted(f"{cls.__name__}{key}" for cls, key, _ in session.identity_map.keys())


expired = []
event.listen(Sensor, "expire", lambda target, names: expired.append(names))

with Session(engine) as session:
    first = Sensor(name="roof")
    session.add_all([first, Sensor(name="cellar")])
    session.commit()
    print(known(session), expired)
    for i in range(130):
        session.add(Reading(value=i, sensor_id=1))
        session.commit()
        if i % 60 == 0:
            print(i, known(session), len(expired))
    kept = session.scalars(select(Reading).where(Reading.value > 120)).all()
    watched = weakref.ref(kept[0])
    print(len(session.identity_map), watched() is kept[0])
    session.commit()
    key = kept[0].id
    del kept
    print(watched(), known(session))
    again = session.get(Reading, key)
    print(again.value, again in session)
    session.expire_all()
    del again
    print(known(session), first.name)

made = []
for i in range(70):
    with Session(engine) as session:
        reading = Reading(value=1000 + i, sensor_id=2)
        session.add(reading)
        session.commit()
        made.append(weakref.ref(reading))
print(sum(r() is not None for r in made), reading in session, len(session.identity_map))
del reading
print(sum(r() is not None for r in made))
