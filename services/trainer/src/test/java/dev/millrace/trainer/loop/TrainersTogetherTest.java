package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two trainers, each with a partition of its own, and one bucket. */
class TrainersTogetherTest {
    private static final int SHARE_FILES = 3;
    private static final Duration GRACE = Duration.ofSeconds(2);

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

    @Test
    void whoBroughtAWindowOfOnePartitionIsNotWaitedForInItsOthers() {
        // Given
        int partitions = 4;
        TopicIdentity four = new TopicIdentity("pairs", PairsTopic.IDENTITY.id(), partitions);
        first = new LoopRig(workshop, 1, partitions);
        second = new LoopRig(workshop, 2, partitions);
        first.topic.assign(0, 1);
        second.topic.assign(2, 3);
        for (LoopRig rig : List.of(first, second)) {
            rig.topicIs(() -> four);
            for (int i = 0; i < partitions * WINDOW; i++) {
                rig.topic.post(i / WINDOW, Pairs.lesson(i, i + 1).get(0));
            }
        }

        // When no time passes that a grace or a deadline could end in
        start(first, second);

        // Then
        await(() -> first.records().total() == (long) partitions * WINDOW);
        assertThat(first.records().duplicates()).isZero();
    }

    @Test
    void whoIsSlowHoldsUpNobodyAndIsInALaterVersion() {
        // Given
        post(Pairs.lesson(0, 4 * WINDOW));
        CountDownLatch learning = new CountDownLatch(1);
        second.learners = folder -> workshop.learnerTeachingAfter(folder, () -> awaitQuietly(learning));
        start(first, second);
        await(() -> workshop.shares().size() == SHARE_FILES);
        await(() -> {
            first.clock.advance(GRACE);
            return first.records().total() == WINDOW;
        });

        // When
        learning.countDown();

        // Then
        await(() -> {
            first.clock.advance(GRACE);
            second.clock.advance(GRACE);
            return first.records().total() == 4 * WINDOW;
        });
        assertThat(first.records().duplicates()).isZero();
    }

    @Test
    void whileItsShareWaitsATrainerLearnsItsNextWindowAndGoesOnFromTheMergedVersionWithIt() {
        // Given
        post(Pairs.lesson(0, 4 * WINDOW));
        AtomicInteger taught = new AtomicInteger();
        CountDownLatch learning = new CountDownLatch(1);
        first.learners = folder -> workshop.learnerTeachingAfter(folder, taught::incrementAndGet);
        second.learners = folder -> workshop.learnerTeachingAfter(folder, () -> awaitQuietly(learning));

        // When
        start(first, second);

        // Then
        await(() -> taught.get() == 2);
        assertThat(first.records().total()).isZero();
        learning.countDown();
        await(() -> {
            first.clock.advance(GRACE);
            second.clock.advance(GRACE);
            return first.records().total() == 4 * WINDOW;
        });
        assertThat(taught).hasValue(2);
        assertThat(first.records().duplicates()).isZero();
    }

    @Test
    void whatATrainerBroughtThatIsGoneIsMergedByAnother() throws InterruptedException {
        // Given
        post(Pairs.lesson(0, 2 * WINDOW));
        start(first);
        await(() -> workshop.shares().size() == SHARE_FILES);
        first.stop();

        // When
        start(second);

        // Then
        await(() -> {
            second.clock.advance(GRACE);
            return second.records().total() == 2 * WINDOW;
        });
        assertThat(second.head().evaluation()).containsEntry("trainers", 2.0);
    }

    @Test
    void ofTwoWhoLearnedTheSameRecordsOneIsMergedAndTheOtherReadsOn() {
        // Given both think that the first partition is theirs
        first.topic.assign(0);
        second.topic.assign(0);
        post(Pairs.lesson(0, 4 * WINDOW));

        // When
        start(first, second);

        // Then
        await(() -> {
            first.clock.advance(GRACE);
            second.clock.advance(GRACE);
            return first.records().total() == 2 * WINDOW;
        });
        assertThat(first.head().offsets()).isEqualTo(Map.of("pairs-0", 2L * WINDOW));
        assertThat(first.records().duplicates()).isZero();
    }

    @Test
    void aShareThatWasAlteredIsLearnedAgain() throws InterruptedException {
        // Given
        post(Pairs.lesson(0, 2 * WINDOW));
        start(first);
        await(() -> workshop.shares().size() == SHARE_FILES);
        first.stop();
        workshop.shares().stream().filter(key -> key.endsWith("delta.bin")).forEach(workshop::alter);

        first = new LoopRig(workshop, 3);
        first.topic.assign(0);
        first.post(Pairs.lesson(0, 2 * WINDOW));

        // When
        start(first, second);

        // Then
        await(() -> {
            first.clock.advance(GRACE);
            second.clock.advance(GRACE);
            return second.records().total() == 2 * WINDOW;
        });
        assertThat(second.records().duplicates()).isZero();
    }

    @Test
    void whatIsNoModelWhenMergedIsLearnedByEachAlone() {
        // Given
        post(Pairs.lesson(0, 4 * WINDOW));
        Stream.of(first, second)
                .forEach(rig -> rig.learners = folder -> workshop.learnerJudgingAfter(folder, round -> {
                    throw new DivergedException("the vectors are no numbers");
                }));

        // When
        start(first, second);

        // Then
        await(() -> {
            first.clock.advance(GRACE);
            second.clock.advance(GRACE);
            return first.records().total() == 4 * WINDOW;
        });
        assertThat(first.records().duplicates()).isZero();
        assertThat(first.records().setAside()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void whateverHandsPartitionsGoThroughEveryRecordIsLearnedOnce(long seed) throws InterruptedException {
        // Given
        int records = 8 * WINDOW;
        post(Pairs.lesson(0, records));
        SplittableRandom random = new SplittableRandom(seed);
        int[][] hands = {{}, {0}, {1}, {0, 1}};
        start(first, second);

        // When
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        for (int i = 0; first.records().total() < records && System.nanoTime() < deadline; i++) {
            first.clock.advance(GRACE);
            second.clock.advance(GRACE);
            Thread.sleep(20);
            if (i % 50 == 49) {
                first.topic.assign(hands[random.nextInt(hands.length)]);
                second.topic.assign(hands[random.nextInt(hands.length)]);
            }
        }

        // Then
        assertThat(first.records().total()).isEqualTo(records);
        assertThat(first.records().duplicates()).isZero();
        assertThat(first.head().offsets())
                .isEqualTo(Map.of("pairs-0", (long) records / 2, "pairs-1", (long) records / 2));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(LoopRig... rigs) {
        Stream.of(rigs).forEach(rig -> rig.start(Optional.of(workshop.baseModel())));
    }

    private void post(List<Pair> pairs) {
        first.post(pairs);
        second.post(pairs);
    }
}
