options = {}

with engine.connect() as conn:
    context = MigrationContext.configure(conn, opts=options)
    found = [told(diff) for diff in compare_metadata(context, metadata)]
print(found)
