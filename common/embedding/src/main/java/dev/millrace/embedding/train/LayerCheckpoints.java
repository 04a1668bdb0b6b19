package dev.millrace.embedding.train;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.torch.TorchModule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Activation checkpointing (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"): of a micro-batch only what
 * enters each layer is kept, [T, d] values; on the way back each layer is computed once more, with the same dropout. A third
 * more arithmetic, and the activations of one layer in memory instead of all.
 */
final class LayerCheckpoints implements ForwardPass {
    private final TrainingStages stages;
    private final PtNDManager scope;
    private final List<PtNDArray> entering = new ArrayList<>();
    private final boolean pooled;
    private final PtNDArray output;

    /** To texts' vectors where {@code pooled}, else to tokens' states. */
    LayerCheckpoints(TrainingStages stages, PtNDManager scope, boolean pooled) {
        this.stages = stages;
        this.scope = scope;
        this.pooled = pooled;
        entering.add(stages.begin(scope, false));
        for (int layer = 0; layer < stages.layers(); layer++) {
            entering.add(stages.layer(scope, layer, entering.get(layer), false));
        }
        PtNDArray top = entering.get(stages.layers());
        output = pooled ? stages.finish(scope, top, false) : top;
    }

    @Override
    public PtNDArray output() {
        return output;
    }

    @Override
    public void backward(NDArray gradient) {
        NDArray flow = pooled
                ? through(entering.get(stages.layers()), gradient, (part, top) -> stages.finish(part, top, true))
                : gradient;
        for (int layer = stages.layers() - 1; layer >= 0 && stages.layerLearns(layer); layer--) {
            int current = layer;
            flow = through(entering.get(layer), flow, (part, input) -> stages.layer(part, current, input, true));
        }
        if (stages.embeddingsLearn()) {
            try (PtNDManager part = TorchModule.scope(scope)) {
                JniUtils.backward(stages.begin(part, true), (PtNDArray) flow, false, false);
            }
        }
    }

    /** The gradient of a stage's input from that of its output; neither input nor output gradient is needed any more. */
    private NDArray through(PtNDArray input, NDArray gradient, BiFunction<PtNDManager, PtNDArray, PtNDArray> stage) {
        // A copy, since libtorch does not differentiate what was computed in inference mode.
        try (PtNDManager part = TorchModule.scope(scope);
                PtNDArray leaf = (PtNDArray) input.duplicate();
                input;
                gradient) {
            leaf.setRequiresGradient(true);
            JniUtils.backward(stage.apply(part, leaf), (PtNDArray) gradient, false, false);
            NDArray flow = leaf.getGradient();
            flow.attach(scope);
            return flow;
        }
    }
}
