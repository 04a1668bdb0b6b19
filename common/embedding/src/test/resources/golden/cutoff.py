"""Golden numbers of ConSERT's views from PyTorch: loss and gradients of one batch whose embeddings are cut off, and a text's vector by
shuffled position ids.

Usage: python -P cutoff.py > cutoff.json     (fp32, dropout off, one thread)

As ConSERT's own code does it (transformers/modeling_bert.py, _cutoff_embeddings and _replace_position_ids): what leaves the embeddings
is filled with 0, for each text by itself, along tokens or features; position ids are permuted. Which ones is a formula here, since what
is drawn is another matter. Models as in families.py: tiny, with weights that are a formula.
"""
import json

import torch
import torch.nn.functional as F
from transformers import AutoConfig, AutoModel

VOCABULARY, HIDDEN, TEMPERATURE = 100, 32, 0.3
SIZES = {"vocab_size": VOCABULARY, "hidden_size": HIDDEN, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
         "max_position_embeddings": 180, "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
MODELS = {
    "bert": SIZES | {"model_type": "bert", "type_vocab_size": 2, "layer_norm_eps": 1e-12},
    "mpnet": SIZES | {"model_type": "mpnet", "layer_norm_eps": 1e-5, "relative_attention_num_buckets": 32},
}
LENGTHS = [5, 17, 3, 12, 9, 70, 33, 34]
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


def cut(number, length):
    """Of four texts one is whole, one lacks tokens, one features, one both."""
    tokens = [i for i in range(length) if (i + number) % 6 == 0] if number % 2 else []
    features = [i for i in range(HIDDEN) if (i + number) % 5 == 0] if number % 4 > 1 else []
    return tokens, features


TEXTS = [dict(ids=text(n, l), tokens=cut(n, l)[0], features=cut(n, l)[1]) for n, l in enumerate(LENGTHS)]
ORDER = [0] + [1 + (i * 5 + 3) % 7 for i in range(7)] + [8]


def embed(model, texts):
    width = max(len(t["ids"]) for t in texts)
    ids = torch.tensor([t["ids"] + [PADDING] * (width - len(t["ids"])) for t in texts])
    mask = torch.tensor([[1] * len(t["ids"]) + [0] * (width - len(t["ids"])) for t in texts])

    def cutoff(module, inputs, output):
        rows = []
        for row, t in zip(output, texts):
            row = torch.index_fill(row, 0, torch.tensor(t["tokens"], dtype=torch.long), 0.0)
            rows.append(torch.index_fill(row, 1, torch.tensor(t["features"], dtype=torch.long), 0.0))
        return torch.stack(rows)

    hook = model.embeddings.register_forward_hook(cutoff)
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    hook.remove()
    mask = mask.unsqueeze(-1).float()
    return F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


def shuffled(model, ids):
    hidden = model(input_ids=torch.tensor([ids]), position_ids=torch.tensor([ORDER])).last_hidden_state
    return F.normalize(hidden.mean(1), dim=1)[0]


golden = {"temperature": TEMPERATURE, "texts": TEXTS, "shuffled": {"ids": text(9, len(ORDER)), "order": ORDER}, "models": {}}
for family, settings in MODELS.items():
    config = AutoConfig.for_model(**settings)
    model = fill(AutoModel.from_config(config, attn_implementation="eager", add_pooling_layer=False)).eval()
    vectors = embed(model, TEXTS)
    anchors, positives = vectors[:4], vectors[4:]
    loss = F.cross_entropy(anchors @ positives.t() / TEMPERATURE, torch.arange(4))
    loss.backward()
    gradients = {}
    for name, parameter in sorted(model.named_parameters()):
        row = parameter.grad.flatten()
        place = int(row.abs().argmax())
        gradients[name] = {"shape": list(parameter.shape), "norm": round(float(row.norm()), 9), "place": place,
                           "value": round(float(row[place]), 9)}
    golden["models"][family] = {"config": settings, "loss": loss.item(), "gradients": gradients}
    if family == "bert":
        with torch.no_grad():
            golden["shuffled"]["vector"] = [round(float(x), 8) for x in shuffled(model, golden["shuffled"]["ids"])]
print(json.dumps(golden, indent=None, separators=(",", ":")).replace('"models"', '\n"models"').replace('},"', '},\n"').replace('},{', '},\n{'))
