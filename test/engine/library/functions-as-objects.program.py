# A function or method of the library, met where its call was meant: what it is, how it is shown, what it refuses.
import types as pytypes
import json, dataclasses, math, contextlib, functools, inspect, types
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy import exc
class Base(DeclarativeBase): pass
class U(Base):
    __tablename__="u"
    id: Mapped[int]=mapped_column(primary_key=True)
    name: Mapped[str]
import re
def show(x): print(re.sub(r"0x[0-9a-f]+","0x",repr(x)), type(x).__name__)
e=create_engine("sqlite://")
s=Session(e)
for f in (select, create_engine, relationship, aliased, func.now, func, Session.execute, s.execute, s.query(U).all, select(U).where, U.metadata.create_all, e.connect, e.begin, Table.create, json.dumps, math.sqrt, dataclasses.field, contextlib.suppress, functools.partial, functools.reduce, functools.wraps, print, [].append, dict.get, U.name.like, Column.label, U.id.desc, event.listen, and_, desc, text, inspect, selectinload, mapped_column, Session, sessionmaker, sessionmaker(e).begin, U.__table__.c.keys, Base.metadata.tables.get, e.url.render_as_string, exc.IntegrityError, str.join, classmethod, staticmethod, U.__table__.insert, s.get, s.add, s.__enter__, s.__repr__, U.__repr__, U.__eq__):
    show(f)
for f in (select, Session.execute, s.execute, relationship, json.dumps, s.query(U).all):
    print(f.__name__, f.__qualname__, f.__module__, callable(f), isinstance(f, pytypes.FunctionType), isinstance(f, pytypes.MethodType), isinstance(f, pytypes.BuiltinFunctionType), hasattr(f,'__code__'), hasattr(f,'__defaults__'))
print(Session.__module__, s.__module__, s.__class__.__qualname__, s.execute.__self__ is s, s.execute.__func__ is Session.execute)
for bad in ("select[1]", "Session.execute()", "s.execute()", "s.execute(1,2,3,4,5,6,7,8,9)", "select(U).where.x", "e.connect.cursor()", "s.get(U)", "s.add()", "s.add(1,2,3,4)", "create_engine()", "s.query(U).filter_by(1)", "s.scalars(select(U)).all.x", "len(s.query)", "for_ in select", "select+1", "-select", "select < 1", "s.commit+1", "U.name()", "U().name()", "U(1)", "U(nme=1)", "e()", "s()", "e.connect.execute('x')", "Column.x", "Column().x", "ForeignKey()", "String.x", "String(1).y", "func.x.y.z", "select.where(U.id==1)", "s.execute.fetchall()", "sessionmaker.begin()", "Session.begin.x"):
    try: print(bad, re.sub(r"0x[0-9a-f]+","0x",repr(eval(bad)))[:200])
    except Exception as x: print(bad, type(x).__name__, re.sub(r"0x[0-9a-f]+","0x",str(x)))
