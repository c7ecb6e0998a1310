# Arguments of the wrong kind, which messages name as str() shows them.
from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
class U(Base):
    __tablename__="u"
    id: Mapped[int]=mapped_column(primary_key=True)
for f in (lambda: event.listens_for("after_insert", U)(print), lambda: event.listen(U, 5, print), lambda: relationship(5), lambda: create_engine("sqlite://", isolation_level=[1]), lambda: create_engine("sqlite://", isolation_level={"x"}), lambda: select(U).with_for_update(of={1}), lambda: select(U).execution_options(5), lambda: aliased(5), lambda: joinedload(5), lambda: joinedload([1.5]), lambda: select(U).options(5), lambda: select(U).options([1]), lambda: U(**{"x y":1}), lambda: select(U).limit([1]), lambda: select(U).limit("x"), lambda: select(U).limit(1.5), lambda: text(":x").bindparams(y=[1]), lambda: func.x(object).compile(), lambda: literal(object), lambda: Enum(5), lambda: Enum([1]), lambda: ForeignKey(5), lambda: ForeignKey([1]), lambda: UniqueConstraint([1]), lambda: CheckConstraint(5), lambda: Numeric("x"), lambda: inspect([1.5]), lambda: inspect(5), lambda: inspect("x"), lambda: with_loader_criteria(5, 5), lambda: Session(autoflush=[1], nope=1), lambda: sessionmaker(5), lambda: scoped_session(5)()):
    try: print(f())
    except BaseException as x:
        import re
        print(type(x).__name__, re.sub("0x[0-9a-f]+","0x",str(x)))
