"""Golden numbers of weights that are held back, from PyTorch: three AdamW steps under L2-SP, EWC, and merged with the base.

Usage: python anchors.py MODEL_FOLDER > anchors.json    (fp32, dropout off, one thread)
"""
import json
import sys

import torch
import torch.nn.functional as F
from transformers import AutoModel, AutoTokenizer

TEXTS = ["reset my password", "card arrival", "exchange rate", "lost phone",
         "When will the new card be in the mail?", "What do you pay me for a hundred euros in dollars?",
         "My mobile was stolen, so how do I get into the app?", "How can I change the secret word of my account?"]
# Of each batch which texts are its anchors and which their positives; the first is learned, the others are to be kept.
BATCHES = [[[0, 1, 2, 3], [4, 5, 6, 7]], [[0, 1, 2, 3], [7, 4, 5, 6]], [[4, 5, 6], [1, 0, 3]]]
STEPS, RATE, CLIP, TEMPERATURE = 3, 1e-4, 1.0, 0.3
# Of mean importance a weight loses in each step 30 % of its way, under EWC 5 %.
L2_SP, EWC, SHARE = 3e3, 5e2, 0.25

torch.set_num_threads(1)
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])


def fresh():
    return AutoModel.from_pretrained(sys.argv[1], add_pooling_layer=False, attn_implementation="eager").eval()


def embed(model, texts):
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    hidden = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
    mask = batch["attention_mask"].unsqueeze(-1).float()
    return F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


def loss(model, batch):
    anchors, positives = [embed(model, [TEXTS[i] for i in side]) for side in batch]
    return F.cross_entropy(anchors @ positives.t() / TEMPERATURE, torch.arange(len(anchors)))


def importance(model):
    squares = {name: torch.zeros_like(p) for name, p in model.named_parameters()}
    for batch in BATCHES[1:]:
        model.zero_grad()
        loss(model, batch).backward()
        for name, parameter in model.named_parameters():
            squares[name] += parameter.grad ** 2
    mean = sum(s.double().sum() for s in squares.values()) / sum(s.numel() for s in squares.values())
    return {name: s / mean.item() for name, s in squares.items()}


def learn(shares):
    """Three steps in which each weight first goes this share of the way back to where it began."""
    model = fresh()
    start = {name: p.detach().clone() for name, p in model.named_parameters()}
    pulls = shares(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.0)
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss(model, BATCHES[0]).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter += pulls[name] * (start[name] - parameter)
        optimizer.step()
    return model, start, pulls


def moves(model, start, places):
    found = {}
    for name, parameter in model.named_parameters():
        moved = (parameter.detach() - start[name]).flatten()
        found[name] = [{"place": place, "moved": float(moved[place])} for place in places(name, moved.abs())]
    return found


def held(pulls):
    """Of each weight matrix the number that moved most, the one held most, and one in between that moved much."""
    def places(name, moved):
        pull = pulls[name].flatten()
        between = moved * ((pull > 0.05) & (pull < 0.9))
        return sorted({int(moved.argmax()), int(pull.argmax()), int(between.argmax())})
    return places


most = lambda name, moved: [int(moved.argmax())]
model, start, _ = learn(lambda model: {name: RATE * L2_SP for name, _ in model.named_parameters()})
golden = {"texts": TEXTS, "batches": BATCHES, "temperature": TEMPERATURE, "rate": RATE, "clip": CLIP, "steps": STEPS,
          "l2-sp": {"strength": L2_SP, "weights": moves(model, start, most)}}
model, start, pulls = learn(
    lambda model: {name: torch.clamp(RATE * EWC * f, max=1) for name, f in importance(model).items()})
golden["ewc"] = {"strength": EWC, "weights": moves(model, start, held(pulls))}
model, start, _ = learn(lambda model: {name: 0.0 for name, _ in model.named_parameters()})
with torch.no_grad():
    for name, parameter in model.named_parameters():
        parameter.copy_((1 - SHARE) * parameter + SHARE * start[name])
golden["merged"] = {"share": SHARE, "weights": moves(model, start, most)}
print(json.dumps(golden, indent=1))
