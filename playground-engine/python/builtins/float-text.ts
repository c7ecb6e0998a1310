// Floats as text: repr's shortest form spelled as Python spells it, and rounding to a number of digits,
// half to even on the exact binary value (JavaScript's toFixed and toExponential round ties up).

/** Digits and decimal exponent: value = 0.d1d2d3… × 10^point. Finite and not negative. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** x = m × 2^e exactly. */
function exact(x: number): { m: bigint; e: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return exponent === 0 ? { m: fraction, e: -1074 } : { m: fraction | 0x10000000000000n, e: exponent - 1075 };
}

/** round-half-even(x × 10^places) as an integer, exactly; x ≥ 0. */
function scaled(x: number, places: number): bigint {
  const { m, e } = exact(x);
  let num = m;
  let den = 1n;
  if (e >= 0) num <<= BigInt(e);
  else den <<= BigInt(-e);
  if (places >= 0) num *= 10n ** BigInt(places);
  else den *= 10n ** BigInt(-places);
  const q = num / den;
  const twice = 2n * (num - q * den);
  return twice > den || (twice === den && (q & 1n) === 1n) ? q + 1n : q;
}

/** Whether x lies exactly between two neighbours of `places` decimals. */
function isTie(x: number, places: number): boolean {
  const shifted = x * 2 ** (places + 1);
  return Number.isInteger(shifted) && shifted % 2 !== 0;
}

/** `'%.{places}f' % x` for finite x ≥ 0. */
export function toFixed(x: number, places: number): string {
  if (x < 1e21 && places <= 100 && !isTie(x, places)) return x.toFixed(places);
  if (places > 1074) return toFixed(x, 1074) + "0".repeat(places - 1074);
  const s = scaled(x, places).toString();
  if (places === 0) return s;
  const padded = s.padStart(places + 1, "0");
  return padded.slice(0, -places) + "." + padded.slice(-places);
}

/** x ≥ 0 to `count` ≥ 1 significant digits. */
export function toSignificant(x: number, count: number): Digits {
  if (x === 0) return { digits: "0".repeat(count), point: 1 };
  if (count <= 100) {
    const [mantissa, exp] = x.toExponential(count - 1).split("e") as [string, string];
    const exponent = Number(exp);
    const places = count - 1 - exponent;
    const suspicious =
      mantissa.length > 0 &&
      (places >= 0 ? isTie(x, places) : x >= 9007199254740992 || tieOfInteger(x, -places));
    if (!suspicious) return { digits: mantissa.replace(".", ""), point: exponent + 1 };
  }
  const exponent = Number(x.toExponential(0).split("e")[1]);
  // The estimate may be one too high where rounding to one digit carried over.
  for (const guess of [exponent - 1, exponent, exponent + 1]) {
    const s = scaled(x, count - 1 - guess).toString();
    if (s.length === count) return { digits: s, point: guess + 1 };
  }
  const s = scaled(x, count - 1 - exponent).toString();
  return { digits: s.slice(0, count), point: exponent + 1 + (s.length - count) };
}

function tieOfInteger(x: number, zeros: number): boolean {
  if (zeros === 0 || !Number.isInteger(x)) return false;
  const unit = 10n ** BigInt(zeros);
  return (BigInt(x) % unit) * 2n === unit;
}

/** The shortest digits that read back as x; x ≥ 0. */
export function shortest(x: number): Digits {
  if (x === 0) return { digits: "0", point: 1 };
  const [mantissa, exp] = x.toExponential().split("e") as [string, string];
  return { digits: mantissa.replace(".", ""), point: Number(exp) + 1 };
}

export function exponentText(point: number, letter: string): string {
  const e = point - 1;
  const digits = String(Math.abs(e));
  return letter + (e < 0 ? "-" : "+") + (digits.length < 2 ? "0" + digits : digits);
}

/** Digits with the point put in, no exponent. */
export function plain({ digits, point }: Digits): string {
  if (point <= 0) return "0." + "0".repeat(-point) + digits;
  if (digits.length <= point) return digits + "0".repeat(point - digits.length);
  return digits.slice(0, point) + "." + digits.slice(point);
}

/** Digits as d.ddde±xx. */
export function scientific({ digits, point }: Digits, letter: string, alternate = false): string {
  const rest = digits.slice(1);
  return digits[0]! + (rest || alternate ? "." + rest : "") + exponentText(point, letter);
}

/** `repr(x)` */
export function floatRepr(x: number): string {
  if (x !== x) return "nan";
  if (x === Infinity) return "inf";
  if (x === -Infinity) return "-inf";
  if (Number.isInteger(x) && x < 1e16 && x > -1e16) return (Object.is(x, -0) ? "-0" : String(x)) + ".0";
  const size = Math.abs(x);
  // JavaScript spells these as Python does.
  if (size >= 1e-4 && size < 1e16) return String(x);
  const d = shortest(size);
  const body = d.point > 16 || d.point <= -4 ? scientific(d, "e") : plain(d);
  return x < 0 ? "-" + body : body;
}

