command.stamp(config, "0001")
command.upgrade(config, "head")
