def run(test):
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
            test(session)
        outer.rollback()


for test in [test_add, test_empty]:
    try:
        run(test)
        print(test.__name__, "passed")
    except AssertionError:
        print(test.__name__, "failed")
