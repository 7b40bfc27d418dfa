"""Writes scikit-learn-k-means.json: k-means and silhouettes of scikit-learn that the clustering tests are held against.

Run: python3 test/published/scikit-learn-k-means.py   (made with scikit-learn 1.2.1, numpy 1.24.2)
and then npx biome check --write test/published/scikit-learn-k-means.json
"""

import json
import random
from pathlib import Path

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples, silhouette_score
from sklearn.preprocessing import MinMaxScaler, StandardScaler

rng = random.Random(1982)


def blobs(count, dimensions, groups, spread):
    middles = [[rng.uniform(-10, 10) for _ in range(dimensions)] for _ in range(groups)]
    return [[round(rng.gauss(m, spread), 3) for m in middles[i % groups]] for i in range(count)]


def case(name, rows, start, weights=None, scaler=None, tol=1e-4, max_iter=300, log=False):
    original = np.array(rows, dtype=float)
    data = np.log1p(original) if log else original
    first = np.array(start, dtype=float)
    first = np.log1p(first) if log else first
    if scaler is not None:
        data = scaler.fit_transform(data)
        first = scaler.transform(first)
    model = KMeans(n_clusters=len(start), init=first, n_init=1, tol=tol, max_iter=max_iter, algorithm="lloyd")
    model.fit(data, sample_weight=weights)
    return {
        "name": name,
        "rows": rows,
        "start": start,
        "weights": weights,
        "standardize": {None: False, StandardScaler: "zScore", MinMaxScaler: "range"}[None if scaler is None else type(scaler)],
        "log": log,
        "tolerance": tol,
        "maxIterations": max_iter,
        "centroids": model.cluster_centers_.tolist(),
        "assignment": model.labels_.tolist(),
        "inertia": float(model.inertia_),
        "iterations": int(model.n_iter_),
        "silhouette": float(silhouette_score(data, model.labels_)),
        "silhouettes": silhouette_samples(data, model.labels_).tolist(),
    }


plain = blobs(120, 4, 4, 2.5)
wide = blobs(150, 7, 5, 3)
line = [[round(rng.lognormvariate(3, 1), 2)] for _ in range(80)]
money = [[rng.randint(0, 12), round(rng.lognormvariate(4, 1.2), 2), rng.randint(1, 700)] for _ in range(140)]
weights = [rng.randint(0, 5) for _ in plain]

cases = [
    case("four columns", plain, plain[:4]),
    case("four columns, until nobody moves", plain, plain[:6], tol=0),
    case("stopped after two iterations", plain, plain[:6], tol=0, max_iter=2),
    case("weighted", plain, plain[4:9], weights=weights, tol=0),
    case("seven columns", wide, wide[:5], tol=0),
    case("one column", line, line[:3], tol=0),
    case("standardized", money, money[:4], scaler=StandardScaler()),
    case("by range", money, money[3:7], scaler=MinMaxScaler(), tol=0),
    case("logarithms, standardized", money, money[5:9], scaler=StandardScaler(), log=True, tol=0),
    # The last start is far from everyone: it gets the row that is farthest from its own centroid.
    case("an empty cluster", plain, plain[:3] + [[1000.0, 1000.0, 1000.0, 1000.0]], tol=0),
    case("two empty clusters", wide, wide[:3] + [[1e4] * 7, [-1e4] * 7], tol=0),
]

out = {"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", "cases": cases}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
