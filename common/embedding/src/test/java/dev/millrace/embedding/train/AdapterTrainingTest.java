package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.adapter.AdapterMethod;
import dev.millrace.embedding.adapter.AdapterSettings;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.plan.Place;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.optim.Anchoring;
import dev.millrace.embedding.optim.Storage;
import dev.millrace.embedding.optim.rule.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An adapter that learns beside weights that stay: what its versions are, and how training goes on from them. */
class AdapterTrainingTest {
    private static final String WEIGHTS = "model.safetensors";
    private static final String ADAPTER = "adapter/adapter_model.safetensors";

    @TempDir
    Path folder;

    private Path base;
    private EncoderOptions options;

    @BeforeEach
    void begin() {
        base = Models.random(folder.resolve("base"), 0.1);
        options = new EncoderOptions("cpu", Precision.FP32, 2, 32);
    }

    @ParameterizedTest
    @CsvSource({
        "LORA, FULL, ADAMW, 0, info-nce",
        "DORA, FULL, ADAMW, 2, clip",
        "LORA, COMPACT, ADAMW, 0, moco",
        "DORA, COMPACT, ADAMW, 0, info-nce + 0.1*mlm",
        "LORA, FULL, ADAFACTOR, 0, esimcse"
    })
    void trainingGoesOnFromASavedFolderWithTheSameBytes(
            AdapterMethod method, Storage storage, Optimizer optimizer, int frozenDepth, String objective)
            throws IOException {
        // Given
        Path half = folder.resolve("half");
        Path straight = folder.resolve("straight");
        Path resumed = folder.resolve("resumed");
        TrainingOptions training = TrainingOptions.DEFAULT
                .with(storage)
                .with(frozenDepth)
                .with(optimizer)
                .with(Objectives.parse(objective, .05))
                .with(settings(method, 4));
        try (TrainableEncoder encoder = TrainableEncoder.load(base, options, training)) {
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
        assertSameBytes(straight, resumed);
        assertThat(resumed.resolve(WEIGHTS)).hasSameBinaryContentAs(base.resolve(WEIGHTS));
        assertThat(resumed.resolve(ADAPTER).toFile()).hasSize(Files.size(half.resolve(ADAPTER)));
        assertThat(Files.readAllBytes(resumed.resolve(ADAPTER)))
                .isNotEqualTo(Files.readAllBytes(half.resolve(ADAPTER)));
    }

    @ParameterizedTest
    @CsvSource({"LORA, FULL", "DORA, FULL", "DORA, COMPACT"})
    void whoLoadsAVersionEncodesAsTheTrainerDid(AdapterMethod method, Storage storage) {
        // Given
        TrainingOptions training = TrainingOptions.DEFAULT.with(storage).with(settings(method, 4));
        try (TrainableEncoder encoder = TrainableEncoder.load(base, options, training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.settle();

            // When
            encoder.save(folder.resolve("version"));

            // Then
            try (Encoder examined = encoder.averaged()) {
                assertThat(vectors(folder.resolve("version")))
                        .isEqualTo(examined.encode(Lesson.batch().texts()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LORA", "DORA"})
    void withoutAStepVectorsAreTheBases(AdapterMethod method) {
        // Given
        TrainingOptions training = TrainingOptions.DEFAULT.with(settings(method, 4));

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(base, options, training)) {
            encoder.save(folder.resolve("version"));
        }

        // Then
        assertThat(distance(vectors(folder.resolve("version")), vectors(base))).isLessThan(1e-6);
    }

    /** The former adapter is in the weights; only the number of steps is gone on with. */
    @ParameterizedTest
    @CsvSource({"8", "0"})
    void underOtherSettingsWhatWasLearnedIsPartOfTheWeights(int rank) {
        // Given
        Path learned = learned(settings(AdapterMethod.DORA, 4));
        TrainingOptions whole = TrainingOptions.DEFAULT.with(2);
        TrainingOptions training = rank == 0 ? whole : whole.with(settings(AdapterMethod.LORA, rank));

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(learned, options, training)) {
            encoder.save(folder.resolve("changed"));

            // Then
            assertThat(encoder.steps()).isEqualTo(1);
        }
        assertThat(folder.resolve("changed").resolve(ADAPTER).toFile().exists()).isEqualTo(rank > 0);
        assertThat(distance(vectors(folder.resolve("changed")), vectors(learned)))
                .isLessThan(1e-6);
    }

    @Test
    void aLineageOfWholeWeightsIsGoneOnFromByAnAdapter() {
        // Given
        Path whole = folder.resolve("whole");
        try (TrainableEncoder encoder = TrainableEncoder.load(base, options)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(whole);
        }
        TrainingOptions training = TrainingOptions.DEFAULT.with(settings(AdapterMethod.LORA, 4));

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(whole, options, training)) {
            encoder.save(folder.resolve("adapted"));

            // Then
            assertThat(encoder.steps()).isEqualTo(1);
        }
        assertThat(folder.resolve("adapted").resolve(WEIGHTS)).hasSameBinaryContentAs(whole.resolve(WEIGHTS));
        assertThat(Safetensors.read(folder.resolve("adapted/training-state/trained.safetensors")))
                .hasSize(2 * 2 * Models.RANDOM_LAYERS);
    }

    @Test
    void trainersOfARoundExchangeTheAdapterAlone() {
        // Given
        TrainingOptions training = TrainingOptions.DEFAULT.with(settings(AdapterMethod.LORA, 4));
        Path learned = learned(settings(AdapterMethod.LORA, 4));
        try (TrainableEncoder other = TrainableEncoder.load(learned, options, training);
                var snapshot = other.snapshot();
                TrainableEncoder encoder = TrainableEncoder.load(base, options, training)) {

            // When
            encoder.goOnFrom(snapshot.weights());
            encoder.save(folder.resolve("taken"));

            // Then
            assertThat(snapshot.weights().tensors().keySet()).allMatch(name -> name.contains("lora_"));
        }
        assertThat(vectors(folder.resolve("taken"))).isEqualTo(vectors(learned));
    }

    @Test
    void weightsAreHeldToTheBaseByTheirAdapter() {
        // Given
        TrainingOptions free = TrainingOptions.DEFAULT.with(settings(AdapterMethod.LORA, 4));
        TrainingOptions held = free.with(new Anchoring(5e3, 0));

        // When
        Path far = learned(free, "far", 2);
        Path near = learned(held, "near", 2);

        // Then
        assertThat(distance(vectors(near), vectors(base)))
                .isPositive()
                .isLessThan(distance(vectors(far), vectors(base)));
    }

    @Test
    void aShareOfTheBaseInWhatIsPublishedIsRefused() {
        TrainingOptions training = TrainingOptions.DEFAULT.with(settings(AdapterMethod.LORA, 4));
        assertThatThrownBy(() -> training.with(new Anchoring(0, .2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("adapter");
    }

    @Test
    void whatIsNoPartOfTheFamilyIsRefusedByName() {
        AdapterSettings gated = new AdapterSettings(AdapterMethod.LORA, 4, 8, EnumSet.of(Place.GATE), 1);
        assertThatThrownBy(() -> TrainableEncoder.load(base, options, TrainingOptions.DEFAULT.with(gated)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an adapter's target gate is no part of a bert");
    }

    private Path learned(AdapterSettings settings) {
        return learned(TrainingOptions.DEFAULT.with(settings), "learned", 1);
    }

    private Path learned(TrainingOptions training, String name, int steps) {
        try (TrainableEncoder encoder = TrainableEncoder.load(base, options, training)) {
            for (int step = 1; step <= steps; step++) {
                encoder.step(Lesson.batch(), Lesson.settings(step));
            }
            encoder.save(folder.resolve(name));
        }
        return folder.resolve(name);
    }

    private float[][] vectors(Path model) {
        try (Encoder encoder = Encoder.load(model, options)) {
            return encoder.encode(Lesson.batch().texts());
        }
    }

    private static double distance(float[][] some, float[][] others) {
        double squares = 0;
        for (int i = 0; i < some.length; i++) {
            for (int j = 0; j < some[i].length; j++) {
                squares += Math.pow(some[i][j] - others[i][j], 2);
            }
        }
        return Math.sqrt(squares);
    }

    private static AdapterSettings settings(AdapterMethod method, int rank) {
        return new AdapterSettings(method, rank, 8, EnumSet.of(Place.QUERY, Place.VALUE), 3);
    }

    private static void assertSameBytes(Path expected, Path actual) throws IOException {
        try (Stream<Path> walked = Files.walk(expected)) {
            List<Path> files = walked.filter(Files::isRegularFile).toList();
            assertThat(files).contains(expected.resolve(ADAPTER));
            for (Path file : files) {
                assertThat(actual.resolve(expected.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }
}
