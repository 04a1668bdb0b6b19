"""Golden numbers of the families whose layers are not BERT's, and of an activation: vectors, the gradient of one InfoNCE batch, and
three AdamW steps.

Usage: python -P networks.py > networks.json     (transformers 4.57, fp32, dropout off, one thread)

Tiny models whose weights are a formula, as in families.py. ModernBERT, Qwen3 and Gemma 3 are transformers' own; nomic-bert and gte's
"new", whose code comes with the models, are written down here from it.
"""
import json

import torch
import torch.nn.functional as F
from torch import nn
from transformers import AutoConfig, AutoModel

VOCABULARY, TEMPERATURE, RATE, DECAY, CLIP, STEPS = 100, 0.3, 1e-3, 0.01, 1.0, 3
SIZES = {"vocab_size": VOCABULARY, "hidden_size": 32, "num_attention_heads": 4, "intermediate_size": 48,
         "max_position_embeddings": 180, "pad_token_id": 0}
GEMMA = SIZES | {"model_type": "gemma3_text", "num_hidden_layers": 3, "num_key_value_heads": 1, "head_dim": 12,
                 "query_pre_attn_scalar": 20, "sliding_window": 16, "rope_theta": 1000000.0, "rope_local_base_freq": 100.0,
                 "layer_types": ["sliding_attention", "full_attention", "sliding_attention"]}
