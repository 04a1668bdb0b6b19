package dev.millrace.embedding.objective.margin;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.GradedLoss;
import dev.millrace.embedding.objective.seen.GradedPairs;
import dev.millrace.embedding.torch.Scalars;

/**
 * Contrastive loss (Hadsell et al. 2006) by cosine distance: {@code y d^2 + (1 - y) max(0, m - d)^2}.
 *
 * @param margin distance from which on a dissimilar pair is left alone, above 0
 */
public record Contrastive(double margin) implements GradedLoss {
    @Override
    public String name() {
        return "contrastive";
    }

    @Override
    public NDArray loss(GradedPairs pairs) {
        NDArray distances = pairs.cosines().neg().add(1);
        NDArray labels = pairs.labels();
        NDArray near = Scalars.atLeast(distances.neg().add(margin), 0).square();
        return pairs.mean(labels.mul(distances.square()).add(labels.neg().add(1).mul(near)));
    }
}
