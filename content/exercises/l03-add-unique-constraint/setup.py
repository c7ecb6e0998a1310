from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, inspect
from sqlalchemy import UniqueConstraint
from sqlalchemy.exc import IntegrityError

engine = create_engine("sqlite://")
metadata = MetaData()
