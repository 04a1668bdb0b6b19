"""PyTorch's side of the learning curve: the same steps in fp32, one loss a line, then "done".

Arguments: model folder, steps (JSON lines), held-out texts (JSON), files for their vectors before and after, settings (JSON).
"""
import json
import os
import sys

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

CHUNK = 16  # texts of about one length, so that little is padded; the loss is over the whole batch
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # libraries print to stdout


def say(line):
    answers.write(str(line).replace("\n", " ") + "\n")
    answers.flush()


def main():
    folder, steps, held_out, before, after, settings = sys.argv[1:7]
    settings = json.loads(settings)
    os.environ["OMP_NUM_THREADS"] = str(settings["threads"])
    import torch
    import torch.nn.functional as F
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(settings["threads"])
    model = SentenceTransformer(folder, device="cpu").float()
    torch.manual_seed(settings["seed"])

    def embed(texts, chunk):
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        parts = []
        for start in range(0, len(order), chunk):
            batch = model.tokenizer(
                [texts[i] for i in order[start:start + chunk]], padding=True, truncation=True,
                max_length=model.max_seq_length, return_tensors="pt")
            parts.append(F.normalize(model(dict(batch))["sentence_embedding"], dim=1))
        return torch.cat(parts)[torch.tensor(order).argsort()]

    def examine(file):
        model.eval()
        with open(held_out, encoding="utf-8") as texts, torch.no_grad():
            embed(json.load(texts), 64).numpy().astype("<f4").tofile(file)

    def loss(step):
        vectors = embed(step["texts"], CHUNK)
        mask = torch.zeros(len(step["anchors"]), len(step["texts"]), dtype=torch.bool)
        for row, compared in enumerate(step["candidates"]):
            mask[row, compared] = True
        logits = vectors[step["anchors"]] @ vectors.t() / settings["temperature"]
        return F.cross_entropy(logits.masked_fill(~mask, -10000.0), torch.tensor(step["positives"]))

    examine(before)
    named = list(model.named_parameters())
    plain = [p for n, p in named if n.endswith(".bias") or "LayerNorm" in n]
    decayed = [p for n, p in named if not (n.endswith(".bias") or "LayerNorm" in n)]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": settings["decay"]}, {"params": plain, "weight_decay": 0.0}], fused=True)
    model.train()
    with open(steps, encoding="utf-8") as lines:
        for line in lines:
            step = json.loads(line)
            for group in optimizer.param_groups:
                group["lr"] = step["rate"]
            optimizer.zero_grad()
            value = loss(step)
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), settings["clip"])
            optimizer.step()
            say(value.item())
    examine(after)
    say("done")


try:
    main()
except Exception as failure:
    say(repr(failure))
