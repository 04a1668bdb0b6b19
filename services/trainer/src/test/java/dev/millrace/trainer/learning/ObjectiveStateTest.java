package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an objective keeps of its own, and what it asks of a model. */
class ObjectiveStateTest {
    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void workshop() {
        workshop = new Workshop(folder, Precision.FP32, 1);
    }

    @Test
    void aLineageGoesOnWithTheSameBytes() throws IOException {
        // Given a learned scale, a learned head and a queue
        String objective = "clip + 0.5*classify(classes=3) + moco(queue=40)";
        Path half = folder.resolve("half");
        Path straight = folder.resolve("straight");
        Path resumed = folder.resolve("resumed");
        try (Learner learner = workshop.learner(workshop.baseModel(), "objective", objective)) {
            learnAndSave(learner, 0, half);
            learnAndSave(learner, Workshop.WINDOW, straight);
        }

        // When
        try (Learner learner = workshop.learner(half, "objective", objective)) {
            learnAndSave(learner, Workshop.WINDOW, resumed);
        }

        // Then
        List<Path> files = files(straight);
        assertThat(files(resumed)).isEqualTo(files);
        assertThat(files).contains(Path.of("training-state/queue.safetensors"));
        for (Path file : files) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
        }
    }

    @Test
    void aTokenizerThatCannotHideWordsIsRefusedForMlm() {
        assertThatThrownBy(() -> workshop.learner(workshop.baseModel(), "objective", "info-nce + 0.1*mlm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("objective")
                .hasMessageContaining("mlm wants a tokenizer that can hide a token");
    }

    private static void learnAndSave(Learner learner, int from, Path version) {
        learner.learn(Pairs.lesson(from, Workshop.WINDOW), () -> {});
        try (VersionWeights snapshot = learner.save(version)) {
            snapshot.write(version);
        }
    }

    private static List<Path> files(Path version) throws IOException {
        try (Stream<Path> files = Files.walk(version)) {
            return files.filter(Files::isRegularFile)
                    .map(version::relativize)
                    .sorted()
                    .toList();
        }
    }
}
