"""Operations of random decimals in random contexts."""
from decimal import *
def rng(seed):
    x=seed
    while True:
        x=(x*6364136223846793005+1442695040888963407)%(1<<64)
        yield x>>33
r=rng(42)
def rand():
    k=next(r)%20
    s='-' if next(r)%2 else ''
    if k==0: return Decimal(s+'inf')
    if k==1: return Decimal(s+'nan'+str(next(r)%100))
    if k==2: return Decimal(s+'0e'+str(next(r)%20-10))
    if k==3: return Decimal(s+'snan')
    n=next(r)%12+1
    digs=''.join(str(next(r)%10) for _ in range(n))
    e=next(r)%24-14
    if k==4: e*=3
    return Decimal(s+digs+'e'+str(e))
rs=['ROUND_CEILING','ROUND_FLOOR','ROUND_UP','ROUND_DOWN','ROUND_HALF_UP','ROUND_HALF_DOWN','ROUND_HALF_EVEN','ROUND_05UP']
un="abs minus plus exp ln log10 sqrt normalize logb logical_invert next_minus next_plus number_class is_normal to_eng_string to_sci_string to_integral_exact to_integral_value".split()
bi="add subtract multiply divide divide_int remainder divmod quantize compare compare_signal max max_mag min min_mag next_toward remainder_near rotate scaleb shift compare_total compare_total_mag copy_sign same_quantum".split()
specs=['','.2f','e','.3e','g','.4g','%','.1%',',','10','<12','+.3f','^15.2f','012.3f',',.2f','015,.1f','n','F','.0f',' f','=+20,.3e','.0e','E','G','G','z.1f']
for i in range(400):
    c=Context(prec=next(r)%9+1,rounding=rs[next(r)%8],Emin=-(next(r)%20),Emax=next(r)%20,clamp=next(r)%2,capitals=next(r)%2,traps=[])
    a,b=rand(),rand()
    op=un[next(r)%len(un)]
    print(i,op,a,c.rounding,c.prec,c.Emin,c.Emax,c.clamp,'=',getattr(c,op)(a),[s.__name__ for s in c.flags if c.flags[s]])
    c.clear_flags()
    op=bi[next(r)%len(bi)]
    if op in('rotate','scaleb','shift'): b=Decimal(next(r)%12-6)
    if op=='power' and next(r)%2: b=Decimal(next(r)%30-15)
    print(i,op,a,b,'=',getattr(c,op)(a,b),[s.__name__ for s in c.flags if c.flags[s]])
    f=specs[next(r)%len(specs)]
    try: o=format(a,f)
    except ValueError as e: o=e
    print(i,'format',a,repr(f),o)
    print(hash(a) if not a.is_nan() else '', bool(a))
