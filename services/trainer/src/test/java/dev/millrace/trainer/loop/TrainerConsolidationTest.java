package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While nothing comes, what is remembered is learned again. */
class TrainerConsolidationTest {
    private static final int PASSES = 2;
    private static final Duration QUIET = Duration.ofMillis(400);

    @TempDir
    Path folder;

    private LoopRig rig;

    @BeforeEach
    void passes() {
        rig = new LoopRig(folder);
        rig.consolidation = new Consolidation(PASSES, QUIET);
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

    /** What the learner finds, and not what a test makes of it, decides. */
    @Test
    void everyPassThatIsAVersionIsLessSurprisedThanTheVersionBefore() {
        // Given steps enough for a pass to show on a few held-out pairs
        int windows = 6;
        rig.learners = version -> rig.workshop.learner(version, "batch-pairs", "8");
        rig.start(Optional.of(rig.workshop.baseModel()));

        // When
        rig.post(Pairs.lesson(0, windows * WINDOW));

        // Then
        await(() -> rig.loaded() == 2 || rig.counted("millrace.trainer.windows") == windows + PASSES);
        List<Manifest> passes = consolidated();
        assertThat(passes).isNotEmpty().allSatisfy(pass -> {
            assertThat(pass.evaluation().get("held-back.surprise"))
                    .isLessThan(pass.evaluation().get("before.held-back.surprise"));
            assertThat(pass.decision().orElseThrow().trusted()).isTrue();
        });
        assertThat(rig.records().total()).isEqualTo((long) windows * WINDOW);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
    void aPassThatFailsIsNotTriedAgain(Class<? extends Throwable> failure) {
        // Given
        AtomicInteger passes = new AtomicInteger();
        rig.learners = version -> rig.workshop.learnerConsolidatingAfter(version, () -> {
            if (passes.incrementAndGet() == 1) {
                fail(failure);
            }
        });
        rig.start(Optional.of(rig.workshop.baseModel()));
        rig.post(Pairs.lesson(0, WINDOW));
        await(() -> rig.loaded() == 2);

        // When there is time for another
        LockSupport.parkNanos(QUIET.multipliedBy(3).toNanos());

        // Then there is none, and the stream is learned on
        assertThat(passes).hasValue(1);
        assertThat(rig.counted("millrace.trainer.failures")).isEqualTo(1);
        rig.post(Pairs.lesson(WINDOW, 2 * WINDOW));
        await(() -> rig.records().total() == 2 * WINDOW);
    }

    @Test
    void nothingIsLearnedAgainWhileAPairWaits() {
        // Given
        AtomicInteger passes = new AtomicInteger();
        rig.learners = version -> rig.workshop.learnerConsolidatingAfter(version, passes::incrementAndGet);
        rig.start(Optional.of(rig.workshop.baseModel()));

        // When a window is learned and another is not yet full
        rig.post(Pairs.lesson(0, WINDOW + 1));
        await(() -> rig.records().total() == WINDOW);
        LockSupport.parkNanos(QUIET.multipliedBy(3).toNanos());

        // Then
        assertThat(passes).hasValue(0);
    }

    private static void fail(Class<? extends Throwable> failure) {
        if (failure == OutOfMemoryError.class) {
            throw new OutOfMemoryError("Java heap space");
        }
        throw new IllegalStateException("lost");
    }

    private List<Manifest> consolidated() {
        return Stream.iterate(Optional.of(rig.head()), Optional::isPresent, child -> child.flatMap(Manifest::parent)
                        .flatMap(rig.store::manifest))
                .map(Optional::orElseThrow)
                .filter(version -> version.evaluation().containsKey("consolidated"))
                .toList();
    }

    private Manifest parent(Manifest child) {
        return rig.store.manifest(child.parent().orElseThrow()).orElseThrow();
    }
}
