// Hash functions over bytes: MD5, SHA-1, SHA-2, SHA-3 and BLAKE2, each from all of its input.
// Behaviour: RFC 1321, FIPS 180-4, FIPS 202, RFC 7693.

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n));
const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** The message with its padding: a one bit, zeros, and the length in bits. */
function padded(data: Uint8Array, block: number, lengthBytes: number, littleEndian: boolean): DataView {
  const total = Math.ceil((data.length + 1 + lengthBytes) / block) * block;
  const out = new Uint8Array(total);
  out.set(data);
  out[data.length] = 0x80;
  const view = new DataView(out.buffer);
  const high = Math.floor(data.length / 0x20000000);
  const low = (data.length << 3) >>> 0;
  view.setUint32(total - 8, littleEndian ? low : high, littleEndian);
  view.setUint32(total - 4, littleEndian ? high : low, littleEndian);
  return view;
}

function bytesOfWords(words: ArrayLike<number>, littleEndian: boolean): Uint8Array {
  const out = new DataView(new ArrayBuffer(words.length * 4));
  for (let i = 0; i < words.length; i++) out.setUint32(i * 4, words[i]!, littleEndian);
  return new Uint8Array(out.buffer);
}

const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
const MD5_SINES = Array.from(
  { length: 64 },
  (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 4294967296) | 0,
);

export function md5(data: Uint8Array): Uint8Array {
  const m = padded(data, 64, 8, true);
  const h = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < m.byteLength; at += 64) {
    let [a, b, c, d] = h as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f =
        round === 0
          ? (b & c) | (~b & d)
          : round === 1
            ? (d & b) | (~d & c)
            : round === 2
              ? b ^ c ^ d
              : c ^ (b | ~d);
      const g =
        round === 0 ? i : round === 1 ? (5 * i + 1) % 16 : round === 2 ? (3 * i + 5) % 16 : (7 * i) % 16;
      const t = (a + f + MD5_SINES[i]! + m.getInt32(at + g * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotl(t, MD5_SHIFTS[round]![i & 3]!)) | 0;
    }
    h[0] = (h[0]! + a) | 0;
    h[1] = (h[1]! + b) | 0;
    h[2] = (h[2]! + c) | 0;
    h[3] = (h[3]! + d) | 0;
  }
  return bytesOfWords(h, true);
}

export function sha1(data: Uint8Array): Uint8Array {
  const m = padded(data, 64, 8, false);
  const h = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const w = new Int32Array(80);
  for (let at = 0; at < m.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = m.getInt32(at + i * 4);
    for (let i = 16; i < 80; i++) w[i] = rotl(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
    let [a, b, c, d, e] = h as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
      const t = (rotl(a, 5) + f + e + k + w[i]!) | 0;
      e = d;
      d = c;
      c = rotl(b, 30);
      b = a;
      a = t;
    }
    [a, b, c, d, e].forEach((x, i) => (h[i] = (h[i]! + x) | 0));
  }
  return bytesOfWords(h, false);
}

/** First bits of the fractional parts of roots of the primes: the constants of SHA-2, 64 bits each. */
function primeRoots(count: number, cube: boolean): bigint[] {
  const out: bigint[] = [];
  for (let n = 2; out.length < count; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    // the integer root of n scaled by 2^64 to the power
    const target = BigInt(n) << (cube ? 192n : 128n);
    let x = BigInt(Math.floor((cube ? Math.cbrt(n) : Math.sqrt(n)) * 2 ** 40)) << 24n;
    for (let i = 0; i < 8; i++) x = cube ? (2n * x + target / (x * x)) / 3n : (x + target / x) / 2n;
    while ((cube ? x * x * x : x * x) > target) x--;
    while ((cube ? (x + 1n) ** 3n : (x + 1n) ** 2n) <= target) x++;
    out.push(x & 0xffffffffffffffffn);
  }
  return out;
}

let roots: { cube: bigint[]; square: bigint[] } | undefined;
function constants(): { cube: bigint[]; square: bigint[] } {
  return (roots ??= { cube: primeRoots(80, true), square: primeRoots(16, false) });
}

