package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.files.SavedFolder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.optim.Anchoring;
import dev.millrace.embedding.optim.rule.Optimizer;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.TrainedWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that a running encoder takes over from others. */
class TrainedWeightsTest {
    private static final EncoderOptions OPTIONS = new EncoderOptions("cpu", Precision.FP32, 2, 64);
    private static final String WEIGHT = "encoder.layer.0.output.dense.weight";
    private static final String TRAINED = "training-state/trained.safetensors";
    private static final String MOMENTS = "training-state/moments.safetensors";

    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void begin() {
        tiny = Models.random(folder.resolve("tiny"), 0.1);
    }

    @ParameterizedTest
    @CsvSource({
        "ADAMW, 0, info-nce, 0",
        "ADAFACTOR, 2, info-nce, 0",
        "ADAMW, 0, clip, 0.25",
        "ADAMW, 2, moco, 0",
        "ADAFACTOR, 0, info-nce + 0.1*mlm, 0.25"
    })
    void puttingBackWhatIsThereChangesNoByte(Optimizer optimizer, int frozenDepth, String objective, double merged)
            throws IOException {
        // Given
        TrainingOptions training = TrainingOptions.DEFAULT
                .with(frozenDepth)
                .with(optimizer)
                .with(new Anchoring(0, merged))
                .with(Objectives.parse(objective, .05));
        straight(training);

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS, training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            try (Snapshot snapshot = encoder.snapshot()) {
                encoder.goOnFrom(snapshot.weights());
            }
            encoder.save(folder.resolve("put-back"));
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.save(folder.resolve("put-back-2"));
        }

        // Then
        SavedFolder.assertSame(folder.resolve("first"), folder.resolve("put-back"));
        SavedFolder.assertSame(folder.resolve("second"), folder.resolve("put-back-2"));
    }

    private void straight(TrainingOptions training) {
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS, training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(folder.resolve("first"));
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.save(folder.resolve("second"));
        }
    }

    @Test
    void anotherTrainersWeightsAreTakenOverAndTheOwnMomentsKept() throws IOException {
        // Given
        try (TrainableEncoder other = TrainableEncoder.load(tiny, OPTIONS);
                TrainableEncoder own = TrainableEncoder.load(tiny, OPTIONS)) {
            other.step(Lesson.batch(), Lesson.settings(7));
            other.step(Lesson.batch(), Lesson.settings(8));
            other.save(folder.resolve("other"));
            own.step(Lesson.batch(), Lesson.settings(1));
            own.save(folder.resolve("own"));

            // When
            try (Snapshot snapshot = other.snapshot()) {
                own.goOnFrom(snapshot.weights());
            }
            own.save(folder.resolve("taken"));

            // Then
            for (String file : List.of("model.safetensors", TRAINED)) {
                assertThat(folder.resolve("taken").resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("other").resolve(file));
            }
            assertThat(folder.resolve("taken").resolve(MOMENTS))
                    .hasSameBinaryContentAs(folder.resolve("own").resolve(MOMENTS));
            assertThat(own.steps()).isEqualTo(2);
            try (Encoder ours = own.averaged();
                    Encoder theirs = other.averaged()) {
                assertThat(ours.encode(Lesson.batch().texts()))
                        .isEqualTo(theirs.encode(Lesson.batch().texts()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 0, 1", "1000, 3, .729", "8, 2, .25"})
    void theAverageFollowsForStepsThatOthersTook(long steps, long further, double left) {
        // Given 3 at the weight and 5 in the average
        TrainedWeights weights = TrainedWeights.of(Map.of("w", tensor(3)), Map.of("w", tensor(5)), steps);

        // When
        TrainedWeights followed = weights.averagedOn(further, .9);

        // Then
        assertThat(followed.trained().get("w").values().getFloat(0)).isEqualTo(3);
        assertThat(followed.averaged().get("w").values().getFloat(0)).isCloseTo((float) (3 + 2 * left), within(1e-6f));
        assertThat(followed.steps()).isEqualTo(steps);
    }

    private static Safetensors.Tensor tensor(float value) {
        ByteBuffer values = ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Safetensors.Tensor(new long[] {1}, values.putFloat(value).flip());
    }

    @Test
    void weightsOfAnotherModelAreRefusedAndNothingIsChanged() throws IOException {
        // Given
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(folder.resolve("before"));
            try (Snapshot snapshot = encoder.snapshot()) {
                Map<String, Safetensors.Tensor> missing =
                        new LinkedHashMap<>(snapshot.weights().tensors());
                Map<String, Safetensors.Tensor> narrow = new LinkedHashMap<>(missing);
                missing.remove("average." + WEIGHT);
                narrow.put(WEIGHT, new Safetensors.Tensor(new long[] {1}, ByteBuffer.allocateDirect(Float.BYTES)));

                // When
                assertThatThrownBy(() -> encoder.goOnFrom(new TrainedWeights(missing, 1)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(WEIGHT);
                assertThatThrownBy(() -> encoder.goOnFrom(new TrainedWeights(narrow, 1)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(WEIGHT);
            }

            // Then
            encoder.save(folder.resolve("after"));
        }
        SavedFolder.assertSame(folder.resolve("before"), folder.resolve("after"));
    }

    @Test
    void aChangeIsAddedToWeightsThatBeganSomewhereElse() {
        // Given
        TrainedWeights begin = weights(4, 1, 2);
        TrainedWeights end = weights(7, 1.5f, 1);

        // When
        TrainedWeights moved = weights(10, 5, 6).plus(end.minus(begin));

        // Then
        assertThat(moved.steps()).isEqualTo(13);
        assertThat(moved.tensors().get(WEIGHT).values().asFloatBuffer())
                .isEqualTo(weights(13, 5.5f, 5).tensors().get(WEIGHT).values().asFloatBuffer());
        assertThatThrownBy(() -> begin.minus(new TrainedWeights(Map.of(), 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("these are other weights");
    }

    private static TrainedWeights weights(long steps, float... values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new TrainedWeights(Map.of(WEIGHT, new Safetensors.Tensor(new long[] {values.length}, bytes)), steps);
    }
}
