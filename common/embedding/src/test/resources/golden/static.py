"""Golden numbers of StaticEmbedding: vectors of whole folders, the gradient of one InfoNCE batch, and three AdamW steps.

Usage: python -P static.py > static.json     (sentence-transformers 5.1.2, model2vec 0.10.0, fp32, one thread)

Three folders with weights that are a formula (families.py), each with another kind of tokenizer that is learned from a few lines:
as sentence-transformers has them in a folder of their own, as it has them in the model's own folder, with Dense modules, prompts and a
tokenizer that cuts, and as model2vec writes them. All are read by sentence-transformers; the last by model2vec, too, which must give the
same where all words are known. Tokenizers put special tokens around texts, pad and lower the case of texts against a
tokenizer_config.json: none of that is to be followed.
"""
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, StaticEmbedding
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from torch import nn

TEMPERATURE, RATE, DECAY, CLIP, STEPS, CUT = 0.3, 1e-3, 0.01, 1.0, 3, 20
LINES = ["how do i reset my password", "the card has not arrived yet", "what is the exchange rate of a euro", "wann kommt die neue Karte an"]
TEXTS = ["How do I reset my password?", "a", "the card has not arrived yet", "unseen wörds xyzzy", "reset my card " * 20]
KNOWN = [2]
BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAIRS = [(5, 9), (17, 18), (1, 12)]

torch.set_num_threads(1)


def framed(tokenizer):
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]", length=40)
    return tokenizer


def wordpiece():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(LINES, trainers.WordPieceTrainer(vocab_size=90, special_tokens=BERT, show_progress=False))
    return framed(tokenizer)


def bpe():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(LINES, trainers.BpeTrainer(vocab_size=300, special_tokens=BERT, show_progress=False,
                                                             initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.enable_truncation(max_length=CUT)
    return framed(tokenizer)


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(LINES, trainers.UnigramTrainer(vocab_size=90, special_tokens=BERT, unk_token="[UNK]", show_progress=False))
    return framed(tokenizer)


def formula(k, *shape):
    """Parameter k (in order of names), value i: sin(1 + k + 0.7 i + 0.01 i²) / 5."""
    i = torch.arange(int(np.prod(shape)), dtype=torch.float64)
    return (torch.sin(1 + k + 0.7 * i + 0.01 * i * i) / 5).float().view(*shape)


def nested(folder):
    tokenizer = wordpiece()
    static = StaticEmbedding(tokenizer, embedding_weights=formula(0, tokenizer.get_vocab_size(), 16))
    SentenceTransformer(modules=[static, Normalize()], device="cpu").save(folder)
    inner = Path(folder) / "0_StaticEmbedding"
    inner.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        shutil.move(Path(folder) / name, inner / name)
    modules = json.loads((Path(folder) / "modules.json").read_text())
    modules[0]["path"] = inner.name
    (Path(folder) / "modules.json").write_text(json.dumps(modules))
    (Path(folder) / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "BertTokenizer", "do_lower_case": False, "model_max_length": 4}))


def rooted(folder):
    tokenizer = bpe()
    chain = [StaticEmbedding(tokenizer, embedding_weights=formula(0, tokenizer.get_vocab_size(), 12))]
    for ins, outs, activation in ((12, 8, nn.Tanh()), (8, 10, nn.Identity())):
        dense = Dense(ins, outs, True, activation)
        with torch.no_grad():
            for k, (_, parameter) in enumerate(sorted(dense.named_parameters())):
                parameter.copy_(formula(k, *parameter.shape))
        chain.append(dense)
    SentenceTransformer(modules=chain + [Normalize()], prompts={"query": "query: ", "document": "passage: "}, device="cpu").save(folder)


def model2vec(folder):
    tokenizer = unigram()
    table = formula(0, tokenizer.get_vocab_size(), 16).numpy()
    StaticModel(table, tokenizer, config={"model_type": "model2vec", "hidden_dim": 16}, normalize=True).save_pretrained(folder)
    ours, theirs = SentenceTransformer(folder, device="cpu"), StaticModel.from_pretrained(folder)
    for i in KNOWN:
        np.testing.assert_allclose(ours.encode(TEXTS[i]), theirs.encode(TEXTS[i]), atol=1e-6)


def text(number, length, words):
    return [5 + (number * 31 + i * i * 7 + i * 3) % (words - 5) for i in range(length)]


def embed(encoder, texts):
    features = {"input_ids": torch.tensor([t for ids in texts for t in ids]),
                "offsets": torch.tensor(np.cumsum([0] + [len(ids) for ids in texts[:-1]]))}
    return encoder(features)["sentence_embedding"]


def trained(encoder, name):
    for module in list(encoder)[1:]:
        module.requires_grad_(False)
    table = encoder[0].embedding.weight
    anchors, positives = ([text(n + side, pair[side // 100 - 1], len(table)) for n, pair in enumerate(PAIRS)] for side in (100, 200))
    optimizer = torch.optim.AdamW([table], lr=RATE, weight_decay=DECAY)
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = F.cross_entropy(embed(encoder, anchors) @ embed(encoder, positives).t() / TEMPERATURE, torch.arange(len(PAIRS)))
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            row = table.grad.flatten()
            place = int(row.abs().argmax())
            gradient = {"shape": list(table.shape), "norm": round(float(row.norm()), 9), "place": place, "value": round(float(row[place]), 9)}
        torch.nn.utils.clip_grad_norm_([table], CLIP)
        optimizer.step()
    gradient["learned"] = round(float(table.flatten()[place]), 9)
    return {"anchors": anchors, "positives": positives, "losses": losses, "gradients": {name: gradient}}


def vectors(encode):
    return [[round(float(x), 8) for x in encode(t)] for t in TEXTS]


golden = {"temperature": TEMPERATURE, "rate": RATE, "decay": DECAY, "clip": CLIP, "texts": TEXTS, "models": {}}
for make, place, name in ((nested, "0_StaticEmbedding", "embedding.weight"), (rooted, "", "embedding.weight"), (model2vec, "", "embeddings")):
    with tempfile.TemporaryDirectory() as folder:
        make(folder)
        again = SentenceTransformer(folder, device="cpu")
        files = {str(path.relative_to(folder)): json.loads(path.read_text()) for path in sorted(Path(folder).rglob("*.json"))}
        golden["models"][make.__name__] = {
            "files": files, "place": place,
            "dense": {f"{i}_Dense": {n: list(p.shape) for n, p in sorted(module.named_parameters())}
                      for i, module in enumerate(again) if isinstance(module, Dense)},
            "unsaid": vectors(again.encode), "query": vectors(again.encode_query), "document": vectors(again.encode_document),
            } | trained(again, name)
print(json.dumps(golden, ensure_ascii=False, separators=(",", ":")).replace('},"', '},\n"').replace('],[', '],\n['))
