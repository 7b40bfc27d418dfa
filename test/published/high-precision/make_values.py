"""Writes the 40-digit reference values next to this script: special-functions.json, distributions.json, quantiles.json.

Arguments are doubles, taken exactly as they are; values are computed with mpmath at 60 digits (more where a tail
is a complement) and printed to 40 significant digits. The incomplete functions are summed here from their series
of positive terms and, where mpmath's own routine is quick, compared with it.

    python3 make_values.py [special-functions] [distributions] [quantiles]

The whole takes some ten minutes, most of it for shapes of 1e6. Then
let the formatter lay the files out: npx biome check --write test/published/high-precision
"""
import json
import math
import os
import sys

import mpmath
from mpmath import mp, mpf, loggamma, digamma, psi, erfc, exp, log, sqrt, pi, nstr, findroot

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))
EPS = 2.0**-52


def digits(value):
    return nstr(value, 40, strip_zeros=True, min_fixed=-5, max_fixed=17)


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def log_beta_wide(a, b):
    """For arguments of very different size: enough digits that a does not vanish beside b."""
    mp.dps = 700
    value = log_beta(mpf(a), mpf(b))
    mp.dps = 60
    return +value


# ---- incomplete functions -------------------------------------------------------------------------------------

def lower_gamma(a, x):
    """P(a, x) from the series of positive terms (Abramowitz & Stegun 6.5.29)."""
    term = total = mpf(1)
    n = a + 1
    while True:
        term *= x / n
        total += term
        n += 1
        if x < n and term < total * mpf(10) ** (-mp.dps - 5):
            break
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def gamma_tails(a, x):
    a, x = mpf(a), mpf(x)
    if x > 4 * a + 50:  # the series is long; the continued fraction of mpmath is quick here
        q = mpmath.gammainc(a, x, mpmath.inf, regularized=True)
        return 1 - q, q
    mp.dps = 400
    p = lower_gamma(a, x)
    q = 1 - p
    mp.dps = 60
    return +p, +q


def lower_beta(a, b, x, y):
    """I_x(a, b) from the series of positive terms (DLMF 8.17.7 after Euler's transformation)."""
    term = total = mpf(1)
    top, bottom = a + b, a + 1
    while True:
        term *= x * top / bottom
        total += term
        top += 1
        bottom += 1
        if x * top < bottom and term < total * (1 - x) * mpf(10) ** (-mp.dps - 5):
            break
    return exp(a * log(x) + b * log(y) - log(a) - log_beta(a, b)) * total


def beta_tails(a, b, x, y=None):
    mp.dps = 400
    a, b, x = mpf(a), mpf(b), mpf(x)
    if y is None or x <= y:
        y = 1 - x
    else:  # the smaller of the two is the exact one
        y = mpf(y)
        x = 1 - y
    # Whichever series is short: of x if x is small or below the mean and not next to 1, else of y.
    if x < mpf("0.01") or (x * (a + b) <= a and x < mpf("0.9")):
        p = lower_beta(a, b, x, y)
        q = 1 - p
    else:
        q = lower_beta(b, a, y, x)
        p = 1 - q
    mp.dps = 60
    return +p, +q


def normal_tails(x):
    x = mpf(x)
    return erfc(-x / sqrt(2)) / 2, erfc(x / sqrt(2)) / 2


def student_upper(t, df):
    t, df = mpf(t), mpf(df)
    return beta_tails(df / 2, mpf(1) / 2, df / (df + t * t), t * t / (df + t * t))[0] / 2


# ---- grids --------------------------------------------------------------------------------------------------

ROOT = float(findroot(digamma, mpf("1.4616321449683623")))

LOG_GAMMA = [5e-324, 1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.1, 0.25, 0.4999999, 0.5, 0.75, 0.9, 0.99, 1 - 1e-5,
             1 - 1e-10, 1 - EPS / 2, 1.0, 1 + EPS, 1 + 1e-10, 1 + 1e-5, 1.001, 1.1, 1.25, 4 / 3, 1.4616, 1.4999999, 1.5, 1.75,
             1.9, 1.999, 2 - 1e-6, 2 - 1e-10, 2 - EPS, 2.0, 2 + 2 * EPS, 2 + 1e-10, 2 + 1e-6, 2.001, 2.1, 2.5, 2.5000001, 3.0,
             3.5, math.pi, 5.0, 5.5, 7.25, 9.5, 9.999999, 10.0, 10.5, 20.0, 50.5, 100.0, 171.5, 1e3, 12345.678, 1e6, 1e10,
             1e15, 1e100, 1e300, 2.5e305]
