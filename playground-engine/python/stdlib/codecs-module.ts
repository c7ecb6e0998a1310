// The modules codecs and unicodedata.
// Behaviour: docs.python.org/3.11/library/codecs.html, unicodedata.html. Character names are those that \N{…} knows.
import { call1 } from "../runtime/call.ts";
import { callMethod } from "../runtime/attributes.ts";
import { E, err, isInstanceOf, raise } from "../runtime/exceptions.ts";
import { defineModule } from "../runtime/modules.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { asInt, asStr, PyBytes, PyFloat, PyTuple, typeOf, type Value } from "../runtime/object.ts";
import { needBytes } from "../builtins/buffer.ts";
import { CodecLookupError, customHandlers, lookupCodec } from "../builtins/codecs.ts";
import { decode, encode, unicodeError } from "../builtins/format-error.ts";
import { decimalValue } from "../builtins/unicode.ts";
import { characterByName } from "../syntax/character-names.ts";
import { definePythonModule } from "./python-source.ts";

const registered = new Map<string, Value>();

const registerError: NativeMethod = [
  "(errors, handler, /)",
  (name: Value, handler: Value) => {
    const n = asStr(name) ?? raise(E.TypeError, "register_error() argument 1 must be str");
    registered.set(n, handler);
    customHandlers.set(n, (e, object) => {
      const x = unicodeError(e, typeof object === "string" ? object : new PyBytes(object));
      const made = call1(handler, x);
      if (!(made instanceof PyTuple) || made.items.length !== 2)
        raise(
          E.TypeError,
          `${e.kind === "encode" ? "encoding" : "decoding"} error handler must return (str${e.kind === "encode" ? "/bytes" : ""}, int) tuple`,
        );
      const [text, next] = made.items;
      return [asStr(text) ?? needBytes(text), Number(asInt(next))];
    });
  },
];

const isUnicodeError = (e: Value): boolean => isInstanceOf(e, E.UnicodeError);
const span = (e: Value): [string | Uint8Array, number, number] => {
  const get = (n: string): Value => callMethod(e, "__getattribute__", n);
  const object = get("object");
  return [asStr(object) ?? needBytes(object), Number(asInt(get("start"))), Number(asInt(get("end")))];
};
const characters = (o: string | Uint8Array, a: number, b: number): string[] =>
  typeof o === "string" ? [...o].slice(a, b) : Array.from(o.slice(a, b), (x) => String.fromCharCode(x));

const handlers: Readonly<Record<string, (e: Value) => Value>> = {
  strict: (e) => {
    throw e;
  },
  ignore: (e) => new PyTuple(["", span(e)[2]]),
  replace: (e) => {
    const [o, a, b] = span(e);
    return new PyTuple([
      isInstanceOf(e, E.UnicodeEncodeError)
        ? "?".repeat(b - a)
        : typeof o === "string"
          ? "\ufffd".repeat(b - a)
          : "\ufffd",
      b,
    ]);
  },
  backslashreplace: (e) => {
    const [o, a, b] = span(e);
    const hex = (n: number, w: number): string => n.toString(16).padStart(w, "0");
    return new PyTuple([
      characters(o, a, b)
        .map((c) => {
          const n = c.codePointAt(0)!;
          return n < 256 ? `\\x${hex(n, 2)}` : n < 65536 ? `\\u${hex(n, 4)}` : `\\U${hex(n, 8)}`;
        })
        .join(""),
      b,
    ]);
  },
  xmlcharrefreplace: (e) => {
    const [o, a, b] = span(e);
    return new PyTuple([
      characters(o, a, b)
        .map((c) => `&#${c.codePointAt(0)};`)
        .join(""),
      b,
    ]);
  },
};

function known(name: string): string {
  try {
    return lookupCodec(name).name;
  } catch (e) {
    if (e instanceof CodecLookupError) throw err(E.LookupError, e.message);
    throw e;
  }
}

const handlerMethods: Record<string, NativeMethod> = Object.fromEntries(
  Object.entries(handlers).map(([name, f]) => [
    `${name}_errors`,
    [
      "(exception, /)",
      (e: Value) => {
        if (!isUnicodeError(e))
          raise(E.TypeError, `don't know how to handle ${typeOf(e).name} in error callback`);
        return f(e);
      },
    ] as NativeMethod,
  ]),
);

