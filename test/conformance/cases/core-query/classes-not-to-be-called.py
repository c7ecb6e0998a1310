"""Classes that functions make instances of, called themselves."""
from sqlalchemy import *
from sqlalchemy.sql import selectable, elements
import re
def attempt(label, fn):
    try: print(label, "->", re.sub(r"\d{6,}", "N", re.sub("0x[0-9a-f]+", "0x", str(fn()))))
    except Exception as e: print(label, "-> !!", type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e)))
t = table("t", column("a", Integer), column("b"))
for n in ("Alias", "CTE", "Subquery", "Lateral", "TableSample", "TableValuedAlias", "AliasedReturnsRows", "FromClauseAlias"):
    attempt(n, lambda: getattr(selectable, n)(t, "x")); attempt(n, lambda: getattr(selectable, n)(select(t)));
