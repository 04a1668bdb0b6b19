package dev.millrace.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against numbers that PyTorch's own BERT, autograd and optimizers gave: {@code golden/training.py}. */
class GoldenTrainingTest {
    private JsonNode golden = golden(Optimizer.ADAMW);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} tokens, {1}, checkpointing {2}")
    @CsvSource(
            delimiter = ';',
            value = {"4096;cpu;false", "24;cpu;false", "4096;cpu,cpu;false", "24;cpu,cpu,cpu;true", "4096;cpu;true"})
    void theGradientEqualsPyTorchs(int tokenBudget, String device, boolean checkpointing) {
        // Given a batch whole, cut into micro-batches, and shared by several devices
        Path model = Models.withoutDropout(folder.resolve("calm"));
        EncoderOptions options = new EncoderOptions(device, Precision.FP32, 2, tokenBudget);
        TrainingOptions training = TrainingOptions.DEFAULT.withCheckpointing(checkpointing);
        ModelFolder read = ModelFolder.read(model);
        VocabularyRows rows = VocabularyRows.of(batch().texts());
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                LoadedObjective objective = LoadedObjective.of(infoNce(), manager);
                Replicas replicas = new Replicas(manager, read, weights(manager, read), options);
                DeviceShares shares = replicas.shares(rows, training)) {

            // When
            double loss = new GradientCache(shares, objective).backward(rows.renumber(batch()), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(golden.path("losses").path(0).asDouble(), within(1e-5));
            List<String> names = read.config().parameters();
            NDList gradients = shares.gradients(manager);
            for (int i = 0; i < names.size(); i++) {
                JsonNode expected = golden.path("gradients").path(names.get(i));
                long place = expected.path("place").asLong();
                assertThat(value(gradients.get(i), i == 0 ? rowPlace(rows, place, read.config()) : place))
                        .as(names.get(i))
                        .isCloseTo(expected.path("value").asDouble(), within(1e-5));
                assertThat(norm(gradients.get(i)))
                        .as("norm of " + names.get(i))
                        .isCloseTo(expected.path("norm").asDouble(), within(1e-5));
            }
        }
    }

    private static NDList weights(PtNDManager manager, ModelFolder model) {
        return BertWeights.load(manager, Safetensors.read(model.folder().resolve("model.safetensors")), model.config());
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void aHundredStepsStayWithPyTorchs(Optimizer optimizer) {
        // Given
        golden = golden(optimizer);
        Path model = Models.withoutDropout(folder.resolve("calm"));
        Path learned = folder.resolve("learned");
        List<Double> losses = new ArrayList<>();
        ContrastiveBatch batch = batch();
        double rate = golden.path("rate").asDouble();
        double decay = golden.path("decay").asDouble();
        double clip = golden.path("clip").asDouble();
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, 4096);
        try (TrainableEncoder encoder =
                TrainableEncoder.load(model, options, TrainingOptions.DEFAULT.with(optimizer))) {

            // When
            for (int step = 0; step < golden.path("losses").size(); step++) {
                losses.add(encoder.step(batch, infoNce(), new StepSettings(rate, decay, clip, 0, step))
                        .loss());
            }
            encoder.save(learned);
        }

        // Then
        for (int step = 0; step < losses.size(); step++) {
            double expected = golden.path("losses").path(step).asDouble();
            assertThat(losses.get(step)).as("loss of step %d", step).isCloseTo(expected, within(1e-4 * expected));
        }
        Map<String, Safetensors.Tensor> weights =
                Safetensors.read(learned.resolve("training-state/trained.safetensors"));
        golden.path("weights").properties().forEach(entry -> {
            // Softmax does not see the key's bias: its gradient is rounding alone, which Adam blows up to whole steps.
            if (entry.getKey().endsWith(".key.bias")) {
                return;
            }
            JsonNode expected = entry.getValue();
            double value = weights.get(entry.getKey())
                    .values()
                    .duplicate()
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer()
                    .get(expected.path("place").asInt());
            assertThat(value)
                    .as("the value of %s that moved most", entry.getKey())
                    .isCloseTo(
                            expected.path("value").asDouble(),
                            within(1e-4
                                    * Math.max(
                                            1e-2,
                                            Math.abs(expected.path("value").asDouble()))));
        });
    }

    private ContrastiveBatch batch() {
        List<String> texts = new ArrayList<>();
        golden.path("anchors").forEach(text -> texts.add(text.asText()));
        golden.path("positives").forEach(text -> texts.add(text.asText()));
        int pairs = texts.size() / 2;
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        try (TextTokenizer tokenizer = TextTokenizer.load(Models.miniLm())) {
            return new ContrastiveBatch(
                    tokenizer.tokenize(texts),
                    IntStream.range(0, pairs)
                            .mapToObj(i -> new ContrastiveBatch.Anchor(i, pairs + i, positives, 1))
                            .toList());
        }
    }

    private Objective infoNce() {
        return new Objective(
                "info-nce", """
                s = torch.div(torch.matmul(torch.embedding(e, anchor), torch.t(e)), float(settings[0]))
                s = torch.masked_fill(s, torch.logical_not(candidates), -10000.)
                return torch.cross_entropy_loss(s, positive)
            """.indent(4), List.of(golden.path("temperature").asDouble()));
    }

    /** Where a value of the embedding table lies among the rows that the batch touches. */
    private static long rowPlace(VocabularyRows rows, long place, ModelConfig config) {
        int id = Math.toIntExact(place / config.hidden());
        return (long) rows.row(id) * config.hidden() + place % config.hidden();
    }

    private static double value(NDArray array, long place) {
        try (NDArray flat = array.flatten()) {
            return flat.getFloat(place);
        }
    }

    private static double norm(NDArray array) {
        try (NDArray norm = array.norm()) {
            return norm.getFloat();
        }
    }

    private static JsonNode golden(Optimizer optimizer) {
        String file = "/golden/" + optimizer.key() + ".json";
        try {
            return new ObjectMapper().readTree(GoldenTrainingTest.class.getResourceAsStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