DIGAMMA = [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0, 1 + EPS, 1.1, 1.25, 1.4, 1.46, ROOT - 1e-5,
           ROOT - 1e-10, ROOT - 3 * EPS, ROOT - EPS, ROOT, ROOT + EPS, ROOT + 3 * EPS, ROOT + 1e-10, ROOT + 1e-5, 1.47, 1.5, 1.75, 2.0, 2.0000001,
           2.5, 3.0, 3.5, math.pi, 5.0, 5.5, 7.25, 9.5, 9.999999, 10.0, 10.5, 20.0, 50.5, 100.0, 171.5, 1e3, 12345.678, 1e6, 1e10,
           1e15, 1e100, 1e300]
TRIGAMMA = [1e-150, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.4616, 1.5, 1.75,
            2.0, 2.5, 3.0, 3.5, math.pi, 4.5, 5.0, 5.5, 6.5, 7.25, 8.0, 9.5, 9.999999, 10.0, 10.5, 15.5, 20.0, 50.5, 100.0, 171.5,
            1e3, 12345.678, 1e6, 1e10, 1e15, 1e100, 1e300]
SHAPES = [1e-10, 1e-3, 0.1, 0.5, 1.0, 1.5, 2.0, 3.3, 9.9, 10.0, 25.5, 100.0, 1e4, 1e6]
LOG_BETA = [(a, b) for i, a in enumerate(SHAPES) for b in SHAPES[i:]] + [(1e15, 1e15), (0.5, 1e15), (1e6, 1e15), (1e-300, 1e-300), (2.5, 1e300)]
NORMAL = [0.0, 1e-300, 1e-10, 1e-3, 0.1, 0.25, 0.5, 0.6744897501960817, 0.99999, 1.0, 1.0000001, 1.25, 1.5, 1.959963984540054, 2.0, 2.5, 3.0,
          3.3, 4.0, 4.5, 5.0, 5.657, 6.0, 7.0, 7.77, 8.0, 8.3, 9.1, 10.0, 11.3, 12.7, 15.0, 17.123, 20.0, 22.9, 25.0, 27.3, 30.0, 31.7, 33.3, 35.0,
          36.1, 37.0, 37.04, 37.5]
SIGMAS = [-30.0, -8.0, -3.0, -1.0, -0.01, 0.0, 0.01, 1.0, 3.0, 8.0, 30.0]


def gamma_grid():
    for a in [1e-10, 1e-5, 0.01, 0.3, 0.5, 0.99]:
        for x in [1e-300, 1e-10, 1e-3, 0.1, 0.5, 1.0, 1.09, 1.2, 3.0, 10.0, 100.0, 690.0]:
            yield a, x
    for a in [1.0, 1.5, 4.0, 9.99, 10.0, 20.5, 49.9, 50.0, 51.0, 100.0, 1000.0, 3e4, 1e6]:
        for z in SIGMAS:
            x = a + z * math.sqrt(a)
            yield a, (x if x > 0 else a * 10.0 ** z)
    yield from [(5.0, 1e-50), (60.0, 1e-4), (60.0, 700.0), (1000.0, 500.0), (1000.0, 2500.0), (1e6, 9.7e5), (1e6, 1.035e6)]


