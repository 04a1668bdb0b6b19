package dev.millrace.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder whose weights learn: fp32 masters, AdamW moments and the exponential average that is published (Polyak and
 * Juditsky 1992; the average serves, the masters train on). For one thread at a time; native memory is freed by
 * {@link #close()}.
 */
public final class TrainableEncoder implements AutoCloseable {
    private final PtNDManager manager;
    private final EncoderOptions options;
    private final Graph graph;
    private final NDList weights;
    private final AdamW optimizer;
    private Optional<LoadedObjective> loaded = Optional.empty();

    private TrainableEncoder(PtNDManager manager, ModelFolder model, EncoderOptions options) {
        this.manager = manager;
        this.options = options;
        graph = new Graph(manager, model);
        int layers = model.config().layers();
        NDList published =
                BertWeights.load(manager, Safetensors.read(model.folder().resolve("model.safetensors")), layers);
        TrainingState state = new TrainingState(model.folder().resolve("training-state"));
        weights = state.exists() ? BertWeights.load(manager, state.trained(), layers) : published;
        optimizer = new AdamW(manager, weights, BertWeights.names(layers));
        if (state.exists()) {
            optimizer.restore(state.moments(), published, state.steps());
            published.close();
        }
    }

    /**
     * Loads a model folder to train on: from its {@code training-state/} where there is one, else from the published
     * weights with fresh moments.
     *
     * @throws UnsupportedModelException naming the file, tensor or key that is wrong
     */
    public static TrainableEncoder load(Path folder, EncoderOptions options) {
        ModelFolder model = ModelFolder.read(folder);
        PtNDManager manager = TorchModule.manager(options.device(), options.threads());
        try {
            return new TrainableEncoder(manager, model, options);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Optimizer steps in the lineage of these weights. */
    public long steps() {
        return optimizer.steps();
    }

    /**
     * One optimizer step over the batch, whatever its size, in the memory of one micro-batch.
     *
     * @throws NonFiniteStepException when loss or gradient is not finite; the weights are then unchanged
     */
    public StepResult step(ContrastiveBatch batch, Objective objective, StepSettings settings) {
        LoadedObjective compiled = compiled(objective);
        try (PtNDManager scope = TorchModule.scope(manager)) {
            VocabularyRows rows = VocabularyRows.of(batch.texts());
            NDArray ids = scope.create(rows.asLongs());
            NDList leaves = graph.leaves(scope, weights, ids);
            double loss = new GradientCache(graph, leaves, options, compiled)
                    .backward(scope, rows.renumber(batch), settings.seed());
            NDList gradients = AdamW.gradients(scope, leaves);
            double norm = optimizer.clip(scope, gradients, settings.clipNorm());
            if (!Double.isFinite(norm)) {
                throw new NonFiniteStepException("the gradient's norm is " + norm);
            }
            optimizer.apply(scope, gradients, ids, settings);
            return new StepResult(loss, norm);
        }
    }

    private LoadedObjective compiled(Objective objective) {
        if (loaded.filter(known -> known.source().equals(objective)).isEmpty()) {
            loaded.ifPresent(LoadedObjective::close);
            loaded = Optional.of(LoadedObjective.of(objective, manager));
        }
        return loaded.orElseThrow();
    }

    /** An encoder with the averaged weights as they are now; to be closed by the caller. */
    public Encoder averaged() {
        return new Encoder(TorchModule.scope(manager), graph.model(), optimizer.average(), options);
    }

    /**
     * Writes the model folder of a new version: averaged weights as {@code model.safetensors}, the other files as they
     * were, and {@code training-state/} to train on from here with the same bytes.
     *
     * @param target an empty or new folder
     */
    public void save(Path target) {
        ModelFiles.copyAllButWeights(graph.model().folder(), target);
        Map<String, Safetensors.Tensor> averaged = tensors(optimizer.average());
        ModelFiles.writeWeights(graph.model().folder(), target, averaged);
        new TrainingState(target.resolve("training-state"))
                .write(tensors(weights), optimizer.moments(), optimizer.steps());
    }

    private Map<String, Safetensors.Tensor> tensors(NDList arrays) {
        return BertWeights.tensors(arrays, graph.model().config().layers());
    }

    @Override
    public void close() {
        loaded.ifPresent(LoadedObjective::close);
        optimizer.close();
        graph.close();
        manager.close();
    }
}