defineModule("_codecs", () => ({
  name: "_codecs",
  functions: {
    encode: [
      "(obj, encoding='utf-8', errors='strict')",
      (o: Value, encoding: Value, errors: Value) =>
        new PyBytes(
          encode(
            asStr(o) ??
              raise(
                E.TypeError,
                `encoding with '${asStr(encoding)}' codec failed (TypeError: utf_8_encode() argument 1 must be str, not ${typeOf(o).name})`,
              ),
            asStr(encoding)!,
            asStr(errors)!,
          ),
        ),
    ],
    decode: [
      "(obj, encoding='utf-8', errors='strict')",
      (o: Value, encoding: Value, errors: Value) => decode(needBytes(o), asStr(encoding)!, asStr(errors)!),
    ],
    known: [
      "(encoding)",
      (encoding: Value) =>
        known(
          asStr(encoding) ??
            raise(E.TypeError, `lookup() argument must be str, not ${typeOf(encoding).name}`),
        ),
    ],
    register_error: registerError,
    custom: ["(name)", (name: Value) => registered.get(asStr(name) ?? "") ?? null],
    ...handlerMethods,
  },
}));

definePythonModule(
  "codecs",
  String.raw`
import builtins
import _codecs
from _codecs import register_error, strict_errors, ignore_errors, replace_errors, backslashreplace_errors, xmlcharrefreplace_errors

BOM_UTF8 = b"\xef\xbb\xbf"
BOM = BOM_LE = BOM_UTF16 = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32 = BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"
_searchers = []


def register(search_function, /):
    _searchers.append(search_function)


def unregister(search_function, /):
    if search_function in _searchers:
        _searchers.remove(search_function)


class CodecInfo(tuple):
    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None, incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name, self.encode, self.decode = name, encode, decode
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        self.streamreader, self.streamwriter = streamreader, streamwriter
        return self

    def __repr__(self):
        return "<%s.%s object for encoding %s at %#x>" % (self.__class__.__module__, self.__class__.__qualname__, self.name, id(self))


def _rot13(text):
    out = ""
    for c in text:
        first = 65 if "A" <= c <= "Z" else 97 if "a" <= c <= "z" else None
        out += c if first is None else chr((ord(c) - first + 13) % 26 + first)
    return out


def _hex_encode(b):
    import binascii
    return binascii.hexlify(b)


def _hex_decode(b):
    import binascii
    return binascii.unhexlify(b)


def _base64_encode(b):
    import base64
    return base64.encodebytes(b)


def _base64_decode(b):
    import base64
    return base64.decodebytes(b)


_TRANSFORMS = {"rot13": (_rot13, _rot13), "rot_13": (_rot13, _rot13), "hex": (_hex_encode, _hex_decode), "hex_codec": (_hex_encode, _hex_decode),
               "base64": (_base64_encode, _base64_decode), "base64_codec": (_base64_encode, _base64_decode)}


def encode(obj, encoding="utf-8", errors="strict"):
    special = _TRANSFORMS.get(encoding.lower().replace("-", "_"))
    return special[0](obj) if special else lookup(encoding).encode(obj, errors)[0] if _searchers else _codecs.encode(obj, encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    special = _TRANSFORMS.get(encoding.lower().replace("-", "_"))
    return special[1](obj) if special else lookup(encoding).decode(obj, errors)[0] if _searchers else _codecs.decode(obj, encoding, errors)


class IncrementalEncoder:
    _encoding = "utf-8"

    def __init__(self, errors="strict"):
        self.errors = errors

    def encode(self, input, final=False):
        return _codecs.encode(input, self._encoding, self.errors)

    def reset(self):
        pass


class IncrementalDecoder:
    _encoding = "utf-8"

    def __init__(self, errors="strict"):
        self.errors = errors
        self._kept = b""

    def decode(self, input, final=False):
        data = self._kept + bytes(input)
        self._kept = b""
        try:
            return _codecs.decode(data, self._encoding, self.errors if final else "strict")
        except UnicodeDecodeError as e:
            if final or len(data) - e.start > 3:
                if self.errors != "strict":
                    return _codecs.decode(data, self._encoding, self.errors)
                raise
            self._kept = data[e.start:]
            return _codecs.decode(data[:e.start], self._encoding, self.errors)

    def reset(self):
        self._kept = b""


class Codec:
    _encoding = "utf-8"

    def encode(self, input, errors="strict"):
        return _codecs.encode(input, self._encoding, errors), len(input)

    def decode(self, input, errors="strict"):
        return _codecs.decode(input, self._encoding, errors), len(input)


class _Stream(Codec):
    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def reset(self):
        pass

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamWriter(_Stream):
    def write(self, object):
        self.stream.write(self.encode(object, self.errors)[0])
        # A byte order mark stands at the beginning only.
        self._encoding = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(self._encoding, self._encoding)

    def writelines(self, list):
        self.write("".join(list))


class StreamReader(_Stream):
    def __init__(self, stream, errors="strict"):
        super().__init__(stream, errors)
        self.reset()

    def reset(self):
        self._decoder = type("IncrementalDecoder", (IncrementalDecoder,), {"_encoding": self._encoding})(self.errors)
        self._text = ""

    def _fill(self, size=-1):
        data = self.stream.read(size) if size >= 0 else self.stream.read()
        self._text += self._decoder.decode(data, size < 0)
        return bool(data)

    def read(self, size=-1, chars=-1, firstline=False):
        if chars >= 0:
            while len(self._text) < chars and self._fill(max(size, 72)):
                pass
        elif size >= 0:
            if not self._text:
                self._fill(size)
        else:
            self._fill()
        out, self._text = (self._text, "") if chars < 0 else (self._text[:chars], self._text[chars:])
        return out

    def readline(self, size=None, keepends=True):
        while True:
            lines = self._text.splitlines(True)
            if len(lines) > 1 or not self._fill(size or 72):
                break
        lines = self._text.splitlines(True)
        if not lines:
            return ""
        self._text = "".join(lines[1:])
        return lines[0] if keepends else lines[0].splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class StreamReaderWriter:
    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def __getattr__(self, name):
        return getattr(self.writer if name.startswith("write") else self.reader, name)

    def __iter__(self):
        return self.reader

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


def lookup(encoding, /):
    for search in _searchers:
        found = search(encoding.lower().replace("-", "_").replace(" ", "_"))
        if found is not None:
            return found
    name = _codecs.known(encoding)
    return CodecInfo(lambda s, errors="strict": (_codecs.encode(s, name, errors), len(s)), lambda b, errors="strict": (_codecs.decode(b, name, errors), len(b)),
                     type("StreamReader", (StreamReader,), {"_encoding": name}), type("StreamWriter", (StreamWriter,), {"_encoding": name}),
                     incrementalencoder=type("IncrementalEncoder", (IncrementalEncoder,), {"_encoding": name}),
                     incrementaldecoder=type("IncrementalDecoder", (IncrementalDecoder,), {"_encoding": name}), name=name)


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    return lookup(encoding).incrementalencoder


def getincrementaldecoder(encoding):
    return lookup(encoding).incrementaldecoder


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


def lookup_error(name, /):
    found = _codecs.custom(name) or globals().get(name + "_errors")
    if found is None:
        raise LookupError("unknown error handler name '%s'" % name)
    return found


def iterencode(iterator, encoding, errors="strict", **kwargs):
    for s in iterator:
        yield encode(s, encoding, errors)


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = getincrementaldecoder(encoding)(errors)
    for b in iterator:
        s = decoder.decode(b)
        if s:
            yield s
    s = decoder.decode(b"", True)
    if s:
        yield s


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    return builtins.open(filename, mode, encoding=encoding, errors=errors if encoding is not None else None)
`,
);