function sha256With(data: Uint8Array, start: readonly number[], size: number): Uint8Array {
  const k = constants()
    .cube.slice(0, 64)
    .map((x) => Number(x >> 32n) | 0);
  const m = padded(data, 64, 8, false);
  const h = [...start];
  const w = new Int32Array(64);
  for (let at = 0; at < m.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = m.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      w[i] =
        w[i - 16]! +
        (rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3)) +
        w[i - 7]! +
        (rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, hh] = h as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const t1 = (hh + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0;
      const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      hh = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, hh].forEach((x, i) => (h[i] = (h[i]! + x) | 0));
  }
  return bytesOfWords(h, false).slice(0, size);
}

export const sha256 = (data: Uint8Array): Uint8Array =>
  sha256With(
    data,
    constants()
      .square.slice(0, 8)
      .map((x) => Number(x >> 32n) | 0),
    32,
  );
export const sha224 = (data: Uint8Array): Uint8Array =>
  sha256With(
    data,
    constants()
      .square.slice(8, 16)
      .map((x) => Number(x & 0xffffffffn) | 0),
    28,
  );

const M64 = 0xffffffffffffffffn;
const rotr64 = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & M64;

function bytesOfLongs(words: readonly bigint[], littleEndian: boolean): Uint8Array {
  const out = new DataView(new ArrayBuffer(words.length * 8));
  words.forEach((x, i) => out.setBigUint64(i * 8, x, littleEndian));
  return new Uint8Array(out.buffer);
}

function sha512With(data: Uint8Array, start: readonly bigint[], size: number): Uint8Array {
  const k = constants().cube;
  const m = padded(data, 128, 16, false);
  const h = [...start];
  const w = new BigUint64Array(80);
  for (let at = 0; at < m.byteLength; at += 128) {
    for (let i = 0; i < 16; i++) w[i] = m.getBigUint64(at + i * 8);
    for (let i = 16; i < 80; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      w[i] =
        w[i - 16]! +
        (rotr64(x, 1n) ^ rotr64(x, 8n) ^ (x >> 7n)) +
        w[i - 7]! +
        (rotr64(y, 19n) ^ rotr64(y, 61n) ^ (y >> 6n));
    }
    let [a, b, c, d, e, f, g, hh] = h as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const t1 =
        hh + (rotr64(e, 14n) ^ rotr64(e, 18n) ^ rotr64(e, 41n)) + ((e & f) ^ (~e & M64 & g)) + k[i]! + w[i]!;
      const t2 = (rotr64(a, 28n) ^ rotr64(a, 34n) ^ rotr64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      hh = g;
      g = f;
      f = e;
      e = (d + t1) & M64;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) & M64;
    }
    [a, b, c, d, e, f, g, hh].forEach((x, i) => (h[i] = (h[i]! + x) & M64));
  }
  return bytesOfLongs(h, false).slice(0, size);
}

export const sha512 = (data: Uint8Array): Uint8Array => sha512With(data, constants().square.slice(0, 8), 64);
export const sha384 = (data: Uint8Array): Uint8Array => sha512With(data, constants().square.slice(8, 16), 48);

/** The permutation of SHA-3 on 25 lanes. */
function keccak(s: BigUint64Array): void {
  let lfsr = 1;
  for (let round = 0; round < 24; round++) {
    const c = [0, 1, 2, 3, 4].map((x) => s[x]! ^ s[x + 5]! ^ s[x + 10]! ^ s[x + 15]! ^ s[x + 20]!);
    for (let x = 0; x < 5; x++) {
      const d = c[(x + 4) % 5]! ^ rotr64(c[(x + 1) % 5]!, 63n);
      for (let y = 0; y < 25; y += 5) s[x + y]! ^= d;
    }
    let [x, y] = [1, 0];
    let held = s[1]!;
    for (let t = 0; t < 24; t++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const next = s[x + 5 * y]!;
      s[x + 5 * y] = rotr64(held, BigInt((64 - ((((t + 1) * (t + 2)) / 2) % 64)) % 64));
      held = next;
    }
    for (let row = 0; row < 25; row += 5) {
      const r = [...s.subarray(row, row + 5)];
      for (let i = 0; i < 5; i++) s[row + i] = r[i]! ^ (~r[(i + 1) % 5]! & M64 & r[(i + 2) % 5]!);
    }
    for (let j = 0; j < 7; j++) {
      if ((lfsr & 1) !== 0) s[0]! ^= 1n << BigInt((1 << j) - 1);
      lfsr = (lfsr << 1) ^ ((lfsr >> 7) * 0x171);
    }
  }
}

