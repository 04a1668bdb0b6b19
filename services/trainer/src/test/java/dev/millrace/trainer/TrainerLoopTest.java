package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.CheckpointStore;
import dev.millrace.checkpoints.Manifest;
import dev.millrace.checkpoints.Pointer;
import dev.millrace.checkpoints.Records;
import dev.millrace.embedding.Precision;
import dev.millrace.events.CheckpointEvent;
import dev.millrace.events.DeadLetter;
import dev.millrace.events.Pair;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.WindowBuilder;
import dev.millrace.trainer.testing.KeptLetters;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import dev.millrace.trainer.testing.SettableClock;
import dev.millrace.trainer.testing.TinyModel;
import dev.millrace.trainer.testing.Workshop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerLoopTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int WINDOW = 32;

    private final PairsTopic topic = new PairsTopic(2);
    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrainerStatus status = new TrainerStatus(meters);
    private final KeptLetters deadLetters = new KeptLetters();
    private final List<CheckpointEvent> announced = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private Workshop workshop;
    private CheckpointStore store;
    private TrainerLoop loop;
    private Thread thread;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder, Precision.FP32, 1);
        store = workshop.store();
        topic.assign(0, 1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
        thread.join(DEADLINE.toMillis());
    }

    @Test
    void beginsWithTheBaseModelAndServesIt() {
        // When
        start(Optional.of(workshop.baseModel()));

        // Then
        await(() -> status.version().isPresent());
        String base = store.head().orElseThrow().version();
        assertThat(base).startsWith("v000000-");
        assertThat(status.version()).contains(base);
        assertThat(status.failure()).isEmpty();
        assertThat(store.channel("stable").map(Pointer::version)).contains(base);
        assertThat(announced).extracting(CheckpointEvent::version).containsExactly(base);
    }

    @Test
    void learnsWhatIsPostedPublishesPromotesAndCommits() {
        // Given
        List<Pair> stream = Pairs.lesson(0, 3 * WINDOW);
        post(stream);

        // When
        start(Optional.of(workshop.baseModel()));

        // Then
        await(() -> records().total() == stream.size());
        await(() -> counted("millrace.trainer.windows") == 3);
        Manifest head = head();
        assertThat(head.version()).startsWith("v000003-");
        assertThat(head.offsets()).isEqualTo(Map.of("pairs-0", 48L, "pairs-1", 48L));
        assertThat(store.channel("stable").map(Pointer::version)).contains(head.version());
        assertThat(announced)
                .hasSize(4)
                .last()
                .extracting(CheckpointEvent::version)
                .isEqualTo(head.version());
        await(() -> committed().equals(head.offsets()));
        assertThat(status.version()).contains(head.version());
    }

    @Test
    void stopsAndTheNextGoesOnWhereItWas() throws InterruptedException {
        // Given
        post(Pairs.lesson(0, WINDOW));
        start(Optional.of(workshop.baseModel()));
        await(() -> records().total() == WINDOW);

        // When
        loop.stop();
        thread.join(DEADLINE.toMillis());

        // Then
        assertThat(thread.isAlive()).isFalse();
        assertThat(topic.closed()).isTrue();
        PairsTopic rest = new PairsTopic(2);
        for (int i = 0; i < 2 * WINDOW; i++) {
            rest.post(i % 2, Pairs.lesson(i, i + 1).get(0));
        }
        rest.assign(0, 1);
        start(Optional.empty(), rest);
        await(() -> records().total() == 2 * WINDOW);
        assertThat(records().duplicates()).isZero();
    }

    @Test
    void aRecordThatIsNoPairIsSetAsideAndTheRestLearned() {
        // Given
        topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        post(Pairs.lesson(0, WINDOW));

        // When
        start(Optional.of(workshop.baseModel()));

        // Then
        await(() -> records().total() == WINDOW + 1);
        assertThat(records().setAside()).isEqualTo(1);
        assertThat(deadLetters.all()).extracting(DeadLetter::offset).contains(0L);
    }

    @Test
    void aRunOfBadRecordsDoesNotHoldTheStreamUp() {
        // Given
        int run = 32 * WINDOW;
        for (int i = 0; i < run; i++) {
            topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        }
        start(Optional.of(workshop.baseModel()));
        await(() -> records().setAside() == run);

        // When
        post(Pairs.lesson(0, WINDOW));

        // Then
        await(() -> records().total() == run + WINDOW);
        assertThat(records().setAside()).isEqualTo(run);
        assertThat(records().trained()).isPositive();
    }

    @Test
    void aWindowWhoseDeadLetterIsNotKeptIsReadAgain() {
        // Given
        topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        post(Pairs.lesson(0, WINDOW));
        deadLetters.failOnce();

        // When
        start(Optional.of(workshop.baseModel()));

        // Then
        await(() -> records().total() == WINDOW + 1);
        assertThat(records().setAside()).isEqualTo(1);
        assertThat(records().duplicates()).isZero();
        assertThat(deadLetters.all()).extracting(DeadLetter::offset).containsExactly(0L, 0L);
        assertThat(counted("millrace.trainer.failures")).isEqualTo(1);
    }

    @Test
    void aWindowThatDivergesIsSetAsideAndTheStreamGoesOn() {
        // Given one window with a text that no training survives, then a good one
        topic.post(0, Pairs.graded("poisoned", TinyModel.POISON, "d1", 0));
        post(Pairs.lesson(0, WINDOW - 1));
        start(Optional.of(workshop.baseModel()));
        await(() -> records().total() == WINDOW);
        Manifest passedOver = head();

        // When
        post(Pairs.lesson(WINDOW, 2 * WINDOW));

        // Then
        await(() -> records().total() == 2 * WINDOW);
        assertThat(passedOver.records()).isEqualTo(new Records(0, 0, 0, WINDOW));
        assertThat(passedOver.offsets().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(WINDOW);
        assertThat(deadLetters.all())
                .hasSize(WINDOW)
                .extracting(DeadLetter::reason)
                .containsOnly("diverged");
        assertThat(deadLetters.all())
                .extracting(letter -> letter.key().orElseThrow())
                .contains("poisoned", "lesson-0");
        Manifest base = store.manifest(passedOver.parent().orElseThrow()).orElseThrow();
        assertThat(passedOver.files().get("model.safetensors"))
                .isEqualTo(base.files().get("model.safetensors"));
        assertThat(records().trained()).isPositive();
        assertThat(status.failure()).isEmpty();
    }

    @Test
    void whatAnotherTrainerLearnedFirstIsNotLearnedAgain() {
        // Given a head that another moves on by a window of the same stream
        List<Pair> stream = Pairs.lesson(0, Workshop.WINDOW + 2 * WINDOW);
        start(Optional.of(workshop.baseModel()));
        await(() -> status.version().isPresent());
        workshop.train(workshop.lineage(2), stream, 1);

        // When
        stream.forEach(pair -> topic.post(0, pair));

        // Then
        await(() -> records().total() == stream.size());
        assertThat(records().duplicates()).isZero();
        assertThat(head().offsets()).isEqualTo(Map.of("pairs-0", (long) stream.size()));
        await(() -> committed().equals(head().offsets()));
    }

    @Test
    void withoutAHeadAndABaseModelItSaysSoAndWaits() {
        // When
        start(Optional.empty());

        // Then
        await(() -> status.failure().isPresent());
        assertThat(status.failure().orElseThrow()).contains("millrace.trainer.base-model");
        assertThat(status.version()).isEmpty();
        assertThat(thread.isAlive()).isTrue();
    }

    @Test
    void aStopEndsTheWaitAfterAFailure() throws InterruptedException {
        // Given waits of 0.5, 1, 2 .. seconds, the fourth of which takes 4
        start(Optional.empty());
        await(() -> counted("millrace.trainer.failures") == 4);

        // When
        loop.stop();
        thread.join(2_000);

        // Then
        assertThat(thread.isAlive()).isFalse();
        assertThat(counted("millrace.trainer.failures")).isEqualTo(4);
    }

    @Test
    void aHeadThatAppearsWhileItWaitsIsTakenUp() {
        // Given
        start(Optional.empty());
        await(() -> status.failure().isPresent());

        // When
        workshop.lineage(2).begin(workshop.baseModel());

        // Then
        await(() -> status.version().isPresent());
        assertThat(status.failure()).isEmpty();
        assertThat(status.version()).isEqualTo(store.head().map(Pointer::version));
    }

    private void start(Optional<Path> baseModel) {
        start(baseModel, topic);
    }

    private void start(Optional<Path> baseModel, PairsTopic from) {
        TrainerLoop.Parts parts = new TrainerLoop.Parts(
                workshop.lineage(1),
                new Promotion(store, "stable", announced::add, clock),
                new PairsLog(from, "pairs", deadLetters, clock),
                () -> new WindowBuilder(WINDOW, Duration.ofHours(1), clock),
                workshop::learner);
        loop = new TrainerLoop(parts, baseModel, status);
        thread = new Thread(loop, "trainer");
        thread.start();
    }

    private void post(List<Pair> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            topic.post(i % 2, pairs.get(i));
        }
    }

    private Manifest head() {
        return store.manifest(store.head().orElseThrow().version()).orElseThrow();
    }

    private Records records() {
        return store.head().map(head -> store.lineage(head.version()).records()).orElse(Records.NONE);
    }

    private Map<String, Long> committed() {
        return topic.committed(Set.of(PairsTopic.partition(0), PairsTopic.partition(1))).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> entry.getValue()
                        .offset()));
    }

    private double counted(String name) {
        return meters.counter(name).count();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + DEADLINE).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
