package dev.millrace.trainer;

import static dev.millrace.trainer.LoopRig.WINDOW;
import static dev.millrace.trainer.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While nothing comes, what is remembered is learned again. */
class TrainerConsolidationTest {
    private static final int PASSES = 2;

    @TempDir
    Path folder;

    private LoopRig rig;

    @BeforeEach
    void passes() {
        rig = new LoopRig(folder);
        rig.consolidation = new Consolidation(PASSES, Duration.ofMillis(400));
    }

    @AfterEach
    void stop() throws InterruptedException {
        rig.stop();
    }

    @Test
    void passesThatGainAreVersionsOfTheSameRecords() {
        // Given
        rig.learners = version -> rig.workshop.learnerGaining(version, .1);
        rig.start(Optional.of(rig.workshop.baseModel()));

        // When
        rig.post(Pairs.lesson(0, WINDOW));

        // Then each after the other, and none more
        await(() -> rig.counted("millrace.trainer.windows") == 1 + PASSES);
        Manifest last = rig.head();
        assertThat(last.evaluation()).containsKey("consolidated");
        assertThat(parent(last).evaluation()).containsKey("consolidated");
        assertThat(last.offsets()).isEqualTo(parent(parent(last)).offsets());
        assertThat(rig.records().total()).isEqualTo(WINDOW);
        assertThat(rig.loaded()).isEqualTo(1);
    }

    @Test
    void aPassThatGainsNothingIsNoVersionAndNotTriedAgain() {
        // Given
        rig.learners = version -> rig.workshop.learnerGaining(version, 0);
        rig.start(Optional.of(rig.workshop.baseModel()));

        // When
        rig.post(Pairs.lesson(0, WINDOW));

        // Then what it did to the weights is thrown away, and the stream is learned on
        await(() -> rig.loaded() == 2);
        rig.post(Pairs.lesson(WINDOW, 2 * WINDOW));
        await(() -> rig.records().total() == 2 * WINDOW);
        assertThat(parent(rig.head()).evaluation()).doesNotContainKey("consolidated");
        assertThat(rig.counted("millrace.trainer.failures")).isZero();
    }

    private Manifest parent(Manifest child) {
        return rig.store.manifest(child.parent().orElseThrow()).orElseThrow();
    }
}
