@contextmanager
def at_most(number):
    yield


# the tries: leave them as they are
def read(times):
    def work(session):
        for _ in range(times):
            session.scalars(select(Member)).all()

    return work


def write(session):
    session.add(Member(name="Ann"))
    session.flush()


def broken(session):
    raise ValueError("nothing to do with statements")


attempt("two of two", 2, read(2))
attempt("three of two", 2, read(3))
attempt("an insert, none of none", 0, write)
attempt("an error inside", 2, broken)
for what, result in results.items():
    print(f"{what}: {result}")
