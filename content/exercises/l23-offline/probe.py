def online():
    command.upgrade(config, "head")
    with engine.connect() as conn:
        return [row[0] for row in conn.exec_driver_sql("SELECT code FROM country ORDER BY code")]
