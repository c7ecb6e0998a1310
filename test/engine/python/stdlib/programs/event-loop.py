"""asyncio: tasks, groups, time limits, cancelling, locks and queues, in the order in which CPython runs them."""
import asyncio, contextvars, time
cv = contextvars.ContextVar("cv", default=0)
async def w(n, d):
    print("start", n); await asyncio.sleep(d); print("end", n); return n*2
async def boom(d=0.01):
    await asyncio.sleep(d); raise ValueError("boom")
async def main():
    print(await asyncio.gather(w(1,.03), w(2,.01), w(3,0)))
    t = asyncio.create_task(w(4,.01), name="four"); print(t.get_name(), t.done()); print(await t, t.done(), t.result())
    try: await asyncio.wait_for(w(5,10), .01)
    except asyncio.TimeoutError as e: print("timeout", repr(e), type(e))
    r = await asyncio.gather(boom(), w(6,0), return_exceptions=True); print(r)
    try: await asyncio.gather(boom(), w(7,.02))
    except ValueError as e: print(e)
    await asyncio.sleep(.05)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(boom()); tg.create_task(w(8,1)); b=tg.create_task(boom())
    except* ValueError as eg: print("eg", eg, eg.exceptions)
    async with asyncio.TaskGroup() as tg: a=tg.create_task(w(9,.01)); b=tg.create_task(w(10,0))
    print(a.result(), b.result())
    try:
        async with asyncio.timeout(.01) as cm: await asyncio.sleep(5)
    except TimeoutError: print("to", cm.expired())
    q = asyncio.Queue(2)
    async def prod():
        for i in range(5): await q.put(i); print("put", i)
        await q.put(None)
    async def cons():
        while (x := await q.get()) is not None: print("got", x); q.task_done()
    await asyncio.gather(prod(), cons())
    lock = asyncio.Lock()
    async def crit(n):
        async with lock: print("in", n); await asyncio.sleep(0); print("out", n)
    await asyncio.gather(*(crit(i) for i in range(3)))
    sem = asyncio.Semaphore(2)
    async def s(n):
        async with sem: print("sem", n); await asyncio.sleep(.01); print("sem-", n)
    await asyncio.gather(*(s(i) for i in range(4)))
    ev = asyncio.Event()
    async def waiter(n): await ev.wait(); print("ev", n)
    ts = [asyncio.create_task(waiter(i)) for i in range(2)]; await asyncio.sleep(0); ev.set(); await asyncio.gather(*ts)
    cond = asyncio.Condition()
    async def cw(n):
        async with cond: await cond.wait(); print("cond", n)
    ts=[asyncio.create_task(cw(i)) for i in range(3)]; await asyncio.sleep(0)
    async with cond: cond.notify(1)
    await asyncio.sleep(0.01)
    async with cond: cond.notify_all()
    await asyncio.gather(*ts)
    for c in asyncio.as_completed([w(12,.01)]): print("ac", await c)
    d, p = await asyncio.wait([asyncio.create_task(w(13,.01)), asyncio.create_task(w(14,.5))], return_when=asyncio.FIRST_COMPLETED); print(len(d), len(p)); [x.cancel() for x in p]
    async def canc():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError as e: print("cancelled", e.args); raise
        finally: print("fin")
    t=asyncio.create_task(canc()); await asyncio.sleep(0); print(t.cancel("why"))
    try: await t
    except asyncio.CancelledError as e: print("outer", e.args, t.cancelled())
    print(await asyncio.to_thread(lambda: 42), asyncio.iscoroutinefunction(w), asyncio.current_task().get_name(), len(asyncio.all_tasks()))
    cv.set(5)
    async def seecv(): print("cv", cv.get()); cv.set(9)
    await asyncio.create_task(seecv()); print(cv.get())
    inner=asyncio.create_task(w(15,.01)); sh=asyncio.shield(inner)
    sh.cancel()
    try: await sh
    except asyncio.CancelledError: print("sh")
    print(await inner)
    f=asyncio.get_running_loop().create_future(); print(f); asyncio.get_running_loop().call_later(.01, f.set_result, 3); print(await f, f)
    try: f.set_result(1)
    except asyncio.InvalidStateError as e: print(e)
    async def ag():
        for i in range(3): yield i; await asyncio.sleep(0)
    print([x async for x in ag()], [x async for x in ag() if x])
    bar=asyncio.Barrier(2)
    async def bb(n): print(n, await bar.wait())
    await asyncio.gather(bb("a"),bb("b"))
    t0=time.perf_counter(); await asyncio.gather(*(asyncio.to_thread(time.sleep,.2) for _ in range(3))); print(round(time.perf_counter()-t0,1))
    bg=asyncio.create_task(canc()); await asyncio.sleep(0)
    return "ret"
print(asyncio.run(main()))
try: asyncio.run(3)
except ValueError as e: print(e)
async def nested():
    c=w(1,0)
    try: asyncio.run(c)
    finally: c.close()
try: asyncio.run(nested())
except RuntimeError as e: print(e)
loop=asyncio.new_event_loop(); print(loop.run_until_complete(w(20,0))); loop.close()
try: asyncio.get_running_loop()
except RuntimeError as e: print(e)
print(asyncio.CancelledError, asyncio.QueueEmpty, asyncio.TimeoutError)
def order():
    async def t(n):
        for i in range(3): print(n,i); await asyncio.sleep(0)
    async def m():
        a=asyncio.create_task(t("a")); print("m"); await t("b"); await a
    asyncio.run(m())
order()
with asyncio.Runner() as r: print(r.run(w(1,0)), r.get_loop().is_running())
# What CPython's own tasks do is no Python code: their frames are in no traceback.
import traceback
async def fails():
    await asyncio.sleep(0); 1 / 0
async def awaits():
    t = asyncio.create_task(fails())
    try: t.result()
    except asyncio.InvalidStateError as e: print(e)
    try: await t
    except ZeroDivisionError as e: print([f.name for f in traceback.extract_tb(e.__traceback__)])
asyncio.run(awaits())
