// Elementary functions with the last digit right, as C libraries give it: JavaScript engines are sometimes one unit off.
//
// A first value from Math is corrected by one step worked out in numbers of two doubles (an unevaluated sum, 106 bits).

type Pair = readonly [hi: number, lo: number];

function twoSum(a: number, b: number): Pair {
  const s = a + b;
  const t = s - a;
  return [s, a - (s - t) + (b - t)];
}
const quickSum = (a: number, b: number): Pair => {
  const s = a + b;
  return [s, b - (s - a)];
};
function product(a: number, b: number): Pair {
  const p = a * b;
  let t = 134217729 * a;
  const ah = t - (t - a);
  const al = a - ah;
  t = 134217729 * b;
  const bh = t - (t - b);
  const bl = b - bh;
  return [p, ah * bh - p + ah * bl + al * bh + al * bl];
}
function add(a: Pair, b: Pair): Pair {
  const [s, e] = twoSum(a[0], b[0]);
  const [t, f] = twoSum(a[1], b[1]);
  const [h, l] = quickSum(s, e + t);
  return quickSum(h, l + f);
}
const negate = (a: Pair): Pair => [-a[0], -a[1]];
function mul(a: Pair, b: Pair): Pair {
  const [p, e] = product(a[0], b[0]);
  return quickSum(p, e + (a[0] * b[1] + a[1] * b[0]));
}
function times(a: Pair, b: number): Pair {
  const [p, e] = product(a[0], b);
  return quickSum(p, e + a[1] * b);
}
function div(a: Pair, b: Pair): Pair {
  const q = a[0] / b[0];
  const r = add(a, negate(times(b, q)));
  const q2 = r[0] / b[0];
  const r2 = add(r, negate(times(b, q2)));
  return quickSum(...quickSum(q, q2 + r2[0] / b[0]));
}
const ONE: Pair = [1, 0];
const LN2: Pair = [0.6931471805599453, 2.3190468138462996e-17];

/** 1 / n! */
const INVERSE: Pair[] = [ONE];
for (let n = 1; n <= 28; n++) INVERSE.push(div(INVERSE[n - 1]!, [n, 0]));

/** e^x = pair × 2^k */
function expPair(x: Pair): [Pair, number] {
  const k = Math.round(x[0] / LN2[0]);
  const r = add(x, negate(times(LN2, k)));
  const m: Pair = [r[0] / 256, r[1] / 256];
  // e^m - 1, then eight doublings of m
  let e: Pair = INVERSE[10]!;
  for (let n = 9; n >= 1; n--) e = add(mul(e, m), INVERSE[n]!);
  e = mul(e, m);
  for (let i = 0; i < 8; i++) e = add([e[0] * 2, e[1] * 2], mul(e, e));
  return [add(e, ONE), k];
}
const scale = (x: number, k: number): number => {
  const half = Math.trunc(k / 2);
  return x * 2 ** half * 2 ** (k - half);
};

export function exp(x: number): number {
  if (!(Math.abs(x) < 700)) return Math.exp(x);
  if (x === 0) return 1;
  const [[hi, lo], k] = expPair([x, 0]);
  return scale(hi + lo, k);
}

/** ln x as a first value and what it lacks. */
function logParts(x: number): Pair {
  const y = Math.log(x);
  const [e, k] = expPair([-y, 0]);
  const d = add(times(e, scale(x, k)), [-1, 0]);
  return twoSum(y, d[0] - (d[0] * d[0]) / 2);
}
const ordinary = (x: number): boolean => x > 1e-290 && x < 1e290;
export const log = (x: number): number => (ordinary(x) && x !== 1 ? logParts(x)[0] : Math.log(x));

const HALF_PI: readonly [number, number, number] = [
  1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33,
];

