"""I_y(a, b) and its derivatives by the shapes, with mpmath at 40 digits: python3 make_beta_tail_values.py > beta-tail.json

Rows: y, a, b, then the value and its derivatives by a, b, twice a, a and b, twice b, by numerical differentiation.
"""

import json

from mpmath import betainc, diff, e, log, mp, mpf, nstr

mp.dps = 40

SHAPES = [
    (0.3, 0.5),
    (0.3, 2.0),
    (1.2, 1.0),
    (2.5, 0.7),
    (12.0, 3.0),
    (80.5, 2.2),
    (400.0, 1.7),
    (3.0, 40.0),
    (1500.0, 12.0),
    (0.05, 0.9),
]


def tail(a, b, logit):
    return betainc(a, b, 0, 1 / (1 + e ** (-logit)), regularized=True)


rows = []
for a, b in SHAPES:
    for step in (-6, -2, 0, 1.5, 4):
        # Around the mode in logit; fewer widths where the distribution is narrow.
        y = float(1 / (1 + e ** (-(log(mpf(a) / b) + step * (1 if a < 20 else 0.15)))))
        point = (mpf(a), mpf(b), log(mpf(y) / (1 - mpf(y))))
        orders = [(1, 0, 0), (0, 1, 0), (2, 0, 0), (1, 1, 0), (0, 2, 0)]
        values = [tail(*point)] + [diff(tail, point, order) for order in orders]
        rows.append([y, a, b] + [nstr(value, 17) for value in values])
print("[\n" + ",\n".join(" " + json.dumps(row) for row in rows) + "\n]")
