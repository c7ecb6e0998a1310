command.stamp(config, "0001", purge=True)
command.upgrade(config, "head")
