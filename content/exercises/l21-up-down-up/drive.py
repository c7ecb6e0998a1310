schemas = []
command.upgrade(config, "head")
schemas.append(schema())
command.downgrade(config, "-1")
schemas.append(schema())
command.upgrade(config, "head")
schemas.append(schema())
print("up, down and up again: done")
