// exp, ln, log10 and powers, by integers that stand for fixed-point numbers with digits to spare.
import {
  absolute,
  digitsOf,
  divide,
  finite,
  fix,
  infinity,
  invalid,
  nanResult,
  pow10,
  PyDecimal,
  type Arithmetic,
  type Rounding,
  S,
  fromInt,
} from "./number.ts";

/** round(n / d) */
const div = (n: bigint, d: bigint): bigint =>
  n >= 0n ? (2n * n + d) / (2n * d) : -((-2n * n + d) / (2n * d));

/** exp(x / 10^p) × 10^p */
function expFixed(x: bigint, p: number): bigint {
  const one = pow10(p);
  // Halve until small, sum the series, square back.
  let halvings = 0;
  let r = x;
  while (r > one / 64n || r < -one / 64n) {
    r = div(r, 2n);
    halvings++;
  }
  const guard = halvings + 5;
  const scale = pow10(guard);
  const unit = one * scale;
  const y = div(x * scale, 2n ** BigInt(halvings));
  let term = unit;
  let sum = unit;
  for (let i = 1n; term !== 0n; i++) {
    term = (term * y) / (unit * i);
    sum += term;
  }
  for (let i = 0; i < halvings; i++) sum = (sum * sum) / unit;
  return div(sum, scale);
}

/** ln(x / 10^p) × 10^p for x > 0 */
function lnFixed(x: bigint, p: number): bigint {
  const guard = 10;
  const q = p + guard;
  const one = pow10(q);
  let y = x * pow10(guard);
  // Bring y near 1 by powers of two, then by square roots.
  let twos = 0n;
  while (y > one * 2n) {
    y /= 2n;
    twos++;
  }
  while (y < one / 2n) {
    y *= 2n;
    twos--;
  }
  return div(lnNear(y, q) + (twos === 0n ? 0n : twos * ln2(q)), pow10(guard));
}

/** ln(y / 10^q) × 10^q for y near 1, by 2 atanh((y - 1) / (y + 1)). */
function lnNear(y: bigint, q: number): bigint {
  const one = pow10(q);
  const z = ((y - one) * one) / (y + one);
  const z2 = (z * z) / one;
  let term = z;
  let sum = 0n;
  for (let k = 1n; term !== 0n; k += 2n) {
    sum += term / k;
    term = (term * z2) / one;
  }
  return 2n * sum;
}

const twoCache = new Map<number, bigint>();
function ln2(q: number): bigint {
  let v = twoCache.get(q);
  if (v === undefined) {
    const more = q + 5;
    const one = pow10(more);
    v = div(lnNear((one * 4n) / 3n, more) + lnNear((one * 3n) / 2n, more), pow10(5));
    twoCache.set(q, v);
  }
  return v;
}
function ln10Fixed(q: number): bigint {
  return lnFixed(10n * pow10(q), q);
}

/** ln of a positive number × 10^q. */
function lnOf(a: PyDecimal, q: number): bigint {
  const adjusted = a.adjusted;
  // a = m × 10^adjusted with 1 ≤ m < 10
  const more = q + 10 + String(Math.abs(adjusted)).length;
  const digits = digitsOf(a.int);
  const m = digits - 1 <= more ? a.int * pow10(more - (digits - 1)) : a.int / pow10(digits - 1 - more);
  const v = lnFixed(m, more) + (adjusted === 0 ? 0n : BigInt(adjusted) * ln10Fixed(more));
  return div(v, pow10(more - q));
}

/** A fixed-point number rounded into the context, noted as inexact. */
function inexact(n: bigint, exp: number, c: Arithmetic): PyDecimal {
  const saved = c.rounding;
  c.rounding = "ROUND_HALF_EVEN";
  // A last odd digit keeps the result from looking exact.
  const sign = n < 0n ? 1 : 0;
  const out = fix(finite(sign, (n < 0n ? -n : n) * 10n + 1n, exp - 1), c);
  c.rounding = saved;
  return out;
}

