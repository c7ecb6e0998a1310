command.stamp(config, "head", purge=True)