def beta_grid():
    for a, b in [(1e-10, 1e-10), (1e-10, 3.0), (3.0, 1e-10), (1e-3, 0.1), (0.1, 0.1), (0.5, 0.5), (0.01, 20.0), (20.0, 0.01), (0.5, 500.0), (1.0, 1.0), (1.0, 1e6)]:
        for x in [1e-300, 1e-10, 1e-3, 0.1, 0.5, 0.75, 0.99]:
            yield a, b, x
    for a, b in [(2.0, 3.0), (9.9, 9.9), (10.0, 12.0), (5.0, 1e4), (1e4, 5.0), (49.0, 51.0), (50.0, 50.0), (50.0, 1e6), (1e6, 50.0), (30.0, 1e6), (120.0, 340.0), (3000.0, 1000.0), (1e5, 1e6), (1e6, 1e6)]:
        mean, spread = a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b)
        for z in SIGMAS:
            x = mean + z * spread
            yield a, b, x if 0 < x < 1 else 0.05 * mean if x <= 0 else 1 - 0.05 * (1 - mean)
    yield from [(2.0, 3.0, 1e-150), (50.0, 60.0, 1e-6), (60.0, 50.0, 1 - 1e-6), (1e6, 1e6, 0.49), (1e6, 2e6, 0.345), (0.5, 1e6, 1e-3)]


def student_grid():
    for df in [0.1, 0.5, 1.0, 2.0, 3.0, 5.5, 10.0, 30.0, 100.0, 1000.0, 1e6, 1e10]:
        for t in [1e-8, 0.1, 1.0, 2.0, 5.0, 20.0, 35.0, 1e3, 1e10, 1e160]:
            yield t, df


def hypergeometric(k, population, successes, draws):
    """The exact probability and both cumulative ones, by ratios of consecutive terms."""
    def coefficient(n, j):
        return loggamma(mpf(n) + 1) - loggamma(mpf(j) + 1) - loggamma(mpf(n - j) + 1)

    mp.dps = 120
    low, high = max(0, draws - (population - successes)), min(successes, draws)
    pmf = exp(coefficient(successes, k) + coefficient(population - successes, draws - k) - coefficient(population, draws))
    lower, term, j = mpf(0), pmf, k
    while j >= low and term > lower * mpf(10) ** -80:
        lower += term
        term *= mpf(j) * (population - successes - draws + j) / (mpf(successes - j + 1) * (draws - j + 1))
        j -= 1
    upper, term, j = mpf(0), pmf, k
    while j < high:
        term *= mpf(successes - j) * (draws - j) / (mpf(j + 1) * (population - successes - draws + j + 1))
        if term < upper * mpf(10) ** -80:
            break
        upper += term
        j += 1
    assert abs(lower + upper - 1) < mpf(10) ** -60, (k, population, successes, draws, lower + upper)
    mp.dps = 60
    return [digits(pmf), digits(lower), digits(upper)]


HYPERGEOMETRIC = [(k, 10, 4, 3) for k in range(4)] + [(k, 52, 13, 5) for k in range(6)] + [
    (k, 500, 100, 60) for k in (0, 3, 8, 12, 13, 20, 40, 59)] + [
    (k, 10**4, 3000, 500) for k in (20, 80, 120, 150, 151, 200, 300, 480)] + [
    (k, 10**6, 500000, 1000) for k in (100, 400, 500, 501, 560, 700, 1000)] + [
    (k, 10**6, 200000, 500000) for k in (92000, 99000, 99999, 100000, 100001, 101000, 107000)] + [
    (k, 10**9, 10**6, 10**6) for k in (500, 800, 1000, 1001, 1200, 2000)] + [
    (k, 2**53 - 1, 10**12, 10**5) for k in (0, 11, 40)] + [(7, 20, 10, 14), (4, 20, 10, 14), (10, 20, 10, 14), (1, 2, 1, 1), (0, 9, 9, 0), (999, 1000, 999, 1000)]


def quantile(tails, density, p, upper, start):
    """Newton in log x on the log of the tail that p stands for, at 60 digits."""
    target = log(mpf(p))
    u = log(mpf(start))
    for _ in range(2000):
        x = exp(u)
        tail = tails(x)[1 if upper else 0]
        step = (target - log(tail)) * tail / density(x) * (-1 if upper else 1)
        step = max(-1, min(1, step))
        u += step
        if abs(step) < mpf(10) ** -45:
            return exp(u)
    raise ArithmeticError("no convergence")


def gamma_quantile(p, a, upper, start):
    a = mpf(a)
    return quantile(lambda x: gamma_tails(a, x), lambda x: exp(a * log(x) - x - loggamma(a)), p, upper, start)


