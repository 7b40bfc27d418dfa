"""Writes mpmath-cox.json: maxima of partial likelihoods with mpmath at 60 digits, printed to 25.

    python3 mpmath-cox.py && npx biome check --write mpmath-cox.json

The likelihood is written as it is defined, term by term, and maximized by Newton's method with derivatives that
mpmath takes numerically: another way than the library's in every respect. Covariates are whole numbers or doubles,
read back exactly.
"""
import json
import os

from mpmath import mp, mpf, exp, log, matrix, lu_solve, nstr, sqrt

mp.dps = 60


def draws(seed):
    state = seed
    while True:
        state = state * 16807 % 2147483647
        yield state


def rows_of(seed, count, scale, shift, truncated, weighted, strata):
    draw = draws(seed)
    rows = []
    for _ in range(count):
        duration = 1 + next(draw) % 12
        rows.append({
            "duration": duration,
            "event": next(draw) % 3 > 0,
            "entry": next(draw) % duration if truncated else 0,
            "weight": [0.5, 1, 2, 3][next(draw) % 4] if weighted else 1,
            "stratum": "xy"[next(draw) % 2] if strata else "x",
            "covariates": {"a": shift + scale * (next(draw) % 9), "b": next(draw) % 5},
        })
    return rows


def log_likelihood(rows, ties):
    groups = {}
    for row in rows:
        if row["event"]:
            groups.setdefault((row["stratum"], row["duration"]), []).append(row)

    def value(a, b):
        def height(row):
            return a * mpf(row["covariates"]["a"]) + b * mpf(row["covariates"]["b"])

        def risk(some):
            return sum(mpf(row["weight"]) * exp(height(row)) for row in some)

        total = mpf(0)
        for (stratum, time), events in groups.items():
            known = risk(row for row in rows
                         if row["stratum"] == stratum and row["duration"] >= time and row["entry"] < time)
            tied = risk(events)
            mean = sum(mpf(row["weight"]) for row in events) / len(events)
            total += sum(mpf(row["weight"]) * height(row) for row in events)
            for k in range(len(events)):
                total -= mean * log(known - (mpf(k) / len(events) * tied if ties == "efron" else 0))
        return total

    return value


def derivatives(value, at, steps):
    """Central differences: with 60 digits and relative steps of 1e-15 they are good to some 28."""
    def moved(i, j=None, x=1, y=1):
        point = list(at)
        point[i] += x * steps[i]
        if j is not None:
            point[j] += y * steps[j]
        return value(*point)

    here = value(*at)
    gradient = [(moved(i) - moved(i, x=-1)) / (2 * steps[i]) for i in range(2)]
    second = [(moved(i) - 2 * here + moved(i, x=-1)) / steps[i] ** 2 for i in range(2)]
    mixed = (moved(0, 1) - moved(0, 1, y=-1) - moved(0, 1, x=-1) + moved(0, 1, x=-1, y=-1)) / (4 * steps[0] * steps[1])
    return gradient, matrix([[second[0], mixed], [mixed, second[1]]])


def maximum(name, ties, rows, scale):
    value = log_likelihood(rows, ties)
    at = [mpf(0), mpf(0)]
    steps = [mpf(10) ** -15 / mpf(scale), mpf(10) ** -15]
    for _ in range(60):
        gradient, hessian = derivatives(value, at, steps)
        change = lu_solve(hessian, matrix(gradient))
        share = mpf(1)
        while value(at[0] - share * change[0], at[1] - share * change[1]) < value(*at) - mpf(10) ** -50:
            share /= 2
        at = [at[0] - share * change[0], at[1] - share * change[1]]
        if abs(change[0] * scale) + abs(change[1]) < mpf(10) ** -26:
            break
    else:
        raise ArithmeticError(name)
    _, hessian = derivatives(value, at, steps)
    covariance = (-hessian) ** -1
    digits = [nstr(number, 25) for number in
              [*at, sqrt(covariance[0, 0]), sqrt(covariance[1, 1]), value(mpf(0), mpf(0)), value(*at)]]
    names = ["a", "b", "errorOfA", "errorOfB", "null", "fitted"]
    return {"name": name, "ties": ties, **dict(zip(names, map(float, digits))), "rows": rows}


CASES = [
    ("plain", "efron", 1, 0, False, False, False),
    ("truncated, weighted, stratified", "efron", 1, 0, True, True, True),
    ("truncated, weighted, stratified", "breslow", 1, 0, True, True, True),
    ("far from 0 and narrow", "efron", 2.0 ** -20, 1e6, True, True, False),
    ("wide", "breslow", 1e12, -3e12, True, False, False),
]

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "mpmath-cox.json"), "w") as file:
    cases = [maximum(name, ties, rows_of(7 + i, 30, scale, *rest), scale)
             for i, (name, ties, scale, *rest) in enumerate(CASES)]
    file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
