"""Writes mpmath-bg-nbd.json: BG/NBD and MBG/NBD with mpmath at 40 digits, printed to 20.

    python3 mpmath-bg-nbd.py && npx biome check --write mpmath-bg-nbd.json

Written as the models are defined, by other ways than the library's: the likelihood with gamma and beta functions and
numerical derivatives; predictions as integrals over the chance to leave p (and the purchase rate), done by mpmath's
adaptive quadrature. Inputs are doubles, read back exactly.
"""
import json
import os

from mpmath import beta, diff, exp, expm1, gamma, inf, log, loggamma, mp, mpf, nstr, quad, rf

mp.dps = 40


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def customer(extra, x, tx, t, r, alpha, a, b):
    """ln of the density of one history."""
    m = x + extra
    stays = log_beta(a, b + m) - log_beta(a, b) if m else mpf(0)
    value = stays + loggamma(r + x) - loggamma(r) + r * log(alpha) - (r + x) * log(alpha + t)
    if m:
        leaves = log_beta(a + 1, b + m - 1) - log_beta(a, b)
        leaves += loggamma(r + x) - loggamma(r) + r * log(alpha) - (r + x) * log(alpha + tx)
        value += log(1 + exp(leaves - value))
    return value


def alive_now(extra, x, tx, t, r, alpha, a, b):
    m = x + extra
    if m == 0:
        return mpf(1)
    return 1 / (1 + a / (b + m - 1) * ((alpha + t) / (alpha + tx)) ** (r + x))


def mean_over_p(f, a, b):
    """Mean of f(p) over beta(a, b), with substitutions that take the poles of the density away."""
    total = quad(lambda u: f(u ** (1 / a)) * (1 - u ** (1 / a)) ** (b - 1) / a, [0, mpf(1) / 2 ** (8 * a), mpf(1) / 2 ** a])
    total += quad(lambda u: f(1 - u ** (1 / b)) * (1 - u ** (1 / b)) ** (a - 1) / b, [0, mpf(1) / 2 ** (8 * b), mpf(1) / 2 ** b])
    return total / beta(a, b)


def living(extra, x, t, r, alpha, a, b):
    return r + x, alpha + t, a, b + x + extra


def number(value):
    return float(nstr(value, 20))


ROWS = [(0, 0, 38.86, 12), (0, 0, 30.25, 3.5), (1, 1.71, 38.86, 2), (2, 30.43, 38.86, 1), (7, 29.43, 38.86, 1),
        (26, 30.86, 31, 1), (3, 31, 31, 1), (60, 12.5, 36, 2)]


def negative_log_likelihood(extra, point):
    r, alpha, a, b = [exp(v) for v in point]
    return -sum(mpf(w) * customer(extra, x, mpf(tx), mpf(t), r, alpha, a, b) for x, tx, t, w in ROWS)


def derivatives(extra, parameters):
    point = [log(mpf(p)) for p in parameters]

    def at(*values):
        return negative_log_likelihood(extra, values)

    orders = [tuple(1 if i == k else 0 for i in range(4)) for k in range(4)]
    second = [[tuple((1 if i == k else 0) + (1 if i == l else 0) for i in range(4)) for l in range(4)] for k in range(4)]
    return {
        "extra": extra,
        "parameters": parameters,
        "value": number(at(*point)),
        "gradient": [number(diff(at, tuple(point), order)) for order in orders],
        "hessian": [[number(diff(at, tuple(point), order)) for order in row] for row in second],
    }


def covariate_derivatives(parameters, transaction, dropout, z):
    """z: one measure for each of ROWS, with an effect on both."""
    point = [log(mpf(p)) for p in parameters] + [mpf(transaction), mpf(dropout)]

    def at(*v):
        total = mpf(0)
        for (x, tx, t, w), measure in zip(ROWS, z):
            r, alpha = exp(v[0]), exp(v[1] - v[4] * measure)
            a, b = exp(v[2] + v[5] * measure), exp(v[3] + v[5] * measure)
            total -= mpf(w) * customer(0, x, mpf(tx), mpf(t), r, alpha, a, b)
        return total

    unit = lambda k: tuple(1 if i == k else 0 for i in range(6))
    both = lambda k, l: tuple((1 if i == k else 0) + (1 if i == l else 0) for i in range(6))
    return {
        "parameters": parameters,
        "transaction": transaction,
        "dropout": dropout,
        "z": z,
        "value": number(at(*point)),
        "gradient": [number(diff(at, tuple(point), unit(k))) for k in range(6)],
        "hessian": [[number(diff(at, tuple(point), both(k, l))) for l in range(6)] for k in range(6)],
    }


