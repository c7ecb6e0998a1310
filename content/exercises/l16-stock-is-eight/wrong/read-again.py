first, second = Session(engine), Session(engine)
a = first.get(Product, 1)
b = second.get(Product, 1)

first.refresh(a)
a.stock = a.stock - 1
first.commit()

second.refresh(b)
b.stock = b.stock - 1
second.commit()
