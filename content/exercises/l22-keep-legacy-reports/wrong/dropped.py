with engine.begin() as conn:
    conn.exec_driver_sql("DROP TABLE legacy_reports")

with engine.connect() as conn:
    context = MigrationContext.configure(conn)
    found = [told(diff) for diff in compare_metadata(context, metadata)]
print(found)
