def transfer(a, b, amount):
    with engine.begin() as conn:
        conn.execute(take, {"n": amount, "who": a})
    check(amount)
    with engine.begin() as conn:
        conn.execute(give, {"n": amount, "who": b})


transfer("Ann", "Bob", 30)
print("good:", balances())
try:
    transfer("Ann", "Bob", 10)
except RuntimeError as e:
    print("failed:", repr(e))
print("after the failure:", balances())
