after_upgrade = after_downgrade = None
command.upgrade(config, "head")
after_upgrade = rows("SELECT first, last FROM person ORDER BY id")
print("after the upgrade:", after_upgrade)
command.downgrade(config, "-1")
after_downgrade = rows("SELECT name FROM person ORDER BY id")
print("after the downgrade:", after_downgrade)