def predictions(extra, parameters, history, time, discount):
    r, alpha, a, b = [mpf(p) for p in parameters]
    x, tx, t = history
    tx, t, time, discount = mpf(tx), mpf(t), mpf(time), mpf(discount)
    now = alive_now(extra, x, tx, t, r, alpha, a, b)
    k, rate, a, b = living(extra, x, t, r, alpha, a, b)

    def bought(p):
        return -expm1(-k * mp.log1p(p * time / rate)) / p if p > mpf(10) ** -300 else k * time / rate

    def worth(p, until):
        # Purchases of somebody with chance p come at a rate with this mean.
        f = lambda s: exp(-discount * s) * k / rate * (1 + p * s / rate) ** (-k - 1)
        points = [0, until / 8, until] if until != inf else [0, rate, 10 * rate, 1 / discount, 10 / discount, inf]
        return quad(f, sorted(set(points)))

    mp.dps = 25
    result = {
        "extra": extra,
        "parameters": parameters,
        "history": history,
        "time": float(time),
        "discount": float(discount),
        "alive": number(now),
        "aliveAfter": number(now * mean_over_p(lambda p: (1 + p * time / rate) ** -k, a, b)),
        "expected": number(now * mean_over_p(bought, a, b)),
    }
    mp.dps = 16
    result["discounted"] = number(now * mean_over_p(lambda p: worth(p, time), a, b))
    result["discountedForEver"] = number(now * mean_over_p(lambda p: worth(p, inf), a, b))
    mp.dps = 40
    return result


def probabilities(extra, parameters, history, start, end, counts):
    r, alpha, a, b = [mpf(p) for p in parameters]
    x, tx, t = history
    tx, t, start, end = mpf(tx), mpf(t), mpf(start), mpf(end)
    now = alive_now(extra, x, tx, t, r, alpha, a, b)
    k, rate, a, b = living(extra, x, t, r, alpha, a, b)

    def given(p, n):
        later = rate + p * start
        there = (rate / later) ** k
        z = (end - start) / (later + end - start)
        stream = lambda j: rf(k, j) / gamma(j + 1) * (1 - z) ** k * z ** j
        if n == 0:
            return 1 - there + there * stream(0)
        more = 1 - sum(stream(j) for j in range(n))
        return there * ((1 - p) ** n * stream(n) + p * (1 - p) ** (n - 1) * more)

    mp.dps = 30
    result = {
        "extra": extra,
        "parameters": parameters,
        "history": history,
        "from": float(start),
        "to": float(end),
        "counts": counts,
        "probabilities": [
            number(now * mean_over_p(lambda p: given(p, n), a, b) + (1 - now if n == 0 else 0)) for n in counts
        ],
    }
    mp.dps = 40
    return result


PUBLISHED = [0.243, 4.414, 0.793, 2.426]
MODIFIED = [0.525, 6.183, 0.891, 1.614]
NASTY = [0.11, 2.24, 0.31, 0.5]
NEW = [0, 0, 0]

out = {
    "rows": ROWS,
    "derivatives": [derivatives(extra, p) for extra in (0, 1) for p in (PUBLISHED, [2.5, 0.3, 40, 0.05], [150, 900, 1, 1])],
    "covariates": [
        covariate_derivatives(PUBLISHED, 0.4, -0.7, [0.5, -1, 2, 0, 1.25, -0.5, 3, -2]),
        covariate_derivatives(PUBLISHED, 0, 0, [1] * 8),
    ],
    "predictions": [
        predictions(0, PUBLISHED, [2, 30.43, 38.86], 39, 0.0027),
        predictions(0, PUBLISHED, [2, 30, 31], 1500, 0.0027),
        predictions(0, PUBLISHED, [26, 30.86, 31], 520, 0.0005),
        predictions(0, [0.243, 4.414, 1, 2.426], [2, 30.43, 38.86], 900, 0.01),
        predictions(0, [0.243, 4.414, 1, 2.426], [5, 30.43, 38.86], 30, 0.01),
        predictions(0, [0.5, 3, 0.6, 0.4], [0, 0, 2], 30, 0.01),
        predictions(0, NASTY, [0, 0, 1], 300, 0.02),
        predictions(0, [5, 20, 8, 30], [12, 20, 26], 52, 0.002),
        predictions(1, MODIFIED, [0, 0, 38.86], 39, 0.0027),
        predictions(1, MODIFIED, [7, 29.43, 38.86], 5000, 0.0027),
    ],
    "probabilities": [
        probabilities(0, PUBLISHED, NEW, 39, 78, [0, 1, 2, 5, 40]),
        probabilities(0, PUBLISHED, NEW, 0, 39, [0, 1, 7]),
        probabilities(0, PUBLISHED, [2, 30.43, 38.86], 10, 49, [0, 1, 2, 9]),
        probabilities(0, PUBLISHED, [26, 30.86, 31], 4, 30, [0, 1, 12, 30]),
        probabilities(0, NASTY, [3, 2, 4], 0.5, 400, [0, 1, 2, 25]),
        probabilities(1, MODIFIED, NEW, 5, 44, [0, 1, 2, 9]),
        probabilities(1, MODIFIED, [7, 29.43, 38.86], 0, 39, [0, 3, 11]),
    ],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "mpmath-bg-nbd.json"), "w") as file:
    json.dump(out, file, indent=2)
    file.write("\n")
