from sqlalchemy import create_engine, Column, Integer, String
from sqlalchemy.orm import sessionmaker
from sqlalchemy.ext.declarative import declarative_base

engine = create_engine("mysql:///mydatabase.db")
Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    username = Column(String(50), unique=True)
    email = Column(String(100))


Base.metadata.create_all(engine)
session = sessionmaker(bind=engine)()

session.add(User(username="john_doe", email="john@example.com"))
session.commit()

user = session.query(User).filter_by(username="john_doe").first()
print(f"User ID: {user.id}, Username: {user.username}")
session.close()