// ---- unicodedata

const CATEGORIES = [
  "Lu",
  "Ll",
  "Lt",
  "Lm",
  "Lo",
  "Mn",
  "Mc",
  "Me",
  "Nd",
  "Nl",
  "No",
  "Pc",
  "Pd",
  "Ps",
  "Pe",
  "Pi",
  "Pf",
  "Po",
  "Sm",
  "Sc",
  "Sk",
  "So",
  "Zs",
  "Zl",
  "Zp",
  "Cc",
  "Cf",
  "Cs",
  "Co",
];
let patterns: [string, RegExp][] | undefined;

function category(c: string): string {
  patterns ??= CATEGORIES.map((n) => [n, new RegExp(`^\\p{${n}}`, "u")]);
  return patterns.find(([, p]) => p.test(c))?.[0] ?? "Cn";
}

function one(v: Value, what: string): string {
  const s = asStr(v);
  if (s === undefined)
    raise(
      E.TypeError,
      `${what}() argument${what === "name" || what === "decimal" || what === "numeric" || what === "digit" ? " 1" : ""} must be a unicode character, not ${typeOf(v).name}`,
    );
  if ([...s].length !== 1)
    raise(
      E.TypeError,
      `${what}() argument${what === "name" || what === "decimal" || what === "numeric" || what === "digit" ? " 1" : ""} must be a unicode character, not str`,
    );
  return s;
}

