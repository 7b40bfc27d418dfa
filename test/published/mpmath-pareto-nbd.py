"""Writes mpmath-pareto-nbd.json: likelihoods, maxima and predictions of Pareto/NBD with mpmath, printed as doubles.

    python3 mpmath-pareto-nbd.py && npx biome check --write mpmath-pareto-nbd.json

The likelihood is that of Fader & Hardie (2005), "A note on deriving the Pareto/NBD model", equations 15 to 22, with its
differences of hypergeometric functions at 80 digits; its derivatives are central differences. Counts are integrals over the
moment of leaving by mpmath's quadrature. All that is another way than the library's. Arguments are doubles, read back exactly.
"""
import json
import os
import random

from mpmath import exp, hyp2f1, log, loggamma, lu_solve, matrix, mp, mpf, quad, sqrt

mp.dps = 80
HERE = os.path.dirname(os.path.abspath(__file__))


def log_likelihood(r, alpha, s, beta, x, tx, T):
    p, w = r + x, r + s + x
    if alpha >= beta:
        def part(t):
            return hyp2f1(w, s + 1, w + 1, (alpha - beta) / (alpha + t)) / (alpha + t) ** w
    else:
        def part(t):
            return hyp2f1(w, p, w + 1, (beta - alpha) / (beta + t)) / (beta + t) ** w
    alive = (alpha + T) ** -p * (beta + T) ** -s
    total = alive + s / w * (part(tx) - part(T))
    return (loggamma(p) - loggamma(r) + r * log(alpha) + s * log(beta) + log(total)), alive / total


def of_point(point, rows, transaction, dropout):
    r, s = exp(point[0]), exp(point[2])
    total = mpf(0)
    for row in rows:
        effects = list(point[4:])
        buying = sum(effects.pop(0) * mpf(row["covariates"][name]) for name in transaction)
        leaving = sum(effects.pop(0) * mpf(row["covariates"][name]) for name in dropout)
        total += mpf(row["weight"]) * log_likelihood(
            r, exp(point[1] - buying), s, exp(point[3] - leaving), row["x"], mpf(row["tx"]), mpf(row["T"]))[0]
    return total


def derivatives(value, at, step=mpf(10) ** -18):
    """Central differences: with 80 digits good to some 35 for slopes and for second derivatives."""
    size = len(at)

    def moved(i, x, j=0, y=0):
        point = list(at)
        point[i] += x * step
        point[j] += y * step
        return value(point)

    here = value(at)
    up = [moved(i, 1) for i in range(size)]
    down = [moved(i, -1) for i in range(size)]
    gradient = [(up[i] - down[i]) / (2 * step) for i in range(size)]
    hessian = matrix(size, size)
    for i in range(size):
        hessian[i, i] = (up[i] - 2 * here + down[i]) / step ** 2
        for j in range(i):
            hessian[i, j] = hessian[j, i] = (
                moved(i, 1, j, 1) + moved(i, -1, j, -1) - moved(i, 1, j, -1) - moved(i, -1, j, 1)) / (4 * step ** 2)
    return here, gradient, hessian


def rows_of(*rows):
    return [{"x": x, "tx": tx, "T": T, "weight": weight, "covariates": {"z": z, "y": y}}
            for x, tx, T, weight, z, y in rows]


