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
import dev.millrace.embedding.torch.TorchModule;
import java.util.List;

/**
 * The gradient of a loss over the whole batch in the memory of one micro-batch a device (Gao et al. 2021, "Scaling Deep
 * Contrastive Learning Batch Size under Memory Limited Setup", GradCache): encode without a graph, differentiate the loss
 * by the vectors, then encode each micro-batch again with a graph, the same dropout replayed, and push its share of that
 * gradient through. Where several devices share the batch, the loss sees the vectors of all, and its gradient goes back to
 * all (SimCSE's all_gather with full gradients).
 */
final class GradientCache {
    /** Some 300 MB of scores and what becomes of them. */
    private static final int CELLS = 1 << 24;

    private final DeviceShares shares;
    private final LoadedObjective objective;
    private final int cells;

    /** For one step. */
    GradientCache(DeviceShares shares, LoadedObjective objective) {
        this(shares, objective, CELLS);
    }

    /** The loss is asked for as many anchors at once as have so many candidates together. */
    GradientCache(DeviceShares shares, LoadedObjective objective, int cells) {
        this.cells = cells;
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

    /** Its gradient goes to the vectors, block by block of anchors: candidates of all at once may be more than there is memory for. */
    private double objective(PtNDManager scope, ContrastiveBatch batch, MicroBatches micro, PtNDArray vectors) {
        int anchors = batch.anchors().size();
        int rows = Math.max(1, cells / batch.texts().size());
        double heaviest = heaviest(batch.anchors());
        double all = weights(batch.anchors(), heaviest);
        double loss = 0;
        for (int from = 0; from < anchors; from += rows) {
            List<ContrastiveBatch.Anchor> block = batch.anchors().subList(from, Math.min(anchors, from + rows));
            double share = weights(block, heaviest) / all;
            try (PtNDManager part = TorchModule.scope(scope)) {
                NDList arguments = new NDList(vectors);
                arguments.addAll(roles(part, block, micro.places()));
                PtNDArray value = objective.module().call("loss", true, part, arguments);
                loss += share * value.getFloat();
                if (!Double.isFinite(loss)) {
                    throw new NonFiniteStepException("the loss is " + loss);
                }
                PtNDArray flow = (PtNDArray) part.create((float) share);
                JniUtils.backward(value, flow, false, false);
            }
        }
        return loss;
    }

    /** Their sum in shares of the heaviest, which is finite whatever they are. */
    private static double weights(List<ContrastiveBatch.Anchor> anchors, double heaviest) {
        return anchors.stream()
                .mapToDouble(anchor -> anchor.weight() / heaviest)
                .sum();
    }

    NDList roles(PtNDManager scope, List<ContrastiveBatch.Anchor> block, long[] places) {
        int n = block.size();
        int u = places.length;
        long[] anchors = new long[n];
        long[] positives = new long[n];
        boolean[] candidates = new boolean[Math.multiplyExact(n, u)];
        float[] weight = new float[n];
        double most = heaviest(block);
        for (int i = 0; i < n; i++) {
            ContrastiveBatch.Anchor anchor = block.get(i);
            anchors[i] = places[anchor.text()];
            positives[i] = places[anchor.positive()];
            weight[i] = (float) (anchor.weight() / most);
            int row = i * u;
            anchor.candidates().stream().forEach(text -> candidates[row + (int) places[text]] = true);
            if (!candidates[row + (int) positives[i]]) {
                throw new IllegalArgumentException("a positive is not among its anchor's candidates");
            }
        }
        return new NDList(
                scope.create(anchors),
                scope.create(positives),
                scope.create(candidates, new Shape(n, u)),
                scope.create(weight),
                scope.create(objective.settings()));
    }

    /** In fp32 a weight below 1e-45 is nothing, and 0 / 0 no number: so they are taken in shares of this one. */
    private static double heaviest(List<ContrastiveBatch.Anchor> anchors) {
        return anchors.stream()
                .mapToDouble(ContrastiveBatch.Anchor::weight)
                .max()
                .orElseThrow();
    }
}
