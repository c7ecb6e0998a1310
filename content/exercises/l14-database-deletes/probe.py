def left():
    with engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT amount FROM orders")]
