"""Golden numbers of masked language modelling from transformers: the loss of one batch and its gradients.

Usage: python -P mlm.py > mlm.json     (fp32, dropout off, one thread)

Models as in families.py: tiny, with weights that are a formula. "tied" has no head: word embeddings and a bias of zeros.
"""
import json

import torch
import torch.nn.functional as F
from transformers import AutoConfig, AutoModel, AutoModelForMaskedLM

VOCABULARY, MASK = 100, 4
SIZES = {"vocab_size": VOCABULARY, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
         "max_position_embeddings": 180, "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
BERT = SIZES | {"model_type": "bert", "type_vocab_size": 2, "layer_norm_eps": 1e-12}
MODELS = {
    "bert": BERT,
    "bert tanh": BERT | {"hidden_act": "gelu_new"},
    "roberta": SIZES | {"model_type": "roberta", "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 1},
    "mpnet": SIZES | {"model_type": "mpnet", "layer_norm_eps": 1e-5, "relative_attention_num_buckets": 32},
    "tied": BERT,
}
LENGTHS = [1, 5, 9, 17, 33, 70]
PADDING = 1

torch.set_num_threads(1)


def fill(model):
    """Parameter k (in order of names), value i: sin(1 + k + 0.7 i + 0.01 i²) / 5, and 1 more where LayerNorm scales."""
    with torch.no_grad():
        for k, (name, parameter) in enumerate(sorted(model.named_parameters())):
            i = torch.arange(parameter.numel(), dtype=torch.float64)
            values = torch.sin(1 + k + 0.7 * i + 0.01 * i * i) / 5
            if name.endswith("LayerNorm.weight") or name.endswith("layer_norm.weight"):
                values = values + 1
            parameter.copy_(values.view_as(parameter))
    return model


def text(number, length):
    return [5 + (number * 31 + i * i * 7 + i * 3) % (VOCABULARY - 5) for i in range(length)]


def hide(ids, number):
    """Every fifth token: most as the mask, some as another word, some as they are."""
    shown, hidden, wanted = list(ids), [], []
    for i in range(number % 5, len(ids), 5):
        hidden.append(i)
        wanted.append(ids[i])
        shown[i] = [MASK, MASK, MASK, 5 + (ids[i] * 7) % 90, ids[i]][len(hidden) % 5]
    return dict(shown=shown, hidden=hidden, wanted=wanted)


TEXTS = [hide(text(n, l), n) for n, l in enumerate(LENGTHS)]


def padded(texts):
    width = max(map(len, texts))
    ids = torch.tensor([t + [PADDING] * (width - len(t)) for t in texts])
    return ids, torch.tensor([[1] * len(t) + [0] * (width - len(t)) for t in texts])


ids, mask = padded([t["shown"] for t in TEXTS])
labels = torch.full_like(ids, -100)
for row, t in enumerate(TEXTS):
    for place, wanted in zip(t["hidden"], t["wanted"]):
        labels[row, place] = wanted
golden = {"mask": MASK, "texts": TEXTS, "models": {}}
for name, settings in MODELS.items():
    config = AutoConfig.for_model(**settings)
    if name == "tied":
        model = fill(AutoModel.from_config(config, attn_implementation="eager", add_pooling_layer=False)).eval()
        states = model(input_ids=ids, attention_mask=mask).last_hidden_state
        scores = states @ model.get_input_embeddings().weight.t()
        loss = F.cross_entropy(scores.view(-1, VOCABULARY), labels.view(-1))
    else:
        model = fill(AutoModelForMaskedLM.from_config(config, attn_implementation="eager")).eval()
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
    loss.backward()
    gradients = {}
    for parameter_name, parameter in sorted(model.named_parameters()):
        row = parameter.grad.flatten()
        place = int(row.abs().argmax())
        gradients[parameter_name] = {"shape": list(parameter.shape), "norm": round(float(row.norm()), 9), "place": place,
                                     "value": round(float(row[place]), 9)}
    golden["models"][name] = {"config": settings, "loss": loss.item(), "gradients": gradients}
print(json.dumps(golden, indent=None, separators=(",", ":")).replace('"models"', '\n"models"').replace('},"', '},\n"'))