def beta_odds_quantile(p, a, b, upper, start):
    a, b = mpf(a), mpf(b)
    half = log_beta(a, b)

    def tails(z):
        return beta_tails(a, b, z / (1 + z), 1 / (1 + z))

    return quantile(tails, lambda z: exp(a * log(z) - (a + b) * log(1 + z) - half), p, upper, start)


def normal_quantile(p, upper):
    """Newton on the log of the smaller tail."""
    p = mpf(p)
    tail = min(p, 1 - p)
    if tail == mpf("0.5"):
        return mpf(0)
    t = sqrt(-2 * log(tail))
    for _ in range(200):
        q = normal_tails(t)[1]
        step = (log(q) - log(tail)) * q / (exp(-t * t / 2) / sqrt(2 * pi))
        t += step
        if abs(step) < mpf(10) ** -50 * max(1, abs(t)):
            return t if (p > tail) != upper else -t
    raise ArithmeticError("no convergence")


PROBABILITIES = [5e-324, 1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-15, 1e-11, 1e-10, 1e-7, 1e-5, 0.001, 0.01, 0.02425, 0.025, 0.05, 0.07499999, 0.0750001,
                 0.1, 0.2, 0.25, 0.3, 0.4, 0.45, 0.49, 0.499999, 0.4999999999999999, 0.5, 0.5000000000000001, 0.51, 0.6, 0.7, 0.75, 0.8, 0.9,
                 0.924, 0.93, 0.95, 0.975, 0.99, 0.999, 0.99999, 0.9999999999, 1 - EPS]


def gamma_quantile_grid():
    for a in [1e-3, 0.1, 0.5, 1.0, 2.5, 10.0, 60.0, 1000.0]:
        for p, upper in [(1e-300, False), (1e-20, False), (0.001, False), (0.3, False), (0.5, False), (0.9, False), (0.1, True), (1e-6, True), (1e-100, True), (1e-300, True)]:
            if a > 1e-2 or upper:
                yield p, a, upper
    yield from [(0.01, 1e6, False), (0.5, 1e6, True), (1e-40, 1e6, True), (0.4, 1e-3, False), (0.9, 1e-3, False)]


def beta_quantile_grid():
    for a, b in [(0.1, 0.1), (0.5, 0.5), (0.5, 20.0), (20.0, 0.5), (1.0, 3.0), (2.5, 7.5), (10.0, 91.0), (60.0, 70.0), (3.0, 1e4), (1e4, 3e3)]:
        for p, upper in [(1e-300, False), (1e-20, False), (0.001, False), (0.3, False), (0.5, False), (0.9, False), (0.025, True), (1e-10, True)]:
            yield p, a, b, upper
    yield from [(0.025, 1e6, 1e6, False), (0.3, 1e6, 2e5, True), (1e-30, 2e5, 1e6, False)]


def student_quantile_grid():
    for df in [0.3, 1.0, 2.0, 3.0, 7.5, 30.0, 1000.0, 1e6]:
        for p, upper in [(1e-100, True), (1e-12, True), (0.001, True), (0.025, True), (0.3, True), (0.49, True), (0.4999999, True), (0.1, False), (0.975, False)]:
            yield p, df, upper


def gamma_start(p, a, upper):
    p = mpf(p)
    if a >= 1:
        z = normal_quantile(p, upper)
        root = 1 - 1 / (9 * mpf(a)) + z / (3 * sqrt(mpf(a)))
        if root > 0.2:
            return a * root**3
    lower = log(1 - p if upper else p)
    if upper and p < mpf("0.01"):
        return -log(p)
    return exp((lower + loggamma(mpf(a) + 1)) / a)


def beta_start(p, a, b, upper):
    p = mpf(p)
    if a > 1 and b > 1:
        return mpf(a) / b * exp(normal_quantile(p, upper) * sqrt(1 / mpf(a) + 1 / mpf(b)))
    if upper and p < mpf("0.2"):
        return exp(-(log(p) + log(mpf(b)) + log_beta(mpf(a), mpf(b))) / b)
    return exp((log(1 - p if upper else p) + log(mpf(a)) + log_beta(mpf(a), mpf(b))) / a)


