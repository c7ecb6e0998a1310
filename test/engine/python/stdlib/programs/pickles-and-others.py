"""pickle, calendar, codecs, unicodedata, zoneinfo and small modules."""
import pickle, calendar, codecs, unicodedata, zoneinfo, datetime, collections, enum, decimal, uuid, fractions, io
import gc, platform, locale, getpass, atexit, timeit, shlex, http, graphlib, numbers, stat, typing_extensions
class A:
    def __init__(self,x): self.x=x
    def __eq__(s,o): return type(s) is type(o) and s.__dict__==o.__dict__
class S: __slots__=("a","b")
class G:
    def __getstate__(self): return {"z":1}
    def __setstate__(self,s): self.s=s
class L(list): pass
class E(enum.Enum): P=1
N=collections.namedtuple("N","a b")
def fn(): pass
l=L([1]); l.y=2
vals=[None,True,1,300,70000,-5,2**40,-2**70,1.5,"héé","x"*300,b"ab",b"z"*300,(),(1,),(1,2),(1,2,3),(1,2,3,4),[1,[2]],{},{"a":{1:2}},{1,2},frozenset([3]),A(5),E.P,N(1,2),decimal.Decimal("1.50"),datetime.datetime(2020,1,2,3,4,5,6),datetime.date(2020,1,1),datetime.timedelta(1,2),datetime.timezone.utc,uuid.UUID(int=5),fractions.Fraction(1,3),collections.OrderedDict(a=1),collections.Counter("aab"),collections.deque([1,2]),collections.defaultdict(list,{1:[2]}),range(5),slice(1,2),1j,bytearray(b"q"),fn,len,int,A,ValueError("x",1),...]
for p in (2,4,5):
    for v in vals:
        r=pickle.loads(pickle.dumps(v,p))
        if isinstance(v,ValueError): assert r.args==v.args
        else: assert r==v and type(r) is type(v), (p,v,r)
r=pickle.loads(pickle.dumps(l)); print(r, r.y); g=pickle.loads(pickle.dumps(G())); print(g.s); s=S(); s.a=1; print(pickle.loads(pickle.dumps(s)).a)
a=[1]; a.append(a); b=pickle.loads(pickle.dumps(a)); print(b[1] is b); sh=A(1); x,y=pickle.loads(pickle.dumps([sh,sh])); print(x is y)
for v in [1,"ab",[1,2],{"a":1},(1,2),None,True,A(1),1.5,{1:[2,3]}, "x"*20]: print(pickle.dumps(v))
for v in (lambda: 0, (i for i in []), open):
    try: pickle.dumps(v)
    except Exception as e: print(type(e).__name__, str(e).split(" at 0x")[0])
for d in (b"", b"\x80\x04", b"z"):
    try: pickle.loads(d)
    except Exception as e: print(type(e).__name__, e)
print(calendar.month(2024,2)); print(calendar.monthrange(2023,2), calendar.isleap(2000), calendar.monthcalendar(2024,9)[0], calendar.day_name[0], list(calendar.month_abbr)[:3], calendar.timegm((1970,1,2,0,0,0)), calendar.TextCalendar(6).formatmonth(2024,1)[:40]); print(calendar.calendar(2024)[:500])
try: calendar.monthrange(2023,13)
except calendar.IllegalMonthError as e: print(e)
print(codecs.encode("abc","rot13"), codecs.lookup("utf8").name, codecs.decode(b"abc"), codecs.BOM_UTF8)
codecs.register_error("mine", lambda e: ("?!", e.end)); print("aé".encode("ascii","mine"))
try: codecs.lookup("zz")
except LookupError as e: print(e)
for c in "aA1 é€½\u0301中": print(unicodedata.category(c), unicodedata.name(c), unicodedata.combining(c), unicodedata.numeric(c,None), unicodedata.east_asian_width(c), end="; ")
print(unicodedata.normalize("NFD","é")=="e\u0301", unicodedata.lookup("EURO SIGN"))
z=zoneinfo.ZoneInfo("Europe/Berlin"); d=datetime.datetime(2024,7,1,12,tzinfo=z); print(d, d.utcoffset(), d.dst(), d.tzname(), d.astimezone(datetime.timezone.utc), repr(z), str(z)); w=datetime.datetime(2024,1,1,12,tzinfo=z); print(w, w.tzname(), w.dst())
print(datetime.datetime(2024,10,27,2,30,tzinfo=z).utcoffset(), datetime.datetime(2024,10,27,2,30,fold=1,tzinfo=z).utcoffset(), datetime.datetime(2024,3,31,2,30,tzinfo=z).utcoffset(), datetime.datetime(2024,10,27,1,30,tzinfo=datetime.timezone.utc).astimezone(z).fold, datetime.datetime(2024,6,1,tzinfo=zoneinfo.ZoneInfo("America/New_York")).astimezone(z), datetime.datetime.now(zoneinfo.ZoneInfo("UTC")).utcoffset(), zoneinfo.ZoneInfo("UTC").tzname(w))
try: zoneinfo.ZoneInfo("No/Where")
except zoneinfo.ZoneInfoNotFoundError as e: print(e, type(e).__mro__[1])
print(gc.collect()>=0, gc.isenabled(), platform.python_version(), platform.system(), shlex.split("a 'b c' \"d\\\"e\" f\\ g"), shlex.quote("a b"), shlex.join(["a","b c"]), http.HTTPStatus.NOT_FOUND, repr(http.HTTPStatus(404)), http.HTTPStatus.OK.phrase, http.HTTPStatus.NOT_FOUND==404, http.HTTPStatus.NOT_FOUND.description, f"{http.HTTPStatus.OK}", http.HTTPMethod.GET)
print(list(graphlib.TopologicalSorter({"d":["b","c"],"b":["a"],"c":["a"]}).static_order()))
try: list(graphlib.TopologicalSorter({"a":["b"],"b":["a"]}).static_order())
except graphlib.CycleError as e: print(e.args[0], len(e.args[1]))
print(isinstance(1,numbers.Integral), isinstance(1.5,numbers.Real), isinstance(True,numbers.Number), isinstance(decimal.Decimal(1),numbers.Number), isinstance(fractions.Fraction(1),numbers.Rational), isinstance(1j,numbers.Complex), isinstance("x",numbers.Number), stat.filemode(0o100644), timeit.timeit("1+1",number=10)<5)
import warnings
@typing_extensions.deprecated("old")
def dep(): return 1
with warnings.catch_warnings(record=True) as w: warnings.simplefilter("always"); dep(); print(w[0].message)
