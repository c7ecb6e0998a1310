from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm.collections import attribute_keyed_dict
from sqlalchemy.ext.associationproxy import association_proxy, AssociationProxy
class Base(DeclarativeBase): pass
ut = Table("user_kw", Base.metadata, Column("u", ForeignKey("user_.id"), primary_key=True), Column("k", ForeignKey("kw.id"), primary_key=True))
class User(Base):
    __tablename__ = "user_"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String)
    kw: Mapped[list["Kw"]] = relationship(secondary=ut, order_by="Kw.id")
    keywords = association_proxy("kw", "keyword")
    kset: Mapped[set["Item"]] = relationship(cascade="all, delete-orphan")
    items = association_proxy("kset", "name", creator=lambda n: Item(name=n))
    props: Mapped[dict[str, "Prop"]] = relationship(collection_class=attribute_keyed_dict("key"), cascade="all, delete-orphan")
    values = association_proxy("props", "value", creator=lambda k, v: Prop(key=k, value=v))
    address: Mapped["Address"] = relationship(back_populates="user", uselist=False)
    email = association_proxy("address", "email", creator=lambda e: Address(email=e))
    city_name = association_proxy("address", "cname")
    orders: Mapped[list["UserOrder"]] = relationship(back_populates="user")
    order_objs = association_proxy("orders", "order", creator=lambda o: UserOrder(order=o))
class Kw(Base):
    __tablename__ = "kw"
    id: Mapped[int] = mapped_column(primary_key=True)
    keyword: Mapped[str]
    def __init__(self, keyword): self.keyword = keyword
class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_.id"))
class Prop(Base):
    __tablename__ = "prop"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    value: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_.id"))
class City(Base):
    __tablename__ = "city"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_.id"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    user: Mapped[User] = relationship(back_populates="address")
    city: Mapped[City | None] = relationship()
    cname = association_proxy("city", "name")
class UserOrder(Base):
    __tablename__ = "user_order"
    user_id: Mapped[int] = mapped_column(ForeignKey("user_.id"), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order_.id"), primary_key=True)
    user: Mapped[User] = relationship(back_populates="orders")
    order: Mapped["Order"] = relationship()
class Order(Base):
    __tablename__ = "order_"
    id: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int]
    lines: Mapped[list["Line"]] = relationship()
class Line(Base):
    __tablename__ = "line"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order_.id"))
