package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.round.Contribution;
import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.Work;
import dev.millrace.trainer.learning.round.delta.Carried;
import dev.millrace.trainer.lineage.Advance;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.loop.RoundMerger.Begun;
import dev.millrace.trainer.loop.RoundMerger.Turn;
import dev.millrace.trainer.loop.VersionPublisher.Learned;
import dev.millrace.trainer.loop.WindowLearner.Taught;
import dev.millrace.trainer.loop.WindowSource.Gathered;
import dev.millrace.trainer.round.Brought;
import dev.millrace.trainer.round.Brought.Source;
import dev.millrace.trainer.round.RoundWait;
import dev.millrace.trainer.round.Rounds;
import dev.millrace.trainer.round.Rounds.Own;
import dev.millrace.trainer.status.TrainerStatus;
import dev.millrace.trainer.stream.PairsLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Learns windows together with other trainers: each learns its own and brings what it came to, and whoever first sees
 * enough of them makes a version of all. While that is made each learns its next window, and goes on with it from the
 * version (the overlap of Streaming DiLoCo: Douillard et al. 2025).
 */
final class RoundLearner {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Round round;
    private final WindowLearner lessons;
    private final PairsLog log;
    private final TrainerStatus status;
    private Optional<PendingShare> pending = Optional.empty();
    private Optional<Ahead> ahead = Optional.empty();

    RoundLearner(Round round, WindowLearner lessons, PairsLog log, TrainerStatus status) {
        this.round = round;
        this.lessons = lessons;
        this.log = log;
        this.status = status;
    }

    /** What a trainer has to do with the others. */
    record Round(Rounds shares, RoundWait waiting, RoundMerger merger) {}

    /**
     * A window that was learned while the share before it waited, and is brought once that is in the lineage.
     *
     * @param from where the window begins in each partition that it is of
     * @param change what it has done to the weights
     */
    private record Ahead(Taught taught, SortedMap<String, Long> from, TrainedWeights change) {}

    /**
     * Whether this trainer makes a version of a window alone: where it has all the topic to itself, and where
     * what it made here together with others was no model. A window alone says whose fault it is, and the others' shares are merged later.
     */
    boolean isAlone(TopicIdentity topic, Publishing publishing) {
        return pending.isEmpty()
                && (log.extent().owned() >= topic.partitions() || round.merger().divergedAfter(publishing.settled()));
    }

    /** Whether a share is on its way. */
    boolean isUnderway() {
        return pending.isPresent();
    }

    /** Whether what became of the share is known, so that the head is to be taken up. */
    boolean isOver() {
        look();
        return pending.filter(PendingShare::isOver).isPresent();
    }

    /**
     * Waits until the head is to be taken up, or the trainer is to stop.
     *
     * @throws RuntimeException what keeps a version that this trainer makes of all out of the lineage, or bucket or broker
     *     from being asked for long
     */
    void await(Publishing publishing, StopSignal stop) {
        long began = System.nanoTime();
        while (!stop.given() && !isOver()) {
            pending.ifPresent(PendingShare::requireSight);
            lessons.between();
            stop.await(LOOK);
        }
        status.waitedForOthers(Duration.ofNanos(System.nanoTime() - began));
        if (!stop.given()) {
            publishing.settled();
        }
    }

    private void look() {
        pending.ifPresent(PendingShare::look);
    }

    /** Throws away what is in memory; what was brought may still be merged. */
    void forget() {
        pending = Optional.empty();
        ahead = Optional.empty();
    }

    /** Takes away what earlier rounds have left. */
    void sweep(Position head) {
        round.shares().sweep(head);
    }

    /** Whether shares wait for a learner that has learned nothing of its own since the head. */
    boolean isOwed() {
        return pending.flatMap(PendingShare::owed).isPresent();
    }

    /**
     * Makes a version of what others came to, with a learner that has just been taken up.
     *
     * @return empty when nothing fits any more
     */
    Optional<Learned> mergeOthers(Learner learner, Position position) {
        TopicIdentity topic = pending.flatMap(PendingShare::owed).orElseThrow();
        settled(position);
        return round.merger().others(learner, position, topic);
    }

