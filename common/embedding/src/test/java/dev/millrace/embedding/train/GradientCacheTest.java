package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.ContrastiveBatch;
import dev.millrace.embedding.objective.InfoNce;
import dev.millrace.embedding.objective.LoadedObjective;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With dropout on: whatever is computed again, and wherever, the gradient is that of one plain backward pass. */
class GradientCacheTest {
    private static final int PAIRS = 8;
    private static final int BUDGET = 64;
    private static final long SEED = 42;

    @ParameterizedTest(name = "{0}, checkpointing {1}")
    @CsvSource(
            delimiter = ';',
            value = {"cpu;false", "cpu;true", "cpu,cpu;false", "cpu,cpu,cpu;true"})
    void theGradientIsThatOfAPlainPass(String device, boolean checkpointing) {
        // Given
        EncoderOptions options = new EncoderOptions(device, Precision.FP32, 2, BUDGET);
        ModelFolder model = ModelFolder.read(Models.miniLm());
        ContrastiveBatch batch = batch();
        VocabularyRows rows = VocabularyRows.of(batch.texts());
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                LoadedObjective objective = LoadedObjective.of(InfoNce.of(.1), manager);
                Replicas replicas = new Replicas(manager, model, ModelWeights.of(manager, model), options)) {
            NDList expected = plain(manager, replicas, objective, rows.renumber(batch), rows);
            try (DeviceShares shares = replicas.shares(rows, training)) {

                // When
                new GradientCache(shares, objective).backward(rows.renumber(batch), SEED, BUDGET);

                // Then
                assertSame(shares.gradients(manager), expected);
            }
        }
    }

    private static void assertSame(NDList gradients, NDList expected) {
        assertThat(gradients).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            try (NDArray difference = gradients.get(i).sub(expected.get(i));
                    NDArray largest = difference.abs().max();
                    NDArray norm = expected.get(i).norm()) {
                assertThat(norm.getFloat()).isPositive();
                assertThat(largest.getFloat()).as("gradient %d", i).isCloseTo(0, within(1e-5f));
            }
        }
    }

    /** Autograd alone: every micro-batch keeps its graph, and the loss is differentiated through all of them at once. */
    private static NDList plain(
            PtNDManager manager,
            Replicas replicas,
            LoadedObjective objective,
            ContrastiveBatch batch,
            VocabularyRows rows) {
        MicroBatches micro = MicroBatches.forTraining(batch.texts(), BUDGET, 1);
        assertThat(micro.bounds()).hasSizeGreaterThan(3);
        try (DeviceShares shares = replicas.shares(rows, TrainingOptions.DEFAULT);
                DeviceShare alone = replicas.first().share(rows, TrainingOptions.DEFAULT)) {
            List<NDArray> vectors = new ArrayList<>();
            for (int i = 0; i < micro.bounds().size(); i++) {
                vectors.add(
                        alone.stages(alone.pack(micro, i, batch.texts(), SEED)).whole(alone.scope(), true));
            }
            JniUtils.setGradMode(true);
            NDList arguments = new NDList(NDArrays.concat(new NDList(vectors), 0));
            JniUtils.setGradMode(false);
            arguments.addAll(new GradientCache(shares, objective).roles(alone.scope(), batch, micro.places()));
            PtNDArray loss = objective.module().call("loss", true, alone.scope(), arguments);
            JniUtils.backward(loss, (PtNDArray) alone.scope().ones(new Shape()), false, false);
            NDList gradients = alone.gradients();
            gradients.attach(manager);
            return gradients;
        }
    }

    private static ContrastiveBatch batch() {
        SplittableRandom random = new SplittableRandom(3);
        List<Tokens> texts = IntStream.range(0, 2 * PAIRS)
                .mapToObj(i -> new Tokens(
                        random.ints(random.nextInt(3, 30), 1000, 20_000).toArray(), false))
                .toList();
        BitSet positives = new BitSet();
        positives.set(PAIRS, 2 * PAIRS);
        return new ContrastiveBatch(
                texts,
                IntStream.range(0, PAIRS)
                        .mapToObj(i -> new ContrastiveBatch.Anchor(i, PAIRS + i, positives, 1))
                        .toList());
    }
}
