// The module pickle: objects as bytes of pickle protocol 4, and back.
//
// What is written loads in CPython and the other way round, for the opcodes that protocols 2 to 5 use; frames and out-of-band
// buffers are read over. Behaviour: docs.python.org/3.11/library/pickle.html, PEP 3154.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "pickle",
  String.raw`
import io
import sys
import struct
import copyreg
import datetime as _datetime
from types import FunctionType, BuiltinFunctionType

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
format_version = "4.0"
__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads", "HIGHEST_PROTOCOL", "DEFAULT_PROTOCOL"]


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


for _c in (PickleError, PicklingError, UnpicklingError):
    _c.__module__ = "_pickle"


def whichmodule(obj, name):
    found = getattr(obj, "__module__", None)
    return "__main__" if found is None else found


def _find(module, path):
    __import__(module)
    obj = sys.modules[module]
    for part in path.split("."):
        if part == "<locals>":
            raise AttributeError("Can't get local attribute {!r} on {!r}".format(path, obj))
        try:
            obj = getattr(obj, part)
        except AttributeError:
            raise AttributeError("Can't get attribute {!r} on {!r}".format(path, obj)) from None
    return obj


class Pickler:
    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif not 0 <= protocol <= HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        self._file = file
        self.proto = max(protocol, 2)
        self.memo = {}

    def clear_memo(self):
        self.memo.clear()

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        self._out = [b"\x80" + bytes([self.proto])]
        self._save(obj)
        self._out.append(b".")
        data = b"".join(self._out)
        if self.proto >= 4 and len(data) > 6:
            body = data[2:]
            data = data[:2] + b"\x95" + struct.pack("<Q", len(body)) + body
        self._file.write(data)

    def _memoize(self, obj):
        n = len(self.memo)
        self.memo[id(obj)] = n, obj
        if self.proto >= 4:
            self._out.append(b"\x94")
        else:
            self._out.append(b"q" + bytes([n]) if n < 256 else b"r" + struct.pack("<I", n))

    def _save(self, obj):
        put = self._out.append
        pid = self.persistent_id(obj)
        if pid is not None:
            self._save_plain(pid)
            put(b"Q")
            return
        self._save_plain(obj)

    def _save_plain(self, obj):
        put = self._out.append
        known = self.memo.get(id(obj))
        if known is not None:
            n = known[0]
            put(b"h" + bytes([n]) if n < 256 else b"j" + struct.pack("<I", n))
            return
        t = type(obj)
        if obj is None:
            return put(b"N")
        if t is bool:
            return put(b"\x88" if obj else b"\x89")
        if t is int:
            if 0 <= obj < 256:
                put(b"K" + bytes([obj]))
            elif 0 <= obj < 65536:
                put(b"M" + struct.pack("<H", obj))
            elif -0x80000000 <= obj <= 0x7FFFFFFF:
                put(b"J" + struct.pack("<i", obj))
            else:
                data = obj.to_bytes(obj.bit_length() // 8 + 1, "little", signed=True)
                put((b"\x8a" + bytes([len(data)]) if len(data) < 256 else b"\x8b" + struct.pack("<i", len(data))) + data)
            return
        if t is float:
            return put(b"G" + struct.pack(">d", obj))
        if t is str:
            data = obj.encode("utf-8", "surrogatepass")
            put((b"\x8c" + bytes([len(data)]) if len(data) < 256 and self.proto >= 4 else b"X" + struct.pack("<I", len(data))) + data)
            return self._memoize(obj)
        if t is bytes:
            if self.proto < 3:
                import codecs
                return self._reduce(obj, (codecs.encode, (str(obj, "latin1"), "latin1")) if obj else (bytes, ()))
            put((b"C" + bytes([len(obj)]) if len(obj) < 256 else b"B" + struct.pack("<I", len(obj))) + obj)
            return self._memoize(obj)
        if t is tuple:
            return self._tuple(obj)
        if t is list:
            put(b"]")
            self._memoize(obj)
            return self._appends(obj)
        if t is dict:
            put(b"}")
            self._memoize(obj)
            return self._setitems(obj.items())
        if t in (set, frozenset):
            if self.proto < 4:
                return self._reduce(obj, (t, (list(obj),)))
            put(b"\x8f" if t is set else b"(")
            if t is set:
                self._memoize(obj)
                if obj:
                    put(b"(")
                    for x in obj:
                        self._save(x)
                    put(b"\x90")
                return
            for x in obj:
                self._save(x)
            put(b"\x91")
            return self._memoize(obj)
        if t is bytearray:
            return self._reduce(obj, (bytearray, (bytes(obj),)))
        if t is slice:
            return self._reduce(obj, (slice, (obj.start, obj.stop, obj.step)))
        if t is _datetime.timezone:
            name = obj.tzname(None)
            plain = obj == _datetime.timezone.utc or name == _datetime.timezone(obj.utcoffset(None)).tzname(None)
            return self._reduce(obj, (t, (obj.utcoffset(None),) if plain else (obj.utcoffset(None), name)))
        if t is type(Ellipsis) or t is type(NotImplemented):
            return self._global(obj, "Ellipsis" if obj is Ellipsis else "NotImplemented", "builtins")
        override = getattr(self, "reducer_override", None)
        if override is not None:
            made = override(obj)
            if made is not NotImplemented:
                return self._reduced(obj, made)
        table = getattr(self, "dispatch_table", copyreg.dispatch_table)
        special = table.get(t)
        if special is not None:
            return self._reduced(obj, special(obj))
        if isinstance(obj, type):
            if obj in (type(None), type(Ellipsis), type(NotImplemented)):
                return self._reduce(obj, (type, ({type(None): None, type(Ellipsis): ..., type(NotImplemented): NotImplemented}[obj],)))
            return self._global(obj)
        if t is FunctionType:
            return self._global(obj)
        if t is BuiltinFunctionType:
            owner = getattr(obj, "__self__", None)
            if owner is not None and not isinstance(owner, type(sys)):
                return self._reduce(obj, (getattr, (owner, obj.__name__)))
            return self._global(obj)
        if t.__name__ in ("module", "generator", "coroutine", "frame", "traceback", "code", "cell", "dict_keys", "dict_values", "dict_items") and t.__module__ == "builtins":
            raise TypeError("cannot pickle %r object" % t.__name__)
        reduce = getattr(obj, "__reduce_ex__", None)
        self._reduced(obj, reduce(self.proto) if reduce is not None else obj.__reduce__())

    def _reduced(self, obj, made):
        if isinstance(made, str):
            return self._global(obj, made)
        if not isinstance(made, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(made) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self._reduce(obj, made)

    def _reduce(self, obj, made):
        put = self._out.append
        func, args, state, items, pairs, setter = (tuple(made) + (None,) * 6)[:6]
        if not isinstance(args, tuple):
            raise PicklingError("args from save_reduce() must be a tuple")
        if not callable(func):
            raise PicklingError("func from save_reduce() must be callable")
        name = getattr(func, "__name__", "")
        if name == "__newobj_ex__":
            cls, positional, named = args
            self._save(cls)
            self._save(positional)
            self._save(named)
            put(b"\x92")
        elif name == "__newobj__":
            self._save(args[0])
            self._save(args[1:])
            put(b"\x81")
        else:
            self._save(func)
            self._save(args)
            put(b"R")
        if id(obj) in self.memo:
            put(b"0h" + bytes([self.memo[id(obj)][0]]) if self.memo[id(obj)][0] < 256 else b"0j" + struct.pack("<I", self.memo[id(obj)][0]))
        else:
            self._memoize(obj)
        if items is not None:
            self._appends(items)
        if pairs is not None:
            self._setitems(pairs)
        if state is not None:
            if setter is None:
                self._save(state)
                put(b"b")
            else:
                self._save(setter)
                self._save(obj)
                self._save(state)
                put(b"\x86R0")

    def _tuple(self, obj):
        put = self._out.append
        if not obj:
            return put(b")")
        if len(obj) > 3:
            put(b"(")
        for x in obj:
            self._save(x)
        # a tuple that holds itself was written while its items were
        known = self.memo.get(id(obj))
        if known is not None:
            put(b"0" * len(obj) if len(obj) <= 3 else b"1")
            n = known[0]
            return put(b"h" + bytes([n]) if n < 256 else b"j" + struct.pack("<I", n))
        put(b"t" if len(obj) > 3 else (b"\x85", b"\x86", b"\x87")[len(obj) - 1])
        self._memoize(obj)

    def _appends(self, items):
        items = list(items)
        put = self._out.append
        for i in range(0, len(items), 1000):
            part = items[i:i + 1000]
            if len(part) == 1:
                self._save(part[0])
                put(b"a")
            else:
                put(b"(")
                for x in part:
                    self._save(x)
                put(b"e")

    def _setitems(self, pairs):
        pairs = list(pairs)
        put = self._out.append
        for i in range(0, len(pairs), 1000):
            part = pairs[i:i + 1000]
            if len(part) > 1:
                put(b"(")
            for k, v in part:
                self._save(k)
                self._save(v)
            put(b"u" if len(part) > 1 else b"s")

    def _global(self, obj, name=None, module=None):
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        if module is None:
            module = whichmodule(obj, name)
        try:
            found = _find(module, name)
        except (ImportError, KeyError, AttributeError):
            if "<locals>" in name:
                raise AttributeError("Can't pickle local object %r" % name) from None
            raise PicklingError("Can't pickle %r: attribute lookup %s on %s failed" % (obj, name, module)) from None
        if found is not obj and found != obj:
            raise PicklingError("Can't pickle %r: it's not the same object as %s.%s" % (obj, module, name))
        if self.proto >= 4:
            self._save_plain(module)
            self._save_plain(name)
            self._out.append(b"\x93")
        else:
            self._out.append(b"c" + module.encode() + b"\n" + name.encode() + b"\n")
        self._memoize(obj)


class Unpickler:
    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._file = file
        self._encoding, self._errors = encoding, errors
        self.memo = {}

    def persistent_load(self, pid):
        raise UnpicklingError("A load persistent id instruction was encountered, but no persistent_load function was specified.")

    def find_class(self, module, name):
        return _find(module, name)

    def _fetch(self, n):
        """Bytes of the frame that was read, then of the file."""
        if self._frame is not None:
            data = self._frame.read(n)
            if data:
                return data
            self._frame = None
        return self._file.read(n)

    def _read(self, n):
        data = self._fetch(n) if n else b""
        if len(data) < n:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _line(self):
        line = self._frame.readline() if self._frame is not None else b""
        line = line or self._file.readline()
        if line[-1:] != b"\n":
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def _size(self, form, n):
        return struct.unpack(form, self._read(n))[0]

    def load(self):
        stack, marks = [], []
        memo = self.memo
        self._frame = None

        def since_mark():
            nonlocal stack
            if not marks:
                raise UnpicklingError("could not find MARK")
            items, stack = stack, marks.pop()
            return items

        while True:
            op = self._fetch(1)
            if not op:
                raise EOFError("Ran out of input")
            if op == b"\x80":
                proto = self._read(1)[0]
                if proto > HIGHEST_PROTOCOL:
                    raise ValueError("unsupported pickle protocol: %d" % proto)
            elif op == b"\x95":
                self._frame = io.BytesIO(self._read(self._size("<Q", 8)))
            elif op == b".":
                return stack.pop()
            elif op == b"(":
                marks.append(stack)
                stack = []
            elif op == b"N":
                stack.append(None)
            elif op == b"\x88":
                stack.append(True)
            elif op == b"\x89":
                stack.append(False)
            elif op == b"K":
                stack.append(self._read(1)[0])
            elif op == b"M":
                stack.append(self._size("<H", 2))
            elif op == b"J":
                stack.append(self._size("<i", 4))
            elif op in b"\x8a\x8b":
                n = self._read(1)[0] if op == b"\x8a" else self._size("<i", 4)
                stack.append(int.from_bytes(self._read(n), "little", signed=True))
            elif op in b"IL":
                text = self._line()
                stack.append({b"00": False, b"01": True}.get(text) if op == b"I" and text in (b"00", b"01") else int(text.rstrip(b"L")))
            elif op == b"G":
                stack.append(self._size(">d", 8))
            elif op == b"F":
                stack.append(float(self._line()))
            elif op == b"\x8c":
                stack.append(self._read(self._read(1)[0]).decode("utf-8", "surrogatepass"))
            elif op in b"X\x8d":
                n = self._size("<I", 4) if op == b"X" else self._size("<Q", 8)
                stack.append(self._read(n).decode("utf-8", "surrogatepass"))
            elif op == b"V":
                stack.append(self._line().decode("raw-unicode-escape"))
            elif op == b"S":
                stack.append(self._line()[1:-1].decode("unicode_escape"))
            elif op in b"C":
                stack.append(self._read(self._read(1)[0]))
            elif op in b"B\x8e":
                stack.append(self._read(self._size("<I", 4) if op == b"B" else self._size("<Q", 8)))
            elif op == b"\x96":
                stack.append(bytearray(self._read(self._size("<Q", 8))))
            elif op == b"U":
                stack.append(self._read(self._read(1)[0]).decode(self._encoding, self._errors))
            elif op == b")":
                stack.append(())
            elif op in b"\x85\x86\x87":
                n = op[0] - 0x84
                stack[-n:] = [tuple(stack[-n:])]
            elif op == b"t":
                items = since_mark()
                stack.append(tuple(items))
            elif op == b"]":
                stack.append([])
            elif op == b"l":
                items = since_mark()
                stack.append(items)
            elif op == b"a":
                value = stack.pop()
                stack[-1].append(value)
            elif op == b"e":
                items = since_mark()
                target = stack[-1]
                if hasattr(target, "extend"):
                    target.extend(items)
                else:
                    for x in items:
                        target.append(x)
            elif op == b"}":
                stack.append({})
            elif op == b"d":
                items = since_mark()
                stack.append({items[i]: items[i + 1] for i in range(0, len(items), 2)})
            elif op == b"s":
                value = stack.pop()
                key = stack.pop()
                stack[-1][key] = value
            elif op == b"u":
                items = since_mark()
                for i in range(0, len(items), 2):
                    stack[-1][items[i]] = items[i + 1]
            elif op == b"\x8f":
                stack.append(set())
            elif op == b"\x90":
                items = since_mark()
                stack[-1].update(items)
            elif op == b"\x91":
                items = since_mark()
                stack.append(frozenset(items))
            elif op == b"q":
                memo[self._read(1)[0]] = stack[-1]
            elif op == b"r":
                memo[self._size("<I", 4)] = stack[-1]
            elif op == b"p":
                memo[int(self._line())] = stack[-1]
            elif op == b"\x94":
                memo[len(memo)] = stack[-1]
            elif op in b"hjg":
                key = self._read(1)[0] if op == b"h" else self._size("<I", 4) if op == b"j" else int(self._line())
                if key not in memo:
                    raise UnpicklingError("Memo value not found at index %d" % key)
                stack.append(memo[key])
            elif op == b"c":
                module = self._line().decode()
                stack.append(self.find_class(module, self._line().decode()))
            elif op == b"\x93":
                name = stack.pop()
                module = stack.pop()
                stack.append(self.find_class(module, name))
            elif op == b"R":
                args = stack.pop()
                stack[-1] = stack[-1](*args)
            elif op == b"\x81":
                args = stack.pop()
                cls = stack.pop()
                stack.append(cls.__new__(cls, *args))
            elif op == b"\x92":
                kwargs = stack.pop()
                args = stack.pop()
                cls = stack.pop()
                stack.append(cls.__new__(cls, *args, **kwargs))
            elif op == b"b":
                state = stack.pop()
                self._build(stack[-1], state)
            elif op == b"0":
                if stack:
                    stack.pop()
                else:
                    since_mark()
            elif op == b"1":
                since_mark()
            elif op == b"2":
                stack.append(stack[-1])
            elif op == b"Q":
                stack.append(self.persistent_load(stack.pop()))
            elif op == b"P":
                stack.append(self.persistent_load(self._line().decode()))
            else:
                raise UnpicklingError("invalid load key, '%s'." % (chr(op[0]) if 32 <= op[0] < 127 else "\\x%02x" % op[0]))

    def _build(self, obj, state):
        setter = getattr(obj, "__setstate__", None)
        if setter is not None:
            setter(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            space = obj.__dict__
            for k, v in state.items():
                space[k] = v
        if slots:
            for k, v in slots.items():
                setattr(obj, k, v)


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    f = io.BytesIO()
    Pickler(f, protocol).dump(obj)
    return f.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file, encoding=encoding, errors=errors).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(io.BytesIO(data), encoding=encoding, errors=errors).load()


_Pickler, _Unpickler, _dumps, _loads = Pickler, Unpickler, dumps, loads
`,
);

definePythonModule("_pickle", "from pickle import *\n");