SOME = rows_of((2, 30.43, 38.86, 1, 0, 1), (0, 0, 38.86, 3, 1, 0), (1, 1.71, 38.0, 1, 1, 1), (26, 30.86, 31, 2, 0.5, -1))
MANY = rows_of((300, 38, 39, 1, 0, 0), (1200, 3.5, 39, 1, 0, 0), (0, 0, 39, 1, 0, 0))
SHORT = rows_of((3, 0.25, 0.25, 1, 1, 0), (0, 0, 0, 1, 0, 1), (7, 0.01, 1000, 1, 1, 1))
POINTS = [
    ("published", [0.553, 10.578, 0.606, 11.669], SOME), ("alpha above beta", [0.553, 14.0, 0.606, 11.0], SOME),
    ("equal", [0.7, 8.0, 1.3, 8.0], SOME), ("z = 0.79", [0.9, 47.0, 0.8, 2.0], SOME),
    ("beta small", [0.9, 47.0, 0.4, 0.01], SOME), ("beta tiny, s above 1", [2.5, 900.0, 3.5, 1e-4], SOME),
    ("alpha small", [0.3, 0.02, 1.7, 60.0], SOME), ("alpha tiny", [0.05, 1e-5, 0.2, 20.0], SOME),
    ("nearly one rate of buying", [5e3, 1e5, 0.6, 12.0], SOME), ("nearly one rate of leaving", [0.5, 10.0, 4e3, 1e5], SOME),
    ("nearly nobody leaves", [0.5, 10.0, 1e-5, 10.0], SOME), ("many purchases", [0.6, 3.0, 0.6, 12.0], MANY),
    ("many purchases, alpha large", [9.0, 30.0, 0.6, 1.0], MANY), ("short and long", [0.4, 0.3, 0.9, 2.0], SHORT),
    ("short and long, beta small", [0.4, 5.0, 0.9, 0.05], SHORT),
]


def likelihoods():
    mp.dps = 80
    for name, parameters, rows in POINTS:
        for transaction, dropout, effects in (([], [], []), (["z", "y"], ["z"], [0.25, -0.5, 0.375])):
            if effects and name not in ("published", "beta small", "short and long"):
                continue
            at = [log(mpf(parameter)) for parameter in parameters] + [mpf(effect) for effect in effects]
            value, gradient, hessian = derivatives(lambda point: of_point(point, rows, transaction, dropout), at)
            size = len(at)
            yield {"name": name, "parameters": parameters, "transaction": transaction, "dropout": dropout,
                   "effects": effects, "rows": rows, "value": float(value), "gradient": [float(g) for g in gradient],
                   "hessian": [[float(hessian[i, j]) for j in range(size)] for i in range(size)]}


def simulated(seed, count, r, alpha, s, beta, effect):
    """Whole weeks, so that there are few different histories; the fit takes them as they are."""
    draw = random.Random(seed)
    rows = {}
    for _ in range(count):
        z = draw.randrange(2)
        T = draw.choice([30, 36, 39, 52])
        buying = draw.gammavariate(r, 1 / alpha) * 2.718281828459045 ** (effect * z)
        end = min(T, draw.expovariate(draw.gammavariate(s, 1 / beta)))
        at, last, x = draw.expovariate(buying), 0, 0
        while at < end:
            week = int(at) + 1
            if week > last and week <= T:
                last, x = week, x + 1
            at += draw.expovariate(buying)
        key = (x, last, T, z)
        rows[key] = rows.get(key, 0) + 1
    return rows_of(*((x, tx, T, weight, z, 0) for (x, tx, T, z), weight in rows.items()))


def maxima():
    for name, rows, transaction, dropout, start in (
            ("two years of weeks", simulated(1, 300, 0.8, 9.0, 0.7, 20.0, 0), [], [], [0.8, 9.0, 0.7, 20.0]),
            ("with a covariate", simulated(2, 400, 1.2, 12.0, 0.9, 25.0, 0.6), ["z"], ["z"], [1.2, 12.0, 0.9, 25.0])):
        mp.dps = 50
        at = [log(mpf(parameter)) for parameter in start] + [mpf(0)] * len(transaction + dropout)
        if not transaction:
            merged = {}
            for row in rows:
                key = (row["x"], row["tx"], row["T"])
                merged[key] = merged.get(key, 0) + row["weight"]
            rows = rows_of(*((x, tx, T, weight, 0, 0) for (x, tx, T), weight in merged.items()))

        def value(point):
            return of_point(point, rows, transaction, dropout)

        for _ in range(40):
            here, gradient, hessian = derivatives(value, at, mpf(10) ** -13)
            change = lu_solve(hessian, matrix(gradient))
            share = mpf(1)
            while share > mpf(10) ** -6 and value([at[i] - share * change[i] for i in range(len(at))]) < here:
                share /= 2
            if max(abs(step) for step in change) < mpf(10) ** -16:
                break
            at = [at[i] - share * change[i] for i in range(len(at))]
        else:
            raise ArithmeticError(name)
        covariance = (-hessian) ** -1
        errors = [sqrt(covariance[i, i]) for i in range(len(at))]
        yield {"name": name, "transaction": transaction, "dropout": dropout, "rows": rows,
               "logLikelihood": float(here), "parameters": [float(exp(logarithm)) for logarithm in at[:4]],
               "effects": [float(effect) for effect in at[4:]],
               "standardErrors": [float(exp(at[i]) * errors[i]) for i in range(4)],
               "effectErrors": [float(error) for error in errors[4:]]}
        mp.dps = 80


