def run(test):
    with Session(engine) as session:
        test(session)


for test in [test_add, test_empty]:
    try:
        run(test)
        print(test.__name__, "passed")
    except AssertionError:
        print(test.__name__, "failed")
