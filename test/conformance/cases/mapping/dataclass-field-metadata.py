"""Dataclasses whose fields carry columns and relationships in their metadata."""
from __future__ import annotations
from dataclasses import dataclass, field
from typing import List, Optional
from sqlalchemy import *
from sqlalchemy.orm import *
mapper_registry = registry()
@mapper_registry.mapped
@dataclass
class User:
    __tablename__ = "user"
    __sa_dataclass_metadata_key__ = "sa"
    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    name: str = field(default=None, metadata={"sa": Column(String(50))})
    fullname: str = field(default=None, metadata={"sa": Column(String(50))})
    plain: int = 5
    addresses: List[Address] = field(default_factory=list, metadata={"sa": relationship("Address")})
@mapper_registry.mapped
@dataclass
class Address:
    __tablename__ = "address"
    __sa_dataclass_metadata_key__ = "sa"
    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    user_id: int = field(init=False, metadata={"sa": Column(ForeignKey("user.id"))})
    email: str = field(default=None, metadata={"sa": Column(String(50))})
u = User("n", addresses=[Address("e")])
print(u, User.__table__.c.keys(), Address.__table__.c.keys(), User.__mapper__.attrs.keys(), User.plain)
@dataclass
class Mix:
    __tablename__ = "m"
    __sa_dataclass_metadata_key__ = "sa"
    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    addresses: List[Address] = field(default_factory=list, metadata={"sa": lambda: relationship("Address2")})
@dataclass
class AM:
    __tablename__ = "am"
    __sa_dataclass_metadata_key__ = "sa"
    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    uid: int = field(init=False, metadata={"sa": lambda: Column(ForeignKey("m.id"))})
@mapper_registry.mapped
class User2(Mix): pass
@mapper_registry.mapped
class Address2(AM): pass
print(User2.__table__.c.keys(), Address2.__table__.c.keys(), User2(addresses=[Address2()]))
configure_mappers()
e = create_engine("sqlite://"); mapper_registry.metadata.create_all(e)
with Session(e) as s:
    s.add(u); s.commit(); print(u.addresses[0].user_id, s.scalars(select(User)).all())
