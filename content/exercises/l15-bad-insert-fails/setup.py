from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import IntegrityError

engine = create_engine("sqlite:///orders.db")