export function exp(a: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  if (a.kind === "inf") return a.sign ? finite(0, 0n, 0) : a;
  if (a.int === 0n) return finite(0, 1n, 0);
  const adj = a.adjusted;
  if (adj > String((c.Emax + 1) * 3).length)
    return inexact(1n, a.sign ? c.Emin - c.prec * 2 - 2 : c.Emax + 1, c);
  // 1 + tiny rounds to 1 with all digits.
  if (adj < -c.prec - 1) return inexact(pow10(c.prec + 2) + (a.sign ? -1n : 1n), -c.prec - 2, c);
  let extra = 4;
  for (;;) {
    const p = c.prec + extra + Math.max(0, adj) + 3;
    const x = a.exp >= -p ? a.int * pow10(p + a.exp) : a.int / pow10(-p - a.exp);
    const signed = a.sign ? -x : x;
    // e^x = 10^k × e^(x - k ln 10)
    const log = ln10Fixed(p);
    const k = signed / log - (signed < 0n ? 1n : 0n);
    const m = expFixed(signed - k * log, p);
    const cut = digitsOf(m) - c.prec - extra;
    const rest = cut > 0 ? div(m, pow10(cut)) : m;
    if (rest % pow10(extra) !== 5n * pow10(extra - 1) || extra > 40) return inexact(m, Number(k) - p, c);
    extra += 4;
  }
}

export function ln(a: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  if (a.isZero) return infinity(1);
  if (a.kind === "inf" && !a.sign) return a;
  if (a.kind === "finite" && a.sign === 0 && a.exp <= 0 && a.int === pow10(-a.exp)) return finite(0, 0n, 0);
  if (a.sign) return invalid(c);
  // Near 1 the result is small: more digits after the point are needed.
  const q = c.prec + 6 + Math.max(0, smallness(a));
  return inexact(lnOf(a, q), -q, c);
}

/** How many zeros follow the point in |a - 1|. */
function smallness(a: PyDecimal): number {
  if (a.adjusted !== 0 && a.adjusted !== -1) return 0;
  const one = pow10(Math.max(0, -a.exp));
  const gap = a.exp <= 0 ? a.int - one : 0n;
  return gap === 0n ? 0 : -a.exp - digitsOf(gap < 0n ? -gap : gap) + 1;
}

export function log10(a: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a);
  if (nan) return nan;
  if (a.isZero) return infinity(1);
  if (a.kind === "inf" && !a.sign) return a;
  if (a.sign) return invalid(c);
  const digits = digitsOf(a.int);
  if (a.int === pow10(digits - 1)) return fix(fromInt(a.exp + digits - 1), c);
  const q = c.prec + 8 + Math.max(0, smallness(a));
  return inexact(div(lnOf(a, q + 4) * pow10(q), ln10Fixed(q + 4)), -q, c);
}

const isInteger = (d: PyDecimal): boolean =>
  d.kind === "finite" && (d.exp >= 0 || d.int % pow10(-d.exp) === 0n);
const integerOf = (d: PyDecimal): bigint =>
  (d.sign ? -1n : 1n) * (d.exp >= 0 ? d.int * pow10(Math.min(d.exp, 100000)) : d.int / pow10(-d.exp));

