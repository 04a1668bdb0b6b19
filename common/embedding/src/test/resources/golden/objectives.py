"""Makes objectives.json: value and gradient of every objective on one small batch, by direct transcriptions of their formulas in
double precision and PyTorch's autograd, some of them held against sentence-transformers' own classes first.

    python -P objectives.py > objectives.json     (torch, sentence-transformers; -P, since tokenizers.py lies beside it)
"""

import json
import math

import torch
import torch.nn.functional as F
from sentence_transformers.sentence_transformer import losses

torch.manual_seed(7)
U, D = 14, 8


def unit(x):
    return F.normalize(x, dim=1)


E0 = unit(torch.randn(2 * U, D, dtype=torch.float64))
TEACHER = unit(torch.randn(U, 5, dtype=torch.float64))
TEACHER_SAME = unit(torch.randn(U, D, dtype=torch.float64))

# Anchors 0..3, positives 4..7, hard negatives 8 (of 0), 9 (of 1); 2 and 3 are of one group. 10/11 and 12/13 are only graded.
KIN = {0: {4}, 1: {5}, 2: {6, 3, 7}, 3: {7, 2, 6}, 4: {0}, 5: {1}, 6: {2, 3, 7}, 7: {3, 2, 6}}
DOCUMENTS, ANCHORS = {4, 5, 6, 7, 8, 9}, {0, 1, 2, 3}
OWN = {0: {8}, 1: {9}}
# The momentum encoder's view of all texts, and of four earlier ones; who of those belongs to whom, by identity.
KEYS = unit(torch.randn(U, D, dtype=torch.float64))
QUEUE = unit(torch.randn(4, D, dtype=torch.float64))
IDENTITIES = {0: [100], 1: [101, 200], 2: [], 3: [200]}
QUEUED = [[100, 7], [8], [200], [9, 101]]
WEIGHTS = {0: 1.0, 1: 2.0, 2: 0.5, 3: 1.5}
GRADED = [(10, 11, 0.8, 1.0), (12, 13, 0.25, 2.0), (0, 4, 1.0, 1.0), (1, 5, 1.0, 0.5), (0, 8, 0.0, 1.0), (10, 12, 0.25, 1.0), (2, 6, 0.6, 1.5)]


def row(text, positive, weight, columns):
    candidates = (columns - KIN[text] - {text}) | {positive}
    return dict(text=text, positive=positive, weight=weight, candidates=sorted(candidates), kin=sorted(KIN[text]),
                own=sorted(OWN.get(text, set())))


FORWARD = [row(a, a + 4, WEIGHTS[a], DOCUMENTS) for a in range(4)]
BACKWARD = [row(a + 4, a, WEIGHTS[a], ANCHORS) for a in range(4)]
BOTH = []
for a in range(4):
    BOTH.append(row(a, a + 4, WEIGHTS[a], DOCUMENTS | ANCHORS))
    BOTH.append(row(a + 4, a, WEIGHTS[a], DOCUMENTS | ANCHORS))


def mean(rows, loss):
    """The weighted mean over rows of loss(row)."""
    return sum(r["weight"] * loss(r) for r in rows) / sum(r["weight"] for r in rows)


def negatives(r):
    return [c for c in r["candidates"] if c != r["positive"]]


def info_nce(e, r, t, shift=lambda r, c: 0.0, logit=lambda r, c: 0.0, drop=lambda r, c: False):
    s = {c: (e[r["text"]] @ e[c] + shift(r, c)) / t + logit(r, c) for c in r["candidates"] if not drop(r, c)}
    return torch.logsumexp(torch.stack(list(s.values())), 0) - s[r["positive"]]


def earlier(e, r, t):
    """Of the queue, all that share no identity with the row's text."""
    return [e[r["text"]] @ QUEUE[i] / t for i in range(len(QUEUED)) if not set(QUEUED[i]) & set(IDENTITIES[r["text"]])]


def moco(e, r, t):
    s = {c: e[r["text"]] @ KEYS[c] / t for c in r["candidates"]}
    return torch.logsumexp(torch.stack(list(s.values()) + earlier(e, r, t)), 0) - s[r["positive"]]


