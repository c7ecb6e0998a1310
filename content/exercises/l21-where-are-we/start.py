with engine.connect() as conn:
    current = None
head = None
print("database:", current, "scripts:", head)
