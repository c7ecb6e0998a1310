command.upgrade(config, "head")
with engine.connect() as conn:
    print("orders:", conn.exec_driver_sql("SELECT count(*) FROM orders").scalar())
