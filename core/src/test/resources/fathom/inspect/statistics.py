"""Makes statistics.json with SciPy and NumPy: python3 statistics.py > statistics.json"""

import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(7)
cases = []
for n in (2, 3, 4, 5, 8, 10, 30, 100):
    for mean, deviation in ((0.98, 5e-4), (0.91, 0.02), (-3.0, 40.0), (1e-3, 1e-6), (0.0, 1.0)):
        first = mean + deviation * rng.standard_normal(n)
        second = first + deviation * (rng.choice([0.0, 0.5, 5.0]) + 0.7 * rng.standard_normal(n))
        spread = lambda x: dict(
            zip(("low", "high"), map(float, stats.t.interval(0.95, len(x) - 1, np.mean(x), stats.sem(x)))),
            mean=float(np.mean(x)), deviation=float(np.std(x, ddof=1)))
        test = stats.ttest_rel(second, first)
        cases.append(dict(first=list(map(float, first)), second=list(map(float, second)), spread=spread(first),
                          difference=spread(second - first), t=float(test.statistic), p=float(test.pvalue)))

holm = []
for n in (1, 2, 5, 12):
    p = np.round(rng.random(n) ** 3, 4)
    # Straight from the definition: the largest of the corrected p of all that are no larger than one's own.
    corrected = [max(min(1.0, float(q) * (n - int(np.sum(p < q)))) for q in p if q <= own) for own in p]
    holm.append(dict(p=list(map(float, p)), corrected=corrected))
print(json.dumps(dict(cases=cases, holm=holm), indent=1))
