"""Writes spaces.json: adapters between two small sets of vectors by scipy, numpy and PyTorch.

python -m pip install numpy==2.* scipy==1.* torch==2.* ; python spaces.py
"""

import json
import pathlib

import numpy as np
import torch
from scipy.linalg import orthogonal_procrustes

random = np.random.default_rng(23)
DIMENSIONS, PAIRS, HELD = 8, 60, 1e-6


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def rounded(rows):
    return np.asarray(rows, dtype=np.float32).astype(float)


turn = np.linalg.qr(random.normal(size=(DIMENSIONS, DIMENSIONS)))[0]
newer = rounded(unit(random.normal(size=(PAIRS, DIMENSIONS)) + 0.5))
bent = newer @ (0.6 * turn + 0.4 * np.eye(DIMENSIONS)) + 0.3 * newer**2 + 0.05 * random.normal(size=newer.shape)
older = rounded(unit(bent))
asked = rounded(unit(random.normal(size=(5, DIMENSIONS)) + 0.5))

mean_newer, mean_older = newer.mean(0), older.mean(0)
x, y = newer - mean_newer, older - mean_older


def around(matrix):
    return unit((asked - mean_newer) @ matrix + mean_older)


def rotation(rows, target):
    # Rows that hold the rotation to what is: as many as there are directions.
    hold = np.sqrt(HELD * np.trace(rows.T @ rows) / DIMENSIONS) * np.eye(DIMENSIONS)
    return orthogonal_procrustes(np.vstack([rows, hold]), np.vstack([target, hold]))[0]


def ridge(rows, target, prior, share):
    hold = np.sqrt(share * np.trace(rows.T @ rows) / DIMENSIONS) * np.eye(DIMENSIONS)
    return np.linalg.lstsq(np.vstack([rows, hold]), np.vstack([target, hold @ prior]), rcond=None)[0]


def low_rank(rank, share):
    change = ridge(x, y - x, np.zeros((DIMENSIONS, DIMENSIONS)), share)
    directions = np.linalg.svd(x @ change, full_matrices=False)[2][:rank]
    return around(np.eye(DIMENSIONS) + change @ directions.T @ directions)


def drift(anchors, width):
    places = [i * PAIRS // anchors for i in range(anchors)]
    near, moved = newer[places], older[places] - newer[places]
    weights = np.exp(-((asked[:, None] - near[None]) ** 2).sum(2) / (2 * width**2))
    return unit(asked + weights @ moved / weights.sum(1, keepdims=True))


def network(hidden, steps, rate):
    into = rounded(random.uniform(-0.8, 0.8, size=(DIMENSIONS, hidden)))
    parameters = [
        torch.tensor(start, dtype=torch.float32, requires_grad=True)
        for start in (into, np.zeros(hidden), np.zeros((hidden, DIMENSIONS)), np.zeros(DIMENSIONS))
    ]
    optimizer = torch.optim.Adam(parameters, lr=rate)

    def mapped(rows):
        rows = torch.tensor(rows, dtype=torch.float32)
        return rows + torch.relu(rows @ parameters[0] + parameters[1]) @ parameters[2] + parameters[3]

    for _ in range(steps):
        optimizer.zero_grad()
        ((mapped(newer) - torch.tensor(older, dtype=torch.float32)) ** 2).sum(1).mean().backward()
        optimizer.step()
    return {"into": into.tolist(), "adapted": unit(mapped(asked).detach().double().numpy()).tolist()}


golden = {
    "newer": newer.tolist(),
    "older": older.tolist(),
    "asked": asked.tolist(),
    "procrustes": around(rotation(x, y)).tolist(),
    "ridge": around(ridge(x, y, rotation(x, y), 0.1)).tolist(),
    "index-turn": unit(asked @ ridge(y, x, rotation(y, x), 0.1).T).tolist(),
    "low-rank": low_rank(3, 0.1).tolist(),
    "drift-vector": drift(20, 0.3).tolist(),
    "network": network(6, 40, 0.01),
}
pathlib.Path(__file__).with_name("spaces.json").write_text(json.dumps(golden))
