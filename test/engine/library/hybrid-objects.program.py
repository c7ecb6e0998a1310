# Hybrids that give objects of the program's own, which stand for expressions and compare in their own way.
from decimal import Decimal

from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.ext import hybrid
rates = {("usd", "usd"): 1, ("cad", "usd"): Decimal("0.988611"), ("usd", "cad"): Decimal("1.01152")}
class Amount:
    def __init__(self, amount, currency): self.currency = currency; self.amount = amount
    def __gt__(self, other): return self.amount > other.as_currency(self.currency).amount
    def __eq__(self, other): return self.amount == other.as_currency(self.currency).amount
    def as_currency(self, c): return Amount(rates[(self.currency, c)] * self.amount, c)
    def __clause_element__(self):
        if isinstance(self.amount, (float, int, Decimal)): return literal(self.amount)
        return self.amount
Base = declarative_base()
class BankAccount(Base):
    __tablename__ = "bank_account"
    id = Column(Integer, primary_key=True)
    _balance = Column("balance", Numeric)
    @hybrid.hybrid_property
    def balance(self):
        "Return an Amount view of the current balance."
        return Amount(self._balance, "usd")
    @hybrid.hybrid_method
    def value(self, x):
        "This is an instance-level docstring"
        return 1
    @value.expression
    def value(cls, value):
        "This is a class-level docstring"
        return func.foo(cls._balance, value)
    @hybrid.hybrid_method
    def other(self, x):
        "instance"
        return 1
print("== statements and docstrings")
s = Session()
for make in (lambda: s.query(BankAccount).filter(BankAccount.balance == Amount(10000, "cad")),
    lambda: select(BankAccount).where(BankAccount.balance == Amount(10000, "cad")),
    lambda: select(BankAccount).where(BankAccount.balance.as_currency("cad") > Amount(9999, "cad")),
    lambda: select(BankAccount.balance)):
    try: print(make())
    except Exception as e: print(type(e).__name__, e)
b = BankAccount()
for f in (lambda: BankAccount.value.__doc__, lambda: b.value.__doc__, lambda: BankAccount.other.__doc__, lambda: b.other.__doc__, lambda: BankAccount.balance.__doc__):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
