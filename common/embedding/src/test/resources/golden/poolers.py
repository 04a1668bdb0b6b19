"""Golden numbers of the poolers from sentence-transformers' own modules: vectors, and the gradient of one InfoNCE batch.

Usage: python -P poolers.py > poolers.json     (fp32, dropout off, one thread)

A model as in families.py: tiny, with weights that are a formula; of three layers, so that first and last are not the top two. What
sentence-transformers writes into a folder for each pooler is written, too. Where SimCSE has the pooler, its formula (simcse/models.py,
class Pooler) gives the same.
"""
import json
import tempfile
from pathlib import Path

import torch
import torch.nn.functional as F
from sentence_transformers.models import Normalize, Pooling, WeightedLayerPooling
from torch import nn
from transformers import AutoConfig, AutoModel

VOCABULARY, LAYERS, HIDDEN, TEMPERATURE = 60, 3, 16, 0.3
CONFIG = {"model_type": "bert", "vocab_size": VOCABULARY, "hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": 2,
          "intermediate_size": 32, "max_position_embeddings": 80, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
          "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
LENGTHS = [1, 2, 5, 9, 9, 34, 70]
PAIRS = [(5, 9), (17, 40), (1, 31), (12, 12)]
# The pooling's name, the first layer that counts (0: the embeddings) and the layers' weights from it on.
POOLERS = {"mean": ("mean", 3, [1]), "cls": ("cls", 3, [1]), "lasttoken": ("lasttoken", 3, [1]), "weightedmean": ("weightedmean", 3, [1]),
           "max": ("max", 3, [1]), "mean_sqrt_len_tokens": ("mean_sqrt_len_tokens", 3, [1]),
           "mean_first_last": ("mean", 1, [1, 0, 1]), "mean_top2": ("mean", 2, [1, 1]),
           "cls_embeddings_last": ("cls", 0, [0.5, 0, 0, 0.5])}

torch.set_num_threads(1)


def fill(model):
    """Parameter k (in order of names), value i: sin(1 + k + 0.7 i + 0.01 i²) / 5, and 1 more where LayerNorm scales."""
    with torch.no_grad():
        for k, (name, parameter) in enumerate(sorted(model.named_parameters())):
            i = torch.arange(parameter.numel(), dtype=torch.float64)
            values = torch.sin(1 + k + 0.7 * i + 0.01 * i * i) / 5
            if name.endswith("LayerNorm.weight"):
                values = values + 1
            parameter.copy_(values.view_as(parameter))
    return model


def text(number, length):
    return [5 + (number * 31 + i * i * 7 + i * 3) % (VOCABULARY - 5) for i in range(length)]


def modules(pooling, start, weights):
    layers = [] if len(weights) == 1 else [WeightedLayerPooling(HIDDEN, LAYERS, start, nn.Parameter(torch.tensor(weights).float()))]
    return layers + [Pooling(HIDDEN, pooling), Normalize()]


def files(chain):
    """As sentence-transformers writes them."""
    written, listed = {}, [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    with tempfile.TemporaryDirectory() as folder:
        for i, module in enumerate(chain, 1):
            path = Path(folder, f"{i}_{type(module).__name__}")
            path.mkdir()
            module.save(str(path))
            listed.append({"idx": i, "name": str(i), "path": path.name, "type": type(module).__module__})
            if (path / "config.json").exists():
                written[f"{path.name}/config.json"] = json.loads((path / "config.json").read_text())
    written["modules.json"] = listed
    return written


def simcse(name, states, mask):
    pair = {"mean_first_last": (1, -1), "mean_top2": (-2, -1), "mean": (-1, -1)}.get(name)
    if name == "cls":
        return states[-1][:, 0]
    return pair and ((states[pair[0]] + states[pair[1]]) / 2.0 * mask.unsqueeze(-1)).sum(1) / mask.sum(-1).unsqueeze(-1)


def embed(model, name, chain, texts):
    width = max(map(len, texts))
    ids = torch.tensor([t + [0] * (width - len(t)) for t in texts])
    mask = torch.tensor([[1] * len(t) + [0] * (width - len(t)) for t in texts])
    out = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
    features = {"token_embeddings": out.last_hidden_state, "attention_mask": mask, "all_layer_embeddings": out.hidden_states}
    expected = simcse(name, out.hidden_states, mask)
    for module in chain:
        features = module(features)
    if expected is not None:
        torch.testing.assert_close(features["sentence_embedding"], F.normalize(expected, dim=1), atol=1e-6, rtol=0)
    return features["sentence_embedding"]


golden = {"temperature": TEMPERATURE, "texts": [text(n, l) for n, l in enumerate(LENGTHS)],
          "anchors": [text(100 + n, a) for n, (a, _) in enumerate(PAIRS)],
          "positives": [text(200 + n, p) for n, (_, p) in enumerate(PAIRS)], "models": {}}
for name, (pooling, start, weights) in POOLERS.items():
    chain = modules(pooling, start, weights)
    model = fill(AutoModel.from_config(AutoConfig.for_model(**CONFIG), attn_implementation="eager", add_pooling_layer=False)).eval()
    with torch.no_grad():
        vectors = embed(model, name, chain, golden["texts"])
    scores = embed(model, name, chain, golden["anchors"]) @ embed(model, name, chain, golden["positives"]).t() / TEMPERATURE
    loss = F.cross_entropy(scores, torch.arange(len(PAIRS)))
    loss.backward()
    gradients = {}
    for parameter_name, parameter in sorted(model.named_parameters()):
        row = parameter.grad.flatten()
        place = int(row.abs().argmax())
        gradients[parameter_name] = {"shape": list(parameter.shape), "norm": round(float(row.norm()), 9), "place": place,
                                     "value": round(float(row[place]), 9)}
    golden["models"][name] = {
        "config": CONFIG | ({"output_hidden_states": True} if len(weights) > 1 else {}), "files": files(chain), "layer_weights": weights,
        "loss": loss.item(), "vectors": [[round(float(x), 8) for x in v] for v in vectors], "gradients": gradients}
print(json.dumps(golden, indent=None, separators=(",", ":")).replace('"models"', '\n"models"').replace('},"', '},\n"').replace('],[', '],\n['))
