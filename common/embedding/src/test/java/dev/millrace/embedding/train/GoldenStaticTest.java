package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFiles;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** StaticEmbedding against sentence-transformers, from text to vector, and PyTorch's autograd and AdamW: {@code golden/static.py}. */
class GoldenStaticTest {
    private static final JsonNode GOLDEN = StaticModels.GOLDEN;
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2).with(Precision.FP32);

    @TempDir
    Path folder;

    static Stream<String> folders() {
        return Stream.of("nested", "rooted", "model2vec");
    }

    static Stream<Arguments> types() {
        return folders().flatMap(name -> Stream.of(InputType.values()).map(type -> Arguments.of(name, type)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("types")
    void vectorsEqualThoseOfSentenceTransformersByBothEngines(String name, InputType type) {
        // Given texts with unknown words, and one beyond the tokenizer's own maximum
        ModelFolder model = model(name);
        for (Route.Engine engine : Route.Engine.values()) {

            // When
            float[][] vectors;
            try (TextTokenizer tokenizer = TextTokenizer.load(model);
                    Encoder encoder = Encoder.load(model, OPTIONS.with(engine))) {
                boolean dense = !model.dense().isEmpty();
                assertThat(encoder.engine()).isEqualTo(dense ? Route.Engine.LIBTORCH : engine);
                vectors = encoder.encode(tokenizer.tokenize(type, texts()));
            }

            // Then
            assertGolden(vectors, golden(name).path(type.name().toLowerCase(Locale.ROOT)));
        }
    }

    @ParameterizedTest(name = "{0}, {1} tokens at once, checkpointing {2}")
    @CsvSource({
        "nested, 4096, false",
        "nested, 24, true",
        "rooted, 4096, false",
        "rooted, 24, true",
        "model2vec, 4096, false",
        "model2vec, 24, false"
    })
    void theGradientEqualsPyTorchs(String name, int tokenBudget, boolean checkpointing) {
        // Given a whole batch, and one cut into micro-batches
        ModelFolder model = model(name);
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, tokenBudget);
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        VocabularyRows rows = VocabularyRows.of(FamilyModels.pairs(golden(name)).texts());
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas =
                        new Replicas(manager, model, new Weights(ModelWeights.of(manager, model), List.of()), options);
                DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

            // When
            double loss = new GradientCache(shares, new Losses(new InfoNce(number("temperature"))))
                    .backward(rows.renumber(FamilyModels.pairs(golden(name))), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(golden(name).path("losses").path(0).asDouble(), within(1e-5));
            new GoldenGradients(golden(name).path("gradients"), rows, model.config())
                    .assertEqualTo(shares.gradients(manager));
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void threeStepsStayWithPyTorchs(String name) {
        // Given
        ModelFolder model = model(name);
        JsonNode expected = golden(name);
        Path learned = folder.resolve("learned");
        List<Double> losses = new ArrayList<>();
        TrainingOptions training = TrainingOptions.DEFAULT.with(new InfoNce(number("temperature")));
        try (TrainableEncoder encoder = TrainableEncoder.load(model.folder(), OPTIONS, training)) {

            // When
            for (int step = 0; step < expected.path("losses").size(); step++) {
                StepSettings settings = new StepSettings(number("rate"), number("decay"), number("clip"), 0, step);
                losses.add(encoder.step(FamilyModels.pairs(expected), settings).loss());
            }
            encoder.save(learned);
        }

        // Then
        for (int step = 0; step < losses.size(); step++) {
            assertThat(losses.get(step))
                    .as("loss of step %d", step)
                    .isCloseTo(expected.path("losses").path(step).asDouble(), within(1e-5));
        }
        expected.path("gradients").properties().forEach(weight -> assertThat(
                        (double) Safetensors.read(learned.resolve("training-state/trained.safetensors"))
                                .get(weight.getKey())
                                .values()
                                .order(ByteOrder.nativeOrder())
                                .asFloatBuffer()
                                .get(weight.getValue().path("place").asInt()))
                .isCloseTo(weight.getValue().path("learned").asDouble(), within(1e-5)));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aVersionIsTheFolderWithItsWeightsInItsRoot(String name) {
        // Given a base as a trainer copies it
        Path copied = folder.resolve("copied");
        ModelFiles.copy(model(name).folder(), copied);
        Path saved = folder.resolve("saved");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(copied, OPTIONS)) {
            encoder.save(saved);
        }

        // Then
        String table = golden(name).path("gradients").fieldNames().next();
        assertThat(Safetensors.read(saved.resolve("model.safetensors"))).containsOnlyKeys(table);
        assertThat(saved.resolve("tokenizer.json")).exists();
        assertThat(saved.resolve("0_StaticEmbedding")).doesNotExist();
        assertGolden(vectors(copied), golden(name).path("unsaid"));
        assertGolden(vectors(saved), golden(name).path("unsaid"));
    }

    private ModelFolder model(String name) {
        return ModelFolder.read(StaticModels.write(folder.resolve(name), name));
    }

    private static float[][] vectors(Path model) {
        assertThat(Files.isRegularFile(model.resolve("modules.json"))).isTrue();
        try (TextTokenizer tokenizer = TextTokenizer.load(model);
                Encoder encoder = Encoder.load(model, OPTIONS)) {
            return encoder.encode(tokenizer.tokenize(texts()));
        }
    }

    private static JsonNode golden(String name) {
        return GOLDEN.path("models").path(name);
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        GOLDEN.path("texts").forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static void assertGolden(float[][] vectors, JsonNode expected) {
        assertThat(vectors).hasNumberOfRows(expected.size()).hasNumberOfRows(5);
        for (int i = 0; i < vectors.length; i++) {
            assertThat(vectors[i]).hasSize(expected.path(i).size());
            for (int j = 0; j < vectors[i].length; j++) {
                assertThat((double) vectors[i][j])
                        .as("text %d, value %d", i, j)
                        .isCloseTo(expected.path(i).path(j).asDouble(), within(1e-5));
            }
        }
    }

    private static double number(String key) {
        return GOLDEN.path(key).asDouble();
    }
}
