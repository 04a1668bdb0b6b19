"""Tokenizers of the kinds that RoBERTa (byte-level BPE) and XLM-RoBERTa (Unigram) have, learned from a few lines, and the ids they give.

Usage: python tokenizers.py FOLDER     writes bpe-tokenizer.json, unigram-tokenizer.json, tokenizers.json
"""
import json
import sys
from pathlib import Path

# This script's name is the library's.
sys.path.pop(0)
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers  # noqa: E402

LINES = ["How do I reset my password?", "The card has not arrived yet.", "What is the exchange rate of a euro?",
         "My phone was stolen, so how do I get into the app?", "Wann kommt die neue Karte an?", "今天天气怎么样？"]
TEXTS = LINES + ["", "a", "  Überraschung: naïve café\t3.14 % “quotes” 🙂 ", "unseen wörds xyzzy", "<mask> is a token", "reset my card " * 20]
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
MAX_TOKENS = 26


def bpe():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=340, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(LINES, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=120, special_tokens=SPECIAL, unk_token="<unk>")
    tokenizer.train_from_iterator(LINES, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer


folder = Path(sys.argv[1])
golden = {"maxTokens": MAX_TOKENS, "texts": TEXTS}
for name, tokenizer in (("bpe", bpe()), ("unigram", unigram())):
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
    # Written into many published files, and to be overruled.
    tokenizer.enable_padding(length=MAX_TOKENS + 8, pad_id=1, pad_token="<pad>")
    tokenizer.enable_truncation(max_length=MAX_TOKENS + 8)
    tokenizer.save(str(folder / f"{name}-tokenizer.json"), pretty=False)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    # As sentence-transformers does: white space around a text is no part of it.
    golden[name] = [tokenizer.encode(text.strip()).ids for text in TEXTS]
    golden[name + "Truncated"] = [len(tokenizer.encode(text.strip()).overflowing) > 0 for text in TEXTS]
(folder / "tokenizers.json").write_text(json.dumps(golden, ensure_ascii=False))
