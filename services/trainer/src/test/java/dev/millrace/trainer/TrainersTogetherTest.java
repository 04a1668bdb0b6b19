package dev.millrace.trainer;

import static dev.millrace.trainer.LoopRig.WINDOW;
import static dev.millrace.trainer.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainers, each with a partition of its own, and one bucket. */
class TrainersTogetherTest {
    @TempDir
    Path folder;

    private Workshop workshop;
    private LoopRig first;
    private LoopRig second;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder, Precision.FP32, 1);
        first = new LoopRig(workshop, 1);
        second = new LoopRig(workshop, 2);
        first.topic.assign(0);
        second.topic.assign(1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        first.stop();
        second.stop();
    }

    @Test
    void whatBothLearnedIsInOneVersion() {
        // Given
        post(Pairs.lesson(0, 2 * WINDOW));

        // When
        start(first, second);

        // Then
        await(() -> first.records().total() == 2 * WINDOW);
        Manifest head = first.head();
        assertThat(head.offsets()).isEqualTo(Map.of("pairs-0", (long) WINDOW, "pairs-1", (long) WINDOW));
        assertThat(head.evaluation()).containsEntry("trainers", 2.0);
        assertThat(head.parent()).hasValueSatisfying(base -> assertThat(base).startsWith("v000000"));
        assertThat(head.records().heldOut()).isPositive();
        await(() -> workshop.shares().isEmpty());
    }

    private void start(LoopRig... rigs) {
        Stream.of(rigs).forEach(rig -> rig.start(Optional.of(workshop.baseModel())));
    }

    private void post(List<Pair> pairs) {
        first.post(pairs);
        second.post(pairs);
    }
}
