# The % operator of str and bytes: each kind of field with arguments that suit it and that do not.


def show(format, value):
    try:
        print(repr(format), repr(value), repr(format % value))
    except (TypeError, ValueError, KeyError, OverflowError, MemoryError) as e:
        print(repr(format), repr(value), type(e).__name__, e)


for format in ("%s", "%r", "%a", "%c", "%d", "%i%u", "%x", "%#X", "%#o", "%e", "%G", "%5.2f|%-5d", "%05d", "%-05d", "%+d", "% d", "%.5d", "%.3s", "%.s", "no"):
    for value in ((), 1, -1.5, "añb", None, (3, 4.5)):
        show(format, value)

names = {"x": 1, "y": 2, "a(b)c": 9}
for format in ("%%", "a%%b", "%(x)s", "%(x)s %(y)d", "%(z)s", "%(a(b)c)s", "%(x)*d", "%s %s", "%(", "%(x", "%", "%5", "%-"):
    for value in (names, (names,), 1, ()):
        show(format, value)

for format in ("%*d", "%-*d|", "%.*f", "%*.*f", "%ld %hd"):
    for value in ((5, 2), (-5, 2), (5, 2, 1.25), ("5", 2), (2**70, 5), (5, 2**40, 1.0)):
        show(format, value)

for format in ("%z", "%é", "%5%", "%999999999999d", "%99999999999999999999d", "%.99999999999f"):
    show(format, 1)

for format in (b"%s", b"%b", b"%d", b"%c", b"%a", b"%(x)d", b"%%", b"%5s|", b"%-5s|", b"%.2s", b"%", b"%z", b"%*d"):
    for value in ((b"abc",), {b"x": 1}, (65,), (300,), ("s",), (3, 4)):
        show(format, value)