def student_quantile(p, df, upper):
    beyond = min(mpf(p), 1 - mpf(p))
    a = mpf(df) / 2
    # The mass between -t and t for the center, the mass outside for the tails, whichever is smaller.
    if beyond < mpf("0.25"):
        odds = beta_odds_quantile(2 * beyond, a, 0.5, False, beta_start(2 * beyond, a, 0.5, False))
        t = sqrt(df / odds)
    else:
        inside = 1 - 2 * beyond
        t = sqrt(df * beta_odds_quantile(inside, 0.5, a, False, beta_start(inside, 0.5, a, False)))
    return t if (mpf(p) > beyond) != upper else -t


def check():
    """The sums above against mpmath's own routines."""
    for a, x in [(0.5, 0.1), (10.0, 8.0), (49.9, 60.0), (0.3, 3.0)]:
        assert abs(gamma_tails(a, x)[0] / mpmath.gammainc(a, 0, x, regularized=True) - 1) < mpf(10) ** -50
        assert abs(gamma_tails(a, x)[1] / mpmath.gammainc(a, x, mpmath.inf, regularized=True) - 1) < mpf(10) ** -50
    for a, b, x in [(0.5, 0.5, 0.1), (10.0, 12.0, 0.6), (3.0, 0.25, 0.99), (49.0, 51.0, 0.3)]:
        assert abs(beta_tails(a, b, x)[0] / mpmath.betainc(a, b, 0, x, regularized=True) - 1) < mpf(10) ** -50


def write(name, data):
    with open(os.path.join(HERE, name + ".json"), "w") as file:
        lines = []
        for function, rows in data.items():
            body = ",\n".join("    " + json.dumps(row) for row in rows)
            lines.append(f'  "{function}": [\n{body}\n  ]')
        file.write("{\n" + ",\n".join(lines) + "\n}\n")
        print(name, {function: len(rows) for function, rows in data.items()})


if __name__ == "__main__":
    check()
    wanted = sys.argv[1:] or ["special-functions", "distributions", "quantiles"]
    if "special-functions" in wanted:
        write("special-functions", {
            "logGamma (x, value)": [[x, digits(loggamma(mpf(x)))] for x in LOG_GAMMA],
            "digamma (x, value)": [[x, digits(digamma(mpf(x)))] for x in DIGAMMA],
            "trigamma (x, value)": [[x, digits(psi(1, mpf(x)))] for x in TRIGAMMA],
            "logBeta (a, b, value)": [[a, b, digits(log_beta_wide(a, b))] for a, b in LOG_BETA],
            "incomplete gamma (a, x, P, Q)": [[a, x, *map(digits, gamma_tails(a, x))] for a, x in gamma_grid()],
            "incomplete beta (a, b, x, lower, upper)": [[a, b, x, *map(digits, beta_tails(a, b, x))] for a, b, x in beta_grid()],
        })
    if "distributions" in wanted:
        write("distributions", {
            "normal (x, density, lower, upper)": [[x, digits(exp(-mpf(x) ** 2 / 2) / sqrt(2 * pi)), *map(digits, normal_tails(x))] for x in NORMAL],
            "student t (t, df, upper)": [[t, df, digits(student_upper(t, df))] for t, df in student_grid()],
            "hypergeometric (k, population, successes, draws, pmf, lower, upper)": [[*row, *hypergeometric(*row)] for row in HYPERGEOMETRIC],
        })
    if "quantiles" in wanted:
        write("quantiles", {
            "normal (p, upper, x)": [[p, upper, digits(normal_quantile(p, upper))] for p in PROBABILITIES for upper in (False, True)],
            "gamma (p, shape, upper, x)": [[*row, digits(gamma_quantile(*row, gamma_start(*row)))] for row in gamma_quantile_grid()],
            "beta (p, a, b, upper, x)": [[*row, digits(z / (1 + z))] for row in beta_quantile_grid() for z in [beta_odds_quantile(*row, beta_start(*row))]],
            "student t (p, df, upper, t)": [[*row, digits(student_quantile(*row))] for row in student_quantile_grid()],
        })
