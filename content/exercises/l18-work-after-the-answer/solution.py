def register(email):
    with Session(engine) as session:
        user = User(email=email)
        session.add(user)
        session.commit()
        tasks.append(user.id)


def send_mail(user_id):
    with Session(engine) as session:
        print("mail to", session.get(User, user_id).email)


# what happens then: leave it as it is
register("bob@work.org")

with Session(engine) as session:
    session.execute(update(User).values(email="bob@home.net"))
    session.commit()

for task in tasks:
    send_mail(task)
