package dev.millrace.trainer.learning.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.files.RandomBert;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.objective.batch.BatchTexts.Text;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.Methods;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TeachingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"objective, info-nce+distill-rows", "objective, distill-vectors", "guide-margin, 0.1"})
    void whatWantsATeacherIsRefusedWithoutOneByKey(String key, String value) {
        assertThatThrownBy(() -> Methods.check(Configs.learning(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.learning." + key)
                .hasMessageContaining("millrace.learning.teacher");
    }

    /** Beside a teacher the very same window moves the vectors less far from where they were. */
    @Test
    void theEncoderAsItWasHoldsTheNewOneBack() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        Path model = workshop.baseModel();

        // When
        double alone = drift(workshop.learner(model, "objective", "info-nce"));
        double held = drift(
                workshop.learner(model, "objective", "info-nce + 20*distill-vectors", "teacher", Teaching.BEFORE));

        // Then
        assertThat(held).isPositive().isLessThan(alone / 2);
    }

    /** Not with the exception by which a head that cannot be loaded is replaced. */
    @Test
    void aTeacherThatIsNotThereIsRefusedByItsKey() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);

        // When, Then
        assertThatThrownBy(() -> workshop.learner(workshop.baseModel(), "teacher", "/nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.learning.teacher")
                .hasMessageContaining("/nowhere");
    }

    @Test
    void everyTextIsReadByATeacherAsWhatItIsInTheBatch() {
        // Given a teacher whose vectors say what it was asked for
        Vectors vectors = (type, texts) -> texts.stream()
                .map(text -> new float[] {type == InputType.QUERY ? 1 : 2, text.length()})
                .toArray(float[][]::new);
        LearningConfig config = Configs.learning("teacher", Teaching.BEFORE);
        List<Text> texts = List.of(
                new Text(InputType.DOCUMENT, "a"),
                new Text(InputType.QUERY, "bb"),
                new Text(InputType.DOCUMENT, "ccc"));

        // When
        float[][] seen;
        try (Teaching teaching = Teaching.of(config, Objectives.parse("info-nce", 1), EncoderOptions.cpu(1), 2)) {
            seen = teaching.teacher(vectors, texts).vectors();
        }

        // Then
        assertThat(seen).isDeepEqualTo(new float[][] {{2, 1}, {1, 2}, {2, 3}});
    }

    @Test
    void vectorsOfAnotherWidthAreNotTakenOver() throws IOException {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        Path narrow = new RandomBert(1, 16, 32, 0, 1).write(folder.resolve("narrow"), List.of("a", "b"));

        // When, Then
        assertThatThrownBy(() -> workshop.learner(
                        workshop.baseModel(), "objective", "info-nce+distill-vectors", "teacher", narrow.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.learning.teacher has vectors of 16 numbers");
    }

    @Test
    void aTeachersVectorsAreTakenWholeBesideShorterOnes() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        try (Learner learner = workshop.learner(
                workshop.baseModel(),
                "objective",
                "info-nce+distill-vectors",
                "teacher",
                Teaching.BEFORE,
                "matryoshka",
                "16,8")) {

            // When
            Learner.Outcome outcome = learner.learn(Pairs.lesson(0, Workshop.WINDOW), () -> {});

            // Then
            assertThat(outcome.taught()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"info-nce+distill-vectors", "info-nce+distill-rows", "info-nce(directions=both)"})
    void anotherModelTeaches(String objective) {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        Path model = workshop.baseModel();
        try (Learner learner =
                workshop.learner(model, "objective", objective, "teacher", model.toString(), "guide-margin", "0.05")) {

            // When
            Learner.Outcome outcome = learner.learn(Pairs.lesson(0, Workshop.WINDOW), () -> {});

            // Then
            assertThat(outcome.taught()).isTrue();
            assertThat(outcome.figures().get("loss")).isFinite();
        }
    }

    private static double drift(Learner learner) {
        try (learner) {
            return learner.learn(Pairs.lesson(0, Workshop.WINDOW), () -> {})
                    .decision()
                    .bounds()
                    .get("drift")
                    .figure();
        }
    }
}
