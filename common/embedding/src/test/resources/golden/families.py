"""Golden numbers of the model families from PyTorch: vectors, and the gradient of one InfoNCE batch.

Usage: python families.py > families.json     (fp32, dropout off, one thread)

The models are tiny and their weights a formula of the parameter's place and the value's index, which the Java test knows as well
(FamilyModels): so no weights are committed. Texts are token ids, since there is no tokenizer for such a vocabulary.
"""
import json

import torch
import torch.nn.functional as F
from transformers import AutoConfig, AutoModel

VOCABULARY, TEMPERATURE = 100, 0.3
SIZES = {"vocab_size": VOCABULARY, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
         "max_position_embeddings": 180, "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
MODELS = {
    "roberta": SIZES | {"model_type": "roberta", "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 1},
    "xlm-roberta": SIZES | {"model_type": "xlm-roberta", "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 3,
                            "hidden_act": "gelu_new"},
    "camembert": SIZES | {"model_type": "camembert", "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 1,
                          "hidden_act": "relu"},
    "mpnet": SIZES | {"model_type": "mpnet", "layer_norm_eps": 1e-5, "relative_attention_num_buckets": 32},
}
# Of MPNet's buckets, the exact ones end at 8, and the last begins at 128 less a step: distances 16, 32 and 64 are borders.
LENGTHS = [1, 2, 5, 5, 9, 17, 33, 34, 70, 70, 131, 176]
PAIRS = [(5, 9), (17, 70), (3, 131), (12, 34)]

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
    """Ids from 5 on: none is any family's padding."""
    return [5 + (number * 31 + i * i * 7 + i * 3) % (VOCABULARY - 5) for i in range(length)]


def embed(model, texts, padding):
    width = max(map(len, texts))
    ids = torch.tensor([t + [padding] * (width - len(t)) for t in texts])
    mask = torch.tensor([[1] * len(t) + [0] * (width - len(t)) for t in texts])
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    mask = mask.unsqueeze(-1).float()
    return F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)


golden = {"temperature": TEMPERATURE, "texts": [text(n, l) for n, l in enumerate(LENGTHS)],
          "anchors": [text(100 + n, a) for n, (a, _) in enumerate(PAIRS)],
          "positives": [text(200 + n, p) for n, (_, p) in enumerate(PAIRS)], "models": {}}
for family, settings in MODELS.items():
    config = AutoConfig.for_model(**settings)
    model = fill(AutoModel.from_config(config, attn_implementation="eager", add_pooling_layer=False)).eval()
    padding = 1 if family == "mpnet" else settings["pad_token_id"]
    with torch.no_grad():
        vectors = embed(model, golden["texts"], padding)
    scores = embed(model, golden["anchors"], padding) @ embed(model, golden["positives"], padding).t() / TEMPERATURE
    loss = F.cross_entropy(scores, torch.arange(len(PAIRS)))
    loss.backward()
    gradients = {}
    for name, parameter in sorted(model.named_parameters()):
        row = parameter.grad.flatten()
        place = int(row.abs().argmax())
        gradients[name] = {"shape": list(parameter.shape), "norm": round(float(row.norm()), 9), "place": place,
                           "value": round(float(row[place]), 9)}
    golden["models"][family] = {
        "config": settings, "loss": loss.item(), "vectors": [[round(float(x), 8) for x in v] for v in vectors],
        "gradients": gradients}
print(json.dumps(golden, indent=None, separators=(",", ":")).replace('"models"', '\n"models"').replace('},"', '},\n"').replace('],[', '],\n['))
