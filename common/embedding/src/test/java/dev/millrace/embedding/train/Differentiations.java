package dev.millrace.embedding.train;

import dev.millrace.embedding.train.gradient.Differentiation;
import dev.millrace.embedding.train.gradient.Replicas;

/** What options have a step differentiate. */
final class Differentiations {
    private Differentiations() {}

    static Differentiation of(Replicas replicas, TrainingOptions training) {
        int frozen = replicas.first().graph().model().config().frozen(training.frozenDepth());
        return new Differentiation(place -> place >= frozen, training.checkpointing());
    }
}
