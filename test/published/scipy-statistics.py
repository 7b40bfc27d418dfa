"""Writes scipy-statistics.json: values of numpy and scipy that the statistics tests are held against.

Run: python3 test/published/scipy-statistics.py   (made with numpy 2.4.6, scipy 1.17.1)
"""

import json
import random
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

METHODS = {
    "inverted_cdf": "invertedCdf",
    "averaged_inverted_cdf": "averagedInvertedCdf",
    "closest_observation": "closestObservation",
    "interpolated_inverted_cdf": "interpolatedInvertedCdf",
    "hazen": "hazen",
    "weibull": "weibull",
    "linear": "linear",
    "median_unbiased": "medianUnbiased",
    "normal_unbiased": "normalUnbiased",
}
SHARES = [0, 0.01, 0.07, 0.1, 0.2, 0.25, 1 / 3, 0.5, 0.6, 0.75, 0.9, 0.93, 0.99, 1]
rng = random.Random(1996)


def quantile_cases():
    # No n times share that is whole but for rounding (0.07 * 100): numpy and R take different values there.
    lists = [
        [5.0],
        [2.0, 1.0],
        [3, 1, 4, 1, 5, 9, 2, 6, 5, 3],
        [round(rng.lognormvariate(3, 1), 2) for _ in range(97)],
        [rng.randint(-5, 5) for _ in range(37)],
    ]
    return [
        {
            "values": values,
            "shares": SHARES,
            "quantiles": {
                name: [float(np.quantile(values, share, method=method)) for share in SHARES]
                for method, name in METHODS.items()
            },
        }
        for values in lists
    ]


def wilson_cases():
    counts = [(0, 1), (1, 1), (0, 10), (1, 10), (5, 10), (10, 10), (84, 120), (15, 148), (1, 29), (81, 263), (3, 1_000_000)]
    cases = []
    for successes, trials in counts:
        for level in (0.8, 0.95, 0.99):
            test = stats.binomtest(successes, trials)
            plain = test.proportion_ci(level, method="wilson")
            corrected = test.proportion_ci(level, method="wilsoncc")
            cases.append(
                {
                    "successes": successes,
                    "trials": trials,
                    "confidenceLevel": level,
                    "wilson": [plain.low, plain.high],
                    "corrected": [corrected.low, corrected.high],
                }
            )
    return cases


def number(x):
    return None if not np.isfinite(x) else float(x)


def fisher_cases():
    tables = [
        [[12, 88], [4, 96]],
        [[3, 1], [1, 3]],
        [[2, 10], [15, 3]],
        [[0, 5], [5, 5]],
        [[5, 0], [2, 6]],
        [[8, 2], [1, 5]],
        [[530, 9470], [460, 9540]],
        [[40, 60], [40, 60]],
        [[1, 999], [9, 991]],
    ]
    cases = []
    for table in tables:
        ratio = stats.contingency.odds_ratio(table, kind="conditional")
        case = {"table": table, "oddsRatio": number(ratio.statistic), "pValue": {}, "interval": {}}
        for scipy_name, name in (("two-sided", "twoSided"), ("greater", "greater"), ("less", "less")):
            interval = ratio.confidence_interval(0.95, alternative=scipy_name)
            case["pValue"][name] = float(stats.fisher_exact(table, alternative=scipy_name).pvalue)
            case["interval"][name] = [number(interval.low), number(interval.high)]
        cases.append(case)
    return cases


def correlation_cases():
    def noisy(n, slope, digits):
        x = [round(rng.gauss(0, 10), digits) for _ in range(n)]
        return x, [round(slope * v + rng.gauss(0, 10), digits) for v in x]

    pairs = [noisy(4, 1, 1), noisy(10, 1, 0), noisy(25, -0.5, 1), noisy(60, 0.1, -1), noisy(200, 3, 2)]
    cases = []
    for x, y in pairs:
        pearson = stats.pearsonr(x, y)
        interval = pearson.confidence_interval(0.9)
        spearman = stats.spearmanr(x, y)
        slopes = stats.theilslopes(y, x, alpha=0.9, method="joint")
        cases.append(
            {
                "x": x,
                "y": y,
                "confidenceLevel": 0.9,
                "ranks": [float(rank) for rank in stats.rankdata(x)],
                "pearson": {"correlation": pearson.statistic, "pValue": pearson.pvalue, "interval": list(interval)},
                "spearman": {"correlation": spearman.statistic, "pValue": spearman.pvalue},
                "theilSen": {
                    "slope": slopes.slope,
                    "intercept": slopes.intercept,
                    "interval": [slopes.low_slope, slopes.high_slope],
                },
            }
        )
    return cases


document = {
    "madeWith": {"numpy": np.__version__, "scipy": scipy.__version__},
    "quantiles": quantile_cases(),
    "wilson": wilson_cases(),
    "fisher": fisher_cases(),
    "correlations": correlation_cases(),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(document, indent=1) + "\n")
