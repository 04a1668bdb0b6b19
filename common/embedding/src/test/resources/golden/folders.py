"""Golden vectors of whole folders as sentence-transformers 5.1.2 writes and reads them: tokenizer, prompts, pooling, Dense modules.

Usage: python -P folders.py > folders.json     (fp32, dropout off, one thread)

Tiny models with weights that are a formula (families.py), each with another kind of tokenizer that is learned from a few lines, pads on
the left and cuts at another length than the model: all of that is to be overruled. Texts are encoded one by one, since left padding moves
BERT's positions. Loss and gradients are of one InfoNCE batch of token ids, through Dense modules that stay as they are.
"""
import json
import tempfile
from pathlib import Path

import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, Pooling, Transformer
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from torch import nn
from transformers import AutoConfig, AutoModel, PreTrainedTokenizerFast

HIDDEN, MAX_TOKENS, TEMPERATURE = 16, 30, 0.3
LINES = ["how do i reset my password", "the card has not arrived yet", "what is the exchange rate of a euro", "wann kommt die neue Karte an"]
TEXTS = ["How do I reset my password?", "a", "the card <order> has not arrived", "unseen wörds xyzzy", "reset my card " * 20, ""]
ROBERTA = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAIRS = [(5, 9), (17, 18), (1, 12)]

torch.set_num_threads(1)


def wordpiece():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(LINES, trainers.WordPieceTrainer(vocab_size=90, special_tokens=BERT, show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer, dict(zip(["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"], BERT))


def bpe():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(LINES, trainers.BpeTrainer(vocab_size=300, special_tokens=ROBERTA, show_progress=False,
                                                             initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer, dict(zip(["cls_token", "pad_token", "sep_token", "unk_token", "mask_token"], ROBERTA))


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(LINES, trainers.UnigramTrainer(vocab_size=90, special_tokens=ROBERTA, unk_token="<unk>", show_progress=False))
    # As causal models' have it: the last token closes the text, and nothing begins it.
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 2)])
    return tokenizer, dict(zip(["cls_token", "pad_token", "sep_token", "unk_token", "mask_token"], ROBERTA))


# Model type, tokenizer, pooling, Dense modules (out, activation, bias), prompts, default prompt.
FOLDERS = {
    "wordpiece": ("bert", wordpiece, "mean", [(24, nn.Tanh(), True)], {"query": "query: ", "document": "passage: "}, None),
    "bpe": ("roberta", bpe, "cls", [(8, nn.ReLU(), True), (12, nn.GELU(), False), (10, nn.Sigmoid(), True)],
            {"query": "ask ", "sts": "compare: "}, "sts"),
    "unigram": ("xlm-roberta", unigram, "lasttoken", [(32, nn.Identity(), False), (8, nn.Identity(), False)],
                {"query": "Instruct: find it\nQuery:"}, None)}


def fill(module):
    """Parameter k (in order of names), value i: sin(1 + k + 0.7 i + 0.01 i²) / 5, and 1 more where LayerNorm scales."""
    with torch.no_grad():
        for k, (name, parameter) in enumerate(sorted(module.named_parameters())):
            i = torch.arange(parameter.numel(), dtype=torch.float64)
            values = torch.sin(1 + k + 0.7 * i + 0.01 * i * i) / 5
            parameter.copy_((values + 1 if name.endswith("LayerNorm.weight") else values).view_as(parameter))
    return module


def shapes(module):
    return {name: list(parameter.shape) for name, parameter in sorted(module.named_parameters())}


def built(folder, kind, make, pooling, dense, prompts, default):
    tokenizer, special = make()
    tokenizer.add_tokens([AddedToken("<order>", normalized=False)])
    tokenizer.enable_padding(direction="left", length=MAX_TOKENS + 8, pad_id=0, pad_token=special["pad_token"])
    tokenizer.enable_truncation(max_length=MAX_TOKENS + 8)
    config = {"model_type": kind, "vocab_size": tokenizer.get_vocab_size(), "hidden_size": HIDDEN, "num_hidden_layers": 2,
              "num_attention_heads": 2, "intermediate_size": 32, "max_position_embeddings": 48, "type_vocab_size": 2 if kind == "bert" else 1,
              "layer_norm_eps": 1e-12, "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0,
              "pad_token_id": 0 if kind == "bert" else 1}
    model = AutoModel.from_config(AutoConfig.for_model(**config), attn_implementation="eager", add_pooling_layer=False)
    fill(model).eval().save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, padding_side="left", **special).save_pretrained(folder)
    chain, width = [Transformer(str(folder), max_seq_length=MAX_TOKENS), Pooling(HIDDEN, pooling)], HIDDEN
    for out, activation, bias in dense:
        chain.append(fill(Dense(width, out, bias, activation)))
        width = out
    return SentenceTransformer(modules=chain + [Normalize()], prompts=prompts, default_prompt_name=default, device="cpu"), config


def text(number, length, words):
    return [5 + (number * 31 + i * i * 7 + i * 3) % (words - 5) for i in range(length)]


def embed(encoder, texts):
    width = max(map(len, texts))
    features = {"input_ids": torch.tensor([t + [1] * (width - len(t)) for t in texts]),
                "attention_mask": torch.tensor([[1] * len(t) + [0] * (width - len(t)) for t in texts])}
    return encoder(features)["sentence_embedding"]


def trained(encoder, words):
    for module in list(encoder)[1:]:
        module.requires_grad_(False)
    anchors, positives = ([text(n + side, pair[side // 100 - 1], words) for n, pair in enumerate(PAIRS)] for side in (100, 200))
    scores = embed(encoder, anchors) @ embed(encoder, positives).t() / TEMPERATURE
    loss = F.cross_entropy(scores, torch.arange(len(PAIRS)))
    loss.backward()
    gradients = {}
    for name, parameter in sorted(encoder[0].auto_model.named_parameters()):
        if name.startswith("pooler."):
            continue
        row = parameter.grad.flatten()
        place = int(row.abs().argmax())
        gradients[name] = {"shape": list(parameter.shape), "norm": round(float(row.norm()), 9), "place": place,
                           "value": round(float(row[place]), 9)}
    return {"anchors": anchors, "positives": positives, "loss": loss.item(), "gradients": gradients}


def vectors(encode):
    return [[round(float(x), 8) for x in encode(t)] for t in TEXTS]


golden = {"temperature": TEMPERATURE, "texts": TEXTS, "models": {}}
for name, recipe in FOLDERS.items():
    with tempfile.TemporaryDirectory() as base, tempfile.TemporaryDirectory() as saved:
        encoder, config = built(Path(base), *recipe)
        encoder.eval().save(saved)
        again = SentenceTransformer(saved, device="cpu").eval()
        files = {str(path.relative_to(saved)): json.loads(path.read_text()) for path in sorted(Path(saved).rglob("*.json"))
                 if path.name != "special_tokens_map.json"}
        golden["models"][name] = {
            "config": config, "files": {k: v for k, v in files.items() if k != "config.json"},
            "dense": {f"{i}_Dense": shapes(module) for i, module in enumerate(again) if isinstance(module, Dense)},
            "unsaid": vectors(again.encode), "query": vectors(again.encode_query), "document": vectors(again.encode_document),
            "named": {prompt: vectors(lambda t, p=prompt: again.encode(t, prompt_name=p)) for prompt in recipe[4]},
            } | trained(again, config["vocab_size"])
print(json.dumps(golden, ensure_ascii=False, separators=(",", ":")).replace('},"', '},\n"').replace('],[', '],\n['))
