package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.failure.FailedWindows;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.ServedVersion;
import dev.millrace.trainer.loop.Consolidation;
import dev.millrace.trainer.loop.TrainerLoop;
import dev.millrace.trainer.status.Pulse;
import dev.millrace.trainer.status.TrainerStatus;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.WindowBuilder;
import dev.millrace.trainer.testing.KeptLetters;
import dev.millrace.trainer.testing.OutageBucket;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import dev.millrace.trainer.testing.SettableClock;
import dev.millrace.trainer.testing.Workshop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trainer whose bucket is down, full, slow, closed to it or altered: it says so, waits, and loses nothing. */
class BucketOutageTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int WINDOW = 32;

    private final PairsTopic topic = new PairsTopic(2);
    private final SettableClock clock = new SettableClock();
    private final OutageBucket bucket = new OutageBucket(new InMemoryBucket(clock));
    private final TrainerStatus status =
            new TrainerStatus(new SimpleMeterRegistry(), new Pulse(Duration.ofMinutes(15), Clock.systemUTC()));

    @TempDir
    Path folder;

    private Workshop workshop;
    private CheckpointStore store;
    private TrainerLoop loop;
    private Thread thread;

    static Stream<BucketException> outages() {
        return Stream.of(
                new BucketUnavailableException("head.json: connection refused"),
                new BucketAccessDeniedException("head.json: 403 ExpiredToken", new IOException("403")));
    }

    static Stream<BucketException> writeRefusals() {
        return Stream.of(
                new BucketUnavailableException("model.safetensors: 507 XMinioStorageFull"),
                new BucketAccessDeniedException("model.safetensors: 403 ExpiredToken", new IOException("403")));
    }

    @BeforeEach
    void open() {
        workshop = new Workshop(folder, Precision.FP32, 1, bucket);
        store = workshop.store();
        topic.assign(0, 1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        bucket.takeWrites();
        loop.stop();
        thread.join(DEADLINE.toMillis());
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aBucketThatFailsAtTheStartIsWaitedFor(BucketException outage) {
        // Given
        bucket.failReads(outage);
        start();
        await(() -> status.failure().isPresent());
        String said = status.failure().orElseThrow();

        // When
        bucket.recover();

        // Then
        await(() -> status.version().isPresent() && status.failure().isEmpty());
        assertThat(said).isEqualTo(outage.getMessage());
    }

    @ParameterizedTest
    @MethodSource("writeRefusals")
    void aBucketThatTakesNothingLosesNothing(BucketException refusal) {
        // Given
        start();
        await(() -> status.version().isPresent());
        bucket.failWrites(refusal);
        post(0, WINDOW);
        await(() -> status.failure().isPresent());
        String said = status.failure().orElseThrow();
        post(WINDOW, 2 * WINDOW);

        // When
        bucket.recover();

        // Then
        await(() -> records().total() == 2 * WINDOW && status.failure().isEmpty());
        assertThat(said).isEqualTo(refusal.getMessage());
        assertThat(records().duplicates()).isZero();
        assertThat(records().setAside()).isZero();
    }

    @Test
    void aBucketThatIsSlowHoldsUpTheLineageAndNothingIsLostOrTwice() {
        // Given a version that is on its way for as long as more than the next window takes
        start();
        await(() -> status.version().isPresent());
        bucket.holdWrites();
        post(0, 2 * WINDOW);
        await(bucket::hasWaitingWrites);

        // When
        bucket.takeWrites();

        // Then
        await(() -> records().total() == 2 * WINDOW);
        assertThat(records().duplicates()).isZero();
        assertThat(status.failure()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "training-state/learning.json", "manifest.json"})
    void aHeadWithAlteredBytesIsRefusedByNameAndNotBegunAnew(String file) {
        // Given
        String head = trainedHead();
        String key = "versions/" + head + "/" + file;
        byte[] whole = bucket.get(key).orElseThrow().body();
        byte[] altered = whole.clone();
        altered[0] ^= 1;
        bucket.put(key, altered, Condition.ALWAYS);

        // When
        start();

        // Then
        await(() -> status.failure().isPresent());
        assertThat(status.failure().orElseThrow()).contains(head, file);
        assertThat(status.version()).isEmpty();
        assertThat(store.head().map(Pointer::version)).contains(head);
        assertThat(store.versions()).hasSize(2);
        bucket.put(key, whole, Condition.ALWAYS);
        await(() -> status.version().filter(head::equals).isPresent());
    }

    @Test
    void aHeadThatIsLostIsNotBegunAnew() {
        // Given
        String last = trainedHead();
        byte[] head = bucket.get("head.json").orElseThrow().body();
        bucket.delete("head.json");

        // When
        start();

        // Then
        await(() -> status.failure().isPresent());
        assertThat(status.failure().orElseThrow()).contains("head.json is missing", last);
        assertThat(store.head()).isEmpty();
        bucket.put("head.json", head, Condition.ALWAYS);
        await(() -> status.version().filter(last::equals).isPresent());
    }

    private String trainedHead() {
        Manifest head = workshop.train(workshop.lineage(2), Pairs.lesson(0, Workshop.WINDOW), 1)
                .manifest();
        return head.version();
    }

    private void start() {
        Channel stable = new Channel(store, "stable");
        loop = new TrainerLoop(
                new TrainerLoop.Versions(
                        workshop.lineage(1),
                        workshop.beginning(1),
                        new Promotion(new Channel(store, "candidate"), stable, event -> {}, clock),
                        new ServedVersion(store, stable, workshop.work(1)),
                        workshop.rounds(1)),
                new TrainerLoop.Stream(
                        new PairsLog(topic, "pairs", new KeptLetters(), clock),
                        Optional.empty(),
                        () -> PairsTopic.IDENTITY,
                        pairs -> new WindowBuilder(pairs, Duration.ofHours(1), clock),
                        new Consolidation(0, Duration.ofHours(1))),
                workshop::learner,
                FailedWindows.in(folder, new FailedWindows.Limits(WINDOW, 3, 3)),
                status);
        thread = new Thread(loop, "trainer");
        thread.start();
    }

    private void post(int from, int to) {
        List<Pair> pairs = Pairs.lesson(from, to);
        for (int i = 0; i < pairs.size(); i++) {
            topic.post(i % 2, pairs.get(i));
        }
    }

    private Records records() {
        return store.head().map(head -> store.lineage(head.version()).records()).orElse(Records.NONE);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + DEADLINE).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
