"""How the golden files beside this script were made: sentence-transformers on PyTorch, fp32, CPU.

usage: golden.py MODEL_FOLDER OUTPUT.json    (model folders: written by OnnxImport)
"""
import json
import sys

import sentence_transformers
import torch
from sentence_transformers import SentenceTransformer

TEXTS = [
    "How do I reset my password?",
    "a",
    "The quick brown fox jumps over the lazy dog.",
    "any of various long-tailed primates (excluding the prosimians); " * 4,
    "Überraschung: naïve café, 3.14 % — “quotes” & emoji 🙂",
    "今天天气怎么样？",
    "如何重置我的银行卡密码",
    "机器学习模型每天都在变化，检索系统也要跟上。",
    "word " * 600,
]

model = SentenceTransformer(sys.argv[1], device="cpu")
vectors = model.encode(TEXTS, normalize_embeddings=True)
json.dump(
    {
        "madeBy": f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}",
        "texts": TEXTS,
        "vectors": [[round(float(x), 8) for x in v] for v in vectors],
    },
    open(sys.argv[2], "w"),
    ensure_ascii=False,
)
