"""Derives the rational coefficients in src/statistics (log-gamma.ts, digamma.ts, normal.ts).

Each function is divided by its known factor (so that zeros stay exact), interpolated by a rational
function at Chebyshev nodes in 60-digit arithmetic and rounded to doubles. Prints the coefficients,
lowest power first, and the largest relative error of the rounded rational on a fine grid.

    /usr/bin/python3 fit_coefficients.py
"""
import sys
from mpmath import mp, mpf, matrix, lu_solve, cos, pi, loggamma, digamma, erfc, exp, sqrt, log, findroot, erf

mp.dps = 60


def fit(name, f, lo, hi, degree_p, degree_q):
    lo, hi = mpf(lo), mpf(hi)
    n = degree_p + degree_q + 1
    nodes = [(lo + hi) / 2 + (hi - lo) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    system, right = matrix(n, n), matrix(n, 1)
    for i, z in enumerate(nodes):
        value = f(z)
        for k in range(degree_p + 1):
            system[i, k] = z**k
        for k in range(1, degree_q + 1):
            system[i, degree_p + k] = -value * z**k
        right[i] = value
    c = lu_solve(system, right)
    p = [float(c[k]) for k in range(degree_p + 1)]
    q = [1.0] + [float(c[degree_p + k]) for k in range(1, degree_q + 1)]
    worst = mpf(0)
    for i in range(401):
        z = lo + (hi - lo) * i / 400
        top = sum(mpf(v) * z**k for k, v in enumerate(p))
        bottom = sum(mpf(v) * z**k for k, v in enumerate(q))
        worst = max(worst, abs(top / bottom / f(z) - 1))
    print(f"{name}  on [{mp.nstr(lo, 5)}, {mp.nstr(hi, 5)}]  P{degree_p}/Q{degree_q}  relative error {mp.nstr(worst, 3)}")
    print("  P", p)
    print("  Q", q)


def log_gamma_factor(z):
    return loggamma(2 + z) / z if abs(z) > mpf(10) ** -30 else digamma(mpf(2))


root = findroot(digamma, mpf("1.4616321449683623"))


def digamma_factor(z):
    x = z + mpf("1.5")
    return digamma(x) / (x - root)


def central(u):
    x = sqrt(u)
    return erf(x / sqrt(2)) / 2 / x if u != 0 else 1 / sqrt(2 * pi)


def mills(t):
    return exp(t * t / 2) * erfc(t / sqrt(2)) * sqrt(pi / 2)


if __name__ == "__main__":
    high = float(root)
    print("digamma root", repr(high), repr(float(root - mpf(high))))
    for p, q in [(6, 6)]:
        fit("log-gamma(2+z)/z", log_gamma_factor, -0.5, 0.5, p, q)
    for p, q in [(6, 6)]:
        fit("digamma(1.5+z)/(1.5+z-root)", digamma_factor, -0.5, 0.5, p, q)
    for p, q in [(4, 4)]:
        fit("(cdf(sqrt u) - 1/2)/sqrt u", central, 0, 1, p, q)
    # Mills' ratio m(t) = upper tail / density, as t -> m(t) (t + 1), in w = 1/(t + 1).
    for p, q in [(9, 10)]:
        fit("mills(1/w-1)/w", lambda w: mills(1 / w - 1) / w, mpf(1) / 40, mpf(1) / 2, p, q)
