old_code = new_code = None
command.upgrade(config, "head")
with engine.connect() as conn:
    try:
        new_code = [row[0] for row in conn.exec_driver_sql("SELECT full_name FROM member ORDER BY id")]
    except Exception as e:
        new_code = type(e).__name__
    try:
        conn.exec_driver_sql("INSERT INTO member (name) VALUES ('Cleo')")
        conn.exec_driver_sql("SELECT name FROM member").all()
        old_code = "works"
    except Exception as e:
        old_code = type(e).__name__
print("old code:", old_code)
print("new code:", new_code)
