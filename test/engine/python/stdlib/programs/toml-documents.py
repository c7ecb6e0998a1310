import tomllib
docs=['a=1\nb="x\\u00e9\\n"\n[t.u]\nc=[1,2,\n 3,] # x\nd={x=1,y.z="q"}\n[[h]]\nn="1"\n[[h]]\nn=\'2\\\'\n','x="""\nab\\\n   c"""\ny=\'\'\'q\'\'\'\nz=1.5e3\nd=2020-01-02T03:04:05Z\ne=0x1F\nf=-inf\ng=1_000','a=1\na=2','[t]\n[t]','a','a=','a="x','[a','x=[1','q={a=1,}', 'a.b=1\n[a]\nc=2','a=[1]\n[[a]]\n', 'k = tru', 'a=1 b=2','"a b".c=1\n"".d=2', 't=07:32:00', 's=""""quoted""""', 'ld=1979-05-27']
for d in docs:
    try: print(tomllib.loads(d))
    except Exception as e: print(type(e).__name__, e)
