"""Writes evaluation.json: figures of small random sets by scipy, scikit-learn and the formulas.

python -m pip install numpy==2.* scipy==1.* scikit-learn==1.* ; python evaluation.py
"""

import json
import pathlib

import numpy as np
from scipy.spatial.distance import pdist
from scipy.stats import pearsonr, spearmanr
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import accuracy_score, f1_score, ndcg_score

random = np.random.default_rng(17)
DIMENSIONS = 6


def vectors(count):
    return np.round(random.normal(size=(count, DIMENSIONS)), 3)


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def retrieval():
    documents = vectors(40)
    queries = np.round(documents[:12] + 0.8 * vectors(12), 3)
    # Graded judgements of a near document and two to five others, and for some a document that is their own text.
    grades = [
        {i: 2} | {int(d): int(random.integers(1, 4)) for d in random.choice(40, random.integers(2, 6), replace=False)}
        for i in range(12)
    ]
    own = [[] if i % 3 else [int(np.argmax(documents @ q))] for i, q in enumerate(queries)]
    cosines = unit(queries) @ unit(documents).T
    ranks, ndcg = [], []
    for judged, mine, row in zip(grades, own, cosines):
        kept = [d for d in range(40) if d not in mine]
        truth = np.array([judged.get(d, 0) for d in kept])
        order = np.argsort(-row[kept])
        ranks.append(int(np.flatnonzero(truth[order] > 0)[0]) + 1)
        ndcg.append(float(ndcg_score([truth], [row[kept]], k=10)))
    return {
        "queries": queries.tolist(),
        "documents": documents.tolist(),
        "grades": grades,
        "own": own,
        "ranks": ranks,
        "ndcg": ndcg,
        "hit@1..5": [float(np.mean([r <= k for r in ranks])) for k in range(1, 6)],
        "noMatch": float(np.mean([r > 5 for r in ranks])),
        "mrr": float(np.mean([1 / r for r in ranks])),
        "ndcg@10": float(np.mean(ndcg)),
    }


def graded():
    left, right = vectors(30), vectors(30)
    right[:5] = left[:5]  # ties among cosines
    labels = random.integers(0, 6, size=30) / 5  # and among labels
    cosines = np.sum(unit(left) * unit(right), axis=1)
    cosines[:5] = 1
    return {
        "left": left.tolist(),
        "right": right.tolist(),
        "labels": labels.tolist(),
        "spearman": float(spearmanr(cosines, labels).statistic),
        "pearson": float(pearsonr(cosines, labels).statistic),
    }


def geometry():
    texts, views = vectors(25), vectors(25)
    cosines = unit(texts) @ unit(texts).T
    return {
        "texts": texts.tolist(),
        "views": views.tolist(),
        "alignment": float(np.mean(np.sum((unit(texts) - unit(views)) ** 2, axis=1))),
        "uniformity": float(np.log(np.mean(np.exp(-2 * pdist(unit(texts), "sqeuclidean"))))),
        "meanCosine": float((cosines.sum() - np.trace(cosines)) / (25 * 24)),
    }


def probe():
    centres = vectors(4) / 2

    def labelled(count):
        labels = random.integers(0, 4, size=count)
        return np.round(centres[labels] + vectors(count), 3), labels

    (train, train_labels), (test, test_labels) = labelled(60), labelled(40)
    parts = np.arange(60) % 5
    analysis = lambda: LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.1)
    answers = analysis().fit(unit(train), train_labels).predict(unit(test))
    crossed = np.empty(60, dtype=int)
    for part in range(5):
        model = analysis().fit(unit(train)[parts != part], train_labels[parts != part])
        crossed[parts == part] = model.predict(unit(train)[parts == part])
    return {
        "train": train.tolist(),
        "trainLabels": train_labels.tolist(),
        "test": test.tolist(),
        "testLabels": test_labels.tolist(),
        "accuracy": accuracy_score(test_labels, answers),
        "macroF1": f1_score(test_labels, answers, average="macro"),
        "parts": parts.tolist(),
        "crossedAccuracy": accuracy_score(train_labels, crossed),
        "crossedMacroF1": f1_score(train_labels, crossed, average="macro"),
    }


golden = {"retrieval": retrieval(), "graded": graded(), "geometry": geometry(), "probe": probe()}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
