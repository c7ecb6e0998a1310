head = ScriptDirectory.from_config(config).get_current_head()
current = head
print("database:", current, "scripts:", head)
