package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import dev.millrace.embedding.objective.batch.TrainingBatch;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numbers that the families' own code in transformers and PyTorch's autograd gave: {@code golden/families.py}. */
class GoldenFamiliesTest {
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2);

    private final JsonNode golden = FamilyModels.golden();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "roberta, '', FP32, LIBTORCH, 1e-5",
        "roberta, roberta., FP32, LIBTORCH, 1e-5",
        "xlm-roberta, roberta., FP32, LIBTORCH, 1e-5",
        "camembert, '', FP32, LIBTORCH, 1e-5",
        "mpnet, '', FP32, LIBTORCH, 1e-5",
        "mpnet, mpnet., FP32, LIBTORCH, 1e-5",
        "roberta, '', BF16, LIBTORCH, 0.02",
        "mpnet, '', BF16, LIBTORCH, 0.02",
        "roberta, '', FP32, KERNELS, 1e-5",
        "roberta, roberta., FP32, KERNELS, 1e-5",
        "xlm-roberta, roberta., FP32, KERNELS, 1e-5",
        "camembert, '', FP32, KERNELS, 1e-5",
        "mpnet, '', FP32, KERNELS, 1e-5",
        "mpnet, mpnet., FP32, KERNELS, 1e-5",
        "roberta, '', BF16, KERNELS, 0.02",
        "mpnet, '', BF16, KERNELS, 0.02",
        "xlm-roberta, roberta., INT8, KERNELS, 0.05",
        "mpnet, '', INT8, KERNELS, 0.05"
    })
    void vectorsEqualThoseOfTransformers(
            String family, String prefix, Precision precision, Route.Engine engine, double tolerance) {
        // Given texts of 1 to 176 tokens
        assumeThat(Encoder.impediment(precision, "cpu")).isEmpty();
        Path model = FamilyModels.write(folder, family, prefix);
        List<Tokens> texts = FamilyModels.texts(golden.path("texts"));

        // When
        float[][] vectors;
        try (Encoder encoder =
                Encoder.load(ModelFolder.read(model), OPTIONS.with(precision).with(engine))) {
            vectors = encoder.encode(texts);
        }

        // Then
        JsonNode expected = golden.path("models").path(family).path("vectors");
        assertThat(expected).hasSameSizeAs(texts).hasSize(12);
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors[i].length; j++) {
                assertThat((double) vectors[i][j])
                        .as("text %d, value %d", i, j)
                        .isCloseTo(expected.path(i).path(j).asDouble(), within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"camembert", "mpnet"})
    void vectorsAreTheSameWhereLibtorchHasNoOneDnn(String family) {
        // Given
        ModelFolder model = ModelFolder.read(FamilyModels.write(folder, family, ""));
        List<Tokens> texts = FamilyModels.texts(golden.path("texts"));
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Graph graph = new Graph(manager, model, false);
                FusedWeights weights = graph.fuse(ModelWeights.of(manager, model), Precision.FP32, true)) {
            PackedBatch batch = PackedBatch.of(texts, model.config(), true);

            // When
            float[] vectors = graph.infer(manager, batch, weights).toFloatArray();

            // Then
            JsonNode expected = golden.path("models").path(family).path("vectors");
            for (int i = 0; i < vectors.length; i++) {
                assertThat((double) vectors[i])
                        .as("value %d", i)
                        .isCloseTo(expected.path(i / 32).path(i % 32).asDouble(), within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "roberta, 4096, false",
        "xlm-roberta, 4096, false",
        "camembert, 4096, true",
        "mpnet, 4096, false",
        "mpnet, 100, false",
        "mpnet, 100, true"
    })
    void theGradientEqualsPyTorchs(String family, int tokenBudget, boolean checkpointing) {
        // Given a whole batch, and one cut into micro-batches
        ModelFolder model = ModelFolder.read(FamilyModels.write(folder, family, ""));
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, tokenBudget);
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        JsonNode expected = golden.path("models").path(family);
        VocabularyRows rows = VocabularyRows.of(batch().texts());
        Losses losses = new Losses(new InfoNce(golden.path("temperature").asDouble()));
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

    @Test
    void aTrainedFolderOfMpnetKeepsItsPrefixAndLearnsItsRelativeBias() {
        // Given
        Path model = FamilyModels.write(folder.resolve("before"), "mpnet", "mpnet.");
        Path learned = folder.resolve("after");
        String bias = "mpnet.encoder.relative_attention_bias.weight";

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(model, EncoderOptions.cpu(2))) {
            encoder.step(batch(), new StepSettings(1e-3, 0.01, 1, 0.99, 1));
            encoder.save(learned);
        }

        // Then
        var before = Safetensors.read(model.resolve("model.safetensors"));
        var after = Safetensors.read(learned.resolve("model.safetensors"));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.get(bias).values()).isNotEqualTo(before.get(bias).values());
        try (Encoder published = Encoder.load(learned, EncoderOptions.cpu(2))) {
            assertThat(published.encode(batch().texts())).hasDimensions(8, 32);
        }
    }

    @Test
    void whatAHalfPrecisionFolderLearnsIsWrittenAndNamedInSinglePrecision() throws IOException {
        // Given
        Path model = FamilyModels.write(folder.resolve("before"), "roberta", "");
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("{", "{\"dtype\":\"bfloat16\","));
        Path learned = folder.resolve("after");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(model, EncoderOptions.cpu(2))) {
            encoder.save(learned);
        }

        // Then
        assertThat(learned.resolve("config.json"))
                .content()
                .contains("\"dtype\" : \"float32\"")
                .contains("\"model_type\" : \"roberta\"");
    }

    private TrainingBatch batch() {
        return FamilyModels.pairs(golden);
    }
}
