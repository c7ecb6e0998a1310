command.upgrade(config, "head")
print(schema()["member"])
