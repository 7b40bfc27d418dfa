"""Writes mpmath-gamma-gamma.json: the Gamma-Gamma model with mpmath at 50 digits, printed to 25.

    python3 mpmath-gamma-gamma.py && npx biome check --write mpmath-gamma-gamma.json

The likelihood of a mean spend is Fader & Hardie's (2013) equation 1a as it stands there; the distribution of mean spends over
customers is integrated from its density.
"""
import json
import os

from mpmath import exp, gamma, log, loggamma, mp, mpf, nstr, quad

from mpmath_maximum import maximum

mp.dps = 50

# x, mean spend in cents, customers
SPENDS = [
    [1, 1177, 3], [2, 2235, 1], [1, 2555, 2], [7, 7374, 1], [6, 5087, 1], [3, 3619, 2], [2, 1840, 1], [4, 3106, 1],
    [1, 9950, 1], [12, 1954, 1], [26, 3997, 1], [2, 8020, 1], [1, 650, 1], [5, 1280, 1], [9, 12100, 1], [8, 860, 2],
]
P, Q, V = mpf("6.25"), mpf("3.74"), mpf("15.44")


def log_likelihood(parameters):
    p, q, v = parameters
    return sum(
        n * (
            loggamma(p * x + q) - loggamma(p * x) - loggamma(q) + q * log(v) + (p * x - 1) * log(mpf(z))
            + p * x * log(mpf(x)) - (p * x + q) * log(v + mpf(x) * z)
        )
        for x, z, n in SPENDS
    )


def density(spend, shape, scale):
    return scale ** shape / gamma(shape) * spend ** (-shape - 1) * exp(-scale / spend)


def cdf(spend, x, z):
    shape, scale = Q + P * x, P * (V + x * mpf(str(z)))
    return quad(lambda one: density(one, shape, scale), [0, spend / 4, spend / 2, spend])


estimates, errors, value = maximum(log_likelihood, [3.5, 2.4, 1700])
here = os.path.dirname(os.path.abspath(__file__))
result = {
    "spends": SPENDS,
    "estimates": [nstr(one, 25) for one in estimates],
    "standardErrors": [nstr(one, 25) for one in errors],
    "logLikelihood": nstr(value, 25),
    "distribution": [
        {"spend": spend, "x": x, "meanSpend": z, "cdf": nstr(cdf(mpf(spend), x, z), 20),
         "pdf": nstr(density(mpf(spend), Q + P * x, P * (V + x * mpf(str(z)))), 20)}
        for spend, x, z in [(10, 0, 0), (28, 0, 0), (100, 0, 0), (20, 2, 22.35), (30, 26, 39.97), (60, 26, 39.97)]
    ],
}
with open(os.path.join(here, "mpmath-gamma-gamma.json"), "w") as file:
    json.dump(result, file, indent=2)
