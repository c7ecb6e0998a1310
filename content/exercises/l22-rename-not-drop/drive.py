after_upgrade = after_downgrade = None
command.upgrade(config, "head")
after_upgrade = rows("SELECT id, full_name FROM member")
print("after the upgrade:", after_upgrade)
command.downgrade(config, "-1")
after_downgrade = rows("SELECT id, name FROM member")
print("after the downgrade:", after_downgrade)
