first, second = Session(engine), Session(engine)
a = first.get(Product, 1)
b = second.get(Product, 1)

a.stock = Product.stock - 1
first.commit()

b.stock = Product.stock - 1
second.commit()
