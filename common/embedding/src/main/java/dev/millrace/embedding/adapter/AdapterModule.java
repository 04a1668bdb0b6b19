package dev.millrace.embedding.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@code adapter.torchscript} computes on native arrays, for one description. */
final class AdapterModule implements AutoCloseable {
    private final TorchModule module;
    private final AdapterDescription description;

    AdapterModule(PtNDManager manager, AdapterDescription description) {
        this.description = description;
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Adapter", "adapter.torchscript", Map.of("training", true)));
    }

    /** Puts into each weight what its base and these numbers, in the description's order, come to; a weight may be its own base. */
    void merge(PtNDManager scope, NDList weights, NDList base, NDList numbers) {
        try (IValue targets = TorchModule.list(weights);
                IValue from = TorchModule.list(base);
                IValue a = part(numbers, 0);
                IValue b = part(numbers, 1);
                IValue magnitudes = part(numbers, 2);
                IValue scale = IValue.from(description.scale())) {
            NDArray first = module.infer("merge", scope, targets, from, a, b, magnitudes, scale);
            first.close();
        }
    }

    /** The gradients of the numbers by those of the weights, in {@code scope}. */
    NDList gradients(PtNDManager scope, NDList gradients, NDList base, NDList numbers) {
        try (IValue found = TorchModule.list(gradients);
                IValue from = TorchModule.list(base);
                IValue a = part(numbers, 0);
                IValue b = part(numbers, 1);
                IValue magnitudes = part(numbers, 2);
                IValue scale = IValue.from(description.scale())) {
            return module.list("gradients", scope, found, from, a, b, magnitudes, scale);
        }
    }

    /** The norms of each weight's rows, in {@code owner}. */
    NDList magnitudes(PtNDManager owner, NDList weights) {
        try (IValue list = TorchModule.list(weights)) {
            return module.list("magnitudes", owner, list);
        }
    }

    /** A, B or the magnitudes of all modules; none where there are no such. */
    private IValue part(NDList numbers, int which) {
        int each = description.each();
        return IValue.listFrom(IntStream.range(0, which < each ? numbers.size() / each : 0)
                .mapToObj(i -> (PtNDArray) numbers.get(i * each + which))
                .toArray(PtNDArray[]::new));
    }

    @Override
    public void close() {
        module.close();
    }
}
