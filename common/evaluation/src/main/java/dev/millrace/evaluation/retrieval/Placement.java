package dev.millrace.evaluation.retrieval;

/**
 * Where a question's answers came.
 *
 * @param rank place of the first right answer among all documents, from 1
 * @param ndcg nDCG@10, 0 .. 1
 * @param surprise InfoNCE of the most similar right answer against the wrong ones among the ten most similar documents,
 *     at a temperature of .05: at least 0, and small where it lies far above them. Moves where a rank does not yet
 */
public record Placement(int rank, double ndcg, double surprise) {}