let names: Map<string, string> | undefined;
const ASCII_NAMED =
  "SPACE,EXCLAMATION MARK,QUOTATION MARK,NUMBER SIGN,DOLLAR SIGN,PERCENT SIGN,AMPERSAND,APOSTROPHE,LEFT PARENTHESIS,RIGHT PARENTHESIS,ASTERISK,PLUS SIGN,COMMA,HYPHEN-MINUS,FULL STOP,SOLIDUS,DIGIT ZERO,DIGIT ONE,DIGIT TWO,DIGIT THREE,DIGIT FOUR,DIGIT FIVE,DIGIT SIX,DIGIT SEVEN,DIGIT EIGHT,DIGIT NINE,COLON,SEMICOLON,LESS-THAN SIGN,EQUALS SIGN,GREATER-THAN SIGN,QUESTION MARK,COMMERCIAL AT".split(
    ",",
  );
const MARKS: Readonly<Record<string, string>> = {
  "\u0300": "GRAVE",
  "\u0301": "ACUTE",
  "\u0302": "CIRCUMFLEX",
  "\u0303": "TILDE",
  "\u0304": "MACRON",
  "\u0306": "BREVE",
  "\u0307": "DOT ABOVE",
  "\u0308": "DIAERESIS",
  "\u030a": "RING ABOVE",
  "\u030b": "DOUBLE ACUTE",
  "\u030c": "CARON",
  "\u0327": "CEDILLA",
  "\u0328": "OGONEK",
};
const GREEK =
  "ALPHA,BETA,GAMMA,DELTA,EPSILON,ZETA,ETA,THETA,IOTA,KAPPA,LAMDA,MU,NU,XI,OMICRON,PI,RHO,FINAL SIGMA,SIGMA,TAU,UPSILON,PHI,CHI,PSI,OMEGA".split(
    ",",
  );
const MORE =
  "EURO SIGN,EM DASH,EN DASH,BULLET,HORIZONTAL ELLIPSIS,LEFT SINGLE QUOTATION MARK,RIGHT SINGLE QUOTATION MARK,LEFT DOUBLE QUOTATION MARK,RIGHT DOUBLE QUOTATION MARK,NO-BREAK SPACE,COPYRIGHT SIGN,REGISTERED SIGN,DEGREE SIGN,MICRO SIGN,PLUS-MINUS SIGN,SECTION SIGN,POUND SIGN,YEN SIGN,CENT SIGN,MULTIPLICATION SIGN,DIVISION SIGN,LATIN SMALL LETTER SHARP S,LATIN SMALL LETTER AE,LATIN CAPITAL LETTER AE,LATIN SMALL LETTER O WITH STROKE,LATIN CAPITAL LETTER O WITH STROKE,RIGHTWARDS ARROW,LEFTWARDS ARROW,UPWARDS ARROW,DOWNWARDS ARROW,INFINITY,NOT EQUAL TO,LESS-THAN OR EQUAL TO,GREATER-THAN OR EQUAL TO,SQUARE ROOT,TRADE MARK SIGN,BLACK STAR,WHITE STAR,CHECK MARK,SNOWMAN,BLACK HEART SUIT,GRINNING FACE,SNAKE,VULGAR FRACTION ONE QUARTER,VULGAR FRACTION ONE HALF,VULGAR FRACTION THREE QUARTERS,SUPERSCRIPT ONE,SUPERSCRIPT TWO,SUPERSCRIPT THREE,PILCROW SIGN,MIDDLE DOT,NOT SIGN,CURRENCY SIGN,SOFT HYPHEN,LATIN CAPITAL LETTER ETH,LATIN SMALL LETTER ETH,LATIN CAPITAL LETTER THORN,LATIN SMALL LETTER THORN,LATIN CAPITAL LIGATURE OE,LATIN SMALL LIGATURE OE,LATIN CAPITAL LETTER L WITH STROKE,LATIN SMALL LETTER L WITH STROKE,N-ARY SUMMATION,ELEMENT OF,FOR ALL,THERE EXISTS,EMPTY SET,ALMOST EQUAL TO,IDENTICAL TO,MINUS SIGN,LOGICAL AND,LOGICAL OR,INTEGRAL,BLACK SQUARE,WHITE SQUARE,BLACK CIRCLE,WHITE CIRCLE,FULL BLOCK,KELVIN SIGN,OHM SIGN,ANGSTROM SIGN,EM SPACE,EN SPACE,THIN SPACE,NARROW NO-BREAK SPACE,ZERO WIDTH NON-JOINER,LINE SEPARATOR,PARAGRAPH SEPARATOR,DAGGER,PER MILLE SIGN,LATIN SMALL LETTER DOTLESS I,LEFT-POINTING DOUBLE ANGLE QUOTATION MARK,RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK,INVERTED QUESTION MARK,INVERTED EXCLAMATION MARK,ZERO WIDTH SPACE,ZERO WIDTH JOINER,GREEK SMALL LETTER FINAL SIGMA,REPLACEMENT CHARACTER".split(
    ",",
  );

