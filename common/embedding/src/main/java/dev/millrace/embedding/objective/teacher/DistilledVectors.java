package dev.millrace.embedding.objective.teacher;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.loss.TextLoss;

/**
 * Distillation by vectors (Hinton et al. 2015, on embeddings): one minus the cosine of a text's vector with the teacher's. Both
 * must have the same number of dimensions.
 */
public record DistilledVectors() implements TextLoss {
    @Override
    public String name() {
        return "distill-vectors";
    }

    @Override
    public NDArray losses(NDArray vectors, NDArray teacher) {
        if (!vectors.getShape().equals(teacher.getShape())) {
            throw new IllegalArgumentException("distill-vectors wants a teacher with vectors of "
                    + vectors.getShape().get(1) + " numbers, not "
                    + teacher.getShape().get(1)
                    + "; distill-rows takes any");
        }
        return vectors.mul(teacher).sum(new int[] {1}).neg().add(1);
    }
}
