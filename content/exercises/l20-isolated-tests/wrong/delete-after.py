def run(test):
    with Session(engine) as session:
        test(session)
        session.execute(delete(Member))
        session.commit()


for test in [test_add, test_empty]:
    try:
        run(test)
        print(test.__name__, "passed")
    except AssertionError:
        print(test.__name__, "failed")
