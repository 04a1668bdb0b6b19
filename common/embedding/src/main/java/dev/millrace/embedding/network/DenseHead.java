package dev.millrace.embedding.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.DenseLayer;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a text's pooled vector goes through before it has norm 1 ({@code dense.torchscript}). Its weights stay as they are: gradients
 * flow through it into the encoder.
 */
final class DenseHead implements AutoCloseable {
    private final TorchModule module;
    private final List<Layer> layers = new ArrayList<>();

    private record Layer(NDArray weight, NDArray bias, DenseLayer.Activation activation) {}

    /** With the weights in memory of the manager, which frees it. */
    DenseHead(PtNDManager manager, List<DenseLayer> dense) {
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Dense", "dense.torchscript", Map.of("training", true)));
        for (DenseLayer layer : dense) {
            layers.add(new Layer(
                    manager.create(layer.weight(), new Shape(layer.out(), layer.in())),
                    manager.create(layer.bias()),
                    layer.activation()));
        }
    }

    /** [n, d] as pooled to [n, out] of norm 1, attached to {@code scope}; what is in between goes with it, too. */
    PtNDArray vectors(PtNDManager scope, PtNDArray pooled, boolean gradient) {
        PtNDArray x = pooled;
        for (Layer layer : layers) {
            x = module.call("product", gradient, scope, new NDList(x, layer.weight(), layer.bias()));
            if (layer.activation() != DenseLayer.Activation.IDENTITY) {
                String activation = layer.activation().name().toLowerCase(Locale.ROOT);
                x = module.call(activation, gradient, scope, new NDList(x));
            }
        }
        return module.call("unit", gradient, scope, new NDList(x));
    }

    @Override
    public void close() {
        module.close();
    }
}
