"""One peer of the benchmark: loads once, then answers each line of JSON (a work) with its figure.

Arguments: who, precision (fp32 or bf16), model folder, ONNX file, threads.
"""
import contextlib
import json
import os
import statistics
import sys
import time

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ["OMP_NUM_THREADS"] = sys.argv[5]

STEPS = 3
SCALE = 20.0
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # libraries print to stdout


def say(line):
    answers.write(str(line).replace("\n", " ") + "\n")
    answers.flush()


def encoding(work, encode):
    texts = work["texts"]
    if work["kind"] == "ENCODE":
        start = time.perf_counter()
        encode(texts)
        return len(texts) / (time.perf_counter() - start)
    times = []
    for text in texts:
        start = time.perf_counter()
        encode([text])
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def sentence_transformers(precision, model, threads):
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    encoder = SentenceTransformer(model, device="cpu")

    def autocast():
        return torch.autocast("cpu", dtype=torch.bfloat16) if precision == "bf16" else contextlib.nullcontext()

    def encode(texts):
        with autocast():
            encoder.encode(texts, batch_size=64, show_progress_bar=False, normalize_embeddings=True)

    def train(work):
        from datasets import Dataset
        from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
        from sentence_transformers.losses import MultipleNegativesRankingLoss
        from transformers import TrainerCallback

        half = len(work["texts"]) // 2
        data = Dataset.from_dict(
            {"anchor": work["texts"][:half] * STEPS, "positive": work["texts"][half:] * STEPS})
        times = []

        class Clock(TrainerCallback):
            def on_step_begin(self, *a, **k):
                self.start = time.perf_counter()

            def on_step_end(self, *a, **k):
                times.append((time.perf_counter() - self.start) * 1e3)

        settings = SentenceTransformerTrainingArguments(
            output_dir="target/bench/sentence-transformers", per_device_train_batch_size=half, num_train_epochs=1,
            report_to=[], save_strategy="no", logging_steps=1000, use_cpu=True, disable_tqdm=True, learning_rate=2e-5,
            weight_decay=0.01, bf16=precision == "bf16")
        trainer = SentenceTransformerTrainer(
            model=encoder, args=settings, train_dataset=data, callbacks=[Clock()],
            loss=MultipleNegativesRankingLoss(encoder, scale=SCALE))
        trainer.train()
        return statistics.median(times)

    return lambda work: train(work) if work["kind"] == "TRAIN" else encoding(work, encode)


def torch_loop(precision, model, threads, compiled):
    import torch
    import torch.nn.functional as F
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(threads)
    tokenizer = AutoTokenizer.from_pretrained(model)
    network = AutoModel.from_pretrained(model, add_pooling_layer=False).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-5, weight_decay=0.01, fused=True)
    forward = torch.compile(network, dynamic=False) if compiled else network

    def embed(batch):
        hidden = forward(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).float()
        return F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)

    def measure(work):
        if work["kind"] != "TRAIN":
            raise ValueError("it is measured in training only")
        half = len(work["texts"]) // 2
        sides = [tokenizer(side, padding=True, return_tensors="pt")
                 for side in (work["texts"][:half], work["texts"][half:])]
        sides = [{"input_ids": s["input_ids"], "attention_mask": s["attention_mask"]} for s in sides]
        bf16 = torch.autocast("cpu", dtype=torch.bfloat16) if precision == "bf16" else contextlib.nullcontext()
        start = time.perf_counter()
        with bf16:
            loss = F.cross_entropy(embed(sides[0]) @ embed(sides[1]).t() * SCALE, torch.arange(half))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        return (time.perf_counter() - start) * 1e3

    return measure


def onnxruntime(model, onnx, threads):
    import numpy as np
    import onnxruntime as ort
    from tokenizers import Tokenizer

    if not os.path.exists(onnx):
        raise FileNotFoundError("no ONNX model at " + onnx)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.enable_padding()
    names = [i.name for i in session.get_inputs()]

    def encode(texts):
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), 64):
            rows = tokenizer.encode_batch([texts[i] for i in order[start:start + 64]])
            ids = np.array([r.ids for r in rows], dtype=np.int64)
            mask = np.array([r.attention_mask for r in rows], dtype=np.int64)
            given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            hidden = session.run(None, {n: given[n] for n in names})[0]
            if hidden.ndim == 3:
                hidden = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            hidden / np.linalg.norm(hidden, axis=1, keepdims=True)

    return lambda work: encoding(work, encode)


def load(who, precision, model, onnx, threads):
    if who == "sentence-transformers":
        return sentence_transformers(precision, model, threads)
    if who == "onnxruntime":
        return onnxruntime(model, onnx, threads)
    return torch_loop(precision, model, threads, who == "torch-compiled")


def main():
    who, precision, model, onnx, threads = sys.argv[1:6]
    try:
        measure = load(who, precision, model, onnx, int(threads))
    except Exception as failure:
        say(repr(failure))
        return
    say("ready")
    for line in sys.stdin:
        try:
            say(measure(json.loads(line)))
        except Exception as failure:
            say(repr(failure))


main()