def queued(e, r, t):
    s = {c: e[r["text"]] @ e[c] / t for c in r["candidates"]}
    return torch.logsumexp(torch.stack(list(s.values()) + earlier(e, r, t)), 0) - s[r["positive"]]


def nearer_than_guide(r, c, margin):
    return c != r["positive"] and TEACHER[r["text"]] @ TEACHER[c] > TEACHER[r["text"]] @ TEACHER[r["positive"]] - margin


def flat(e, r, t):
    z = torch.stack([(e[r["text"]] @ e[c] - e[r["text"]] @ e[r["positive"]]) / t for c in negatives(r)])
    total = torch.logsumexp(z, 0)
    return torch.exp(total - total.detach()) - 1


def supcon(e, r, t):
    everyone = sorted(set(r["candidates"]) | set(r["kin"]))
    total = torch.logsumexp(torch.stack([e[r["text"]] @ e[c] / t for c in everyone]), 0)
    return -sum(e[r["text"]] @ e[p] / t - total for p in r["kin"]) / len(r["kin"])


def nce(e, r, t):
    k = len(negatives(r))
    prior = math.log(k / (k + 1))
    loss = -F.logsigmoid(e[r["text"]] @ e[r["positive"]] / t - prior)
    return loss - sum(F.logsigmoid(-(e[r["text"]] @ e[c] / t - prior)) for c in negatives(r))


def triplet(e, r, m, which):
    p = e[r["text"]] @ e[r["positive"]]
    pool = [c for c in r["own"] if c in r["candidates"]] if which == "own" else negatives(r)
    if not pool:
        return 0 * p
    s = [e[r["text"]] @ e[c] for c in pool]
    if which == "semi-hard":
        further = [x for x in s if x < p]
        n = max(further) if further else min(s)
    else:
        n = max(s)
    return torch.clamp(n - p + m, min=0)


def shares(cosines, r, t):
    return F.log_softmax(torch.stack([cosines(r["text"], c) / t for c in r["candidates"]]), 0)


def r_drop(e, r, t):
    p = shares(lambda a, c: e[a] @ e[c], r, t)
    q = shares(lambda a, c: e[U + a] @ e[U + c], r, t)
    return ((p.exp() * (p - q)).sum() + (q.exp() * (q - p)).sum()) / 2


def distill_rows(e, r, t):
    wanted = shares(lambda a, c: TEACHER[a] @ TEACHER[c], r, t)
    found = shares(lambda a, c: e[a] @ e[c], r, t)
    return (wanted.exp() * (wanted - found)).sum()


def contrastive(e, m):
    total = 0
    for a, b, y, w in GRADED:
        d = 1 - e[a] @ e[b]
        total = total + w * (y * d**2 + (1 - y) * torch.clamp(m - d, min=0) ** 2)
    return total / sum(g[3] for g in GRADED)


def ordered(scores, scale, weights):
    """log(1 + sum over ordered pairs), weights of both multiplied; the largest weight is 1."""
    heaviest = max(weights)
    terms = [torch.zeros((), dtype=torch.float64)]
    for i, low in enumerate(GRADED):
        for j, high in enumerate(GRADED):
            if low[2] < high[2]:
                terms.append(scale * (scores[i] - scores[j]) + math.log(weights[i] * weights[j] / heaviest**2))
    return torch.logsumexp(torch.stack(terms), 0)


