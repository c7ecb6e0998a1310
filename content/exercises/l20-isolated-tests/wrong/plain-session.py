def run(test):
    session = Session(engine, expire_on_commit=False)
    test(session)
    session.close()


for test in [test_add, test_empty]:
    try:
        run(test)
        print(test.__name__, "passed")
    except AssertionError:
        print(test.__name__, "failed")
