command.upgrade(config, "head")
print(inspect(engine).get_unique_constraints("member"))
