import atexit
import sys

print(sys.float_info.max, sys.float_info.epsilon, sys.float_info[6], sys.int_info.bits_per_digit)
print(sys.implementation.name, sys.implementation.version[:2], type(sys.stdlib_module_names).__name__)

# what lessons on memory show
values = [0, 1, 2**40, 1.5, None, True, "", "abc", "é", "€", "😀", b"", b"ab", (), (1, 2), [], [1, 2], {}, {"a": 1}, {1: 1}]
values += [set(), set(range(10)), range(3), object(), {i: i for i in range(20)}, {str(i): i for i in range(7)}]
for v in values:
    print(type(v).__name__, sys.getsizeof(v))


class Slots:
    __slots__ = ("a", "b")


class Plain:
    pass


class Sized:
    def __sizeof__(self):
        return 10


print(sys.getsizeof(Slots()), sys.getsizeof(Plain()), sys.getsizeof(Sized()))

# how many digits an int is written with
try:
    str(10**5000)
except ValueError as error:
    print(error)
sys.set_int_max_str_digits(6000)
print(len(str(10**5000)), sys.get_int_max_str_digits())
try:
    sys.set_int_max_str_digits(10)
except ValueError as error:
    print(error)

# a value found by name is the only argument that is left
for text, value in [("%(a)s", {"a": 1}), ("%(a)s %s", {"a": 1}), ("%s %(a)s", {"a": 1}), ("%(a)s %d", {"a": 1})]:
    try:
        print(text % value)
    except TypeError as error:
        print(text, error)


@atexit.register
def last():
    print("last of all")


atexit.register(print, "registered later,", "called earlier")
atexit.register(last)
atexit.unregister(last)
sys.exit(0)
