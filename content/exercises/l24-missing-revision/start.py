command.upgrade(config, "head")
