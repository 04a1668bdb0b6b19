package dev.millrace.embedding.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.objective.ContrastiveBatch;
import dev.millrace.embedding.objective.LoadedObjective;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.embedding.text.MicroBatches;

/**
 * The gradient of a loss over the whole batch in the memory of one micro-batch a device (Gao et al. 2021, "Scaling Deep
 * Contrastive Learning Batch Size under Memory Limited Setup", GradCache): encode without a graph, differentiate the loss
 * by the vectors, then encode each micro-batch again with a graph, the same dropout replayed, and push its share of that
 * gradient through. Where several devices share the batch, the loss sees the vectors of all, and its gradient goes back to
 * all (SimCSE's all_gather with full gradients).
 */
final class GradientCache {
    private final DeviceShares shares;
    private final LoadedObjective objective;

    /** For one step. */
    GradientCache(DeviceShares shares, LoadedObjective objective) {
        this.shares = shares;
        this.objective = objective;
    }

    /** Leaves the gradient in the shares' leaves and returns the loss; a micro-batch holds at most {@code tokenBudget}. */
    double backward(ContrastiveBatch batch, long seed, int tokenBudget) {
        MicroBatches micro = MicroBatches.forTraining(batch.texts(), tokenBudget, shares.count());
        NDList vectors = new NDList(shares.encode(micro, batch.texts(), seed));
        PtNDManager scope = shares.scope();
        JniUtils.setGradMode(false);
        PtNDArray all = (PtNDArray) NDArrays.concat(vectors, 0);
        all.attach(scope);
        all.setRequiresGradient(true);
        double loss = objective(scope, batch, micro, all);
        NDArray gradient = all.getGradient();
        gradient.attach(scope);
        shares.push(gradient);
        return loss;
    }

    private double objective(PtNDManager scope, ContrastiveBatch batch, MicroBatches micro, PtNDArray vectors) {
        NDList arguments = new NDList(vectors);
        arguments.addAll(roles(scope, batch, micro.places()));
        PtNDArray value = objective.module().call("loss", true, scope, arguments);
        double loss = value.getFloat();
        if (!Double.isFinite(loss)) {
            throw new NonFiniteStepException("the loss is " + loss);
        }
        JniUtils.backward(value, (PtNDArray) scope.ones(new Shape()), false, false);
        return loss;
    }

    NDList roles(PtNDManager scope, ContrastiveBatch batch, long[] places) {
        int n = batch.anchors().size();
        int u = batch.texts().size();
        long[] anchors = new long[n];
        long[] positives = new long[n];
        boolean[] candidates = new boolean[n * u];
        float[] weight = new float[n];
        for (int i = 0; i < n; i++) {
            ContrastiveBatch.Anchor anchor = batch.anchors().get(i);
            anchors[i] = places[anchor.text()];
            positives[i] = places[anchor.positive()];
            weight[i] = (float) anchor.weight();
            int row = i * u;
            anchor.candidates().stream().forEach(text -> candidates[row + (int) places[text]] = true);
        }
        return new NDList(
                scope.create(anchors),
                scope.create(positives),
                scope.create(candidates, new Shape(n, u)),
                scope.create(weight),
                scope.create(objective.settings()));
    }
}
