"""Writes mpmath-contracts.json: contract models with mpmath at 50 digits, printed to 25.

    python3 mpmath-contracts.py && npx biome check --write mpmath-contracts.json

Likelihoods are those of lifetimes, not of renewals as the library has them: the chance to leave at each renewal is a
difference of survivals, which are quotients of beta functions. Maxima by Newton's method with derivatives by differences;
sums over all time term by term at a positive rate, by mpmath's nsum or by zeta functions without.
"""
import json
import os

from mpmath import beta, gamma, inf, log, mp, mpf, nstr, nsum, zeta

from mpmath_maximum import maximum

mp.dps = 50

HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4]
REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3]


def survival(parameters, t):
    a, b, *c = parameters
    return beta(a, b + (mpf(t) ** c[0] if c and t > 0 else t)) / beta(a, b)


def log_likelihood(parameters, cohorts):
    total = mpf(0)
    for first, survivors in cohorts:
        counts = [mpf(str(one)) for one in survivors]
        entered = survival(parameters, first)
        last = first + len(counts) - 1
        for i in range(1, len(counts)):
            t = first + i
            left = counts[i - 1] - counts[i]
            total += left * log((survival(parameters, t - 1) - survival(parameters, t)) / entered)
        total += counts[-1] * log(survival(parameters, last) / entered)
    return total


def fit(name, start, cohorts):
    estimates, errors, value = maximum(lambda parameters: log_likelihood(parameters, cohorts), start)
    return {
        "name": name,
        "cohorts": [{"first": first, "survivors": survivors} for first, survivors in cohorts],
        "estimates": [nstr(one, 25) for one in estimates],
        "standardErrors": [nstr(one, 25) for one in errors],
        "logLikelihood": nstr(value, 25),
    }


def lifetime(parameters, periods, rate):
    """Of a customer who has had so many periods, at a rate per period, from the next on, undelayed."""
    parameters = [mpf(str(one)) for one in parameters]
    rate = mpf(str(rate))
    before = survival(parameters, periods - 1) if periods else mpf(1)
    term = lambda t: survival(parameters, t) / before * (1 + rate) ** (periods - t)
    if rate == 0 and len(parameters) == 3 and parameters[2] > 2:
        # nsum misses such slow ends. S(t) tends to K t^(-a c) (1 - a (2 b + a - 1) / 2 t^-c): two zeta functions.
        a, b, c = parameters
        near = sum(term(mpf(t)) for t in range(periods, 2000))
        end = zeta(a * c, 2000) - a * (2 * b + a - 1) / 2 * zeta((a + 1) * c, 2000)
        total = near + gamma(a + b) / gamma(b) / before * end
    elif rate >= mpf("0.001"):
        count = int(80 / log(1 + rate)) + 10
        total = sum(term(mpf(t)) for t in range(periods, periods + count))
    else:
        near = sum(term(mpf(t)) for t in range(periods, periods + 400))
        total = near + nsum(term, [periods + 400, inf], method="e")
    return nstr(total, 20)


POOLED = [(0, [1000, 869, 743, 653, 593]), (0, [800, 690, 600, 540, 488, 452, 425]), (2, [350, 300, 275, 252])]
LIFETIMES = [
    [[0.668, 3.806], 0, 0.1], [[0.668, 3.806], 1, 0.1], [[0.668, 3.806], 8, 0.1],
    [[0.668, 3.806, 1], 3, 0.1], [[0.2593, 1.7226, 1.5844], 0, 0.1], [[0.2593, 1.7226, 1.5844], 4, 0.01],
    [[1.4, 9.5, 0.8], 2, 0.005], [[0.7, 1.2, 2.5], 0, 0], [[2.5, 12, 0.6], 3, 0], [[3, 2], 2, 0], [[30, 400, 1.3], 0, 0],
]

here = os.path.dirname(os.path.abspath(__file__))
result = {
    "shiftedBetaGeometric": [
        fit("cohorts of different lengths, one seen late", [0.7, 4], POOLED),
        fit("two segments as one", [0.5, 1], [(0, HIGH_END), (0, REGULAR)]),
    ],
    "betaDiscreteWeibull": [
        fit("High End, four renewals", [0.26, 1.7, 1.6], [(0, HIGH_END[:5])]),
        fit("High End, twelve renewals", [0.4, 2, 1.3], [(0, HIGH_END)]),
        fit("Regular, seven renewals", [0.5, 0.9, 1.1], [(0, REGULAR[:8])]),
        fit("cohorts of different lengths, one seen late", [0.4, 2.5, 1.2], POOLED),
    ],
    "lifetimes": [
        {"parameters": parameters, "periods": periods, "rate": rate, "value": lifetime(parameters, periods, rate)}
        for parameters, periods, rate in LIFETIMES
    ],
}
with open(os.path.join(here, "mpmath-contracts.json"), "w") as file:
    json.dump(result, file, indent=2)
