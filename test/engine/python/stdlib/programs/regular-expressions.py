"""Patterns, matches, templates and the places of mistakes."""
import re
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for p in ['a(','a)','[a','*a','a**','a{2,1}','(?P<1a>x)','(?P<a>x)(?P<a>y)','(?P=b)','\\2','(a)\\2','a\\','(?<=a*)b','(?z)','(?P<a','(?P<>x)','(?Px)','(?<x)','[z-a]','[a-\\d]','\\q','\\xg','\\u12','(?i','(?-)','(?i-i:x)','a(?i)b','(?(1)a|b|c)','(?(x)a)','(?(0)a)','(?#abc','(?','(?:','x{99999999999}','(?P=a','[[:alpha:]]','a|*','(?P<a>(?P=a))','\\N{foo}','(?>a','a++b','(?i:a','[\\q]','a{,3}','a{3','a{}','{','(?<!a|bc)d','(?au:x)','(?L)x','\\400','\\08','\\18']:
    print(p,end=' '); t(lambda: re.compile(p))
for p,s in [('a','xay'),('(a)(b)?','a'),('(?P<x>\\w+) (?P<y>\\w+)','hello world'),('^b','a\nb'),('(?m)^b','a\nb'),('b$','b\n'),('b\\Z','b\n'),('.','\n'),('(?s).','\n'),('\\bfoo\\b','a foo b'),('(?i)ABC','xabc'),('(a|b)*c','ababc'),('(?:(a)|b)*','ab'),('(a*)*','b'),('(a)|b','b'),('(?=a)a','a'),('(?<=x)a','xa'),('(?<!x)a','xaya'),('(a)(?(1)b|c)','ab'),('(a)?(?(1)b|c)','c'),('a++a','aaa'),('(?>a+)a','aaa'),('\\d+','٣٤'),('\\w+','héllo wörld'),('[^\\W\\d]+','12ab'),('(\\w)\\1','hello'),('x*','aaa'),('(?x) a b # c\n c','abc'),('a{2,3}?','aaaa'),('[\\]a]+','a]'),('\\s+','a \t\x1c b'),('😀+','x😀😀y'),('(.)(.)','😀b'),('(a)(b(c))','abc'),('(?a)\\w+','é'),('[é-ü]','ö'),('(?i)[É]','é'),('','abc'),('a|ab','ab'),('(?:a|ab)(?:c|bcd)(d*)','abcd'),('\\Aab','ab'),('(?P<q>[\'"]).*?(?P=q)',"say 'hi' now"),('(a+)+b','aaab'),('((a)|(b))*','ab'),('(?i)straße','STRASSE'),('[\\w.]+@[\\w.]+','x a.b@c.d y'),('(\\d{4})-(\\d\\d)','on 2024-05-01'),('^$',''),('\\B','abc'),('\\B','')]:
    for f in (re.match,re.search,re.fullmatch):
        try: m=f(p,s)
        except Exception as e: print(p,type(e).__name__,e); continue
        if m: print(p,f.__name__,m,m.groups(),m.groupdict(),m.span(),[m.span(i) for i in range(len(m.groups())+1)],m.lastindex,m.lastgroup)
        else: print(p,f.__name__,None)
    print(re.findall(p,s),re.split(p,s),re.sub(p,'<\\g<0>>',s),re.subn(p,lambda m:'['+m.group()+']',s,count=1))
for p,s in [('x*','abxd'),('|a','aab'),('a|','aab'),('\\b','hello there'),('(?=a)','baac'),('b|(?=a)','abab'),('a*?','aaa'),('(a)|','xa'),('\\s*','a b')]:
    print(p,re.findall(p,s),re.split(p,s),re.sub(p,'-',s),[m.span() for m in re.finditer(p,s)])
p=re.compile(r'(?P<a>\d+)(?P<b>x)?',re.I|re.M); print(p,p.pattern,p.flags,p.groups,p.groupindex,re.I|re.M,repr(re.I),re.NOFLAG,~re.I)
print(p.sub(r'\g<a>!',"1 22x 3"),p.sub(r'\1-\2',"1 2x"),p.match("a1",1),p.search("1 2 3",2,3),p.split("a1b2xc"),p.fullmatch("12x").expand(r'\1:\g<b>'))
for r in ['\\3','\\g<c>','\\g<a','\\g','\\q','\\g<1x>','\\','\\n\\\\','\\g<0>','\\0','\\141','\\g<>']:
    print(r,end=' '); t(lambda: p.sub(r,"1"))
t(lambda: re.match(1,'a')); t(lambda: re.match('a',1)); t(lambda: re.match(b'a','a')); t(lambda: re.match('a',b'a')); t(lambda: re.compile(p,re.I)); t(lambda: p.match('1').group(5)); t(lambda: p.match('1').group('z')); t(lambda: re.sub('a',5,'a')); t(lambda: re.sub('a',lambda m:5,'a'))
print(re.findall(b'\\w+',b'ab cd \xe9'),re.sub(b'a',b'b',b'aa'),re.compile(b'a').match(b'a'),re.escape('a.b*c-d e_f#g'),re.escape(b'a.b'))
m=re.match('(a)(b)?','a'); print(m[0],m[1],m[2],m.group(1,2),m.groups('x'),m.start(2),m.end(),m.string,m.re,m.pos,m.endpos,bool(m),m.regs)
try: re.compile('a\nb(c')
except re.error as e: print(e,e.msg,e.pos,e.lineno,e.colno,e.pattern)
print(re.split('(,)','a,b,c'),re.split(',','a,b,c',1),re.split('(?=b)','abab'),re.sub('a','b','aaa',2),re.sub('(?P<n>a)','\\g<n>\\g<n>','a'))
print(re.compile('a')==re.compile('a'),hash(re.compile('a'))==hash(re.compile('a')),re.purge())
sc=re.compile('\\w').scanner('ab'); print(sc.match(),sc.search(),sc.match())
print([type(x).__name__ for x in (re.compile('a'),re.match('a','a'))], isinstance(re.compile('a'),re.Pattern))
