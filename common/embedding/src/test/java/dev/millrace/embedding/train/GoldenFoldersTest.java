package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole folders against sentence-transformers, from text to vector: tokenizers of three kinds, prompts, poolings and Dense modules. Made by
 * {@code golden/folders.py}.
 */
class GoldenFoldersTest {
    private static final JsonNode GOLDEN = FamilyModels.golden("folders");
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2).with(Precision.FP32);

    @TempDir
    Path folder;

    static Stream<String> folders() {
        return GOLDEN.path("models").properties().stream().map(model -> model.getKey());
    }

    static Stream<Arguments> types() {
        return folders().flatMap(name -> Stream.of(InputType.values()).map(type -> Arguments.of(name, type)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("types")
    void vectorsOfQueriesDocumentsAndTextsEqualThoseOfSentenceTransformers(String name, InputType type) {
        // Given texts with an added token, with unknown words, too long, and empty
        ModelFolder model = model(name);

        // When
        float[][] vectors;
        try (TextTokenizer tokenizer = TextTokenizer.load(model);
                Encoder encoder = Encoder.load(model, OPTIONS)) {
            vectors = encoder.encode(tokenizer.tokenize(type, texts()));
        }

        // Then
        assertGolden(vectors, golden(name).path(type.name().toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void soDoThoseOfAPromptThatIsNamed(String name) {
        // Given
        ModelFolder model = model(name);
        try (TextTokenizer tokenizer = TextTokenizer.load(model);
                Encoder encoder = Encoder.load(model, OPTIONS.with(Route.Engine.LIBTORCH))) {
            for (var named : golden(name).path("named").properties()) {
                String prompt = tokenizer.prompts().named(named.getKey()).orElseThrow();

                // When
                float[][] vectors = encoder.encode(tokenizer.tokenize(Prompts.put(prompt, texts())));

                // Then
                assertGolden(vectors, named.getValue());
            }
        }
    }

    static Stream<Arguments> cuts() {
        return folders()
                .flatMap(name -> Stream.of(
                        Arguments.of(name, 4096, false), Arguments.of(name, 24, false), Arguments.of(name, 24, true)));
    }

    @ParameterizedTest(name = "{0}, {1} tokens at once, checkpointing {2}")
    @MethodSource("cuts")
    void theGradientThroughDenseModulesEqualsPyTorchs(String name, int tokenBudget, boolean checkpointing) {
        // Given a whole batch, and one cut into micro-batches
        ModelFolder model = model(name);
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, tokenBudget);
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        TrainingBatch batch = batch(golden(name));
        VocabularyRows rows = VocabularyRows.of(batch.texts());
        Losses losses = new Losses(new InfoNce(GOLDEN.path("temperature").asDouble()));
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas =
                        new Replicas(manager, model, new Weights(ModelWeights.of(manager, model), List.of()), options);
                DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

            // When
            double loss = new GradientCache(shares, losses).backward(rows.renumber(batch), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(golden(name).path("loss").asDouble(), within(1e-5));
            new GoldenGradients(golden(name).path("gradients"), rows, model.config())
                    .assertEqualTo(shares.gradients(manager));
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aTrainedFolderKeepsItsDenseModulesAndPrompts(String name) {
        // Given
        ModelFolder model = model(name);
        Path saved = folder.resolve("saved");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(model.folder(), OPTIONS)) {
            encoder.step(batch(golden(name)), Lesson.settings(1));
            encoder.save(saved);
            assertThat(encoder.dimensions())
                    .isEqualTo(golden(name).path("unsaid").path(0).size());
        }

        // Then
        ModelFolder read = ModelFolder.read(saved);
        assertThat(read.prompts()).isEqualTo(model.prompts());
        assertThat(read.dimensions()).isEqualTo(model.dimensions());
        golden(name).path("dense").fieldNames().forEachRemaining(module -> assertThat(
                        saved.resolve(module).resolve("model.safetensors"))
                .hasSameBinaryContentAs(model.folder().resolve(module).resolve("model.safetensors")));
        assertThat(Files.exists(saved.resolve("training-state"))).isTrue();
    }

    @Test
    void denseModulesAreForLibtorchAndNotForInt8() {
        // Given
        ModelFolder model = model("wordpiece");

        // When
        try (Encoder encoder = Encoder.load(model, OPTIONS.with(Route.Engine.KERNELS))) {

            // Then
            assertThat(encoder.engine()).isEqualTo(Route.Engine.LIBTORCH);
            assertThatThrownBy(() -> Encoder.load(model, OPTIONS.with(Precision.INT8)))
                    .isInstanceOf(UnsupportedModelException.class)
                    .hasMessage("modules.json: a model with Dense is not encoded in precision int8");
        }
    }

    private ModelFolder model(String name) {
        return ModelFolder.read(FamilyModels.write(folder.resolve(name), golden(name), ""));
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
        assertThat(vectors).hasNumberOfRows(expected.size()).hasNumberOfRows(6);
        for (int i = 0; i < vectors.length; i++) {
            assertThat(vectors[i]).hasSize(expected.path(i).size());
            for (int j = 0; j < vectors[i].length; j++) {
                assertThat((double) vectors[i][j])
                        .as("text %d, value %d", i, j)
                        .isCloseTo(expected.path(i).path(j).asDouble(), within(1e-5));
            }
        }
    }

    private static TrainingBatch batch(JsonNode golden) {
        List<Tokens> texts = new ArrayList<>(FamilyModels.texts(golden.path("anchors")));
        texts.addAll(FamilyModels.texts(golden.path("positives")));
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
