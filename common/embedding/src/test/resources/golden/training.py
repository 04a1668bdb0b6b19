"""Golden numbers of training from PyTorch: the gradient of one batch, and thirty optimizer steps on it.

Usage: python training.py MODEL_FOLDER adamw > adamw.json    (fp32, dropout off, one thread)
       python training.py MODEL_FOLDER adafactor > adafactor.json
"""
import json
import sys

import torch
import torch.nn.functional as F
from transformers import AutoModel, AutoTokenizer

ANCHORS = ["reset my password", "card arrival", "exchange rate", "lost phone"]
# Not those that answer them, so that there is something to learn in all steps.
POSITIVES = ["When will the new card be in the mail?", "What do you pay me for a hundred euros in dollars?",
             "My mobile was stolen, so how do I get into the app?", "How can I change the secret word of my account?"]
STEPS, DECAY, CLIP, TEMPERATURE = 30, 0.01, 1.0, 0.3
# Adafactor's rate is relative to the weights. At four times this one its own two implementations (foreach or not) differ by 5e-4.
OPTIMIZER, RATE = {"adamw": (torch.optim.AdamW, 1e-5), "adafactor": (torch.optim.Adafactor, 5e-5)}[sys.argv[2]]

torch.set_num_threads(1)
model = AutoModel.from_pretrained(sys.argv[1], add_pooling_layer=False, attn_implementation="eager").eval()
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])


def embed(texts):
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    hidden = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
    mask = batch["attention_mask"].unsqueeze(-1).float()
    return F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


def loss():
    scores = embed(ANCHORS) @ embed(POSITIVES).t() / TEMPERATURE
    return F.cross_entropy(scores, torch.arange(len(ANCHORS)))


named = dict(model.named_parameters())
decayed = [p for n, p in named.items() if not n.endswith(".bias") and "LayerNorm" not in n]
plain = [p for n, p in named.items() if n.endswith(".bias") or "LayerNorm" in n]
optimizer = OPTIMIZER([{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}], lr=RATE)
golden = {"anchors": ANCHORS, "positives": POSITIVES, "temperature": TEMPERATURE, "rate": RATE, "decay": DECAY, "clip": CLIP,
          "losses": [], "norms": [], "gradients": {}, "weights": {}}
start = {n: p.detach().clone() for n, p in named.items()}
for step in range(STEPS):
    optimizer.zero_grad()
    value = loss()
    value.backward()
    if step == 0:
        for name, parameter in named.items():
            row = parameter.grad.flatten()
            place = int(row.abs().argmax())
            golden["gradients"][name] = {"norm": float(row.norm()), "place": place, "value": float(row[place])}
    golden["norms"].append(float(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)))
    golden["losses"].append(value.item())
    optimizer.step()
for name, parameter in named.items():
    moved = (parameter.detach() - start[name]).flatten()
    place = int(moved.abs().argmax())
    golden["weights"][name] = {
        "norm": float(parameter.detach().norm()), "moved": float(moved.norm()), "place": place,
        "value": float(parameter.detach().flatten()[place])}
print(json.dumps(golden, indent=1))
