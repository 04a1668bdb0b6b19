package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Processor;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What bf16 does to a gradient. */
class HalfPrecisionTest {
    private static final int PAIRS = 8;
    private static final int TOKENS = 100;

    /** .031 with softmax in fp32, .041 in bf16. */
    @Test
    void attentionsGradientIsNearThatOfFp32() {
        // Given a processor that has instructions for it, or this takes a minute
        assumeThat(Processor.here().handicap(Precision.BF16)).isEmpty();
        try (PtNDManager manager = TorchModule.manager("cpu", 2)) {
            NDList exact = gradients(manager, Precision.FP32);

            // When
            NDList rounded = gradients(manager, Precision.BF16);

            // Then
            List<String> names = ModelFolder.read(Models.miniLm()).config().parameters();
            double error = IntStream.range(0, names.size())
                    .filter(i -> names.get(i).matches(".*self\\.(query|key)\\.weight"))
                    .mapToDouble(i -> error(exact.get(i), rounded.get(i)))
                    .average()
                    .orElseThrow();
            assertThat(error).isLessThan(.036);
        }
    }

    private static double error(NDArray exact, NDArray rounded) {
        try (NDArray difference = rounded.sub(exact);
                NDArray off = difference.norm();
                NDArray all = exact.norm()) {
            return off.getFloat() / all.getFloat();
        }
    }

    private static NDList gradients(PtNDManager manager, Precision precision) {
        EncoderOptions options = new EncoderOptions("cpu", precision, 2, 4096);
        ModelFolder model = ModelFolder.read(Models.miniLm());
        TrainingBatch batch = batch();
        VocabularyRows rows = VocabularyRows.of(batch.texts());
        Losses losses = new Losses(new InfoNce(.1));
        try (Replicas replicas =
                        new Replicas(manager, model, new Weights(ModelWeights.of(manager, model), List.of()), options);
                DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, TrainingOptions.DEFAULT))) {
            new GradientCache(shares, losses).backward(rows.renumber(batch), 1, 4096);
            return shares.gradients(manager);
        }
    }

    private static TrainingBatch batch() {
        SplittableRandom random = new SplittableRandom(3);
        List<Tokens> texts = IntStream.range(0, 2 * PAIRS)
                .mapToObj(i -> new Tokens(random.ints(TOKENS, 1000, 20_000).toArray(), false))
                .toList();
        BitSet positives = new BitSet();
        positives.set(PAIRS, 2 * PAIRS);
        return TrainingBatch.ofRows(
                texts,
                IntStream.range(0, PAIRS)
                        .mapToObj(i -> new Row(i, PAIRS + i, positives, 1))
                        .toList());
    }
}
