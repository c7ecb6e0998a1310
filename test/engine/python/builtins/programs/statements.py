"""Statements that change containers: results and errors."""
from show import do

do(r'''
d={1:2}\nfor k in d: d[k+1]=1
d={1:2}\nfor k in d: del d[k]; d[5]=1
s={1}\nfor k in s: s.add(k+1)
l=[1,2,3]\nl[::2]=[1]
l=[1]\nl[0:0]=5
l=[1]\nl["a"]=1
l=[1]\nl[5]=1
l=[1]\ndel l[5]
l=[1]\ndel l["a"]
l=[1]\nl[::2]=5
t=(1,)\nt[0]=1
t=(1,)\ndel t[0]
"a"[0]="b"
l=[3,1]\nl.sort(key=lambda x:l.append(1))
d={}\nd[[]]=1
d={}\n[] in d
d={}\ndel d["a"]
l=[1,2,3]\nl+=5
l=[1,2,3]\nl*="a"
s={1}\ns|=[1]
s={1}\ns|={2};r=s
d={1:2}\nd|=[(3,4)];r=d
d={1:2}\nd|=5
a=1\na.x=1
len=5;r=len
x=bytearray(b"abc")\nx[1:2]=b"zz";r=x
x=bytearray(b"abc")\nx[0]=300
x=b"a"\nx[0]=1
l=[1];l.append(l);r=l
d={};d[1]=d;r=d
t=([],);t[0].append(t);r=t
it=iter({1:2});r=it.__length_hint__()
r=list(range(5).__reversed__())
a,b=[1]
a,b=[1,2,3]
a,b=5
a,*b=[]
a,b={1:2}
'''.strip())
