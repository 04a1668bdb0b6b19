package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.optim.rule.Gradients;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.List;
import java.util.Map;

/** What {@code anchor.torchscript} computes, in place on native arrays. */
final class AnchorModule implements AutoCloseable {
    private final TorchModule module;

    AnchorModule(PtNDManager manager) {
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Anchor", "anchor.torchscript", Map.of("training", true)));
    }

    /** Takes every weight this share of the way to its anchor. */
    void pull(PtNDManager scope, NDList weights, NDList anchors, double share) {
        NDList arguments = towards(weights, anchors);
        arguments.add(scope.create(new float[] {(float) share}));
        module.call("pull", false, scope, arguments);
    }

    /** Takes every weight this share, times its importance, of the way to its anchor, at most all of it. */
    void hold(PtNDManager scope, NDList weights, NDList anchors, NDList importance, double share) {
        NDList arguments = towards(weights, anchors);
        arguments.addAll(TorchModule.named("f[]", importance));
        arguments.add(scope.create(new float[] {(float) share}));
        module.call("hold", false, scope, arguments);
    }

    private static NDList towards(NDList weights, NDList anchors) {
        NDList arguments = TorchModule.named("w[]", weights);
        arguments.addAll(TorchModule.named("a[]", anchors));
        return arguments;
    }

    /** Adds the squares of the gradients to the sums. */
    void addSquares(PtNDManager scope, NDList sums, Gradients gradients) {
        gradients.rows().ifPresent(ids -> {
            NDList arguments = squares(sums.subNDList(0, 1), gradients.arrays().subNDList(0, 1));
            arguments.add(ids);
            module.call("rows", false, scope, arguments);
        });
        int whole = gradients.rows().isPresent() ? 1 : 0;
        NDList arguments = squares(sums.subNDList(whole), gradients.arrays().subNDList(whole));
        module.call("square", false, scope, arguments);
    }

    private static NDList squares(List<NDArray> sums, List<NDArray> gradients) {
        NDList arguments = TorchModule.named("f[]", sums);
        arguments.addAll(TorchModule.named("g[]", gradients));
        return arguments;
    }

    /** The mean of all numbers in all arrays. */
    double mean(PtNDManager scope, NDList arrays) {
        return module.call("mean", false, scope, TorchModule.named("f[]", arrays))
                .getDouble();
    }

    void scale(PtNDManager scope, NDList arrays, double factor) {
        NDList arguments = TorchModule.named("f[]", arrays);
        arguments.add(scope.create(new float[] {(float) factor}));
        module.call("scale", false, scope, arguments);
    }

    @Override
    public void close() {
        module.close();
    }
}
