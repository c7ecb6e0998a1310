from sqlalchemy import create_engine, Column, Integer, String
from sqlalchemy.orm import sessionmaker
from sqlalchemy.ext.declarative import declarative_base

# Define the database connection
engine = create_engine('sqlite:///mydatabase.db')

# Define the base class for models
Base = declarative_base()

# Define a model (Python class) that maps to a database table
class User(Base):
    __tablename__ = 'users'

    id = Column(Integer, primary_key=True)
    username = Column(String(50), unique=True)
    email = Column(String(100))

# Create the database tables based on the defined models
Base.metadata.create_all(engine)

# Create a session to work with the database
Session = sessionmaker(bind=engine)
session = Session()

# Create a new user and add it to the session
new_user = User(username='john_doe', email='john@example.com')
session.add(new_user)

# Commit the changes to the database
session.commit()

# Query the database to retrieve user data
user = session.query(User).filter_by(username='john_doe').first()
print(f"User ID: {user.id}, Username: {user.username}, Email: {user.email}")

# Close the session
session.close()