def angle(x, y):
    a, b = x[: D // 2], x[D // 2 :]
    c, d = y[: D // 2], y[D // 2 :]
    z = (c**2 + d**2).sum()
    real, imaginary = (a * c + b * d) / z, (b * c - a * d) / z
    ratio = (a**2 + b**2).sum().sqrt() / z.sqrt()
    return torch.abs(torch.cat([real / ratio, imaginary / ratio]).sum())


# What objectives learn themselves, by objective and name.
PARAMETERS = {
    "clip": {"clip.scale": torch.tensor([1.5], dtype=torch.float64)},
    "classify": {
        "classify.3.8.weight": torch.randn(3, 3 * D, dtype=torch.float64),
        "classify.3.8.bias": torch.randn(3, dtype=torch.float64),
    },
    "simcse": {
        "simcse.8.weight": torch.randn(D, D, dtype=torch.float64) / 3,
        "simcse.8.bias": torch.randn(D, dtype=torch.float64) / 3,
    },
}

def classify(e, classes, head):
    """A label in [0, 1] falls into one of so many equal parts of it."""
    weight, bias = head[f"classify.{classes}.{D}.weight"], head[f"classify.{classes}.{D}.bias"]
    total = 0
    for a, b, y, w in GRADED:
        u, v = e[a], e[b]
        logits = weight @ torch.cat([u, v, torch.abs(u - v)]) + bias
        total = total + w * F.cross_entropy(logits, torch.tensor(min(classes - 1, math.floor(y * classes))))
    return total / sum(g[3] for g in GRADED)



def behind(e, layer):
    """SimCSE's layer for training alone, over states of the length that LayerNorm leaves."""
    return unit(torch.tanh(math.sqrt(D) * e @ layer["simcse.8.weight"].T + layer["simcse.8.bias"]))


WEIGHT = [g[3] for g in GRADED]
OBJECTIVES = {
    "info-nce": lambda e: mean(FORWARD, lambda r: info_nce(e, r, 0.05)),
    "info-nce both": lambda e: mean(FORWARD + BACKWARD, lambda r: info_nce(e, r, 0.05)),
    "info-nce hard": lambda e: mean(FORWARD, lambda r: info_nce(e, r, 0.05, logit=lambda r, c: 0.9 if c in r["own"] else 0.0)),
    "nt-xent": lambda e: mean(BOTH, lambda r: info_nce(e, r, 0.1)),
    "gist": lambda e: mean(FORWARD, lambda r: info_nce(e, r, 0.05, drop=lambda r, c: nearer_than_guide(r, c, 0.1))),
    "am-softmax": lambda e: mean(FORWARD, lambda r: info_nce(e, r, 0.05, shift=lambda r, c: -0.1 if c == r["positive"] else 0.0)),
    "ifm": lambda e: mean(FORWARD, lambda r: (info_nce(e, r, 0.05) + info_nce(
        e, r, 0.05, shift=lambda r, c: -0.1 if c == r["positive"] else 0.1)) / 2),
    "clip": lambda e: mean(FORWARD + BACKWARD, lambda r: info_nce(e, r, torch.exp(-PARAMETERS["clip"]["clip.scale"][0]))),
    "simcse": lambda e: mean(FORWARD, lambda r, c=behind(e, PARAMETERS["simcse"]): info_nce(c, r, 0.05)),
    "flat-nce": lambda e: mean(FORWARD, lambda r: flat(e, r, 0.05)),
    "supcon": lambda e: mean(BOTH, lambda r: supcon(e, r, 0.05)),
    "nce": lambda e: mean(FORWARD, lambda r: nce(e, r, 0.05)),
    "n-pair": lambda e: mean(FORWARD, lambda r: info_nce(e, r, 1.0)),
    "moco": lambda e: mean(FORWARD, lambda r: moco(e, r, 0.07)),
    "esimcse": lambda e: mean(FORWARD, lambda r: queued(e, r, 0.05)),
    "r-drop": lambda e: mean(FORWARD, lambda r: r_drop(e, r, 0.05)),
    "triplet own": lambda e: mean(FORWARD, lambda r: triplet(e, r, 0.2, "own")),
    "triplet hardest": lambda e: mean(FORWARD, lambda r: triplet(e, r, 0.2, "hardest")),
    "triplet semi-hard": lambda e: mean(FORWARD, lambda r: triplet(e, r, 0.2, "semi-hard")),
    "contrastive": lambda e: contrastive(e, 0.5),
    "classify": lambda e: classify(e, 3, PARAMETERS["classify"]),
    "cosent": lambda e: ordered([e[a] @ e[b] for a, b, _, _ in GRADED], 20, WEIGHT),
    "angle": lambda e: ordered([angle(e[a], e[b]) for a, b, _, _ in GRADED], 20, WEIGHT),
    "distill-vectors": lambda e: (1 - (e[:U] * TEACHER_SAME).sum(1)).mean(),
    "distill-rows": lambda e: mean(FORWARD, lambda r: distill_rows(e, r, 0.05)),
    "matryoshka": lambda e: sum(mean(FORWARD, lambda r, c=unit(e[:, :d]): info_nce(c, r, 0.05)) for d in (8, 4, 2)) / 3,
    "sum": lambda e: mean(FORWARD, lambda r: info_nce(e, r, 0.05))
    + 0.5 * ordered([e[a] @ e[b] for a, b, _, _ in GRADED], 20, WEIGHT),
}


class Given(torch.nn.Module):
    """Stands for a model whose texts are vectors already."""

    device = torch.device("cpu")

    def forward(self, features):
        return {"sentence_embedding": features["vectors"]}

    def __getitem__(self, index):
        return self


def hold_against_sentence_transformers():
    e = E0.clone()
    a, p, n = e[0:4], e[4:8], e[8:12]
    features = [{"vectors": x} for x in (a, p, n)]
    theirs = losses.MultipleNegativesRankingLoss(Given(), scale=20)(features, None)
    plain = [dict(text=i, positive=4 + i, weight=1.0, candidates=list(range(4, 12)), kin=[], own=[]) for i in range(4)]
    assert abs(theirs - mean(plain, lambda r: info_nce(e, r, 0.05))) < 1e-9
    global GRADED
    graded, GRADED = GRADED, [(g[0], g[1], g[2], 1.0) for g in GRADED]
    left, right = torch.stack([e[g[0]] for g in GRADED]), torch.stack([e[g[1]] for g in GRADED])
    labels = torch.tensor([g[2] for g in GRADED], dtype=torch.float64)
    pair = [{"vectors": left}, {"vectors": right}]
    ones = [1.0] * len(GRADED)
    assert abs(losses.CoSENTLoss(Given(), scale=20)(pair, labels)
               - ordered([e[x] @ e[y] for x, y, _, _ in GRADED], 20, ones)) < 1e-9
    assert abs(losses.AnglELoss(Given(), scale=20)(pair, labels)
               - ordered([angle(e[x], e[y]) for x, y, _, _ in GRADED], 20, ones)) < 1e-9
    softmax = losses.SoftmaxLoss(Given(), embedding_dimension=D, num_labels=3)
    with torch.no_grad():
        softmax.classifier.weight.copy_(PARAMETERS["classify"]["classify.3.8.weight"])
        softmax.classifier.bias.copy_(PARAMETERS["classify"]["classify.3.8.bias"])
    classes = torch.tensor([min(2, math.floor(3 * g[2])) for g in GRADED])
    assert abs(softmax.double()(pair, classes) - classify(e, 3, PARAMETERS["classify"])) < 1e-6
    # Theirs is half of Hadsell's, with labels in fp32.
    assert abs(2 * losses.ContrastiveLoss(Given(), margin=0.5)(pair, labels) - contrastive(e, 0.5)) < 1e-6
    GRADED = graded


def flat_numbers(x):
    return [round(v, 9) for v in x.flatten().tolist()]


hold_against_sentence_transformers()
golden = {}
for name, objective in OBJECTIVES.items():
    e = E0.clone().requires_grad_(True)
    own = PARAMETERS.get(name, {})
    for parameter in own.values():
        parameter.requires_grad_(True)
    value = objective(e)
    value.backward()
    views = 2 if name == "r-drop" else 1
    golden[name] = dict(value=round(value.item(), 9), gradient=[[round(x, 9) for x in v] for v in e.grad[: views * U].tolist()])
    if own:
        golden[name]["parameters"] = {key: dict(shape=list(p.shape), values=flat_numbers(p.detach()), gradient=flat_numbers(p.grad))
                                      for key, p in own.items()}


def numbers(x):
    return [[round(v, 9) for v in r] for r in x.tolist()]


print(json.dumps(dict(
    vectors=numbers(E0), teacher=numbers(TEACHER), sameTeacher=numbers(TEACHER_SAME),
    keys=numbers(KEYS), queue=[dict(vector=numbers(QUEUE)[i], identities=QUEUED[i]) for i in range(4)],
    identities=[IDENTITIES.get(i, []) for i in range(U)],
    rows=dict(ANCHORS=FORWARD, POSITIVES=BACKWARD, ALL=BOTH),
    graded=[dict(first=a, second=b, label=y, weight=w) for a, b, y, w in GRADED],
    objectives=golden), indent=None, separators=(",", ":")).replace('"objectives"', '\n"objectives"').replace('},"', '},\n"'))
