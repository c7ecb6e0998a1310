import string
class A:
    def __init__(self): self.x = {"constructor": 1, "__proto__": 2}
a = A()
for fmt in ["{0.x[constructor]}", "{0.x[__proto__]}", "{0.constructor}", "{0.__class__.__name__}", "{0.__proto__}", "{0.x.constructor}", "{0.__init__.__globals__[a]}", "{0.__class__.__mro__[1].__subclasses__.constructor}", "{constructor}", "{0[constructor]}", "{0.x[toString]}"]:
    try:
        print(fmt, "->", fmt.format(a)[:40].split(" object")[0])
    except Exception as e:
        print(fmt, "->", type(e).__name__, e)
print("%(__proto__)s %(constructor)s" % {"__proto__": 1, "constructor": 2})
for t in ["%(toString)s", "%(a.b)s"]:
    try:
        print(t % {})
    except Exception as e:
        print(type(e).__name__, e)
print(string.Template("$constructor ${__proto__}").substitute(constructor=1, __proto__=2))
for t in ["$toString", "${valueOf}"]:
    try:
        print(string.Template(t).substitute())
    except Exception as e:
        print(type(e).__name__, e)
try:
    "{:>99999999999}".format(1)
except (ValueError, MemoryError) as e:
    print(type(e).__name__)
