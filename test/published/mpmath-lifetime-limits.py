"""Writes mpmath-lifetime-limits.json with mpmath at 50 digits and more: what the lifetime models give where scales are far from each other.

    python3 mpmath-lifetime-limits.py && npx biome check --write mpmath-lifetime-limits.json

- hypergeometric: 2F1(1, b; c; z) for large parameters and for z far below 0 or next to 1.
- nearOne: 2F1(1, b; b + 1 + gap; 1 - y) for y that a double 1 - y would lose.
- alive: P(alive) of Pareto/NBD with alpha and beta far apart: 1 / (1 + the integral over the moment of leaving of its density
  over that of being there still), Fader & Hardie (2005), equation 9.
- discounted: purchases of MBG/NBD within a short time, for r near 0: the integral over that time of
  exp(-discount u) k / rho 2F1(k + 1, a; a + b + 1; -u / rho), k = r, rho = alpha + T, times P(alive).

Arguments are doubles, read back exactly.
"""
import json
import os
import random

from mpmath import exp, hyp2f1, log, mp, mpf, quad

mp.dps = 50
random.seed(11)


def spread(low, high):
    return float(exp(random.uniform(float(log(low)), float(log(high)))))


def hypergeometric_rows():
    for b, c, z in ((0.086, 2626.0, -18237.0), (4036.76, 4036.82, 0.99995), (0.843, 3786.2, -2853.1)):
        yield b, c, z
    for _ in range(160):
        b, gap = spread(1e-4, 5000), spread(1e-4, 5000)
        yield b, b + gap, random.choice((random.random(), 1 - spread(1e-14, 1), -spread(1e-6, 1e6)))
    for _ in range(160):
        b, gap = spread(1e-3, 25), random.choice((spread(1e-3, 25), float(random.randint(1, 20))))
        yield b, b + gap, random.choice((random.random(), 1 - spread(1e-14, 1), -spread(1e-6, 1e6)))


def near_one_rows():
    for b in (0.05, 0.9, 1.0, 2.9, 25.5):
        for gap in (-0.95, -0.4, 0.0, 0.25, 1.0, 3.7):
            if b + gap > 0:
                for y in (1.0, 0.3, 1e-3, 1e-9, 1e-16, 1e-40):
                    yield b, gap, y


def alive(r, alpha, s, beta, x, tx, T):
    p = mpf(r) + x
    alpha, s, beta, tx, T = map(mpf, (alpha, s, beta, tx, T))

    def left(v):
        u = tx + exp(v)
        there = -p * log((alpha + u) / (alpha + T)) - s * log((beta + u) / (beta + T))
        return exp(there + v) * s / (beta + u)

    end = log(T - tx)
    first = min(end, log(min(alpha, beta) + tx)) - 120
    return 1 / (1 + quad(left, [first + (end - first) * i / 40 for i in range(41)]))


def discounted(r, alpha, a, b, T, discount, horizon):
    k, rho, a, b = mpf(r), mpf(alpha) + mpf(T), mpf(a), mpf(b)
    there = 1 / (1 + a / b * (rho / mpf(alpha)) ** k)
    d, h = mpf(discount), mpf(horizon)
    return there * quad(lambda u: exp(-d * u) * k / rho * hyp2f1(k + 1, a, a + b + 1, -u / rho), [0, h / 4, h / 2, h])


ALIVE = [(0.0974, 0.00119, 1.90, 1529.6, 0, 0.0, 983.7), (0.0974, 1e-10, 1.9, 1000.0, 0, 0.0, 983.7),
         (1.9, 1000.0, 0.0974, 1e-10, 0, 0.0, 983.7), (0.3, 1e-6, 0.2, 1e6, 0, 0.0, 50.0),
         (0.3, 1e6, 0.2, 1e-6, 0, 0.0, 50.0), (2.3, 1e6, 5.2, 1e-6, 0, 0.0, 50.0), (0.3, 1e-6, 0.2, 1e6, 3, 20.0, 50.0)]
DISCOUNTED = [(0.00216, 25.8, 0.3, 0.0021, 59507.0, 0.01, h) for h in (0.0713, 1e-3, 10.0)] + [
    (0.002, 3.0, 0.3, 2.0, 5e6, 0.01, 1e-6), (0.5, 3.0, 0.3, 2.0, 5e6, 0.01, 1e-3)]



def near_one(b, gap, y):
    with mp.workdps(120):
        return float(hyp2f1(1, mpf(b), mpf(b) + 1 + mpf(gap), 1 - mpf(y)))


tables = {
    "hypergeometric": [[b, c, z, float(hyp2f1(1, mpf(b), mpf(c), mpf(z)))] for b, c, z in hypergeometric_rows()],
    "nearOne": [[b, gap, y, near_one(b, gap, y)] for b, gap, y in near_one_rows()],
    "alive": [[*row, float(alive(*row))] for row in ALIVE],
    "discounted": [[*row, float(discounted(*row))] for row in DISCOUNTED],
}
HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "mpmath-lifetime-limits.json"), "w") as file:
    json.dump(tables, file, indent=2)
    file.write("\n")
