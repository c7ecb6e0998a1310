"""textwrap, pprint, csv and configparser."""
import textwrap, pprint, csv, configparser, io, collections, types, dataclasses, sys
t="The quick brown fox-jumps over the lazy dog. It's a well-known -- pangram; e.g. supercalifragilisticexpialidocious."
for w in (10,20,37): print(textwrap.wrap(t,w)); print(textwrap.fill(t,w,initial_indent="* ",subsequent_indent="  "))
print(textwrap.shorten(t,30), textwrap.shorten(t,5,placeholder="."), repr(textwrap.dedent("  a\n    b\n\n  c")), repr(textwrap.indent("a\n\nb\n","> ")), textwrap.wrap(t,20,max_lines=2), textwrap.wrap(t,12,break_long_words=False,break_on_hyphens=False))
d={"b":list(range(30)),"a":{"x":"long string "*10,"y":(1,),"z":{1,2,3}},"c":[{"k":"v"*30,"k2":"v"*30},[]]}
pprint.pprint(d); pprint.pprint(d,width=40,compact=True); pprint.pprint(d,depth=1); pprint.pprint(d,indent=4,sort_dicts=False); pprint.pp({"z":1,"a":2})
@dataclasses.dataclass
class DC:
    name:str; items:list
pprint.pprint(DC("x"*40,list(range(20)))); pprint.pprint(collections.OrderedDict((str(i),i) for i in range(20))); pprint.pprint(collections.defaultdict(list,{str(i):[i] for i in range(12)})); pprint.pprint(collections.Counter("abracadabra"*3)); pprint.pprint(collections.deque(range(40))); pprint.pprint({i:b"x"*60 for i in range(3)}); pprint.pprint(123456789,underscore_numbers=True)
a=[1]; a.append(a); print(pprint.pformat(a)[:20], pprint.isrecursive(a), pprint.isreadable([1]))
s=io.StringIO(); w=csv.writer(s); print(w.writerow(["a","b,c",'d"e',"f\ng",1,2.5,None,""])); w.writerows([[1],[""],[]]); print(repr(s.getvalue()))
for kw in [dict(quoting=csv.QUOTE_ALL),dict(quoting=csv.QUOTE_NONNUMERIC),dict(quoting=csv.QUOTE_NONE,escapechar="\\"),dict(delimiter=";",lineterminator="\n"),dict(doublequote=False,escapechar="\\"),dict(dialect="unix"),dict(dialect=csv.excel_tab)]:
    s=io.StringIO(); csv.writer(s,**kw).writerow(["a",'q"x',"1,2;3",4,5.5,True]); print(kw, repr(s.getvalue()))
