def saved():
    with engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT username FROM users")]
