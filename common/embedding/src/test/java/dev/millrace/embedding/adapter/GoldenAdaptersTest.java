package dev.millrace.embedding.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.files.Safetensors.Tensor;
import dev.millrace.embedding.model.plan.Place;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.FamilyModels;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.embedding.train.TrainingOptions;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.Differentiation;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numbers of PEFT's adapters, autograd and AdamW: {@code golden/adapters.py}. */
class GoldenAdaptersTest {
    private final JsonNode networks = FamilyModels.golden("networks");
    private final JsonNode golden = FamilyModels.golden("adapters");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "lora, 4096, false",
        "lora, 100, true",
        "dora, 4096, false",
        "lora-packed, 100, true",
        "dora-shared-keys, 4096, false",
        "dora-shared-keys, 100, true"
    })
    void theGradientEqualsPefts(String name, int tokenBudget, boolean checkpointing) {
        // Given a whole batch, and one cut into micro-batches
        ModelFolder model = ModelFolder.read(begun(name));
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, tokenBudget);
        VocabularyRows rows = VocabularyRows.of(FamilyModels.pairs(networks).texts());
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Adapter adapter = Adapter.of(manager, model, settings(name), 0);
                Replicas replicas = replicas(manager, model, adapter, options);
                DeviceShares shares = replicas.shares(rows, new Differentiation(adapter::changes, checkpointing))) {

            // When
            double loss = new GradientCache(shares, new Losses(objective()))
                    .backward(rows.renumber(FamilyModels.pairs(networks)), 1, tokenBudget);
            NDList gradients = adapter.gradients(manager, shares.gradients(manager));

            // Then
            assertThat(loss).isCloseTo(of(name).path("losses").path(0).asDouble(), within(1e-5));
            assertThat(gradients).hasSize(of(name).path("numbers").size());
            for (int i = 0; i < gradients.size(); i++) {
                assertGradient(name, adapter.names().get(i), gradients.get(i).toFloatArray());
            }
        }
    }

    private void assertGradient(String name, String number, float[] gradient) {
        JsonNode expected = of(name).path("numbers").path(number);
        double squares = 0;
        for (float value : gradient) {
            squares += (double) value * value;
        }
        assertThat(Math.sqrt(squares))
                .as("norm of %s", number)
                .isCloseTo(expected.path("norm").asDouble(), within(1e-5));
        assertThat((double) gradient[expected.path("place").asInt()])
                .as(number)
                .isCloseTo(expected.path("value").asDouble(), within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "dora", "lora-packed", "dora-shared-keys"})
    void threeStepsStayWithPefts(String name) {
        // Given
        Path learned = folder.resolve("learned");
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, 4096);
        TrainingOptions training = TrainingOptions.DEFAULT.with(objective()).with(settings(name));
        List<Double> losses = new ArrayList<>();
        try (TrainableEncoder encoder = TrainableEncoder.load(begun(name), options, training)) {

            // When
            for (int step = 0; step < of(name).path("losses").size(); step++) {
                losses.add(
                        encoder.step(FamilyModels.pairs(networks), step(step)).loss());
            }
            encoder.save(learned);
        }

        // Then
        for (int step = 0; step < losses.size(); step++) {
            assertThat(losses.get(step))
                    .as("loss of step %d", step)
                    .isCloseTo(of(name).path("losses").path(step).asDouble(), within(1e-5));
        }
        Map<String, Tensor> numbers = Safetensors.read(learned.resolve("training-state/trained.safetensors"));
        assertThat(numbers).hasSize(of(name).path("numbers").size());
        of(name).path("numbers").properties().forEach(number -> assertThat(
                        (double) floats(numbers.get(number.getKey()))[
                                number.getValue().path("place").asInt()])
                .as(number.getKey())
                .isCloseTo(number.getValue().path("learned").asDouble(), within(1e-5)));
        assertVectors(name, learned, options);
    }

    private StepSettings step(int seed) {
        return new StepSettings(
                golden.path("rate").asDouble(),
                golden.path("decay").asDouble(),
                networks.path("clip").asDouble(),
                0,
                seed);
    }

    /** What is loaded has the adapter in it. */
    private void assertVectors(String name, Path learned, EncoderOptions options) {
        List<Tokens> texts = FamilyModels.texts(networks.path("texts")).subList(0, 4);
        try (Encoder encoder = Encoder.load(learned, options)) {
            float[][] vectors = encoder.encode(texts);
            for (int text = 0; text < vectors.length; text++) {
                for (int i = 0; i < vectors[text].length; i++) {
                    assertThat((double) vectors[text][i])
                            .as("text %d, value %d", text, i)
                            .isCloseTo(
                                    of(name).path("vectors").path(text).path(i).asDouble(), within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "dora", "lora-packed", "dora-shared-keys"})
    void theFileHasPeftsNamesAndShapes(String name) {
        // Given
        Path model = begun(name);

        // When
        Map<String, Tensor> tensors = Safetensors.read(model.resolve("adapter/adapter_model.safetensors"));

        // Then
        Map<String, List<Integer>> shapes = new TreeMap<>();
        of(name).path("tensors")
                .properties()
                .forEach(tensor -> shapes.put(
                        tensor.getKey(),
                        StreamSupport.stream(tensor.getValue().spliterator(), false)
                                .map(JsonNode::asInt)
                                .toList()));
        Map<String, List<Integer>> found = new TreeMap<>();
        tensors.forEach((number, tensor) -> found.put(
                number, Arrays.stream(tensor.shape()).mapToObj(Math::toIntExact).toList()));
        assertThat(found).isEqualTo(shapes);
    }

    private JsonNode of(String name) {
        return golden.path("cases").path(name);
    }

    private InfoNce objective() {
        return new InfoNce(networks.path("temperature").asDouble());
    }

    private AdapterSettings settings(String name) {
        return new AdapterSettings(
                of(name).path("dora").asBoolean() ? AdapterMethod.DORA : AdapterMethod.LORA,
                of(name).path("rank").asInt(),
                of(name).path("alpha").asDouble(),
                StreamSupport.stream(of(name).path("targets").spliterator(), false)
                        .map(target -> Place.valueOf(target.asText().toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                1);
    }

    /** The model with the adapter that the script begins with. */
    private Path begun(String name) {
        Path model = FamilyModels.write(
                folder.resolve("begun"),
                networks.path("models").path(of(name).path("family").asText()),
                "");
        AdapterDescription description =
                settings(name).describe(ModelFolder.read(model).config(), 0);
        Map<String, Tensor> numbers = new TreeMap<>();
        description
                .shapes(ModelFolder.read(model).config())
                .forEach((number, shape) -> numbers.put(number, new Tensor(shape, ByteBuffer.allocate(0))));
        Map<String, Tensor> formula = new LinkedHashMap<>();
        numbers.forEach((number, tensor) -> formula.put(number, formula(tensor.shape(), formula.size())));
        AdapterFolder.of(model).write(description, Safetensors.stored(formula));
        return model;
    }

    private static Tensor formula(long[] shape, int k) {
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        ByteBuffer values = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            values.putFloat((float) (Math.sin(2 + k + 0.3 * i) / 10 + (shape.length == 1 ? 1 : 0)));
        }
        return new Tensor(shape, values.flip());
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[tensor.values().remaining() / Float.BYTES];
        tensor.values()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static Replicas replicas(PtNDManager manager, ModelFolder model, Adapter adapter, EncoderOptions options) {
        NDList weights = adapter.merged(manager, adapter.numbers());
        return new Replicas(manager, model, new Weights(weights, List.of()), options);
    }
}
