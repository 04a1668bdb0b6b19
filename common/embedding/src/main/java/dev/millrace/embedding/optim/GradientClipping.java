package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.optim.rule.Gradients;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.Map;

/** Clipping by the global norm (Pascanu et al. 2013). */
final class GradientClipping implements AutoCloseable {
    private final TorchModule module;

    GradientClipping(PtNDManager manager) {
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Clipping", "clipping.torchscript", Map.of("training", true)));
    }

    /** Scales the gradients to at most {@code limit}; returns the norm before. */
    double clip(PtNDManager scope, Gradients gradients, double limit) {
        NDList arguments = TorchModule.named("g[]", gradients.arrays());
        arguments.add(scope.create(new float[] {(float) limit}));
        return module.call("clip", false, scope, arguments).getFloat();
    }

    @Override
    public void close() {
        module.close();
    }
}