    private void settled(Position head) {
        pending.filter(share -> RoundWait.isIn(share.share(), head))
                .ifPresent(share -> round.shares().merged(share.share()));
        pending = Optional.empty();
    }

    /** Goes on from a head that was just taken up, with what was learned ahead of it if that follows it. */
    void takeUp(Learner learner, Publishing publishing) {
        Position head = publishing.settled();
        settled(head);
        Optional<Ahead> next = ahead.filter(learned -> follows(learned, head));
        ahead = Optional.empty();
        next.ifPresent(learned -> {
            Begun begun = Begun.of(learner, publishing);
            learner.goOnFrom(begun.base().weights().plus(learned.change()));
            log.skipTo(learned.taught().window().next());
            pending = Optional.of(brought(begun, learned.from(), learned.taught()));
        });
    }

    private boolean follows(Ahead learned, Position head) {
        return log.extent().partitions().containsAll(learned.from().keySet())
                && log.extent()
                        .from(head.manifest().offsets())
                        .entrySet()
                        .containsAll(learned.from().entrySet());
    }

    /**
     * Learns a window and brings what it came to; while a share is on its way already, learns ahead of it.
     *
     * @return whether to gather the next; else it is to be waited until {@link #isOver()}
     */
    boolean learn(Learner learner, Gathered found, Publishing publishing) {
        if (pending.isPresent()) {
            ahead = Optional.of(ahead(learner, found, pending.get()));
            return false;
        }
        Begun begun = Begun.of(learner, publishing);
        SortedMap<String, Long> from =
                log.extent().from(begun.position().manifest().offsets());
        Taught taught = lessons.teach(learner, found, List.of(), () -> {});
        pending = Optional.of(brought(begun, from, taught));
        return round.shares().rules().ahead();
    }

    private Ahead ahead(Learner learner, Gathered found, PendingShare before) {
        SortedMap<String, Long> from =
                log.extent().from(before.position().manifest().offsets());
        before.share().ranges().forEach(range -> from.put(range.partition(), range.to()));
        Taught taught = lessons.teach(learner, found, List.of(before.lesson()), this::look);
        from.keySet().retainAll(taught.window().next().keySet());
        try (Snapshot reached = learner.snapshot()) {
            return new Ahead(taught, from, reached.weights().minus(before.reached()));
        }
    }

    private PendingShare brought(Begun begun, Map<String, Long> from, Taught taught) {
        log.awaitDeadLetters();
        Base base = begun.base();
        try (Snapshot snapshot = begun.learner().snapshot()) {
            TrainedWeights reached = snapshot.weights().copy();
            Carried.Told told = round.shares().carried().tell(base.weights(), reached);
            Share share =
                    share(base, from, taught, reached.steps() - base.weights().steps());
            Contribution contribution = new Contribution(share, told.delta());
            Brought brought = round.shares().bring(contribution, told.next(), source(taught));
            status.brought(contribution.delta().bytes());
            RoundWait.Watch watch = round.waiting().watch(round.shares(), begun.position(), brought, taught.topic());
            Turn turn = new Turn(begun, new Own(contribution, taught.lesson()), brought);
            return new PendingShare(turn, watch, round.merger(), reached);
        }
    }

    private Source source(Taught taught) {
        SortedSet<String> partitions = log.extent().partitions();
        partitions.addAll(taught.window().next().keySet());
        return new Source(taught.topic(), partitions, taught.window().pairs());
    }

    private Share share(Base base, Map<String, Long> from, Taught taught, long steps) {
        List<OffsetRange> ranges = taught.window().next().entrySet().stream()
                .map(read -> new OffsetRange(read.getKey(), from.get(read.getKey()), read.getValue()))
                .toList();
        long fresh = taught.lesson().admission().fresh().size();
        Work work = new Work(
                fresh, steps, Advance.records(taught.window(), taught.lesson().admission()));
        return new Share(round.shares().trainer(), base.version(), ranges, work);
    }
}
