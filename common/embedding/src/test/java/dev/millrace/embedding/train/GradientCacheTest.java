package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.objective.view.FeatureCutoff;
import dev.millrace.embedding.objective.view.SeveralViews;
import dev.millrace.embedding.objective.view.TokenCutoff;
import dev.millrace.embedding.objective.view.View;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShare;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With dropout on: whatever is computed again, and wherever, the gradient is that of one plain backward pass. */
class GradientCacheTest {
    private static final int PAIRS = 8;
    private static final int BUDGET = 64;
    private static final long SEED = 42;
    private static final Objective OBJECTIVE = new InfoNce(.1);
    /** Of positives: their embeddings are cut off. */
    private static final View SECOND = new SeveralViews(List.of(new TokenCutoff(.15), new FeatureCutoff(.2)));
    /** The random model's. */
    private static final int WIDTH = 32;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, checkpointing {1}, {2} cells at once")
    @CsvSource(
            delimiter = ';',
            value = {
                "cpu;false;1000",
                "cpu;false;40",
                "cpu;false;1",
                "cpu;true;1000",
                "cpu,cpu;false;1000",
                "cpu,cpu,cpu;true;40"
            })
    void theGradientIsThatOfAPlainPass(String device, boolean checkpointing, int cells) {
        // Given
        EncoderOptions options = new EncoderOptions(device, Precision.FP32, 2, BUDGET);
        ModelFolder model = ModelFolder.read(Models.random(folder.resolve("tiny"), .1));
        TrainingBatch batch = batch();
        VocabularyRows rows = VocabularyRows.of(batch.texts());
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas = new Replicas(
                        manager, model, new Weights(ModelWeights.of(manager, model), List.of()), options)) {
            NDList expected =
                    new PlainPass(replicas, BUDGET, SEED).gradients(manager, OBJECTIVE, rows.renumber(batch), rows);
            try (DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

                // When
                new GradientCache(shares, new Losses(OBJECTIVE, cells)).backward(rows.renumber(batch), SEED, BUDGET);

                // Then
                assertSame(shares.gradients(manager), expected);
            }
        }
    }

    static Stream<Arguments> objectives() {
        return Objectives.names().stream()
                .filter(name -> !name.equals("mlm"))
                .flatMap(name -> Stream.of("cpu", "cpu,cpu").map(device -> Arguments.of(name, device)));
    }

    /** Tile by tile, and with texts and labels of every kind; that of tokens has a pass of its own (GoldenMaskedWordsTest). */
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("objectives")
    void soIsThatOfEveryObjective(String name, String device) {
        // Given
        Objective objective = Objectives.parse(name, .1);
        EncoderOptions options = new EncoderOptions(device, Precision.FP32, 2, BUDGET);
        ModelFolder model = ModelFolder.read(Models.random(folder.resolve("tiny"), .1));
        TrainingBatch batch = MixedBatch.of(model.config().hidden());
        VocabularyRows rows = VocabularyRows.of(batch.texts());
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas = new Replicas(manager, model, weights(manager, model, objective), options)) {
            NDList expected =
                    new PlainPass(replicas, BUDGET, SEED).gradients(manager, objective, rows.renumber(batch), rows);
            try (DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, TrainingOptions.DEFAULT))) {

                // When
                new GradientCache(shares, new Losses(objective, 1)).backward(rows.renumber(batch), SEED, BUDGET);

                // Then
                assertSame(shares.gradients(manager), expected);
            }
        }
    }

    /** Of two layers; where the lower one that counts is the second itself, it is the top one alone. */
    @ParameterizedTest(name = "{0} of layer {1} and the top one")
    @CsvSource({"MEAN, 2", "CLS, 2", "LAST, 2", "WEIGHTED_MEAN, 2", "MAX, 2", "MEAN, 0", "MEAN, 1", "MAX, 1"})
    void soIsThatOfEveryPooler(Pooling pooling, int lower) throws IOException {
        // Given
        Path tiny = Models.random(folder.resolve("tiny"), .1);
        if (lower < Models.RANDOM_LAYERS) {
            float[] weights = {0, 0, 1};
            weights[lower] = 1;
            Models.averagingLayers(tiny, weights);
        }
        Files.writeString(tiny.resolve("1_Pooling/config.json"), "{\"" + pooling.flag() + "\": true}");
        ModelFolder model = ModelFolder.read(tiny);
        TrainingBatch batch = batch();
        VocabularyRows rows = VocabularyRows.of(batch.texts());
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(true);
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas = new Replicas(
                        manager,
                        model,
                        new Weights(ModelWeights.of(manager, model), List.of()),
                        new EncoderOptions("cpu", Precision.FP32, 2, BUDGET))) {
            NDList expected =
                    new PlainPass(replicas, BUDGET, SEED).gradients(manager, OBJECTIVE, rows.renumber(batch), rows);
            try (DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

                // When
                new GradientCache(shares, new Losses(OBJECTIVE)).backward(rows.renumber(batch), SEED, BUDGET);

                // Then
                assertSame(shares.gradients(manager), expected);
            }
        }
    }

    @Test
    void noTwoMicroBatchesOfAWindowHaveTheSameMasks() {
        // Given the seeds of a window's steps, one after the other, as a trainer has them
        ModelFolder model = ModelFolder.read(Models.random(folder.resolve("tiny"), .1));
        TrainingBatch batch = batch();
        VocabularyRows rows = VocabularyRows.of(batch.texts());
        MicroBatches micro = MicroBatches.forTraining(batch.texts(), BUDGET, 1);
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas = new Replicas(
                        manager,
                        model,
                        new Weights(ModelWeights.of(manager, model), List.of()),
                        new EncoderOptions("cpu", Precision.FP32, 2, BUDGET));
                DeviceShare share =
                        replicas.first().share(rows, Differentiations.of(replicas, TrainingOptions.DEFAULT))) {

            // When
            List<Long> seeds = LongStream.range(SEED, SEED + 300)
                    .boxed()
                    .flatMap(step -> IntStream.range(0, micro.bounds().size())
                            .mapToObj(i ->
                                    share.pack(micro, i, batch.texts(), step).seed()))
                    .toList();

            // Then neither of them nor of their layers
            assertThat(seeds.stream().flatMap(seed -> LongStream.rangeClosed(0, 6)
                            .mapToObj(part -> DropoutBytes.seed(seed, part))))
                    .hasSizeGreaterThan(300 * 7 * 3)
                    .doesNotHaveDuplicates();
        }
    }

    private static Weights weights(PtNDManager manager, ModelFolder model, Objective objective) {
        return Weights.of(manager, ModelWeights.of(manager, model), objective.parameters(model), Map.of());
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

    private static TrainingBatch batch() {
        SplittableRandom random = new SplittableRandom(3);
        List<Tokens> texts = IntStream.range(0, 2 * PAIRS)
                .mapToObj(i -> {
                    int length = random.nextInt(3, 30);
                    Tokens text = new Tokens(random.ints(length, 1000, 20_000).toArray(), false);
                    return i < PAIRS ? text : SECOND.of(text, WIDTH, random);
                })
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
