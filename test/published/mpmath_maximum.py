"""The maximum of a function of positive numbers with mpmath, for the scripts beside this file."""
from mpmath import exp, log, lu_solve, matrix, mpf, sqrt

H = mpf(10) ** -12


def differences(f, point):
    n = len(point)

    def at(*moves):
        moved = list(point)
        for i, step in moves:
            moved[i] += step
        return f(moved)

    here = f(point)
    plus = [at((i, H)) for i in range(n)]
    minus = [at((i, -H)) for i in range(n)]
    gradient = matrix([(plus[i] - minus[i]) / (2 * H) for i in range(n)])
    hessian = matrix(n, n)
    for i in range(n):
        hessian[i, i] = (plus[i] - 2 * here + minus[i]) / H ** 2
        for k in range(i):
            both = at((i, H), (k, H)) - at((i, H), (k, -H)) - at((i, -H), (k, H)) + at((i, -H), (k, -H))
            hessian[i, k] = hessian[k, i] = both / (4 * H ** 2)
    return gradient, hessian


def maximum(f, start):
    """Of a function of positive numbers: the maximizer, standard errors and the value."""
    point = [log(mpf(one)) for one in start]
    by_logs = lambda logs: f([exp(one) for one in logs])
    for _ in range(60):
        gradient, hessian = differences(by_logs, point)
        step = lu_solve(hessian, gradient)
        shorten = min(mpf(1), 1 / max(abs(one) for one in step))
        point = [one - shorten * move for one, move in zip(point, step)]
        if max(abs(one) for one in step) < mpf(10) ** -20:
            break
    else:
        raise ValueError("no maximum")
    _, hessian = differences(by_logs, point)
    covariance = (-hessian) ** -1
    estimates = [exp(one) for one in point]
    errors = [one * sqrt(covariance[i, i]) for i, one in enumerate(estimates)]
    return estimates, errors, by_logs(point)
