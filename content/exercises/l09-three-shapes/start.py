with Session(engine) as session:
    objects = []
    rows = []
    names = []
