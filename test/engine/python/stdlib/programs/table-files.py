import copy
import csv
import dataclasses
import io
import pickle

# what a sample of a file tells of its form
samples = [
    "name,age\nann,3\nbob,4\n",
    "name;age\n'ann';3\n'bob';4\n",
    'a, "b, c", d\n1, "2, 3", 4\n',
    "one\ttwo\n1\t2\n3\t4\n",
    'x|"say ""hi"""|z\n1|"2"|3\n',
    "when: what\n1: 2\n3: 4\n",
]
for sample in samples:
    try:
        d = csv.Sniffer().sniff(sample)
    except csv.Error as error:
        print(repr(sample), error)
        continue
    print(repr(d.delimiter), repr(d.quotechar), d.doublequote, d.skipinitialspace, csv.Sniffer().has_header(sample))
    print(list(csv.reader(io.StringIO(sample), d)))
print(csv.Sniffer().sniff("a;b,c\n1;2,3\n", delimiters=",").delimiter)
try:
    csv.Sniffer().sniff("nothing here")
except csv.Error as error:
    print(error)

# escapes, ends of lines, characters of no width
print(list(csv.reader(["a,b\\\n", "c,d\n"], escapechar="\\")), list(csv.reader(["a\0b,c\n"])), list(csv.reader(["^"], escapechar="^")))
for lines in (['a,"'], ['"a']):
    print(list(csv.reader(lines)))
    try:
        list(csv.reader(lines, strict=True))
    except csv.Error as error:
        print(error)


# instances that nobody may write to are copied all the same
@dataclasses.dataclass(frozen=True)
class Plain:
    x: int
    y: list


@dataclasses.dataclass(frozen=True, slots=True)
class Slotted:
    x: int
    y: list


@dataclasses.dataclass(slots=True, weakref_slot=True)
class Weak:
    x: int


for value in (Plain(1, [2]), Slotted(1, [2])):
    print(copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value)), copy.deepcopy(value).y is value.y)
print(Weak.__slots__)


class Lines(io.TextIOWrapper):
    def __init__(self):
        super().__init__(io.BytesIO(), encoding="latin-1")


lines = Lines()
print(lines.write("é"), lines.flush(), lines.buffer.getvalue(), lines.encoding)


class Named:
    def __new__(cls, **names):
        return super().__new__(cls)


print(type(Named(self=1)).__name__)
print(hash(complex(1, float("inf"))), isinstance(hash(complex(float("nan"), 1)), int))

# what a dialect may be
for kw in [dict(quotechar=5), dict(quotechar=""), dict(quotechar=b"x"), dict(quotechar="ab"), dict(quotechar=None), dict(quotechar=None, quoting=csv.QUOTE_ALL), dict(delimiter=5), dict(delimiter=None), dict(delimiter=""),dict(delimiter=b","), dict(escapechar=""), dict(escapechar=b"x"), dict(escapechar=4), dict(lineterminator=5), dict(lineterminator=None), dict(quoting=10), dict(quoting="x"), dict(quoting=None), dict(strict=3), dict(bogus=1), dict(doublequote="x"), dict(quotechar="", quoting=csv.QUOTE_NONE), dict(delimiter="\n"), dict(delimiter="ab"), dict(delimiter=",", quotechar=","), dict(quotechar=None, quoting=1)]:
    try: w=csv.writer(io.StringIO(), **kw); print(kw, "ok", w.dialect.quotechar, w.dialect.quoting)
    except Exception as e: print(kw, type(e).__name__, e)
for a in ["delimiter","quotechar","lineterminator","quoting","doublequote","skipinitialspace","escapechar"]:
    class Changed(csv.excel): pass
    setattr(Changed,a,None)
    try: Changed(); w=csv.writer(io.StringIO(), Changed); print(a,"ok", w.dialect.quoting, w.dialect.doublequote, repr(w.dialect.lineterminator))
    except Exception as e: print(a, type(e), e)
try: csv.Dialect()
except Exception as e: print(type(e), e)
print(type(csv.writer(io.StringIO()).dialect), type(csv.get_dialect("excel")), type(csv.reader([])), type(csv.writer(io.StringIO())))
for f in [lambda: csv.reader(None), lambda: csv.writer(None), lambda: csv.reader([], "nope"), lambda: csv.register_dialect(5), lambda: csv.register_dialect("x", "nope"), lambda: csv.unregister_dialect("zz"), lambda: csv.field_size_limit(None), lambda: delattr(csv.reader([]).dialect, "delimiter"), lambda: setattr(csv.reader([]).dialect, "delimiter", "x"), lambda: csv.writer(io.StringIO()).writerow(5), lambda: csv.writer(io.StringIO()).writerows([1]), lambda: csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(["a,b"]), lambda: list(csv.reader(["a\0b"])), lambda: list(csv.reader([b"a"])), lambda: list(csv.reader(['"a'], strict=True)), lambda: csv.DictReader([]).fieldnames, lambda: csv.DictWriter(io.StringIO(), ["a"]).writerow({"b":1}), lambda: csv.DictWriter(io.StringIO(), ["a"], extrasaction="x"), lambda: copy.copy(csv.get_dialect("excel"))]:
    try: print(f())
    except Exception as e: print(type(e), e)
