# Pools lend connections of a class of the program's own, and ask its dialect to end their transactions.
from sqlalchemy import pool, event
import sqlite3
log = []
class Wrapped:
    "a connection of a class of one's own, as drivers' wrappers are"
    made = 0
    def __init__(self): Wrapped.made += 1; self.n = Wrapped.made; self.real = sqlite3.connect(":memory:")
    def cursor(self): log.append(f"cursor {self.n}"); return self.real.cursor()
    def commit(self): log.append(f"commit {self.n}"); self.real.commit()
    def rollback(self): log.append(f"rollback {self.n}"); self.real.rollback()
    def close(self): log.append(f"close {self.n}"); self.real.close()
    def __repr__(self): return f"Wrapped {self.n}"
print("== a queue")
p = pool.QueuePool(Wrapped, pool_size=2, max_overflow=1)
for name in "connect checkout checkin close invalidate reset".split():
    event.listen(p, name, lambda *a, name=name: log.append(name))
c = p.connect()
print(c.dbapi_connection, c.driver_connection, c.is_valid, type(c).__name__)
cur = c.cursor(); cur.execute("select 1 + 1"); print(cur.fetchone()); c.commit(); c.rollback()
c.close(); print(log); log.clear()
c = p.connect(); print(c.dbapi_connection.n, p.status()); c.invalidate(); print(log, p.status()); log.clear()
a, b, d = p.connect(), p.connect(), p.connect()
print([x.dbapi_connection for x in (a, b, d)])
for x in (a, b, d): x.close()
print(log); log.clear()
p.dispose(); print(log, p.status()); log.clear()
print("== other pools")
p = pool.StaticPool(Wrapped); print(p.connect().dbapi_connection is p.connect().dbapi_connection)
p = pool.NullPool(Wrapped, reset_on_return="commit"); log.clear(); c = p.connect(); c.close(); print(log)
p = pool.NullPool(Wrapped, reset_on_return=None); log.clear(); c = p.connect(); d = c.dbapi_connection; c.detach(); print(c.is_detached); c.close(); print(log)
print("== errors")
class Bad(Wrapped):
    def rollback(self): raise ValueError("no rollback")
import logging
logging.disable(logging.CRITICAL)
p = pool.QueuePool(Bad); c = p.connect(); log.clear(); c.close(); print(log, p.status())
class NoClose:
    pass
p = pool.NullPool(NoClose)
try: p.connect().cursor()
except AttributeError as e: print(e)
print("== dialects")
from sqlalchemy import create_engine
p = pool.QueuePool(Wrapped, pre_ping=True, dialect=create_engine("sqlite://").dialect)
log.clear(); p.connect().close(); p.connect().close(); print(log)
class Own:
    skip_autocommit_rollback = False
    is_async = False
    def do_rollback(self, c): log.append(f"own rollback {c.n}")
    def do_close(self, c): log.append(f"own close {c.n}")
    def do_terminate(self, c): log.append(f"own terminate {c.n}")
    def do_commit(self, c): log.append("own commit")
    has_terminate = False
p = pool.NullPool(Wrapped, dialect=Own()); log.clear(); p.connect().close(); print(log)
p = pool.NullPool(Wrapped); states = []
event.listen(p, "reset", lambda c, record, state: states.append(state))
p.connect().close(); p.connect().close()
print(states[0] == states[1], states[0] is states[1], states[0] == 1, states[0])
