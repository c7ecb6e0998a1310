"""random to the bit, hashlib, hmac, bisect and heapq."""
import random, hashlib, hmac, bisect, heapq, math
random.seed(42)
print(random.random(), random.randint(1,100), random.choice("abcdef"), random.sample(range(1000),5), random.sample(range(10),8), random.choices([1,2,3],k=5), random.choices("ab",weights=[1,9],k=6))
l=list(range(10)); random.shuffle(l); print(l)
print(random.gauss(0,1),random.gauss(0,1),random.normalvariate(0,1),random.uniform(1,2),random.triangular(0,1,.3),random.expovariate(2),random.gammavariate(2,1),random.gammavariate(.5,1),random.betavariate(1,2),random.paretovariate(1),random.weibullvariate(1,2),random.lognormvariate(0,1),random.vonmisesvariate(1,2))
print(random.getrandbits(100), random.randbytes(5), random.randrange(0,100,7), random.getrandbits(64))
random.seed("hello"); print(random.random()); random.seed(b"x"); print(random.random()); random.seed(1.5); print(random.random()); random.seed(-3**50); print(random.random()); random.seed("hi",version=1); print(random.random())
r=random.Random(7); s=r.getstate(); a=[r.random() for _ in range(3)]; r.setstate(s); print(a==[r.random() for _ in range(3)], len(s[1]), s[0])
for e in ["random.choice([])","random.randrange(0)","random.randint(3,1)","random.sample([1],2)","random.sample({1},1)","random.seed([])","random.choices([1,2],[1])"]:
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
for n in ["md5","sha1","sha224","sha256","sha384","sha512","sha3_224","sha3_256","sha3_384","sha3_512","blake2b","blake2s"]:
    for d in [b"", b"abc", b"x"*1000]: print(n, hashlib.new(n,d).hexdigest())
print(hashlib.shake_128(b"a").hexdigest(200), hashlib.blake2b(b"a",digest_size=8,key=b"k").hexdigest(), hashlib.blake2s(b"q"*64).hexdigest(), hashlib.blake2b(b"q"*128).hexdigest())
h=hashlib.sha256(); h.update(b"a"); g=h.copy(); h.update(b"b"); print(h.hexdigest(), g.digest(), h.name, h.digest_size)
try: hashlib.md5("x")
except TypeError as e: print(e)
print(hmac.new(b"k",b"m","sha256").hexdigest(), hmac.new(b"k"*100,b"m",hashlib.md5).hexdigest(), hashlib.pbkdf2_hmac("sha1",b"p",b"s",10,30).hex())
print(bisect.bisect([1,2,2,3],2), bisect.bisect_left([1,2,2,3],2), bisect.bisect([(1,'a'),(2,'b')],1,key=lambda t:t[0]))
x=[5,3,8,1,9,2]; heapq.heapify(x); print(x); heapq.heappush(x,0); print(x,heapq.heappop(x),x,heapq.heappushpop(x,4),heapq.heapreplace(x,7),x)
print(heapq.nlargest(2,[1,5,3]),heapq.nsmallest(2,[1,5,3],key=lambda v:-v),list(heapq.merge([1,4],[2,3])),list(heapq.merge([4,1],[3,2],reverse=True)))
try: heapq.heappop([])
except IndexError as e: print(e)