export function power(a: PyDecimal, b: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b);
  if (nan) return nan;
  if (b.isZero) return a.isZero ? invalid(c) : finite(0, 1n, 0);
  const whole = isInteger(b);
  const odd = whole && b.exp <= 0 && (integerOf(b) & 1n) === 1n;
  const sign: 0 | 1 = a.sign && odd ? 1 : 0;
  if (a.sign && !whole && !a.isZero) return invalid(c);
  if (a.isZero) return b.sign ? infinity(sign) : finite(sign, 0n, 0);
  if (a.kind === "inf") return b.sign ? finite(sign, 0n, 0) : infinity(sign);
  const size = absolute(a);
  const order = compareOne(size);
  if (order === 0) {
    // 1 to any power is 1, with as many zeros as the digits of the base call for.
    if (whole) {
      const times = b.sign ? 0 : Number(integerOf(b) > BigInt(c.prec) ? BigInt(c.prec) : integerOf(b));
      const zeros = Math.max(size.exp * times, 1 - c.prec);
      if (-zeros >= c.prec - 1 || size.exp !== 0)
        c.status |= size.exp * times < 1 - c.prec || b.sign ? S.Rounded : 0;
      return finite(sign, pow10(-zeros), zeros);
    }
    c.status |= S.Inexact | S.Rounded;
    return finite(0, pow10(c.prec - 1), 1 - c.prec);
  }
  if (b.kind === "inf") return (b.sign === 0) === order < 0 ? finite(0, 0n, 0) : infinity(sign);
  const adjusted = b.adjusted + String(Math.abs(a.adjusted)).length;
  if (whole && digitsOf(size.int) * Number(b.adjusted < 6 ? absInt(integerOf(b)) : 10n ** 6n) < 20000) {
    const n = absInt(integerOf(b));
    const raised = finite(0, size.int ** n, size.exp * Number(n));
    const work = (rounding: Rounding): [PyDecimal, Arithmetic] => {
      const inner: Arithmetic = {
        prec: c.prec,
        Emin: c.Emin,
        Emax: c.Emax,
        clamp: c.clamp,
        rounding,
        status: 0,
      };
      return [
        b.sign
          ? divide(finite(sign, 1n, 0), raised, inner)
          : fix(finite(sign, raised.int, raised.exp), inner),
        inner,
      ];
    };
    // Beyond the limits the rounding of the context has no say.
    const [even, evenContext] = work("ROUND_HALF_EVEN");
    const [result, inner] = even.kind === "inf" || even.isZero ? [even, evenContext] : work(c.rounding);
    c.status |= inner.status;
    return result;
  }
  const towards = order > 0 !== (b.sign === 1);
  if (adjusted > 20) return overflowOrUnderflow(towards, sign, c);
  const q =
    c.prec +
    10 +
    Math.max(0, b.adjusted) +
    String(Math.abs(a.adjusted)).length +
    Math.max(0, smallness(size));
  const product = lnOf(size, q + digitsOf(b.int)) * (b.sign ? -b.int : b.int);
  // x = product × 10^(b.exp - q - digits)
  const x = finite(product < 0n ? 1 : 0, product < 0n ? -product : product, b.exp - q - digitsOf(b.int));
  if (x.adjusted > String((c.Emax + 1) * 3).length) return overflowOrUnderflow(towards, sign, c);
  const out = exp(x, c);
  return sign ? new PyDecimal(1, out.int, out.exp, out.kind) : out;
}

const absInt = (n: bigint): bigint => (n < 0n ? -n : n);

function overflowOrUnderflow(up: boolean, sign: 0 | 1, c: Arithmetic): PyDecimal {
  return fix(finite(sign, 1n, up ? c.Emax + 1 : c.Emin - c.prec * 2 - 2), c);
}

/** Compare a positive number with 1. */
function compareOne(a: PyDecimal): number {
  const one = a.exp <= 0 ? pow10(-a.exp) : 0n;
  if (a.exp > 0) return 1;
  return a.int === one ? 0 : a.int < one ? -1 : 1;
}

/** pow(a, b, m): exact, for integers. */
export function powerModulo(a: PyDecimal, b: PyDecimal, m: PyDecimal, c: Arithmetic): PyDecimal {
  const nan = nanResult(c, a, b) ?? nanResult(c, m);
  if (nan) return nan;
  if (
    !isInteger(a) ||
    !isInteger(b) ||
    !isInteger(m) ||
    b.sign ||
    m.isZero ||
    m.adjusted >= c.prec ||
    (a.isZero && b.isZero)
  )
    return invalid(c);
  const mod = absInt(integerOf(m));
  let base = integerOf(absolute(a)) % mod;
  let e = integerOf(b);
  let r = 1n % mod;
  while (e > 0n) {
    if (e & 1n) r = (r * base) % mod;
    base = (base * base) % mod;
    e >>= 1n;
  }
  return finite(a.sign && (integerOf(b) & 1n) === 1n ? 1 : 0, r, 0);
}
