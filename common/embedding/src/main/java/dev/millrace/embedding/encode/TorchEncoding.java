package dev.millrace.embedding.encode;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.FusedWeights;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.PackedBatch;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TokenBudget;
import dev.millrace.embedding.torch.TorchModule;
import java.util.Arrays;
import java.util.List;

/** Encodes with libtorch, on any device: length-sorted micro-batches through {@code encoder.torchscript}. */
final class TorchEncoding implements Encoding {
    private final PtNDManager manager;
    private final Graph graph;
    private final FusedWeights weights;
    private final EncoderOptions options;
    private final TokenBudget budget;

    /** {@code masters} are read, not kept. */
    TorchEncoding(PtNDManager manager, Graph graph, NDList masters, EncoderOptions options) {
        this.manager = manager;
        this.graph = graph;
        this.options = options;
        budget = new TokenBudget(options.tokenBudget());
        weights = graph.fuse(masters, options.precision(), options.onCpu());
    }

    @Override
    public float[][] encode(List<Tokens> texts) {
        return budget.fit(tokens -> encode(texts, tokens));
    }

    private float[][] encode(List<Tokens> texts, int tokens) {
        int dimensions = graph.model().dimensions();
        float[][] vectors = new float[texts.size()][];
        MicroBatches batches = MicroBatches.of(texts, tokens);
        for (int[] bound : batches.bounds()) {
            float[] rows = encodeBatch(batches.texts(texts, bound));
            for (int i = bound[0]; i < bound[1]; i++) {
                int from = (i - bound[0]) * dimensions;
                vectors[batches.order()[i]] = Arrays.copyOfRange(rows, from, from + dimensions);
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
    }
}
