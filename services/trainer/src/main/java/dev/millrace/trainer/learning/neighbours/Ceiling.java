package dev.millrace.trainer.learning.neighbours;

import dev.millrace.evaluation.vectors.Tile;
import dev.millrace.trainer.learning.settings.LearningConfig;
import java.util.stream.IntStream;

/**
 * How near to an anchor a negative may lie, beside its positive: what is nearer is mostly a positive that nobody
 * labelled (de Souza P. Moreira et al. 2024, NV-Retriever). A negative lies below all three.
 *
 * @param share of the positive's cosine (TopK-PercPos); 1 less sentence-transformers' relative margin
 * @param margin below the positive's cosine (TopK-MarginPos); sentence-transformers' absolute margin
 * @param maxScore whatever the positive's cosine (TopK-Abs)
 */
public record Ceiling(double share, double margin, double maxScore) {
    public static Ceiling of(LearningConfig config) {
        return new Ceiling(config.miningCeiling(), config.miningMargin(), config.miningMaxScore());
    }

    /**
     * Of a positive at this cosine. The share is of its distance from 0, on whichever side of it: never above the
     * positive.
     */
    double beside(double positive) {
        double relative = positive - (1 - share) * Math.abs(positive);
        return Math.min(maxScore, Math.min(relative, positive - margin));
    }

    /** Of each anchor beside its positive; unit vectors, in the same order. */
    double[] besideEach(float[][] anchors, float[][] positives) {
        return IntStream.range(0, anchors.length)
                .mapToDouble(i -> beside(Tile.product(anchors[i], positives[i])))
                .toArray();
    }
}
