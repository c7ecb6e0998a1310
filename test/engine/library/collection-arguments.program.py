# Collections' methods refuse wrong arguments in their own words.
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.collections import InstrumentedList, InstrumentedSet, InstrumentedDict, attribute_keyed_dict
import re
class Base(DeclarativeBase): pass
class P(Base):
    __tablename__="p"; id: Mapped[int]=mapped_column(primary_key=True)
    l: Mapped[list["C"]]=relationship(); s: Mapped[set["C"]]=relationship(overlaps="l"); d: Mapped[dict[int,"C"]]=relationship(collection_class=attribute_keyed_dict("id"), overlaps="l,s")
class C(Base):
    __tablename__="c"; id: Mapped[int]=mapped_column(primary_key=True); pid: Mapped[int]=mapped_column(ForeignKey("p.id"))
p=P()
for o in ("p.l.append","p.l.remove","p.l.insert","p.l.extend","p.l.pop","p.l.clear","p.l.__setitem__","p.s.add","p.s.remove","p.s.discard","p.s.update","p.d.__setitem__","p.d.pop","p.d.update","p.d.setdefault","p.l.index"):
    for a in ((),(1,2,3,4)):
        try: print(o, eval(o)(*a))
        except Exception as e: print(o, a, type(e).__name__, re.sub("0x[0-9a-f]+","0x",str(e)))
