import io
raw = io.BytesIO(b"abc\ndef\n")
b = io.BufferedReader(raw); print(b.readline(), b.read(2), b.raw is raw, b.readable(), b.writable())
out = io.BytesIO(); w = io.BufferedWriter(out); w.write(b"xy"); w.flush(); print(out.getvalue())
t = io.TextIOWrapper(io.BufferedWriter(io.BytesIO())); t.write("hé"); t.flush(); print(t.buffer.raw.getvalue(), t.encoding)
class R(io.RawIOBase):
    def __init__(self): self.n = 0
    def readable(self): return True
    def readinto(self, buf):
        if self.n >= 3: return 0
        buf[:2] = b"ab"; self.n += 1; return 2
print(io.BufferedReader(R()).read())
print(list(io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"a\nb")))))
class P(io.BufferedReader): pass
p = P(io.BytesIO(b"q")); p.x = 1; print(p.read(), p.x)
try: io.BufferedReader()
except TypeError as e: print(e)
