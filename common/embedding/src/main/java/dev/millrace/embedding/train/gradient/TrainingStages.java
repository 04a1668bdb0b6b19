package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.torch.TorchModule;
import java.util.OptionalInt;

/**
 * The encoder's computation of one micro-batch on given leaves, dropout included, whole or stage by stage; differentiable
 * where {@code gradient} is asked for.
 */
public record TrainingStages(Graph graph, NDList leaves, MicroBatch micro, Route route) {

    int layers() {
        return config().layers();
    }

    /** Whose output is averaged with the top layer's before it is pooled, see {@link ModelFolder#lower}. */
    OptionalInt lower() {
        return graph.model().lower();
    }

    boolean embeddingsLearn() {
        return anyLearns(0, 1);
    }

    boolean layerLearns(int layer) {
        return anyLearns(config().frozen(layer + 1), config().frozen(layer + 2));
    }

    private boolean anyLearns(int from, int to) {
        return leaves.subList(from, to).stream().anyMatch(NDArray::hasGradient);
    }

    /** [n, d] unit vectors. */
    public PtNDArray whole(PtNDManager scope, boolean gradient) {
        return graph.vectors(scope, all("train_embed", scope, gradient), gradient);
    }

    private PtNDArray all(String method, PtNDManager scope, boolean gradient) {
        NDList bytes = new NDList(embeddingBytes(0));
        for (int layer = 0; layer < layers(); layer++) {
            bytes.add(layerBytes(layer + 1, layer));
        }
        return graph.call(method, gradient, scope, withKept(scope, arguments(scope, graph.weights(leaves), bytes, 0)));
    }

    /** [T, d] what leaves the top layer. */
    public PtNDArray tokens(PtNDManager scope, boolean gradient) {
        return all("train_tokens", scope, gradient);
    }

    /** [T, d] what enters the lowest layer. */
    PtNDArray begin(PtNDManager scope, boolean gradient) {
        NDList arguments = arguments(scope, graph.embeddings(leaves), new NDList(embeddingBytes(0)), 0);
        return graph.call("train_begin", gradient, scope, withKept(scope, arguments));
    }

    /** [T, d] to [T, d]. */
    PtNDArray layer(PtNDManager scope, int layer, NDArray input, boolean gradient) {
        NDList arguments = arguments(scope, graph.layer(leaves, layer), new NDList(layerBytes(0, layer)), layer);
        arguments.add(input);
        return graph.call("train_layer", gradient, scope, arguments);
    }

    /** [T, d] what is pooled to [n, d] unit vectors. */
    PtNDArray finish(PtNDManager scope, NDArray output, boolean gradient) {
        NDList arguments = micro.packed().arrays(scope);
        arguments.add(output);
        return graph.vectors(scope, graph.call("train_finish", gradient, scope, arguments), gradient);
    }

    private NDArray embeddingBytes(int place) {
        int count = DropoutBytes.forEmbeddings(micro.packed(), config());
        return graph.dropout().of(place, count, DropoutBytes.seed(micro.seed(), 0));
    }

    /** Stage by stage one place serves all layers. */
    private NDArray layerBytes(int place, int layer) {
        int count = DropoutBytes.forLayer(micro.packed(), config());
        return graph.dropout().of(place, count, DropoutBytes.seed(micro.seed(), layer + 1L));
    }

    /** {@code layer} counts where there is one alone. */
    private NDList arguments(PtNDManager scope, NDList weights, NDList bytes, int layer) {
        NDList arguments = micro.packed().arrays(scope);
        arguments.addAll(weights);
        arguments.add(micro.packed().fields(scope));
        NDList here = new NDList();
        bytes.forEach(part -> here.add(here(scope, part)));
        arguments.addAll(TorchModule.named("r[]", here));
        arguments.add(scope.create(new long[] {
            Graph.type(route.precision()),
            DropoutBytes.threshold(config().dropout()),
            DropoutBytes.threshold(config().attentionDropout()),
            Graph.products(route),
            layer
        }));
        return arguments;
    }

    private NDList withKept(PtNDManager scope, NDList arguments) {
        arguments.add(scope.create(micro.kept(), new Shape(micro.kept().length)));
        return arguments;
    }

    /** The bytes come from the CPU. */
    private static NDArray here(PtNDManager scope, NDArray bytes) {
        if (scope.getDevice().equals(bytes.getDevice())) {
            return bytes;
        }
        NDArray here = bytes.toDevice(scope.getDevice(), true);
        here.attach(scope);
        return here;
    }

    private ModelConfig config() {
        return graph.model().config();
    }
}
