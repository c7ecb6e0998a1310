def column():
    return next(c for c in inspect(engine).get_columns("member") if c["name"] == "country")


def countries():
    with engine.connect() as conn:
        return [row[0] for row in conn.exec_driver_sql("SELECT country FROM member")]


def nullable():
    return column()["nullable"]


def default():
    return column()["default"]
