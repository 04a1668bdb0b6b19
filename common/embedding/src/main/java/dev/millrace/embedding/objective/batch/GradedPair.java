package dev.millrace.embedding.objective.batch;

/**
 * Two texts whose similarity is known, as indexes of the batch's texts.
 *
 * @param label in [0, 1]: 1 for an anchor and its positive, 0 for a hard negative of its own, or as labeled
 * @param weight share in the loss, above 0
 */
public record GradedPair(int first, int second, double label, double weight) {}