/** float.hex() */
export function floatHex(x: number): string {
  if (!Number.isFinite(x)) return floatRepr(x);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const { m, e } = exact(Math.abs(x));
  if (m === 0n) return sign + "0x0.0p+0";
  const normal = m >> 52n === 1n;
  const fraction = (m & 0xfffffffffffffn).toString(16).padStart(13, "0");
  const exponent = e + 52;
  return `${sign}0x${normal ? 1 : 0}.${fraction}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

/** (numerator, denominator) of a finite float, exactly, in lowest terms. */
export function asIntegerRatio(x: number): [bigint, bigint] {
  if (x === 0) return [0n, 1n];
  let { m, e } = exact(Math.abs(x));
  while ((m & 1n) === 0n) {
    m >>= 1n;
    e++;
  }
  if (x < 0) m = -m;
  return e >= 0 ? [m << BigInt(e), 1n] : [m, 1n << BigInt(-e)];
}

/** round(x, places) as Python's float.__round__ does it: correctly rounded, half to even. */
export function roundFloat(x: number, places: number): number {
  if (!Number.isFinite(x) || x === 0 || places > 323) return x;
  if (places < -308) return x < 0 ? -0 : 0;
  const size = Math.abs(x);
  let r: number;
  if (places >= 0) r = size >= 4503599627370496 ? size : Number(toFixed(size, places));
  else r = Number(scaled(size, places) * 10n ** BigInt(-places));
  return x < 0 ? -r : r;
}

/** The integer nearest to x, half to even, as a float. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

const FLOAT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** float(text) for text already stripped, with digits in ASCII; undefined where it is none. */
export function parseFloatText(text: string): number | undefined {
  let s = text;
  if (s.includes("_")) {
    if (!/^(?:[^_]|(?<=\d)_(?=\d))*$/.test(s)) return undefined;
    s = s.replaceAll("_", "");
  }
  if (FLOAT.test(s)) return Number(s);
  const special = SPECIAL.exec(s);
  if (!special) return undefined;
  const v = special[2]!.toLowerCase() === "nan" ? NaN : Infinity;
  return special[1] === "-" ? -v : v;
}

/** float.fromhex(text) for stripped text; undefined where it is malformed, null where it overflows. */
export function parseHexFloat(text: string): number | undefined | null {
  const special = SPECIAL.exec(text);
  if (special) return parseFloatText(text);
  const match = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(text);
  if (!match || (match[2] === "" && (match[3] ?? "") === "")) return undefined;
  const digits = BigInt("0x0" + match[2] + (match[3] ?? ""));
  const exponent = Number(match[4] ?? 0) - 4 * (match[3] ?? "").length;
  const v = ratioToFloat(
    exponent > 0 ? digits << BigInt(Math.min(exponent, 5000)) : digits,
    exponent < 0 ? 1n << BigInt(Math.min(-exponent, 8000)) : 1n,
  );
  if (v === Infinity) return null;
  return match[1] === "-" ? -v : v;
}

const bitLength = (n: bigint): number =>
  n === 0n ? 0 : n.toString(16).length * 4 - (Math.clz32(Number("0x" + n.toString(16)[0]!)) - 28);

/** a / b correctly rounded, b not zero; an infinity where it overflows. */
export function ratioToFloat(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  if (b < 0n) return ratioToFloat(-a, -b);
  if (a < 0n) return -ratioToFloat(-a, b);
  let shift = bitLength(a) - bitLength(b) - 55;
  if (shift < -1076) shift = -1076;
  const num = shift < 0 ? a << BigInt(-shift) : a;
  const den = shift > 0 ? b << BigInt(shift) : b;
  let q = num / den;
  if (q * den !== num) q |= 1n;
  // q has at least 55 bits (fewer when subnormal); its last one stands for all that was cut off.
  const extra = Math.max(bitLength(q) - 53, -1074 - shift);
  if (extra > 0) {
    const unit = 1n << BigInt(extra);
    const rest = q & (unit - 1n);
    q >>= BigInt(extra);
    if (rest * 2n > unit || (rest * 2n === unit && (q & 1n) === 1n)) q++;
    shift += extra;
  }
  if (bitLength(q) + shift > 1024) return Infinity;
  const v = Number(q);
  return shift < -1000
    ? v * 2 ** -1000 * 2 ** (shift + 1000)
    : shift > 900
      ? v * 2 ** 900 * 2 ** (shift - 900)
      : v * 2 ** shift;
}

export { bitLength };
