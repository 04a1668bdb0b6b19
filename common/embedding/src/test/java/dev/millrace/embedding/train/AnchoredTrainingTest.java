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
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.optim.Anchoring;
import dev.millrace.embedding.optim.rule.Optimizer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are held to where they began, or to where they were before a lesson. */
class AnchoredTrainingTest {
    private static final String BASE = "training-state/base.safetensors";
    private static final String AVERAGED = "training-state/averaged.safetensors";
    private static final String WEIGHT = "encoder.layer.0.output.dense.weight";
    private static final EncoderOptions OPTIONS = new EncoderOptions("cpu", Precision.FP32, 2, 64);
    private static final Anchoring BOTH = new Anchoring(1000, 0.25);

    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void begin() {
        tiny = Models.random(folder.resolve("tiny"), 0.1);
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, 0", "ADAFACTOR, 2"})
    void trainingGoesOnFromASavedFolderWithTheSameBytes(Optimizer optimizer, int frozenDepth) throws IOException {
        // Given
        TrainingOptions training =
                TrainingOptions.DEFAULT.with(optimizer).with(frozenDepth).with(BOTH);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS, training)) {
            protectedStep(encoder, 1);
            encoder.save(folder.resolve("half"));
            protectedStep(encoder, 2);
            encoder.save(folder.resolve("straight"));
        }

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(folder.resolve("half"), OPTIONS, training)) {
            protectedStep(encoder, 2);
            encoder.save(folder.resolve("resumed"));
        }

        // Then
        SavedFolder.assertSame(folder.resolve("straight"), folder.resolve("resumed"));
        assertThat(folder.resolve("resumed").resolve(BASE)).exists();
        assertThat(folder.resolve("resumed").resolve(AVERAGED)).exists();
    }

    @Test
    void theBaseIsTheModelThatNothingWasLearnedIn() {
        // Given
        TrainingOptions training = TrainingOptions.DEFAULT.with(BOTH);
        step(tiny, training, "first");

        // When
        step(folder.resolve("first"), training, "second");

        // Then
        assertThat(tensor("second", BASE)).isEqualTo(tensor("tiny", "model.safetensors"));
    }

    @Test
    void whereNothingWasHeldUntilNowTheBaseIsWhatWasPublishedLast() {
        // Given
        step(tiny, TrainingOptions.DEFAULT, "free");

        // When
        step(folder.resolve("free"), TrainingOptions.DEFAULT.with(BOTH), "held");

        // Then
        assertThat(folder.resolve("free").resolve(BASE)).doesNotExist();
        assertThat(tensor("held", BASE)).isEqualTo(tensor("free", "model.safetensors"));
    }

    @Test
    void whatIsPublishedHasItsShareOfTheBaseAndTheAverageGoesOnWithout() {
        // Given
        TrainingOptions merged = TrainingOptions.DEFAULT.with(new Anchoring(0, 0.25));
        step(tiny, TrainingOptions.DEFAULT, "free");
        step(folder.resolve("free"), TrainingOptions.DEFAULT, "free-2");

        // When
        step(tiny, merged, "merged");
        step(folder.resolve("merged"), merged, "merged-2");

        // Then
        FloatBuffer published = tensor("merged-2", "model.safetensors");
        FloatBuffer averaged = tensor("merged-2", AVERAGED);
        FloatBuffer base = tensor("tiny", "model.safetensors");
        assertThat(averaged).isEqualTo(tensor("free-2", "model.safetensors")).isNotEqualTo(base);
        for (int i = 0; i < base.capacity(); i++) {
            assertThat(published.get(i)).isCloseTo(0.75f * averaged.get(i) + 0.25f * base.get(i), within(1e-7f));
        }
    }

    @Test
    void whatIsMeasuredIsWhatIsPublished() {
        // Given
        TrainingBatch batch = Lesson.batch();
        TrainingOptions merged = TrainingOptions.DEFAULT.with(new Anchoring(0, 0.5));
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS, merged)) {
            encoder.step(batch, Lesson.settings(1));
            encoder.save(folder.resolve("merged"));

            // When
            try (Encoder measured = encoder.averaged();
                    Encoder published = Encoder.load(folder.resolve("merged"), OPTIONS)) {

                // Then
                assertThat(measured.encode(batch.texts())).isEqualTo(published.encode(batch.texts()));
            }
        }
    }

    @Test
    void whoHoldsThemNoMoreGoesOnFromTheAverage() {
        // Given
        step(tiny, TrainingOptions.DEFAULT.with(BOTH), "held");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(folder.resolve("held"), OPTIONS)) {
            encoder.save(folder.resolve("free"));
        }

        // Then
        assertThat(tensor("free", "model.safetensors")).isEqualTo(tensor("held", AVERAGED));
        assertThat(folder.resolve("free").resolve(BASE)).doesNotExist();
    }

    @Test
    void protectionEndsWhenItIsClosed() throws IOException {
        // Given
        step(tiny, TrainingOptions.DEFAULT, "free");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS)) {
            encoder.protect(List.of(Lesson.batch()), 1e6, 5, () -> {}).close();
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(folder.resolve("closed"));
        }

        // Then
        SavedFolder.assertSame(folder.resolve("free"), folder.resolve("closed"));
    }

    @Test
    void batchesThatTeachNothingProtectNothing() throws IOException {
        // Given an anchor that is compared with nothing but its positive
        BitSet itsOwn = new BitSet();
        itsOwn.set(1);
        TrainingBatch nothing =
                TrainingBatch.ofRows(Lesson.batch().texts().subList(0, 2), List.of(new Row(0, 1, itsOwn, 1)));
        step(tiny, TrainingOptions.DEFAULT, "free");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS)) {
            Protection held = encoder.protect(List.of(nothing), 1e6, 5, () -> {});
            try (held) {
                encoder.step(Lesson.batch(), Lesson.settings(1));
            }
            encoder.save(folder.resolve("held"));
        }

        // Then
        SavedFolder.assertSame(folder.resolve("free"), folder.resolve("held"));
    }

    @Test
    void aProtectionThatIsGivenUpHoldsNothing() throws IOException {
        // Given
        step(tiny, TrainingOptions.DEFAULT, "free");
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, OPTIONS)) {

            // When
            assertThatThrownBy(() -> encoder.protect(List.of(Lesson.batch()), 1e6, 5, () -> {
                        throw new IllegalStateException("stop");
                    }))
                    .hasMessage("stop");
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(folder.resolve("given-up"));
        }

        // Then
        SavedFolder.assertSame(folder.resolve("free"), folder.resolve("given-up"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aShareOutOfRangeIsRefused(double share) {
        assertThatThrownBy(() -> new Anchoring(0, share)).hasMessageContaining("[0, 1)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aDecayOutOfRangeIsRefused(double decay) {
        assertThatThrownBy(() -> new Anchoring(decay, 0)).hasMessageContaining("0 or more");
    }

    private void step(Path from, TrainingOptions training, String to) {
        try (TrainableEncoder encoder = TrainableEncoder.load(from, OPTIONS, training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(folder.resolve(to));
        }
    }

    private static void protectedStep(TrainableEncoder encoder, long seed) {
        Protection held = encoder.protect(List.of(Lesson.batch()), 500, seed + 10, () -> {});
        try (held) {
            encoder.step(Lesson.batch(), Lesson.settings(seed));
            encoder.step(Lesson.batch(), Lesson.settings(seed + 100));
        }
    }

    private FloatBuffer tensor(String version, String file) {
        return Safetensors.read(folder.resolve(version).resolve(file))
                .get(WEIGHT)
                .values()
                .duplicate()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
