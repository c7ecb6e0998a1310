heads = names = None
heads = sorted(ScriptDirectory.from_config(config).get_heads())
print("heads:", heads)
command.upgrade(config, "head" if len(heads) == 1 or "0003" not in heads else "0003")
names = sorted(c["name"] for c in inspect(engine).get_columns("member"))
print("columns:", names)
