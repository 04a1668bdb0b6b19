package dev.millrace.embedding.model;

/** How token vectors become one text vector. */
public enum Pooling {
    /** The mean over all tokens (Reimers and Gurevych 2019, Sentence-BERT). */
    MEAN,
    /** The first token's vector, as BGE models are trained for. */
    CLS
}
