// The modules binascii and base64.
// Behaviour: docs.python.org/3.11/library/binascii.html, base64.html.
import { bareType } from "../runtime/base-types.ts";
import { E, err, raise } from "../runtime/exceptions.ts";
import { defineModule } from "../runtime/modules.ts";
import { asInt, asStr, PyBytes, type Value } from "../runtime/object.ts";
import { isTrue } from "../runtime/truth.ts";
import { needBytes } from "../builtins/buffer.ts";
import { definePythonModule } from "./python-source.ts";

const binasciiError = bareType("Error", [E.ValueError], "binascii");
binasciiError.hasDict = true;
const incomplete = bareType("Incomplete", [E.Exception], "binascii");
incomplete.hasDict = true;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CODES = new Map([...ALPHABET].map((c, i) => [c.charCodeAt(0), i]));

/** Bytes of a bytes-like object or of ASCII text. */
function asciiData(v: Value): Uint8Array {
  const s = asStr(v);
  if (s === undefined) return needBytes(v);
  if (/[^\x00-\x7f]/.test(s)) raise(E.ValueError, "string argument should contain only ASCII characters");
  return new TextEncoder().encode(s);
}

function toBase64(b: Uint8Array, newline: boolean): Uint8Array {
  let out = "";
  for (let i = 0; i < b.length; i += 3) {
    const n = (b[i]! << 16) | ((b[i + 1] ?? 0) << 8) | (b[i + 2] ?? 0);
    out +=
      ALPHABET[n >> 18]! +
      ALPHABET[(n >> 12) & 63]! +
      (i + 1 < b.length ? ALPHABET[(n >> 6) & 63]! : "=") +
      (i + 2 < b.length ? ALPHABET[n & 63]! : "=");
  }
  return new TextEncoder().encode(newline ? `${out}\n` : out);
}

function fromBase64(data: Uint8Array, strict: boolean): Uint8Array {
  const fail = (message: string): never => {
    throw err(binasciiError, message);
  };
  const out: number[] = [];
  let quad = 0;
  let held = 0;
  let pads = 0;
  if (strict && data[0] === 61) fail("Leading padding not allowed");
  let ended = false;
  for (let i = 0; i < data.length; i++) {
    const c = data[i]!;
    if (c === 61) {
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < data.length) fail("Excess data after padding");
        ended = true;
        break;
      }
      continue;
    }
    const n = CODES.get(c);
    if (n === undefined) {
      if (strict) fail("Only base64 data is allowed");
      continue;
    }
    if (strict && pads > 0) fail("Discontinuous padding not allowed");
    pads = 0;
    held = (held << 6) | n;
    quad++;
    if (quad > 1) out.push((held >> ((4 - quad) * 2)) & 255);
    if (quad === 4) {
      quad = 0;
      held = 0;
    } else if (quad > 1) held &= (1 << ((4 - quad) * 2)) - 1;
  }
  if (quad !== 0 && !ended) {
    if (quad === 1)
      fail(
        `Invalid base64-encoded string: number of data characters (${(out.length / 3) * 4 + 1}) cannot be 1 more than a multiple of 4`,
      );
    fail("Incorrect padding");
  }
  return Uint8Array.from(out);
}

function hexText(b: Uint8Array, sep: Value, every: Value): Uint8Array {
  const pairs = Array.from(b, (x) => x.toString(16).padStart(2, "0"));
  const s = sep === null ? undefined : (asStr(sep) ?? new TextDecoder().decode(needBytes(sep)));
  const n = Number(asInt(every) ?? 1);
  if (s === undefined || n === 0) return new TextEncoder().encode(pairs.join(""));
  const size = Math.abs(n);
  const groups: string[] = [];
  let at = n > 0 ? pairs.length % size : 0;
  if (at > 0) groups.push(pairs.slice(0, at).join(""));
  for (; at < pairs.length; at += size) groups.push(pairs.slice(at, at + size).join(""));
  return new TextEncoder().encode(groups.join(s));
}

