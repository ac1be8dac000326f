"""One timed task of scikit-learn; prints its seconds, loading not counted. usage: sklearn_worker.py POINTS.npy pca|neighbours|tsne"""
import os
import sys
import time

import numpy as np

points = np.load(sys.argv[1])
threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
if sys.argv[2] == "pca":
    from sklearn.decomposition import PCA

    begin = time.perf_counter()
    PCA(50, svd_solver="arpack", random_state=42).fit_transform(points)
elif sys.argv[2] == "neighbours":
    from sklearn.neighbors import NearestNeighbors

    begin = time.perf_counter()
    NearestNeighbors(n_neighbors=91, algorithm="brute", n_jobs=threads).fit(points).kneighbors(points)
else:
    from sklearn.manifold import TSNE

    start = points[:, :2] / np.std(points[:, 0]) * 1e-4
    begin = time.perf_counter()
    TSNE(
        2,
        perplexity=30,
        early_exaggeration=12,
        learning_rate=len(points) / 48,
        n_iter=1000,
        n_iter_without_progress=1000,
        min_grad_norm=0,
        init=start.astype(np.float32),
        random_state=42,
        n_jobs=threads,
    ).fit_transform(points)
print(time.perf_counter() - begin)
