"""Writes mpmath-bg-nbd-extremes.json: BG/NBD and MBG/NBD with shapes from small to beyond all bounds, with mpmath.

    python3 mpmath-bg-nbd-extremes.py && npx biome check --write mpmath-bg-nbd-extremes.json

Means over the chance to leave p ~ Beta(a, b) by mpmath's quadrature at 30 digits and more for large shapes, in pieces about its mean and about where
the function bends. Inputs are doubles, read back exactly.
"""
import json
import os

from mpmath import exp, expm1, hyperu, log, log1p, loggamma, mp, mpf, nstr, quad, sqrt

mp.dps = 30


def mean_over_p(f, a, b, bend):
    centre = a / (a + b)
    spread = sqrt(a * b / (a + b + 1)) / (a + b)
    places = [centre + k * spread for k in (-60, -25, -12, -6, -3, 0, 3, 6, 12, 25, 60)]
    if spread / centre < mpf(10) ** -3 and spread / (1 - centre) < mpf(10) ** -3:
        places = [p for p in places if 0 < p < 1]
    else:
        places += [bend * mpf(10) ** k for k in range(-6, 4)]
        places = [mpf(0)] + sorted(p for p in places if 0 < p < 1) + [mpf(1)]
    norm = loggamma(a) + loggamma(b) - loggamma(a + b)
    if b < 1:
        # By the chance to stay, which is next to 0 for most.
        places = [mpf(0)] + [b / a * mpf(10) ** k for k in range(-6, 3) if b / a * mpf(10) ** k < 1] + [mpf(1)]
        return quad(lambda q: f(1 - q) * exp((a - 1) * log1p(-q) + (b - 1) * log(q) - norm), places)
    return quad(lambda p: f(p) * exp((a - 1) * log(p) + (b - 1) * log1p(-p) - norm), places)


def while_living(s, rate, a, b, time):
    tau = time / rate
    return mean_over_p(lambda p: -expm1(-s * log1p(p * tau)) / p, a, b, 1 / (s * tau))


def alive(extra, x, tx, t, r, alpha, a, b):
    m = x + extra
    return mpf(1) if m == 0 else 1 / (1 + a / (b + m - 1) * ((alpha + t) / (alpha + tx)) ** (r + x))


def case(extra, parameters, history, time, discount, for_ever=False):
    mp.dps = 30 + int(log(max(parameters), 10))
    r, alpha, a, b = map(mpf, parameters)
    x, tx, t = map(mpf, history)
    time, discount = mpf(time), mpf(discount)
    now = alive(extra, x, tx, t, r, alpha, a, b)
    s, rate, own = r + x, alpha + t, b + x + extra
    answer = {
        "extra": extra,
        "parameters": parameters,
        "history": history,
        "time": float(time),
        "discount": float(discount),
        "expected": now * while_living(s, rate, a, own, time),
        "newCustomer": alive(extra, mpf(0), mpf(0), mpf(0), r, alpha, a, b) * while_living(r, alpha, a, b + extra, time),
    }
    answer["aliveAfter"] = now * mean_over_p(lambda p: exp(-s * log1p(p * time / rate)), a, own, rate / (s * time))
    if for_ever:

        def worth(p):
            z = discount * rate / p
            return (1 - z**s * hyperu(s, s, z)) / p

        answer["discountedForEver"] = now * mean_over_p(worth, a, own, discount * rate / s)
    return {k: (float(nstr(v, 20)) if isinstance(v, mpf) else v) for k, v in answer.items()}


HISTORIES = [[1, 1, 3], [0, 0, 3], [5, 10, 20]]
cases = []
for a in (0.8, 20, 49, 51, 120, 600, 2385, 1e5, 9e6, 1.1e7, 3.9e8, 1e13, 1e26):
    for k, history in enumerate(HISTORIES):
        cases.append(case(k % 2, [0.9, 4, a, a * 2.5], history, 5, 0.002, a in (20, 2385, 3.9e8, 1e26)))
    cases.append(case(0, [0.9, 4, a, 300 * a], HISTORIES[0], 50, 0.002))
    cases.append(case(1, [0.3, 0.5, a, 2 * a], [12, 30, 31], 400, 0.01))
    if a > 1:
        cases.append(case(0, [0.9, 4, a, 0.7], HISTORIES[0], 5, 0.002))
# Customers who hardly differ in how often they buy, so that a + b lies far below r.
for r in (30, 60, 200, 1000, 1e5):
    for a, b in ((0.8, 2.5), (3, 20)):
        for time in (0.5, 39, 2000):
            cases.append(case(0, [r, 5 * r, a, b], HISTORIES[2], time, 0.002))

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mpmath-bg-nbd-extremes.json")
with open(path, "w") as file:
    json.dump(cases, file, indent=1, allow_nan=False)
