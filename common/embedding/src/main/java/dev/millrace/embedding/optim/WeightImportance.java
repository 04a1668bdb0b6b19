package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.optim.rule.Gradients;
import dev.millrace.embedding.torch.TorchModule;

/**
 * Elastic weight consolidation (Kirkpatrick et al. 2017): how much what is known rests on each weight, and where the weight
 * was then. The importance is the diagonal of the Fisher information, estimated as the mean square of the gradients of
 * batches, and divided by its mean over all weights, so that a strength means the same whatever the loss and the model.
 */
public final class WeightImportance implements AutoCloseable {
    /** Scaled by less, sums of squares would be no numbers that count. */
    private static final double LEAST_MEAN = 1e-30;

    private final PtNDManager manager;
    private final AnchorModule module;
    private final NDList weights;
    private final NDList anchors = new NDList();
    private final NDList importance = new NDList();

    /** Of no weight yet; all are held to where they are now. */
    WeightImportance(PtNDManager parent, NDList weights) {
        this.weights = weights;
        manager = TorchModule.scope(parent);
        module = new AnchorModule(manager);
        for (NDArray weight : weights) {
            NDArray anchor = weight.duplicate();
            anchor.attach(manager);
            anchors.add(anchor);
            importance.add(manager.zeros(weight.getShape(), weight.getDataType()));
        }
    }

    /** With the gradients of a batch of what is to be kept; those of an objective's own parameters come last and are left. */
    public void add(PtNDManager scope, Gradients gradients) {
        NDList own = gradients.arrays().subNDList(0, weights.size());
        module.addSquares(scope, importance, new Gradients(own, gradients.rows()));
    }

    /**
     * Makes its mean over all weights 1; all stay 0 where no batch had a gradient.
     *
     * @throws NonFiniteStepException when a gradient was not finite
     */
    public void normalize() {
        try (PtNDManager scope = TorchModule.scope(manager)) {
            double mean = module.mean(scope, importance);
            if (!Double.isFinite(mean)) {
                throw new NonFiniteStepException("the mean square of the gradients is " + mean);
            }
            module.scale(scope, importance, mean < LEAST_MEAN ? 0 : 1 / mean);
        }
    }

    /** Takes every weight {@code share}, times its importance, of the way back, at most all of it. */
    void hold(PtNDManager scope, double share) {
        module.hold(scope, weights, anchors, importance, share);
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