let table: Uint32Array | undefined;
function crc32(b: Uint8Array, start: number): number {
  if (table === undefined) {
    table = new Uint32Array(256);
    for (let i = 0; i < 256; i++) {
      let c = i;
      for (let k = 0; k < 8; k++) c = (c & 1) === 0 ? c >>> 1 : (c >>> 1) ^ 0xedb88320;
      table[i] = c;
    }
  }
  let crc = ~start;
  for (const x of b) crc = table[(crc ^ x) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function adler32(b: Uint8Array, start: number): number {
  let low = start & 0xffff;
  let high = start >>> 16;
  for (const x of b) {
    low = (low + x) % 65521;
    high = (high + low) % 65521;
  }
  return (high * 65536 + low) >>> 0;
}

const unhex = (v: Value): PyBytes => {
  const b = asciiData(v);
  if (b.length % 2 === 1) throw err(binasciiError, "Odd-length string");
  const s = new TextDecoder("latin1").decode(b);
  if (/[^0-9a-fA-F]/.test(s)) throw err(binasciiError, "Non-hexadecimal digit found");
  return new PyBytes(Uint8Array.from(s.match(/../g) ?? [], (x) => parseInt(x, 16)));
};

defineModule("binascii", () => ({
  name: "binascii",
  functions: {
    hexlify: [
      "(data, sep=None, bytes_per_sep=1)",
      (v: Value, sep: Value, n: Value) => new PyBytes(hexText(needBytes(v), sep, n)),
    ],
    b2a_hex: [
      "(data, sep=None, bytes_per_sep=1)",
      (v: Value, sep: Value, n: Value) => new PyBytes(hexText(needBytes(v), sep, n)),
    ],
    unhexlify: ["(hexstr, /)", unhex],
    a2b_hex: ["(hexstr, /)", unhex],
    b2a_base64: [
      "(data, /, *, newline=True)",
      (v: Value, newline: Value) => new PyBytes(toBase64(needBytes(v), isTrue(newline))),
    ],
    a2b_base64: [
      "(data, /, *, strict_mode=False)",
      (v: Value, strict: Value) => new PyBytes(fromBase64(asciiData(v), isTrue(strict))),
    ],
    crc32: [
      "(data, crc=0, /)",
      (v: Value, n: Value) => crc32(needBytes(v), Number(BigInt(asInt(n) ?? 0) & 0xffffffffn)),
    ],
    crc_hqx: [
      "(data, crc, /)",
      (v: Value, n: Value) =>
        needBytes(v).reduce(
          (crc, x) => {
            let c = crc ^ (x << 8);
            for (let k = 0; k < 8; k++) c = (c & 0x8000) === 0 ? c << 1 : (c << 1) ^ 0x1021;
            return c & 0xffff;
          },
          Number(asInt(n)),
        ),
    ],
  },
  members: { Error: binasciiError, Incomplete: incomplete },
}));

defineModule("zlib", () => ({
  name: "zlib",
  doc: "Checksums only: the playground has no compression.",
  functions: {
    crc32: [
      "(data, value=0, /)",
      (v: Value, n: Value) => crc32(needBytes(v), Number(BigInt(asInt(n) ?? 0) & 0xffffffffn)),
    ],
    adler32: [
      "(data, value=1, /)",
      (v: Value, n: Value) => adler32(needBytes(v), Number(BigInt(asInt(n) ?? 1) & 0xffffffffn)),
    ],
  },
}));

definePythonModule(
  "base64",
  String.raw`
import binascii

__all__ = ["encode", "decode", "encodebytes", "decodebytes", "b64encode", "b64decode", "b32encode", "b32decode", "b32hexencode",
           "b32hexdecode", "b16encode", "b16decode", "b85encode", "b85decode", "a85encode", "a85decode",
           "standard_b64encode", "standard_b64decode", "urlsafe_b64encode", "urlsafe_b64decode"]
_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"
_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_` +
    "`" +
    String.raw`{|}~"


def _bytes(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters")
    if isinstance(s, (bytes, bytearray)):
        return s
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError("argument should be a bytes-like object or ASCII string, not %r" % s.__class__.__name__) from None


def b64encode(s, altchars=None):
    out = binascii.b2a_base64(s, newline=False)
    return out if altchars is None else out.translate(bytes.maketrans(b"+/", altchars))


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        s = s.translate(bytes.maketrans(_bytes(altchars), b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


standard_b64encode = lambda s: b64encode(s)
standard_b64decode = lambda s: b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def _encode32(alphabet, s):
    if not isinstance(s, (bytes, bytearray)):
        s = memoryview(s).tobytes()
    rest = len(s) % 5
    s = bytes(s) + b"\0" * (5 - rest if rest else 0)
    out = bytearray()
    for i in range(0, len(s), 5):
        n = int.from_bytes(s[i:i + 5], "big")
        out += bytes(alphabet[n >> shift & 31] for shift in range(35, -1, -5))
    pad = {1: 6, 2: 4, 3: 3, 4: 1}.get(rest, 0)
    return bytes(out[:len(out) - pad] + b"=" * pad)


def _decode32(alphabet, s, casefold, map01):
    s = _bytes(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        s = s.translate(bytes.maketrans(b"01", b"O" + _bytes(map01)))
    if casefold:
        s = s.upper()
    size = len(s)
    s = s.rstrip(b"=")
    pad = size - len(s)
    value = {c: i for i, c in enumerate(alphabet)}
    out = bytearray()
    for i in range(0, len(s), 8):
        n = 0
        for c in s[i:i + 8].ljust(8, alphabet[:1]):
            if c not in value:
                raise binascii.Error("Non-base32 digit found")
            n = n << 5 | value[c]
        out += n.to_bytes(5, "big")
    if size % 8 or pad not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    return bytes(out[:len(out) - {0: 0, 1: 1, 3: 2, 4: 3, 6: 4}[pad]])


def b32encode(s):
    return _encode32(_B32, s)


def b32decode(s, casefold=False, map01=None):
    return _decode32(_B32, s, casefold, map01)


def b32hexencode(s):
    return _encode32(_B32HEX, s)


def b32hexdecode(s, casefold=False):
    return _decode32(_B32HEX, s, casefold, None)


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    if any(c not in b"0123456789ABCDEF" for c in s):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


def _encode85(b, alphabet, pad, z, y=False):
    rest = -len(b) % 4
    b = bytes(b) + b"\0" * rest
    chunks = []
    for i in range(0, len(b), 4):
        n = int.from_bytes(b[i:i + 4], "big")
        if z and n == 0:
            chunks.append(b"z")
        elif y and n == 0x20202020:
            chunks.append(b"y")
        else:
            chunks.append(bytes(alphabet[n // 85 ** k % 85] for k in (4, 3, 2, 1, 0)))
    if rest and not pad:
        if chunks[-1] == b"z":
            chunks[-1] = alphabet[:1] * 5
        chunks[-1] = chunks[-1][:-rest]
    return b"".join(chunks)


def b85encode(b, pad=False):
    return _encode85(memoryview(b).tobytes(), _B85, pad, False)


def b85decode(b):
    b = _bytes(b)
    rest = -len(b) % 5
    value = {c: i for i, c in enumerate(_B85)}
    b = bytes(b) + b"~" * rest
    out = []
    for i in range(0, len(b), 5):
        n = 0
        for j, c in enumerate(b[i:i + 5]):
            if c not in value:
                raise ValueError("bad base85 character at position %d" % (i + j))
            n = n * 85 + value[c]
        if n > 0xFFFFFFFF:
            raise ValueError("base85 overflow in hunk starting at byte %d" % i)
        out.append(n.to_bytes(4, "big"))
    made = b"".join(out)
    return made[:-rest] if rest else made


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    out = _encode85(memoryview(b).tobytes(), bytes(range(33, 118)), pad, True, foldspaces)
    if adobe:
        out = b"<~" + out
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        out = b"\n".join(out[i:i + wrapcol] for i in range(0, len(out), wrapcol))
    return out + b"~>" if adobe else out


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    b = _bytes(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    out, held = [], []
    for c in b + b"u" * 4:
        if 33 <= c <= 117:
            held.append(c - 33)
            if len(held) == 5:
                n = 0
                for d in held:
                    n = n * 85 + d
                if n > 0xFFFFFFFF:
                    raise ValueError("Ascii85 overflow")
                out.append(n.to_bytes(4, "big"))
                held = []
        elif c == 122:
            if held:
                raise ValueError("z inside Ascii85 5-tuple")
            out.append(b"\0\0\0\0")
        elif foldspaces and c == 121:
            if held:
                raise ValueError("y inside Ascii85 5-tuple")
            out.append(b"\x20\x20\x20\x20")
        elif c not in ignorechars:
            raise ValueError("Non-Ascii85 digit found: %c" % c)
    made = b"".join(out)
    pad = 4 - len(held)
    return made[:-pad] if pad else made


def encodebytes(s):
    s = memoryview(s).tobytes()
    return b"".join(binascii.b2a_base64(s[i:i + 57]) for i in range(0, len(s), 57))


def decodebytes(s):
    return binascii.a2b_base64(s)


def encode(input, output):
    output.write(encodebytes(input.read()))


def decode(input, output):
    output.write(decodebytes(input.read()))
`,
);
