package dev.millrace.embedding.objective.batch;

/**
 * What the momentum encoder, a slowly moving average of the one that learns, sees (MoCo, He et al. 2020).
 *
 * @param keys [u, d] unit vectors of the batch's texts
 * @param queue texts of earlier batches
 */
public record Momentum(float[][] keys, KeyQueue queue) {}
