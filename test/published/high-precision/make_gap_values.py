"""Values for the model of gaps between purchases, with mpmath at 30 digits: python3 make_gap_values.py > gap-model.json

The likelihood is integrated over the customer's rate, without the incomplete beta function that the library uses; its
gradient is by numerical differentiation at 30 digits; the estimates are the root of the gradient.
"""

import json

from mpmath import betainc, diff, exp, findroot, gamma, gammainc, inf, log, loggamma, mp, mpf, nstr, quad

mp.dps = 30

HISTORIES = [
    ([30, 28, 32, 31], 40),
    ([7, 9, 30], 3),
    ([60, 45], 200),
    ([], 150),
    ([], 12),
    ([14, 13, 15, 17, 12, 14, 16], 9),
    ([90], 33),
    ([5, 21], 310),
]
POINTS = [(2.5, 1.8, 40.0, 0.125), (1.0, 0.5, 12.0, 0.0), (0.75, 6.0, 100.0, 0.5)]


def by_integral(gaps, silence, k, r, alpha, p):
    """One customer's likelihood: gamma gaps given the rate, and the rate integrated out."""

    def at(rate):
        value = alpha**r * rate ** (r - 1) * exp(-alpha * rate) / gamma(r)
        for gap in gaps:
            value *= (1 - p) * rate**k * mpf(gap) ** (k - 1) * exp(-rate * gap) / gamma(k)
        return value * (p + (1 - p) * gammainc(k, rate * silence, inf, regularized=True))

    scale = (r + k * len(gaps)) / (alpha + sum(gaps))
    cuts = [0] + [scale * mpf(2) ** j for j in range(-12, 5)] + [inf]
    return quad(at, cuts)


def closed(gaps, silence, k, r, alpha, p):
    n, a, b = len(gaps), r + k * len(gaps), alpha + sum(gaps)
    value = sum((k - 1) * log(gap) for gap in gaps) - n * loggamma(k)
    value += loggamma(a) - loggamma(r) + r * log(alpha) - a * log(b) + n * log(1 - p)
    return value + log(p + (1 - p) * betainc(a, k, 0, b / (b + silence), regularized=True))


def total(logs, leaving=None):
    k, r, alpha = [exp(x) for x in logs[:3]]
    p = leaving if leaving is not None else 1 / (1 + exp(-logs[3]))
    return sum(closed(gaps, mpf(silence), k, r, alpha, p) for gaps, silence in HISTORIES)


def slopes(logs, leaving=None):
    size = len(logs)
    return [diff(lambda *z: total(z, leaving), tuple(logs), tuple(int(i == j) for j in range(size))) for i in range(size)]


def main():
    points = []
    for k, r, alpha, p in POINTS:
        at = [mpf(k), mpf(r), mpf(alpha), mpf(p)]
        value = sum(log(by_integral(gaps, mpf(silence), *at)) for gaps, silence in HISTORIES)
        logs = [log(x) for x in at[:3]] + ([log(at[3] / (1 - at[3]))] if p > 0 else [])
        gradient = slopes(logs, None if p > 0 else mpf(0))
        points.append(
            {
                "parameters": [k, r, alpha, p],
                "logLikelihood": nstr(value, 20),
                "gradient": [nstr(slope, 20) for slope in gradient],
            }
        )
    root = findroot(lambda *z: slopes(list(z)), (mpf("0.9"), mpf("0.9"), mpf("4"), mpf("-2")), tol=1e-30)
    k, r, alpha = [exp(x) for x in root[:3]]
    p = 1 / (1 + exp(-root[3]))
    outlooks = []
    for gaps, silence in HISTORIES:
        n, a, b = len(gaps), r + k * len(gaps), alpha + sum(gaps)
        gap = by_integral(gaps, mpf(silence), k, r, alpha, mpf(0)) / by_integral(gaps, mpf(0), k, r, alpha, mpf(0))
        outlooks.append([nstr(gap, 20), nstr(p / (p + (1 - p) * gap), 20)])
    print(
        json.dumps(
            {
                "histories": [{"gaps": gaps, "silence": silence} for gaps, silence in HISTORIES],
                "points": points,
                "estimates": [nstr(x, 20) for x in (k, r, alpha, p)],
                "logLikelihood": nstr(total(list(root)), 20),
                "outlooks": outlooks,
            },
            indent=1,
        )
    )


main()