print(list(csv.reader(['a,"b ""c""",d\n','"multi\n','line",x\r\n','\n','e, f']))); print(list(csv.reader(["a; b"],delimiter=";",skipinitialspace=True)), list(csv.reader(["1,'a'"],quoting=csv.QUOTE_NONNUMERIC,quotechar="'")))
f=io.StringIO("id,name\r\n1,Ann\r\n2,Bob,extra\r\n3\r\n"); r=csv.DictReader(f); print(r.fieldnames,list(r),r.line_num)
s=io.StringIO(); dw=csv.DictWriter(s,["a","b"]); dw.writeheader(); dw.writerow({"a":1}); print(repr(s.getvalue()))
for e in ["dw.writerow({'zz':1})","csv.reader([1]).__next__()","csv.writer(3)","csv.writer(s,delimiter='ab')","csv.writer(s,delimiter=None)","csv.writer(s).writerow(3)","csv.reader([],dialect='zz')","csv.writer(s,quoting=9)","csv.writer(s,quoting=csv.QUOTE_NONE).writerow(['a,b'])","csv.writer(s,foo=1)","next(csv.reader(['\"a'],strict=True))","next(csv.reader(['\"a\"b'],strict=True))"]:
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
print(csv.list_dialects(), csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter)
c=configparser.ConfigParser(); c.read_string("""
[DEFAULT]
home = /h
[a]
Path: %(home)s/x
multi = one
  two

  three
flag = yes
n = 3
; comment
[b]
f = 2.5
pct = 50%%
bad = %(nope)s
""")
print(c.sections(), dict(c["a"]), c["a"]["path"], c.getint("a","n"), c.getboolean("a","flag"), c["b"].getfloat("f"), c.get("b","pct"), c.get("b","zz",fallback="d"), c["b"].get("zz"), c.has_option("a","HOME"), c.items("a"), list(c), len(c), c["a"], "a" in c, c.options("b"))
for e in ["c.get('zz','a')","c.get('a','zz')","c.get('b','bad')","c.getint('a','path')","c.getboolean('a','n')","c.add_section('a')","c['zz']","c['a']['zz']","c.read_string('x=1')","c.read_string('[q]\\nx=1\\nx=2')","c.read_string('[q2]\\n[q2]')","c.read_string('[q3]\\nnovalue')","c.set('a','x',1)","c.set('a','x','%')","c.add_section('DEFAULT')","c.read('nope')","c.set('nn','a','b')"]:
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
s=io.StringIO(); c2=configparser.ConfigParser(allow_no_value=True,inline_comment_prefixes=("#",)); c2.read_dict({"s":{"k":1,"m":"a\nb"}}); c2.read_string("[t]\nx\ny=1 # c\n"); c2["u"]={"w":"q"}; c2.write(s); print(s.getvalue(), c2["t"]["y"], c2["t"]["x"])
c3=configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(),converters={"list":str.split}); c3.read_string("[a]\nx=1\n[b]\ny=${a:x} ${z}\nz=5"); print(c3["b"]["y"], c3["b"].getlist("y"), c3.getlist("b","y"), c3.remove_option("a","x"), c3.remove_section("a"), c3.sections())
import shlex
def lexed(*args, **kwargs):
    try: return list(shlex.shlex(*args, **kwargs))
    except ValueError as e: return str(e)
for source in ("a = 'b c' # comment\n foo-bar \"q\\\"z\" $x", "", "''", "a''b \"\" 'c'", "x\\ y z\\", "'open", "\"open", "a&&b||c;d >>'abc'(def)", "~/a/*.py?x=1 -- --f=g # rest", "one,two\tthree  # x\n\nfour", "é ñ\u4e2d", "a#b c"):
    print(repr(source), lexed(source), lexed(source, posix=True), lexed(source, punctuation_chars=True), lexed(source, posix=True, punctuation_chars="|,"))
lexer = shlex.shlex("one two,three\n'four five'", "file.sh"); lexer.whitespace += ","; lexer.whitespace_split = True; lexer.commenters = ""
print(lexer.get_token(), lexer.lineno, lexer.error_leader(), list(lexer), lexer.lineno, lexer.infile, repr(lexer.eof))
lexer = shlex.shlex("b c"); lexer.push_token("a"); lexer.push_source("x y", "inner"); print(list(lexer), shlex.shlex("", posix=True).get_token())

# urllib.parse takes bytes where it takes text, and not both
import urllib.parse as up
for f in (
    lambda: up.urlsplit(b"https://u:p@Host:80/a;b?q=1#f"),
    lambda: up.urlparse(b"https://u:p@Host:80/a;b?q=1#f").hostname,
    lambda: up.urlparse(b"//u:p@h").username,
    lambda: up.urlparse("http://x/a").encode(),
    lambda: up.urlparse(b"http://x/a").decode().geturl(),
    lambda: up.urljoin(b"http://x/a/b", b"../c"),
    lambda: up.urljoin("http://x", b"c"),
    lambda: up.urldefrag(b"http://x#y"),
    lambda: up.urlunsplit((b"http", b"x", b"/p", b"", b"")),
    lambda: up.parse_qs(b"a=1&b=2&a=%C3%A9"),
    lambda: up.parse_qsl("a=1;b=2", separator=";"),
    lambda: up.urlsplit("  https://x ", " ftp\t"),
):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