/** Sine and cosine of |x| < 1e5. */
function sinCos(x: number): [sin: Pair, cos: Pair] {
  const n = Math.round(x / HALF_PI[0]);
  let r: Pair = [x, 0];
  for (const part of HALF_PI) r = add(r, negate(product(part, n)));
  const r2 = mul(r, r);
  let s: Pair = INVERSE[27]!;
  let c: Pair = INVERSE[26]!;
  for (let i = 25; i >= 1; i -= 2) {
    s = add(negate(mul(s, r2)), INVERSE[i]!);
    c = add(negate(mul(c, r2)), INVERSE[i - 1]!);
  }
  s = mul(s, r);
  switch (((n % 4) + 4) % 4) {
    case 0:
      return [s, c];
    case 1:
      return [c, negate(s)];
    case 2:
      return [negate(s), negate(c)];
    default:
      return [negate(c), s];
  }
}
const moderate = (x: number): boolean => Math.abs(x) < 1e5 && Math.abs(x) > 1e-8;
export const sin = (x: number): number => (moderate(x) ? sinCos(x)[0][0] : Math.sin(x));
export const cos = (x: number): number => (moderate(x) ? sinCos(x)[1][0] : Math.cos(x));
export function tan(x: number): number {
  if (!moderate(x)) return Math.tan(x);
  const [s, c] = sinCos(x);
  return div(s, c)[0];
}

export function atan2(y: number, x: number): number {
  const first = Math.atan2(y, x);
  if (x === 0 || y === 0 || !ordinary(Math.abs(x)) || !ordinary(Math.abs(y)) || Math.abs(first) < 1e-290)
    return first;
  const [s, c] = sinCos(first);
  const error = add(times(c, y), negate(times(s, x)));
  return first + error[0] / (x * c[0] + y * s[0]);
}
export const atan = (x: number): number => (ordinary(Math.abs(x)) ? atan2(x, 1) : Math.atan(x));
export function asin(x: number): number {
  const first = Math.asin(x);
  if (!(Math.abs(x) < 1) || Math.abs(x) < 1e-8) return first;
  const [s, c] = sinCos(first);
  return first + add([x, 0], negate(s))[0] / c[0];
}
export function acos(x: number): number {
  const first = Math.acos(x);
  if (!(Math.abs(x) < 1)) return first;
  const [s, c] = sinCos(first);
  return first + add(c, [-x, 0])[0] / s[0];
}
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(size > 0.35 && size < 700)) return Math.cosh(x);
  const e = exp(size);
  return size > 22 ? 0.5 * e : 0.5 * e + 0.5 / e;
}
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!(size > 2 && size < 1e8)) return Math.asinh(x);
  const r = log(2 * size + 1 / (Math.sqrt(x * x + 1) + size));
  return x < 0 ? -r : r;
}
export function cbrt(x: number): number {
  const first = Math.cbrt(x);
  if (!ordinary(Math.abs(x))) return first;
  const error = add([x, 0], negate(times(product(first, first), first)));
  return first + error[0] / (3 * first * first);
}

const TWO_BY_ROOT_PI: Pair = [1.1283791670955126, 1.533545961316588e-17];

/** The error function for |x| < 6, by a series of positive terms. */
function erfPair(x: number): Pair {
  const square = product(x, x);
  let term: Pair = [x, 0];
  let sum = term;
  for (let n = 1; Math.abs(term[0]) > Math.abs(sum[0]) * 1e-34; n++) {
    term = div(times(mul(term, square), 2), [2 * n + 1, 0]);
    sum = add(sum, term);
  }
  const [e, k] = expPair(negate(square));
  const r = mul(mul(sum, e), TWO_BY_ROOT_PI);
  return [scale(r[0], k), scale(r[1], k)];
}
/** undefined where the series is of no use. */
export const erf = (x: number): number | undefined =>
  Math.abs(x) < 6 && Math.abs(x) > 1e-100 ? erfPair(x)[0] : undefined;
export const erfc = (x: number): number | undefined =>
  Math.abs(x) < 5.5 && Math.abs(x) > 1e-100 ? add(ONE, negate(erfPair(x)))[0] : undefined;

/** Length of a vector of two. */
export function hypot(x: number, y: number): number {
  const [a, b] = [Math.abs(x), Math.abs(y)];
  const big = Math.max(a, b);
  if (!(big > 1e-140 && big < 1e140)) return Math.hypot(x, y);
  const sum = add(product(a, a), product(b, b));
  const first = Math.sqrt(sum[0]);
  return first + add(sum, negate(product(first, first)))[0] / (2 * first);
}