MODELS = {
    "bert-silu": SIZES | {"model_type": "bert", "num_hidden_layers": 1, "hidden_act": "silu", "hidden_dropout_prob": 0.0,
                          "attention_probs_dropout_prob": 0.0},
    # Layers 0 and 3 see all of a text, 1 and 2 eight tokens to either side.
    "modernbert": SIZES | {"model_type": "modernbert", "num_hidden_layers": 4, "global_attn_every_n_layers": 3, "local_attention": 16,
                           "global_rope_theta": 160000.0, "local_rope_theta": 100.0, "reference_compile": False,
                           "cls_token_id": 1, "sep_token_id": 2, "bos_token_id": 1, "eos_token_id": 2},
    "qwen3": SIZES | {"model_type": "qwen3", "num_hidden_layers": 2, "num_key_value_heads": 2, "head_dim": 16, "rope_theta": 1000000.0},
    "embeddinggemma": GEMMA | {"use_bidirectional_attention": True},
    "gemma3": GEMMA | {"use_bidirectional_attention": False},
    "nomic-bert": {"model_type": "nomic_bert", "vocab_size": VOCABULARY, "n_embd": 32, "n_head": 4, "n_inner": 250, "n_layer": 2,
                   "n_positions": 180, "activation_function": "swiglu", "layer_norm_epsilon": 1e-12, "qkv_proj_bias": False,
                   "mlp_fc1_bias": False, "mlp_fc2_bias": False, "type_vocab_size": 2, "rotary_emb_base": 1000,
                   "rotary_emb_fraction": 1.0, "rotary_emb_interleaved": False, "rotary_emb_scale_base": None,
                   "rotary_scaling_factor": None, "prenorm": False, "use_rms_norm": False, "causal": False, "resid_pdrop": 0.0,
                   "attn_pdrop": 0.0, "pad_vocab_size_multiple": 64},
    "gte-new": SIZES | {"model_type": "new", "num_hidden_layers": 2, "hidden_act": "gelu", "layer_norm_type": "layer_norm",
                        "layer_norm_eps": 1e-12, "pack_qkv": True, "position_embedding_type": "rope", "rope_theta": 20000,
                        "rope_scaling": {"type": "ntk", "factor": 8.0}, "type_vocab_size": 1, "logn_attention_scale": False,
                        "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0},
}
LAST = {"qwen3"}
LENGTHS = [1, 2, 5, 5, 9, 17, 33, 34, 70, 70, 131, 176]
PAIRS = [(5, 9), (17, 70), (3, 131), (12, 34)]

torch.set_num_threads(1)


class Rotated(nn.Module):
    """A layer of either: attention with rotary positions, a gated feed-forward network, LayerNorm after each."""

    def attend(self, q, k, v, heads, theta, stretch, mask):
        n, s, d = q.shape
        width = d // heads
        frequencies = 1.0 / (theta ** (torch.arange(0, width, 2).float() / width)) / stretch
        angles = torch.outer(torch.arange(s).float(), frequencies)
        angles = torch.cat([angles, angles], -1)

        def turned(x):
            x = x.view(n, s, heads, width).transpose(1, 2)
            half = torch.cat([-x[..., width // 2:], x[..., : width // 2]], -1)
            return x * angles.cos() + half * angles.sin()

        scores = turned(q) @ turned(k).transpose(2, 3) / width**0.5
        scores = scores.masked_fill(mask[:, None, None, :] == 0, -1e30)
        return (scores.softmax(-1) @ v.view(n, s, heads, width).transpose(1, 2)).transpose(1, 2).reshape(n, s, d)


class NomicLayer(Rotated):
    def __init__(self, c):
        super().__init__()
        d, inner = c["n_embd"], (c["n_inner"] + 255) // 256 * 256
        self.c = c
        self.attn, self.mlp = nn.Module(), nn.Module()
        self.attn.Wqkv, self.attn.out_proj = nn.Linear(d, 3 * d, bias=False), nn.Linear(d, d, bias=False)
        self.mlp.fc11, self.mlp.fc12 = nn.Linear(d, inner, bias=False), nn.Linear(d, inner, bias=False)
        self.mlp.fc2 = nn.Linear(inner, d, bias=False)
        self.norm1, self.norm2 = (nn.LayerNorm(d, eps=c["layer_norm_epsilon"]) for _ in range(2))

    def forward(self, x, mask):
        q, k, v = self.attn.Wqkv(x).chunk(3, -1)
        a = self.attend(q, k, v, self.c["n_head"], self.c["rotary_emb_base"], 1.0, mask)
        x = self.norm1(self.attn.out_proj(a) + x)
        return self.norm2(self.mlp.fc2(self.mlp.fc11(x) * F.silu(self.mlp.fc12(x))) + x)


class GteLayer(Rotated):
    def __init__(self, c):
        super().__init__()
        d, inner = c["hidden_size"], c["intermediate_size"]
        self.c, self.inner = c, inner
        self.attention, self.mlp = nn.Module(), nn.Module()
        self.attention.qkv_proj, self.attention.o_proj = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.mlp.up_gate_proj, self.mlp.down_proj = nn.Linear(d, 2 * inner, bias=False), nn.Linear(inner, d)
        self.attn_ln, self.mlp_ln = (nn.LayerNorm(d, eps=c["layer_norm_eps"]) for _ in range(2))

    def forward(self, x, mask):
        d, factor = self.c["hidden_size"], self.c["rope_scaling"]["factor"]
        heads = self.c["num_attention_heads"]
        q, k, v = self.attention.qkv_proj(x).split(d, -1)
        a = self.attend(q, k, v, heads, self.c["rope_theta"] * factor, factor ** (2 / (d // heads)), mask)
        x = self.attn_ln(x + self.attention.o_proj(a))
        up, gate = self.mlp.up_gate_proj(x).split(self.inner, -1)
        return self.mlp_ln(x + self.mlp.down_proj(F.gelu(gate) * up))


class Written(nn.Module):
    """nomic-bert or gte's "new" by its configuration: embeddings of words and types, normalized, and its layers."""

    def __init__(self, c):
        super().__init__()
        nomic = c["model_type"] == "nomic_bert"
        d = c["n_embd" if nomic else "hidden_size"]
        multiple = c.get("pad_vocab_size_multiple", 1)
        self.embeddings, self.encoder = nn.Module(), nn.Module()
        self.embeddings.word_embeddings = nn.Embedding((c["vocab_size"] + multiple - 1) // multiple * multiple, d)
        self.embeddings.token_type_embeddings = nn.Embedding(c["type_vocab_size"], d)
        norm = nn.LayerNorm(d, eps=c["layer_norm_epsilon" if nomic else "layer_norm_eps"])
        layers = nn.ModuleList([(NomicLayer if nomic else GteLayer)(c) for _ in range(c["n_layer" if nomic else "num_hidden_layers"])])
        if nomic:
            self.emb_ln, self.encoder.layers = norm, layers
        else:
            self.embeddings.LayerNorm, self.encoder.layer = norm, layers
        self.norm, self.stack = [norm], [layers]

    def forward(self, input_ids, attention_mask):
        x = self.embeddings.word_embeddings(input_ids) + self.embeddings.token_type_embeddings.weight[0]
        x = self.norm[0](x)
        for layer in self.stack[0]:
            x = layer(x, attention_mask)
        return type("Output", (), {"last_hidden_state": x})


def base(name, parameter, family):
    """What is added to the formula: norms scale by about 1."""
    return int(parameter.dim() == 1 and name.endswith("weight") and "gemma" not in family)


def fill(model, family):
    """Parameter k (in order of names), value i: sin(1 + k + 0.7 i + 0.01 i²) / 5, and base."""
    with torch.no_grad():
        for k, (name, parameter) in enumerate(sorted(model.named_parameters())):
            i = torch.arange(parameter.numel(), dtype=torch.float64)
            parameter.copy_((torch.sin(1 + k + 0.7 * i + 0.01 * i * i) / 5 + base(name, parameter, family)).view_as(parameter))
    return model.eval()


def text(number, length):
    """Ids from 5 on: none is padding."""
    return [5 + (number * 31 + i * i * 7 + i * 3) % (VOCABULARY - 5) for i in range(length)]


def embed(model, family, texts):
    width = max(map(len, texts))
    ids = torch.tensor([t + [0] * (width - len(t)) for t in texts])
    mask = torch.tensor([[1] * len(t) + [0] * (width - len(t)) for t in texts])
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    if family in LAST:
        return F.normalize(hidden[torch.arange(len(texts)), mask.sum(1) - 1], dim=1)
    return F.normalize((hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True), dim=1)


golden = {"temperature": TEMPERATURE, "rate": RATE, "decay": DECAY, "clip": CLIP,
          "texts": [text(n, l) for n, l in enumerate(LENGTHS)],
          "anchors": [text(100 + n, a) for n, (a, _) in enumerate(PAIRS)],
          "positives": [text(200 + n, p) for n, (_, p) in enumerate(PAIRS)], "models": {}}
for family, settings in MODELS.items():
    written = settings["model_type"] in ("nomic_bert", "new")
    # A copy: Gemma's configuration changes what it is given.
    config = None if written else AutoConfig.for_model(**json.loads(json.dumps(settings)))
    options = {"add_pooling_layer": False} if settings["model_type"] == "bert" else {}
    model = fill(Written(settings) if written else AutoModel.from_config(config, attn_implementation="eager", **options), family)
    named = sorted(model.named_parameters())
    with torch.no_grad():
        vectors = embed(model, family, golden["texts"])
    optimizer = torch.optim.AdamW([{"params": [p for _, p in named if p.dim() > 1], "weight_decay": DECAY},
                                   {"params": [p for _, p in named if p.dim() == 1], "weight_decay": 0.0}], lr=RATE)
    losses, gradients = [], {}
    for step in range(STEPS):
        optimizer.zero_grad()
        scores = embed(model, family, golden["anchors"]) @ embed(model, family, golden["positives"]).t() / TEMPERATURE
        loss = F.cross_entropy(scores, torch.arange(len(PAIRS)))
        loss.backward()
        losses.append(loss.item())
        for name, parameter in named if step == 0 else []:
            row = parameter.grad.flatten()
            place = int(row.abs().argmax())
            gradients[name] = {"shape": list(parameter.shape), "base": base(name, parameter, family),
                               "norm": round(float(row.norm()), 9), "place": place, "value": round(float(row[place]), 9)}
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
    for name, parameter in named:
        gradients[name]["learned"] = round(float(parameter.flatten()[gradients[name]["place"]]), 9)
    files = {"1_Pooling/config.json": {"word_embedding_dimension": 32, "pooling_mode_lasttoken": True}} if family in LAST else {}
    golden["models"][family] = {"config": settings, "files": files, "losses": losses, "gradients": gradients,
                                "vectors": [[round(float(x), 8) for x in v] for v in vectors]}
print(json.dumps(golden, indent=None, separators=(",", ":")).replace('"models"', '\n"models"').replace('},"', '},\n"').replace('],[', '],\n['))
