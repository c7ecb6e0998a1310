first, second = Session(engine), Session(engine)
a = first.get(Product, 1)
b = second.get(Product, 1)

a.stock = a.stock - 1
first.commit()

b.stock = b.stock - 1
second.commit()
