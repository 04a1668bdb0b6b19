package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.train.version.QueueFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentumEncoderTest {
    private static final int PAIRS = 4;

    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void model() {
        tiny = Models.random(folder.resolve("tiny"), 0.1);
    }

    @Test
    void theQueueHoldsThePositivesAsTheAverageSawThemBeforeTheStep() {
        // Given
        TrainingBatch batch = Lesson.batch();
        try (TrainableEncoder encoder = load("moco", "cpu");
                Encoder before = encoder.averaged()) {
            float[][] vectors = before.encode(batch.texts());

            // When
            encoder.step(batch, Lesson.settings(1));

            // Then
            List<KeyQueue.Key> keys = queue(encoder).keys();
            assertThat(keys).hasSize(PAIRS);
            for (int i = 0; i < PAIRS; i++) {
                Row row = batch.roles().rows(Side.ANCHORS).get(i);
                assertThat(keys.get(i).vector()).containsExactly(vectors[row.positive()], within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"moco(queue=6), 6", "esimcse(queue=1.2), 5", "moco(queue=6) + esimcse(queue=2.5), 10", "moco, 12"})
    void theQueueKeepsTheNewest(String objective, int expected) {
        // Given
        try (TrainableEncoder encoder = load(objective, "cpu")) {

            // When
            for (int step = 1; step <= 3; step++) {
                encoder.step(Lesson.batch(), Lesson.settings(step));
            }

            // Then
            assertThat(queue(encoder).keys()).hasSize(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"moco", "esimcse"})
    void earlierTextsAreFurtherNegatives(String objective) {
        // Given the same encoder, once with a queue and once as a lineage that had none until now
        Path learned = folder.resolve("learned");
        try (TrainableEncoder encoder = load(objective, "cpu")) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(learned);
        }
        TrainingOptions training = training(objective);
        EncoderOptions options = EncoderOptions.cpu(2);
        try (TrainableEncoder with = TrainableEncoder.load(learned, options, training)) {
            assertThat(learned.resolve("training-state/queue.json").toFile().delete())
                    .isTrue();
            try (TrainableEncoder without = TrainableEncoder.load(learned, options, training)) {

                // When
                double fewer = without.step(Lesson.batch(), Lesson.settings(2)).loss();
                double more = with.step(Lesson.batch(), Lesson.settings(2)).loss();

                // Then
                assertThat(more).isGreaterThan(fewer + .01);
            }
        }
    }

    @Test
    void severalDevicesSeeWhatOneSees() {
        // Given a model without dropout, since the cut decides which text sees which mask
        tiny = Models.random(folder.resolve("calm"), 0);
        try (TrainableEncoder one = load("moco", "cpu");
                TrainableEncoder several = load("moco", "cpu,cpu,cpu")) {

            // When two steps are taken, the second with what the first left on every device
            for (int step = 1; step <= 2; step++) {
                one.step(Lesson.batch(), Lesson.settings(step));
                several.step(Lesson.batch(), Lesson.settings(step));
            }

            // Then
            List<KeyQueue.Key> expected = queue(one).keys();
            List<KeyQueue.Key> keys = queue(several).keys();
            assertThat(keys).hasSameSizeAs(expected);
            for (int i = 0; i < keys.size(); i++) {
                assertThat(keys.get(i).vector()).containsExactly(expected.get(i).vector(), within(1e-5f));
            }
        }
    }

    private KeyQueue queue(TrainableEncoder encoder) {
        Path saved = folder.resolve("saved-" + System.identityHashCode(encoder));
        encoder.save(saved);
        return new QueueFile(saved.resolve("training-state")).read(32);
    }

    private TrainableEncoder load(String objective, String device) {
        EncoderOptions options = new EncoderOptions(device, Precision.FP32, 2, 4096);
        return TrainableEncoder.load(tiny, options, training(objective));
    }

    private static TrainingOptions training(String objective) {
        return TrainingOptions.DEFAULT.with(Objectives.parse(objective, .05));
    }
}
