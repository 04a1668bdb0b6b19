package dev.millrace.embedding;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Texts to vectors with fixed weights. For one thread at a time; its native memory is freed by {@link #close()}.
 */
public final class Encoder implements AutoCloseable {
    private final PtNDManager manager;
    private final Graph graph;
    private final FusedWeights weights;
    private final EncoderOptions options;
    private final TokenBudget budget;

    /** Takes over {@code manager}; {@code masters} are read, not kept. */
    Encoder(PtNDManager manager, ModelFolder model, NDList masters, EncoderOptions options) {
        this.manager = manager;
        this.options = options;
        budget = new TokenBudget(options.tokenBudget());
        graph = new Graph(manager, model);
        weights = graph.fuse(masters, options.precision(), options.onCpu());
    }

    /**
     * Loads a model folder for encoding.
     *
     * @throws UnsupportedModelException naming the file, tensor or key that is wrong
     */
    public static Encoder load(Path folder, EncoderOptions options) {
        ModelFolder model = ModelFolder.read(folder);
        PtNDManager manager = TorchModule.manager(options.firstDevice(), options.threads());
        try (PtNDManager loading = TorchModule.scope(manager)) {
            return new Encoder(manager, model, ModelWeights.of(loading, model), options);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Length of a vector. */
    public int dimensions() {
        return graph.model().config().hidden();
    }

    /**
     * Encodes texts in length-sorted micro-batches.
     *
     * @return one vector of {@link #dimensions()} values and L2 norm 1 a text, in the order given
     */
    public float[][] encode(List<Tokens> texts) {
        return budget.fit(tokens -> encode(texts, tokens));
    }

    private float[][] encode(List<Tokens> texts, int tokens) {
        float[][] vectors = new float[texts.size()][];
        MicroBatches batches = MicroBatches.of(texts, tokens);
        for (int[] bound : batches.bounds()) {
            float[] rows = encodeBatch(batches.texts(texts, bound));
            for (int i = bound[0]; i < bound[1]; i++) {
                int from = (i - bound[0]) * dimensions();
                vectors[batches.order()[i]] = Arrays.copyOfRange(rows, from, from + dimensions());
            }
        }
        return vectors;
    }

    private float[] encodeBatch(List<Tokens> texts) {
        PackedBatch batch = PackedBatch.of(texts, graph.model().config(), options.onCpu());
        try (PtNDManager scope = TorchModule.scope(manager)) {
            return graph.infer(scope, batch, weights).toFloatArray();
        }
    }

    @Override
    public void close() {
        weights.close();
        graph.close();
        manager.close();
    }
}
