package dev.millrace.embedding.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.ParameterNames;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.network.Products;

/**
 * The encoder's computation of one micro-batch on given leaves, dropout included, whole or stage by stage; differentiable
 * where {@code gradient} is asked for.
 */
record TrainingStages(Graph graph, NDList leaves, MicroBatch micro, Products products) {

    int layers() {
        return config().layers();
    }

    boolean embeddingsLearn() {
        return leaves.get(0).hasGradient();
    }

    boolean layerLearns(int layer) {
        return weights(layer).get(0).hasGradient();
    }

    /** [n, d] unit vectors. */
    PtNDArray whole(PtNDManager scope, boolean gradient) {
        return graph.call("train_embed", gradient, scope, arguments(scope, leaves, 0));
    }

    /** [T, d] what enters the lowest layer. */
    PtNDArray begin(PtNDManager scope, boolean gradient) {
        NDList embeddings = leaves.subNDList(0, names().embeddings().size());
        return graph.call("train_begin", gradient, scope, arguments(scope, embeddings, 0));
    }

    /** [T, d] to [T, d]. */
    PtNDArray layer(PtNDManager scope, int layer, NDArray input, boolean gradient) {
        NDList arguments = arguments(scope, weights(layer), layer);
        arguments.add(input);
        return graph.call("train_layer", gradient, scope, arguments);
    }

    /** [T, d] what leaves the top layer to [n, d] unit vectors. */
    PtNDArray finish(PtNDManager scope, NDArray output, boolean gradient) {
        NDList arguments = micro.packed().arrays(scope);
        arguments.add(output);
        return graph.call("train_finish", gradient, scope, arguments);
    }

    private NDList weights(int layer) {
        int lowest = names().embeddings().size() + names().shared().size();
        int size = 2 * names().layer().size();
        NDList weights = new NDList(leaves.subNDList(lowest + layer * size, lowest + (layer + 1) * size));
        weights.addAll(leaves.subNDList(names().embeddings().size(), lowest));
        return weights;
    }

    private ParameterNames names() {
        return config().architecture().family().names();
    }

    private NDList arguments(PtNDManager scope, NDList weights, int layer) {
        NDList arguments = micro.packed().arrays(scope);
        arguments.addAll(weights);
        arguments.add(micro.packed().fields(scope));
        int bytes = DropoutBytes.count(micro.packed(), config());
        arguments.add(scope.create(graph.dropout().of(bytes, micro.seed()), new Shape(bytes), DataType.UINT8));
        arguments.add(scope.create(new long[] {
            Graph.type(products.precision()),
            DropoutBytes.threshold(config().dropout()),
            DropoutBytes.threshold(config().attentionDropout()),
            products.route(),
            layer
        }));
        return arguments;
    }

    private ModelConfig config() {
        return graph.model().config();
    }
}
