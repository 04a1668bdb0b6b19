package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.torch.Scalars;
import dev.millrace.embedding.torch.TorchModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final PtNDArray leaving;
    private final PtNDArray output;

    /** To texts' vectors where {@code pooled}, else to tokens' states. */
    LayerCheckpoints(TrainingStages stages, PtNDManager scope, boolean pooled) {
        this.stages = stages;
        this.scope = scope;
        this.pooled = pooled;
        PtNDArray x = stages.begin(scope, false);
        for (int layer = 0; layer < stages.layers(); layer++) {
            entering.add(x);
            x = stages.layer(scope, layer, x, false);
        }
        leaving = pooled ? averaged(x) : x;
        output = pooled ? stages.finish(scope, leaving, false) : leaving;
    }

    /** What leaves the top layer, or the mean of that and of what the lower one that counts, too, gave to the next. */
    private PtNDArray averaged(PtNDArray top) {
        if (stages.lower().isEmpty()) {
            return top;
        }
        try (top;
                NDArray both = entering.get(stages.lower().getAsInt()).add(top)) {
            return (PtNDArray) Scalars.over(both, 2);
        }
    }

    @Override
    public PtNDArray output() {
        return output;
    }

    @Override
    public void backward(NDArray gradient) {
        NDArray all =
                pooled ? through(leaving, gradient, (part, tokens) -> stages.finish(part, tokens, true)) : gradient;
        Optional<NDArray> half = pooled && stages.lower().isPresent() ? Optional.of(half(all)) : Optional.empty();
        NDArray flow = half.map(NDArray::duplicate).orElse(all);
        for (int layer = stages.layers() - 1; layer >= 0 && stages.layerLearns(layer); layer--) {
            int current = layer;
            flow = through(entering.get(layer), flow, (part, input) -> stages.layer(part, current, input, true));
            if (half.isPresent() && layer == stages.lower().orElseThrow()) {
                flow.addi(half.get());
            }
        }
        half.ifPresent(NDArray::close);
        if (stages.embeddingsLearn()) {
            try (PtNDManager part = TorchModule.scope(scope)) {
                JniUtils.backward(stages.begin(part, true), (PtNDArray) flow, false, false);
            }
        }
    }

    /** What each of two layers gets of the gradient of their mean. */
    private static NDArray half(NDArray gradient) {
        try (gradient) {
            return Scalars.over(gradient, 2);
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