def count_probability(n, r, alpha, s, beta, start, end):
    """Still there at the end, or left y after the start: a negative binomial count over y."""
    def count(y):
        return exp(loggamma(r + n) - loggamma(r) - loggamma(n + 1)) * (alpha / (alpha + y)) ** r * (y / (alpha + y)) ** n

    span = end - start
    edges = [span * mpf(share) for share in (0, "1e-4", "0.01", "0.1", "0.3", "0.6", "0.9", 1)]
    # Of the order of 1 at its largest: the quadrature stops at an absolute error.
    most = max(count(edge) for edge in edges)
    left = most * quad(lambda y: s * beta ** s / (beta + start + y) ** (s + 1) * (count(y) / most), edges)
    gone = 1 - (beta / (beta + start)) ** s if n == 0 else 0
    return count(span) * (beta / (beta + end)) ** s + left + gone


def predictions():
    mp.dps = 40
    for parameters, customer, times in (
            ([0.553, 10.578, 0.606, 11.669], (2, 30.43, 38.86), (0, 39)),
            ([0.553, 10.578, 0.606, 11.669], (0, 0, 38.86), (26, 52)),
            ([0.55, 10.56, 0.61, 11.64], (7, 29.43, 38.86), (1, 2)),
            ([0.553, 10.578, 1.0, 11.669], (26, 30.86, 31), (39, 78)),
            ([4.0, 0.5, 2.5, 80.0], (300, 38, 39), (10, 50)),
            ([0.05, 3.0, 0.02, 0.001], (1, 1, 50), (0, 5)),
            ([50.0, 700.0, 900.0, 40000.0], (4, 20, 60), (5, 200)),
            ([0.3, 90.0, 4.0, 0.5], (3, 2, 2.5), (0.125, 1000))):
        r, alpha, s, beta = map(mpf, parameters)
        x, tx, T = map(mpf, customer)
        start, end = map(mpf, times)
        value, alive = log_likelihood(r, alpha, s, beta, x, tx, T)
        counts = (0, 1, 2, 10, 60)
        rate = mpf(0.0027)

        def rest(t):
            return alive * (r + x) / (alpha + T) * ((beta + T) / (beta + T + t)) ** s

        edges = [0, end / 100, end / 10, end / 2, end]
        far = 1 / rate
        yield {"parameters": parameters, "customer": customer, "times": times, "counts": counts,
               "logLikelihood": float(value), "alive": float(alive),
               "aliveAfter": float(alive * ((beta + T) / (beta + T + end)) ** s),
               "expected": float(quad(lambda t: r / alpha * (beta / (beta + t)) ** s, edges)),
               "conditionalExpected": float(quad(rest, edges)),
               "discounted": float(quad(lambda t: rest(t) * exp(-rate * t), edges)),
               "discountedForEver": float(quad(
                   lambda t: rest(t) * exp(-rate * t),
                   [0, beta / 1000, beta, far / 100, far / 10, far, 3 * far, 10 * far, 30 * far, 120 * far]
                   if beta < far / 100 else [0, far / 100, far / 10, far, 3 * far, 10 * far, 30 * far, 120 * far])),
               "probabilities": [float(count_probability(n, r, alpha, s, beta, start, end)) for n in counts],
               "conditionalProbabilities": [
                   float(alive * count_probability(n, r + x, alpha + T, s, beta + T, start, end) + (1 - alive if n == 0 else 0))
                   for n in counts]}


with open(os.path.join(HERE, "mpmath-pareto-nbd.json"), "w") as file:
    json.dump({"predictions": list(predictions()), "likelihoods": list(likelihoods()), "maxima": list(maxima())}, file)
