package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.network.Precision;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Learner.Taught;
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

/** Windows that are taught before it is known what becomes of them. */
class TeachingAheadTest {
    private static final int WINDOW = 32;

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void workshop() {
        workshop = new Workshop(folder, Precision.FP32, 1);
    }

    @Test
    void aRepeatOfWhatIsNotTakenInYetIsFound() {
        // Given
        List<Pair> before = Pairs.lesson(0, WINDOW);
        List<Pair> window = Stream.concat(before.stream().limit(5), Pairs.lesson(WINDOW, 2 * WINDOW).stream())
                .toList();
        try (Learner learner = workshop.learner(workshop.baseModel())) {
            Taught first = learner.teach(before, List.of(), () -> {});

            // When
            Taught second = learner.teach(window, List.of(first), () -> {});

            // Then
            assertThat(second.admission().duplicates()).isEqualTo(5);
            assertThat(second.admission().fresh().size() + second.admission().heldOut())
                    .isEqualTo(WINDOW);
        }
    }

    @Test
    void whatIsTaughtIsNotRememberedUntilItIsJudged() throws IOException {
        // Given
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        try (Learner learner = workshop.learner(workshop.baseModel())) {
            learner.save(before).close();

            // When
            learner.teach(Pairs.lesson(0, WINDOW), List.of(), () -> {});

            // Then
            learner.save(after).close();
            for (String file :
                    List.of("seen-ids.json", "replay.jsonl", "held-out-fresh.jsonl", "held-out-memory.jsonl")) {
                assertThat(Files.readAllBytes(after.resolve("training-state").resolve(file)))
                        .isEqualTo(Files.readAllBytes(
                                before.resolve("training-state").resolve(file)));
            }
        }
    }
}
