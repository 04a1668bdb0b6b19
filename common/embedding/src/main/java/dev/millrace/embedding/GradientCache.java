package dev.millrace.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a loss over the whole batch in the memory of one micro-batch (Gao et al. 2021, "Scaling Deep
 * Contrastive Learning Batch Size under Memory Limited Setup", GradCache): encode without a graph, differentiate the loss
 * by the vectors, then encode each micro-batch again with a graph, the same dropout replayed, and push its share of that
 * gradient through. The last micro-batch keeps its graph from the first pass, so that a batch that fits in one costs
 * nothing extra.
 */
final class GradientCache {
    private final Graph graph;
    private final NDList weights;
    private final EncoderOptions options;
    private final LoadedObjective objective;

    /**
     * For one step.
     *
     * @param weights leaves of this step, which receive the gradient
     */
    GradientCache(Graph graph, NDList weights, EncoderOptions options, LoadedObjective objective) {
        this.graph = graph;
        this.weights = weights;
        this.options = options;
        this.objective = objective;
    }

    /** Leaves the gradient in the weights and returns the loss. */
    double backward(PtNDManager scope, ContrastiveBatch batch, long seed) {
        MicroBatches micro = MicroBatches.of(batch.texts(), options.tokenBudget());
        int last = micro.bounds().size() - 1;
        List<PtNDArray> vectors = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            vectors.add(encode(scope, batch, micro, new Part(i, seed, i == last)));
        }
        double[] loss = new double[1];
        NDArray gradient = objectiveGradient(scope, batch, micro, vectors, loss);
        push(vectors.get(last), gradient, micro.bounds().get(last));
        for (int i = 0; i < last; i++) {
            try (PtNDManager part = TorchModule.scope(scope)) {
                push(
                        encode(part, batch, micro, new Part(i, seed, true)),
                        gradient,
                        micro.bounds().get(i));
            }
        }
        return loss[0];
    }

    private record Part(int index, long seed, boolean gradient) {}

    private PtNDArray encode(PtNDManager scope, ContrastiveBatch batch, MicroBatches micro, Part part) {
        PackedBatch packed = PackedBatch.of(
                micro.texts(batch.texts(), micro.bounds().get(part.index())),
                graph.model().config(),
                options.onCpu());
        long seed = DropoutBytes.mix(part.seed() + part.index());
        return graph.train(
                scope, packed, weights, new TrainingPass(options.precision(), route(), true, seed, part.gradient()));
    }

    private NDArray objectiveGradient(
            PtNDManager scope, ContrastiveBatch batch, MicroBatches micro, List<PtNDArray> vectors, double[] loss) {
        JniUtils.setGradMode(false);
        NDArray all = NDArrays.concat(new NDList(vectors.toArray(new NDArray[0])), 0);
        all.attach(scope);
        NDArray leaf = all.duplicate();
        leaf.attach(scope);
        leaf.setRequiresGradient(true);
        NDList arguments = new NDList(leaf);
        arguments.addAll(roles(scope, batch, micro.places()));
        PtNDArray value = objective.module().call("loss", true, scope, arguments);
        loss[0] = value.getFloat();
        if (!Double.isFinite(loss[0])) {
            throw new NonFiniteStepException("the loss is " + loss[0]);
        }
        JniUtils.backward(value, (PtNDArray) scope.ones(new Shape()), false, false);
        NDArray gradient = leaf.getGradient();
        gradient.attach(scope);
        return gradient;
    }

    private NDList roles(PtNDManager scope, ContrastiveBatch batch, long[] places) {
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

    private static void push(PtNDArray vectors, NDArray gradient, int[] bound) {
        try (NDArray rows = gradient.get(bound[0] + ":" + bound[1])) {
            JniUtils.backward(vectors, (PtNDArray) rows, false, false);
        }
    }

    private long route() {
        boolean convolution = options.onCpu()
                && options.precision() == Precision.FP32
                && Calibration.ofCpu().convolution();
        return convolution ? Graph.ROUTE_CONVOLUTION : Graph.ROUTE_LINEAR;
    }
}
