# Folders without __init__.py are packages all the same.
import os
os.makedirs("shop/models", exist_ok=True)
os.makedirs("empty", exist_ok=True)
open("shop/db.py", "w").write("x = 1\n")
open("shop/models/a.py", "w").write("from ..db import x\ny = x + 1\n")
import shop
print(hasattr(shop, "__file__"), list(shop.__path__) == [os.path.join(os.getcwd(), "shop")] or list(shop.__path__), shop.__name__, shop.__package__)
from shop.models.a import y
print(y, shop.models.a.y)
import empty
print(empty.__name__, [n for n in dir(empty) if n not in ("__file__",)])
for n in ("nothing", "shop.nothing"):
    try: __import__(n)
    except ImportError as e: print(type(e).__name__, e)
try:
    from shop import other
except ImportError as e: print(type(e).__name__, str(e)[:60])
print(shop.__spec__.origin, shop.__spec__.name, shop.__doc__)
import importlib.util
print(importlib.util.find_spec("shop.models") is not None, importlib.util.find_spec("empty").origin)
