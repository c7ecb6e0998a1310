# Operators with arguments that they do not take.
import re
from sqlalchemy import *
from sqlalchemy.orm import *
n=column("n",String); i=column("i",Integer)
for c in (n,i,literal("x"),func.lower(n)):
  for m in ("contains","startswith","endswith","icontains","istartswith","iendswith","like","ilike","not_like","between","in_","is_","concat","collate","match","regexp_match","regexp_replace","any_","desc","nulls_first","distinct","bitwise_or","is_distinct_from","__add__","__eq__"):
    for a,k in (((),{}),(("x",),{"autescape":1}),(("x","y","z","w"),{}),((None,),{}),((5,),{}),((object,),{}),((func.x(),),{}),(([],),{})):
        if m == 'collate' and a == ([],): continue
        try: print(m,a and str(a)[:20],k,str(getattr(c,m)(*a,**k)).replace("\n"," "))
        except Exception as e: print(m,len(a),k,type(e).__name__,re.sub("0x[0-9a-f]+","0x",str(e))[:200])
