package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.LogCapture;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.files.SavedFolder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.optim.Anchoring;
import dev.millrace.embedding.optim.Storage;
import dev.millrace.embedding.optim.WeightUpdate;
import dev.millrace.embedding.optim.rule.Optimizer;
import dev.millrace.embedding.train.version.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written while training goes on, and how training goes on from what was written. */
class SavedTrainingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "FULL, ADAMW, 0, info-nce",
        "FULL, ADAMW, 2, info-nce",
        "FULL, ADAFACTOR, 0, clip",
        "FULL, ADAFACTOR, 2, info-nce",
        "FULL, ADAMW, 2, clip",
        "FULL, ADAMW, 0, moco",
        "FULL, ADAFACTOR, 2, esimcse",
        "FULL, ADAMW, 0, info-nce + 0.1*mlm",
        "FULL, ADAFACTOR, 2, mlm",
        "COMPACT, ADAMW, 0, info-nce",
        "COMPACT, ADAMW, 2, clip",
        "COMPACT, ADAMW, 0, moco",
        "COMPACT, ADAFACTOR, 0, clip",
        "COMPACT, ADAFACTOR, 2, mlm"
    })
    void trainingGoesOnFromASavedFolderWithTheSameBytes(
            Storage storage, Optimizer optimizer, int frozenDepth, String objective) throws IOException {
        // Given
        Path tiny = tiny();
        Path half = folder.resolve("half");
        Path straight = folder.resolve("straight");
        Path resumed = folder.resolve("resumed");
        TrainingOptions training = TrainingOptions.DEFAULT
                .with(storage)
                .with(frozenDepth)
                .with(optimizer)
                .with(Objectives.parse(objective, .05));
        EncoderOptions options = new EncoderOptions("cpu", Precision.BF16, 2, 32);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, options, training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(half);
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.save(straight);
        }

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(half, options, training)) {
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.save(resumed);
        }

        // Then
        SavedFolder.assertSame(straight, resumed);
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, 0", "ADAFACTOR, 2"})
    void aSnapshotStaysAsItIsWhileTrainingGoesOn(Optimizer optimizer, int frozenDepth) throws IOException {
        // Given
        Path saved = folder.resolve("saved");
        Path written = folder.resolve("written");
        TrainingOptions training = TrainingOptions.DEFAULT.with(frozenDepth).with(optimizer);
        TrainableEncoder encoder = TrainableEncoder.load(tiny(), EncoderOptions.cpu(2), training);
        encoder.step(Lesson.batch(), Lesson.settings(1));
        encoder.save(saved);

        // When
        try (Snapshot snapshot = encoder.snapshot()) {
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.close();
            snapshot.write(written);
        }

        // Then
        SavedFolder.assertSame(saved, written);
    }

    @Test
    void whatWasFrozenLearnsOnceItMay() {
        // Given
        Path frozen = folder.resolve("frozen");
        Path thawed = folder.resolve("thawed");
        TrainingOptions training = TrainingOptions.DEFAULT.with(1);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), EncoderOptions.cpu(2), training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(frozen);
        }

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(frozen, EncoderOptions.cpu(2))) {
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.save(thawed);
        }

        // Then
        String words = "embeddings.word_embeddings.weight";
        assertThat(Safetensors.read(thawed.resolve("model.safetensors"))
                        .get(words)
                        .values())
                .isNotEqualTo(Safetensors.read(frozen.resolve("model.safetensors"))
                        .get(words)
                        .values());
        assertThat(stepsOf(words, thawed)).isEqualTo(1);
        assertThat(stepsOf("encoder.layer.0.output.dense.weight", thawed)).isEqualTo(2);
    }

    @Test
    void whatIsFrozenLaterIsWhatWasPublished() {
        // Given a folder whose published table is an average and not the trained one
        Path learned = folder.resolve("learned");
        EncoderOptions options = EncoderOptions.cpu(2);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), options)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.save(learned);
        }
        TrainingOptions training = TrainingOptions.DEFAULT.with(1);

        // When
        try (TrainableEncoder frozen = TrainableEncoder.load(learned, options, training);
                Encoder averaged = frozen.averaged();
                Encoder published = Encoder.load(learned, options)) {

            // Then
            assertThat(averaged.encode(Lesson.batch().texts()))
                    .isEqualTo(published.encode(Lesson.batch().texts()));
        }
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, ADAFACTOR", "ADAFACTOR, ADAMW"})
    void anotherOptimizerBeginsWithFreshMomentsAndSaysSo(Optimizer first, Optimizer second) {
        // Given
        Path half = folder.resolve("half");
        Path whole = folder.resolve("whole");
        EncoderOptions options = EncoderOptions.cpu(2);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), options, TrainingOptions.DEFAULT.with(first))) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(half);
        }

        // When
        try (LogCapture log = new LogCapture(WeightUpdate.class);
                TrainableEncoder encoder = TrainableEncoder.load(half, options, TrainingOptions.DEFAULT.with(second))) {
            encoder.step(Lesson.batch(), Lesson.settings(2));
            encoder.save(whole);

            // Then the lineage counts on, the moments anew
            assertThat(encoder.steps()).isEqualTo(2);
            assertThat(log.lines()).singleElement().satisfies(line -> assertThat(line.getParameters())
                    .contains(first.key(), second.key()));
        }
        assertThat(ModelFolder.read(whole).config().parameters()).allMatch(weight -> stepsOf(weight, whole) == 1);
    }

    @ParameterizedTest
    @CsvSource({"FULL, 0", "COMPACT, 0", "COMPACT, .3"})
    void whoLoadsAVersionEncodesAsTheTrainerDid(Storage storage, double baseShare) {
        // Given
        EncoderOptions options = EncoderOptions.cpu(2);
        TrainingOptions training = TrainingOptions.DEFAULT.with(storage).with(new Anchoring(0, baseShare));
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), options, training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.settle();

            // When
            encoder.save(folder.resolve("version"));

            // Then
            try (Encoder examined = encoder.averaged();
                    Encoder served = Encoder.load(folder.resolve("version"), options)) {
                assertThat(served.encode(Lesson.batch().texts()))
                        .isEqualTo(examined.encode(Lesson.batch().texts()));
            }
        }
    }

    /** How many steps of its optimizer a weight has seen. */
    private static float stepsOf(String weight, Path version) {
        return Safetensors.read(version.resolve("training-state/moments.safetensors"))
                .get("steps." + weight)
                .values()
                .getFloat(0);
    }

    private Path tiny() {
        return Models.random(folder.resolve("tiny"), 0.1);
    }
}
