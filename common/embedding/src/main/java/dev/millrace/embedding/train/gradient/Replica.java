package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.torch.TorchModule;

/**
 * The model on one of the devices that share a batch.
 *
 * @param manager of the device
 * @param graph the computation there
 * @param weights the masters on the first device, copies of them on others
 * @param options of this device
 */
public record Replica(PtNDManager manager, Graph graph, Weights weights, EncoderOptions options)
        implements AutoCloseable {

    /** On the device of {@code parent} the masters themselves. */
    static Replica first(PtNDManager parent, ModelFolder model, Weights weights, EncoderOptions options) {
        PtNDManager manager = TorchModule.scope(parent);
        return new Replica(manager, new Graph(manager, model), weights, options);
    }

    static Replica further(ModelFolder model, Weights weights, EncoderOptions options) {
        PtNDManager manager = TorchModule.manager(options.device(), options.threads());
        NDList copies = new NDList();
        for (NDArray master : weights.arrays()) {
            NDArray copy = master.toDevice(manager.getDevice(), true);
            copy.attach(manager);
            copies.add(copy);
        }
        return new Replica(manager, new Graph(manager, model), new Weights(copies, weights.own()), options);
    }

    /** Its part in a step that touches these rows of the word table. */
    public DeviceShare share(VocabularyRows rows, Differentiation asked) {
        PtNDManager scope = TorchModule.scope(manager);
        NDArray ids = scope.create(rows.asLongs());
        int encoders = weights.encoder().size();
        NDList arrays = graph.leaves(
                scope,
                weights.arrays(),
                ids,
                place -> place >= encoders || asked.learns().test(place));
        Weights leaves = new Weights(arrays, weights.own());
        leaves.zeroGradients(scope);
        return new DeviceShare(this, scope, leaves, asked.checkpointing());
    }

    @Override
    public void close() {
        graph.close();
        manager.close();
    }
}
