"""Writes gate.json: what chance does to hits, and which of many questions are answered with yes, by scipy.

python -m pip install numpy==2.* scipy==1.* ; python -P gate.py
"""

import json
import pathlib

import numpy as np
from scipy.stats import binom, false_discovery_control

random = np.random.default_rng(17)


def losing(pairs, flipped, lost):
    """Of f flipped pairs, a binomial number, l are lost and f - l won by even odds: l - (f - l) >= lost."""
    f = np.arange(pairs + 1)
    return float(np.sum(binom.pmf(f, pairs, flipped) * binom.sf(np.ceil((f + lost) / 2) - 1, f, 0.5)))


def losses():
    cases = [(1, 0.03, 1), (5, 0.1, 2), (13, 0.03, 3), (26, 0.03, 5), (26, 0.25, 5), (40, 0.5, 12), (512, 0.04, 14)]
    cases += [(int(n), round(float(q), 3), int(k)) for n, q, k in zip(
        random.integers(5, 300, 20), random.uniform(0.002, 0.5, 20), random.integers(1, 9, 20))]
    return [{"pairs": n, "flipped": q, "lost": k, "chance": losing(n, q, k)} for n, q, k in cases]


def discoveries():
    sets = []
    for count, real in [(1, 0), (1, 1), (20, 0), (20, 1), (77, 5), (256, 40), (256, 0)]:
        chances = np.concatenate([random.uniform(0, 1, count - real), 10.0 ** random.uniform(-6, -2, real)])
        chances = np.round(random.permutation(chances), 7)
        for rate in (0.01, 0.1):
            found = false_discovery_control(chances, method="bh") <= rate
            sets.append({"chances": chances.tolist(), "rate": rate, "found": np.flatnonzero(found).tolist()})
    return sets


out = pathlib.Path(__file__).with_name("gate.json")
out.write_text(json.dumps({"losses": losses(), "discoveries": discoveries()}) + "\n")