/** SHA-3 and SHAKE: `suffix` is 6 or 31. */
export function sha3(data: Uint8Array, rate: number, suffix: number, size: number): Uint8Array {
  const message = new Uint8Array(Math.ceil((data.length + 1) / rate) * rate);
  message.set(data);
  message[data.length] = suffix;
  message[message.length - 1]! |= 0x80;
  const view = new DataView(message.buffer);
  const s = new BigUint64Array(25);
  for (let at = 0; at < message.length; at += rate) {
    for (let i = 0; i < rate / 8; i++) s[i]! ^= view.getBigUint64(at + i * 8, true);
    keccak(s);
  }
  const out = new Uint8Array(size);
  for (let done = 0; done < size; done += rate) {
    out.set(bytesOfLongs([...s], true).subarray(0, Math.min(rate, size - done)), done);
    keccak(s);
  }
  return out;
}

/** The order in which each round of BLAKE2 takes the words. */
const SIGMA = [
  "0123456789abcdef",
  "ea489fd61c02b753",
  "b8c052fdae367194",
  "7931dcbe265a40f8",
  "905724afe1bc683d",
  "2c6a0b834d75fe19",
  "c51fed4a0763928b",
  "db7ec13950f4862a",
  "6fe9b308c2d714a5",
  "a2847615fb9e3cd0",
].map((row) => [...row].map((c) => parseInt(c, 16)));

/** BLAKE2b (wide) and BLAKE2s, with an optional key. */
export function blake2(data: Uint8Array, wide: boolean, size: number, key: Uint8Array): Uint8Array {
  const bits = wide ? 64n : 32n;
  const mask = (1n << bits) - 1n;
  const word = wide ? 8 : 4;
  const block = word * 16;
  const iv = constants()
    .square.slice(0, 8)
    .map((x) => (wide ? x : x >> 32n));
  const turns = wide ? [32n, 24n, 16n, 63n] : [16n, 12n, 8n, 7n];
  const rounds = wide ? 12 : 10;
  const rot = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (bits - n))) & mask;
  const h = [...iv];
  h[0]! ^= 0x01010000n ^ (BigInt(key.length) << 8n) ^ BigInt(size);
  const keyBlock = key.length > 0 ? block : 0;
  const total = keyBlock + data.length;
  const message = new Uint8Array(Math.max(block, Math.ceil(total / block) * block));
  message.set(key);
  message.set(data, keyBlock);
  const view = new DataView(message.buffer);
  for (let at = 0; at < message.length; at += block) {
    const last = at + block >= message.length;
    const m = Array.from({ length: 16 }, (_, i) =>
      wide ? view.getBigUint64(at + i * 8, true) : BigInt(view.getUint32(at + i * 4, true)),
    );
    const v = [...h, ...iv];
    v[12]! ^= BigInt(last ? total : at + block) & mask;
    if (last) v[14]! ^= mask;
    const mix = (a: number, b: number, c: number, d: number, x: bigint, y: bigint): void => {
      v[a] = (v[a]! + v[b]! + x) & mask;
      v[d] = rot(v[d]! ^ v[a]!, turns[0]!);
      v[c] = (v[c]! + v[d]!) & mask;
      v[b] = rot(v[b]! ^ v[c]!, turns[1]!);
      v[a] = (v[a]! + v[b]! + y) & mask;
      v[d] = rot(v[d]! ^ v[a]!, turns[2]!);
      v[c] = (v[c]! + v[d]!) & mask;
      v[b] = rot(v[b]! ^ v[c]!, turns[3]!);
    };
    for (let r = 0; r < rounds; r++) {
      const s = SIGMA[r % 10]!;
      for (let i = 0; i < 4; i++) mix(i, i + 4, i + 8, i + 12, m[s[2 * i]!]!, m[s[2 * i + 1]!]!);
      for (let i = 0; i < 4; i++)
        mix(
          i,
          4 + ((i + 1) % 4),
          8 + ((i + 2) % 4),
          12 + ((i + 3) % 4),
          m[s[8 + 2 * i]!]!,
          m[s[9 + 2 * i]!]!,
        );
    }
    for (let i = 0; i < 8; i++) h[i]! ^= v[i]! ^ v[i + 8]!;
  }
  const out = wide ? bytesOfLongs(h, true) : bytesOfWords(h.map(Number), true);
  return out.slice(0, size);
}