/** The name of a character, where \N{…} knows it too; undefined elsewhere. */
function nameOf(c: string): string | undefined {
  const n = c.codePointAt(0)!;
  if (n >= 0x20 && n <= 0x40) return ASCII_NAMED[n - 0x20];
  if (/^[A-Za-z]$/.test(c)) return `LATIN ${c < "a" ? "CAPITAL" : "SMALL"} LETTER ${c.toUpperCase()}`;
  if (names === undefined) {
    names = new Map();
    for (const name of MORE) {
      const found = characterByName(name);
      if (found !== undefined) names.set(found, name);
    }
  }
  const listed = names.get(c);
  if (listed !== undefined) return listed;
  if (n >= 0x4e00 && n <= 0x9fff) return `CJK UNIFIED IDEOGRAPH-${n.toString(16).toUpperCase()}`;
  if (n >= 0x391 && n <= 0x3c9 && n !== 0x3a2) {
    const g = GREEK[n >= 0x3b1 ? n - 0x3b1 : n - 0x391];
    if (g !== undefined) return `GREEK ${n >= 0x3b1 ? "SMALL" : "CAPITAL"} LETTER ${g}`;
  }
  const [base, mark, ...rest] = c.normalize("NFD");
  if (base !== undefined && mark !== undefined && rest.length === 0 && MARKS[mark] !== undefined) {
    const b = nameOf(base);
    if (b !== undefined) return `${b} WITH ${MARKS[mark]}`;
  }
  if (MARKS[c] !== undefined)
    return `COMBINING ${MARKS[c]}${["GRAVE", "ACUTE", "CIRCUMFLEX"].includes(MARKS[c]) ? " ACCENT" : ""}`;
  for (const [text, code] of [
    ["[", "LEFT SQUARE BRACKET"],
    ["\\", "REVERSE SOLIDUS"],
    ["]", "RIGHT SQUARE BRACKET"],
    ["^", "CIRCUMFLEX ACCENT"],
    ["_", "LOW LINE"],
    ["`", "GRAVE ACCENT"],
    ["{", "LEFT CURLY BRACKET"],
    ["|", "VERTICAL LINE"],
    ["}", "RIGHT CURLY BRACKET"],
    ["~", "TILDE"],
  ] as const)
    if (text === c) return code;
  return undefined;
}

const FRACTIONS: Readonly<Record<string, number>> = {
  "\u00bc": 0.25,
  "\u00bd": 0.5,
  "\u00be": 0.75,
  "\u2153": 1 / 3,
  "\u2154": 2 / 3,
};

function numberOf(c: string): number | undefined {
  if (/^\p{Nd}$/u.test(c)) return decimalValue(c.codePointAt(0)!);
  if (FRACTIONS[c] !== undefined) return FRACTIONS[c];
  const k = c.normalize("NFKD");
  if (k !== c && /^\d+$/.test(k)) return Number(k);
  const n = c.codePointAt(0)!;
  if (n >= 0x2160 && n <= 0x216b) return n - 0x215f;
  return undefined;
}

