from sqlalchemy import *
from sqlalchemy.orm import *
class Base(DeclarativeBase): pass
ut = Table("ut", Base.metadata, Column("u", ForeignKey("user_.id"), primary_key=True), Column("t", ForeignKey("tag.id"), primary_key=True))
class User(Base):
    __tablename__ = "user_"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    boss_id: Mapped[int | None] = mapped_column(ForeignKey("user_.id"))
    boss: Mapped["User | None"] = relationship(back_populates="staff", remote_side=[id])
    staff: Mapped[list["User"]] = relationship(back_populates="boss")
    addresses: Mapped[list["Address"]] = relationship(back_populates="user", order_by="Address.id.desc()")
    tags: Mapped[set["Tag"]] = relationship(secondary=ut, back_populates="users")
class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_.id"))
    user: Mapped[User] = relationship(back_populates="addresses")
class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    users: Mapped[list[User]] = relationship(secondary=ut, back_populates="tags")
class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    company: Mapped["Company"] = relationship(back_populates="people")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}
class Engineer(Person):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    lang: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "engineer"}
class Manager(Person):
    grade: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "manager"}
class Company(Base):
    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[list[Person]] = relationship(back_populates="company")
configure_mappers()
def p(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
ua = aliased(User); ub = aliased(User, name="boss")
u = User(id=5); t = Tag(id=9); a = Address(id=1)
for f in [
 lambda: select(User).where(User.addresses.any(Address.email == "x")),
 lambda: select(User).where(~User.addresses.any()),
 lambda: select(User).where(User.addresses.any(email="x", id=3)),
 lambda: select(User).where(User.boss.has(name="Ann")),
 lambda: select(User).where(User.boss == None),
 lambda: select(User).where(User.boss != None),
 lambda: select(User).where(User.boss == u),
 lambda: select(User).where(User.boss != u),
 lambda: select(User).where(User.staff.any(User.name == "x")),
 lambda: select(ua).where(ua.staff.any(User.name == "x")),
 lambda: select(ua).where(ua.boss == u),
 lambda: select(ua).where(ua.boss != u),
 lambda: select(User).where(User.staff.of_type(ub).any(ub.name == "x")),
 lambda: select(User).where(User.tags.contains(t)),
 lambda: select(User).where(~User.tags.contains(t)),
 lambda: select(ua).where(ua.tags.contains(t)),
 lambda: select(User).where(User.tags.any(Tag.name.in_(["a","b"]))),
 lambda: select(User).where(User.addresses.contains(a)),
 lambda: select(Address).where(Address.user == u),
 lambda: select(Address).where(Address.user != u),
 lambda: select(Address).where(Address.user.has(User.name == "y")),
 lambda: select(User).join(User.addresses.and_(Address.email != "q")),
 lambda: select(User).join(User.staff.of_type(ub)).where(ub.name == "z"),
 lambda: select(User).join(User.tags),
 lambda: select(ua).join(ua.addresses),
 lambda: select(Company).where(Company.people.any(Person.kind == "x")),
 lambda: select(Company).where(Company.people.of_type(Engineer).any(Engineer.lang == "py")),
 lambda: select(Company).where(Company.people.of_type(Manager).any(Manager.grade > 3)),
 lambda: select(Company).join(Company.people.of_type(Engineer)),
 lambda: select(Company).join(Company.people.of_type(Manager)),
 lambda: select(Engineer).where(Engineer.company.has(id=3)),
 lambda: select(Engineer).where(Engineer.company == Company(id=3)),
 lambda: select(User.id).where(User.addresses),
 lambda: select(User).where(with_parent(u, User.addresses)),
 lambda: select(Tag).where(with_parent(u, User.tags)),
 lambda: User.addresses.any(foo=1),
 lambda: User.addresses == [],
 lambda: User.boss.any(),
 lambda: User.staff.has(),
 lambda: User.boss.in_([u]),
 lambda: User.boss == 5,
 lambda: User.boss.contains(u),
 lambda: User.boss > 5,
 lambda: (User.addresses.property.strategy_key, User.addresses.property.lazy, User.addresses.property.direction, User.addresses.property.uselist, User.tags.property.collection_class, User.tags.property.secondary),
 lambda: (User.addresses.property.mapper, User.addresses.property.argument, User.addresses.property.order_by, User.addresses.property.back_populates, User.addresses.property.local_columns, User.addresses.property.cascade),
 lambda: [str(r) for r in inspect(User).relationships],
 lambda: inspect(User).relationships.addresses.mapper.class_,
 lambda: (User.addresses.key, User.addresses.prop is User.addresses.property, User.addresses.parent, str(User.addresses), User.addresses.property.key),
 lambda: User.addresses.property.cascade.delete_orphan,
 lambda: sorted(User.addresses.property.cascade),
 lambda: User.boss.property.remote_side,
 lambda: relationship("X", foo=3),
 lambda: relationship("X", cascade="all, nope"),
 lambda: backref("x", lazy="joined"),
 lambda: str(foreign(Address.user_id) == remote(User.id)),
]: p(f)
