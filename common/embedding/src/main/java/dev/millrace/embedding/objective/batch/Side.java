package dev.millrace.embedding.objective.batch;

/** Whose rows a loss is the mean of, and what they are compared with. */
public enum Side {
    /** Anchors, compared with all positives and hard negatives. */
    ANCHORS,
    /** Positives, compared with all anchors: the other direction. */
    POSITIVES,
    /** Anchors and positives, compared with all texts of the batch but themselves. */
    ALL
}
