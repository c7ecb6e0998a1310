script = io.StringIO()
config.output_buffer = script
command.upgrade(config, "0001:0002", sql=True)
print(script.getvalue())
