// The module statistics. Sums are exact: every number is taken as a ratio of ints.
// Behaviour: docs.python.org/3.11/library/statistics.html; the inverse of the normal distribution is Wichura's AS 241.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "statistics",
  String.raw`
import math as _math
import random as _random
from bisect import bisect_left as _left, bisect_right as _right
from collections import Counter as _Counter, namedtuple as _namedtuple
from decimal import Decimal as _Decimal
from fractions import Fraction as _Fraction
from numbers import Real as _Real

__all__ = [
    "NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean", "linear_regression",
    "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode", "pstdev", "pvariance", "quantiles",
    "stdev", "variance",
]


class StatisticsError(ValueError):
    pass


def _common(a, b):
    """The type that results of numbers of two types have."""
    if a is b or b is int or b is bool:
        return a
    if a is int or issubclass(b, a):
        return b
    if issubclass(a, b):
        return a
    if issubclass(a, int):
        return b
    if issubclass(b, int):
        return a
    if issubclass(a, _Fraction) and issubclass(b, float):
        return b
    if issubclass(a, float) and issubclass(b, _Fraction):
        return a
    raise TypeError("don't know how to coerce %s and %s" % (a.__name__, b.__name__))


def _ratio(x):
    """Numerator and denominator; of infinities and NaN the number itself and None."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        raise TypeError("can't convert type '%s' to numerator/denominator" % type(x).__name__) from None


class _Sums:
    """Number of items, their sum and the sum of their squares, exactly."""

    def __init__(self, data):
        kind = int
        count = 0
        plain = {}
        squares = {}
        special = None
        for x in data:
            count += 1
            if type(x) is not kind:
                kind = _common(kind, type(x))
            n, d = _ratio(x)
            if d is None:
                special = n if special is None else special + n
            else:
                plain[d] = plain.get(d, 0) + n
                squares[d] = squares.get(d, 0) + n * n
        self.kind = kind
        self.count = count
        if special is not None:
            self.total = special
            self.squares = special
        else:
            self.total = sum((_Fraction(n, d) for d, n in plain.items()), _Fraction(0))
            self.squares = sum((_Fraction(n, d * d) for d, n in squares.items()), _Fraction(0))

    def deviation(self):
        """Sum of the squares of the distances from the mean."""
        if not isinstance(self.total, _Fraction):
            return self.total - self.total
        if not self.count:
            return _Fraction(0)
        return (self.count * self.squares - self.total * self.total) / self.count


def _as(value, kind):
    if type(value) is kind:
        return value
    if issubclass(kind, int) and value.denominator != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        if issubclass(kind, _Decimal):
            return kind(value.numerator) / value.denominator
        raise


def _root(square, kind):
    """Square root of a ratio, rounded once."""
    if not isinstance(square, _Fraction):
        return square ** kind(0.5) if issubclass(kind, _Decimal) else _math.sqrt(square)
    n, d = square.numerator, square.denominator
    if issubclass(kind, _Decimal):
        if not n:
            return _Decimal("0.0")
        return (_Decimal(n) / _Decimal(d)).sqrt()
    if not n:
        return 0.0
    # n/d × 4^shift has a root of some 55 digits more than a float holds; a rest makes its last bit odd.
    shift = (d.bit_length() - n.bit_length() + 113) // 2
    if shift > 0:
        n <<= 2 * shift
    else:
        d <<= -2 * shift
    whole = n // d
    root = _math.isqrt(whole)
    if root * root * d != n:
        root |= 1
    return root / (1 << shift) if shift > 0 else float(root << -shift)


def _items(data):
    return data if isinstance(data, (list, tuple)) else list(data)


def mean(data):
    sums = _Sums(data)
    if sums.count < 1:
        raise StatisticsError("mean requires at least one data point")
    return _as(sums.total / sums.count, sums.kind)


def fmean(data, weights=None):
    data = _items(data)
    if weights is None:
        if not data:
            raise StatisticsError("fmean requires at least one data point")
        return _math.fsum(data) / len(data)
    weights = _items(weights)
    if len(data) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    total = _math.fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return _math.fsum(x * w for x, w in zip(data, weights)) / total


def geometric_mean(data):
    try:
        return _math.exp(fmean(map(_math.log, data)))
    except ValueError:
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None


def harmonic_mean(data, weights=None):
    data = _items(data)
    n = len(data)
    if n < 1:
        raise StatisticsError("harmonic_mean requires at least one data point")
    negative = "harmonic mean does not support negative values"
    if n == 1 and weights is None:
        if not isinstance(data[0], (_Real, _Decimal)):
            raise TypeError("unsupported type")
        if data[0] < 0:
            raise StatisticsError(negative)
        return data[0]
    if weights is None:
        weights = [1] * n
        total = n
    else:
        weights = _items(weights)
        if len(weights) != n:
            raise StatisticsError("Number of weights does not match data size")
        if any(w < 0 for w in weights):
            raise StatisticsError(negative)
        total = _Sums(weights).total
    if any(x < 0 for x in data):
        raise StatisticsError(negative)
    try:
        sums = _Sums(w / x if w else 0 for w, x in zip(weights, data))
    except ZeroDivisionError:
        return 0
    if sums.total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _as(total / sums.total, sums.kind)


def _ordered(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data, len(data)


def median(data):
    data, n = _ordered(data)
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data, n = _ordered(data)
    return data[(n - 1) // 2]


def median_high(data):
    data, n = _ordered(data)
    return data[n // 2]


def median_grouped(data, interval=1):
    data, n = _ordered(data)
    x = data[n // 2]
    start = _left(data, x)
    stop = _right(data, x, lo=start)
    try:
        interval = float(interval)
        x = float(x)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return x - interval / 2.0 + interval * (n / 2 - start) / (stop - start)


def mode(data):
    try:
        return _Counter(iter(data)).most_common(1)[0][0]
    except IndexError:
        raise StatisticsError("no mode for empty data") from None


def multimode(data):
    counts = _Counter(iter(data))
    most = max(counts.values(), default=0)
    return [x for x, n in counts.items() if n == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    if method == "inclusive":
        cuts = [divmod(i * (size - 1), n) for i in range(1, n)]
        return [(data[j] * (n - rest) + data[j + 1] * rest) / n for j, rest in cuts]
    if method == "exclusive":
        result = []
        for i in range(1, n):
            j = min(max(i * (size + 1) // n, 1), size - 1)
            rest = i * (size + 1) - j * n
            result.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
        return result
    raise ValueError("Unknown method: %r" % (method,))


def _spread(name, data, centre, least):
    """Type, sum of squared distances and number of items, of at least so many."""
    if centre is None:
        sums = _Sums(data)
        distance = sums.deviation()
    else:
        sums = _Sums(x - centre for x in data)
        distance = sums.squares
    if sums.count < least:
        raise StatisticsError("%s requires at least %s data point%s" % (name, ("one", "two")[least - 1], "s" * (least - 1)))
    return sums.kind, distance, sums.count


def variance(data, xbar=None):
    kind, distance, n = _spread("variance", data, xbar, 2)
    return _as(distance / (n - 1), kind)


def pvariance(data, mu=None):
    kind, distance, n = _spread("pvariance", data, mu, 1)
    return _as(distance / n, kind)


def stdev(data, xbar=None):
    kind, distance, n = _spread("stdev", data, xbar, 2)
    return _root(distance / (n - 1), kind)


def pstdev(data, mu=None):
    kind, distance, n = _spread("pstdev", data, mu, 1)
    return _root(distance / n, kind)


def _centred(name, x, y):
    n = len(x)
    if len(y) != n:
        raise StatisticsError(name + " requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError(name + " requires at least two data points")
    xbar = _math.fsum(x) / n
    ybar = _math.fsum(y) / n
    return xbar, ybar, _math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y))


def covariance(x, y, /):
    return _centred("covariance", x, y)[2] / (len(x) - 1)


def correlation(x, y, /):
    xbar, ybar, sxy = _centred("correlation", x, y)
    sxx = _math.fsum((a - xbar) ** 2.0 for a in x)
    syy = _math.fsum((b - ybar) ** 2.0 for b in y)
    try:
        return sxy / _math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant")


LinearRegression = _namedtuple("LinearRegression", ("slope", "intercept"))


def linear_regression(x, y, /, *, proportional=False):
    xbar, ybar, sxy = _centred("linear regression", x, y)
    if proportional:
        sxy = _math.fsum(a * b for a, b in zip(x, y))
        sxx = _math.fsum(a * a for a in x)
    else:
        sxx = _math.fsum((a - xbar) ** 2.0 for a in x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError("x is constant")
    return LinearRegression(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)


def _polynomial(x, *coefficients):
    r = coefficients[0]
    for c in coefficients[1:]:
        r = r * x + c
    return r


def _inverse(p, mu, sigma):
    q = p - 0.5
    if _math.fabs(q) <= 0.425:
        r = 0.180625 - q * q
        x = q * _polynomial(
            r, 2.50908_09287_30122_6727e+3, 3.34305_75583_58812_8105e+4, 6.72657_70927_00870_0853e+4, 4.59219_53931_54987_1457e+4,
            1.37316_93765_50946_1125e+4, 1.97159_09503_06551_4427e+3, 1.33141_66789_17843_7745e+2, 3.38713_28727_96366_6080e+0,
        ) / _polynomial(
            r, 5.22649_52788_52854_5610e+3, 2.87290_85735_72194_2674e+4, 3.93078_95800_09271_0610e+4, 2.12137_94301_58659_5867e+4,
            5.39419_60214_24751_1077e+3, 6.87187_00749_20579_0830e+2, 4.23133_30701_60091_1252e+1, 1.0,
        )
        return mu + x * sigma
    r = _math.sqrt(-_math.log(p if q <= 0.0 else 1.0 - p))
    if r <= 5.0:
        r = r - 1.6
        x = _polynomial(
            r, 7.74545_01427_83414_07640e-4, 2.27238_44989_26918_45833e-2, 2.41780_72517_74506_11770e-1, 1.27045_82524_52368_38258e+0,
            3.64784_83247_63204_60504e+0, 5.76949_72214_60691_40550e+0, 4.63033_78461_56545_29590e+0, 1.42343_71107_49683_57734e+0,
        ) / _polynomial(
            r, 1.05075_00716_44416_84324e-9, 5.47593_80849_95344_94600e-4, 1.51986_66563_61645_71966e-2, 1.48103_97642_74800_74590e-1,
            6.89767_33498_51000_04550e-1, 1.67638_48301_83803_84940e+0, 2.05319_16266_37758_82187e+0, 1.0,
        )
    else:
        r = r - 5.0
        x = _polynomial(
            r, 2.01033_43992_92288_13265e-7, 2.71155_55687_43487_57815e-5, 1.24266_09473_88078_43860e-3, 2.65321_89526_57612_30930e-2,
            2.96560_57182_85048_91230e-1, 1.78482_65399_17291_33580e+0, 5.46378_49111_64114_36990e+0, 6.65790_46435_01103_77720e+0,
        ) / _polynomial(
            r, 2.04426_31033_89939_78564e-15, 1.42151_17583_16445_88870e-7, 1.84631_83175_10054_68180e-5, 7.86869_13114_56132_59100e-4,
            1.48753_61290_85061_48525e-2, 1.36929_88092_27358_05310e-1, 5.99832_20655_58879_37690e-1, 1.0,
        )
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    "A normal distribution of a random variable."

    __slots__ = {"_mu": "Arithmetic mean of a normal distribution", "_sigma": "Standard deviation of a normal distribution"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        sums = _Sums(_items(data))
        if sums.count < 2:
            raise StatisticsError("stdev requires at least two data points")
        return cls(_as(sums.total / sums.count, sums.kind), _root(sums.deviation() / (sums.count - 1), sums.kind))

    def samples(self, n, *, seed=None):
        gauss = _random.gauss if seed is None else _random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def _scaled(self, name):
        if not self._sigma:
            raise StatisticsError(name + "() not defined when sigma is zero")
        return self._sigma

    def pdf(self, x):
        variance = self._scaled("pdf") ** 2.0
        distance = x - self._mu
        return _math.exp(distance * distance / (-2.0 * variance)) / _math.sqrt(_math.tau * variance)

    def cdf(self, x):
        sigma = self._scaled("cdf")
        return 0.5 * (1.0 + _math.erf((x - self._mu) / (sigma * _math.sqrt(2.0))))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return _inverse(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        a, b = self, other
        if (b._sigma, b._mu) < (a._sigma, a._mu):
            a, b = b, a
        va, vb = a.variance, b.variance
        if not va or not vb:
            raise StatisticsError("overlap() not defined when sigma is zero")
        dv = vb - va
        dm = _math.fabs(b._mu - a._mu)
        if not dv:
            return 1.0 - _math.erf(dm / (2.0 * a._sigma * _math.sqrt(2.0)))
        middle = a._mu * vb - b._mu * va
        width = a._sigma * b._sigma * _math.sqrt(dm * dm + dv * _math.log(vb / va))
        x1, x2 = (middle + width) / dv, (middle - width) / dv
        return 1.0 - (_math.fabs(b.cdf(x1) - a.cdf(x1)) + _math.fabs(b.cdf(x2) - a.cdf(x2)))

    def zscore(self, x):
        return (x - self._mu) / self._scaled("zscore")

    @property
    def mean(self):
        return self._mu

    @property
    def median(self):
        return self._mu

    @property
    def mode(self):
        return self._mu

    @property
    def stdev(self):
        return self._sigma

    @property
    def variance(self):
        return self._sigma * self._sigma

    def __add__(a, b):
        if isinstance(b, NormalDist):
            return NormalDist(a._mu + b._mu, _math.hypot(a._sigma, b._sigma))
        return NormalDist(a._mu + b, a._sigma)

    def __sub__(a, b):
        if isinstance(b, NormalDist):
            return NormalDist(a._mu - b._mu, _math.hypot(a._sigma, b._sigma))
        return NormalDist(a._mu - b, a._sigma)

    def __mul__(a, b):
        return NormalDist(a._mu * b, a._sigma * _math.fabs(b))

    def __truediv__(a, b):
        return NormalDist(a._mu / b, a._sigma / _math.fabs(b))

    def __pos__(a):
        return NormalDist(a._mu, a._sigma)

    def __neg__(a):
        return NormalDist(-a._mu, a._sigma)

    __radd__ = __add__

    def __rsub__(a, b):
        return -(a - b)

    __rmul__ = __mul__

    def __eq__(a, b):
        if not isinstance(b, NormalDist):
            return NotImplemented
        return a._mu == b._mu and a._sigma == b._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return "%s(mu=%r, sigma=%r)" % (type(self).__name__, self._mu, self._sigma)

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state
`,
);
