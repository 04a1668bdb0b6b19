package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShare;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against sentence-transformers' own modules, and the folders that they write: {@code golden/poolers.py}. */
class GoldenPoolersTest {
    private static final JsonNode GOLDEN = FamilyModels.golden("poolers");
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2).with(Precision.FP32);

    @TempDir
    Path folder;

    static Stream<String> poolers() {
        return GOLDEN.path("models").properties().stream().map(model -> model.getKey());
    }

    static Stream<Arguments> engines() {
        return poolers().flatMap(pooler -> Stream.of(Route.Engine.values()).map(by -> Arguments.of(pooler, by)));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("engines")
    void vectorsEqualThoseOfSentenceTransformers(String pooler, Route.Engine engine) {
        // Given texts of 1 to 70 tokens
        ModelFolder model = model(pooler);
        List<Tokens> texts = FamilyModels.texts(GOLDEN.path("texts"));

        // When
        float[][] vectors;
        try (Encoder encoder = Encoder.load(model, OPTIONS.with(engine))) {
            vectors = encoder.encode(texts);
        }

        // Then
        assertGolden(pooler, vectors);
    }

    @ParameterizedTest
    @MethodSource("poolers")
    void soDoThoseThatTrainingSees(String pooler) {
        // Given
        ModelFolder model = model(pooler);
        List<Tokens> texts = FamilyModels.texts(GOLDEN.path("texts"));
        MicroBatches micro = MicroBatches.forTraining(texts, 4096, 1);
        VocabularyRows rows = VocabularyRows.all(model.config().vocabulary());
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas =
                        new Replicas(manager, model, new Weights(ModelWeights.of(manager, model), List.of()), OPTIONS);
                DeviceShare share =
                        replicas.first().share(rows, Differentiations.of(replicas, TrainingOptions.DEFAULT))) {

            // When
            float[] values = share.stages(share.pack(micro, 0, texts, 1))
                    .whole(share.scope(), true)
                    .toFloatArray();

            // Then
            float[][] vectors = new float[texts.size()][];
            int width = model.config().hidden();
            for (int i = 0; i < vectors.length; i++) {
                vectors[micro.order()[i]] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
            }
            assertGolden(pooler, vectors);
        }
    }

    static Stream<Arguments> cuts() {
        return poolers()
                .flatMap(pooler -> Stream.of(
                        Arguments.of(pooler, 4096, false),
                        Arguments.of(pooler, 40, false),
                        Arguments.of(pooler, 40, true)));
    }

    @ParameterizedTest(name = "{0}, {1} tokens at once, checkpointing {2}")
    @MethodSource("cuts")
    void theGradientEqualsPyTorchs(String pooler, int tokenBudget, boolean checkpointing) {
        // Given a whole batch, and one cut into micro-batches
        ModelFolder model = model(pooler);
        JsonNode expected = GOLDEN.path("models").path(pooler);
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, tokenBudget);
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        VocabularyRows rows = VocabularyRows.of(batch().texts());
        Losses losses = new Losses(new InfoNce(GOLDEN.path("temperature").asDouble()));
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas =
                        new Replicas(manager, model, new Weights(ModelWeights.of(manager, model), List.of()), options);
                DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

            // When
            double loss = new GradientCache(shares, losses).backward(rows.renumber(batch()), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(expected.path("loss").asDouble(), within(1e-5));
            new GoldenGradients(expected.path("gradients"), rows, model.config())
                    .assertEqualTo(shares.gradients(manager));
        }
    }

    private ModelFolder model(String pooler) {
        return ModelFolder.read(FamilyModels.write(folder, GOLDEN.path("models").path(pooler), ""));
    }

    private static void assertGolden(String pooler, float[][] vectors) {
        JsonNode expected = GOLDEN.path("models").path(pooler).path("vectors");
        assertThat(vectors).hasNumberOfRows(expected.size()).hasNumberOfRows(7);
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors[i].length; j++) {
                assertThat((double) vectors[i][j])
                        .as("text %d, value %d", i, j)
                        .isCloseTo(expected.path(i).path(j).asDouble(), within(1e-5));
            }
        }
    }

    private static TrainingBatch batch() {
        List<Tokens> texts = new ArrayList<>(FamilyModels.texts(GOLDEN.path("anchors")));
        texts.addAll(FamilyModels.texts(GOLDEN.path("positives")));
        int pairs = texts.size() / 2;
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        return TrainingBatch.ofRows(
                texts,
                IntStream.range(0, pairs)
                        .mapToObj(i -> new Row(i, pairs + i, positives, 1))
                        .toList());
    }
}
