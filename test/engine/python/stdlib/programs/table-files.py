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
