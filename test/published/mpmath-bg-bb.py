"""Writes mpmath-bg-bb.json: BG/BB with mpmath at 50 digits, printed to 25.

    python3 mpmath-bg-bb.py && npx biome check --write mpmath-bg-bb.json

The likelihood is Fader, Hardie & Shang's (2010) equation 5 as it stands there, in beta functions. Predictions are sums over
the opportunity at which a customer leaves: posterior chances come from their definition, the
likelihood of the longer history over that of the shorter one.
"""
import json
import os

from mpmath import beta, log, mp, mpf, nstr

from mpmath_maximum import maximum

mp.dps = 50

# x, last, opportunities, customers: two cohorts, made up
CELLS = [
    [0, 0, 5, 812], [1, 1, 5, 231], [1, 2, 5, 88], [1, 3, 5, 61], [1, 4, 5, 57], [1, 5, 5, 63], [2, 2, 5, 118],
    [2, 3, 5, 71], [2, 4, 5, 66], [2, 5, 5, 95], [3, 3, 5, 80], [3, 4, 5, 77], [3, 5, 5, 131], [4, 4, 5, 74],
    [4, 5, 5, 158], [5, 5, 5, 171], [0, 0, 3, 310], [1, 1, 3, 81], [1, 2, 3, 41], [1, 3, 3, 52], [2, 2, 3, 48],
    [2, 3, 3, 63], [3, 3, 3, 72],
]
DONATIONS = ["1.203522351601914", "0.7497163581729378", "0.6567182084418324", "2.783442232577381"]


def likelihood(parameters, x, last, n):
    a, b, g, d = parameters
    here = beta(a + x, b + n - x) / beta(a, b) * beta(g, d + n) / beta(g, d)
    return here + sum(
        beta(a + x, b + last - x + i) / beta(a, b) * beta(g + 1, d + last + i) / beta(g, d) for i in range(n - last)
    )


def log_likelihood(parameters):
    return sum(count * log(likelihood(parameters, x, last, n)) for x, last, n, count in CELLS)


def predictions(parameters, x, last, n):
    a, b, g, d = parameters
    there = lambda t: beta(a + x, b + n - x) / beta(a, b) * beta(g, d + n + t) / beta(g, d) / likelihood(parameters, x, last, n)
    chance = (a + x) / (a + b + n)
    rate = mpf("0.1")
    return {
        "logLikelihood": nstr(log(likelihood(parameters, x, last, n)), 20),
        "aliveNow": nstr(there(0), 20),
        "aliveInThree": nstr(there(3), 20),
        "inFive": nstr(chance * sum(there(t) for t in range(1, 6)), 20),
        "discounted": nstr(chance * sum(there(t) * (1 + rate) ** -t for t in range(1, 1200)), 20),
    }


def expected(parameters, n):
    a, b, g, d = parameters
    return nstr(a / (a + b) * sum(beta(g, d + t) / beta(g, d) for t in range(1, n + 1)), 20)


CASES = [
    [DONATIONS, 4, 5, 6], [DONATIONS, 0, 0, 6], [["1.2", "0.75", "1", "2.78"], 2, 3, 9],
    [["0.4", "2.5", "0.3", "0.8"], 0, 0, 12], [["20", "35", "4", "60"], 15, 38, 45], [["1.2", "0.75", "0.66", "2.78"], 40, 100, 200],
    [["0.01", "0.02", "0.05", "0.1"], 1, 3, 7],
]
estimates, errors, value = maximum(log_likelihood, [1, 1, 0.7, 3])
here = os.path.dirname(os.path.abspath(__file__))
numbers = lambda parameters: [mpf(one) for one in parameters]
result = {
    "cells": CELLS,
    "estimates": [nstr(one, 25) for one in estimates],
    "standardErrors": [nstr(one, 25) for one in errors],
    "logLikelihood": nstr(value, 25),
    "predictions": [
        {"parameters": [float(one) for one in parameters], "x": x, "tx": last, "T": n,
         **predictions(numbers(parameters), x, last, n),
         "expectedOfTen": expected(numbers(parameters), 10)}
        for parameters, x, last, n in CASES
    ],
}
with open(os.path.join(here, "mpmath-bg-bb.json"), "w") as file:
    json.dump(result, file, indent=2)