def p(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
u = User(name="jek")
u.keywords.append("a"); u.keywords.extend(["b", "c"]); u.keywords += ["d"]
p(lambda: (u.keywords, len(u.keywords), u.keywords[0], u.keywords[-1], u.keywords[1:3], "b" in u.keywords, list(u.keywords), u.keywords == ["a","b","c","d"], u.keywords != []))
p(lambda: (u.keywords.index("c"), u.keywords.count("a"), u.keywords + ["z"], ["y"] + u.keywords, u.keywords * 2, u.keywords < ["b"], bool(u.keywords), u.keywords.copy()))
u.keywords.insert(1, "x"); u.keywords[0] = "A"; p(lambda: u.keywords); p(lambda: u.keywords.pop()); u.keywords.remove("x"); del u.keywords[0]; p(lambda: u.keywords)
u.keywords[0:1] = ["m", "n"]; p(lambda: u.keywords); p(lambda: u.keywords.remove("nope")); p(lambda: u.keywords.sort()); p(lambda: hash(u.keywords)); p(lambda: [k.keyword for k in u.kw])
u.keywords = ["q", "r"]; p(lambda: u.keywords); u.keywords.clear(); p(lambda: u.keywords); u.keywords = ["f"]
def bad(): u.keywords[0:4:2] = ["1","2","3"]
p(bad)
u.items.add("i1"); u.items.update(["i2", "i3"]); u.items |= {"i4"}
p(lambda: (sorted(u.items), len(u.items), "i2" in u.items, u.items == {"i1","i2","i3","i4"}, sorted(u.items | {"z"}), sorted(u.items & {"i1"}), sorted(u.items - {"i1"}), sorted(u.items ^ {"i1", "w"}), u.items >= {"i1"}, u.items.issubset({"i1"})))
u.items.discard("nope"); u.items.remove("i1"); p(lambda: sorted(u.items)); p(lambda: u.items.remove("i1")); u.items -= {"i2"}; p(lambda: sorted(u.items)); u.items = {"i3", "n"}; p(lambda: sorted(u.items)); u.items.intersection_update({"n"}); p(lambda: u.items)
def bad2(): u.items |= ["a"]
p(bad2)
u.values["a"] = "1"; u.values.update({"b": "2"}, c="3"); u.values["a"] = "9"
p(lambda: (u.values, len(u.values), u.values["a"], "b" in u.values, list(u.values), list(u.values.items()), list(u.values.values()), u.values.keys(), u.values.get("zz"), u.values.get("zz", 4), u.values == {"a":"9","b":"2","c":"3"}, u.values.items()))
p(lambda: u.values["zz"]); p(lambda: u.values.pop("a")); p(lambda: u.values.setdefault("d", "4")); del u.values["b"]; p(lambda: u.values); p(lambda: u.values.pop("zz", None)); u.values = {"x": "y", "c": "33"}; p(lambda: (u.values, type(u.props["x"]).__name__, u.props["x"].key)); p(lambda: u.values.popitem()); p(lambda: u.values.copy())
p(lambda: u.email); u.email = "e@x"; p(lambda: (u.email, u.address.email)); u.email = "f@x"; p(lambda: u.address.email); u.email = None; p(lambda: u.address); 
p(lambda: User(name="q", keywords=["1", "2"]).keywords)
o = Order(no=3); u.order_objs.append(o); p(lambda: (u.order_objs[0] is o, u.orders[0].order is o))
p(lambda: u.city_name); u.address.city = City(name="Rome"); p(lambda: u.city_name)
def delx():
    del u.email; return u.address
for f in [
 lambda: select(User).where(User.keywords == "a"),
 lambda: select(User).where(User.keywords.contains("a")),
 lambda: select(User).where(User.keywords.any(Kw.keyword == "a")),
 lambda: select(User).where(User.keywords.in_(["a", "b"])),
 lambda: select(User).where(User.keywords.like("a%")),
 lambda: select(User).where(~User.keywords.any()),
 lambda: select(User).where(User.keywords != "a"),
 lambda: select(User).where(User.email == "x"),
 lambda: select(User).where(User.email == None),
 lambda: select(User).where(User.email != None),
 lambda: select(User).where(User.email.has()),
 lambda: select(User).where(User.email.any()),
 lambda: select(User).where(User.email.has(Address.email == "z")),
 lambda: select(User).where(User.email > "x"),
 lambda: select(User).where(User.values == "1"),
 lambda: select(User).where(User.order_objs.contains(o)),
 lambda: select(User).where(User.order_objs.any(Order.no == 3)),
 lambda: select(User).where(User.order_objs.any(no=3)),
 lambda: select(User).where(User.order_objs == o),
 lambda: select(User).where(User.city_name == "Rome"),
 lambda: select(User).where(User.city_name.has()),
 lambda: select(User).where(User.keywords.any(keyword="x")),
 lambda: select(User.keywords),
 lambda: User.keywords,
 lambda: (User.keywords.attr, User.keywords.local_attr, User.keywords.remote_attr, User.keywords.scalar, User.email.scalar, User.keywords.target_class, User.keywords.collection_class, User.keywords.value_attr),
 lambda: type(User.order_objs), lambda: inspect(User).all_orm_descriptors["keywords"], lambda: inspect(User).all_orm_descriptors["keywords"].extension_type,
 lambda: select(User).join(User.keywords.attr[0]).where(User.keywords.remote_attr == "x"),
 lambda: select(User).filter_by(email="x"),
 lambda: association_proxy("a", "b", cascade_scalar_deletes=True, create_on_none_assignment=True),
 lambda: association_proxy("a", "b"),
]: p(f)
e = create_engine("sqlite://"); Base.metadata.create_all(e)
with Session(e) as s:
    s.add(u); s.commit()
    print(u.keywords, sorted(u.items), dict(u.values), u.city_name)
    print(s.scalars(select(User.name).where(User.keywords == "f")).all(), s.scalars(select(User.name).where(User.city_name == "Rome")).all())
    u.keywords.append("g"); s.commit(); print(u.keywords, s.scalar(select(func.count()).select_from(Kw)))
    p(delx)
class Bad(Base):
    __tablename__ = "bad"
    id: Mapped[int] = mapped_column(primary_key=True)
    nope = association_proxy("id", "x")
    zz = association_proxy("missing", "x")
p(lambda: Bad.nope); p(lambda: Bad.zz)
import collections.abc as abc
from sqlalchemy.ext.associationproxy import _AssociationDict, _AssociationList, _AssociationSet
print([issubclass(c, b) for c in (_AssociationList, _AssociationDict, _AssociationSet) for b in (abc.MutableSequence, abc.MutableMapping, abc.MutableSet, abc.Sequence, list)])
