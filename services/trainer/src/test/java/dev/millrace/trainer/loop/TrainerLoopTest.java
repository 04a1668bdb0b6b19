package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerLoopTest {
    @TempDir
    Path folder;

    private LoopRig rig;

    @BeforeEach
    void open() {
        rig = new LoopRig(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        rig.stop();
    }

    @Test
    void beginsWithTheBaseModelAndServesIt() {
        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.status.version().isPresent());
        String base = rig.store.head().orElseThrow().version();
        assertThat(base).startsWith("v000000-");
        assertThat(rig.status.version()).contains(base);
        assertThat(rig.status.failure()).isEmpty();
        assertThat(rig.store.channel("stable").map(Pointer::version)).contains(base);
        assertThat(rig.announced).extracting(CheckpointEvent::channel).containsExactly("candidate", "stable");
        assertThat(rig.announced).extracting(CheckpointEvent::version).containsOnly(base);
    }

    @Test
    void learnsWhatIsPostedPublishesPromotesAndCommits() {
        // Given
        List<Pair> stream = Pairs.lesson(0, 3 * WINDOW);
        rig.post(stream);

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == stream.size());
        await(() -> rig.counted("millrace.trainer.windows") == 3);
        Manifest head = rig.head();
        assertThat(head.version()).startsWith("v000003-");
        assertThat(head.offsets()).isEqualTo(Map.of("pairs-0", 48L, "pairs-1", 48L));
        assertThat(rig.store.channel("stable").map(Pointer::version)).contains(head.version());
        assertThat(rig.announced)
                .hasSize(2 * 4)
                .last()
                .extracting(CheckpointEvent::version)
                .isEqualTo(head.version());
        await(() -> rig.committed().equals(head.offsets()));
        assertThat(rig.status.version()).contains(head.version());
    }

    @Test
    void stopsAndTheNextGoesOnWhereItWas() throws InterruptedException {
        // Given
        rig.post(Pairs.lesson(0, WINDOW));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.records().total() == WINDOW);

        // When
        rig.stop();

        // Then
        assertThat(rig.runs()).isFalse();
        assertThat(rig.topic.closed()).isTrue();
        PairsTopic rest = new PairsTopic(2);
        for (int i = 0; i < 2 * WINDOW; i++) {
            rest.post(i % 2, Pairs.lesson(i, i + 1).get(0));
        }
        rest.assign(0, 1);
        rig.start(Optional.empty(), rest);
        await(() -> rig.records().total() == 2 * WINDOW);
        assertThat(rig.records().duplicates()).isZero();
    }

    @Test
    void aLineageThatWasTakenBackIsLearnedAgainFromThereByATrainerAtRest() {
        // Given two windows learned, and nothing more to come
        rig.post(Pairs.lesson(0, 2 * WINDOW));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.records().total() == 2 * WINDOW);
        await(() -> rig.counted("millrace.trainer.windows") == 2);
        Manifest second = rig.head();

        // When
        rig.store.moveHead(rig.store.head(), second.parent().orElseThrow());

        // Then the same records give the same bytes again
        await(() -> rig.counted("millrace.trainer.windows") == 3);
        assertThat(rig.head().version()).startsWith("v000002-").isNotEqualTo(second.version());
        assertThat(rig.head().files()).isEqualTo(second.files());
        assertThat(rig.head().records()).isEqualTo(second.records());
    }

    @Test
    void whatAnotherTrainerLearnedFirstIsNotLearnedAgain() {
        // Given a head that another moves on by a window of the same stream
        List<Pair> stream = Pairs.lesson(0, Workshop.WINDOW + 2 * WINDOW);
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.status.version().isPresent());
        rig.workshop.train(rig.workshop.lineage(2), stream, 1);

        // When
        stream.forEach(pair -> rig.topic.post(0, pair));

        // Then
        await(() -> rig.records().total() == stream.size());
        assertThat(rig.records().duplicates()).isZero();
        assertThat(rig.head().offsets()).isEqualTo(Map.of("pairs-0", (long) stream.size()));
        await(() -> rig.committed().equals(Map.of("pairs-0", (long) stream.size(), "pairs-1", 0L)));
    }
}
