"""Reading and writing JSON."""
import json,io
from enum import IntEnum
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for s in ['{"a": 1,}','[1,]','{','[','"abc','{"a"','{"a":','{"a":1','{a:1}','tru','','  ','1 2','[1 2]','{"a" 1}','"\x01"','"\\q"','"\\u12"','"\\ud83d\\ude00"','nul','-','01','1.','1e5','-0','1.5','12345678901234567890','NaN','-Infinity','[1, 2.0, "x", null, true, false, {"k": []}]','{"a":1,"a":2}','\ufeff{}','"a\nb"','"\\','{"a":1}}','"é😀" x','\n\n{"a":\n  x}']:
    print(repr(s),end=' '); t(lambda: json.loads(s))
class I(IntEnum): A=1
for o,k in [({"a":1,"b":[1,2.5,None,True]},{}),({"z":1,"a":2},dict(sort_keys=True)),([1,[2,[]],{}],dict(indent=2)),({"é":"ü\n\"\\\x7f😀"},{}),({"é":"ü😀"},dict(ensure_ascii=False)),({1:2,None:3,True:4,1.5:5},{}),({(1,):2},{}),({(1,):2,"a":1},dict(skipkeys=True)),(float('nan'),{}),(float('nan'),dict(allow_nan=False)),([1],dict(separators=(',',':'))),({"a":1},dict(indent=4,separators=(', ',' = '))),(object(),{}),({1,2},dict(default=list)),(I.A,{}),({I.A:1},{}),((1,2),{}),(1e100,{}),(10**30,{}),({"a":{"b":[]}},dict(indent='\t')),([],dict(indent=2)),(b'a',{}),({"b":1,1:2},dict(sort_keys=True)),("",{}),([[1,2],[3]],dict(indent=1))]:
    t(lambda: json.dumps(o,**k))
l=[]; l.append(l); t(lambda: json.dumps(l))
class E(json.JSONEncoder):
    def default(self,o):
        if isinstance(o,set): return sorted(o)
        return super().default(o)
t(lambda: json.dumps({"s":{3,1}},cls=E)); t(lambda: json.dumps(object,cls=E)); t(lambda: E(indent=1).encode({1:2}));
t(lambda: json.loads('{"a":1.5}',parse_float=str)); t(lambda: json.loads('[1]',parse_int=float)); t(lambda: json.loads('{"a":{"b":1}}',object_hook=lambda d:list(d))); t(lambda: json.loads('{"a":1,"a":2}',object_pairs_hook=list)); t(lambda: json.loads(b'{"a":1}')); t(lambda: json.loads(5)); t(lambda: json.JSONDecoder().raw_decode('1 x')); t(lambda: json.loads('NaN',parse_constant=lambda c:c))
f=io.StringIO(); json.dump({"a":1},f); print(f.getvalue()); f.seek(0); print(json.load(f))
try: json.loads('{"a":\n 1,\n x}')
except json.JSONDecodeError as e: print(e, e.msg, e.pos, e.lineno, e.colno, e.doc, isinstance(e,ValueError), type(e))

# separators that are none
for sep in [(b", ", ": "), (",",), ",:", None, (1, ":"), (",", 2), (",", ":", ";")]:
    try:
        print(json.dumps({"a": [1, 2]}, separators=sep))
    except Exception as e:
        print(type(e).__name__, e)
