"""Bytes in columns: what is stored, what is given to the driver, what comes back."""
import pickle
from sqlalchemy import BLOB, LargeBinary, PickleType, String, bindparam, cast, create_engine, event, func, insert, literal, select, text, type_coerce, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Scan(Base):
    __tablename__ = "scan"
    id: Mapped[int] = mapped_column(primary_key=True)
    image: Mapped[bytes]
    thumb: Mapped[bytes | None] = mapped_column(LargeBinary(20))
    meta: Mapped[dict] = mapped_column(MutableDict.as_mutable(PickleType()), default=dict)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)


@event.listens_for(engine, "before_cursor_execute")
def shown(conn, cursor, statement, parameters, context, executemany):
    rows = parameters if executemany else [parameters]
    print(" ", statement.split()[0], [[type(p).__name__ for p in row] for row in rows])


with Session(engine) as session:
    session.add_all([Scan(image=b"\x89PNG", thumb=b"", meta={"dpi": 300}), Scan(image=bytes(3))])
    session.commit()
    for scan in session.scalars(select(Scan).order_by(Scan.id)):
        print(scan.image, scan.thumb, scan.meta)
    first = session.get(Scan, 1)
    first.meta["author"] = "Ada"
    first.image = memoryview(b"view")
    session.commit()
    print(first.meta, first.image, type(first.image))
    first.image = bytearray(b"array")
    session.commit()
    print(first.image)
    print(session.scalars(select(Scan.id).where(Scan.image == b"array")).all(), session.scalars(select(Scan.id).where(Scan.image.in_([b"array", b"x"]))).all())
    print(session.execute(select(func.length(Scan.image), func.hex(Scan.image)).order_by(Scan.id)).all())
    print(session.execute(select(literal(b"ab"), cast(b"cd", LargeBinary), type_coerce(b"ef", LargeBinary))).all())
    print(session.execute(text("select :x"), {"x": b"raw"}).all(), session.execute(text("select :x").bindparams(bindparam("x", type_=LargeBinary)), {"x": b"typed"}).all())
    session.execute(insert(Scan), [{"image": b"1"}, {"image": b"2", "meta": {"k": [1]}}])
    session.execute(update(Scan).where(Scan.id == 3).values(image=Scan.image + b"!"))
    print(session.execute(select(Scan.image, Scan.meta).where(Scan.id > 2)).all())
    for wrong in ("text", 5, [1]):
        try:
            session.execute(insert(Scan), {"image": wrong})
        except StatementError as e:
            print(type(e).__name__, e.orig)
            session.rollback()
print(select(Scan).where(Scan.image == b"it's").compile(compile_kwargs={"literal_binds": True}))
