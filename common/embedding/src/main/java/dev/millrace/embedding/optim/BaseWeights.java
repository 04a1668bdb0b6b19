package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;

/** The weights that learning is held to by {@link Anchoring}. */
final class BaseWeights implements AutoCloseable {
    private final AnchorModule module;
    private final NDList weights;
    private final NDList base = new NDList();
    private final Anchoring anchoring;

    /** Begins as the weights are. */
    BaseWeights(PtNDManager manager, NDList weights, Anchoring anchoring) {
        this.weights = weights;
        this.anchoring = anchoring;
        module = new AnchorModule(manager);
        weights.forEach(weight -> base.add(weight.duplicate()));
    }

    NDList arrays() {
        return base;
    }

    /** Takes the weights towards the base, as a step with this learning rate does. */
    void pull(PtNDManager scope, double learningRate) {
        if (anchoring.decay() > 0) {
            module.pull(scope, weights, base, Math.min(1, learningRate * anchoring.decay()));
        }
    }

    /** These weights with the base in them; in {@code scope}, unless they are published as they are. */
    NDList merged(PtNDManager scope, NDList averaged) {
        if (anchoring.share() == 0) {
            return averaged;
        }
        NDList merged = new NDList();
        for (NDArray weight : averaged) {
            NDArray copy = weight.duplicate();
            copy.attach(scope);
            merged.add(copy);
        }
        module.pull(scope, merged, base, anchoring.share());
        return merged;
    }

    /** Whether what is published is other than the averaged weights. */
    boolean merges() {
        return anchoring.share() > 0;
    }

    @Override
    public void close() {
        module.close();
    }
}
