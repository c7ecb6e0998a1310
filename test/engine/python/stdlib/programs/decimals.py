"""Decimals, contexts and signals."""
from show import show
import decimal as d, math
from decimal import *

show(globals(), r'''
getcontext()
list(getcontext().traps)
getcontext().traps
divmod(Decimal(1),0)
divmod(Decimal(0),0)
divmod(Decimal(17),5)
divmod(-17,Decimal(5))
Decimal(1)//0
Decimal(1)/0
Decimal(0)/0
Decimal(1)%0
Decimal((1,2))
Decimal((2,(1,),0))
Decimal((0,(1,),'x'))
Decimal((0,(1,),1.5))
Decimal((0,('a',),1))
Decimal((0,1,1))
Decimal([1])
Decimal(None)
Decimal((0,(1,4,1,4),-3))
Context(prec=0)
Context(rounding='x')
setcontext(1)
localcontext(1)
Decimal(1).quantize('a')
Decimal(1).quantize(1,rounding='x')
Decimal(1).exp(context=3)
getcontext().add(1,'a')
getcontext().foo
int(Decimal('nan'))
int(Decimal('inf'))
round(Decimal('nan'),2)
round(Decimal(1),'a')
float(Decimal('snan'))
hash(Decimal('snan'))
Decimal('inf').as_integer_ratio()
Decimal('nan').as_integer_ratio()
format(Decimal(1),'x')
Decimal(1).__format__(1)
Decimal(1)<'a'
Decimal(1)+1.5
Decimal(1)+'a'
1.5*Decimal(1)
Decimal.from_float('a')
Decimal.from_float(0.1)
getcontext().create_decimal_from_float(0.1)
getcontext().traps[1]
Decimal(1).foo
type(localcontext())
Decimal.__add__
Decimal.quantize
Decimal
Context
Context.add
Decimal('1.50').as_tuple()
Decimal('-inf').as_tuple()
Decimal('nan12').as_tuple()
Decimal('abc')
Decimal('1e999999999999')
Decimal(10)**1000000
Decimal(2)**Decimal('0.5')
2**Decimal(3)
pow(Decimal(7),20,13)
DecimalException.__mro__
FloatOperation.__mro__
getcontext().__reduce__()
Decimal(1).__reduce__()
Decimal(0.1)
Decimal(' 1_000.50 ')
Decimal('١٢')
Decimal(True)
Decimal()
{1:'a'}[Decimal(1)]
{Decimal('1.0'):'b'}[1]
Decimal('0.5')==0.5
0.5==Decimal('0.5')
Decimal('0.1')==0.1
Decimal('0.1')<0.1
1<Decimal(2)
Decimal(1)==1+0j
hash(Decimal('0.5'))==hash(0.5)
hash(Decimal('-1e20'))
hash(Decimal('1.1'))
math.floor(Decimal('-1.5'))
math.ceil(Decimal('-1.5'))
math.trunc(Decimal('-1.5'))
round(Decimal('2.5'))
round(Decimal('3.5'))
round(Decimal('2.675'),2)
round(Decimal('1234'),-2)
sum([Decimal('0.1')]*3)
abs(Decimal('-0.0'))
-Decimal('0')
+Decimal('-0')
Decimal('1.10').normalize()
Decimal('100').normalize()
Decimal('1E+3').quantize(Decimal('1'))
Decimal('3.14159').quantize(Decimal('0.01'))
Decimal('3.145').quantize(Decimal('0.01'),rounding=ROUND_HALF_UP)
Decimal('1.5').to_integral_value()
Decimal('1e30').quantize(Decimal('0.01'))
str(Decimal('1e-7'))
str(Decimal('0.000001'))
Decimal('123e5').to_eng_string()
Decimal('nan')==Decimal('nan')
Decimal('nan')<1
Decimal('snan')==1
Decimal('inf')-Decimal('inf')
max(Decimal(1),Decimal(2))
sorted([Decimal('3'),1,Decimal('2.5')])
'%s %d %.2f %r'%(Decimal('1.5'),Decimal('2.5'),Decimal('3.456'),Decimal(1))
f'{Decimal("1234567.891"):,.2f}'
f'{Decimal("0.256"):.1%}'
f'{Decimal("-3"):>10}|{Decimal("3"):+}|{Decimal("3"):010.3f}|{Decimal("12345"):e}|{Decimal("12345"):.3g}'
bool(Decimal('0.00'))
float(Decimal('0.1'))
complex(Decimal('1.5'))
int(Decimal('-1.9'))
isinstance(Decimal(1),float)
Decimal(1).is_signed()
Decimal(5).sqrt()
Decimal(2).ln()
Decimal(2).log10()
Decimal(1).exp()
Decimal(-1).sqrt()
Decimal(0).ln()
Decimal(-1).ln()
Decimal('5').compare(Decimal('nan'))
Decimal(3).fma(2,5)
Decimal(1).number_class()
MAX_PREC
getcontext().flags
ExtendedContext
BasicContext
Context(prec=5,traps=[Inexact])
Context(prec=5,traps=[Inexact]).divide(1,3)
Context(prec=3).create_decimal('1.23456')
Context(prec=3)==Context(prec=3)
Decimal('1.0').is_canonical()
Decimal(1).__deepcopy__({})
Decimal('Infinity')
-Decimal('inf')
Decimal('1')/3
Decimal('1e-1000000')*Decimal('1e-100')
Decimal('9e999999')*10
repr(Decimal('-0'))
Decimal(10).logb()
Decimal('1.25').as_integer_ratio()
Decimal(2).next_plus()
Decimal(2).next_minus()
Decimal(1).next_toward(2)
Decimal('1234').shift(-2)
Decimal('1234').rotate(2)
Decimal('101').logical_and(Decimal('110'))
Decimal('7').scaleb(2)
InvalidOperation('x')
DivisionByZero().args
''')
class Money(Decimal):
    def __new__(cls, v): return super().__new__(cls, v)
    @property
    def cents(self): return int(self*100)
m=Money('1.5'); m.x=3
print(repr(m), m+1, type(m+1), m.cents, m.x, type(Money.from_float(1.5)))
with localcontext() as c:
    c.prec=5
    print(Decimal(1)/3, c)
with localcontext(prec=7, rounding=ROUND_UP): print(Decimal(1)/3)
print(Decimal(1)/3)
getcontext().traps[DivisionByZero]=False
print(Decimal(1)/0, getcontext().flags[DivisionByZero])
getcontext().traps[DivisionByZero]=True
try: Decimal(1)/0
except ZeroDivisionError as e: print(type(e), e, repr(e))
getcontext().traps[FloatOperation]=True
