"""Writes mpmath-hypergeometric.json: 2F1(1, b; c; z) and exp(z) E_a(z) with mpmath at 60 digits.

    python3 mpmath-hypergeometric.py

Arguments are doubles, read back exactly. Both are integrated or summed by mpmath's own routines, none of which is the
library's way.
"""
import json
import os
import random

from mpmath import mp, mpf, hyp2f1, expint, exp

mp.dps = 60
random.seed(5)


def grid():
    for b in (0.25, 0.5532755, 1.0, 2.5, 7.0, 30.25, 401.0, 1234.5):
        for gap in (1e-9, 0.25, 0.6062, 0.9999999999, 1.0, 1.0000001, 1.5, 2.0, 2.75, 3.0, 11.5):
            for z in (0.0, 1e-8, 0.3, 0.5, 0.5000001, 0.75, 0.9, 0.93, 0.99, 0.9991, 0.999999, 1 - 1e-9, 1 - 2.0 ** -40):
                if b * (1 - z) > 0.4 or z < 0.995 or b < 50:
                    yield b, b + gap, z
    for b, c, z in ((3.5, 1.25, 0.4), (3.5, 1.25, 0.8), (3.5, 1.25, 0.95), (3.5, 0.5, 0.999), (40.0, 2.0, 0.7),
                    (2.0, 2.3, -0.5), (2.0, 5.0, -30.0), (0.5, 0.75, -1e6), (0.3, 0.3, 0.97), (1.0, 1.0, 0.25),
                    (-0.4, 1.2, 0.6), (-0.4, 1.2, 0.99), (-2.0, 3.0, 0.5), (-1.75, 0.5, 0.9), (0.0, 2.0, 0.7)):
        yield b, c, z
    for _ in range(150):
        b = exp(random.uniform(-3, 6))
        yield float(b), float(b + exp(random.uniform(-4, 3))), 1 - 10 ** random.uniform(-5, -0.01)


hypergeometric = [[b, c, z, float(hyp2f1(1, mpf(b), mpf(c), mpf(z)))] for b, c, z in grid()]
integral = [[a, z, float(exp(mpf(z)) * expint(mpf(a), mpf(z)))]
            for a in (1e-6, 0.3, 0.4999, 0.6062, 0.9999999999, 1.0, 1.0000001, 1.499, 1.5, 1.6, 2.0, 3.0, 4.75, 12.5,
                      20.5, 33.3, 250.25, 1000.0)
            for z in (1e-12, 1e-4, 0.02, 0.136, 0.4, 0.999, 1.0, 1.7, 5.0, 54.0, 700.0, 5039.0)]

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "mpmath-hypergeometric.json"), "w") as file:
    def table(rows):
        return "[\n" + ",\n".join("    " + json.dumps(row) for row in rows) + "\n  ]"

    file.write('{\n  "hypergeometric": ' + table(hypergeometric) + ',\n  "integral": ' + table(integral) + "\n}\n")