function wide(c: string): string {
  const n = c.codePointAt(0)!;
  if ((n >= 0xff01 && n <= 0xff60) || (n >= 0xffe0 && n <= 0xffe6)) return "F";
  if (
    (n >= 0x1100 && n <= 0x115f) ||
    (n >= 0x2e80 && n <= 0xa4cf && n !== 0x303f) ||
    (n >= 0xac00 && n <= 0xd7a3) ||
    (n >= 0xf900 && n <= 0xfaff) ||
    (n >= 0xfe30 && n <= 0xfe6f) ||
    (n >= 0x1f300 && n <= 0x1f64f) ||
    (n >= 0x1f900 && n <= 0x1f9ff) ||
    (n >= 0x20000 && n <= 0x3fffd)
  )
    return "W";
  if (n >= 0xff61 && n <= 0xffdc) return "H";
  if (n >= 0x20 && n <= 0x7e) return "Na";
  return "¡¤§¨ª®°±²³´¶·¸¹º¼½¾¿ÆÐ×ØÞßàáæèéêìíðòó÷øùúüþ".includes(c) ||
    (n >= 0x300 && n <= 0x36f) ||
    (n >= 0x391 && n <= 0x3c9) ||
    n === 0x20ac
    ? "A"
    : "N";
}

function combining(c: string): number {
  if (!/^\p{Mn}$/u.test(c)) return 0;
  const n = c.codePointAt(0)!;
  if (n === 0x327 || n === 0x328) return 202;
  return (n >= 0x316 && n <= 0x319) || (n >= 0x323 && n <= 0x326) || (n >= 0x32d && n <= 0x333) ? 220 : 230;
}

const numeric = (what: string, make: (c: string) => Value | undefined): NativeMethod => [
  "(chr, default=..., /)",
  (v: Value, d: Value | undefined) => {
    const found = make(one(v, what));
    if (found !== undefined) return found;
    if (d !== undefined) return d;
    raise(
      E.ValueError,
      what === "name" ? "no such name" : what === "numeric" ? "not a numeric character" : `not a ${what}`,
    );
  },
];

function normal(form: Value, text: Value): string {
  const f = asStr(form);
  const s = asStr(text);
  if (s === undefined) raise(E.TypeError, `normalize() argument 2 must be str, not ${typeOf(text).name}`);
  if (f !== "NFC" && f !== "NFD" && f !== "NFKC" && f !== "NFKD")
    raise(E.ValueError, "invalid normalization form");
  return s.normalize(f);
}

defineModule("unicodedata", () => ({
  name: "unicodedata",
  functions: {
    category: ["(chr, /)", (v: Value) => category(one(v, "category"))],
    name: numeric("name", nameOf),
    lookup: [
      "(name, /)",
      (v: Value) =>
        characterByName((asStr(v) ?? "").toUpperCase()) ??
        raise(E.KeyError, `undefined character name '${asStr(v) ?? ""}'`),
    ],
    normalize: ["(form, unistr, /)", normal],
    is_normalized: ["(form, unistr, /)", (f: Value, s: Value) => normal(f, s) === asStr(s)],
    decimal: numeric("decimal", (c) => (/^\p{Nd}$/u.test(c) ? decimalValue(c.codePointAt(0)!) : undefined)),
    digit: numeric("digit", (c) => {
      const n = numberOf(c);
      return n !== undefined && Number.isInteger(n) && n < 10 && !/^\p{Nl}$/u.test(c) ? n : undefined;
    }),
    numeric: numeric("numeric", (c) => {
      const n = numberOf(c);
      return n === undefined ? undefined : new PyFloat(n);
    }),
    combining: ["(chr, /)", (v: Value) => combining(one(v, "combining"))],
    east_asian_width: ["(chr, /)", (v: Value) => wide(one(v, "east_asian_width"))],
    mirrored: ["(chr, /)", (v: Value) => (/^[()<>[\]{}\u00ab\u00bb]$/.test(one(v, "mirrored")) ? 1 : 0)],
    bidirectional: [
      "(chr, /)",
      (v: Value) => {
        const c = one(v, "bidirectional");
        return /^\p{Nd}$/u.test(c)
          ? "EN"
          : /^[\u0590-\u05ff]$/.test(c)
            ? "R"
            : /^[\u0600-\u07bf]$/.test(c)
              ? "AL"
              : /^\p{L}$/u.test(c)
                ? "L"
                : /^\p{Mn}$/u.test(c)
                  ? "NSM"
                  : /^\s$/.test(c)
                    ? "WS"
                    : "ON";
      },
    ],
    decomposition: [
      "(chr, /)",
      (v: Value) => {
        const c = one(v, "decomposition");
        const d = c.normalize("NFD");
        return d === c
          ? ""
          : Array.from(d, (x) => x.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")).join(" ");
      },
    ],
  },
  members: { unidata_version: "14.0.0" },
}));
