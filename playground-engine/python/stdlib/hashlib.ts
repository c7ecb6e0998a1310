// The modules hashlib and hmac.
// Behaviour: docs.python.org/3.11/library/hashlib.html, hmac.html. scrypt is left out.
import { E, raise } from "../runtime/exceptions.ts";
import { callMethod } from "../runtime/attributes.ts";
import { defineModule } from "../runtime/modules.ts";
import { nativeType } from "../runtime/native-type.ts";
import type { NativeMethod } from "../runtime/native.ts";
import { asInt, asStr, PyBytes, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { bytesOf, needBytes } from "../builtins/buffer.ts";
import { PyFrozenSet, PySet } from "../builtins/set.ts";
import { blake2, md5, sha1, sha224, sha256, sha3, sha384, sha512 } from "./hashes.ts";
import { definePythonModule } from "./python-source.ts";

interface Algorithm {
  readonly name: string;
  /** Bytes of the digest; 0 where the caller says how many. */
  readonly size: number;
  readonly block: number;
  digest(data: Uint8Array, size: number): Uint8Array;
}

const ALGORITHMS = new Map<string, Algorithm>(
  (
    [
      ["md5", 16, 64, md5],
      ["sha1", 20, 64, sha1],
      ["sha224", 28, 64, sha224],
      ["sha256", 32, 64, sha256],
      ["sha384", 48, 128, sha384],
      ["sha512", 64, 128, sha512],
      ["sha3_224", 28, 144, (d) => sha3(d, 144, 6, 28)],
      ["sha3_256", 32, 136, (d) => sha3(d, 136, 6, 32)],
      ["sha3_384", 48, 104, (d) => sha3(d, 104, 6, 48)],
      ["sha3_512", 64, 72, (d) => sha3(d, 72, 6, 64)],
      ["shake_128", 0, 168, (d, n) => sha3(d, 168, 31, n)],
      ["shake_256", 0, 136, (d, n) => sha3(d, 136, 31, n)],
    ] as [string, number, number, Algorithm["digest"]][]
  ).map(([name, size, block, digest]) => [name, { name, size, block, digest }]),
);

class PyHash {
  declare [TYPE]: PyType;
  readonly algorithm: Algorithm;
  data: Uint8Array;
  constructor(algorithm: Algorithm, data: Uint8Array) {
    this.algorithm = algorithm;
    this.data = data;
  }
  update(more: Uint8Array): void {
    const joined = new Uint8Array(this.data.length + more.length);
    joined.set(this.data);
    joined.set(more, this.data.length);
    this.data = joined;
  }
}

const hex = (b: Uint8Array): string => Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");

function dataOf(v: Value): Uint8Array {
  if (asStr(v) !== undefined) raise(E.TypeError, "Strings must be encoded before hashing");
  const b = bytesOf(v);
  if (b === undefined) raise(E.TypeError, "object supporting the buffer API required");
  return b;
}

function digestOf(h: PyHash, length: Value): Uint8Array {
  if (h.algorithm.size > 0) return h.algorithm.digest(h.data, h.algorithm.size);
  const n = asInt(length);
  if (n === undefined)
    raise(E.TypeError, `${h.algorithm.name}.digest() missing required argument 'length' (pos 1)`);
  return h.algorithm.digest(h.data, Number(n));
}

nativeType({
  name: "HASH",
  module: "_hashlib",
  dotted: true,
  host: PyHash,
  getters: {
    name: (h: PyHash) => h.algorithm.name,
    digest_size: (h: PyHash) => h.algorithm.size,
    block_size: (h: PyHash) => h.algorithm.block,
  },
  methods: {
    update: ["(self, obj, /)", (h: PyHash, v: Value) => h.update(dataOf(v))],
    digest: ["(self, length=None)", (h: PyHash, n: Value) => new PyBytes(digestOf(h, n))],
    hexdigest: ["(self, length=None)", (h: PyHash, n: Value) => hex(digestOf(h, n))],
    copy: ["(self)", (h: PyHash) => new PyHash(h.algorithm, h.data)],
    __repr__: ["(self, /)", (h: PyHash) => `<${h.algorithm.name} _hashlib.HASH object>`],
  },
});

function start(a: Algorithm, v: Value | undefined): PyHash {
  return new PyHash(a, v === undefined ? new Uint8Array(0) : dataOf(v));
}

function make(name: Value, v: Value | undefined): PyHash {
  const n = asStr(name);
  if (n === undefined) raise(E.TypeError, `name must be a string`);
  const a =
    ALGORITHMS.get(n.toLowerCase().replace("-", "_")) ?? ALGORITHMS.get(n.toLowerCase().replace("-", ""));
  if (a !== undefined) return start(a, v);
  if (n === "blake2b" || n === "blake2s") return blake(n, v, n === "blake2b" ? 64 : 32, new Uint8Array(0));
  raise(E.ValueError, `unsupported hash type ${n}`);
}

function blake(name: "blake2b" | "blake2s", v: Value | undefined, size: number, key: Uint8Array): PyHash {
  const wide = name === "blake2b";
  const most = wide ? 64 : 32;
  if (size < 1 || size > most)
    raise(
      E.ValueError,
      `digest_size for ${wide ? "Blake2b" : "Blake2s"} must be between 1 and ${most} bytes, here it is ${size}`,
    );
  if (key.length > most) raise(E.ValueError, `maximum key length is ${most} bytes`);
  return start({ name, size, block: wide ? 128 : 64, digest: (d) => blake2(d, wide, size, key) }, v);
}

const blakeMethod = (name: "blake2b" | "blake2s"): NativeMethod => [
  "(data=..., /, *, digest_size=None, key=None, salt=None, person=None, usedforsecurity=True)",
  (v: Value | undefined, size: Value, key: Value) =>
    blake(
      name,
      v,
      size === null ? (name === "blake2b" ? 64 : 32) : Number(asInt(size)),
      key === null ? new Uint8Array(0) : needBytes(key),
    ),
];

function hmacDigest(a: Algorithm, keyGiven: Uint8Array, message: Uint8Array): Uint8Array {
  const key = keyGiven.length > a.block ? a.digest(keyGiven, a.size) : keyGiven;
  const wrap = (fill: number, data: Uint8Array): Uint8Array => {
    const out = new Uint8Array(a.block + data.length).fill(fill, 0, a.block);
    key.forEach((x, i) => (out[i] = x ^ fill));
    out.set(data, a.block);
    return a.digest(out, a.size);
  };
  return wrap(0x5c, wrap(0x36, message));
}

function pbkdf2(
  a: Algorithm,
  password: Uint8Array,
  salt: Uint8Array,
  rounds: number,
  size: number,
): Uint8Array {
  const out = new Uint8Array(size);
  for (let at = 0, block = 1; at < size; at += a.size, block++) {
    const first = new Uint8Array(salt.length + 4);
    first.set(salt);
    new DataView(first.buffer).setUint32(salt.length, block);
    let u = hmacDigest(a, password, first);
    const t = u.slice();
    for (let i = 1; i < rounds; i++) {
      u = hmacDigest(a, password, u);
      u.forEach((x, k) => (t[k]! ^= x));
    }
    out.set(t.subarray(0, Math.min(a.size, size - at)), at);
  }
  return out;
}

function fixed(name: Value): Algorithm {
  const a = ALGORITHMS.get(asStr(name) ?? "");
  if (a === undefined || a.size === 0)
    raise(E.ValueError, `unsupported hash type ${asStr(name) ?? typeOf(name).name}`);
  return a;
}

defineModule("hashlib", () => ({
  name: "hashlib",
  doc: "Digests of bytes.",
  functions: {
    new: ["(name, data=..., *, usedforsecurity=True)", make],
    ...Object.fromEntries(
      [...ALGORITHMS.values()].map((a): [string, NativeMethod] => [
        a.name,
        ["(string=..., *, usedforsecurity=True)", (v: Value | undefined) => start(a, v)],
      ]),
    ),
    blake2b: blakeMethod("blake2b"),
    blake2s: blakeMethod("blake2s"),
    pbkdf2_hmac: [
      "(hash_name, password, salt, iterations, dklen=None)",
      (name: Value, password: Value, salt: Value, rounds: Value, size: Value) => {
        const a = fixed(name);
        return new PyBytes(
          pbkdf2(
            a,
            needBytes(password),
            needBytes(salt),
            Number(asInt(rounds)),
            size === null ? a.size : Number(asInt(size)),
          ),
        );
      },
    ],
    file_digest: [
      "(fileobj, digest, /)",
      (file: Value, digest: Value) => {
        const h =
          asStr(digest) === undefined ? (callMethod(digest, "__call__") as PyHash) : make(digest, undefined);
        h.update(needBytes(callMethod(file, "read")));
        return h;
      },
    ],
    _hmac_digest: [
      "(key, msg, name)",
      (key: Value, msg: Value, name: Value) =>
        new PyBytes(hmacDigest(fixed(name), needBytes(key), needBytes(msg))),
    ],
  },
  members: {
    algorithms_guaranteed: new PySet([...ALGORITHMS.keys(), "blake2b", "blake2s"]),
    algorithms_available: new PyFrozenSet([...ALGORITHMS.keys(), "blake2b", "blake2s"]),
  },
}));

definePythonModule(
  "hmac",
  String.raw`
import hashlib as _hashlib


def compare_digest(a, b, /):
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError("comparing strings with non-ASCII characters is not supported")
        return a == b
    if isinstance(a, str) or isinstance(b, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(a) == bytes(b)


def _name(digestmod):
    if not digestmod:
        raise TypeError("Missing required argument 'digestmod'.")
    if isinstance(digestmod, str):
        return digestmod
    if callable(digestmod):
        return digestmod().name
    return digestmod.new().name


class HMAC:
    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        self._key = bytes(key)
        self._hash = _name(digestmod)
        sample = _hashlib.new(self._hash)
        self.digest_size = sample.digest_size
        self.block_size = sample.block_size
        self._msg = b""
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return "hmac-" + self._hash

    def update(self, msg):
        if isinstance(msg, str):
            raise TypeError("Strings must be encoded before hashing")
        self._msg += bytes(msg)

    def copy(self):
        return HMAC(self._key, self._msg, self._hash)

    def digest(self):
        return _hashlib._hmac_digest(self._key, self._msg, self._hash)

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()
`,
);
