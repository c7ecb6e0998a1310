with Session(engine) as session:
    ann = session.scalars(select(User).where(User.name == "Ann")).one()
    print(ann)
