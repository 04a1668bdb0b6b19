package dev.millrace.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.failure.FailedWindows;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.ServedVersion;
import dev.millrace.trainer.status.Pulse;
import dev.millrace.trainer.status.TrainerStatus;
import dev.millrace.trainer.stream.DocumentsLog;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.WindowBuilder;
import dev.millrace.trainer.testing.KeptLetters;
import dev.millrace.trainer.testing.PairsTopic;
import dev.millrace.trainer.testing.SettableClock;
import dev.millrace.trainer.testing.Workshop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The trainer's loop on its thread, with a topic of two partitions and a bucket, both in memory. */
final class LoopRig {
    static final int WINDOW = 32;

    static final FailedWindows.Limits LIMITS = new FailedWindows.Limits(WINDOW, 2, 2);

    static final Duration STALL = Duration.ofMinutes(15);

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final int trainer;
    final PairsTopic topic;
    final TrainerStatus status;
    final KeptLetters deadLetters = new KeptLetters();
    final List<CheckpointEvent> announced = new CopyOnWriteArrayList<>();
    final Workshop workshop;
    final CheckpointStore store;
    private volatile Supplier<TopicIdentity> identity = () -> PairsTopic.IDENTITY;
    Function<Path, Learner> learners;
    Optional<DocumentsLog> documents = Optional.empty();
    Consolidation consolidation = new Consolidation(0, Duration.ofMillis(400));
    Consumer<CheckpointEvent> announcements = announced::add;
    private final AtomicInteger loads = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SettableClock clock = new SettableClock();
    private Optional<Running> running = Optional.empty();

    private record Running(TrainerLoop loop, Thread thread) {}

    LoopRig(Path folder) {
        this(new Workshop(folder, Precision.FP32, 1));
    }

    LoopRig(Workshop workshop) {
        this(workshop, 1);
    }

    /** The trainer of this number in a workshop of several. */
    LoopRig(Workshop workshop, int trainer) {
        this(workshop, trainer, 2);
    }

    /** As {@link #LoopRig(Workshop, int)}, of a topic with so many partitions. */
    LoopRig(Workshop workshop, int trainer, int partitions) {
        this.trainer = trainer;
        topic = new PairsTopic(partitions);
        status = new TrainerStatus(meters, new Pulse(STALL, clock));
        this.workshop = workshop;
        learners = workshop::learner;
        store = workshop.store();
        topic.assign(0, 1);
    }

    /** How often a learner was loaded: once, unless what it had learned was thrown away. */
    int loaded() {
        return loads.get();
    }

    void start(Optional<Path> baseModel) {
        start(baseModel, topic);
    }

    void start(Optional<Path> baseModel, PairsTopic from) {
        TrainerLoop loop = new TrainerLoop(
                versions(baseModel),
                new TrainerLoop.Stream(
                        new PairsLog(from, "pairs", deadLetters, clock),
                        documents,
                        () -> identity.get(),
                        pairs -> new WindowBuilder(pairs, Duration.ofHours(1), clock),
                        consolidation),
                folder -> {
                    loads.incrementAndGet();
                    return learners.apply(folder);
                },
                FailedWindows.in(workshop.baseModel().resolveSibling("memory-" + trainer), LIMITS),
                status);
        Thread thread = new Thread(loop, "trainer");
        running = Optional.of(new Running(loop, thread));
        thread.start();
    }

    private TrainerLoop.Versions versions(Optional<Path> baseModel) {
        Channel stable = new Channel(store, "stable");
        return new TrainerLoop.Versions(
                workshop.lineage(trainer),
                workshop.beginning(trainer, baseModel),
                new Promotion(new Channel(store, "candidate"), stable, event -> announcements.accept(event), clock),
                new ServedVersion(store, stable, workshop.work(trainer)),
                workshop.rounds(trainer, clock));
    }

    void stop() throws InterruptedException {
        stop(DEADLINE);
    }

    /** Waits so long at most for the loop to end; see {@link #runs}. */
    void stop(Duration patience) throws InterruptedException {
        if (running.isPresent()) {
            running.get().loop().stop();
            running.get().thread().join(patience.toMillis());
        }
    }

    boolean runs() {
        return running.filter(started -> started.thread().isAlive()).isPresent();
    }

    void post(List<Pair> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            topic.post(i % 2, pairs.get(i));
        }
    }

    Manifest head() {
        return store.manifest(store.head().orElseThrow().version()).orElseThrow();
    }

    /** What became of all records in the lineage. */
    Records records() {
        return store.head().map(head -> store.lineage(head.version()).records()).orElse(Records.NONE);
    }

    Map<String, Long> committed() {
        return topic.committed(Set.of(PairsTopic.partition(0), PairsTopic.partition(1))).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> entry.getValue()
                        .offset()));
    }

    /** Learners that fail when one of a window's pairs is such. */
    void learnsUnless(Predicate<Pair> defeats) {
        learners = folder -> workshop.learnerAfter(folder, window -> {
            if (window.stream().anyMatch(defeats)) {
                throw new IndexOutOfBoundsException("index out of bounds");
            }
        });
    }

    /** What the broker says of the topic from now on. */
    void topicIs(Supplier<TopicIdentity> said) {
        identity = said;
    }

    double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    double counted(String name) {
        return meters.counter(name).count();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + DEADLINE).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
