package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.FusedWeights;
import dev.millrace.embedding.network.Graph;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.PackedBatch;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numbers that transformers, or the families' own code, and PyTorch's autograd and AdamW gave: {@code golden/networks.py}. */
class GoldenNetworksTest {
    private static final int HIDDEN = 32;

    private final JsonNode golden = FamilyModels.golden("networks");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bert-silu, '', FP32, 1e-5",
        "modernbert, '', FP32, 1e-5",
        "modernbert, model., FP32, 1e-5",
        "modernbert, '', BF16, 0.02",
        "qwen3, '', FP32, 1e-5",
        "qwen3, model., FP32, 1e-5",
        "qwen3, '', BF16, 0.02",
        "embeddinggemma, '', FP32, 1e-5",
        "embeddinggemma, '', BF16, 0.02",
        "gemma3, '', FP32, 1e-5",
        "nomic-bert, '', FP32, 1e-5",
        "nomic-bert, '', BF16, 0.02",
        "gte-new, new., FP32, 1e-5",
        "gte-new, '', BF16, 0.02"
    })
    void vectorsEqualTheFamilys(String family, String prefix, Precision precision, double tolerance) {
        // Given texts of 1 to 176 tokens, within windows and beyond, and a route for the kernels, which compute none of
        // these
        Path model = FamilyModels.write(folder, golden.path("models").path(family), prefix);
        EncoderOptions options = EncoderOptions.cpu(2).with(precision).with(Route.Engine.KERNELS);
        List<Tokens> texts = FamilyModels.texts(golden.path("texts"));

        // When
        float[][] vectors;
        try (Encoder encoder = Encoder.load(model, options)) {
            assertThat(encoder.engine()).isEqualTo(Route.Engine.LIBTORCH);
            vectors = encoder.encode(texts);
        }

        // Then
        assertThat(vectors).hasDimensions(12, HIDDEN);
        for (int i = 0; i < vectors.length; i++) {
            assertVector(family, i, vectors[i], tolerance);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modernbert", "qwen3", "embeddinggemma", "gte-new"})
    void vectorsAreTheSameWhereLibtorchHasNoOneDnn(String family) {
        // Given
        ModelFolder model = model(family);
        List<Tokens> texts = FamilyModels.texts(golden.path("texts"));
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Graph graph = new Graph(manager, model, false);
                FusedWeights weights = graph.fuse(ModelWeights.of(manager, model), Precision.FP32, true)) {
            PackedBatch batch = PackedBatch.of(texts, model.config(), true);

            // When
            float[] vectors = graph.infer(manager, batch, weights).toFloatArray();

            // Then
            for (int i = 0; i < texts.size(); i++) {
                float[] vector = new float[HIDDEN];
                System.arraycopy(vectors, i * HIDDEN, vector, 0, HIDDEN);
                assertVector(family, i, vector, 1e-5);
            }
        }
    }

    private void assertVector(String family, int text, float[] vector, double tolerance) {
        JsonNode expected = golden.path("models").path(family).path("vectors").path(text);
        for (int i = 0; i < vector.length; i++) {
            assertThat((double) vector[i])
                    .as("text %d, value %d", text, i)
                    .isCloseTo(expected.path(i).asDouble(), within(tolerance));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert-silu, 4096, false",
        "modernbert, 4096, false",
        "modernbert, 100, true",
        "qwen3, 4096, false",
        "qwen3, 100, true",
        "embeddinggemma, 4096, false",
        "embeddinggemma, 100, true",
        "gemma3, 4096, false",
        "nomic-bert, 4096, false",
        "nomic-bert, 100, true",
        "gte-new, 4096, false",
        "gte-new, 100, true"
    })
    void theGradientEqualsPyTorchs(String family, int tokenBudget, boolean checkpointing) {
        // Given a whole batch, and one cut into micro-batches
        ModelFolder model = model(family);
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, tokenBudget);
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        JsonNode expected = golden.path("models").path(family);
        VocabularyRows rows = VocabularyRows.of(FamilyModels.pairs(golden).texts());
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas = replicas(manager, model, options);
                DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

            // When
            double loss = new GradientCache(shares, losses())
                    .backward(rows.renumber(FamilyModels.pairs(golden)), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(expected.path("losses").path(0).asDouble(), within(1e-5));
            new GoldenGradients(expected.path("gradients"), rows, model.config())
                    .assertEqualTo(shares.gradients(manager));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modernbert", "qwen3", "embeddinggemma", "gemma3", "nomic-bert", "gte-new"})
    void threeStepsStayWithPyTorchs(String family) {
        // Given
        Path model = FamilyModels.write(
                folder.resolve("before"), golden.path("models").path(family), "");
        JsonNode expected = golden.path("models").path(family);
        Path learned = folder.resolve("learned");
        List<Double> losses = new ArrayList<>();
        TrainingOptions training = TrainingOptions.DEFAULT.with(new InfoNce(number("temperature")));
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, 4096);
        try (TrainableEncoder encoder = TrainableEncoder.load(model, options, training)) {

            // When
            for (int step = 0; step < expected.path("losses").size(); step++) {
                StepSettings settings = new StepSettings(number("rate"), number("decay"), number("clip"), 0, step);
                losses.add(encoder.step(FamilyModels.pairs(golden), settings).loss());
            }
            encoder.save(learned);
        }

        // Then
        for (int step = 0; step < losses.size(); step++) {
            assertThat(losses.get(step))
                    .as("loss of step %d", step)
                    .isCloseTo(expected.path("losses").path(step).asDouble(), within(1e-5));
        }
        Map<String, Safetensors.Tensor> weights =
                Safetensors.read(learned.resolve("training-state/trained.safetensors"));
        expected.path("gradients").properties().forEach(weight -> assertThat((double) value(
                        weights.get(weight.getKey()),
                        weight.getValue().path("place").asInt()))
                .as(weight.getKey())
                .isCloseTo(weight.getValue().path("learned").asDouble(), within(1e-5)));
    }

    private static float value(Safetensors.Tensor tensor, int place) {
        return tensor.values()
                .duplicate()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .get(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"modernbert", "qwen3", "embeddinggemma", "gte-new"})
    void withDropoutWhatIsComputedAgainIsTheSame(String family) {
        // Given micro-batches whose layers are computed twice
        ModelFolder model = model(family).withDropout(.1);
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, 64);
        VocabularyRows rows = VocabularyRows.of(FamilyModels.pairs(golden).texts());
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(true);
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas = replicas(manager, model, options)) {
            NDList expected = new PlainPass(replicas, 64, 42)
                    .gradients(manager, new InfoNce(.3), rows.renumber(FamilyModels.pairs(golden)), rows);
            try (DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

                // When
                new GradientCache(shares, losses()).backward(rows.renumber(FamilyModels.pairs(golden)), 42, 64);

                // Then
                NDList gradients = shares.gradients(manager);
                assertThat(gradients).hasSameSizeAs(expected);
                for (int i = 0; i < gradients.size(); i++) {
                    try (NDArray difference = gradients.get(i).sub(expected.get(i));
                            NDArray most = difference.abs().max()) {
                        assertThat(most.getFloat())
                                .as(model.config().parameters().get(i))
                                .isLessThan(1e-5f);
                    }
                }
            }
        }
    }

    private ModelFolder model(String family) {
        return ModelFolder.read(FamilyModels.write(folder, golden.path("models").path(family), ""));
    }

    private static Replicas replicas(PtNDManager manager, ModelFolder model, EncoderOptions options) {
        return new Replicas(manager, model, new Weights(ModelWeights.of(manager, model), List.of()), options);
    }

    private Losses losses() {
        return new Losses(new InfoNce(number("temperature")));
    }

    private double number(String key) {
        return golden.path(key).asDouble();
    }
}
