package dev.millrace.bench.scale.simulation;

import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.Quorum;
import dev.millrace.trainer.learning.round.Selection;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.Timing;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What becomes of a share: the service's {@code RoundWait} without its loop, around the same {@link Quorum} and selection. */
final class Awaited {
    private static final double MILLIS = 1000;

    private final SimulatedLineage lineage;
    private final Quorum quorum;
    private final Share own;
    private final int base;
    private final Map<String, Instant> come = new TreeMap<>();
    private int at;
    private double due = Double.POSITIVE_INFINITY;

    /** A share that was brought while this version was the head's. */
    Awaited(SimulatedLineage lineage, Quorum quorum, Share own, int base) {
        this.lineage = lineage;
        this.quorum = quorum;
        this.own = own;
        this.base = base;
        at = base;
    }

    /** How it stands. */
    enum Seen {
        WAIT,
        SETTLED,
        MINE
    }

    /** Looks, knowing of each partition what was posted to it. */
    Seen look(double now, PairStream stream, Collection<String> partitions) {
        if (lineage.head() != at) {
            at = lineage.head();
            come.clear();
            due = Double.POSITIVE_INFINITY;
        }
        if (isBegun() || !lineage.has(own)) {
            return Seen.SETTLED;
        }
        Selection choice = lineage.choice();
        Instant time = Instant.EPOCH.plusMillis((long) (now * MILLIS));
        ranges(choice).forEach(range -> come.putIfAbsent(range.partition(), time));
        Set<String> expected = expected(choice, stream.posted(now), partitions);
        if (!(quorum.at(time, expected, come) instanceof Timing.Merge)) {
            return Seen.WAIT;
        }
        due = Math.min(due, now);
        return now >= due + place(choice) * quorum.betweenTurns().toMillis() / MILLIS ? Seen.MINE : Seen.WAIT;
    }

    private boolean isBegun() {
        return own.ranges().stream().anyMatch(range -> range.from() < lineage.next(range.partition()));
    }

    /** Whether its records, and no others of its partitions, are in the lineage. */
    boolean isMerged() {
        return own.ranges().stream().allMatch(range -> range.to() == lineage.next(range.partition()));
    }

    /** Whether the trainer's own learner can merge it: the head is still its base, and the share is taken. */
    boolean fits() {
        return lineage.head() == base && lineage.choice().merged().contains(own);
    }

    private int place(Selection choice) {
        int place = choice.merged().indexOf(own);
        return place < 0 ? choice.merged().size() : place;
    }

    private Set<String> expected(Selection choice, long posted, Collection<String> partitions) {
        long shortest = ranges(choice)
                .mapToLong(range -> range.to() - range.from())
                .min()
                .orElse(1);
        Set<String> expected = new TreeSet<>();
        ranges(choice).forEach(range -> expected.add(range.partition()));
        partitions.stream()
                .filter(partition -> (posted - lineage.next(partition)) * 2 >= shortest)
                .forEach(expected::add);
        return expected;
    }

    private static Stream<OffsetRange> ranges(Selection choice) {
        return choice.merged().stream().flatMap(share -> share.ranges().stream());
    }
}
