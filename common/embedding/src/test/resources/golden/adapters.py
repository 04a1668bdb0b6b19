"""Golden numbers of adapters on tiny models: the gradient of one InfoNCE batch, three AdamW steps, the vectors after them with the adapter
merged, and what the files of an adapter are called.

Usage: python -P adapters.py > adapters.json     (peft 0.21, transformers 4.52, fp32, dropout off, one thread)

Models and texts are those of networks.json beside it, whose weights are a formula; what an adapter begins with is one, too.
"""
import json
import os
import tempfile

import torch
import torch.nn.functional as F
from peft import LoraConfig, get_peft_model
from safetensors import safe_open
from transformers import AutoConfig, AutoModel

NETWORKS = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "networks.json")))
STEPS, RATE, DECAY = 3, 1e-2, 0.01
# Targets as Millrace and as the models call them; r, alpha.
CASES = {
    "lora": ("bert-silu", False, 4, 6, {"query": "attention.self.query", "value": "attention.self.value", "outer": "output.dense"}),
    "dora": ("bert-silu", True, 2, 2, {"query": "attention.self.query", "attended": "attention.output.dense"}),
    "lora-packed": ("modernbert", False, 4, 8, {"query": "attn.Wqkv", "inner": "mlp.Wi"}),
    "dora-shared-keys": ("qwen3", True, 4, 8, {"query": "self_attn.q_proj", "value": "self_attn.v_proj", "gate": "mlp.gate_proj",
                                              "outer": "mlp.down_proj"}),
}

torch.set_num_threads(1)


def filled(family):
    settings, shapes = NETWORKS["models"][family]["config"], NETWORKS["models"][family]["gradients"]
    config = AutoConfig.for_model(**json.loads(json.dumps(settings)))
    options = {"add_pooling_layer": False} if settings["model_type"] == "bert" else {}
    model = AutoModel.from_config(config, attn_implementation="eager", **options)
    with torch.no_grad():
        for k, (name, parameter) in enumerate(sorted(model.named_parameters())):
            i = torch.arange(parameter.numel(), dtype=torch.float64)
            parameter.copy_((torch.sin(1 + k + 0.7 * i + 0.01 * i * i) / 5 + shapes[name]["base"]).view_as(parameter))
    return model.eval()


def begin(named):
    """Number i of parameter k (in order of names): sin(2 + k + 0.3 i) / 10; 1 more for magnitudes."""
    with torch.no_grad():
        for k, (_, parameter) in enumerate(named):
            i = torch.arange(parameter.numel(), dtype=torch.float64)
            parameter.copy_((torch.sin(2 + k + 0.3 * i) / 10 + int(parameter.dim() == 1)).view_as(parameter))


def embed(model, family, texts):
    width = max(map(len, texts))
    ids = torch.tensor([t + [0] * (width - len(t)) for t in texts])
    mask = torch.tensor([[1] * len(t) + [0] * (width - len(t)) for t in texts])
    hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    if family == "qwen3":
        return F.normalize(hidden[torch.arange(len(texts)), mask.sum(1) - 1], dim=1)
    return F.normalize((hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True), dim=1)


def plain(name):
    """As it is saved."""
    return name.replace("base_model.model.", "").replace("lora_magnitude_vector.default.weight", "lora_magnitude_vector").replace(".default", "")


golden = {"rate": RATE, "decay": DECAY, "cases": {}}
for case, (family, dora, rank, alpha, targets) in CASES.items():
    base = filled(family)
    layers = [n for n, _ in base.named_modules() if any(n.endswith("." + t) for t in targets.values())]
    layers = [n for n in layers if not (n.endswith("attention.output.dense") and "attended" not in targets)]
    model = get_peft_model(base, LoraConfig(r=rank, lora_alpha=alpha, use_dora=dora, target_modules=layers)).eval()
    named = sorted((plain(n), p) for n, p in model.named_parameters() if p.requires_grad)
    begin(named)
    optimizer = torch.optim.AdamW([{"params": [p for _, p in named if p.dim() > 1], "weight_decay": DECAY},
                                   {"params": [p for _, p in named if p.dim() == 1], "weight_decay": 0.0}], lr=RATE)
    losses, numbers = [], {}
    for step in range(STEPS):
        optimizer.zero_grad()
        scores = embed(model, family, NETWORKS["anchors"]) @ embed(model, family, NETWORKS["positives"]).t()
        loss = F.cross_entropy(scores / NETWORKS["temperature"], torch.arange(len(NETWORKS["anchors"])))
        loss.backward()
        losses.append(loss.item())
        for name, parameter in named if step == 0 else []:
            row = parameter.grad.flatten()
            place = int(row.abs().argmax())
            numbers[name] = {"norm": round(float(row.norm()), 9), "place": place, "value": round(float(row[place]), 9)}
        torch.nn.utils.clip_grad_norm_([p for _, p in named], NETWORKS["clip"])
        optimizer.step()
    for name, parameter in named:
        numbers[name]["learned"] = round(float(parameter.detach().flatten()[numbers[name]["place"]]), 9)
    with tempfile.TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        with safe_open(os.path.join(folder, "adapter_model.safetensors"), "pt") as file:
            tensors = {name: list(file.get_tensor(name).shape) for name in file.keys()}
    merged = model.merge_and_unload()
    with torch.no_grad():
        vectors = embed(merged, family, NETWORKS["texts"][:4])
    golden["cases"][case] = {"family": family, "dora": dora, "rank": rank, "alpha": alpha, "targets": list(targets), "losses": losses,
                             "numbers": numbers, "tensors": tensors, "vectors": [[round(float(x), 8) for x in v] for v in vectors]}
print(json.dumps(golden, indent=None, separators=(",", ":")).replace('"cases"', '\n"cases"').replace('},"', '},\n"'))
