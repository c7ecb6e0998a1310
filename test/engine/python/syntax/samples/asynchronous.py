# async def, for, with, comprehensions; await.
async def f(a, *, b):
    async for x in y: pass
    async for x, *z in y:
        await x
    else:
        pass
    async with a: pass
    async with a as b, c as d: pass
    async with (a as b, c): pass
    async with (a): pass
    [x async for x in y]
    {x: z async for x, z in y if await x}
    [x for y in z async for x in y]
    (x async for x in y)
    await (a)
    await a.b, await a(b), (await a).b
    x = await a
    return await a if await b else await c
    yield await a
    lambda: await_
    f"{await a}"
    del x
@a
async def g(): await h(async_=1)
