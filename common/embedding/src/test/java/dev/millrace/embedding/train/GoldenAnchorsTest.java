package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.optim.Anchoring;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against numbers of PyTorch's autograd and AdamW: {@code golden/anchors.py}. */
class GoldenAnchorsTest {
    private static final String TRAINED = "training-state/trained.safetensors";

    private final EncoderOptions options = new EncoderOptions("cpu", Precision.FP32, 2, 4096);
    private JsonNode golden;
    private TrainingOptions training;

    @TempDir
    Path folder;

    @BeforeEach
    void read() throws IOException {
        golden = new ObjectMapper().readTree(GoldenAnchorsTest.class.getResourceAsStream("/golden/anchors.json"));
        training = TrainingOptions.DEFAULT.with(
                new InfoNce(golden.path("temperature").asDouble()));
    }

    @Test
    void decayTowardsTheBaseEqualsPyTorchs() {
        // Given
        Path calm = Models.withoutDropout(folder.resolve("calm"));
        Anchoring pull = new Anchoring(golden.at("/l2-sp/strength").asDouble(), 0);
        try (TrainableEncoder encoder = TrainableEncoder.load(calm, options, training.with(pull))) {

            // When
            learn(encoder);
        }

        // Then
        assertMoved(calm, TRAINED, golden.at("/l2-sp/weights"));
    }

    @Test
    void elasticWeightConsolidationEqualsPyTorchs() {
        // Given
        Path calm = Models.withoutDropout(folder.resolve("calm"));
        List<TrainingBatch> kept = List.of(batch(1), batch(2));
        try (TrainableEncoder encoder = TrainableEncoder.load(calm, options, training)) {
            Protection held = encoder.protect(kept, golden.at("/ewc/strength").asDouble(), 1, () -> {});
            try (held) {

                // When
                learn(encoder);
            }
        }

        // Then
        assertMoved(calm, TRAINED, golden.at("/ewc/weights"));
    }

    @Test
    void mergingWithTheBaseEqualsPyTorchs() {
        // Given
        Path calm = Models.withoutDropout(folder.resolve("calm"));
        Anchoring merged = new Anchoring(0, golden.at("/merged/share").asDouble());
        try (TrainableEncoder encoder = TrainableEncoder.load(calm, options, training.with(merged))) {

            // When
            learn(encoder);
        }

        // Then
        assertMoved(calm, "model.safetensors", golden.at("/merged/weights"));
    }

    private void learn(TrainableEncoder encoder) {
        for (int step = 0; step < golden.path("steps").asInt(); step++) {
            encoder.step(
                    batch(0),
                    new StepSettings(
                            golden.path("rate").asDouble(),
                            0,
                            golden.path("clip").asDouble(),
                            0,
                            step));
        }
        encoder.save(folder.resolve("learned"));
    }

    private void assertMoved(Path from, String file, JsonNode byName) {
        Map<String, Safetensors.Tensor> before = Safetensors.read(from.resolve("model.safetensors"));
        Map<String, Safetensors.Tensor> after =
                Safetensors.read(folder.resolve("learned").resolve(file));
        assertThat(byName.size()).isGreaterThan(50);
        byName.properties().forEach(weight -> {
            // Softmax does not see the key's bias: its gradient is rounding alone, which Adam blows up to whole steps.
            if (weight.getKey().endsWith(".key.bias")) {
                return;
            }
            FloatBuffer old = floats(before.get(weight.getKey()));
            FloatBuffer now = floats(after.get(weight.getKey()));
            weight.getValue().forEach(number -> {
                int place = number.path("place").asInt();
                assertThat((double) now.get(place) - old.get(place))
                        .as("how far %s[%d] moved", weight.getKey(), place)
                        .isCloseTo(number.path("moved").asDouble(), within(1e-6));
            });
        });
    }

    private static FloatBuffer floats(Safetensors.Tensor tensor) {
        return tensor.values().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private TrainingBatch batch(int index) {
        List<String> texts = new ArrayList<>();
        golden.path("batches")
                .path(index)
                .forEach(side -> side.forEach(text ->
                        texts.add(golden.path("texts").path(text.asInt()).asText())));
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
}
