def register(email):
    with Session(engine) as session:
        user = User(email=email)
        session.add(user)
        session.commit()
        tasks.append(user)


def send_mail(user):
    print("mail to", user.email)


# what happens then: leave it as it is
register("bob@work.org")

with Session(engine) as session:
    session.execute(update(User).values(email="bob@home.net"))
    session.commit()

for task in tasks:
    send_mail(task)
