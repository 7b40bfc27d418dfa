"""Writes mpmath-steep-weibull.json: maxima of the beta-discrete-Weibull likelihood with a large c, with mpmath.

    python3 mpmath-steep-weibull.py && npx biome check --write mpmath-steep-weibull.json

Survivors with a first drop that differs from the later ones, where t^c is up to 1e239 and digamma functions beside it differ
by less than a double can hold. Newton's method on numerical derivatives at 700 digits, from three digits of the answer.
"""
import json
import os

from mpmath import expm1, log, loggamma, mp, mpf, nstr

import mpmath_maximum
from mpmath_maximum import maximum

mp.dps = 700
# Of steps at which t^c moves in its last 200 digits, and the third differences are still nothing.
mpmath_maximum.H = mpf(10) ** -60


def log_likelihood(survivors):
    def value(point):
        alpha, beta, c = point
        logs = [loggamma(beta + (mpf(t) ** c if t else 0)) - loggamma(alpha + beta + (mpf(t) ** c if t else 0)) for t in range(len(survivors))]
        total = mpf(0)
        for t in range(1, len(survivors)):
            step = logs[t] - logs[t - 1]
            total += (survivors[t - 1] - survivors[t]) * log(-expm1(step)) + survivors[t] * step
        return total

    return value


CASES = [
    ([2094, 1735, 1394, 1367, 1145], (0.0336, 0.162, 8.53)),
    ([20000, 17778, 12548, 10245, 8873, 7936, 7245, 6707], (0.05, 0.4, 10.0)),
    ([20000, 18367, 8244, 5068, 3588, 2745, 2206, 1833], (0.0801, 0.901, 15.0)),
    ([20000, 18182, 10762, 7940, 6399, 5413, 4721, 4206], (0.03, 0.3, 25.0)),
    ([22615, 21841, 4659, 2939, 1810, 406, 57, 54], (0.00753, 0.212, 283)),
]
cases = []
for survivors, start in CASES:
    estimates, errors, value = maximum(log_likelihood(survivors), start)
    cases.append({
        "survivors": survivors,
        "estimates": [float(nstr(one, 20)) for one in estimates],
        "standardErrors": [float(nstr(one, 20)) for one in errors],
        "logLikelihood": float(nstr(value, 20)),
    })

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mpmath-steep-weibull.json")
with open(path, "w") as file:
    json.dump(cases, file, indent=1)
