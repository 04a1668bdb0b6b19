package dev.millrace.embedding.objective.graded;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.GradedLoss;
import dev.millrace.embedding.objective.seen.GradedPairs;

/**
 * CoSENT (Su 2022): pairs should be in the order of their labels by cosine.
 *
 * @param scale what cosines are multiplied by, (0, 40]
 */
public record CoSent(double scale) implements GradedLoss {
    @Override
    public String name() {
        return "cosent";
    }

    @Override
    public NDArray loss(GradedPairs pairs) {
        return OrderedPairs.loss(pairs, pairs.cosines(), scale);
    }
}
