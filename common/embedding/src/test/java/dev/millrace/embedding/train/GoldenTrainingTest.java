package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.optim.rule.Optimizer;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
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
        Losses losses = new Losses(new InfoNce(golden.path("temperature").asDouble()));
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas =
                        new Replicas(manager, read, new Weights(ModelWeights.of(manager, read), List.of()), options);
                DeviceShares shares = replicas.shares(rows, Differentiations.of(replicas, training))) {

            // When
            double loss = new GradientCache(shares, losses).backward(rows.renumber(batch()), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(golden.path("losses").path(0).asDouble(), within(1e-5));
            new GoldenGradients(golden.path("gradients"), rows, read.config()).assertEqualTo(shares.gradients(manager));
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void thirtyStepsStayWithPyTorchs(Optimizer optimizer) {
        // Given
        golden = golden(optimizer);
        Path model = Models.withoutDropout(folder.resolve("calm"));
        Path learned = folder.resolve("learned");
        List<Double> losses = new ArrayList<>();
        TrainingBatch batch = batch();
        double rate = golden.path("rate").asDouble();
        double decay = golden.path("decay").asDouble();
        double clip = golden.path("clip").asDouble();
        TrainingOptions training = TrainingOptions.DEFAULT
                .with(optimizer)
                .with(new InfoNce(golden.path("temperature").asDouble()));
        EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, 4096);
        try (TrainableEncoder encoder = TrainableEncoder.load(model, options, training)) {

            // When
            for (int step = 0; step < golden.path("losses").size(); step++) {
                losses.add(encoder.step(batch, new StepSettings(rate, decay, clip, 0, step))
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

    private TrainingBatch batch() {
        List<String> texts = new ArrayList<>();
        golden.path("anchors").forEach(text -> texts.add(text.asText()));
        golden.path("positives").forEach(text -> texts.add(text.asText()));
        int pairs = texts.size() / 2;
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        try (TextTokenizer tokenizer = TextTokenizer.load(Models.miniLm())) {
            return TrainingBatch.ofRows(
                    tokenizer.tokenize(texts),
                    IntStream.range(0, pairs)
                            .mapToObj(i -> new Row(i, pairs + i, positives, 1))
                            .toList());
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
