package dev.millrace.evaluation.retrieval;

/**
 * Where a question's answers came.
 *
 * @param rank place of the first right answer among all documents, from 1
 * @param ndcg nDCG@10, 0 .. 1
 */
public record Placement(int rank, double ndcg) {}
