command.upgrade(config, "head")
with engine.connect() as conn:
    current = MigrationContext.configure(conn).get_current_revision()
head = ScriptDirectory.from_config(config).get_current_head()
print("database:", current, "scripts:", head)
