from dataclasses import dataclass, field


class OutOfStock(Exception):
    pass


@dataclass
class Basket:
    items: dict = field(default_factory=dict)

    def add(self, name, quantity=1):
        if quantity < 1:
            raise ValueError(f"quantity must be positive, not {quantity}")
        self.items[name] = self.items.get(name, 0) + quantity

    def total(self, prices):
        total = 0
        for name, n in self.items.items():
            total += prices[name] * n
        return total


def reserve(stock, name):
    if stock[name] == 0:
        raise OutOfStock(name)
    stock[name] -= 1
    return stock[name]
