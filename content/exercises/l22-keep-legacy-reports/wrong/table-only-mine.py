def include_name(name, type_, parent_names):
    return False


options = {"include_name": include_name}

with engine.connect() as conn:
    context = MigrationContext.configure(conn, opts=options)
    found = [told(diff) for diff in compare_metadata(context, metadata) if diff[0] != "add_table"]
print(found)
